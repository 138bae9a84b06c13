/* Fear and anger in an early insurgency (Bennett 2008).
 *
 * Civilians, soldiers and insurgents wander over a torus, one cell a step. An insurgent
 * with a soldier in range attacks; the soldier strikes back: with probability
 * `effectiveness` the insurgent is gone, and each civilian in range of the insurgent is
 * hurt with probability 1 - accuracy. Then
 *
 *   fear'  = fear + 0.10 (1 - fear)        of civilians in range
 *   anger' = anger + 0.05 h (1 - anger)    of civilians hurt, h hurt in that strike,
 *                                          1 at most
 *
 * A civilian whose anger exceeds both fear and the threshold of violence is an insurgent.
 * Source: Bennett 2008, "Governments, civilians, and the evolution of insurgency: modeling
 * the early dynamics of insurgencies", JASSS 11(4) 7: equations, distributions, range and
 * side of the map. Numbers of people, steps of one cell, the square range and strikes one
 * after another are assumed. */
#include "models/classic/bennett.h"

#include "sim/kernel/law.h"
#include "sim/kernel/rng.h"

#include <string.h>

enum { DRAW_PLACE = 150, DRAW_WALK, DRAW_STRIKE };

struct insurgency {
    int64_t civilians, soldiers, range;
    double effectiveness, accuracy;
    double anger, anger_sd, fear, fear_sd, threshold, threshold_sd, anger_step,
        fear_step;
};

/* clang-format off */
#define AT(field) .at = offsetof(struct insurgency, field)
static const struct sah_param params[] = {
    {.key = "civilians", .type = SAH_INT, AT(civilians), .unit = "persons", .def = 1000,
     .max = 1e7, .fixed = true, .source = "assumed", .doc = "Civilians at the start"},
    {.key = "soldiers", .type = SAH_INT, AT(soldiers), .unit = "persons", .def = 100,
     .max = 1e7, .fixed = true, .source = "assumed", .doc = "Soldiers"},
    {.key = "range", .type = SAH_INT, AT(range), .unit = "cells", .def = 3, .min = 0,
     .max = 100, .source = "Bennett 2008",
     .doc = "How far insurgents look for soldiers, and strikes reach civilians"},
    {.key = "effectiveness", .type = SAH_REAL, AT(effectiveness), .unit = "1",
     .def = 0.8, .max = 1, .source = "Bennett 2008",
     .doc = "Chance that a strike removes the insurgent"},
    {.key = "accuracy", .type = SAH_REAL, AT(accuracy), .unit = "1", .def = 0.8,
     .max = 1, .source = "Bennett 2008",
     .doc = "Chance that a civilian in range of a strike is not hurt"},
    {.key = "anger", .type = SAH_REAL, AT(anger), .unit = "1", .def = 0.25, .max = 1,
     .fixed = true, .source = "Bennett 2008", .doc = "Mean of anger at the start"},
    {.key = "anger_sd", .type = SAH_REAL, AT(anger_sd), .unit = "1", .def = 0.125,
     .max = 1, .fixed = true, .source = "Bennett 2008", .doc = "Its standard deviation"},
    {.key = "fear", .type = SAH_REAL, AT(fear), .unit = "1", .def = 0.5, .max = 1,
     .fixed = true, .source = "Bennett 2008", .doc = "Mean of fear at the start"},
    {.key = "fear_sd", .type = SAH_REAL, AT(fear_sd), .unit = "1", .def = 0.25, .max = 1,
     .fixed = true, .source = "Bennett 2008", .doc = "Its standard deviation"},
    {.key = "threshold", .type = SAH_REAL, AT(threshold), .unit = "1", .def = 0.5,
     .max = 1, .fixed = true, .source = "Bennett 2008",
     .doc = "Mean of the anger that violence takes"},
    {.key = "threshold_sd", .type = SAH_REAL, AT(threshold_sd), .unit = "1", .def = 0.25,
     .max = 1, .fixed = true, .source = "Bennett 2008",
     .doc = "Its standard deviation"},
    {.key = "anger_step", .type = SAH_REAL, AT(anger_step), .unit = "1", .def = 0.05,
     .max = 1, .source = "Bennett 2008",
     .doc = "Part of the way to full anger, for each that was hurt"},
    {.key = "fear_step", .type = SAH_REAL, AT(fear_step), .unit = "1", .def = 0.1,
     .max = 1, .source = "Bennett 2008", .doc = "Part of the way to full fear"},
    {0},
};
/* clang-format on */

