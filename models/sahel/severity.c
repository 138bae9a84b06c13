/* Mechanism 13, severity: units gather and scatter.
 *
 * A band of n fighters acts with a chance that grows with its size; it then either
 * breaks up into teams (chance `scatter`) or joins another band of its faction within
 * reach (`range` times how well they keep in contact: spending.c), chosen in
 * proportion to size. Band sizes then have a tail of exponent near
 * 5/2, and so have the losses of what they do. Without the mechanism bands stay teams:
 * they only divide when recruits make them twice as large.
 *
 * Source: Bohorquez, Gourley, Dixon, Spagat and Johnson (2009), changed: coalescence is
 * bounded in space and the pieces are teams, not single fighters. */
#include "models/sahel/chances.h"

#include <stdlib.h>

struct severity {
    double rate, scatter, range_km;
};

#define AT(field) .at = offsetof(struct severity, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "rate", .type = SAH_REAL, AT(rate), .unit = "1/day", .def = 0.03, .max = 1,
     .source = "calibrated (provisional)",
     .doc = "Chance a day that a band of team size meets another or breaks up"},
    {.key = "scatter", .type = SAH_REAL, AT(scatter), .unit = "1", .def = 0.145,
     .max = 1, .source = "Bohorquez et al. 2009; calibrated (provisional)",
     .doc = "Share of these that are break-ups"},
    {.key = "range", .type = SAH_REAL, AT(range_km), .unit = "km", .def = 120,
     .max = 2000, .source = "assumed", .doc = "Distance over which bands join"},
    {0},
};
/* clang-format on */

/* Breaks band `i` into teams: all but one team leave it. */
static int scatter(struct sah_world *world, size_t i, struct sah_error *err) {
    struct sahel_bands *b = &sahel_of(world)->bands;
    int32_t team = sahel_of(world)->team_size;
    int status = SAH_OK;
    for (uint32_t k = 0; b->fighters[i] >= 2 * team && !status; k++) {
        size_t part;
        status = sah_population_split(&b->base, i, team, &part, err);
        if (!status) b->id[part] = sah_id_child(b->id[i], world->tick, k);
    }
    return status;
}

/* Are two cells within a distance, whose haversine is `far`? */
static bool within(const struct sah_grid *grid, int32_t a, int32_t b, double km,
                   double far) {
    if (a == b) return true;
    return sah_grid_haversine(grid, a, b) <= far &&
           sah_grid_distance_km(grid, a, b) <= km;
}

/* Another band of the faction within reach, in proportion to size; -1: there is
 * none. */
static int64_t partner_of(const struct severity *own, const struct sah_world *world,
                          size_t i, struct sah_rng *rng) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_bands *b = &s->bands;
    double range = own->range_km * s->contactable[b->faction[i]];
    double far = sah_haversine_within(range);
    int64_t all = 0, chosen = -1;
    for (size_t j = 0; j < b->base.n; j++) {
        if (j == i || b->cell[j] == SAH_NOWHERE) continue;
        if (b->faction[j] != b->faction[i]) continue;
        if (!within(&world->grid, b->cell[i], b->cell[j], range, far)) continue;
        all += b->fighters[j];
        if (sah_below(rng, all) < b->fighters[j]) chosen = (int64_t)j;
    }
    return chosen;
}

/* The smaller band joins the larger, where that one stands. */
static void gather(struct sah_world *world, size_t i, size_t j) {
    struct sahel_bands *b = &sahel_of(world)->bands;
    bool larger = b->fighters[j] >= b->fighters[i];
    size_t into = larger ? j : i, from = larger ? i : j;
    sah_population_merge(&b->base, into, from);
}

static int allow(void *self, struct sah_world *world, struct sah_error *err) {
    (void)self, (void)err;
    sahel_of(world)->gathering = true;
    return SAH_OK;
}

/* Whoever gathers or scatters today among some bands. */
static int meet_some(const struct severity *own, struct sah_world *world, size_t begin,
                     size_t n, struct sah_error *err) {
    struct sahel_bands *b = &sahel_of(world)->bands;
    struct sahel_chances chances;
    int status = SAH_OK;
    sahel_chances_of(world, SAHEL_DRAW_GATHER, b->id, begin, n, &chances);
    for (size_t k = 0; k < chances.n && !status; k++) {
        size_t i = begin + k;
        if (b->cell[i] == SAH_NOWHERE) continue;
        double chance = own->rate * b->fighters[i] / sahel_of(world)->team_size;
        if (sahel_chance_is_no(&chances, k, chance)) continue;
        struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_GATHER, b->id[i]);
        if (!sah_bernoulli(&rng, chance < 1 ? chance : 1)) continue;
        if (sah_bernoulli(&rng, own->scatter)) {
            status = scatter(world, i, err);
            continue;
        }
        int64_t j = partner_of(own, world, i, &rng);
        if (j >= 0) gather(world, i, (size_t)j);
    }
    return status;
}

static int meet(void *self, struct sah_world *world, struct sah_error *err) {
    struct sahel_bands *b = &sahel_of(world)->bands;
    size_t n = b->base.n; /* those who part today are left alone */
    int status = SAH_OK;
    for (size_t i = 0; i < n && !status; i += SAHEL_CHANCES)
        status = meet_some(self, world, i, n, err);
    return status ? status
                  : sah_population_sort(&b->base, (size_t)world->grid.ncells, err);
}

static void rest(void *self, struct sah_world *world) {
    (void)self;
    sahel_of(world)->gathering = false;
}

static const struct sah_act acts[] = {
    {SAHEL_ENVIRONMENT, SAH_NOTHING, NULL, allow, "Bands may outgrow teams"},
    {SAHEL_UNITS, SAH_NOTHING, NULL, meet, "Bands gather and scatter"},
    {0},
};

const struct sah_model sah_model_severity = {
    .name = "severity",
    .doc = "Bands gather and scatter, which gives events their tail",
    .reference = "ODD 7.13; Bohorquez et al. 2009",
    .acts = acts,
    .size = sizeof(struct severity),
    .rest = rest,
    .params = params,
};
