/* Mechanism 36, observation: what a list of events made from news would hold.
 *
 * The truth is never changed: this reads today's events and writes a log that nothing in
 * the model reads and that is no part of the digest. An event with D deaths, `town_km`
 * from the nearest town, is reported with chance
 *
 *   1 / (1 + e^-z),   z = level + size ln(1 + D) - remote town_km/100 - own
 *
 * `own` where forces act on their own account. Of what is reported
 *
 *   sides    of a faction in a bloc: the umbrella's name with chance `umbrella`;
 *            of any faction: nobody knows with chance `unknown`
 *   deaths   every part times e^(error N(0,1)), then `rounded` of those above 10 to the
 *            nearest 5, above 50 to the nearest 10
 *   place    the nearest town instead with chance `to_town`
 *   day      one day late with chance `late`, two with its square, and so on
 *
 * and the list takes up what has at least `least_deaths` and, if `known_only`, known
 * sides: with 1 and on, the rule of the Uppsala Conflict Data Program.
 *
 * Source: Weidmann 2015 on the accuracy of such lists, and 2016 on reports that follow
 * the reach of mobile phones; size: Price and Ball 2014; who reports on states: Davenport
 * and Ball 2002; the rule: Sundberg and Melander 2013. Form and numbers assumed. */
#include "models/sahel/world.h"

#include <stdlib.h>

struct observation {
    double level, size, remote, own, umbrella, unknown, error, rounded, to_town, late;
    double least_deaths;
    bool known_only;
    int32_t *town; /* [cell] cell of the nearest town, found when first asked for */
};

#define AT(field) .at = offsetof(struct observation, field)
#define SHARE(word, field, value, text)                                                \
    {                                                                                  \
        .key = word, .type = SAH_REAL, AT(field), .unit = "1", .def = value, .max = 1, \
        .source = "assumed", .doc = text                                               \
    }
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "level", .type = SAH_REAL, AT(level), .unit = "1", .def = 0, .min = -50,
     .max = 50, .source = "assumed",
     .doc = "Log odds that an event without deaths in a town is reported"},
    {.key = "size", .type = SAH_REAL, AT(size), .unit = "1", .def = 1.2, .max = 10,
     .source = "Price and Ball 2014; assumed",
     .doc = "What they gain with the logarithm of 1 + deaths"},
    {.key = "remote", .type = SAH_REAL, AT(remote), .unit = "1", .def = 2, .max = 50,
     .source = "Weidmann 2016; assumed",
     .doc = "What they lose with 100 km to the nearest town"},
    {.key = "own_account", .type = SAH_REAL, AT(own), .unit = "1", .def = 0.5,
     .min = -10, .max = 10, .source = "Davenport and Ball 2002; assumed",
     .doc = "What they lose where forces act on their own account"},
    SHARE("umbrella", umbrella, 0.6, "Share of members' deeds told as the umbrella's"),
    SHARE("unknown", unknown, 0.15, "Share of factions that nobody can name"),
    {.key = "error", .type = SAH_REAL, AT(error), .unit = "1", .def = 0.3, .max = 3,
     .source = "Weidmann 2015; assumed",
     .doc = "Standard deviation of the logarithm of deaths told"},
    SHARE("rounded", rounded, 0.5, "Share of numbers above 10 that are rounded"),
    SHARE("to_town", to_town, 0.3, "Share of events recorded at the nearest town"),
    SHARE("late", late, 0.1, "Share of events recorded a day late"),
    {.key = "least_deaths", .type = SAH_REAL, AT(least_deaths), .unit = "persons",
     .def = 1, .max = 1000, .source = "Sundberg and Melander 2013",
     .doc = "Deaths that an event needs to be recorded"},
    {.key = "known_only", .type = SAH_SWITCH, AT(known_only), .unit = "1", .def = 1,
     .source = "Sundberg and Melander 2013",
     .doc = "Only events whose sides are known are recorded"},
    {0},
};
/* clang-format on */

/* ---- is it reported? ---- */

static bool is_reported(const struct observation *own, const struct sah_world *world,
                        size_t event, struct sah_rng *rng) {
    const struct sahel_events *e = &sahel_of(world)->events;
    bool by_force = e->side_a[event] >= (int16_t)sahel_of(world)->nfactions &&
                    e->side_a[event] < sahel_actor_civilians(sahel_of(world));
    double z = own->level + own->size * sah_log1p(e->deaths[event]) -
               own->remote * world->land->town_km[e->cell[event]] / 100 -
               (by_force ? own->own : 0);
    return sah_bernoulli(rng, 1 / (1 + sah_exp(-z)));
}

/* ---- what is told ---- */

enum { UNKNOWN = -1, KNOWN_PLACE = 1, NEAREST_TOWN = 2 };

static int16_t side_told(const struct observation *own, const struct sahel *s,
                         int16_t side, struct sah_rng *rng) {
    bool as_umbrella = sah_bernoulli(rng, own->umbrella);
    bool unknown = sah_bernoulli(rng, own->unknown);
    if (side < 0 || side >= (int16_t)s->nfactions) return side;
    if (unknown) return UNKNOWN;
    return as_umbrella ? s->bloc[side] : side;
}

