/* Normal law, by inversion of the distribution function.
 *
 * Wichura, "Algorithm AS 241: the percentage points of the normal distribution"
 * (Applied Statistics 37, 1988), routine PPND16: rational functions of u - 1/2 in the
 * middle and of sqrt(-log u) in the tails, relative error below 1e-15. One uniform per
 * deviate, and a larger uniform gives a larger deviate; the tails end at 8.2 sd. */
#include "sim/kernel/elementary.h"
#include "sim/kernel/law_range.h"

#include <float.h>
#include <math.h> /* sqrt, exact in IEEE */

struct rational {
    double over[8], under[8]; /* coefficients, highest power first */
};

static const struct rational middle = {
    {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853,
     45921.953931549871457, 13731.693765509461125, 1971.5909503065514427,
     133.14166789178437745, 3.387132872796366608},
    {5226.495278852854561, 28729.085735721942674, 39307.89580009271061,
     21213.794301586595867, 5394.1960214247511077, 687.1870074920579083,
     42.313330701600911252, 1.0},
};
static const struct rational tail = {
    {7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
     1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055,
     4.6303378461565452959, 1.42343711074968357734},
    {1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
     0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494,
     2.05319162663775882187, 1.0},
};
static const struct rational far_tail = {
    {2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
     0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358,
     5.4637849111641143699, 6.6579046435011037772},
    {2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
     7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531,
     0.59983220655588793769, 1.0},
};

static double value(const struct rational *form, double r) {
    double over = form->over[0], under = form->under[0];
    for (int i = 1; i < 8; i++) {
        over = over * r + form->over[i];
        under = under * r + form->under[i];
    }
    return over / under;
}

/* The deviate below which a standard normal one falls with probability u. */
static double quantile(double u) {
    double q = u - 0.5;
    if (q >= -0.425 && q <= 0.425) return q * value(&middle, 0.180625 - q * q);
    double r = sqrt(-sah_log(q < 0 ? u : 1 - u));
    double size = r <= 5 ? value(&tail, r - 1.6) : value(&far_tail, r - 5);
    return q < 0 ? -size : size;
}

double sah_normal(struct sah_rng *rng, double mean, double sd) {
    SAH_BUG_IF(!(mean >= -DBL_MAX && mean <= DBL_MAX), "normal mean is not finite");
    SAH_BUG_IF(!(sd >= 0 && sd <= DBL_MAX), "normal sd below 0 or not finite");
    return mean + sd * quantile(sah_uniform(rng));
}
