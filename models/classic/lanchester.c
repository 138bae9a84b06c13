/* Attrition: every soldier, insurgent and civilian dies or not by a chance of their own,
 * beside the equations that tell what becomes of many.
 *
 * In a part of a day dt, where a law kills K of n a day, each of the n dies with
 * probability 1 - exp(-(K/n) dt); civilians turn red in the same way. The equations are no
 * state: they are solved anew for whoever looks (lanchester_laws.c). */
#include "models/classic/lanchester.h"

#include "sim/kernel/elementary.h"
#include "sim/kernel/law.h"
#include "sim/kernel/rng.h"

enum { DRAW_FATE = 120 };

/* clang-format off */
static const char *const laws[] = {"square", "linear", "deitchman", "kress", NULL};
#define AT(field) .at = offsetof(struct lanchester_attrition, field)
static const struct sah_param params[] = {
    {.key = "law", .type = SAH_CHOICE, AT(law), .unit = "1", .choices = laws,
     .fixed = true, .source = "Lanchester 1916; Deitchman 1962; Kress and Szechtman 2009",
     .doc = "Who can aim at whom"},
    {.key = "blue", .type = SAH_INT, AT(start[LANCHESTER_BLUE]), .unit = "persons",
     .def = 1000, .max = 1e8, .fixed = true, .source = "assumed",
     .doc = "Soldiers of the government at the start"},
    {.key = "red", .type = SAH_INT, AT(start[LANCHESTER_RED]), .unit = "persons",
     .def = 800, .max = 1e8, .fixed = true, .source = "assumed",
     .doc = "The other side, or insurgents, at the start"},
    {.key = "civilians", .type = SAH_INT, AT(start[LANCHESTER_CIVIL]), .unit = "persons",
     .max = 1e8, .fixed = true, .source = "assumed",
     .doc = "People among whom insurgents hide; only in law kress"},
    {.key = "blue_rate", .type = SAH_REAL, AT(blue_rate), .unit = "1/d", .def = 0.02,
     .max = 10, .fixed = true, .source = "assumed", .doc = "Kills a day by one of blue"},
    {.key = "red_rate", .type = SAH_REAL, AT(red_rate), .unit = "1/d", .def = 0.02,
     .max = 10, .fixed = true, .source = "assumed", .doc = "Kills a day by one of red"},
    {.key = "scale", .type = SAH_REAL, AT(scale), .unit = "persons", .def = 1000,
     .min = 1, .max = 1e9, .fixed = true, .source = "assumed",
     .doc = "Enemies in the area at which fire into it kills as aimed fire does"},
    {.key = "intelligence", .type = SAH_REAL, AT(intelligence), .unit = "1", .def = 0.5,
     .max = 1, .fixed = true, .source = "Kress and Szechtman 2009",
     .doc = "Share of operations that find insurgents; others hit whoever is there"},
    {.key = "backlash", .type = SAH_REAL, AT(backlash), .unit = "1", .def = 0.5,
     .max = 100, .fixed = true, .source = "Kress and Szechtman 2009",
     .doc = "Civilians who turn insurgents for each that is killed"},
    {.key = "substeps", .type = SAH_INT, AT(substeps), .unit = "1", .def = 4, .min = 1,
     .max = 100, .fixed = true, .source = "design",
     .doc = "Parts of a day in which agents meet their fate"},
    {0},
};
/* clang-format on */

static struct lanchester *state_of(const struct sah_world *world) {
    return world->state;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct lanchester_attrition *law = self;
    struct lanchester *l = state_of(world);
    struct lanchester_people *people = &l->people;
    l->law = law;
    if (law->law != LANCHESTER_KRESS) law->start[LANCHESTER_CIVIL] = 0;
    for (int s = 0; s < LANCHESTER_SIDES; s++) {
        size_t first, n = (size_t)law->start[s];
        int status = sah_population_add(&people->base, n, &first, err);
        if (status) return status;
        for (size_t i = first; i < first + n; i++) {
            people->id[i] = i + 1;
            people->side[i] = (uint8_t)s;
        }
        l->n[s] = law->start[s];
    }
    return SAH_OK;
}

struct chances {
    double die[LANCHESTER_SIDES], join;
};

static double chance(double rate, double n, double dt) {
    return n > 0 ? -sah_expm1(-rate / n * dt) : 0;
}

static struct chances chances_of(const struct lanchester *l, double dt) {
    double n[LANCHESTER_SIDES];
    struct chances chances;
    for (int s = 0; s < LANCHESTER_SIDES; s++) n[s] = (double)l->n[s];
    struct lanchester_flow flow = sah_lanchester_flow(l->law, n);
    for (int s = 0; s < LANCHESTER_SIDES; s++)
        chances.die[s] = chance(flow.killed[s], n[s], dt);
    chances.join = chance(flow.joined, n[LANCHESTER_CIVIL], dt);
    return chances;
}

