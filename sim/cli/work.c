/* Stepping, packing and drawing, with signals heard and every end told. */
#include "sim/cli/work.h"

#include "output/map_result.h"
#include "sim/cli/say.h"
#include "sim/cli/stop.h"
#include "sim/kernel/unit.h"
#include "sim/study/cost.h"

#include <string.h>

const char *const sah_work_logs[] = {"json", "text", NULL};

void sah_work_read_checkpoint(struct argp_state *state, const char *text, void *at) {
    double day;
    if (!sah_quantity_parse(text, "day", &day) || day < 0 || day > 1e6 ||
        (day > 0 && day < 1))
        argp_error(state, "--checkpoint-every %s: expected a time such as 90d, or 0",
                   text);
    *(int32_t *)at = (int32_t)day;
}

enum sah_log_kind sah_work_log(const struct sah_work *work) {
    if (work->quiet) return SAH_LOG_NONE;
    bool json = work->log && strcmp(work->log, "json") == 0;
    return json ? SAH_LOG_JSON : SAH_LOG_TEXT;
}

/* ---- the work -------------------------------------------------------------------- */

/* What is left, and how to go on. */
static void tell_rest(const struct sah_work *own, const struct sah_run *run,
                      const char *cause, struct sah_run_log *log) {
    sah_log_break(log);
    if (log->kind == SAH_LOG_JSON) return;
    fprintf(stderr,
            "%s after %s; %s was not written\n"
            "to go on from the latest checkpoint: sahel resume %s\n",
            cause, sah_say_day(run->world->today).text, own->result, own->result);
}

static int stopped(const struct sah_work *own, const struct sah_run *run, int number,
                   struct sah_run_log *log) {
    char cause[64];
    snprintf(cause, sizeof cause, "stopped by %s", sah_stop_name(number));
    tell_rest(own, run, cause, log);
    sah_log_finish(log, run, &(struct sah_log_end){128 + number, "stopped"});
    return 128 + number;
}

static int failed(const struct sah_work *own, const struct sah_run *run, int code,
                  struct sah_run_log *log, struct sah_error *err) {
    sah_log_errors(log, err, code, NULL);
    tell_rest(own, run, "the run failed", log);
    sah_log_finish(log, run, &(struct sah_log_end){SAH_EXIT_FAILED, "failed"});
    return SAH_EXIT_FAILED;
}

static int draw_maps(const struct sah_work *own, struct sah_run_log *log,
                     struct sah_error *err) {
    double begun = sah_wall_seconds();
    if (log->kind == SAH_LOG_TEXT && log->is_terminal) {
        sah_log_break(log);
        fputs("drawing maps ...", stderr);
        log->is_open = true;
    }
    int status = sah_map_set(own->result, own->maps, ".png", own->force, err);
    if (log->is_open) fputs("\r\033[K", stderr);
    log->is_open = false;
    log->maps_seconds = sah_wall_seconds() - begun;
    return status;
}

static int work(const struct sah_work *own, struct sah_run *run,
                struct sah_run_log *log, struct sah_error *err) {
    const atomic_int *stop = sah_stop_listen();
    struct sah_run_watch watch = {.day = sah_log_day, .user = log, .stop = stop};
    int status = sah_run_days(run, &watch, err);
    if (status == SAH_STOPPED) return stopped(own, run, *stop, log);
    if (!status) status = sah_run_finish(run, own->command, err);
    if (status) return failed(own, run, status, log, err);
    if (own->maps) status = draw_maps(own, log, err);
    if (status) {
        sah_log_errors(log, err, status, NULL);
        if (log->kind != SAH_LOG_JSON)
            fprintf(stderr, "%s is complete; only the maps are not\n", own->result);
        sah_log_finish(log, run, &(struct sah_log_end){SAH_EXIT_FAILED, "failed"});
        return SAH_EXIT_FAILED;
    }
    sah_log_finish(log, run, &(struct sah_log_end){0, "done"});
    return 0;
}

int sah_work_do(const struct sah_work *own, struct sah_run *run, int code,
                struct sah_run_log *log, struct sah_error *err) {
    int status;
    if (code) {
        status = sah_log_errors(log, err, code, "nothing was run");
    } else {
        sah_log_start(log, run);
        status = work(own, run, log, err);
    }
    sah_run_close(run);
    sah_error_clear(err);
    return status;
}
