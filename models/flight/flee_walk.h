/* Another rule to compare with: people who walk from place to place, each time choosing the
 * next one, as in Flee. Written from its description, with the defaults of Flee 3:
 *
 *     chance to set out a day   1 amid conflict, `move_on` in a camp, 0.3 elsewhere
 *     weight of the next place  c^intensity / (10 km + km) times room,   c = 10^-0.5
 *
 * Who has come less than a day's way goes on the same day by the same chances. Simpler than
 * there: after a way of several days nobody goes on before the next.
 *
 * Source: Suleimenova, Bell and Groen (2017); the documentation of Flee 3. */
#ifndef SAH_FLEE_WALK_H
#define SAH_FLEE_WALK_H
#include "models/flight/flee_roads.h"
#include "sim/kernel/rng.h"

struct flee_walk {
    const struct flee_roads *roads;
    double speed;
    double *upto;   /* [arc out], weights of today cumulated place by place */
    double *chance; /* [place], to set out */
};
struct flee_step {
    int place;
    int days; /* on the way */
};

int sah_flee_walk_open(struct flee_walk *walk, const struct flee_roads *roads,
                       double speed, struct sah_error *err);
void sah_flee_walk_close(struct flee_walk *walk);
/* Weights and chances of a day; `conflict` and `room` (0 to 1) by place. */
void sah_flee_walk_on(struct flee_walk *walk, const float *conflict, const double *room,
                      double move_on);
/* Where somebody who sets out from there comes. */
struct flee_step sah_flee_walk_from(const struct flee_walk *walk, int place,
                                    struct sah_rng *rng);

#endif
