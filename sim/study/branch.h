/* Branches: one past, many futures.
 *
 * The past of a result is run once, up to the eve of a date; each branch begins with the
 * state of that eve, under the result's own scenario with an overlay laid upon it and with a
 * seed of its own. Draws are keyed by seed and day, so no state of chance is carried over,
 * and branch 0 without an overlay is what the result itself went on with.
 *
 *     sah_branch_open     reads all, checks the overlay against the past; runs nothing
 *     sah_branch_past     runs the past, keeps its last state
 *     sah_branch_begin    a run on that eve; then record, days, finish, close of run.h
 *     sah_branch_close
 *
 * After sah_branch_past a branch is only read: replicates may begin in any order, in
 * threads or in processes forked. */
#ifndef SAH_STUDY_BRANCH_H
#define SAH_STUDY_BRANCH_H
#include "sim/study/run.h"

struct sah_branch_request {
    const char *result;     /* path of the file to go on from */
    int32_t day;            /* the first of the branches */
    const char *overlay;    /* path of a file; may be NULL */
    const char *const *set; /* "key.path=value", laid last */
    size_t nset;
    const struct sah_family *const *families;
    size_t nfamilies;
    /* Asked before any world is built (run.h); may be NULL. */
    int (*admit)(const struct sah_world *world, void *host, struct sah_error *err);
    void *host;
};

struct sah_branch;

/* The request's texts must outlive the branch. All mistakes of the overlay are in `err`.
 */
int sah_branch_open(const struct sah_branch_request *request,
                    struct sah_branch **branch, struct sah_error *err);
/* `watch` sees the days of the past; SAH_STOPPED where it was heard. */
int sah_branch_past(struct sah_branch *branch, const struct sah_run_watch *watch,
                    struct sah_error *err);
/* `run` is filled; close it in any case, before the branch. */
int sah_branch_begin(const struct sah_branch *branch, int64_t replicate,
                     struct sah_run *run, struct sah_error *err);
void sah_branch_close(struct sah_branch *branch);

/* Is `path` this replicate, finished? SAH_EXISTS where it is something else. */
int sah_branch_done(const struct sah_branch *branch, int64_t replicate,
                    const char *path, bool *done, struct sah_error *err);

/* The period from the first day of the past to the last of the branches. */
struct sah_branch_span {
    int32_t start, day, end;
};
struct sah_branch_span sah_branch_span(const struct sah_branch *branch);

/* The seed of a replicate: `base` for replicate 0, else the upper 53 bits of the
 * replicate's draw of SplitMix64 (Steele, Lea and Flood 2014) begun at `base`. */
int64_t sah_branch_seed(int64_t base, int64_t replicate);

#endif