static int32_t deaths_told(const struct observation *own, int32_t deaths, double factor,
                           struct sah_rng *rng) {
    double told = (double)sah_round_random(rng, deaths * factor);
    bool round = sah_bernoulli(rng, own->rounded);
    int32_t to = !round || told <= 10 ? 1 : told <= 50 ? 5 : 10, half = to / 2;
    return (int32_t)((told + half) / to) * to; /* whole halves go up */
}

static int32_t days_late(const struct observation *own, struct sah_rng *rng) {
    int32_t days = 0;
    while (days < 7 && sah_bernoulli(rng, own->late)) days++;
    return days;
}

static int32_t nearest_town(const struct observation *own,
                            const struct sah_world *world, int32_t cell) {
    if (own->town[cell] != SAH_NOWHERE) return own->town[cell];
    int32_t best = cell;
    double least = 1e9, lon = sah_grid_lon(&world->grid, cell),
           lat = sah_grid_lat(&world->grid, cell);
    for (size_t k = 0; k < world->geo->nplaces; k++) {
        const struct sah_geo_place *place = &world->geo->place[k];
        double km = sah_distance_km(lon, lat, place->lon, place->lat);
        int32_t at = sah_grid_cell(&world->grid, place->lon, place->lat);
        if (at == SAH_NOWHERE || km >= least) continue;
        least = km;
        best = at;
    }
    return own->town[cell] = best;
}

/* ---- the list ---- */

static int record(const struct observation *own, struct sah_world *world, size_t event,
                  struct sah_rng *rng, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    const struct sahel_events *e = &s->events;
    struct sahel_observed *o = &s->observed;
    int16_t side_a = side_told(own, s, e->side_a[event], rng);
    int16_t side_b = side_told(own, s, e->side_b[event], rng);
    double factor = sah_exp(own->error * sah_normal(rng, 0, 1));
    int32_t a = deaths_told(own, e->deaths_a[event], factor, rng);
    int32_t b = deaths_told(own, e->deaths_b[event], factor, rng);
    int32_t civilians = deaths_told(own, e->deaths_civilians[event], factor, rng);
    bool to_town = sah_bernoulli(rng, own->to_town);
    int32_t late = days_late(own, rng), cell = e->cell[event];
    if (a + b + civilians < own->least_deaths) return SAH_OK;
    if (own->known_only && (side_a == UNKNOWN || side_b == UNKNOWN)) return SAH_OK;
    size_t i;
    int status = sah_population_add(&o->base, 1, &i, err);
    if (status) return status;
    o->id[i] = sah_log_number(&world->logs[SAHEL_LOG_OBSERVED], i);
    o->event[i] = e->id[event];
    o->cell[i] = to_town ? nearest_town(own, world, cell) : cell;
    o->country[i] = (uint8_t)sahel_country_of(world, o->cell[i]);
    o->date_told[i] = e->date[event] + late;
    o->violence[i] = e->violence[event];
    o->kind[i] = e->kind[event];
    o->side_a[i] = side_a;
    o->side_b[i] = side_b;
    o->deaths_a[i] = a;
    o->deaths_b[i] = b;
    o->deaths_civilians[i] = civilians;
    o->deaths[i] = a + b + civilians;
    o->where_prec[i] = to_town ? NEAREST_TOWN : KNOWN_PLACE;
    o->town_km[i] = world->land->town_km[cell];
    o->moved_km[i] = (float)sah_grid_distance_km(&world->grid, cell, o->cell[i]);
    return SAH_OK;
}

static int observe(void *self, struct sah_world *world, struct sah_error *err) {
    const struct sahel_events *e = &sahel_of(world)->events;
    int status = SAH_OK;
    for (size_t i = 0; i < e->base.n && !status; i++) {
        struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_OBSERVE, e->id[i]);
        if (is_reported(self, world, i, &rng))
            status = record(self, world, i, &rng, err);
    }
    return status;
}

/* ---- life ---- */

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct observation *own = self;
    size_t n = (size_t)world->grid.ncells;
    own->town = malloc((n + 1) * sizeof *own->town);
    if (!own->town) return sah_error_add(err, SAH_MEMORY, "no memory to observe");
    for (size_t c = 0; c < n; c++) own->town[c] = SAH_NOWHERE;
    return SAH_OK;
}

static void free_own(void *self) {
    free(((struct observation *)self)->town);
}

static const struct sah_act acts[] = {
    {SAHEL_OBSERVE, SAH_NOTHING, NULL, observe, "A list of events is made from news"},
    {0},
};

const struct sah_model sah_model_observation = {
    .name = "observation",
    .doc = "What a list of events made from news would have recorded",
    .reference = "ODD 7.36; Weidmann 2015, 2016",
    .acts = acts,
    .size = sizeof(struct observation),
    .params = params,
    .init = init,
    .free = free_own,
};
