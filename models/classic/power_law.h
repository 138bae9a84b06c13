/* Power laws in counts: P(x) proportional to x^-alpha for whole x >= xmin.
 *
 * Clauset, Shalizi and Newman 2009, "Power-law distributions in empirical data", SIAM
 * Review 51: alpha by maximum likelihood, xmin where the law fits best (least distance of
 * Kolmogorov and Smirnov). Looks at results; changes no state. */
#ifndef CLASSIC_POWER_LAW_H
#define CLASSIC_POWER_LAW_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct power_law {
    double alpha, error; /* NAN where there are too few */
    size_t xmin;
    double distance; /* of Kolmogorov and Smirnov */
    int64_t n;       /* values from xmin on */
};

/* count[x] values of x, 0 <= x <= most. The tail must keep `least` values. */
struct power_law sah_power_law_fit(const int64_t *count, size_t most, int64_t least);
/* With xmin given. */
struct power_law sah_power_law_at(const int64_t *count, size_t most, size_t xmin);

#endif
