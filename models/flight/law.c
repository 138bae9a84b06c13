/* The law of flight: see law.h. */
#include "models/flight/law.h"

double sah_flight_size(const struct sah_flight_pull *pull, double people) {
    return pull->size * sah_log(people + 1);
}

double sah_flight_log_appeal(const struct sah_flight_pull *pull, double size,
                             double km) {
    double log = size - km / pull->range_km;
    if (pull->power > 0) log -= pull->power * sah_log1p(km / pull->near_km);
    return log;
}

double sah_flight_chance(double rate, double days) {
    return -sah_expm1(-rate * days);
}

bool sah_flight_spread(struct sah_rng *rng, int64_t people, const double *weight,
                       size_t n, int64_t *share) {
    double sum = 0;
    for (size_t k = 0; k < n; k++) sum += weight[k];
    if (!(sum > 0)) return false;
    sah_multinomial(rng, people, weight, n, share);
    return true;
}
