/* Mechanism 20, slow drivers: poverty, corruption and schooling follow policy in years.
 *
 * A programme has a target from -1 (twice as bad) over 0 (as on the first day) to 1
 * (overcome), which the timeline may move, and places where it is carried out. Once a
 * month the three levels of a cell go on towards their goals, each with its half-life:
 *
 *   relief  -> poverty part                wealth at rest + (1 - wealth at rest) relief
 *   probity -> blame corruption part       grievance at rest (1 - probity)
 *   idle    -> 1 - youth schooling part    contact with recruiters * idle
 *
 * part: of the cell's region, else of its country, else 0; 1 where no place is named.
 *
 * Source: income and secondary schooling lower the risk of civil war, Collier and
 * Hoeffler (2004); poverty stands for a weak state too, Fearon and Laitin (2003), which
 * mechanism 18 has apart; corruption and weak trust in government among recruits, UNDP
 * (2017); jobs move the young towards other work, Blattman and Annan (2016). Changed:
 * risk of countries became a hazard of people; half-lives and weights assumed. */
#include "models/sahel/world.h"

enum { DRIVERS = 3 };

struct slow_drivers {
    double poverty, corruption, schooling; /* targets */
    struct sah_shares where[DRIVERS];
    double half_life[DRIVERS]; /* years */
    double blame, youth;
};

#define AT(field) .at = offsetof(struct slow_drivers, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "poverty", .type = SAH_REAL, AT(poverty), .unit = "1", .def = 0, .min = -1,
     .max = 1, .source = "definition", .doc = "Share of poverty that policy is to overcome"},
    {.key = "corruption", .type = SAH_REAL, AT(corruption), .unit = "1", .def = 0,
     .min = -1, .max = 1, .source = "definition",
     .doc = "Share of corruption that policy is to overcome"},
    {.key = "schooling", .type = SAH_REAL, AT(schooling), .unit = "1", .def = 0,
     .min = -1, .max = 1, .source = "definition",
     .doc = "Share of young people out of school that policy is to bring in"},
    {.key = "poverty_in", .type = SAH_SHARES, AT(where[0]), .unit = "1", .def_text = "",
     .max = 1, .fixed = true, .source = "definition",
     .doc = "Part of that by country or region; empty: all of it everywhere"},
    {.key = "corruption_in", .type = SAH_SHARES, AT(where[1]), .unit = "1",
     .def_text = "", .max = 1, .fixed = true, .source = "definition",
     .doc = "Part of that by country or region; empty: all of it everywhere"},
    {.key = "schooling_in", .type = SAH_SHARES, AT(where[2]), .unit = "1",
     .def_text = "", .max = 1, .fixed = true, .source = "definition",
     .doc = "Part of that by country or region; empty: all of it everywhere"},
    {.key = "poverty_half_life", .type = SAH_REAL, AT(half_life[0]), .unit = "day",
     .def = 1100, .min = 30, .max = 36500, .source = "assumed",
     .doc = "Time in which poverty goes half of the way to its target"},
    {.key = "corruption_half_life", .type = SAH_REAL, AT(half_life[1]), .unit = "day",
     .def = 1500, .min = 30, .max = 36500, .source = "assumed",
     .doc = "Time in which corruption goes half of the way to its target"},
    {.key = "schooling_half_life", .type = SAH_REAL, AT(half_life[2]), .unit = "day",
     .def = 1800, .min = 30, .max = 36500, .source = "assumed",
     .doc = "Time in which cohorts out of school go half of the way to their target"},
    {.key = "blame", .type = SAH_REAL, AT(blame), .unit = "1", .def = 0.5, .max = 1,
     .source = "UNDP 2017; assumed",
     .doc = "Share of grievance at rest that is over corruption"},
    {.key = "youth", .type = SAH_REAL, AT(youth), .unit = "1", .def = 0.6, .max = 1,
     .source = "assumed", .doc = "Share of joining that is of young people out of school"},
    {0},
};
/* clang-format on */

static const char *const where_paths[DRIVERS] = {"slow_drivers.poverty_in",
                                                 "slow_drivers.corruption_in",
                                                 "slow_drivers.schooling_in"};

/* The part of a programme carried out in a cell: that of its region, else of its country.
 */
static double part_of(const struct sah_shares *where, const struct sah_world *world,
                      int32_t cell) {
    if (!where->n) return 1;
    int region = world->land->region[cell], country = world->land->country[cell];
    double part = 0;
    for (size_t k = 0; k < where->n; k++) {
        if (sah_geography_region(world->geo, where->name[k]) == region && region >= 0)
            return where->share[k];
        if (sah_geography_country(world->geo, where->name[k]) == country)
            part = where->share[k];
    }
    return part;
}

static void follow(float *level, double goal, double half_life) {
    *level += (float)((1 - sahel_left(half_life, 30.4)) * (goal - *level));
}

static void go_on(void *self, struct sah_world *world, struct sah_span span) {
    const struct slow_drivers *own = self;
    struct sahel *s = sahel_of(world);
    if (sah_date_of(world->today).day != 1) return;
    for (int32_t c = (int32_t)span.begin; c < span.end; c++) {
        if (!world->theatre[c]) continue;
        double part[DRIVERS];
        for (int k = 0; k < DRIVERS; k++) part[k] = part_of(&own->where[k], world, c);
        follow(&s->relief[c], own->poverty * part[0], own->half_life[0]);
        follow(&s->probity[c], own->blame * own->corruption * part[1],
               own->half_life[1]);
        follow(&s->idle[c], 1 - own->youth * own->schooling * part[2],
               own->half_life[2]);
    }
}

static int resolve(void *self, struct sah_world *world, struct sah_error *err) {
    const struct slow_drivers *own = self;
    for (int k = 0; k < DRIVERS; k++) {
        const struct sah_setting *at =
            sah_binding_find(&world->binding, where_paths[k]);
        for (size_t i = 0; i < own->where[k].n; i++) {
            const char *name = own->where[k].name[i];
            if (sah_geography_region(world->geo, name) < 0 &&
                sah_geography_country(world->geo, name) < 0)
                sah_scenario_complain(err, sah_setting_part(at, name), at->path, name,
                                      "no such country or region in the geography");
        }
    }
    return err->code;
}

static const struct sah_act acts[] = {
    {SAHEL_ENVIRONMENT, SAH_OVER_CELLS, go_on, NULL,
     "Poverty, corruption, schooling on the first of a month"},
    {0},
};

const struct sah_model sah_model_slow_drivers = {
    .name = "slow_drivers",
    .doc = "Poverty, corruption and schooling follow policy in years",
    .reference = "ODD 7.20; Collier and Hoeffler 2004; Fearon and Laitin 2003",
    .acts = acts,
    .size = sizeof(struct slow_drivers),
    .params = params,
    .resolve = resolve,
};
