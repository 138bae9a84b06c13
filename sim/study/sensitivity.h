/* Which factors matter: what a study of the kinds morris and saltelli is for.
 *
 * `y` holds an output at every point of the design; NAN where its runs failed. What rests
 * on a point that is not defined is left out and counted, never silently dropped.
 *
 * Elementary effects (Morris 1991, Technometrics 33(2); mu* of Campolongo, Cariboni and
 * Saltelli 2007, Environmental Modelling & Software 22(10)): over the trajectories
 *
 *     d = (y(x + step) - y(x)) / step,    mu = mean d,  mu* = mean |d|,  sigma = sd d
 *
 * with x in 0..1 across the range of the factor.
 *
 * Indices of Sobol' (Mathematics and Computers in Simulation 55, 2001): the first-order
 * one by Saltelli et al. (2010, Computer Physics Communications 181(2), table 2 b), the
 * total one by Jansen (1999, Computer Physics Communications 117):
 *
 *     S1 = mean f(B) (f(AB) - f(A)) / V,     ST = mean (f(A) - f(AB))^2 / (2 V)
 *
 * V being the variance over A and B together; f less the mean of those, which changes no
 * expectation and calms S1. Intervals are percentiles of the bootstrap over base samples,
 * those of mu* over trajectories, with draws of their own. */
#ifndef SAH_STUDY_SENSITIVITY_H
#define SAH_STUDY_SENSITIVITY_H
#include "sim/study/design.h"

struct sah_morris {
    double mu, mu_star, sigma;
    double mu_star_low, mu_star_high; /* 95 % interval */
    size_t n, dropped;                /* effects */
};
/* `out` [nfactors]; of a design of kind morris. */
int sah_morris_effects(const struct sah_design *design, const double *y, uint64_t seed,
                       struct sah_morris *out, struct sah_error *err);

struct sah_sobol {
    double first, first_low, first_high; /* S1, and its 95 % interval */
    double total, total_low, total_high; /* ST */
    size_t n, dropped;                   /* base samples */
};
/* `out` [nfactors]; of a design of kind saltelli. */
int sah_sobol_indices(const struct sah_design *design, const double *y, uint64_t seed,
                      struct sah_sobol *out, struct sah_error *err);

#endif
