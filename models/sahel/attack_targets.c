/* Whom a band could strike today, and how much each draws it.
 *
 *   civilians   c P/(P + half) V (1 - sheltered) (1 - vigil), less where a pact spares
 *   forces      (1 - c) S/(S + exposed) war
 *   rivals      (1 - c) R/(R + foes_half) rivalry
 *
 * c is the part of civilians in a faction's habits, P people per square km times the
 * band's mobility, V the violence its zone of control calls for, S soldiers felt, R foes
 * felt times enmity. They are hazards side by side: what is prevented does not turn into
 * something else.
 *
 * A unit is chosen in proportion to how strongly it is felt. The nearer, the likelier it
 * is met at its post, with the weight by which it is felt; else a part of it is met on
 * the road, where the band is.
 *
 * Source: that violence follows occasions, and that forces on the move and in posts are
 * occasions of their own, as in routine activity theory (Cohen and Felson 1979); form
 * assumed. */
#include "models/sahel/attacks.h"

static double on_people(const struct sahel_attacks *own, const struct sah_world *world,
                        const struct sahel_striker *band) {
    const struct sahel *s = sahel_of(world);
    int32_t cell = band->cell;
    if (s->people_now[cell] <= 0) return 0;
    double people =
        sahel_pull((float)s->people_now[cell] * s->mobility[band->faction],
                   (float)(own->half_density * world->land->area_km2[cell]));
    double zone = s->coercion[cell], spared = 1;
    if (sahel_bound(s, band->faction, cell))
        spared = (1 - (double)s->spared[cell]) / (zone > 1 ? zone : 1);
    return people * zone * spared * (1 - s->sheltered[cell]) * (1 - s->vigil[cell]);
}

/* Foes felt in a cell, times enmity. */
static double foes_felt(const struct sah_world *world, int faction, int32_t cell) {
    const struct sahel *s = sahel_of(world);
    size_t ncells = (size_t)world->grid.ncells;
    double foes = 0;
    if (!sahel_any_enemy(s, faction)) return 0;
    for (size_t f = 0; f < s->nfactions; f++)
        foes +=
            sahel_enmity(s, faction, (int)f) * s->influence[f * ncells + (size_t)cell];
    return foes;
}

void sah_attack_draws(const struct sahel_attacks *own, const struct sah_world *world,
                      const struct sahel_striker *band,
                      double draw[static SAHEL_NTARGETS]) {
    const struct sahel *s = sahel_of(world);
    double share = sahel_habits(s, band->faction)->civilian_share;
    double soldiers =
        (double)s->cover[band->cell] + (double)s->soldiers_felt[band->cell];
    double foes = foes_felt(world, band->faction, band->cell);
    draw[SAHEL_AT_PEOPLE] = share * on_people(own, world, band);
    draw[SAHEL_AT_FORCES] = (1 - share) * soldiers / (soldiers + own->exposed) *
                            sahel_war_at(world, band->faction, band->cell);
    draw[SAHEL_AT_RIVALS] = (1 - share) * own->rivalry * foes / (foes + own->foes_half);
}

/* ---- who it is ---- */

bool sah_attack_meets(const struct sah_world *world, struct sahel_striker *band,
                      struct sahel_met *unit) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_posts *p = &s->posts;
    const struct sahel_around *felt = &s->felt[band->cell / world->grid.nlon];
    double all = 0, near = 0;
    for (int32_t k = 0; k < felt->n; k++) {
        int32_t cell = sahel_beside(&world->grid, felt, band->cell, k);
        if (cell == SAH_NOWHERE) continue;
        for (int64_t j = p->base.first[cell]; j < p->base.first[cell + 1]; j++) {
            if (p->soldiers[j] <= 0) continue;
            double weight = (double)felt->weight[k] * p->soldiers[j];
            all += weight;
            if (sah_uniform(&band->choice) * all >= weight) continue;
            unit->post = (size_t)j;
            near = felt->weight[k];
        }
    }
    if (all <= 0) return false;
    unit->at_post = sah_bernoulli(&band->choice, near);
    unit->cell = unit->at_post ? p->cell[unit->post] : band->cell;
    return true;
}

/* The band of the worst foe in a cell, the first of equals; -1 where none stands. */
static int64_t worst_foe(const struct sahel *s, int faction, int32_t cell) {
    const struct sahel_bands *b = &s->bands;
    int64_t j = b->base.first[cell], end = b->base.first[cell + 1];
    int64_t worst = -1;
    float enmity = 0;
    for (; j < end; j++) {
        float felt = sahel_enmity(s, faction, b->faction[j]);
        if (b->cell[j] != cell || felt <= enmity) continue;
        enmity = felt;
        worst = j;
    }
    return worst;
}

int64_t sah_attack_foe_near(const struct sah_world *world, struct sahel_striker *band) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_around *met = &s->met[band->cell / world->grid.nlon];
    int64_t found = -1;
    for (int32_t k = 0; k < met->n && found < 0; k++) {
        int32_t cell = sahel_beside(&world->grid, met, band->cell, k);
        bool there =
            met->weight[k] >= 1 || sah_bernoulli(&band->choice, met->weight[k]);
        if (there && cell != SAH_NOWHERE) found = worst_foe(s, band->faction, cell);
    }
    return found;
}
