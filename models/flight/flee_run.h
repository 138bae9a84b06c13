/* The law of flight (law.h) on a case of Flee: one agent is one person.
 *
 * On each day people flee from places in conflict, as many as the lists of camps gained
 * (Flee's rule: a loss is a debt on later gains), each place with weight people times the
 * law's rate. Each chooses a camp by the law, over the shortest open way, travels
 * `speed` km a day, and stays, goes on to another camp, or goes home once it is calm.
 *
 * Chance is keyed by (seed, purpose, person, day): the same on any number of threads. */
#ifndef SAH_FLEE_RUN_H
#define SAH_FLEE_RUN_H
#include "models/flight/flee_case.h"
#include "sim/kernel/digest.h"
#include "sim/kernel/param.h"

enum sah_flee_day0 {
    SAH_FLEE_DAY0_CAMPS, /* who is registered on day 0 is in the camps */
    SAH_FLEE_DAY0_ZONES, /* flees on day 0 */
    SAH_FLEE_DAY0_EMPTY, /* is left out, of the lists too */
};
enum sah_flee_newcomers {
    SAH_FLEE_OF_CAMPS, /* as many as all lists of camps together gained */
    SAH_FLEE_OF_TOTAL, /* as the list "total" gained */
};
enum sah_flee_rule { SAH_FLEE_LAW, SAH_FLEE_NEAREST, SAH_FLEE_UNIFORM, SAH_FLEE_WALK };

struct sah_flee_settings {
    double size, range_km, power, near_km, half, leave, move_on, return_rate, calm;
    double room, speed, fade;
    int day0, newcomers, rule; /* enum sah_flee_day0, _newcomers, _rule */
    int64_t seed;
};
extern const struct sah_param sah_flee_params[]; /* of struct sah_flee_settings */
void sah_flee_defaults(struct sah_flee_settings *settings);

enum { SAH_FLEE_MOST_PEOPLE = 50000000 };

struct sah_flee_run {
    int days;
    size_t ncamps;
    int64_t *simulated; /* [days][ncamps], people there at the end of the day */
    int64_t *lists; /* [days][ncamps], as registered, less day 0 where it is empty */
    int64_t *fled, *away, *road, *debt, *home; /* [days]: new, at places left or on the
                           way, of these on the road, Flee's debt (below 0: who flees
                           once there is conflict), gone home so far */
    double agent_days;
    struct sah_digest digest; /* of all people and all days */
};

/* The first `days` days of the case. */
int sah_flee_run(const struct sah_flee_case *flee,
                 const struct sah_flee_settings *settings, int days,
                 struct sah_flee_run *run, struct sah_error *err);
void sah_flee_run_free(struct sah_flee_run *run);

#endif