static struct bennett *state_of(const struct sah_world *world) {
    return world->state;
}

/* ---- the first day ------------------------------------------------------------------- */

static float share(struct sah_rng *rng, double mean, double sd) {
    double x = sah_normal(rng, mean, sd);
    return (float)(x < 0 ? 0 : x > 1 ? 1 : x);
}

static void place(const struct insurgency *p, struct sah_world *world, size_t i) {
    struct bennett_people *people = &state_of(world)->people;
    struct sah_rng rng;
    people->id[i] = i + 1;
    sah_rng_at(&rng, (uint64_t)world->run.seed, DRAW_PLACE, i + 1, 0);
    people->cell[i] = (int32_t)sah_below(&rng, world->grid.ncells);
    if (i >= (size_t)p->civilians) {
        people->role[i] = BENNETT_SOLDIER;
        return;
    }
    people->anger[i] = share(&rng, p->anger, p->anger_sd);
    people->fear[i] = share(&rng, p->fear, p->fear_sd);
    people->threshold[i] = share(&rng, p->threshold, p->threshold_sd);
}

static bool violent(const struct bennett_people *people, size_t i) {
    return people->anger[i] > people->fear[i] &&
           people->anger[i] > people->threshold[i];
}

static void turn(struct bennett *b) {
    for (size_t i = 0; i < b->people.base.n; i++) {
        if (b->people.role[i] != BENNETT_CIVILIAN || !violent(&b->people, i)) continue;
        b->people.role[i] = BENNETT_INSURGENT;
        b->today[BENNETT_TURNED]++;
    }
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    const struct insurgency *p = self;
    struct bennett *b = state_of(world);
    size_t n = (size_t)(p->civilians + p->soldiers);
    int status = sah_population_add(&b->people.base, n, NULL, err);
    for (size_t i = 0; i < n && !status; i++) place(p, world, i);
    if (!status) turn(b);
    return status;
}

/* ---- a step -------------------------------------------------------------------------- */

static int around(int x, int n) {
    return x < 0 ? x + n : x >= n ? x - n : x;
}

/* Leaves everybody in order of cells, so that those near can be found. */
static int walk(void *self, struct sah_world *world, struct sah_error *err) {
    (void)self;
    const struct sah_grid *grid = &world->grid;
    struct bennett_people *people = &state_of(world)->people;
    for (size_t i = 0; i < people->base.n; i++) {
        struct sah_rng rng;
        sah_rng_at(&rng, (uint64_t)world->run.seed, DRAW_WALK, people->id[i],
                   world->tick);
        int way = (int)sah_below(&rng, 9);
        int x = around(people->cell[i] % grid->nlon + way % 3 - 1, grid->nlon);
        int y = around(people->cell[i] / grid->nlon + way / 3 - 1, grid->nlat);
        people->cell[i] = y * grid->nlon + x;
    }
    return sah_population_sort(&people->base, (size_t)grid->ncells, err);
}

/* Walks over who stands within `range` of a cell, the cells row by row:
 *
 *   struct near near = near_of(world, cell, range);
 *   while (next(&near)) people->fear[near.i] = 1;                               */
struct near {
    const struct sah_world *world;
    int x, y, range, dx, dy; /* the present cell, as seen from the centre */
    int64_t i, end;
};

/* No farther than once around the torus. */
static int shorten(int64_t range, int side) {
    int64_t most = (side - 1) / 2;
    return (int)(range < most ? range : most);
}

static struct near near_of(const struct sah_world *world, int32_t cell, int64_t range) {
    const struct sah_grid *grid = &world->grid;
    int r = shorten(range, grid->nlon < grid->nlat ? grid->nlon : grid->nlat);
    return (struct near){.world = world,
                         .x = cell % grid->nlon,
                         .y = cell / grid->nlon,
                         .range = r,
                         .dx = -r - 1,
                         .dy = -r,
                         .i = -1};
}

