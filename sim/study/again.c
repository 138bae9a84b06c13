/* The past of a result, stage by stage; each hands its last state to the next. */
#include "sim/study/again.h"

#include "sim/kernel/calendar.h"

#include <string.h>

int sah_again_open(const struct sah_again *again, struct sah_run_request request,
                   struct sah_run *run, struct sah_error *err) {
    const struct sah_geo_file *files = NULL;
    size_t nfiles = 0;
    struct sah_geography *geo = NULL;
    *run = (struct sah_run){0};
    int status = sah_result_geography(again->result, &files, &nfiles, err);
    if (!status && nfiles) status = sah_geography_parse(files, nfiles, &geo, err);
    if (status) return status;
    request.geo = geo;
    request.scenario = sah_result_run(again->result)->path;
    request.length = strlen(request.yaml);
    request.families = again->families;
    request.nfamilies = again->nfamilies;
    return sah_run_open(&request, run, err);
}

/* Opens a scenario where `state` (empty: day 0) left the one before. */
static int open_stage(const struct sah_again *again, const char *yaml,
                      struct sah_snapshot *state, struct sah_run *run,
                      struct sah_error *err) {
    int status =
        sah_again_open(again, (struct sah_run_request){.yaml = yaml}, run, err);
    if (!status && state->data) status = sah_run_take_up(run, state, NULL, err);
    sah_snapshot_free(state);
    return status;
}

/* Runs a stage of the past and keeps how it ended. */
static int run_stage(const struct sah_again *again, const struct sah_stage *stage,
                     struct sah_snapshot *state, struct sah_error *err) {
    struct sah_run run = {0};
    int status = open_stage(again, stage->yaml, state, &run, err);
    if (!status) status = sah_run_until(&run, stage->last, again->watch, err);
    if (!status) status = sah_snapshot_take(run.world, state, err);
    sah_run_close(&run);
    return status;
}

int sah_again_begin(const struct sah_again *again, struct sah_run *run,
                    struct sah_error *err) {
    struct sah_lineage past;
    struct sah_snapshot state = {0};
    const char *yaml = NULL;
    *run = (struct sah_run){0};
    int status = sah_result_lineage(again->result, &past, err);
    if (status) return status;
    for (size_t i = 0; !status && i < past.nstages; i++)
        status = run_stage(again, &past.stage[i], &state, err);
    if (!status) status = sah_result_scenario(again->result, &yaml, err);
    if (!status) status = open_stage(again, yaml, &state, run, err);
    sah_snapshot_free(&state);
    sah_lineage_free(&past);
    return status;
}

static int compare(const struct sah_again *again, const struct sah_run *run,
                   const struct sah_result_digest *told, struct sah_error *err) {
    const struct sah_result_run *made = sah_result_run(again->result);
    char now[33], day[11];
    sah_digest_text(sah_world_digest(run->world), now);
    if (strcmp(now, told->hex) == 0) return SAH_OK;
    sah_day_text(told->day, day);
    return sah_error_add(
        err, SAH_INPUT,
        "%s: its past does not come out again: the digest of %s was %s, "
        "now it is %s; it was made by sahel %s (%s)",
        made->path, day, told->hex, now, made->version, made->commit);
}

int sah_again_until(const struct sah_again *again, struct sah_run *run, int32_t day,
                    struct sah_error *err) {
    const struct sah_result_digest *told = NULL;
    size_t n = 0;
    int status = sah_result_digests(again->result, &told, &n, err);
    for (size_t i = 0; !status && i < n && told[i].day <= day; i++) {
        if (told[i].day <= run->world->today) continue;
        status = sah_run_until(run, told[i].day, again->watch, err);
        if (!status) status = compare(again, run, &told[i], err);
    }
    return status ? status : sah_run_until(run, day, again->watch, err);
}
