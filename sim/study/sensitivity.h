/* What an outcome depends on: measures of sensitivity from the outcomes of a design.
 *
 * Plain functions of arrays. An outcome that is NaN, of a run that failed or where it is
 * not defined, takes its trajectory or its block out for the factors that need it; `n`
 * tells how many were left. Intervals are 95 % percentile intervals of a bootstrap over
 * trajectories or blocks, with draws of their own. What needs more than is left is NaN. */
#ifndef SAH_STUDY_SENSITIVITY_H
#define SAH_STUDY_SENSITIVITY_H
#include "sim/kernel/error.h"

#include <stdint.h>

/* ---- Morris: elementary effects ------------------------------------------------------ */

struct sah_morris {
    size_t n;       /* trajectories used */
    double mu;      /* mean of the effects */
    double mu_star; /* mean of their absolute values */
    double sigma;   /* their standard deviation: bends, and what factors do together */
    double low, high; /* of mu_star */
};

/* A design of `trajectories` times (nfactors + 1) points: unit[point][factor] 0..1, each
 * step moving one factor; y[point]. An effect is the step of y over that of the factor, so
 * that its unit is that of y over the whole range. Fills out[nfactors]. */
int sah_sensitivity_morris(const double *unit, const double *y, size_t trajectories,
                           size_t nfactors, uint64_t seed, struct sah_morris *out,
                           struct sah_error *err);

/* ---- Sobol': shares of the variance -------------------------------------------------- */

struct sah_sobol {
    size_t n;                            /* blocks used */
    double first, first_low, first_high; /* S1: what the factor explains alone */
    double total, total_low, total_high; /* ST: alone and with others */
};

/* Blocks of nfactors + 2 outcomes: of A, of B, then of A with one column from B. Fills
 * out[nfactors]; all NaN where the outcome does not vary. */
int sah_sensitivity_sobol(const double *y, size_t blocks, size_t nfactors,
                          uint64_t seed, struct sah_sobol *out, struct sah_error *err);

/* ---- shared -------------------------------------------------------------------------- */

/* A number from `n` items picked with repetition. */
typedef double sah_statistic(const void *data, const size_t *pick, size_t n);
/* The interval of a statistic of n items; NaN for fewer than two. */
int sah_bootstrap(sah_statistic *statistic, const void *data, size_t n, uint64_t seed,
                  double *low, double *high, struct sah_error *err);

#endif
