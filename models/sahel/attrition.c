/* The law stands in attrition.h. */
#include "models/sahel/attrition.h"

void sah_attrition(struct sahel_fight *fight, struct sah_rng *rng) {
    double a = fight->striker, b = fight->struck;
    double time = sah_exponential(rng, 1.0);
    double struck = b > 0 ? -sah_expm1(-fight->fire * time * a / b) : 0;
    double back = a > 0 ? -sah_expm1(-fight->fire_back * time * b / (a + b)) : 0;
    fight->struck_dead = (int32_t)sah_binomial(rng, fight->struck, struck);
    fight->striker_dead = (int32_t)sah_binomial(rng, fight->striker, back);
}
