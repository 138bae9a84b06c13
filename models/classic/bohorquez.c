/* Gathering and scattering (Bohorquez et al. 2009).
 *
 * Fighters stand in groups. Again and again a group is met with a chance proportional to
 * its size: with probability `scatter` it falls apart into single fighters, else it joins
 * another, met in the same way. In the long run, groups of size s are as frequent as
 * s^-2.5, up to a bend that lies the farther out the rarer scattering is. Attacks come
 * from any group with equal chance; their strength is the group's size.
 * Source: Bohorquez, Gourley, Dixon, Spagat and Johnson 2009, "Common ecology quantifies
 * human insurgency", Nature 462, 911-914. */
#include "models/classic/bohorquez.h"

#include "models/classic/power_law.h"
#include "sim/kernel/law.h"
#include "sim/kernel/rng.h"

#include <math.h>

enum { DRAW_MEET = 140, DRAW_ATTACK = 141 };
enum { ATTACKS, STRENGTH, TALLIES };

struct gathering {
    int64_t fighters, meetings, attacks;
    double scatter;
};

/* clang-format off */
#define AT(field) .at = offsetof(struct gathering, field)
static const struct sah_param params[] = {
    {.key = "fighters", .type = SAH_INT, AT(fighters), .unit = "persons", .def = 10000,
     .min = 2, .max = 1e8, .fixed = true, .source = "Bohorquez et al. 2009",
     .doc = "Fighters in all, a fixed number"},
    {.key = "meetings", .type = SAH_INT, AT(meetings), .unit = "1/d", .def = 1000,
     .max = 1e8, .source = "assumed", .doc = "Groups that are met in a day"},
    {.key = "scatter", .type = SAH_REAL, AT(scatter), .unit = "1", .def = 0.01, .max = 1,
     .source = "Bohorquez et al. 2009",
     .doc = "Chance that a group met falls apart instead of joining another"},
    {.key = "attacks", .type = SAH_INT, AT(attacks), .unit = "1/d", .def = 20,
     .max = 1e6, .source = "assumed", .doc = "Attacks in a day"},
    {0},
};
/* clang-format on */

static struct bohorquez *state_of(const struct sah_world *world) {
    return world->state;
}

/* ---- groups -------------------------------------------------------------------------- */

/* A free number for a group of one. */
static void found(struct bohorquez *b, int32_t fighter) {
    int32_t group = b->order[(*b->ngroups)++];
    b->size[group] = 1;
    b->head[group] = fighter;
    b->fighters.group[fighter] = group;
    b->fighters.next[fighter] = fighter;
}

/* The last in order takes the place of one that ends. */
static void dissolve(struct bohorquez *b, int32_t group) {
    int32_t place = b->place[group], last = (int32_t)--(*b->ngroups);
    int32_t other = b->order[last];
    b->order[place] = other;
    b->place[other] = place;
    b->order[last] = group;
    b->place[group] = last;
    b->size[group] = 0;
}

/* The smaller joins the larger: rings of fighters become one by exchanging two steps. */
static void join(struct bohorquez *b, int32_t into, int32_t from) {
    if (b->size[into] < b->size[from]) {
        int32_t swap = into;
        into = from;
        from = swap;
    }
    struct bohorquez_fighters *f = &b->fighters;
    int32_t head = b->head[from], at = head;
    do {
        f->group[at] = into;
        at = f->next[at];
    } while (at != head);
    int32_t next = f->next[head];
    f->next[head] = f->next[b->head[into]];
    f->next[b->head[into]] = next;
    b->size[into] += b->size[from];
    dissolve(b, from);
}

static void scatter(struct bohorquez *b, int32_t group) {
    int32_t at = b->head[group], left = b->size[group];
    dissolve(b, group);
    for (; left > 0; left--) {
        int32_t next = b->fighters.next[at];
        found(b, at);
        at = next;
    }
}

/* ---- a day --------------------------------------------------------------------------- */

static int32_t met(const struct bohorquez *b, struct sah_rng *rng) {
    return b->fighters.group[sah_below(rng, (int64_t)b->fighters.base.n)];
}

static int meet(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct gathering *g = self;
    struct bohorquez *b = state_of(world);
    for (int64_t k = 0; k < g->meetings; k++) {
        struct sah_rng rng;
        sah_rng_at(&rng, (uint64_t)world->run.seed, DRAW_MEET, (uint64_t)k + 1,
                   world->tick);
        int32_t one = met(b, &rng), other = met(b, &rng);
        if (sah_bernoulli(&rng, g->scatter))
            scatter(b, one);
        else if (one != other)
            join(b, one, other);
    }
    return SAH_OK;
}

