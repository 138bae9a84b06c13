/* Local workers: processes that share the runs of a study.
 *
 * The study is opened once and forked; a worker has its land and its scenario at once. Runs
 * are handed out in their order by a counter in shared memory and claimed on the disk, so
 * that other crews may work on the same study. A worker that dies is replaced, and its run
 * done again; when the master dies its workers are ended by the system.
 *
 * The caller must not have used more than one thread before. */
#ifndef SAH_STUDY_CREW_H
#define SAH_STUDY_CREW_H
#include "sim/study/study_work.h"

enum { SAH_CREW_JOBS = 256, SAH_CREW_ATTEMPTS = 5 };

struct sah_crew {
    /* filled by the caller */
    const struct sah_study *study;
    struct sah_study_folder *folder;
    size_t jobs;
    int threads;          /* of each */
    size_t shard, shards; /* runs r with r % shards == shard; 0, 1: all */
    bool fail_fast, retry;
    const atomic_int *stop;
    void (*done)(void *user, size_t done, size_t runs); /* of what was missing */
    void *user;
    /* found */
    size_t runs, found, made,
        failed;    /* of the shard: all; sound before; made now; failed
                                         ones among all */
    size_t deaths; /* of workers */
};

/* SAH_STOPPED, without a message, where `stop` was heard or fail_fast struck. */
int sah_crew_work(struct sah_crew *crew, struct sah_error *err);

#endif
