/* Losses: the law of fights stands in losses.h; with the dead come wounded, on both
 * sides and among civilians, Poisson with `wounded` per death (deeds.c).
 *
 * Source: killed and wounded by devices, facts 6.3; the same is assumed of other events. */
#include "models/sahel/losses.h"

#include "models/sahel/world.h"

struct losses {
    double wounded;
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
    {0},
};

void sah_attrition(struct sahel_fight *fight, struct sah_rng *rng) {
    double a = fight->striker, b = fight->struck;
    double time = sah_exponential(rng, 1.0);
    double struck = b > 0 ? -sah_expm1(-fight->fire * time * a / b) : 0;
    double back = a > 0 ? -sah_expm1(-fight->fire_back * time * b / (a + b)) : 0;
    fight->struck_dead = (int32_t)sah_binomial(rng, fight->struck, struck);
    fight->striker_dead = (int32_t)sah_binomial(rng, fight->striker, back);
}

static int take_up(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    sahel_of(world)->rates.wounded = ((struct losses *)self)->wounded;
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
