/* A small offer of sections and one list, and scenarios read against it from text. */
#ifndef SAH_TESTS_TINY_SCENARIO_H
#define SAH_TESTS_TINY_SCENARIO_H
#include "sim/kernel/scenario.h"
#include "sim/kernel/timeline.h"

#include <math.h>
#include <string.h>

struct tiny_top {
    char *title;
};
struct tiny_run {
    int32_t start, end;
    int64_t seed;
};
struct tiny_grid {
    struct sah_reals box;
    struct sah_shares theatre;
};
struct tiny_recruitment {
    double base_rate, reach_km, slope;
    int64_t min_age;
    bool on;
    int kernel;
};
struct tiny_fields {
    struct sah_names keep;
    int every;
};
struct tiny_force {
    char *name, *owner;
    int64_t strength;
    double pay;
    struct sah_shares profile;
};

static const char *const tiny_kernels[] = {"uniform", "clustered", NULL};
static const char *const tiny_periods[] = {"day", "month", "year", NULL};
static const char *const tiny_keeps[] = {"deaths", "control", "presence", NULL};
static const char *const tiny_all[] = {"all", NULL};

#define TINY(type, field) .at = offsetof(struct tiny_##type, field), .source = "assumed"
static const struct sah_param tiny_top_rows[] = {
    {.key = "title", .type = SAH_TEXT, .unit = "1", .doc = "Title", TINY(top, title)},
    {0},
};
static const struct sah_param tiny_run_rows[] = {
    {.key = "start",
     .type = SAH_DATE,
     .unit = "1",
     .required = true,
     .fixed = true,
     .doc = "First day",
     TINY(run, start)},
    {.key = "end",
     .type = SAH_DATE,
     .unit = "1",
     .def_text = "2020-12-31",
     .fixed = true,
     .doc = "Last day",
     TINY(run, end)},
    {.key = "seed",
     .type = SAH_INT,
     .unit = "1",
     .def = 1,
     .min = 0,
     .max = 9.3e18,
     .fixed = true,
     .doc = "Seed of all chance",
     TINY(run, seed)},
    {0},
};
static const struct sah_param tiny_grid_rows[] = {
    {.key = "box",
     .type = SAH_REALS,
     .unit = "deg",
     .def_text = "-12.5, 8, 16, 25.5",
     .min = -180,
     .max = 180,
     .doc = "West, south, east, north",
     TINY(grid, box)},
    {.key = "theatre",
     .type = SAH_SHARES,
     .unit = "km",
     .min = 0,
     .max = 5000,
     .choices = tiny_all,
     .def_text = "MLI: all, BEN: 200 km",
     .doc = "Depth of land with agents",
     TINY(grid, theatre)},
    {0},
};
static const struct sah_param tiny_recruitment_rows[] = {
    {.key = "base_rate",
     .type = SAH_REAL,
     .unit = "1/day",
     .def = 5e-8,
     .min = 0,
     .max = 1e-3,
     .doc = "Hazard of joining",
     TINY(recruitment, base_rate)},
    {.key = "reach",
     .type = SAH_REAL,
     .unit = "km",
     .def = 50,
     .min = 0,
     .max = INFINITY,
     .doc = "Distance of ties",
     TINY(recruitment, reach_km)},
    {.key = "grievance_slope",
     .type = SAH_REAL,
     .unit = "1",
     .def = 2,
     .min = -5,
     .max = 5,
     .doc = "Slope | steepness",
     TINY(recruitment, slope)},
    {.key = "min_age",
     .type = SAH_INT,
     .unit = "year",
     .def = 15,
     .min = 10,
     .max = 99,
     .doc = "Youngest",
     TINY(recruitment, min_age)},
    {.key = "outreach",
     .type = SAH_SWITCH,
     .unit = "1",
     .def = 1,
     .doc = "Reach to other groups",
     TINY(recruitment, on)},
    {.key = "kernel",
     .type = SAH_CHOICE,
     .unit = "1",
     .def = 0,
     .choices = tiny_kernels,
     .doc = "Shape of ties",
     TINY(recruitment, kernel)},
    {0},
};
static const struct sah_param tiny_fields_rows[] = {
    {.key = "keep",
     .type = SAH_NAMES,
     .unit = "1",
     .choices = tiny_keeps,
     .def_text = "deaths, control",
     .doc = "Fields kept",
     TINY(fields, keep)},
    {.key = "every",
     .type = SAH_CHOICE,
     .unit = "1",
     .choices = tiny_periods,
     .def = 1,
     .doc = "Interval of fields",
     TINY(fields, every)},
    {0},
};
static const struct sah_param tiny_force_rows[] = {
    {.key = "owner",
     .type = SAH_TEXT,
     .unit = "1",
     .required = true,
     .doc = "Who pays",
     TINY(force, owner)},
    {.key = "strength",
     .type = SAH_INT,
     .unit = "persons",
     .def = 100,
     .min = 0,
     .max = 100000,
     .doc = "Soldiers",
     TINY(force, strength)},
    {.key = "pay",
     .type = SAH_REAL,
     .unit = "USD/person/day",
     .def = 3,
     .min = 0,
     .max = 1000,
     .doc = "Pay",
     TINY(force, pay)},
    {.key = "profile",
     .type = SAH_SHARES,
     .unit = "1",
     .min = 0,
     .max = 1,
     .doc = "Shares of groups",
     TINY(force, profile)},
    {0},
};
#undef TINY

