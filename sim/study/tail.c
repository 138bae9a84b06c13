/* The exponent of a discrete power law by maximum likelihood, with GSL's zeta function
 * and minimiser. */
#include "sim/study/measure.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_sf_zeta.h>
#include <math.h>

struct sample {
    double n, mean_log, xmin;
};

/* Minus the log-likelihood of one observation. */
static double cost(double a, void *user) {
    const struct sample *s = user;
    return log(gsl_sf_hzeta(a, s->xmin)) + a * s->mean_log;
}

enum { LEAST_VALUES = 10, STEPS = 200 };

static double minimise(struct sample *s) {
    gsl_function f = {cost, s};
    double a = 1.01, b = 20, x = 2.5;
    gsl_min_fminimizer *m = gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent);
    if (!m) return NAN;
    double found = NAN;
    bool is_inside = cost(x, s) < cost(a, s) && cost(x, s) < cost(b, s);
    if (is_inside && gsl_min_fminimizer_set(m, &f, x, a, b) == GSL_SUCCESS) {
        for (int k = 0; k < STEPS && b - a > 1e-9; k++) {
            if (gsl_min_fminimizer_iterate(m)) break;
            a = gsl_min_fminimizer_x_lower(m);
            b = gsl_min_fminimizer_x_upper(m);
        }
        found = gsl_min_fminimizer_x_minimum(m);
    }
    gsl_min_fminimizer_free(m);
    return found;
}

double sah_tail_exponent(const double *value, size_t n, double xmin) {
    struct sample s = {.xmin = xmin};
    for (size_t i = 0; i < n; i++) {
        if (value[i] < xmin) continue;
        s.n++;
        s.mean_log += log(value[i]);
    }
    s.mean_log /= s.n;
    return s.n < LEAST_VALUES ? NAN : minimise(&s);
}
