/* Gamma law:  density proportional to x^(shape-1) e^(-x/scale)
 *
 * Marsaglia and Tsang, "A simple method for generating gamma variables" (ACM TOMS 26,
 * 2000): a cubed normal deviate, rarely rejected. Below shape 1, a deviate of shape + 1
 * times u^(1/shape); shapes below about 0.01 give values that underflow to 0. */
#include "sim/kernel/elementary.h"
#include "sim/kernel/law_range.h"

#include <float.h>
#include <math.h> /* sqrt, exact in IEEE */

/* Unit scale, shape >= 1. */
static double cubed_normal(struct sah_rng *rng, double shape) {
    double d = shape - 1.0 / 3.0;
    double c = 1 / sqrt(9 * d);
    for (;;) {
        double x = sah_normal(rng, 0, 1);
        double root = 1 + c * x;
        double u = sah_uniform(rng);
        if (root <= 0) continue;
        double v = root * root * root;
        double square = x * x;
        if (u < 1 - 0.0331 * square * square) return d * v;
        if (sah_log(u) < 0.5 * square + d * (1 - v + sah_log(v))) return d * v;
    }
}

double sah_gamma(struct sah_rng *rng, double shape, double scale) {
    SAH_BUG_IF(!(shape > 0 && shape <= DBL_MAX),
               "gamma shape not above 0 or not finite");
    SAH_BUG_IF(!(scale >= 0 && scale <= DBL_MAX), "gamma scale below 0 or not finite");
    if (shape >= 1) return scale * cubed_normal(rng, shape);
    double x = cubed_normal(rng, shape + 1);
    return scale * (x * sah_exp(sah_log(sah_uniform(rng)) / shape));
}
