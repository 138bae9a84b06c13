/* Mechanism 24, self-defence: a state arms villages.
 *
 * In the countries that do so a share `level` of the villages of each listed group is
 * armed, times the part of the group:
 *
 *   armed_g = level part_g                       [cell][group]
 *   A       = sum of people_g armed_g / people of the cell
 *   vigil   = watch A/(A + half)                 attacks on civilians prevented, and tips
 *
 * Vigil keeps bands from civilians (attacks.c) and tells forces (sahel_known). Its price:
 * arms heat feuds, and armed groups strike more in them (feuds.c). And bands turn on armed
 * villages: each with chance provoke A a day, killing
 *
 *   Poisson(Exponential(dead)) of the armed group, and losing Binomial(n, lose A).
 *
 * Source: local defence lowers violence by rebels where it tells who is who, and calls it
 * down on itself, Clayton and Thomson (2014). Rates assumed. */
#include "models/sahel/world.h"

#include <string.h>

struct self_defence {
    double level, watch, half, provoke, dead, lose;
    struct sah_names countries;
    struct sah_shares groups;
};

#define AT(field) .at = offsetof(struct self_defence, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "level", .type = SAH_REAL, AT(level), .unit = "1", .def = 0, .max = 1,
     .source = "scenario", .doc = "Share of villages armed; the timeline moves it"},
    {.key = "countries", .type = SAH_NAMES, AT(countries), .unit = "1", .def_text = "",
     .source = "scenario", .doc = "Countries that arm villages; none: all"},
    {.key = "groups", .type = SAH_SHARES, AT(groups), .unit = "1", .min = 0, .max = 1,
     .def_text = "", .source = "scenario",
     .doc = "Part of the level that each ethnic group gets; none: all of it to all"},
    {.key = "watch", .type = SAH_REAL, AT(watch), .unit = "1", .def = 0.6, .max = 1,
     .source = "assumed", .doc = "Most attacks prevented, and known, by armed villages"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "1", .def = 0.2, .min = 0.001,
     .max = 10, .source = "assumed", .doc = "Share armed that gives half of it"},
    {.key = "provoke", .type = SAH_REAL, AT(provoke), .unit = "1/day", .def = 0.001,
     .max = 1, .source = "assumed",
     .doc = "Hazard that a band strikes armed villages, where all are armed"},
    {.key = "dead", .type = SAH_REAL, AT(dead), .unit = "persons", .def = 3, .max = 1000,
     .source = "assumed", .doc = "Deaths of such an attack"},
    {.key = "lose", .type = SAH_REAL, AT(lose), .unit = "1", .def = 0.1, .max = 1,
     .source = "assumed", .doc = "Share of the band that it loses, where all are armed"},
    {0},
};
/* clang-format on */

enum { EVERY_DAY = 5 };

/* ---- who is armed ---- */

static bool arms_villages(const struct self_defence *own, const struct sah_world *world,
                          int32_t cell) {
    int country = world->land->country[cell];
    for (size_t k = 0; k < own->countries.n; k++)
        if (sah_geography_country(world->geo, own->countries.name[k]) == country)
            return true;
    return own->countries.n == 0 && country >= 0;
}

static void parts_of(const struct self_defence *own, const struct sah_world *world,
                     float part[static SAHEL_MAX_GROUPS]) {
    for (size_t g = 0; g < SAHEL_MAX_GROUPS; g++) part[g] = own->groups.n == 0;
    for (size_t k = 0; k < own->groups.n; k++)
        part[sah_geography_group(world->geo, own->groups.name[k])] =
            (float)own->groups.share[k];
}

static void arm_cell(const struct self_defence *own, struct sahel *s, int32_t cell,
                     const float *part) {
    size_t row = (size_t)cell * s->ngroups;
    double armed = 0;
    for (size_t g = 0; g < s->ngroups; g++) {
        s->armed[row + g] = (float)own->level * part[g];
        armed += s->people_group[row + g] * (double)s->armed[row + g];
    }
    double share = armed / (s->people_now[cell] > 0 ? s->people_now[cell] : 1);
    s->under_arms[cell] = (float)share;
    s->vigil[cell] = (float)(own->watch * share / (share + own->half));
}

static void disarm(struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
    memset(s->armed, 0, n * s->ngroups * sizeof *s->armed);
    memset(s->under_arms, 0, n * sizeof *s->under_arms);
    memset(s->vigil, 0, n * sizeof *s->vigil);
}

