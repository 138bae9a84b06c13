/* Maximum likelihood for the discrete power law; see power_law.h.
 *
 *   log L(alpha) = -n log zeta(alpha, xmin) - alpha sum log x
 *
 * is concave in alpha and maximised by golden sections over 1.01 .. 6; its error is
 * (alpha - 1)/sqrt(n). */
#include "models/classic/power_law.h"

#include <gsl/gsl_sf_zeta.h>

#include <math.h>

struct tail {
    const int64_t *count;
    size_t xmin, most;
    int64_t n;
    double sum_log;
};

static struct tail tail_of(const int64_t *count, size_t most, size_t xmin) {
    struct tail tail = {count, xmin, most, 0, 0};
    for (size_t x = xmin; x <= most; x++) {
        tail.n += count[x];
        if (count[x]) tail.sum_log += (double)count[x] * log((double)x);
    }
    return tail;
}

static double likelihood(const struct tail *tail, double alpha) {
    return -(double)tail->n * log(gsl_sf_hzeta(alpha, (double)tail->xmin)) -
           alpha * tail->sum_log;
}

static double most_likely(const struct tail *tail) {
    const double golden = 0.6180339887498949;
    double a = 1.01, b = 6;
    while (b - a > 1e-5) {
        double left = b - golden * (b - a), right = a + golden * (b - a);
        if (likelihood(tail, left) < likelihood(tail, right))
            a = left;
        else
            b = right;
    }
    return (a + b) / 2;
}

/* The largest distance between the shares seen and expected up to x. */
static double distance_of(const struct tail *tail, double alpha) {
    double all = gsl_sf_hzeta(alpha, (double)tail->xmin), expected = 0, most = 0;
    int64_t seen = 0;
    for (size_t x = tail->xmin; x <= tail->most && seen < tail->n; x++) {
        seen += tail->count[x];
        expected += pow((double)x, -alpha) / all;
        most = fmax(most, fabs((double)seen / (double)tail->n - expected));
    }
    return most;
}

struct power_law sah_power_law_at(const int64_t *count, size_t most, size_t xmin) {
    struct tail tail = tail_of(count, most, xmin);
    struct power_law fit = {NAN, NAN, xmin, INFINITY, tail.n};
    bool varied = tail.n > 1 && tail.sum_log > (double)tail.n * log((double)xmin);
    if (!varied) return fit;
    fit.alpha = most_likely(&tail);
    fit.error = (fit.alpha - 1) / sqrt((double)tail.n);
    fit.distance = distance_of(&tail, fit.alpha);
    return fit;
}

struct power_law sah_power_law_fit(const int64_t *count, size_t most, int64_t least) {
    struct power_law best = {NAN, NAN, 0, INFINITY, 0};
    for (size_t xmin = 1; xmin <= most; xmin++) {
        if (!count[xmin]) continue;
        struct power_law fit = sah_power_law_at(count, most, xmin);
        if (fit.n < least) break;
        if (fit.distance < best.distance) best = fit;
    }
    return best;
}
