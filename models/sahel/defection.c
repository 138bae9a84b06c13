/* Fighters go over to rivals that they meet. A rival counts by its fighters felt, times
 * (1 - stance) / 2, as far as both sides fight states: nobody leaks to those who stand
 * beside the state. */
#include "models/sahel/defection.h"

/* Weights of those a band's fighters may go over to; returns the rivals' share. */
static double rivals_of(const struct sah_world *world, size_t band, double *weight) {
    const struct sahel *s = sahel_of(world);
    int f = s->bands.faction[band];
    size_t n = (size_t)world->grid.ncells, cell = (size_t)s->bands.cell[band];
    double sum = 0, felt = (double)s->fighters_felt[cell];
    for (int r = 0; r < (int)s->nfactions; r++) {
        bool rival = s->bloc[r] != s->bloc[f];
        double there = rival ? (double)s->influence[(size_t)r * n + cell] : 0;
        weight[r] = 0;
        if (there <= 0) continue; /* as most are */
        weight[r] = there * 0.5 * (1 - (double)sahel_stance(s, f, r)) *
                    sahel_habits(s, r)->fights_state * sahel_habits(s, f)->fights_state;
        sum += weight[r];
    }
    return felt > 0 ? sum / felt : 0;
}

/* The band of a faction nearest to a cell, the first of equals; -1: it has none. */
static int64_t nearest_of(const struct sah_world *world, int faction, int32_t cell) {
    const struct sahel_bands *b = &sahel_of(world)->bands;
    int64_t best = -1;
    double least = 0, far = 1;
    for (size_t i = 0; i < b->base.n; i++) {
        if (b->faction[i] != faction || b->cell[i] == SAH_NOWHERE) continue;
        if (sah_grid_haversine(&world->grid, b->cell[i], cell) > far) continue;
        double km = sah_grid_distance_km(&world->grid, b->cell[i], cell);
        if (best >= 0 && km >= least) continue;
        best = (int64_t)i;
        least = km;
        far = sah_haversine_within(km);
    }
    return best;
}

void sah_sahel_defect(struct sah_world *world, size_t band, double rate,
                      int32_t *gone) {
    struct sahel *s = sahel_of(world);
    struct sahel_bands *b = &s->bands;
    int f = b->faction[band];
    double weight[SAHEL_MAX_FACTIONS];
    if (s->cohesion[f] >= 1) return;
    double hazard =
        rate * (1 - (double)s->cohesion[f]) * rivals_of(world, band, weight);
    if (hazard <= 0) return;
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_LEAK, b->id[band]);
    int64_t count = sah_binomial(&rng, b->fighters[band], hazard < 1 ? hazard : 1);
    for (; count > 0; count--) {
        size_t r = sah_discrete(&rng, weight, s->nfactions);
        int64_t to = nearest_of(world, (int)r, b->cell[band]);
        if (to < 0) continue;
        sah_deed_defect(world, band, (size_t)to, 1);
        gone[(size_t)f * s->nfactions + r]++;
    }
}
