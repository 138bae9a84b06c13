/* A swarm of points that is led from the whole prior into a part of it.
 *
 * It begins as points of the Sobol' sequence in the unit cube. `sah_swarm_enter` leads it into
 * where a score is at most a bound, over levels that half of it meets: subset simulation
 * (Au and Beck 2001), which also tells the share of the prior that is left.
 * `sah_swarm_weigh` leads it to the law with a given log density, over rising powers of it
 * that leave half the swarm's weight: sequential Monte Carlo (Del Moral, Doucet and Jasra
 * 2006). Within a level, points move by Metropolis steps along the difference of two others
 * (ter Braak 2006), reflected at the walls. Draws are keyed by the seed. */
#ifndef SAH_STUDY_CALIBRATE_SWARM_H
#define SAH_STUDY_CALIBRATE_SWARM_H
#include "sim/kernel/error.h"

#include <stddef.h>
#include <stdint.h>

typedef double sah_swarm_score(void *user, const double *x);

struct sah_swarm {
    /* filled by the caller */
    size_t n, d;
    uint64_t seed;
    sah_swarm_score *score;
    void *user;
    /* found */
    double *at;    /* [n][d] */
    double *value; /* [n], of the score */
    size_t levels;
    uint32_t sweeps; /* so far: keys of draws */
    double *room;
};

/* n points of the whole prior; free in any case. */
int sah_swarm_create(struct sah_swarm *swarm, struct sah_error *err);
void sah_swarm_free(struct sah_swarm *swarm);

/* Where the bound cannot be reached the swarm stays at the lowest level reached, told in
 * `reached`. `share` is the share of the prior at that level. */
void sah_swarm_enter(struct sah_swarm *swarm, double bound, double *share,
                     double *reached);
/* SAH_CHECK where no point of the prior has a density. */
int sah_swarm_weigh(struct sah_swarm *swarm, struct sah_error *err);

/* Picks `n` points of the swarm one by one, each as far as can be from those picked before
 * and from the `nbefore` points given; out[n] are their numbers. */
int sah_swarm_spread(const struct sah_swarm *swarm, const double *before,
                     size_t nbefore, size_t n, size_t *out, struct sah_error *err);

#endif
