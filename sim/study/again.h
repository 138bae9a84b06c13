/* A result repeated from what it carries, and how far it comes out the same.
 *
 * A branch carries its past: the scenarios before its own. They are run first, unrecorded.
 */
#ifndef SAH_STUDY_AGAIN_H
#define SAH_STUDY_AGAIN_H
#include "output/result.h"
#include "sim/study/run.h"

struct sah_again {
    struct sah_result *result;
    const struct sah_family *const *families;
    size_t nfamilies;
    const struct sah_run_watch *watch; /* of all days; may be NULL */
};

/* A run of one more scenario on the land of the result: `request` says all but families
 * and land. */
int sah_again_open(const struct sah_again *again, struct sah_run_request request,
                   struct sah_run *run, struct sah_error *err);

/* The world as it stood before the first day of the result. `run` is to be closed in any
 * case. */
int sah_again_begin(const struct sah_again *again, struct sah_run *run,
                    struct sah_error *err);
/* To the end of a day. SAH_INPUT where the state differs from what the result tells of the
 * ends of its months: another program made it. */
int sah_again_until(const struct sah_again *again, struct sah_run *run, int32_t day,
                    struct sah_error *err);

#endif
