/* Exponential law of a waiting time, by inversion:  t = -mean log u */
#include "sim/kernel/elementary.h"
#include "sim/kernel/law_range.h"

#include <float.h>

double sah_exponential(struct sah_rng *rng, double mean) {
    SAH_BUG_IF(!(mean >= 0 && mean <= DBL_MAX),
               "mean of a waiting time below 0 or not finite");
    return -mean * sah_log(sah_uniform(rng));
}
