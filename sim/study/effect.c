/* Paired differences and what they are worth. */
#include "sim/study/pair.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

struct moments {
    double n, mean, squares; /* Welford (1962) */
};

static void add(struct moments *m, double value) {
    double before = value - m->mean;
    m->n++;
    m->mean += before / m->n;
    m->squares += before * (value - m->mean);
}

static double variance(const struct moments *m) {
    return m->n > 1 ? m->squares / (m->n - 1) : NAN;
}

static double sum_at(const struct sah_side *sides, size_t nsides, size_t r) {
    double sum = 0;
    for (size_t k = 0; k < nsides; k++) sum += sides[k].weight * sides[k].value[r];
    return sum;
}

/* The variance that the sum would have if the sides had nothing in common. */
static double variance_apart(const struct sah_side *sides, size_t nsides, size_t n) {
    double sum = 0;
    for (size_t k = 0; k < nsides; k++) {
        struct moments m = {0};
        for (size_t r = 0; r < n; r++)
            if (!isnan(sum_at(sides, nsides, r))) add(&m, sides[k].value[r]);
        sum += sides[k].weight * sides[k].weight * variance(&m);
    }
    return sum;
}

static double ratio_to_error(double mean, double error) {
    if (error > 0) return mean / error;
    return mean > 0 ? INFINITY : mean < 0 ? -INFINITY : 0;
}

struct sah_effect sah_effect_of(const struct sah_side *sides, size_t nsides, size_t n) {
    struct moments m = {0};
    for (size_t r = 0; r < n; r++) {
        double sum = sum_at(sides, nsides, r);
        if (!isnan(sum)) add(&m, sum);
    }
    struct sah_effect e = {.n = (size_t)m.n, .dropped = n - (size_t)m.n};
    e.mean = e.n ? m.mean : NAN;
    e.error = sqrt(variance(&m) / m.n);
    double width = e.n > 1 ? gsl_cdf_tdist_Pinv(0.975, m.n - 1) * e.error : NAN;
    e.low = e.mean - width;
    e.high = e.mean + width;
    e.z = e.n > 1 ? ratio_to_error(e.mean, e.error) : NAN;
    e.variance_ratio = variance(&m) / variance_apart(sides, nsides, n);
    return e;
}
