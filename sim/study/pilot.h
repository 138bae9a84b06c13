/* What a study will cost, told from the beginning of its first run. */
#ifndef SAH_STUDY_PILOT_H
#define SAH_STUDY_PILOT_H
#include "sim/study/study.h"

struct sah_pilot {
    double seconds;      /* of the processor, for one run on one thread */
    double bytes;        /* of memory, for one process */
    double record_bytes; /* on the disk, for one run until it is packed */
    double packed_bytes; /* for all, in the end */
};

/* Steps run 0 for at most a second and tells the rest from that. */
int sah_study_pilot(const struct sah_study *study, struct sah_pilot *pilot,
                    struct sah_error *err);

#endif
