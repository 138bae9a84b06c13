/* An emulator: what a run would give at a point where none was made, and how sure that is.
 *
 * A Gaussian process over the unit cube (Rasmussen and Williams 2006, chapter 2):
 *
 *     y(x) = b0 + b.x + g(x) + noise
 *     cov(x, x') = 1 + s (x - 1/2).(x' - 1/2) + f M(r) + delta n(x)
 *     M(r) = (1 + a + a^2/3) exp(-a), a = sqrt(5) r, r^2 = sum of ((x_j - x'_j) / l_j)^2
 *
 * of values y that are shifted and scaled to mean 0 and variance 1: a constant and a straight
 * trend with wide priors (their section 2.7), a Matern 5/2 part with a length for every
 * dimension, and the variance n(x) of the mean of replicates, as measured, times a factor.
 * s, f, the lengths and that factor are those most probable a posteriori: likelihood and
 * gradient by their equations 2.30 and 5.9, with weak log-normal priors, which keep few
 * points from being explained by lengths near zero. */
#ifndef SAH_STUDY_CALIBRATE_EMULATOR_H
#define SAH_STUDY_CALIBRATE_EMULATOR_H
#include "sim/kernel/error.h"

#include <stddef.h>

enum { SAH_EMULATOR_MOST = 2000 }; /* points */

struct sah_emulator {
    size_t n, d;
    double centre, scale; /* of y */
    double *x;            /* [n][d] */
    double *weight;       /* [n], inverse covariance times y */
    double *factor;       /* [n][n], lower Cholesky factor of the covariance */
    double *loo;          /* [n], left-one-out residual over its standard deviation */
    double signal, slope, noise_factor;
    double *length; /* [d] */
};

/* Points x[n][d], values and the variance of the noise in each; n >= 1. Free in any case. */
int sah_emulator_fit(struct sah_emulator *emulator, size_t n, size_t d, const double *x,
                     const double *y, const double *noise, struct sah_error *err);
void sah_emulator_free(struct sah_emulator *emulator);

/* Mean, and its variance (may be NULL) without noise. `room` has n numbers. */
double sah_emulator_at(const struct sah_emulator *emulator, const double *x,
                       double *variance, double *room);

#endif
