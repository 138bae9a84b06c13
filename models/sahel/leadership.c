/* Mechanism 4, leadership: lost by raids or by date, followed after a while.
 *
 * How settled the leadership of a faction is stands between 0 and 1; no person is
 * modelled. A loss takes a share of it away at once, successors restore the rest:
 *
 *   L' = L + k(succession) (1 - L),   then at a loss   L' = L (1 - loss)
 *   drive = 1 - tempo (1 - L)
 *
 * Losses are dated by the scenario (the column `leader` falls: L is at most its new
 * value on that day) or come by chance: each raid of a foreign force hits the leadership
 * of the faction struck with chance `found` times what is known of the cell. Cohesion
 * answers to L (mechanism 2).
 *
 * Source: losses of leaders weaken groups, the less the longer ago: Price 2012; they
 * seldom end large ones: Jordan 2009; fewer attacks after them: Johnston 2012. Changed:
 * a continuous state with a half-life in place of hazards of the group's end. */
#include "models/sahel/world.h"

struct leadership {
    double succession_day, loss, tempo, found;
    float *told; /* [faction] what the scenario told of it yesterday */
};

#define AT(field) .at = offsetof(struct leadership, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "succession", .type = SAH_REAL, AT(succession_day), .unit = "day",
     .def = 120, .min = 1, .max = 3000, .source = "assumed",
     .doc = "Time in which successors make good half of a loss"},
    {.key = "loss", .type = SAH_REAL, AT(loss), .unit = "1", .def = 0.5, .max = 1,
     .source = "assumed", .doc = "Share of its leadership that a raid takes away"},
    {.key = "tempo", .type = SAH_REAL, AT(tempo), .unit = "1", .def = 0.5, .max = 1,
     .source = "Johnston 2012; assumed",
     .doc = "Share of its tempo that a faction without leadership loses"},
    {.key = "found", .type = SAH_REAL, AT(found), .unit = "1", .def = 0.1, .max = 1,
     .source = "assumed",
     .doc = "Chance that a raid hits the leadership, where everything is known"},
    {0},
};
/* clang-format on */

/* Above this share a faction that had lost leaders counts as led again. */
#define SETTLED 0.75f

static int tell(struct sah_world *world, enum sahel_turn_kind kind,
                enum sahel_turn_cause cause, size_t faction, struct sah_error *err) {
    return sah_deed_turn(world,
                         &(struct sahel_turn){.kind = kind,
                                              .cause = cause,
                                              .side_a = (int16_t)faction,
                                              .side_b = SAHEL_NOBODY},
                         err);
}

/* ---- losses ---- */

static bool lose_by_date(const struct leadership *own, struct sahel *s, size_t f) {
    float told = (float)s->faction[f].leader;
    bool falls = told < own->told[f];
    own->told[f] = told;
    if (!falls || !s->active[f]) return false;
    if (told < s->leadership[f]) s->leadership[f] = told;
    return true;
}

/* Each of today's raids on a faction may hit. */
static bool lose_by_raids(const struct leadership *own, struct sah_world *world,
                          size_t f) {
    struct sahel *s = sahel_of(world);
    const struct sahel_events *e = &s->events;
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_LEADER, f + 1);
    bool hit = false;
    for (size_t i = 0; i < e->base.n; i++) {
        if (e->kind[i] != SAHEL_RAID || e->side_b[i] != (int16_t)f) continue;
        if (!sah_bernoulli(&rng, own->found * sahel_known(s, e->cell[i]))) continue;
        s->leadership[f] *= (float)(1 - own->loss);
        hit = true;
    }
    return hit;
}

/* ---- the day ---- */

static int lead_one(const struct leadership *own, struct sah_world *world, size_t f,
                    struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    float before = s->leadership[f];
    s->leadership[f] += (float)sahel_fading(own->succession_day) * (1 - before);
    int status = SAH_OK;
    if (before < SETTLED && s->leadership[f] >= SETTLED)
        status = tell(world, SAHEL_TURN_SUCCESSION, SAHEL_BY_LEADERSHIP, f, err);
    if (!status && lose_by_date(own, s, f))
        status = tell(world, SAHEL_TURN_LEADER_LOST, SAHEL_BY_SCENARIO, f, err);
    if (!status && lose_by_raids(own, world, f))
        status = tell(world, SAHEL_TURN_LEADER_LOST, SAHEL_BY_CHANCE, f, err);
    s->drive[f] = (float)(1 - own->tempo * (1 - (double)s->leadership[f]));
    return status;
}

static int lead(void *self, struct sah_world *world, struct sah_error *err) {
    int status = SAH_OK;
    for (size_t f = 0; f < sahel_of(world)->nfactions && !status; f++)
        status = lead_one(self, world, f, err);
    return status;
}

static void rest(void *self, struct sah_world *world) {
    const struct leadership *own = self;
    for (size_t f = 0; f < sahel_of(world)->nfactions; f++) own->told[f] = 1;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct leadership *own = self;
    own->told =
        sah_world_array(world, "leader_told", SAH_F32, sahel_of(world)->nfactions, "1",
                        "Leadership as the scenario told it yesterday", err);
    if (!own->told) return SAH_MEMORY;
    for (size_t f = 0; f < sahel_of(world)->nfactions; f++) own->told[f] = 1;
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_AFTERMATH, SAH_NOTHING, NULL, lead, "Leaders are lost and followed"},
    {0},
};

const struct sah_model sah_model_leadership = {
    .name = "leadership",
    .doc = "Loss of leaders slows a faction until others follow",
    .reference = "ODD 7.4; Price 2012; Jordan 2009; Johnston 2012",
    .acts = acts,
    .size = sizeof(struct leadership),
    .rest = rest,
    .params = params,
    .init = init,
};
