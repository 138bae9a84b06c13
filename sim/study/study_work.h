/* One run of a study, claimed, done and saved. Whoever works on a study comes through
 * here: processes of one machine, ranks of MPI, shards of a batch system. */
#ifndef SAH_STUDY_STUDY_WORK_H
#define SAH_STUDY_STUDY_WORK_H
#include "sim/study/record.h"
#include "sim/study/study_folder.h"

#include <stdatomic.h>

enum sah_work_end {
    SAH_WORK_DONE,   /* now, or by another process before */
    SAH_WORK_FAILED, /* its record says why */
    SAH_WORK_BUSY,   /* another process is at it */
};

struct sah_work_place {
    const struct sah_study *study;
    struct sah_study_folder *folder; /* of this process: its claims */
    bool retry;                      /* what failed before is tried again */
    const atomic_int *stop;
};

/* A run that fails by what it was asked is saved as failed; want of memory or disk, and
 * SAH_STOPPED, come back and leave the run as it was. */
int sah_study_work(const struct sah_work_place *place, size_t run,
                   enum sah_work_end *end, struct sah_error *err);

/* Is there a sound record of the run, and what does it say? SAH_MISSING, without a
 * message, where there is none; one that is damaged is told, and counts as missing. */
int sah_study_recorded(const struct sah_study_folder *folder, size_t run,
                       enum sah_record_state *state, struct sah_error *err);

#endif
