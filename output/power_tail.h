/* The power law that fits the tail of whole numbers best.
 *
 *     p(x) = x^-a / zeta(a, xmin),   x = xmin, xmin + 1, ...
 *
 * The exponent by maximum likelihood, xmin where the distance of Kolmogorov and Smirnov
 * between data and fit is least: Clauset, Shalizi and Newman 2009, "Power-law
 * distributions in empirical data", SIAM Review 51(4), eqs. 3.5 and 3.9 and their
 * section 3.3. The standard error is the large-sample one from the curvature of the
 * likelihood (their eq. 3.6). */
#ifndef SAH_OUTPUT_POWER_TAIL_H
#define SAH_OUTPUT_POWER_TAIL_H
#include <stdbool.h>
#include <stddef.h>

enum { SAH_TAIL_LEAST = 30 }; /* fewer values in a tail are not fitted (assumed) */

struct sah_power_tail {
    double exponent, error; /* and its standard error */
    double xmin, distance;  /* of Kolmogorov and Smirnov */
    size_t n, tail;         /* values >= 1, and of them those >= xmin */
};

/* Values below 1 are not looked at. False where no tail can be fitted; n is told all the
 * same. */
bool sah_power_tail_fit(const double *value, size_t n, struct sah_power_tail *fit);

/* The share of the tail at or above x, x >= xmin. */
double sah_power_tail_above(const struct sah_power_tail *fit, double x);

#endif
