/* The bootstrap over pairs: resample the replicates, take the mean, look at the spread.
 *
 * Percentile interval (Efron and Tibshirani 1993, An Introduction to the Bootstrap, ch. 13)
 * with the percentiles expanded for small samples as Hesterberg (2015), The American
 * Statistician 69(4), proposes: with n replicates the lower one is
 *
 *     Phi(-sqrt(n / (n - 1)) t(0.975; n - 1))
 *
 * so that for normal values the interval is as wide as Student's. The draws are keyed by
 * (seed, purpose, resample), and are the same for all measures of a comparison. */
#include "sim/study/compare.h"

#include "sim/kernel/law.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* `PURPOSE` is far from those of the models, which count from 1 (SAHEL_DRAWS). */
enum { RESAMPLES = 4000, PURPOSE = 4000 };

static double resampled_mean(const double *value, size_t n, uint64_t seed, size_t k) {
    struct sah_rng rng;
    double sum = 0;
    sah_rng_at(&rng, seed, PURPOSE, k, (uint32_t)n);
    for (size_t i = 0; i < n; i++) sum += value[sah_below(&rng, (int64_t)n)];
    return sum / (double)n;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* How many resamples lie outside on either side. */
static size_t outside(size_t n) {
    double t = gsl_cdf_tdist_Pinv(0.975, (double)n - 1);
    double p = gsl_cdf_ugaussian_P(-sqrt((double)n / ((double)n - 1)) * t);
    return (size_t)(p * RESAMPLES);
}

int sah_bootstrap_mean(const double *value, size_t n, uint64_t seed, double *low,
                       double *high, struct sah_error *err) {
    *low = *high = NAN;
    if (n < 2) return SAH_OK;
    double *mean = malloc(RESAMPLES * sizeof *mean);
    if (!mean) return sah_error_add(err, SAH_MEMORY, "no memory for resamples");
    for (size_t k = 0; k < RESAMPLES; k++) mean[k] = resampled_mean(value, n, seed, k);
    qsort(mean, RESAMPLES, sizeof *mean, by_size);
    size_t out = outside(n);
    *low = mean[out];
    *high = mean[RESAMPLES - 1 - out];
    free(mean);
    return SAH_OK;
}
