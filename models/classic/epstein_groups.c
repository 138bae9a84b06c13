/* Two peoples (Model II): violence between them, births and deaths.
 *
 * A rebel does not rise against the government but kills one of the other people in sight
 * (epstein_turn.h); legitimacy is what each grants the other. Each step, citizens at large
 * clone themselves with a fixed chance into a free cell beside them; the child has its
 * parent's people and hardship and an aversion to risk of its own. People die at an age
 * uniform over 1 .. max_age.
 * Source: Epstein 2002, Model II. Killing the last of a people is genocide. */
#include "models/classic/epstein.h"

#include "sim/kernel/law.h"
#include "sim/kernel/rng.h"

struct groups {
    double clone;
    int64_t max_age;
};

/* clang-format off */
#define AT(field) .at = offsetof(struct groups, field)
static const struct sah_param params[] = {
    {.key = "clone", .type = SAH_REAL, AT(clone), .unit = "1", .def = 0.05, .max = 1,
     .source = "Epstein 2002", .doc = "Chance a step to have a child"},
    {.key = "max_age", .type = SAH_INT, AT(max_age), .unit = "1", .def = 200, .min = 1,
     .max = 1000000, .fixed = true, .source = "Epstein 2002",
     .doc = "Greatest age, in steps"},
    {0},
};
/* clang-format on */

static int32_t death_of(const struct groups *groups, const struct sah_world *world,
                        struct sah_rng *rng) {
    return (int32_t)world->tick + 1 + (int32_t)sah_below(rng, groups->max_age);
}

static struct sah_rng draw(const struct sah_world *world, unsigned purpose, size_t i) {
    struct sah_rng rng;
    sah_rng_at(&rng, (uint64_t)world->run.seed, purpose,
               epstein_of(world)->people.id[i], world->tick);
    return rng;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    struct epstein_people *people = &epstein_of(world)->people;
    for (size_t i = 0; i < people->base.n; i++) {
        if (people->role[i] == EPSTEIN_POLICE) continue;
        struct sah_rng rng = draw(world, EPSTEIN_DRAW_CLONE, i);
        sah_rng_u64(&rng);
        people->dies[i] = death_of(self, world, &rng);
    }
    return SAH_OK;
}

/* ---- deaths -------------------------------------------------------------------------- */

static void bury(struct sah_world *world, size_t i) {
    struct epstein *e = epstein_of(world);
    int32_t cell = e->people.cell[i];
    bool stands = e->who[cell] == (int32_t)i + 1;
    if (stands) sah_epstein_lift(world, cell);
    e->people.cell[i] = SAH_NOWHERE;
    e->today[EPSTEIN_DIED]++;
}

static void end_lives(struct sah_world *world) {
    const struct epstein_people *people = &epstein_of(world)->people;
    for (size_t i = 0; i < people->base.n; i++)
        if (people->cell[i] != SAH_NOWHERE && people->dies[i] > 0 &&
            people->dies[i] <= (int32_t)world->tick)
            bury(world, i);
}

/* ---- births -------------------------------------------------------------------------- */

static int bear(const struct groups *groups, struct sah_world *world, size_t parent,
                int32_t cell, struct sah_rng *rng, struct sah_error *err) {
    struct epstein *e = epstein_of(world);
    size_t i;
    int status = sah_population_add(&e->people.base, 1, &i, err);
    if (status) return status;
    e->people.id[i] = sah_id_child(e->people.id[parent], world->tick, 0);
    e->people.role[i] = e->people.role[parent];
    e->people.hardship[i] = e->people.hardship[parent];
    e->people.risk[i] = sah_unit_float(sah_rng_u32(rng));
    e->people.dies[i] = death_of(groups, world, rng);
    sah_epstein_put(world, i, cell, EPSTEIN_QUIET, epstein_done(world->tick + 1));
    e->today[EPSTEIN_BORN]++;
    return SAH_OK;
}

static int give_births(const struct groups *groups, struct sah_world *world,
                       struct sah_error *err) {
    struct epstein *e = epstein_of(world);
    struct epstein_window beside;
    sah_epstein_window(&beside, EPSTEIN_SQUARE, 1);
    size_t n = e->people.base.n; /* children of today come behind */
    for (size_t i = 0; i < n; i++) {
        if (e->people.role[i] == EPSTEIN_POLICE || e->people.free_at[i] != 0) continue;
        struct sah_rng rng = draw(world, EPSTEIN_DRAW_CLONE, i);
        if (!sah_bernoulli(&rng, groups->clone)) continue;
        int32_t cell = sah_epstein_free_cell(world, &beside, e->people.cell[i], &rng);
        int status = cell < 0 ? SAH_OK : bear(groups, world, i, cell, &rng, err);
        if (status) return status;
    }
    return SAH_OK;
}

/* Those killed yesterday and dead today leave the lists before anyone is born. */
static int generations(void *self, struct sah_world *world, struct sah_error *err) {
    end_lives(world);
    int status = sah_epstein_sort(world, err);
    return status ? status : give_births(self, world, err);
}

static const struct sah_act acts[] = {
    {.phase = 1, .apply = generations, .doc = "Children are born, old people die"},
    {0},
};

const struct sah_model sah_model_groups = {
    .name = "groups",
    .doc = "Two peoples who may kill each other, with births and deaths",
    .reference = "Epstein 2002, Model II",
    .off = true,
    .acts = acts,
    .size = sizeof(struct groups),
    .params = params,
    .init = init,
};
