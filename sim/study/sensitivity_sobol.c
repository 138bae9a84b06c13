/* First and total indices of Sobol' (2001, Mathematics and Computers in Simulation 55).
 *
 * With outcomes a, b and m of A, B and A with column i of B, less their mean, over blocks j:
 *
 *     S_i  = mean(b (m - a)) / V          Saltelli et al. 2010, Computer Physics
 *                                         Communications 181, table 2, (b)
 *     ST_i = mean((a - m)^2) / (2 V)      Jansen 1999, Computer Physics Communications 117
 *
 * V is the variance of all a and b. The mean is taken off before, which changes nothing
 * that is sought and lowers the error of S where the mean is far from 0. */
#include "sim/study/sensitivity.h"

#include <math.h>
#include <stdlib.h>

struct block { /* three outcomes */
    double a, b, mixed;
};

static size_t take_blocks(const double *y, size_t blocks, size_t factor,
                          size_t nfactors, struct block *block) {
    size_t n = 0;
    for (size_t j = 0; j < blocks; j++, y += nfactors + 2) {
        struct block one = {y[0], y[1], y[2 + factor]};
        if (!isnan(one.a) && !isnan(one.b) && !isnan(one.mixed)) block[n++] = one;
    }
    return n;
}

struct centre {
    double mean, variance;
};

static struct centre centre_of(const struct block *block, const size_t *pick,
                               size_t n) {
    struct centre c = {0, 0};
    for (size_t i = 0; i < n; i++)
        c.mean += (block[pick[i]].a + block[pick[i]].b) / (2 * (double)n);
    for (size_t i = 0; i < n; i++) {
        double a = block[pick[i]].a - c.mean, b = block[pick[i]].b - c.mean;
        c.variance += (a * a + b * b) / (2 * (double)n);
    }
    /* What rounding leaves of equal values is no variance. */
    if (!(c.variance > 1e-20 * c.mean * c.mean)) c.variance = NAN;
    return c;
}

static double first(const void *data, const size_t *pick, size_t n) {
    const struct block *block = data;
    struct centre c = centre_of(block, pick, n);
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        const struct block *one = &block[pick[i]];
        sum += (one->b - c.mean) * (one->mixed - one->a);
    }
    return sum / (double)n / c.variance;
}

static double total(const void *data, const size_t *pick, size_t n) {
    const struct block *block = data;
    struct centre c = centre_of(block, pick, n);
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double step = block[pick[i]].a - block[pick[i]].mixed;
        sum += step * step;
    }
    return sum / (2 * (double)n) / c.variance;
}

static int judge(const struct block *block, const size_t *each, size_t n, uint64_t seed,
                 struct sah_sobol *out, struct sah_error *err) {
    *out = (struct sah_sobol){.n = n, .first = NAN, .total = NAN};
    if (n > 1) out->first = first(block, each, n);
    if (n > 1) out->total = total(block, each, n);
    int status =
        sah_bootstrap(first, block, n, seed, &out->first_low, &out->first_high, err);
    return status ? status
                  : sah_bootstrap(total, block, n, seed, &out->total_low,
                                  &out->total_high, err);
}

int sah_sensitivity_sobol(const double *y, size_t blocks, size_t nfactors,
                          uint64_t seed, struct sah_sobol *out, struct sah_error *err) {
    struct block *block = malloc((blocks + 1) * sizeof *block);
    size_t *each = malloc((blocks + 1) * sizeof *each);
    int status =
        block && each ? SAH_OK : sah_error_add(err, SAH_MEMORY, "no memory for blocks");
    for (size_t j = 0; each && j < blocks; j++) each[j] = j;
    for (size_t f = 0; !status && f < nfactors; f++) {
        size_t n = take_blocks(y, blocks, f, nfactors, block);
        status = judge(block, each, n, seed, &out[f], err);
    }
    free(block);
    free(each);
    return status;
}
