/* The bootstrap for any statistic: percentile interval of resamples (Efron and Tibshirani
 * 1993, An Introduction to the Bootstrap, ch. 13). */
#include "sim/study/sensitivity.h"

#include "sim/kernel/law.h"

#include <math.h>
#include <stdlib.h>

/* `PURPOSE` lies beside that of the comparison's bootstrap, far from those of models. */
enum { RESAMPLES = 1000, TAIL = RESAMPLES / 40, PURPOSE = 4001 };

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void resample(size_t *pick, size_t n, uint64_t seed, size_t k) {
    struct sah_rng rng;
    sah_rng_at(&rng, seed, PURPOSE, k, (uint32_t)n);
    for (size_t i = 0; i < n; i++) pick[i] = (size_t)sah_below(&rng, (int64_t)n);
}

int sah_bootstrap(sah_statistic *statistic, const void *data, size_t n, uint64_t seed,
                  double *low, double *high, struct sah_error *err) {
    *low = *high = NAN;
    if (n < 2) return SAH_OK;
    size_t *pick = malloc(n * sizeof *pick), good = 0;
    double *value = malloc(RESAMPLES * sizeof *value);
    for (size_t k = 0; pick && value && k < RESAMPLES; k++) {
        resample(pick, n, seed, k);
        value[good] = statistic(data, pick, n);
        if (!isnan(value[good])) good++; /* all the same item has no variance */
    }
    if (good > 2 * TAIL) {
        qsort(value, good, sizeof *value, by_size);
        *low = value[TAIL * good / RESAMPLES];
        *high = value[good - 1 - TAIL * good / RESAMPLES];
    }
    bool whole = pick && value;
    free(pick);
    free(value);
    return whole ? SAH_OK : sah_error_add(err, SAH_MEMORY, "no memory for resamples");
}
