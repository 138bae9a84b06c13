/* Response: who comes when an attack is reported, and how many hours later.
 *
 * Each attack on forces or civilians calls the nearest able unit, of national forces
 * first, then of partners. A unit is able where it may act, has soldiers and stands
 * within `range`, or, of a force that raids from the air, within its raid range. One
 * after another answers with chance
 *
 *   answered * response * funding          of its force
 *
 * and the first who does gets there after
 *
 *   hours = decision * delay * (1 - air where partners fly) (1 - told known)
 *           * e^(spread N(0,1)) + km / speed
 *
 * with `known` what forces know of the place, what allies share with them included (27).
 * The event keeps it. Forces that advise or only fly do not come themselves; who flies
 * supports those who do. When the hours are over those who struck may be found:
 *
 *   chance = find * 2^(-hours/trail) (0.2 + 0.8 known)
 *            (1 - e^(-border_km/slip) (1 - followed))
 *
 * since near a border they slip across, unless forces follow; a band that has gone where
 * the unit may not act, or beyond `range`, is lost. Losses by losses.h.
 *
 * Source: no figures of response in hours were found (facts 2.4); the log-normal law of
 * delays as in studies of emergency response; numbers assumed. */
#include "models/sahel/losses.h"
#include "models/sahel/world.h"

#include <stdlib.h>
#include <string.h>

struct response {
    double answered, range_km, decision_h, spread, speed_kmh, air_kmh, air;
    double told, find, trail_h, slip_km, detachment, fire, fire_back;
    bool *tried; /* scratch, one per force */
};

#define AT(field) .at = offsetof(struct response, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "answered", .type = SAH_REAL, AT(answered), .unit = "1", .def = 0.5,
     .max = 1, .source = "assumed",
     .doc = "Share of calls that a unit answers that is not stretched"},
    {.key = "range", .type = SAH_REAL, AT(range_km), .unit = "km", .def = 80,
     .max = 1000, .source = "assumed", .doc = "Distance over which units come by road"},
    {.key = "decision", .type = SAH_REAL, AT(decision_h), .unit = "h", .def = 10,
     .max = 1000, .source = "assumed",
     .doc = "Hours until a unit sets out, median, without air support"},
    {.key = "spread", .type = SAH_REAL, AT(spread), .unit = "1", .def = 0.8, .max = 3,
     .source = "assumed", .doc = "Standard deviation of their logarithm"},
    {.key = "speed", .type = SAH_REAL, AT(speed_kmh), .unit = "km/h", .def = 15,
     .min = 1, .max = 200, .source = "assumed", .doc = "Speed of units by road"},
    {.key = "air_speed", .type = SAH_REAL, AT(air_kmh), .unit = "km/h", .def = 200,
     .min = 1, .max = 2000, .source = "assumed",
     .doc = "Speed of forces that raid from the air"},
    {.key = "air", .type = SAH_REAL, AT(air), .unit = "1", .def = 0.4, .max = 1,
     .source = "facts 2.4; assumed",
     .doc = "Share of the time to set out that air support within range saves"},
    {.key = "told", .type = SAH_REAL, AT(told), .unit = "1", .def = 0.4, .max = 1,
     .source = "facts 2.4; assumed",
     .doc = "Share of the time to set out that full information on the place saves"},
    {.key = "find", .type = SAH_REAL, AT(find), .unit = "1", .def = 0.3, .max = 1,
     .source = "assumed",
     .doc = "Chance that a unit on the spot at once finds those who struck, if told"},
    {.key = "trail", .type = SAH_REAL, AT(trail_h), .unit = "h", .def = 12, .min = 0.1,
     .max = 1000, .source = "assumed", .doc = "Hours in which half of the trails fade"},
    {.key = "slip", .type = SAH_REAL, AT(slip_km), .unit = "km", .def = 30, .min = 0.1,
     .max = 1000, .source = "assumed",
     .doc = "Distance from which bands slip across a border"},
    {.key = "detachment", .type = SAH_REAL, AT(detachment), .unit = "persons",
     .def = 40, .min = 1, .max = 1000, .source = "assumed",
     .doc = "Soldiers of a unit that pursue"},
    {.key = "fire", .type = SAH_REAL, AT(fire), .unit = "1", .def = 0.3, .max = 10,
     .source = "assumed", .doc = "Aimed fire of those who pursue"},
    {.key = "fire_back", .type = SAH_REAL, AT(fire_back), .unit = "1", .def = 0.25,
     .max = 10, .source = "assumed", .doc = "Fire of the pursued"},
    {0},
};
/* clang-format on */

