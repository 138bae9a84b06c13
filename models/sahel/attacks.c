/* Mechanism 12, attack kinds: what bands do, to whom, and at what cost.
 *
 * A band acts with a hazard per day
 *
 *   rate (0.3 + 0.7 gear) (0.2 + 0.8 embedded) season (1 - operation/2) P / (P + half)
 *
 * with P people of its cell: targets and cover. It then looks at who is within reach:
 *
 *   civilians   weight civilian_share, times the violence its zone of control calls for
 *   forces      weight 1 - civilian_share, if a unit stands in its cell or beside it
 *   rivals      weight `rivalry` times enmity, if a foe stands in its cell or beside it
 *   nobody      weight (1 - civilian_share) (1 - its war on states), and what the
 *               shelter or the vigil over civilians prevents
 *
 * Against forces it chooses between explosive device, indirect fire and assault by its
 * habits; an assault meets a detachment of half to twice its size, at most the unit.
 * Kinds and shares after the record of 2017, facts 6.2; losses by attrition.h; device
 * losses by armour, facts 6.3. */
#include "models/sahel/attrition.h"
#include "models/sahel/world.h"

struct attacks {
    double rate, rivalry, fire, fire_back, civilian_dead, civilian_size;
    double device_dead, indirect_dead, kidnap_share, ransom_usd, ransom_share;
    double wounded_ratio, half_people;
};

#define AT(field) .at = offsetof(struct attacks, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "rate", .type = SAH_REAL, AT(rate), .unit = "1/day", .def = 0.018, .max = 1,
     .source = "facts 6.2; calibrated (provisional)",
     .doc = "Hazard that a well armed band acts, in the dry season"},
    {.key = "half_people", .type = SAH_REAL, AT(half_people), .unit = "persons",
     .def = 8000, .min = 1, .max = 1e6, .source = "assumed",
     .doc = "People of a cell that give a band half of its occasions"},
    {.key = "rivalry", .type = SAH_REAL, AT(rivalry), .unit = "1", .def = 1, .max = 10,
     .source = "assumed", .doc = "Weight of a foe on the spot in open war"},
    {.key = "fire", .type = SAH_REAL, AT(fire), .unit = "1", .def = 0.35, .max = 10,
     .source = "calibrated (provisional)", .doc = "Aimed fire of a band from cover"},
    {.key = "fire_back", .type = SAH_REAL, AT(fire_back), .unit = "1", .def = 0.25,
     .max = 10, .source = "calibrated (provisional)",
     .doc = "Fire of a surprised unit, times its lethality"},
    {.key = "civilian_base", .type = SAH_REAL, AT(civilian_dead), .unit = "persons",
     .def = 2, .max = 100, .source = "calibrated (provisional)",
     .doc = "Civilians killed in an attack on civilians, besides size"},
    {.key = "civilian_size", .type = SAH_REAL, AT(civilian_size), .unit = "1",
     .def = 0.25, .max = 10, .source = "calibrated (provisional)",
     .doc = "Civilians killed per fighter in an attack on civilians"},
    {.key = "device_dead", .type = SAH_REAL, AT(device_dead), .unit = "persons",
     .def = 2.2, .max = 100, .source = "facts 6.3",
     .doc = "Deaths by an explosive device without armour"},
    {.key = "indirect_dead", .type = SAH_REAL, AT(indirect_dead), .unit = "persons",
     .def = 0.4, .max = 100, .source = "assumed", .doc = "Deaths by indirect fire"},
    {.key = "kidnap_share", .type = SAH_REAL, AT(kidnap_share), .unit = "1",
     .def = 0.06, .max = 1, .source = "facts 6.2; calibrated (provisional)",
     .doc = "Share of kidnappings among acts against civilians"},
    {.key = "ransom", .type = SAH_REAL, AT(ransom_usd), .unit = "USD", .def = 20000,
     .max = 1e8, .source = "facts 1.4; assumed", .doc = "Ransom of a kidnapping"},
    {.key = "ransom_share", .type = SAH_REAL, AT(ransom_share), .unit = "1", .def = 0.3,
     .max = 1, .source = "assumed", .doc = "Share of kidnappings paid for"},
    {.key = "wounded", .type = SAH_REAL, AT(wounded_ratio), .unit = "1", .def = 1.5,
     .max = 20, .source = "facts 6.3", .doc = "Wounded per death"},
    {0},
};
/* clang-format on */

enum target { CIVILIANS, FORCES, RIVALS, NOBODY, NTARGETS };

