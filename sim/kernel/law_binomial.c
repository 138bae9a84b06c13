/* Binomial law:  P(k) = n! / (k! (n-k)!) p^k (1-p)^(n-k),  for p <= 1/2; else the
 * failures are drawn.
 *
 * Below n p = 10, inversion from one fine uniform as in law_poisson.c. From 10 on,
 * transformed rejection: Hoermann, "The generation of binomial random variates"
 * (Journal of Statistical Computation and Simulation 46, 1993), algorithm BTRS, with
 * Loader's form of log P(k): the Poisson probabilities of k and of n - k, up to a
 * constant. */
#include "sim/kernel/elementary.h"
#include "sim/kernel/law_range.h"

#include <math.h> /* sqrt, exact in IEEE */

static int64_t invert(struct sah_rng *rng, int64_t n, double p) {
    double u = sah_uniform_fine(rng);
    if (u >= (double)n * p) return 0; /* as 1 - (1-p)^n <= n p */
    double log_none = (double)n * sah_log1p(-p);
    double odds = p / (1 - p);
    double tail = -sah_expm1(log_none);
    double probability = sah_exp(log_none) * (double)n * odds;
    int64_t k = 0;
    while (u < tail && k < n && probability > 0) {
        k++;
        tail -= probability;
        probability *= (double)(n - k) / (double)(k + 1) * odds;
    }
    return k;
}

static int64_t reject(struct sah_rng *rng, int64_t n, double p) {
    double size = (double)n, q = 1 - p;
    double sd = sqrt(size * p * q);
    double b = 1.15 + 2.53 * sd;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double alpha = (2.83 + 5.1 / b) * sd;
    double sure = 0.92 - 4.2 / b;
    double mode = (double)law_floor((size + 1) * p);
    double top =
        sah_log_poisson(mode, size * p) + sah_log_poisson(size - mode, size * q);
    for (;;) {
        double u = sah_uniform(rng) - 0.5;
        double v = sah_uniform(rng);
        double edge = 0.5 - (u < 0 ? -u : u);
        double x = (2 * a / edge + b) * u + size * p + 0.5;
        if (x < 0 || x >= size + 1) continue;
        int64_t k = law_floor(x);
        if (edge >= 0.07 && v <= sure) return k;
        double height = v * alpha / (a / (edge * edge) + b);
        double rest = size - (double)k;
        if (sah_log(height) <= sah_log_poisson((double)k, size * p) +
                                   sah_log_poisson(rest, size * q) - top)
            return k;
    }
}

int64_t sah_binomial(struct sah_rng *rng, int64_t n, double p) {
    SAH_BUG_IF(n < 0 || n > SAH_LAW_COUNT_MAX, "binomial trials outside 0..2^53");
    p = law_probability(p);
    double rare = p > 0.5 ? 1 - p : p; /* exact */
    int64_t k = (double)n * rare < 10 ? invert(rng, n, rare) : reject(rng, n, rare);
    return p > 0.5 ? n - k : k;
}