enum { NOBODY = -1 };

/* ---- who comes ---- */

static double reach_of(const struct response *own, const struct sahel_force *force) {
    bool far = sahel_flies(force) && force->raid_range_km > own->range_km;
    return far ? force->raid_range_km : own->range_km;
}

struct offer {
    int64_t post;
    bool partner;
    double km;
};

/* The nearest able unit of a force not tried yet, national ones first. */
static struct offer next_offer(const struct response *own,
                               const struct sah_world *world, int32_t cell,
                               const bool *tried) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_posts *p = &s->posts;
    struct offer best = {.post = NOBODY};
    for (size_t i = 0; i < p->base.n; i++) {
        int force = p->force[i];
        if (tried[force] || p->soldiers[i] <= 0) continue;
        if (!sahel_goes_out(&s->force[force])) continue;
        if (!sahel_may_act(world, force, cell)) continue;
        bool partner = s->force[force].owner != SAHEL_NATIONAL;
        double km = sah_grid_distance_km(&world->grid, p->cell[i], cell);
        if (km > reach_of(own, &s->force[force])) continue;
        bool better = partner == best.partner ? km < best.km : !partner;
        if (best.post == NOBODY || better)
            best = (struct offer){(int64_t)i, partner, km};
    }
    return best;
}

/* Who takes no part in pursuit by choice does not come. */
static struct offer who_comes(const struct response *own, const struct sah_world *world,
                              int32_t cell, struct sah_rng *rng) {
    const struct sahel *s = sahel_of(world);
    bool *tried = own->tried;
    memset(tried, 0, s->nforces * sizeof *tried);
    for (;;) {
        struct offer offer = next_offer(own, world, cell, tried);
        if (offer.post == NOBODY) return offer;
        int force = s->posts.force[offer.post];
        double able = own->answered * s->response[force] * s->funding[force] *
                      (1 - s->restraint[force]) *
                      (1 - sahel_kept_out(world, force, cell));
        if (sah_bernoulli(rng, able < 1 ? able : 1)) return offer;
        tried[force] = true;
    }
}

static bool under_wings(const struct sah_world *world, int32_t cell) {
    const struct sahel *s = sahel_of(world);
    for (size_t i = 0; i < s->posts.base.n; i++) {
        const struct sahel_force *force = &s->force[s->posts.force[i]];
        if (sahel_flies(force) && s->posts.soldiers[i] > 0 &&
            sahel_may_act(world, s->posts.force[i], cell) &&
            sah_grid_distance_km(&world->grid, s->posts.cell[i], cell) <=
                force->raid_range_km)
            return true;
    }
    return false;
}

static double hours_of(const struct response *own, const struct sah_world *world,
                       int32_t cell, const struct offer *offer, struct sah_rng *rng) {
    const struct sahel *s = sahel_of(world);
    int force = s->posts.force[offer->post];
    double air = under_wings(world, cell) ? own->air : 0;
    double law = sah_exp(own->spread * sah_normal(rng, 0, 1));
    double speed = sahel_flies(&s->force[force]) ? own->air_kmh : own->speed_kmh;
    double sure = 1 - own->told * sahel_known(s, cell);
    return own->decision_h * s->delay[force] * (1 - air) * sure * law +
           offer->km / speed;
}

static int answer(const struct response *own, struct sah_world *world, size_t event,
                  struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    struct sahel_events *e = &s->events;
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_ANSWER, e->id[event]);
    struct offer offer = who_comes(own, world, e->cell[event], &rng);
    if (offer.post == NOBODY) return SAH_OK;
    double hours = hours_of(own, world, e->cell[event], &offer, &rng);
    size_t i;
    int status = sah_population_add(&s->calls.base, 1, &i, err);
    if (status) return status;
    e->response_hours[event] = s->calls.hours[i] = (float)hours;
    s->calls.id[i] = e->id[event];
    s->calls.cell[i] = e->cell[event];
    s->calls.band[i] = e->band[event];
    s->calls.post[i] = s->posts.id[offer.post];
    s->calls.due[i] = (int32_t)world->tick + (int32_t)(hours / 24);
    return SAH_OK;
}

/* ---- pursuit ---- */

static int64_t find_post(const struct sahel *s, uint64_t id) {
    for (size_t i = 0; i < s->posts.base.n; i++)
        if (s->posts.id[i] == id) return s->posts.soldiers[i] > 0 ? (int64_t)i : NOBODY;
    return NOBODY;
}