static int attack(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct gathering *g = self;
    struct bohorquez *b = state_of(world);
    b->today[ATTACKS] = g->attacks;
    b->today[STRENGTH] = 0;
    for (int64_t k = 0; k < g->attacks; k++) {
        struct sah_rng rng;
        sah_rng_at(&rng, (uint64_t)world->run.seed, DRAW_ATTACK, (uint64_t)k + 1,
                   world->tick);
        int32_t size = b->size[b->order[sah_below(&rng, *b->ngroups)]];
        b->struck[size]++;
        b->today[STRENGTH] += size;
    }
    return SAH_OK;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    const struct gathering *g = self;
    struct bohorquez *b = state_of(world);
    size_t n = (size_t)g->fighters;
    int status = sah_population_add(&b->fighters.base, n, NULL, err);
    if (status) return status;
    const char *unit = "1";
    b->size = sah_world_array(world, "size", SAH_I32, n, "persons", "Size", err);
    b->head = sah_world_array(world, "head", SAH_I32, n, unit, "A fighter", err);
    b->place = sah_world_array(world, "place", SAH_I32, n, unit, "Place in order", err);
    b->order = sah_world_array(world, "order", SAH_I32, n, unit, "Groups", err);
    b->ngroups = sah_world_array(world, "ngroups", SAH_I64, 1, unit, "Groups", err);
    b->struck = sah_world_array(world, "struck", SAH_I64, n + 1, unit,
                                "Attacks by strength", err);
    b->today = sah_world_array(world, "today", SAH_I64, TALLIES, unit, "Counts", err);
    if (err->code) return err->code;
    for (size_t i = 0; i < n; i++) {
        b->fighters.id[i] = i + 1;
        b->order[i] = b->place[i] = (int32_t)i;
    }
    for (size_t i = 0; i < n; i++) found(b, (int32_t)i);
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {.phase = 1, .apply = meet, .doc = "Groups join others or fall apart"},
    {.phase = 2, .apply = attack, .doc = "Some group attacks, whichever its size"},
    {0},
};

const struct sah_model sah_model_gathering = {
    .name = "gathering",
    .doc = "Groups gather and scatter; attacks are as strong as groups are large",
    .reference = "Bohorquez et al. 2009",
    .always = true,
    .acts = acts,
    .size = sizeof(struct gathering),
    .params = params,
    .init = init,
};

/* ---- the family ---------------------------------------------------------------------- */

static const struct sah_column columns[] = {
#define SAH_COLUMN_STRUCT struct bohorquez_fighters
    BOHORQUEZ_COLUMNS(SAH_COLUMN_ROW)
#undef SAH_COLUMN_STRUCT
};
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const phases[] = {"gathering", "attacks"};
static const struct sah_model *const cast[] = {&sah_model_gathering};

static int create(struct sah_world *world, struct sah_error *err) {
    struct bohorquez *b = state_of(world);
    sah_population_init(&b->fighters.base, "fighters", "Fighters", columns,
                        COUNT(columns));
    int status = sah_world_people(world, &b->fighters.base, err);
    return status < 0 ? status : SAH_OK;
}

/* Every ring is as long as its group is large, and they hold everybody. */
static int verify(const struct sah_world *world, struct sah_error *err) {
    const struct bohorquez *b = state_of(world);
    int64_t all = 0;
    for (int64_t k = 0; k < *b->ngroups; k++) {
        int32_t group = b->order[k], at = b->head[group], n = 0;
        do {
            if (b->fighters.group[at] != group || n > b->size[group])
                return sah_error_add(err, SAH_CHECK, "group %d holds others", group);
            n++;
            at = b->fighters.next[at];
        } while (at != b->head[group]);
        if (n != b->size[group] || b->place[group] != k)
            return sah_error_add(err, SAH_CHECK, "group %d is miscounted", group);
        all += n;
    }
    if (all == (int64_t)b->fighters.base.n) return SAH_OK;
    return sah_error_add(err, SAH_CHECK, "fighters without a group");
}

static void free_all(struct sah_world *world) {
    sah_population_free(&state_of(world)->fighters.base);
}

static void read_groups(const struct sah_world *world, double *out) {
    *out = (double)*state_of(world)->ngroups;
}

static void read_largest(const struct sah_world *world, double *out) {
    const struct bohorquez *b = state_of(world);
    *out = 0;
    for (int64_t k = 0; k < *b->ngroups; k++) *out = fmax(*out, b->size[b->order[k]]);
}

static void read_attacks(const struct sah_world *world, double *out) {
    *out = (double)state_of(world)->today[ATTACKS];
}

static void read_strength(const struct sah_world *world, double *out) {
    *out = (double)state_of(world)->today[STRENGTH];
}

enum { LEAST_TAIL = 200, LARGEST = 10000 };

static void read_exponent(const struct sah_world *world, double *out) {
    const struct bohorquez *b = state_of(world);
    size_t most = b->fighters.base.n < LARGEST ? b->fighters.base.n : LARGEST;
    *out = sah_power_law_fit(b->struck, most, LEAST_TAIL).alpha;
}

#define SERIES(name, unit, nature, type, doc) \
    { #name, unit, doc, SAH_SERIES, nature, type, {NULL, NULL }, read_##name }
static const struct sah_observable observables[] = {
    SERIES(groups, "1", SAH_STOCK, SAH_I64, "Groups"),
    SERIES(largest, "persons", SAH_STOCK, SAH_I64, "Fighters of the largest group"),
    SERIES(attacks, "1", SAH_FLOW, SAH_I64, "Attacks"),
    SERIES(strength, "persons", SAH_FLOW, SAH_I64, "Fighters in attacks"),
    SERIES(exponent, "1", SAH_STOCK, SAH_F64,
           "Exponent of the strengths of attacks so far, by maximum likelihood"),
    {0},
};

const struct sah_family sah_family_bohorquez = {
    .name = "bohorquez",
    .doc = "Gathering and scattering of armed groups (Bohorquez et al. 2009)",
    .phases = phases,
    .nphases = COUNT(phases),
    .cast = cast,
    .ncast = COUNT(cast),
    .state_size = sizeof(struct bohorquez),
    .create = create,
    .verify = verify,
    .free = free_all,
    .observables = observables,
    .headline = {"groups", "largest", "attacks"},
};
