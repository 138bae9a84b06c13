/* Mechanism 3, command pattern: the umbrella follows the parent's small attacks.
 *
 * A faction marked `signal` is the channel from the organisation above. Its small
 * attacks of a kind k (at most `small` fighters) are heard after `lag` days by those who
 * share an umbrella with it:
 *
 *   heard_k' = heard_k 2^(-1/memory) + small attacks of kind k, `lag` days ago
 *   echo_k   = 1 + gain heard_k / (heard_k + half)
 *
 * summed over the signalling factions of the bloc other than the listener. The echo
 * raises the rate of larger attacks: a band of one team does not take it up, a large
 * one does (sahel_echo); what it adds has the cause `command`.
 *
 * Source: attacks of one group raise those of an allied one within 20 km and some weeks,
 * whatever their rank: Chuang, Ben-Asher and D'Orsogna 2019. Changed: heard by the whole
 * bloc, of the same kind, larger, one way only. Gain and size rule assumed. */
#include "models/sahel/world.h"

#include <string.h>

enum { RING = 128, MOST_LAG = 120 };

struct command {
    double lag_day, memory_day, gain, half, small;
    int32_t *ring; /* [day of the ring][faction][kind] small attacks */
    float *heard;  /* [faction][kind] of that faction, as others hear them today */
};

#define AT(field) .at = offsetof(struct command, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "lag", .type = SAH_REAL, AT(lag_day), .unit = "day", .def = 14,
     .max = MOST_LAG, .source = "assumed", .doc = "Days until a signal is followed"},
    {.key = "memory", .type = SAH_REAL, AT(memory_day), .unit = "day", .def = 14,
     .min = 0.5, .max = 1000, .source = "Chuang et al. 2019: within 4 weeks",
     .doc = "Time in which half of a signal is forgotten"},
    {.key = "gain", .type = SAH_REAL, AT(gain), .unit = "1", .def = 1, .max = 20,
     .source = "assumed", .doc = "Rise of larger attacks at the strongest signal"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "1", .def = 2, .min = 0.01,
     .max = 1000, .source = "assumed",
     .doc = "Small attacks heard that raise the rate by half of it"},
    {.key = "small", .type = SAH_REAL, AT(small), .unit = "persons", .def = 20,
     .max = 1e5, .source = "assumed", .doc = "Fighters of the largest small attack"},
    {0},
};
/* clang-format on */

static size_t row_of(const struct sahel *s, uint32_t tick) {
    return (size_t)(tick % RING) * s->nfactions * SAHEL_NKINDS;
}

static void note_today(const struct command *own, struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_events *e = &s->events;
    int32_t *today = own->ring + row_of(s, world->tick);
    memset(today, 0, s->nfactions * SAHEL_NKINDS * sizeof *today);
    for (size_t i = 0; i < e->base.n; i++) {
        if (e->side_a[i] >= (int16_t)s->nfactions) continue;
        if (!s->faction[e->side_a[i]].signal || e->strength_a[i] > own->small) continue;
        today[(size_t)e->side_a[i] * SAHEL_NKINDS + e->kind[i]]++;
    }
}

static void hear(const struct command *own, const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    uint32_t lag = (uint32_t)own->lag_day;
    float keep = (float)sahel_left(own->memory_day, 1);
    const int32_t *then = own->ring + row_of(s, world->tick + RING - lag);
    for (size_t k = 0; k < s->nfactions * SAHEL_NKINDS; k++)
        own->heard[k] = own->heard[k] * keep + (float)then[k];
}

/* What a faction hears of a kind from those who signal in its bloc. */
static float heard_by(const struct command *own, const struct sahel *s, size_t faction,
                      size_t kind) {
    float heard = 0;
    for (size_t p = 0; p < s->nfactions; p++)
        if (p != faction && s->bloc[p] == s->bloc[faction])
            heard += own->heard[p * SAHEL_NKINDS + kind];
    return heard;
}

static int follow(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct command *own = self;
    struct sahel *s = sahel_of(world);
    note_today(own, world);
    hear(own, world);
    for (size_t f = 0; f < s->nfactions; f++)
        for (size_t k = 0; k < SAHEL_NKINDS; k++)
            s->echo[f * SAHEL_NKINDS + k] =
                1 +
                (float)own->gain * sahel_pull(heard_by(own, s, f, k), (float)own->half);
    return SAH_OK;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct command *own = self;
    size_t n = sahel_of(world)->nfactions * SAHEL_NKINDS;
    own->ring = sah_world_array(world, "signals", SAH_I32, RING * n, "1",
                                "Small attacks of signalling factions by day", err);
    own->heard = sah_world_array(world, "signals_heard", SAH_F32, n, "1",
                                 "Small attacks as others hear them", err);
    return own->ring && own->heard ? SAH_OK : SAH_MEMORY;
}

static void rest(void *self, struct sah_world *world) {
    const struct command *own = self;
    size_t n = sahel_of(world)->nfactions * SAHEL_NKINDS;
    memset(own->ring, 0, RING * n * sizeof *own->ring);
    memset(own->heard, 0, n * sizeof *own->heard);
}

static const struct sah_act acts[] = {
    {SAHEL_AFTERMATH, SAH_NOTHING, NULL, follow, "Signals of the parent are heard"},
    {0},
};

const struct sah_model sah_model_command = {
    .name = "command",
    .doc = "The umbrella follows small attacks of the parent with larger ones",
    .reference = "ODD 7.3; Chuang et al. 2019",
    .acts = acts,
    .size = sizeof(struct command),
    .rest = rest,
    .params = params,
    .init = init,
};