/* A part of a day; fates are drawn from one number each. */
static void meet_fate(struct lanchester *l, struct sah_rng *rng, size_t i,
                      const struct chances *chances) {
    uint8_t *side = &l->people.side[i];
    double u = sah_uniform(rng), die = chances->die[*side];
    if (u < die) {
        l->n[*side]--;
        l->people.cell[i] = SAH_NOWHERE;
    } else if (*side == LANCHESTER_CIVIL && u < die + (1 - die) * chances->join) {
        l->n[LANCHESTER_CIVIL]--;
        l->n[LANCHESTER_RED]++;
        *side = LANCHESTER_RED;
    }
}

static int fight(void *self, struct sah_world *world, struct sah_error *err) {
    const struct lanchester_attrition *law = self;
    struct lanchester *l = state_of(world);
    for (int64_t part = 0; part < law->substeps; part++) {
        struct chances chances = chances_of(l, 1.0 / (double)law->substeps);
        for (size_t i = 0; i < l->people.base.n; i++) {
            struct sah_rng rng;
            sah_rng_at(&rng, (uint64_t)world->run.seed, DRAW_FATE + (unsigned)part,
                       l->people.id[i], world->tick);
            if (l->people.cell[i] != SAH_NOWHERE) meet_fate(l, &rng, i, &chances);
        }
    }
    return sah_population_sort(&l->people.base, 1, err);
}

static const struct sah_act acts[] = {
    {.phase = 1, .apply = fight, .doc = "Sides fight; the dead leave"},
    {0},
};

const struct sah_model sah_model_attrition = {
    .name = "attrition",
    .doc = "Two sides, and people among whom one hides, lose to each other",
    .reference = "Lanchester 1916; Deitchman 1962; Kress and Szechtman 2009",
    .always = true,
    .acts = acts,
    .size = sizeof(struct lanchester_attrition),
    .params = params,
    .init = init,
};

/* ---- the family ---------------------------------------------------------------------- */

static const struct sah_column columns[] = {
#define SAH_COLUMN_STRUCT struct lanchester_people
    LANCHESTER_PEOPLE_COLUMNS(SAH_COLUMN_ROW)
#undef SAH_COLUMN_STRUCT
};
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const phases[] = {"fighting"};
static const struct sah_model *const cast[] = {&sah_model_attrition};

static int create(struct sah_world *world, struct sah_error *err) {
    struct lanchester *l = state_of(world);
    sah_population_init(&l->people.base, "people", "Soldiers, insurgents, civilians",
                        columns, COUNT(columns));
    int status = sah_world_people(world, &l->people.base, err);
    if (status < 0) return status;
    l->n = sah_world_array(world, "n", SAH_I64, LANCHESTER_SIDES, "persons",
                           "People of each side", err);
    return err->code;
}

static int verify(const struct sah_world *world, struct sah_error *err) {
    const struct lanchester *l = state_of(world);
    int64_t n[LANCHESTER_SIDES] = {0};
    for (size_t i = 0; i < l->people.base.n; i++)
        if (l->people.cell[i] != SAH_NOWHERE) n[l->people.side[i]]++;
    for (int s = 0; s < LANCHESTER_SIDES; s++)
        if (n[s] != l->n[s])
            return sah_error_add(err, SAH_CHECK, "side %d: the count is wrong", s);
    return SAH_OK;
}

static void free_all(struct sah_world *world) {
    sah_population_free(&state_of(world)->people.base);
}

static double solved(const struct sah_world *world, int side) {
    double n[LANCHESTER_SIDES];
    sah_lanchester_solve(state_of(world)->law, world->tick, n);
    return n[side];
}

#define SIDE(name, side)                                                             \
    static void read_##name(const struct sah_world *world, double *out) {            \
        *out = (double)state_of(world)->n[side];                                     \
    }                                                                                \
    static void read_##name##_equation(const struct sah_world *world, double *out) { \
        *out = solved(world, side);                                                  \
    }
SIDE(blue, LANCHESTER_BLUE)
SIDE(red, LANCHESTER_RED)
SIDE(civilians, LANCHESTER_CIVIL)

#define SERIES(name, type, doc) \
    { #name, "persons", doc, SAH_SERIES, SAH_STOCK, type, {NULL, NULL }, read_##name }
static const struct sah_observable observables[] = {
    SERIES(blue, SAH_I64, "Blue, agents"),
    SERIES(red, SAH_I64, "Red, agents"),
    SERIES(civilians, SAH_I64, "Civilians, agents"),
    SERIES(blue_equation, SAH_F64, "Blue by the equations"),
    SERIES(red_equation, SAH_F64, "Red by the equations"),
    SERIES(civilians_equation, SAH_F64, "Civilians by the equations"),
    {0},
};

const struct sah_family sah_family_lanchester = {
    .name = "lanchester",
    .doc = "Attrition: equations beside their agents (Lanchester 1916; Deitchman 1962; "
           "Kress and Szechtman 2009)",
    .phases = phases,
    .nphases = COUNT(phases),
    .cast = cast,
    .ncast = COUNT(cast),
    .state_size = sizeof(struct lanchester),
    .create = create,
    .verify = verify,
    .free = free_all,
    .observables = observables,
    .headline = {"blue", "red", "civilians"},
};
