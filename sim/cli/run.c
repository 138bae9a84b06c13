/* sahel run: one scenario, one result, maps if wanted. */
#include "sim/cli/commands.h"
#include "sim/cli/scenario.h"
#include "sim/cli/stop.h"
#include "sim/cli/target.h"
#include "sim/cli/work.h"

#include <stdlib.h>
#include <string.h>

struct run {
    struct sah_options common;
    struct sah_work work;
};

static const struct sah_option rows[] = {
    {"output", 'o', "FILE", "Write the result to FILE", 0,
     SAH_TEXT(struct run, work.result),
     .need = "where to? Give -o FILE, such as -o run.h5"},
    SAH_OPTION_MAPS(struct run, work),
    SAH_OPTION_CHECKPOINT(struct run, work),
    SAH_OPTION_SET,
    SAH_OPTION_THREADS,
    SAH_OPTION_MEMORY,
    SAH_OPTION_FORCE,
    SAH_OPTION_LOG(struct run, work),
    SAH_OPTION_QUIET,
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .least = 1,
    .most = 1,
    .arguments = "SCENARIO.yaml -o FILE",
    .doc = "Run a scenario and keep what came of it in one self-describing HDF5 file."
           "\v"
           "All messages go to standard error. SIGINT (Ctrl-C) and SIGTERM end the run "
           "at the end of its day in a checkpoint, with status 130 and 143; a second "
           "one ends it at once. After any end, 'sahel resume FILE' goes on.\n\n"
           "Examples:\n  sahel run scenarios/sahel/base.yaml -o run.h5 --maps maps\n"
           "  sahel run scenarios/sahel/base.yaml -o dry.h5 --set run.seed=7 "
           "--threads 1",
};

/* ---- refusals before anything is done -------------------------------------------- */

static int check_targets(const struct run *own, struct sah_error *err) {
    int status = sah_target_check(own->work.result, own->common.force, err);
    if (sah_target_same(own->work.result, own->common.argument[0]))
        status = sah_error_add(err, SAH_INPUT, "%s: the scenario itself is no target",
                               own->work.result);
    int maps = own->work.maps
                   ? sah_target_check_maps(own->work.maps, own->common.force, err)
                   : SAH_OK;
    return status ? status : maps;
}

static int open_run(const struct run *own, struct sah_run *run, struct sah_error *err) {
    struct sah_run_request request = sah_cli_request(&own->common);
    int status = check_targets(own, err);
    if (!status) status = sah_run_open(&request, run, err);
    if (!status)
        status = sah_run_record(run, own->work.result, own->common.force,
                                own->work.checkpoint_day, err);
    return status;
}

int sah_cli_run(int argc, char **argv) {
    struct run own = {.work = {.command = sah_cli_command_line(argc, argv),
                               .checkpoint_day = SAH_CHECKPOINT_AUTO}};
    sah_options_parse(&usage, argc, argv, &own);
    sah_options_apply_threads(&own.common);
    sah_stop_listen();
    own.work.quiet = own.common.quiet;
    own.work.force = own.common.force;
    struct sah_run run = {0};
    struct sah_error err = {0};
    struct sah_run_log log;
    sah_log_open(&log, sah_work_log(&own.work), own.work.result, own.work.maps);
    int status = sah_work_do(&own.work, &run, open_run(&own, &run, &err), &log, &err);
    free(own.work.command);
    sah_options_free(&own.common);
    return status;
}
