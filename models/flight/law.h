/* The law of flight: how readily people leave, where they go, and when they go on or home.
 * One law for the Sahel model (mechanism 22) and for Flee's inputs (flee_run.c).
 *
 *     leave        rate V/(V + half) (fear - threshold)+           a person and day
 *     go there     (people + 1)^size e^(-km/range) (1 + km/near)^-power / (1 + V/half)
 *     go on, home  1 - e^(-rate days)                               in so many days
 *
 * V is violence there: deaths remembered in the Sahel model, intensity of conflict in
 * Flee's inputs. Each of those who go chooses for itself, so that together they are a
 * multinomial split.
 *
 * Source: gravity of towns after Suleimenova, Bell and Groen (2017), whose weight is
 * 1/km^power; size, the exponential and the halving by violence are ours (assumed). */
#ifndef SAH_FLIGHT_LAW_H
#define SAH_FLIGHT_LAW_H
#include "sim/kernel/elementary.h"
#include "sim/kernel/law.h"

/* How pull depends on size and distance. A size or power of 0 and an endless range leave
 * that part out. */
struct sah_flight_pull {
    double size, range_km, power, near_km;
};

/* The logarithm of what the people of a place weigh, and of its pull at a distance: weights
 * may be so far apart that some would vanish. */
double sah_flight_size(const struct sah_flight_pull *pull, double people);
double sah_flight_log_appeal(const struct sah_flight_pull *pull, double size,
                             double km);

/* What violence there leaves of it; half is left where it is `half`. */
static inline double sah_flight_shunned(double appeal, double violence, double half) {
    return appeal / (1 + violence / half);
}

/* Readiness to leave a place, to be multiplied by fear: saturates in violence. */
static inline float sah_flight_rate(float rate, float violence, float half) {
    return rate * (violence / (violence + half));
}

/* Hazard of leaving: the larger fear counts, above a threshold. */
static inline float sah_flight_hazard(float rate, float threshold, float dread,
                                      float menace) {
    float fear = dread > menace ? dread : menace;
    float above = fear - threshold;
    return rate * (above > 0.0f ? above : 0.0f);
}

/* Chance that a hazard strikes within so many days. */
double sah_flight_chance(double rate, double days);

/* Who goes: so many people out of n parties, one after the other by the weights of their
 * parties, nobody twice. Fewer go where the parties of any weight have no more. Writes
 * how many of each; `weight` is spent, `scratch` has n elements. */
void sah_flight_who(struct sah_rng *rng, int64_t people, double *weight,
                    const int32_t *party, size_t n, int64_t *out, int64_t *scratch);

/* Splits those who go over n places. False, and nobody goes, where no place pulls. */
bool sah_flight_spread(struct sah_rng *rng, int64_t people, const double *weight,
                       size_t n, int64_t *share);

#endif
