/* Choice among weights, once or for a whole number of people.
 *
 * One choice: a uniform point on the line of weights laid end to end, in index order.
 * Many: each index in turn takes a binomial share of what is left, with probability
 * weight / (its weight and those after it); Davis, "The computer generation of
 * multinomial random variates" (Computational Statistics and Data Analysis 16, 1993). A
 * few choose one by one, which then costs less. */
#include "sim/kernel/law_range.h"

#include <float.h>
#include <string.h>

static void check(const double *weight, size_t n) {
    for (size_t i = 0; i < n; i++)
        SAH_BUG_IF(!(weight[i] >= 0 && weight[i] <= DBL_MAX),
                   "weight below 0 or not finite");
}

enum { FEW = 16 }; /* choose one by one where there are no more than indices */

static size_t choose(struct sah_rng *rng, const double *weight, size_t n, double sum) {
    double point = sah_uniform(rng) * sum;
    size_t last = 0; /* of positive weight, where rounding leads past the end */
    double passed = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(weight[i] > 0)) continue;
        passed += weight[i];
        if (point < passed) return i;
        last = i;
    }
    return last;
}

size_t sah_discrete(struct sah_rng *rng, const double *weight, size_t n) {
    check(weight, n);
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += weight[i];
    SAH_BUG_IF(!(sum > 0 && sum <= DBL_MAX), "weights add up to 0 or overflow");
    return choose(rng, weight, n, sum);
}

/* Leaves in out[i] the bits of weight[i] + ... + weight[n-1], summed from the end,
 * until the count of i takes their place; so nothing has to be allocated. */
static double keep_tail_sums(const double *weight, size_t n, int64_t *out) {
    _Static_assert(sizeof(double) == sizeof(int64_t), "a sum fits where a count goes");
    double sum = 0;
    for (size_t i = n; i-- > 0;) {
        sum += weight[i];
        memcpy(&out[i], &sum, sizeof sum);
    }
    return sum;
}

void sah_multinomial(struct sah_rng *rng, int64_t total, const double *weight, size_t n,
                     int64_t *out) {
    SAH_BUG_IF(total < 0 || total > SAH_LAW_COUNT_MAX,
               "total to split outside 0..2^53");
    check(weight, n);
    double sum = keep_tail_sums(weight, n, out);
    SAH_BUG_IF(!(sum > 0 && sum <= DBL_MAX), "weights add up to 0 or overflow");
    if (total <= FEW && (size_t)total <= n) {
        memset(out, 0, n * sizeof *out);
        for (int64_t k = 0; k < total; k++) out[choose(rng, weight, n, sum)]++;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        double tail;
        memcpy(&tail, &out[i], sizeof tail);
        out[i] = total && tail > 0 ? sah_binomial(rng, total, weight[i] / tail) : 0;
        total -= out[i];
    }
}
