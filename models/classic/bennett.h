/* Fear and anger: the state, for its tests. */
#ifndef CLASSIC_BENNETT_H
#define CLASSIC_BENNETT_H
#include "sim/kernel/world.h"

#define BENNETT_COLUMNS(X)                                                      \
    X(uint64_t, id, "1", SAH_KEEP, "Identity, never reused")                    \
    X(int32_t, cell, "1", SAH_KEEP, "Cell")                                     \
    X(float, anger, "1", SAH_KEEP, "Anger at the government, 0 to 1")           \
    X(float, fear, "1", SAH_KEEP, "Fear, 0 to 1")                               \
    X(float, threshold, "1", SAH_KEEP, "Anger that violence takes, 0 to 1")     \
    X(int32_t, hurt, "1", SAH_KEEP, "1 while a strike that hurt it is settled") \
    X(uint8_t, role, "1", SAH_KEEP, "0 civilian, 1 insurgent, 2 soldier")

struct bennett_people {
    struct sah_population base;
    BENNETT_COLUMNS(SAH_COLUMN_POINTER)
};

enum bennett_role { BENNETT_CIVILIAN, BENNETT_INSURGENT, BENNETT_SOLDIER };
enum bennett_tally {
    BENNETT_ATTACKS,
    BENNETT_REMOVED,
    BENNETT_HURT,
    BENNETT_TURNED,
    BENNETT_TALLIES
};

struct bennett {
    struct bennett_people people;
    int64_t *today; /* state: [BENNETT_TALLIES] */
};

extern const struct sah_model sah_model_insurgency;
extern const struct sah_family sah_family_bennett;

#endif
