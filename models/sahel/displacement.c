/* Mechanism 22, displacement: flight from violence, and return.
 *
 *   people fleeing a cell a day ~ Poisson( sum over people of the hazard of flight ),
 *       fear = max(of forces, of insurgents)
 *
 * by the law of models/flight/law.h, V being deaths remembered and takeovers O:
 *
 *   O' = O 2^(-1/ousted_half_life) + conquest (fall of state's presence)+ I/(I + rulers)
 *
 * with I fighters felt; what is added is heard of at once, as menace. They go to towns.
 * A community splits: the part lives as a group in its host cell, keeps its origin, and
 * goes home with a hazard once deaths there are forgotten, a higher one where aid helps;
 * displaced people move on where it does not reach them (23). Those on the road join the
 * sorted cells with the next sorting.
 *
 * Source: that of the law; concentration in few towns, facts 5.4; flight from conquest,
 * Balcells and Steele (2016), changed: whom people stood with does not matter here. */
#include "models/sahel/displacement.h"

#include "sim/kernel/schedule.h"

#include <stdlib.h>
#include <string.h>

#define AT(field) .at = offsetof(struct sahel_displacement, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "rate", .type = SAH_REAL, AT(rate), .unit = "1/day", .def = 0.0055, .max = 1,
     .source = "calibrated (provisional)",
     .doc = "Hazard of flight of a person in full fear amid violence"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 19,
     .min = 0.01, .max = 1000, .source = "calibrated (provisional)",
     .doc = "Deaths remembered that half reach it"},
    {.key = "threshold", .type = SAH_REAL, AT(threshold), .unit = "1", .def = 0.01,
     .max = 1, .source = "assumed", .doc = "Fear that people live with"},
    {.key = "range", .type = SAH_REAL, AT(range_km), .unit = "km", .def = 80, .min = 1,
     .max = 2000, .source = "assumed",
     .doc = "Distance over which a town's pull falls"},
    {.key = "size", .type = SAH_REAL, AT(size), .unit = "1", .def = 0.5, .max = 2,
     .fixed = true, .source = "assumed",
     .doc = "How a town's pull grows with its people: as their number to this power"},
    {.key = "return_rate", .type = SAH_REAL, AT(return_rate), .unit = "1/day",
     .def = 0.006, .max = 1, .source = "calibrated (provisional)",
     .doc = "Hazard of going home once it is calm there"},
    {.key = "calm", .type = SAH_REAL, AT(calm), .unit = "persons", .def = 0.5,
     .max = 1000, .source = "assumed",
     .doc = "Deaths remembered below which it is calm"},
    {.key = "conquest", .type = SAH_REAL, AT(conquest), .unit = "persons", .def = 8000,
     .max = 1e5, .source = "Balcells and Steele 2016; calibrated (provisional)",
     .doc = "Deaths that weigh as much as the takeover of a place by armed groups"},
    {.key = "rulers", .type = SAH_REAL, AT(rulers), .unit = "persons", .def = 400,
     .min = 0.1, .max = 1e5, .source = "calibrated (provisional)",
     .doc = "Insurgents felt that make half a takeover of what the state gives up"},
    {.key = "ousted_half_life", .type = SAH_REAL, AT(ousted_day), .unit = "day", .def = 60,
     .min = 1, .max = 3000, .source = "assumed",
     .doc = "Time in which half of a takeover is forgotten"},
    {0},
};
/* clang-format on */

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct sahel_displacement *own = self;
    own->seen =
        sah_world_array(world, "state_seen", SAH_F32, (size_t)world->grid.ncells, "1",
                        "Presence of the state when flight was last reckoned", err);
    own->ousted = sah_world_array(world, "ousted", SAH_F32, (size_t)world->grid.ncells,
                                  "persons", "Takeovers remembered, in deaths", err);
    if (!own->seen || !own->ousted) return SAH_MEMORY;
    for (int32_t c = 0; c < world->grid.ncells; c++)
        own->seen[c] = sahel_of(world)->state[c];
    sah_outbox_init(&own->leaving, sizeof(struct sahel_leave));
    own->parties = calloc(1, sizeof *own->parties);
    if (!own->parties)
        return sah_error_add(err, SAH_MEMORY, "no memory for those who flee");
    return sah_displaced_find_hosts(own, world, err);
}

static void free_own(void *self) {
    struct sahel_displacement *own = self;
    free(own->host);
    free(own->appeal);
    free(own->parties);
    if (own->leaving.record_size) sah_outbox_free(&own->leaving);
}

/* ---- takeovers ---- */

/* How much of a place armed groups took over since yesterday, 0..1; felt as so many deaths,
 * and remembered. */
static void see_takeover(const struct sahel_displacement *own, struct sah_world *world,
                         int32_t cell, float keep) {
    const struct sahel *s = sahel_of(world);
    float fall = own->seen[cell] - s->state[cell];
    own->seen[cell] = s->state[cell];
    own->ousted[cell] *= keep;
    if (world->tick < 2)
        return; /* the first evening is no takeover: accords hold by then */
    if (fall <= 0 || s->insurgent[cell] <= 0 || s->people_now[cell] <= 0) return;
    float felt = (float)own->conquest * fall *
                 sahel_pull(s->insurgent[cell], (float)own->rulers);
    own->ousted[cell] += felt;
    sah_deed_hear(world, cell, felt, false);
}

static int set_rates(void *self, struct sah_world *world, struct sah_error *err) {
    struct sahel_displacement *own = self;
    struct sahel *s = sahel_of(world);
    float keep = (float)sahel_left(own->ousted_day, 1);
    s->rates.flight_threshold = (float)own->threshold;
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        if (world->theatre[c]) see_takeover(own, world, c, keep);
        s->flight_rate[c] = sah_flight_rate(
            (float)own->rate, s->violence[c] + own->ousted[c], (float)own->half);
    }
    return sah_outbox_open(&own->leaving, sah_chunk_count(world, SAH_OVER_CELLS), err);
}

/* Nobody minds who rules: a takeover is not made up for when it is switched on. */
static void rest(void *self, struct sah_world *world) {
    const struct sahel_displacement *own = self;
    size_t n = (size_t)world->grid.ncells;
    memcpy(own->seen, sahel_of(world)->state, n * sizeof *own->seen);
    memset(own->ousted, 0, n * sizeof *own->ousted);
}

static const struct sah_act acts[] = {
    {SAHEL_ENVIRONMENT, SAH_NOTHING, NULL, set_rates, "How readily people flee"},
    {SAHEL_AFTERMATH, SAH_OVER_CELLS, sah_displaced_choose, sah_displaced_flee,
     "People flee to towns"},
    {SAHEL_AFTERMATH, SAH_OVER_CELLS, sah_displaced_merge, sah_displaced_return,
     "People return or move on, every thirtieth day"},
    {0},
};

const struct sah_model sah_model_displacement = {
    .name = "displacement",
    .doc = "People flee from violence to towns and return when it is calm",
    .reference = "ODD 7.22; Suleimenova et al. 2017",
    .acts = acts,
    .size = sizeof(struct sahel_displacement),
    .rest = rest,
    .params = params,
    .init = init,
    .free = free_own,
};
