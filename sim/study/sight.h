/* Today's values of what a run shows, read once however many look. */
#ifndef SAH_STUDY_SIGHT_H
#define SAH_STUDY_SIGHT_H
#include "sim/kernel/world.h"

struct sah_sight {
    const struct sah_observable *what;
    size_t count;
    double *value; /* [count], of `day` */
    int32_t day;
};

struct sah_sights { /* begins as zeros */
    size_t n;
    struct sah_sight **row;
};

/* The sight of an observable; NULL without memory. It stays where it is. */
struct sah_sight *sah_sights_of(struct sah_sights *sights,
                                const struct sah_world *world,
                                const struct sah_observable *what);
void sah_sights_free(struct sah_sights *sights);

/* The values of the world's today; changes nothing in the world. */
const double *sah_sight_today(struct sah_sight *sight, const struct sah_world *world);

#endif
