/* Workers that are ranks of an MPI job: `mpirun sahel study run ...`.
 *
 * Rank 0 knows what is missing and hands it out, one run after the other, to whoever asks;
 * the others work. Runs are claimed on the disk as by any crew (claims.h), so that a job
 * may share a study with others. When a rank is killed, MPI ends the job; what was done is
 * on the disk, and the next job goes on.
 *
 * Built without MPI (SAH_MPI off), or started without mpirun, there is one rank. */
#ifndef SAH_STUDY_RANKS_H
#define SAH_STUDY_RANKS_H
#include "sim/study/crew.h"

struct sah_ranks {
    int rank, size; /* of this process; how many there are */
    bool is_mpi;
};

/* False where mpirun started a program that does not know MPI. */
bool sah_ranks_begin(struct sah_ranks *ranks);
/* The largest of what the ranks say; waits for all. One rank: what it says. */
int sah_ranks_agree(const struct sah_ranks *ranks, int said);
/* As sah_crew_work, by at least two ranks; what is found is filled in on rank 0, whose
 * status is told, and no crew is forked. */
int sah_ranks_work(const struct sah_ranks *ranks, struct sah_crew *crew,
                   struct sah_error *err);
void sah_ranks_end(const struct sah_ranks *ranks);

#endif