static int64_t find_band(const struct sahel *s, uint64_t id) {
    for (size_t i = 0; i < s->bands.base.n; i++)
        if (s->bands.id[i] == id)
            return s->bands.cell[i] != SAH_NOWHERE ? (int64_t)i : NOBODY;
    return NOBODY;
}

static double chance_of(const struct response *own, const struct sah_world *world,
                        size_t call, int32_t seen) {
    const struct sahel *s = sahel_of(world);
    int32_t cell = s->calls.cell[call];
    double slip = sah_exp(-world->land->border_km[cell] / own->slip_km);
    return own->find * sahel_left(own->trail_h, s->calls.hours[call]) *
           (0.2 + 0.8 * sahel_known(s, seen)) * (1 - slip * (1 - s->followed[cell]));
}

static int fight(const struct response *own, struct sah_world *world, size_t post,
                 size_t band, struct sah_rng *rng, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    const struct sahel_force *force = &s->force[s->posts.force[post]];
    int32_t sent = (int32_t)own->detachment, cell = s->bands.cell[band];
    if (sent > s->posts.soldiers[post]) sent = s->posts.soldiers[post];
    struct sahel_fight fight = {.striker = sent,
                                .struck = s->bands.fighters[band],
                                .front = s->rates.front,
                                .fire = own->fire * force->lethality *
                                        s->equipped[s->posts.force[post]],
                                .fire_back = own->fire_back * s->bands.gear[band]};
    sah_attrition(&fight, rng);
    int32_t lost = sah_deed_kill_soldiers(world, post, fight.striker_dead);
    int32_t killed = sah_deed_kill_fighters(world, band, fight.struck_dead);
    return sah_deed_event(
        world,
        &(struct sahel_happening){.cell = cell,
                                  .kind = SAHEL_PURSUIT,
                                  .cause = SAHEL_CAUSE_PURSUIT,
                                  .side_a = sahel_actor_force(s, s->posts.force[post]),
                                  .side_b = s->bands.faction[band],
                                  .strength_a = fight.striker,
                                  .strength_b = fight.struck,
                                  .deaths_a = lost,
                                  .deaths_b = killed},
        err);
}

static int pursue(const struct response *own, struct sah_world *world, size_t call,
                  struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    int64_t post = find_post(s, s->calls.post[call]);
    int64_t band = find_band(s, s->calls.band[call]);
    if (post == NOBODY || band == NOBODY) return SAH_OK;
    int32_t seen = s->bands.cell[band];
    bool lost =
        !sahel_may_act(world, s->posts.force[post], seen) ||
        sah_grid_distance_km(&world->grid, s->calls.cell[call], seen) > own->range_km;
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_PURSUIT, s->calls.id[call]);
    if (lost || !sah_bernoulli(&rng, chance_of(own, world, call, seen))) return SAH_OK;
    return fight(own, world, (size_t)post, (size_t)band, &rng, err);
}

/* ---- the day ---- */

/* Calls of earlier days come first, then those of today in the order of events. */
static int respond(void *self, struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int status = SAH_OK;
    size_t attacks = s->events.base.n;
    for (size_t i = 0; i < attacks && !status; i++)
        if (s->events.band[i]) status = answer(self, world, i, err);
    for (size_t i = 0; i < s->calls.base.n && !status; i++) {
        if (s->calls.cell[i] == SAH_NOWHERE) continue;
        if (s->calls.due[i] > (int32_t)world->tick) continue;
        status = pursue(self, world, i, err);
        s->calls.cell[i] = SAH_NOWHERE;
    }
    return status;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct response *own = self;
    own->tried = calloc(sahel_of(world)->nforces + 1, sizeof *own->tried);
    return own->tried ? SAH_OK
                      : sah_error_add(err, SAH_MEMORY, "no memory for answers");
}

static void free_own(void *self) {
    free(((struct response *)self)->tried);
}

/* Nobody is on the way any more. */
static void rest(void *self, struct sah_world *world) {
    (void)self;
    sah_population_clear(&sahel_of(world)->calls.base);
}

static const struct sah_act acts[] = {
    {SAHEL_ENCOUNTER, SAH_NOTHING, NULL, respond, "Forces answer attacks and pursue"},
    {0},
};

const struct sah_model sah_model_response = {
    .name = "response",
    .doc = "Forces answer attacks hours later and may find who struck",
    .reference = "ODD 7.19",
    .acts = acts,
    .size = sizeof(struct response),
    .rest = rest,
    .params = params,
    .init = init,
    .free = free_own,
};