struct band {
    size_t i;
    int32_t cell;
    int faction;
    struct sah_rng choice, loss;
};

/* ---- who is within reach ---- */

/* A unit in the band's cell, else in one beside it; drawn in proportion to soldiers. */
static int64_t unit_near(const struct sah_world *world, struct band *band) {
    const struct sahel_posts *p = &sahel_of(world)->posts;
    int32_t cells[9];
    int n = 1 + sah_grid_neighbours(&world->grid, band->cell, cells + 1);
    cells[0] = band->cell;
    int64_t all = 0, chosen = -1;
    for (int k = 0; k < n; k++) {
        for (int64_t j = p->base.first[cells[k]]; j < p->base.first[cells[k] + 1];
             j++) {
            if (p->soldiers[j] <= 0) continue;
            all += p->soldiers[j];
            if (sah_below(&band->choice, all) < p->soldiers[j]) chosen = j;
        }
        if (k == 0 && chosen >= 0) break;
    }
    return chosen;
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

/* A foe in the band's cell, else in one beside it; -1 where none stands. */
static int64_t rival_near(const struct sah_world *world, const struct band *band) {
    const struct sahel *s = sahel_of(world);
    if (!sahel_any_enemy(s, band->faction)) return -1;
    int32_t cells[8];
    int n = sah_grid_neighbours(&world->grid, band->cell, cells);
    int64_t found = worst_foe(s, band->faction, band->cell);
    for (int k = 0; k < n && found < 0; k++)
        found = worst_foe(s, band->faction, cells[k]);
    return found;
}

/* How often it would do what, against 1 by habit alone. */
static double kind_weights(const struct sahel *s, const struct band *band,
                           double weight[static SAHEL_NKINDS]) {
    const struct sahel_faction *f = sahel_habits(s, band->faction);
    int32_t fighters = s->bands.fighters[band->i];
    double device = f->device_share;
    double indirect = f->indirect_share < 1 - device ? f->indirect_share : 1 - device;
    double forces = 1 - f->civilian_share, sum = 0;
    for (int k = 0; k < SAHEL_NKINDS; k++) weight[k] = 0;
    weight[SAHEL_DEVICE] = forces * device;
    weight[SAHEL_INDIRECT] = forces * indirect;
    weight[SAHEL_ASSAULT] = forces * (1 - device - indirect);
    weight[SAHEL_KILLING] = f->civilian_share;
    for (int k = 0; k < SAHEL_NKINDS; k++)
        sum += weight[k] *= sahel_echo(s, band->faction, (enum sahel_kind)k, fighters);
    return sum;
}

/* ---- what happens ---- */

static int32_t wounded(const struct attacks *own, struct band *band, int32_t deaths) {
    return (int32_t)sah_poisson(&band->loss, own->wounded_ratio * deaths);
}

/* Where an echo raises the kind, the excess is what it came from: drawn. */
static enum sahel_cause cause_of(const struct sahel *s, struct band *band,
                                 enum sahel_kind kind) {
    double echo = sahel_echo(s, band->faction, kind, s->bands.fighters[band->i]);
    bool follows = echo > 1 && sah_bernoulli(&band->loss, 1 - 1 / echo);
    return follows ? SAHEL_CAUSE_ECHO : SAHEL_CAUSE_OPPORTUNITY;
}

static int assault(const struct attacks *own, struct sah_world *world,
                   struct band *band, size_t post, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    const struct sahel_force *force = &s->force[s->posts.force[post]];
    int32_t fighters = s->bands.fighters[band->i], soldiers = s->posts.soldiers[post];
    int32_t met = (int32_t)(fighters * (0.5 + 1.5 * sah_uniform(&band->loss))) + 1;
    struct sahel_fight fight = {.striker = fighters,
                                .struck = met < soldiers ? met : soldiers,
                                .fire = own->fire * s->bands.gear[band->i] *
                                        s->firepower[band->faction],
                                .fire_back = own->fire_back * force->lethality};
    sah_attrition(&fight, &band->loss);
    int32_t struck = sah_deed_kill_soldiers(world, post, fight.struck_dead);
    int32_t lost = sah_deed_kill_fighters(world, band->i, fight.striker_dead);
    return sah_deed_event(
        world,
        &(struct sahel_happening){.cell = s->posts.cell[post],
                                  .kind = SAHEL_ASSAULT,
                                  .cause = cause_of(s, band, SAHEL_ASSAULT),
                                  .side_a = (int16_t)band->faction,
                                  .side_b = sahel_actor_force(s, s->posts.force[post]),
                                  .strength_a = fight.striker,
                                  .strength_b = fight.struck,
                                  .deaths_a = lost,
                                  .deaths_b = struck,
                                  .wounded = wounded(own, band, lost + struck),
                                  .band = s->bands.id[band->i]},
        err);
}

/* A device or indirect fire: the band itself is out of reach. */
static int strike_from_afar(const struct attacks *own, struct sah_world *world,
                            struct band *band, size_t post, enum sahel_kind kind,
                            struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    double spared = s->protection[s->posts.force[post]];
    double mean =
        kind == SAHEL_DEVICE ? own->device_dead * (1 - spared) : own->indirect_dead;
    int32_t hit = (int32_t)sah_poisson(&band->loss, mean);
    int32_t struck = sah_deed_kill_soldiers(world, post, hit);
    return sah_deed_event(
        world,
        &(struct sahel_happening){.cell = s->posts.cell[post],
                                  .kind = kind,
                                  .cause = cause_of(s, band, kind),
                                  .side_a = (int16_t)band->faction,
                                  .side_b = sahel_actor_force(s, s->posts.force[post]),
                                  .strength_a = s->bands.fighters[band->i],
                                  .strength_b = s->posts.soldiers[post],
                                  .deaths_b = struck,
                                  .wounded = wounded(own, band, struck + 1),
                                  .band = s->bands.id[band->i]},
        err);
}

static int strike_forces(const struct attacks *own, struct sah_world *world,
                         struct band *band, size_t post, struct sah_error *err) {
    double weight[SAHEL_NKINDS];
    kind_weights(sahel_of(world), band, weight);
    weight[SAHEL_KILLING] = 0;
    enum sahel_kind kind =
        (enum sahel_kind)sah_discrete(&band->choice, weight, SAHEL_NKINDS);
    if (kind == SAHEL_ASSAULT) return assault(own, world, band, post, err);
    return strike_from_afar(own, world, band, post, kind, err);
}

static int kidnap(const struct attacks *own, struct sah_world *world, struct band *band,
                  struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    if (sah_bernoulli(&band->loss, own->ransom_share))
        sah_deed_earn(world, band->faction, SAHEL_RANSOM,
                      (int64_t)(own->ransom_usd * 100));
    return sah_deed_event(
        world,
        &(struct sahel_happening){.cell = band->cell,
                                  .kind = SAHEL_KIDNAPPING,
                                  .cause = SAHEL_CAUSE_OPPORTUNITY,
                                  .side_a = (int16_t)band->faction,
                                  .side_b = sahel_actor_civilians(s),
                                  .strength_a = s->bands.fighters[band->i],
                                  .band = s->bands.id[band->i]},
        err);
}

/* The group that suffers: the less a faction appeals to it, the more it does. */
static int victims_of(const struct sah_world *world, struct band *band) {
    const struct sahel *s = sahel_of(world);
    const float *affinity = s->affinity + (size_t)band->faction * s->ngroups;
    double weight[SAHEL_MAX_GROUPS], sum = 0;
    for (size_t g = 0; g < s->ngroups; g++) {
        weight[g] =
            s->people_group[(size_t)band->cell * s->ngroups + g] * (1.1 - affinity[g]);
        sum += weight[g];
    }
    return sum > 0 ? (int)sah_discrete(&band->choice, weight, s->ngroups) : -1;
}

static int strike_civilians(const struct attacks *own, struct sah_world *world,
                            struct band *band, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    if (sah_bernoulli(&band->choice, own->kidnap_share))
        return kidnap(own, world, band, err);
    int32_t fighters = s->bands.fighters[band->i];
    double mean = own->civilian_dead + own->civilian_size * fighters;
    int32_t hit = (int32_t)sah_poisson(&band->loss, sah_exponential(&band->loss, mean));
    int32_t killed = sah_deed_kill_people(world, band->cell, victims_of(world, band),
                                          hit, false, &band->loss);
    return sah_deed_event(
        world,
        &(struct sahel_happening){.cell = band->cell,
                                  .kind = SAHEL_KILLING,
                                  .cause = s->coercion[band->cell] > 1
                                               ? SAHEL_CAUSE_COERCION
                                               : SAHEL_CAUSE_OPPORTUNITY,
                                  .side_a = (int16_t)band->faction,
                                  .side_b = sahel_actor_civilians(s),
                                  .strength_a = fighters,
                                  .deaths_civilians = killed,
                                  .wounded = wounded(own, band, killed),
                                  .band = s->bands.id[band->i]},
        err);
}

static int strike_rival(const struct attacks *own, struct sah_world *world,
                        struct band *band, size_t rival, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    struct sahel_fight fight = {.striker = s->bands.fighters[band->i],
                                .struck = s->bands.fighters[rival],
                                .fire = own->fire,
                                .fire_back = own->fire};
    sah_attrition(&fight, &band->loss);
    int16_t other = s->bands.faction[rival];
    int32_t where = s->bands.cell[rival];
    int32_t struck = sah_deed_kill_fighters(world, rival, fight.struck_dead);
    int32_t lost = sah_deed_kill_fighters(world, band->i, fight.striker_dead);
    return sah_deed_event(
        world,
        &(struct sahel_happening){.cell = where,
                                  .kind = SAHEL_CLASH,
                                  .cause = SAHEL_CAUSE_WAR,
                                  .side_a = (int16_t)band->faction,
                                  .side_b = other,
                                  .strength_a = fight.striker,
                                  .strength_b = fight.struck,
                                  .deaths_a = lost,
                                  .deaths_b = struck,
                                  .wounded = wounded(own, band, lost + struck)},
        err);
}

/* ---- the day of a band ---- */

static bool acts_today(const struct attacks *own, const struct sah_world *world,
                       struct band *band) {
    const struct sahel *s = sahel_of(world);
    double kinds[SAHEL_NKINDS];
    double hazard =
        own->rate * kind_weights(s, band, kinds) * s->drive[band->faction] *
        (0.3 + 0.7 * s->bands.gear[band->i]) *
        (0.2 + 0.8 * s->bands.embedded[band->i]) * s->season[band->cell] *
        (1 - 0.5 * s->operation[band->cell]) *
        sahel_pull((float)s->people_now[band->cell], (float)own->half_people);
    return sah_bernoulli(&band->choice, hazard < 1 ? hazard : 1);
}

static int act(const struct attacks *own, struct sah_world *world, struct band *band,
               struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_faction *f = sahel_habits(s, band->faction);
    int64_t post = unit_near(world, band), rival = rival_near(world, band);
    double weight[NTARGETS] = {0};
    double open =
        s->people_now[band->cell] > 0 ? f->civilian_share * s->coercion[band->cell] : 0;
    weight[CIVILIANS] =
        open * (1 - s->sheltered[band->cell]) * (1 - s->vigil[band->cell]);
    if (post >= 0)
        weight[FORCES] =
            (1 - f->civilian_share) * sahel_war_at(world, band->faction, band->cell);
    if (rival >= 0)
        weight[RIVALS] =
            own->rivalry * sahel_enmity(s, band->faction, s->bands.faction[rival]);
    weight[NOBODY] = (1 - f->civilian_share) * (1 - f->fights_state) +
                     (open - weight[CIVILIANS]); /* prevented */
    if (post >= 0) /* a ceasefire spares forces; who meets none turns elsewhere */
        weight[NOBODY] += (1 - f->civilian_share) * f->fights_state - weight[FORCES];
    if (weight[CIVILIANS] + weight[FORCES] + weight[RIVALS] <= 0) return SAH_OK;
    switch (sah_discrete(&band->choice, weight, NTARGETS)) {
    case CIVILIANS:
        return strike_civilians(own, world, band, err);
    case FORCES:
        return strike_forces(own, world, band, (size_t)post, err);
    case RIVALS:
        return strike_rival(own, world, band, (size_t)rival, err);
    default:
        return SAH_OK;
    }
}

static int act_all(void *self, struct sah_world *world, struct sah_error *err) {
    const struct sahel_bands *b = &sahel_of(world)->bands;
    int status = SAH_OK;
    for (size_t i = 0; i < b->base.n && !status; i++) {
        if (b->cell[i] == SAH_NOWHERE) continue;
        struct band band = {.i = i,
                            .cell = b->cell[i],
                            .faction = b->faction[i],
                            .choice = sahel_rng(world, SAHEL_DRAW_ATTACK, b->id[i]),
                            .loss = sahel_rng(world, SAHEL_DRAW_ATTACK_LOSS, b->id[i])};
        if (acts_today(self, world, &band)) status = act(self, world, &band, err);
    }
    return status;
}

static const struct sah_act acts[] = {
    {SAHEL_ENCOUNTER, SAH_NOTHING, NULL, act_all, "Bands strike"},
    {0},
};

const struct sah_model sah_model_attacks = {
    .name = "attacks",
    .doc = "Bands attack forces, civilians and rivals, by kind",
    .reference = "ODD 7.12",
    .acts = acts,
    .size = sizeof(struct attacks),
    .params = params,
};
