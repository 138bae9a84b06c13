/* sahel resume: goes on with a run that was stopped or killed. */
#include "models/registry.h"
#include "output/part.h"
#include "sim/cli/commands.h"
#include "sim/cli/say.h"
#include "sim/cli/stop.h"
#include "sim/cli/target.h"
#include "sim/cli/work.h"

#include <stdlib.h>
#include <unistd.h>

struct resume {
    struct sah_options common;
    struct sah_work work;
};

static const struct sah_option rows[] = {
    SAH_OPTION_MAPS(struct resume, work),
    SAH_OPTION_CHECKPOINT(struct resume, work),
    SAH_OPTION_THREADS,
    SAH_OPTION_FORCE,
    SAH_OPTION_LOG(struct resume, work),
    SAH_OPTION_QUIET,
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .least = 1,
    .most = 1,
    .arguments = "RUN.h5",
    .doc =
        "Go on with a run that was stopped or killed, from its latest checkpoint. The "
        "result is the same, byte for byte in every dataset, as if nothing had "
        "happened; the scenario file may be gone."
        "\v"
        "A run that is finished is left alone.\n\n"
        "Examples:\n  sahel resume run.h5\n  sahel resume run.h5 --threads 1 --quiet",
};

static int nothing_left(const struct resume *own) {
    if (access(own->work.result, F_OK) == 0) {
        sah_part_sweep(own->work.result);
        if (!own->common.quiet)
            fprintf(stderr, "%s is finished; nothing to resume\n", own->work.result);
        return 0;
    }
    struct sah_error err = {0};
    sah_error_add(&err, SAH_MISSING,
                  "%s: there is no such result and no work left of it",
                  own->work.result);
    return sah_say_errors(&err, SAH_MISSING, NULL);
}

static int go_on(const struct resume *own) {
    struct sah_run run = {0};
    struct sah_error err = {0};
    struct sah_run_log log;
    sah_log_open(&log, sah_work_log(&own->work), own->work.result, own->work.maps);
    int code = own->work.maps
                   ? sah_target_check_maps(own->work.maps, own->common.force, &err)
                   : SAH_OK;
    if (!code)
        code = sah_run_resume(sah_families, sah_family_count(), own->work.result,
                              own->common.force, own->work.checkpoint_day, &run, &err);
    return sah_work_do(&own->work, &run, code, &log, &err);
}

int sah_cli_resume(int argc, char **argv) {
    struct resume own = {.work = {.command = sah_cli_command_line(argc, argv),
                                  .checkpoint_day = SAH_CHECKPOINT_AUTO}};
    sah_options_parse(&usage, argc, argv, &own);
    sah_options_apply_threads(&own.common);
    sah_stop_listen();
    own.work.result = own.common.argument[0];
    own.work.quiet = own.common.quiet;
    own.work.force = own.common.force;
    int status = sah_part_is_work(own.work.result) ? go_on(&own) : nothing_left(&own);
    free(own.work.command);
    sah_options_free(&own.common);
    return status;
}
