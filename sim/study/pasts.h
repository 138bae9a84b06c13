/* Pasts: a scenario run to one or more days, several times with seeds of their own, and the
 * states kept that futures go on from. */
#ifndef SAH_STUDY_PASTS_H
#define SAH_STUDY_PASTS_H
#include "sim/study/run.h"

struct sah_pasts {
    size_t n, ndays;
    struct sah_snapshot *state; /* [day][past] */
};

/* `day` rises; each is the last day of a past. `set` of the request may hold no seed: that
 * of past r is sah_seed_of(seed, r). SAH_STOPPED where the watch says so. Free in any case. */
int sah_pasts_make(const struct sah_run_request *request, uint64_t seed, size_t n,
                   const int32_t *day, size_t ndays, const struct sah_run_watch *watch,
                   struct sah_pasts *pasts, struct sah_error *err);
void sah_pasts_free(struct sah_pasts *pasts);

#endif
