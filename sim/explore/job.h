/* One run at a time, in processes of its own, so that it can be broken off at any moment
 * and nothing that goes wrong in it takes the server along: first `sahel run`, then
 * `sahel atlas` of what came of it. */
#ifndef SAH_EXPLORE_JOB_H
#define SAH_EXPLORE_JOB_H
#include "sim/kernel/error.h"

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#define SAH_JOB_STATES(X) \
    X(IDLE, "idle")       \
    X(RUNNING, "running") \
    X(DRAWING, "drawing") \
    X(DONE, "done")       \
    X(FAILED, "failed")   \
    X(CANCELLED, "cancelled")

enum sah_job_state {
#define X(name, word) SAH_JOB_##name,
    SAH_JOB_STATES(X)
#undef X
};

enum { SAH_JOB_LINE = 16 * 1024 };

struct sah_job {
    const char *scenario, *threads; /* threads may be NULL */
    char folder[64];                /* of results and pages */
    int number;                     /* of the run, from 1 */
    enum sah_job_state state;
    pid_t pid;
    int log;                 /* what the run says; -1: nobody speaks */
    char line[SAH_JOB_LINE]; /* the line that is being said */
    size_t length;
    char told[SAH_JOB_LINE];   /* the last object that tells how far it is; "" */
    char failed[SAH_JOB_LINE]; /* the last object that tells of an error; "" */
};

/* Makes the folder. */
int sah_job_open(struct sah_job *job, struct sah_error *err);
/* Breaks off what is under way and begins the next run, with `n` texts as of --set. */
int sah_job_start(struct sah_job *job, const char *const *set, size_t n,
                  struct sah_error *err);
void sah_job_cancel(struct sah_job *job);
/* To be called often: hears what is said, goes on to the next step. */
void sah_job_poll(struct sah_job *job);
/* {number, state, told, failed} as JSON. */
void sah_job_tell(const struct sah_job *job, FILE *out);
/* Where the page of a run lies: its path, or false where there is none (any more). */
bool sah_job_page(const struct sah_job *job, int number, char path[static 128]);
/* Breaks off what is under way and removes the folder. */
void sah_job_close(struct sah_job *job);

#endif
