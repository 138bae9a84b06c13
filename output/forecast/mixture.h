/* The most likely weights of a mixture.
 *
 * With l_ip the chance that part p gave to what came in case i, the weights
 *
 *   maximise  sum over i of log (sum over p of w_p l_ip) + sum over p of log w_p
 *   on        sum over p of w_p = 1, all w_p > 0
 *
 * The second term is a Dirichlet prior of 2 for each part: it keeps weights off the borders,
 * and makes the maximum of this concave function one point, also where two parts are alike. */
#ifndef SAH_OUTPUT_FORECAST_MIXTURE_H
#define SAH_OUTPUT_FORECAST_MIXTURE_H
#include "sim/kernel/error.h"

enum { SAH_MIXTURE_STEPS = 100 }; /* usually ten are enough */

struct sah_mixture {
    size_t n, np;         /* cases, parts */
    const double *chance; /* [n][np], all above 0 */
};

/* Fills weight[np] in at most `steps` steps. SAH_CHECK with a message where chances are no
 * numbers, or where the weights still move after that. */
int sah_mixture_fit(const struct sah_mixture *mixture, int steps, double *weight,
                    struct sah_error *err);
/* The first term: natural logarithm of the likelihood. */
double sah_mixture_likelihood(const struct sah_mixture *mixture, const double *weight);

#endif
