/* Gathering and scattering: the state, for its tests. */
#ifndef CLASSIC_BOHORQUEZ_H
#define CLASSIC_BOHORQUEZ_H
#include "sim/kernel/world.h"

#define BOHORQUEZ_COLUMNS(X)                                 \
    X(uint64_t, id, "1", SAH_KEEP, "Identity, never reused") \
    X(int32_t, cell, "1", SAH_KEEP, "0: there is no land")   \
    X(int32_t, group, "1", SAH_KEEP, "Number of the group")  \
    X(int32_t, next, "1", SAH_KEEP, "The next fighter around the group")

struct bohorquez_fighters {
    struct sah_population base;
    BOHORQUEZ_COLUMNS(SAH_COLUMN_POINTER)
};

struct bohorquez {
    struct bohorquez_fighters fighters;
    /* state, by number of the group; numbers come free when a group ends */
    int32_t *size, *head; /* fighters, and one of them; size 0: free */
    int32_t *place;       /* in `order` */
    int32_t *order;       /* groups there are, then free numbers */
    int64_t *ngroups;
    int64_t *struck; /* attacks so far by strength, [fighters + 1] */
    int64_t *today;  /* attacks, strength */
};

extern const struct sah_model sah_model_gathering;
extern const struct sah_family sah_family_bohorquez;

#endif
