/* The first days stand for the others. */
#include "sim/study/pilot.h"

#include "sim/study/cost.h"
#include "sim/study/limits.h"
#include "sim/study/take.h"

/* Days to come are dearer than the first (limits.c); records shrink when they are packed,
 * and every pack and study.h5 have tables of their own. */
static const double ENOUGH_SECONDS = 1, LATER = 1.2, PACKED = 0.15, TABLE_BYTES = 1e6;

static int step(struct sah_run *run, struct sah_take *take, double *seconds,
                struct sah_error *err) {
    const struct sah_run_watch watch = {.day = sah_take_day, .user = take};
    double begun = sah_thread_seconds(), spent = 0;
    int32_t days = 0;
    int status = SAH_OK;
    while (!status && !sah_world_done(run->world) && spent < ENOUGH_SECONDS) {
        status = sah_run_until(run, run->world->today + 1, &watch, err);
        spent = sah_thread_seconds() - begun;
        days++;
    }
    double left = days ? (double)run->days / days - 1 : 0;
    *seconds = begun - run->opened_thread + spent * (1 + left * LATER);
    return status;
}

int sah_study_pilot(const struct sah_study *study, struct sah_pilot *pilot,
                    struct sah_error *err) {
    struct sah_run run;
    struct sah_take *take = NULL;
    *pilot = (struct sah_pilot){.bytes = sah_need_of(study->base.world).bytes};
    int status = sah_study_begin(study, 0, &run, err);
    if (!status) status = sah_take_begin(study, &run, &take, err);
    if (!status) status = step(&run, take, &pilot->seconds, err);
    if (!status) {
        double share = (double)run.world->tick / (double)run.days;
        double runs = (double)sah_study_runs(study);
        pilot->record_bytes = sah_take_bytes(take) / share;
        pilot->packed_bytes = PACKED * pilot->record_bytes * runs + TABLE_BYTES;
    }
    sah_take_free(take);
    sah_run_close(&run);
    return status;
}
