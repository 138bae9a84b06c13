/* Losses: the law of fights stands in losses.h; with the dead come wounded, on both
 * sides and among civilians, Poisson with `wounded` per death (deeds.c).
 *
 * Source: killed and wounded by devices, facts 6.3; the same is assumed of other events. */
#include "models/sahel/losses.h"

#include "models/sahel/world.h"

struct losses {
    double wounded, front;
};

static const struct sah_param params[] = {
    {.key = "wounded",
     .type = SAH_REAL,
     .at = offsetof(struct losses, wounded),
     .unit = "1",
     .def = 1.5,
     .max = 20,
     .source = "facts 6.3",
     .doc = "Wounded per death"},
    {.key = "front",
     .type = SAH_REAL,
     .at = offsetof(struct losses, front),
     .unit = "persons",
     .def = 125,
     .min = 1,
     .max = 1e9,
     .source = "calibrated (provisional)",
     .doc = "Most of a side that can be in contact at once; half of them are at this "
            "strength"},
    {0},
};

int32_t sah_engaged(int32_t strength, double front) {
    return (int32_t)(strength / (1 + strength / front) + 0.5);
}

void sah_attrition(struct sahel_fight *fight, struct sah_rng *rng) {
    int32_t striker = sah_engaged(fight->striker, fight->front);
    int32_t struck = sah_engaged(fight->struck, fight->front);
    double a = striker, b = struck, time = sah_exponential(rng, 1.0);
    double hit = b > 0 ? -sah_expm1(-fight->fire * time * a / b) : 0;
    double back = a > 0 ? -sah_expm1(-fight->fire_back * time * b / (a + b)) : 0;
    fight->struck_dead = (int32_t)sah_binomial(rng, struck, hit);
    fight->striker_dead = (int32_t)sah_binomial(rng, striker, back);
}

static int take_up(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct losses *own = self;
    sahel_of(world)->rates.wounded = own->wounded;
    sahel_of(world)->rates.front = own->front;
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_ENVIRONMENT, SAH_NOTHING, NULL, take_up,
     "Takes up today's share of wounded"},
    {0},
};

const struct sah_model sah_model_losses = {
    .name = "losses",
    .doc = "Killed and wounded in fights",
    .reference = "ODD 7.0.7; Deitchman 1962",
    .always = true,
    .acts = acts,
    .size = sizeof(struct losses),
    .params = params,
};