enum { TINY_SECTIONS = 5, TINY_LISTS = 1 };

struct tiny {
    struct tiny_top top;
    struct tiny_run run;
    struct tiny_grid grid;
    struct tiny_recruitment recruitment;
    struct tiny_fields fields;
    struct sah_section section[TINY_SECTIONS];
    struct sah_list list[TINY_LISTS];
    struct sah_scenario *scenario;
    struct sah_binding binding;
    struct sah_timeline timeline;
    struct sah_error err;
    int code;
};

static inline void tiny_offer(struct tiny *t) {
    memset(t, 0, sizeof *t);
    t->section[0] = (struct sah_section){"", "Top level", tiny_top_rows, &t->top};
    t->section[1] = (struct sah_section){"run", "The run", tiny_run_rows, &t->run};
    t->section[2] = (struct sah_section){"grid", "The grid", tiny_grid_rows, &t->grid};
    t->section[3] = (struct sah_section){"recruitment", "Civilians join",
                                         tiny_recruitment_rows, &t->recruitment};
    t->section[4] =
        (struct sah_section){"output.fields", "Fields", tiny_fields_rows, &t->fields};
    t->list[0] = (struct sah_list){.name = "forces",
                                   .doc = "State forces",
                                   .params = tiny_force_rows,
                                   .item_size = sizeof(struct tiny_force)};
}

static inline void tiny_bind(struct tiny *t) {
    static const char *const also[] = {"timeline"};
    if (t->code) return;
    int bound = sah_scenario_bind(t->scenario, t->section, TINY_SECTIONS, t->list,
                                  TINY_LISTS, also, 1, &t->binding, &t->err);
    int timed = sah_timeline_bind(&t->timeline, t->scenario, &t->binding, &t->err);
    t->code = bound ? bound : timed;
}

/* Reads and binds a text called "t.yaml" with settings; free with tiny_free. */
static inline void tiny_read(struct tiny *t, const char *yaml, size_t length,
                             const char *const *sets, size_t nsets) {
    tiny_offer(t);
    t->code =
        sah_scenario_parse("t.yaml", yaml, length, sets, nsets, &t->scenario, &t->err);
    tiny_bind(t);
}

static inline void tiny_read_file(struct tiny *t, const char *path,
                                  const char *const *sets, size_t nsets) {
    tiny_offer(t);
    t->code = sah_scenario_read(path, NULL, sets, nsets, &t->scenario, &t->err);
    tiny_bind(t);
}

static inline void tiny_free(struct tiny *t) {
    sah_timeline_free(&t->timeline);
    sah_binding_free(&t->binding, t->list, TINY_LISTS);
    sah_scenario_free(t->scenario);
    sah_error_clear(&t->err);
}

static inline const struct tiny_force *tiny_force(const struct tiny *t,
                                                  const char *name) {
    const struct tiny_force *force = t->list[0].items;
    for (size_t i = 0; i < t->list[0].n; i++)
        if (!strcmp(force[i].name, name)) return &force[i];
    return NULL;
}

#endif
