/* Mechanism 31, drawdown: what people and fighters count on lags what is there.
 *
 * The shield of foreign soldiers is believed quickly when they come and missed slowly
 * when they leave:  shield' = max(cover, shield - (shield - cover) k),  half-life
 * `linger`. Without the mechanism the shield is the cover of today.
 *
 * Raids end at once; bands come and strike (spread, attacks) as the shield fades.
 *
 * Source: the surge after foreign troops had left, and not before: Fetzer, Souza, Vanden
 * Eynde and Wright (2021); half-life assumed. */
#include "models/sahel/world.h"

#include <string.h>

struct drawdown {
    double linger_day;
    float *believed; /* [cell] */
};

/* clang-format off */
static const struct sah_param params[] = {
    {.key = "linger", .type = SAH_REAL, .at = offsetof(struct drawdown, linger_day),
     .unit = "day", .def = 120, .min = 1, .max = 3000, .source = "assumed",
     .doc = "Time in which half of a withdrawn shield is no longer believed in"},
    {0},
};
/* clang-format on */

static int believe(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    struct drawdown *own = self;
    struct sahel *s = sahel_of(world);
    float k = (float)sahel_fading(own->linger_day);
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        float gone = own->believed[c] - k * (own->believed[c] - s->cover[c]);
        own->believed[c] = gone > s->cover[c] ? gone : s->cover[c];
        s->shield[c] = own->believed[c];
    }
    return SAH_OK;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct drawdown *own = self;
    own->believed =
        sah_world_array(world, "believed", SAH_F32, (size_t)world->grid.ncells,
                        "persons", "Foreign soldiers still believed in", err);
    return own->believed ? SAH_OK : SAH_MEMORY;
}

static void rest(void *self, struct sah_world *world) {
    struct drawdown *own = self;
    memset(own->believed, 0, (size_t)world->grid.ncells * sizeof *own->believed);
}

static const struct sah_act acts[] = {
    {SAHEL_CONTROL, SAH_NOTHING, NULL, believe, "The shield lags the cover"},
    {0},
};

const struct sah_model sah_model_drawdown = {
    .name = "drawdown",
    .doc = "Gaps left by partners open slowly",
    .reference = "ODD 7.31",
    .acts = acts,
    .size = sizeof(struct drawdown),
    .rest = rest,
    .params = params,
    .init = init,
};