static int arm(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct self_defence *own = self;
    struct sahel *s = sahel_of(world);
    if (world->tick % EVERY_DAY) return SAH_OK;
    disarm(world);
    float part[SAHEL_MAX_GROUPS];
    parts_of(own, world, part);
    for (int32_t c = 0; c < world->grid.ncells && own->level > 0; c++)
        if (world->theatre[c] && arms_villages(own, world, c))
            arm_cell(own, s, c, part);
    return SAH_OK;
}

/* ---- bands turn on them ---- */

static int armed_group(const struct sahel *s, int32_t cell, struct sah_rng *rng) {
    double weight[SAHEL_MAX_GROUPS], sum = 0;
    size_t row = (size_t)cell * s->ngroups;
    for (size_t g = 0; g < s->ngroups; g++)
        sum += weight[g] = s->people_group[row + g] * (double)s->armed[row + g];
    return sum > 0 ? (int)sah_discrete(rng, weight, s->ngroups) : -1;
}

static int storm(const struct self_defence *own, struct sah_world *world, size_t band,
                 struct sah_rng *rng, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int32_t cell = s->bands.cell[band], fighters = s->bands.fighters[band];
    int16_t faction = s->bands.faction[band];
    int group = armed_group(s, cell, rng);
    if (group < 0) return SAH_OK;
    int32_t hit = (int32_t)sah_poisson(rng, sah_exponential(rng, own->dead));
    int32_t back =
        (int32_t)sah_binomial(rng, fighters, own->lose * (double)s->under_arms[cell]);
    int32_t killed = sah_deed_kill_people(world, cell, group, hit, false, rng);
    int32_t lost = sah_deed_kill_fighters(world, band, back);
    return sah_deed_event(world,
                          &(struct sahel_happening){.cell = cell,
                                                    .kind = SAHEL_KILLING,
                                                    .cause = SAHEL_CAUSE_ARMED_VILLAGE,
                                                    .side_a = faction,
                                                    .side_b = sahel_actor_civilians(s),
                                                    .strength_a = fighters,
                                                    .deaths_a = lost,
                                                    .deaths_civilians = killed},
                          err);
}

static int storm_all(void *self, struct sah_world *world, struct sah_error *err) {
    const struct self_defence *own = self;
    const struct sahel *s = sahel_of(world);
    int status = SAH_OK;
    for (size_t i = 0; i < s->bands.base.n && !status; i++) {
        int32_t cell = s->bands.cell[i];
        if (cell == SAH_NOWHERE || s->under_arms[cell] <= 0) continue;
        double hazard = own->provoke * (double)s->under_arms[cell] *
                        sahel_war_at(world, s->bands.faction[i], cell) *
                        (double)s->season[cell];
        struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_VILLAGE, s->bands.id[i]);
        if (sah_bernoulli(&rng, hazard < 1 ? hazard : 1))
            status = storm(own, world, i, &rng, err);
    }
    return status;
}

/* ---- life ---- */

/* Countries and groups are named; a name that is none is told. */
static void check_names(const struct self_defence *own, const struct sah_world *world,
                        struct sah_error *err) {
    const struct sah_setting *at =
        sah_binding_find(&world->binding, "self_defence.countries");
    for (size_t k = 0; k < own->countries.n; k++)
        if (sah_geography_country(world->geo, own->countries.name[k]) < 0)
            sah_scenario_complain(err, sah_setting_part(at, own->countries.name[k]),
                                  at->path, own->countries.name[k],
                                  "no such country in countries.csv");
    at = sah_binding_find(&world->binding, "self_defence.groups");
    for (size_t k = 0; k < own->groups.n; k++)
        if (sah_geography_group(world->geo, own->groups.name[k]) < 0)
            sah_scenario_complain(err, sah_setting_part(at, own->groups.name[k]),
                                  at->path, own->groups.name[k],
                                  "no such ethnic group in groups.csv");
}

static int resolve(void *self, struct sah_world *world, struct sah_error *err) {
    check_names(self, world, err);
    return err->code;
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_NOTHING, NULL, arm, "Villages are armed, every fifth day"},
    {SAHEL_ENCOUNTER, SAH_NOTHING, NULL, storm_all, "Bands turn on armed villages"},
    {0},
};

const struct sah_model sah_model_self_defence = {
    .name = "self_defence",
    .doc = "States arm villages: bands are kept off and provoked, feuds heat up",
    .reference = "ODD 7.24; Clayton and Thomson 2014",
    .off = true,
    .acts = acts,
    .size = sizeof(struct self_defence),
    .params = params,
    .resolve = resolve,
};
