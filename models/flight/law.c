/* The law of flight: see law.h. */
#include "models/flight/law.h"

#include <string.h>

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

/* The first of n parties whose cumulated weight lies above `at`. */
static size_t find_part(const double *upto, size_t n, double at) {
    size_t low = 0, high = n - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (upto[middle] > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* One more, of a party that has one left. */
static void one_more(struct sah_rng *rng, const double *upto, const int32_t *party,
                     size_t n, int64_t *out) {
    enum { TRIES = 64 }; /* then nearly all have gone */
    for (int k = 0; k < TRIES; k++) {
        size_t i = find_part(upto, n, sah_uniform(rng) * upto[n - 1]);
        if (out[i] >= party[i]) continue;
        out[i]++;
        return;
    }
}

static double sum_of(const double *weight, size_t n) {
    double sum = 0;
    for (size_t k = 0; k < n; k++) sum += weight[k];
    return sum;
}

/* Takes in a round's draws; returns those in excess of their party. */
static int64_t take(double *weight, const int32_t *party, size_t n,
                    const int64_t *drawn, int64_t *out) {
    int64_t excess = 0;
    for (size_t k = 0; k < n; k++) {
        out[k] += drawn[k];
        if (out[k] < party[k]) continue;
        excess += out[k] - party[k];
        out[k] = party[k];
        weight[k] = 0;
    }
    return excess;
}

/* As one after the other would, whom it is no matter when: draws that fall to a party
 * that has gone in whole are made again. So all are drawn at once, and then the excess. */
static void together(struct sah_rng *rng, int64_t people, double *weight,
                     const int32_t *party, size_t n, int64_t *out, int64_t *scratch) {
    while (people > 0 && sum_of(weight, n) > 0) {
        sah_multinomial(rng, people, weight, n, scratch);
        people = take(weight, party, n, scratch, out);
    }
}

void sah_flight_who(struct sah_rng *rng, int64_t people, double *weight,
                    const int32_t *party, size_t n, int64_t *out, int64_t *scratch) {
    memset(out, 0, n * sizeof *out);
    if ((size_t)people >= n) {
        together(rng, people, weight, party, n, out, scratch);
        return;
    }
    for (size_t k = 1; k < n; k++) weight[k] += weight[k - 1];
    if (!(weight[n - 1] > 0)) return;
    for (int64_t k = 0; k < people; k++) one_more(rng, weight, party, n, out);
}

bool sah_flight_spread(struct sah_rng *rng, int64_t people, const double *weight,
                       size_t n, int64_t *share) {
    if (!(sum_of(weight, n) > 0)) return false;
    sah_multinomial(rng, people, weight, n, share);
    return true;
}
