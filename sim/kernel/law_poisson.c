/* Poisson law:  P(k) = e^-m m^k / k!
 *
 * Below a mean of 10, inversion from one fine uniform u: the count is at least k where
 * u < P(at least k), the upper tails being summed downwards from 1 - e^-m, which keeps
 * tiny means exact. From 10 on, transformed rejection: Hoermann, "The transformed
 * rejection method for generating Poisson random variables" (Insurance: Mathematics and
 * Economics 12, 1993), algorithm PTRS, with Loader's form of log P(k), which does not
 * lose digits at large means. */
#include "sim/kernel/elementary.h"
#include "sim/kernel/law_range.h"

#include <math.h> /* sqrt, exact in IEEE */

static int64_t invert(struct sah_rng *rng, double mean) {
    double u = sah_uniform_fine(rng);
    if (u >= mean) return 0; /* as 1 - e^-m < m; soon done where events are rare */
    double tail = -sah_expm1(-mean);
    double p = mean * sah_exp(-mean);
    int64_t k = 0;
    while (u < tail && p > 0) {
        k++;
        tail -= p;
        p *= mean / (double)(k + 1);
    }
    return k;
}

static int64_t reject(struct sah_rng *rng, double mean) {
    double b = 0.931 + 2.53 * sqrt(mean);
    double a = -0.059 + 0.02483 * b;
    double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    double sure = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
        double u = sah_uniform(rng) - 0.5;
        double v = sah_uniform(rng);
        double edge = 0.5 - (u < 0 ? -u : u);
        double x = (2 * a / edge + b) * u + mean + 0.43;
        if (x < 0 || x >= 0x1p53) continue;
        int64_t k = law_floor(x);
        if (edge >= 0.07 && v <= sure) return k;
        if (edge < 0.013 && v > edge) continue;
        double height = v * inverse_alpha / (a / (edge * edge) + b);
        if (sah_log(height) <= sah_log_poisson((double)k, mean)) return k;
    }
}

int64_t sah_poisson(struct sah_rng *rng, double mean) {
    SAH_BUG_IF(!(mean >= 0 && mean <= 0x1p52), "Poisson mean outside 0..2^52");
    return mean < 10 ? invert(rng, mean) : reject(rng, mean);
}
