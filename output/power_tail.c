/* Every value that leaves enough above it is tried as xmin. */
#include "output/power_tail.h"

#include <gsl/gsl_sf_zeta.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double LEAST = 1.05, MOST = 12, CLOSE = 1e-7, STEP = 1e-3;

struct sample {
    double n, sum_log, xmin;
};

static double log_zeta(double a, double xmin) {
    return log(gsl_sf_hzeta(a, xmin));
}

/* Minus the log-likelihood. */
static double cost(const struct sample *s, double a) {
    return s->n * log_zeta(a, s->xmin) + a * s->sum_log;
}

/* Golden section; the cost is convex, for the family is exponential. */
static double best_exponent(const struct sample *s) {
    const double ratio = 0.6180339887498949;
    double low = LEAST, high = MOST;
    double a = high - ratio * (high - low), b = low + ratio * (high - low);
    double cost_a = cost(s, a), cost_b = cost(s, b);
    while (high - low > CLOSE) {
        if (cost_a < cost_b) {
            high = b, b = a, cost_b = cost_a;
            a = high - ratio * (high - low), cost_a = cost(s, a);
        } else {
            low = a, a = b, cost_a = cost_b;
            b = low + ratio * (high - low), cost_b = cost(s, b);
        }
    }
    return (low + high) / 2;
}

static double standard_error(double n, double a, double xmin) {
    double bend =
        (log_zeta(a + STEP, xmin) - 2 * log_zeta(a, xmin) + log_zeta(a - STEP, xmin)) /
        (STEP * STEP);
    return 1 / sqrt(n * bend);
}

double sah_power_tail_above(const struct sah_power_tail *fit, double x) {
    return gsl_sf_hzeta(fit->exponent, x) / gsl_sf_hzeta(fit->exponent, fit->xmin);
}

/* Sorted values; the step functions are compared before and at each step. */
static double distance(const struct sah_power_tail *fit, const double *x, size_t n) {
    double most = 0;
    for (size_t i = 0; i < n;) {
        size_t j = i;
        while (j < n && x[j] == x[i]) j++;
        double at = sah_power_tail_above(fit, x[i]);
        double after = sah_power_tail_above(fit, x[i] + 1);
        most = fmax(most, fabs((double)(n - i) / (double)n - at));
        most = fmax(most, fabs((double)(n - j) / (double)n - after));
        i = j;
    }
    return most;
}

static void try_xmin(const double *x, size_t n, struct sah_power_tail *best) {
    struct sample s = {.n = (double)n, .xmin = x[0]};
    for (size_t i = 0; i < n; i++) s.sum_log += log(x[i]);
    struct sah_power_tail fit = {.xmin = x[0], .n = best->n, .tail = n};
    fit.exponent = best_exponent(&s);
    fit.distance = distance(&fit, x, n);
    if (best->tail && fit.distance >= best->distance) return;
    fit.error = standard_error(s.n, fit.exponent, fit.xmin);
    *best = fit;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

bool sah_power_tail_fit(const double *value, size_t n, struct sah_power_tail *fit) {
    double *x = malloc(n * sizeof *x + 1);
    size_t kept = 0;
    *fit = (struct sah_power_tail){0};
    if (!x) return false;
    for (size_t i = 0; i < n; i++)
        if (value[i] >= 1) x[kept++] = round(value[i]);
    qsort(x, kept, sizeof *x, ascending);
    fit->n = kept;
    for (size_t i = 0; i + SAH_TAIL_LEAST <= kept; i++) {
        bool one_value = x[i] == x[kept - 1]; /* has no tail */
        if (!one_value && (i == 0 || x[i] != x[i - 1])) try_xmin(x + i, kept - i, fit);
    }
    free(x);
    return fit->tail > 0;
}