static bool next(struct near *near) {
    const struct sah_grid *grid = &near->world->grid;
    const int64_t *first = state_of(near->world)->people.base.first;
    near->i++;
    while (near->i >= near->end) {
        if (++near->dx > near->range) near->dx = -near->range, near->dy++;
        if (near->dy > near->range) return false;
        int32_t cell = around(near->y + near->dy, grid->nlat) * grid->nlon +
                       around(near->x + near->dx, grid->nlon);
        near->i = first[cell];
        near->end = first[cell + 1];
    }
    return true;
}

/* Is a soldier there to be attacked? Which one does not matter. */
static bool meets_soldier(const struct insurgency *p, const struct sah_world *world,
                          size_t insurgent) {
    const struct bennett_people *people = &state_of(world)->people;
    struct near near = near_of(world, people->cell[insurgent], p->range);
    while (next(&near))
        if (people->role[near.i] == BENNETT_SOLDIER) return true;
    return false;
}

static int mark_hurt(const struct insurgency *p, struct sah_world *world, int32_t cell,
                     struct sah_rng *rng) {
    struct bennett_people *people = &state_of(world)->people;
    struct near near = near_of(world, cell, p->range);
    int hurt = 0;
    while (next(&near)) {
        if (people->role[near.i] != BENNETT_CIVILIAN) continue;
        people->fear[near.i] += (float)p->fear_step * (1 - people->fear[near.i]);
        people->hurt[near.i] = sah_bernoulli(rng, 1 - p->accuracy);
        hurt += people->hurt[near.i];
    }
    return hurt;
}

static void anger(const struct insurgency *p, struct sah_world *world, int32_t cell,
                  int hurt) {
    struct bennett_people *people = &state_of(world)->people;
    struct near near = near_of(world, cell, p->range);
    float step = (float)p->anger_step * (float)hurt;
    if (step > 1) step = 1;
    while (next(&near)) {
        if (!people->hurt[near.i]) continue;
        people->anger[near.i] += step * (1 - people->anger[near.i]);
        people->hurt[near.i] = 0;
    }
}

static void strike(const struct insurgency *p, struct sah_world *world, size_t target) {
    struct bennett *b = state_of(world);
    int32_t cell = b->people.cell[target];
    struct sah_rng rng;
    sah_rng_at(&rng, (uint64_t)world->run.seed, DRAW_STRIKE, b->people.id[target],
               world->tick);
    bool removed = sah_bernoulli(&rng, p->effectiveness);
    int hurt = mark_hurt(p, world, cell, &rng);
    anger(p, world, cell, hurt);
    b->today[BENNETT_ATTACKS]++;
    b->today[BENNETT_HURT] += hurt;
    if (!removed) return;
    b->today[BENNETT_REMOVED]++;
    b->people.cell[target] = SAH_NOWHERE;
    b->people.role[target] = UINT8_MAX;
}

static int fight(void *self, struct sah_world *world, struct sah_error *err) {
    const struct insurgency *p = self;
    struct bennett *b = state_of(world);
    for (size_t i = 0; i < b->people.base.n; i++)
        if (b->people.role[i] == BENNETT_INSURGENT && meets_soldier(p, world, i))
            strike(p, world, i);
    turn(b);
    return sah_population_sort(&b->people.base, (size_t)world->grid.ncells, err);
}

static const struct sah_act acts[] = {
    {.phase = 1, .apply = walk, .doc = "Everybody walks to a cell beside theirs"},
    {.phase = 2, .apply = fight, .doc = "Insurgents attack, soldiers strike back"},
    {0},
};

const struct sah_model sah_model_insurgency = {
    .name = "insurgency",
    .doc = "Strikes remove insurgents, and make civilians afraid and angry",
    .reference = "Bennett 2008",
    .always = true,
    .acts = acts,
    .size = sizeof(struct insurgency),
    .params = params,
    .init = init,
};

/* ---- the family ---------------------------------------------------------------------- */

static const struct sah_column columns[] = {
#define SAH_COLUMN_STRUCT struct bennett_people
    BENNETT_COLUMNS(SAH_COLUMN_ROW)
#undef SAH_COLUMN_STRUCT
};
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const phases[] = {"walk", "fighting"};
static const struct sah_model *const cast[] = {&sah_model_insurgency};

static int create(struct sah_world *world, struct sah_error *err) {
    struct bennett *b = state_of(world);
    sah_population_init(&b->people.base, "people", "Civilians, insurgents, soldiers",
                        columns, COUNT(columns));
    int status = sah_world_people(world, &b->people.base, err);
    if (status < 0) return status;
    b->today = sah_world_array(world, "today", SAH_I64, BENNETT_TALLIES, "1",
                               "Counts of the step", err);
    return err->code;
}

static int begin_day(struct sah_world *world, struct sah_error *err) {
    (void)err;
    memset(state_of(world)->today, 0, BENNETT_TALLIES * sizeof(int64_t));
    return SAH_OK;
}

static void free_all(struct sah_world *world) {
    sah_population_free(&state_of(world)->people.base);
}

static double count(const struct sah_world *world, uint8_t role) {
    const struct bennett_people *people = &state_of(world)->people;
    int64_t n = 0;
    for (size_t i = 0; i < people->base.n; i++) n += people->role[i] == role;
    return (double)n;
}

#define ROLE(name, role)                                                  \
    static void read_##name(const struct sah_world *world, double *out) { \
        *out = count(world, role);                                        \
    }
ROLE(civilians, BENNETT_CIVILIAN)
ROLE(insurgents, BENNETT_INSURGENT)
ROLE(soldiers, BENNETT_SOLDIER)

#define TALLY(name, number)                                               \
    static void read_##name(const struct sah_world *world, double *out) { \
        *out = (double)state_of(world)->today[number];                    \
    }
TALLY(attacks, BENNETT_ATTACKS)
TALLY(removed, BENNETT_REMOVED)
TALLY(hurt, BENNETT_HURT)
TALLY(turned, BENNETT_TURNED)

/* Mean over the civilians of a cell; nothing where there are none. */
static void means(const struct sah_world *world, const float *value, double *out) {
    const struct bennett_people *people = &state_of(world)->people;
    int64_t n = 0;
    double sum = 0;
    int32_t at = 0;
    memset(out, 0, (size_t)world->grid.ncells * sizeof *out);
    for (size_t i = 0; i < people->base.n; i++) { /* sorted by cell */
        if (people->role[i] != BENNETT_CIVILIAN) continue;
        if (people->cell[i] != at) n = 0, sum = 0;
        at = people->cell[i];
        n++;
        sum += (double)value[i];
        out[at] = sum / (double)n;
    }
}

static void read_anger(const struct sah_world *world, double *out) {
    means(world, state_of(world)->people.anger, out);
}

static void read_fear(const struct sah_world *world, double *out) {
    means(world, state_of(world)->people.fear, out);
}

#define FIELD(name, doc) \
    { #name, "1", doc, SAH_FIELD, SAH_STOCK, SAH_F32, {NULL, NULL }, read_##name }
#define SERIES(name, unit, nature, doc) \
    { #name, unit, doc, SAH_SERIES, nature, SAH_I64, {NULL, NULL }, read_##name }
static const struct sah_observable observables[] = {
    FIELD(anger, "Mean anger of the civilians there"),
    FIELD(fear, "Mean fear of the civilians there"),
    SERIES(civilians, "persons", SAH_STOCK, "Civilians"),
    SERIES(insurgents, "persons", SAH_STOCK, "Insurgents"),
    SERIES(soldiers, "persons", SAH_STOCK, "Soldiers"),
    SERIES(attacks, "1", SAH_FLOW, "Attacks"),
    SERIES(removed, "persons", SAH_FLOW, "Insurgents removed"),
    SERIES(hurt, "persons", SAH_FLOW, "Civilians hurt"),
    SERIES(turned, "persons", SAH_FLOW, "Civilians who became insurgents"),
    {0},
};

const struct sah_family sah_family_bennett = {
    .name = "bennett",
    .doc = "Fear and anger in an early insurgency (Bennett 2008)",
    .phases = phases,
    .nphases = COUNT(phases),
    .cast = cast,
    .ncast = COUNT(cast),
    .has_plain = true,
    .state_size = sizeof(struct bennett),
    .create = create,
    .begin_day = begin_day,
    .free = free_all,
    .observables = observables,
    .headline = {"insurgents", "attacks", "hurt"},
};
