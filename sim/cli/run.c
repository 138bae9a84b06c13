/* sahel run: one scenario, one result, maps if wanted. */
#include "output/map_result.h"
#include "sim/cli/commands.h"
#include "sim/cli/log.h"
#include "sim/cli/say.h"
#include "sim/cli/scenario.h"
#include "sim/cli/stop.h"
#include "sim/cli/target.h"
#include "sim/study/cost.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_MAPS = SAH_KEY_OWN, KEY_LOG };

struct run {
    struct sah_options common;
    const char *result, *maps;
    bool json;
    char *command; /* the command line, for the result */
};

static const struct argp_option rows[] = {
    {"output", 'o', "FILE", 0, "Write the result to FILE", 0},
    {"maps", KEY_MAPS, "DIR", 0, "Draw the usual maps into DIR as well", 1},
    SAH_OPTION_SET,
    SAH_OPTION_THREADS,
    SAH_OPTION_FORCE,
    {"log", KEY_LOG, "json", 0, "Log one JSON object a line", 90},
    SAH_OPTION_QUIET,
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    static const char *const logs[] = {"json", "text", NULL};
    struct run *run = state->input;
    switch (key) {
    case 'o':
        run->result = arg;
        return 0;
    case KEY_MAPS:
        run->maps = arg;
        return 0;
    case KEY_LOG:
        sah_option_choice(state, "--log", arg, logs);
        run->json = strcmp(arg, "json") == 0;
        return 0;
    case ARGP_KEY_END:
        sah_options_key(&run->common, key, arg, state);
        if (!run->result)
            argp_error(state, "where to? Give -o FILE, such as -o run.h5");
        return 0;
    default:
        return sah_options_key(&run->common, key, arg, state);
    }
}

static const struct argp argp = {
    .options = rows,
    .parser = parse,
    .args_doc = "SCENARIO.yaml -o FILE",
    .doc = "Run a scenario and keep what came of it in one self-describing HDF5 file."
           "\v"
           "All messages go to standard error. SIGINT (Ctrl-C) and SIGTERM end the run "
           "at the end of its day with status 130 and 143; a second one ends it at "
           "once.\n\n"
           "Examples:\n  sahel run scenarios/sahel/base.yaml -o run.h5 --maps maps\n"
           "  sahel run scenarios/sahel/base.yaml -o dry.h5 --set run.seed=7 "
           "--threads 1",
};

static enum sah_log_kind log_kind(const struct run *own) {
    if (own->common.quiet) return SAH_LOG_NONE;
    return own->json ? SAH_LOG_JSON : SAH_LOG_TEXT;
}

/* ---- refusals before anything is done -------------------------------------------- */

static int check_targets(const struct run *own, struct sah_error *err) {
    int status = sah_target_check(own->result, own->common.force, err);
    if (sah_target_same(own->result, own->common.argument[0]))
        status = sah_error_add(err, SAH_INPUT, "%s: the scenario itself is no target",
                               own->result);
    int maps =
        own->maps ? sah_target_check_maps(own->maps, own->common.force, err) : SAH_OK;
    return status ? status : maps;
}

static int open_run(const struct run *own, struct sah_run *run, struct sah_error *err) {
    struct sah_run_request request = sah_cli_request(&own->common);
    int status = check_targets(own, err);
    if (!status) status = sah_run_open(&request, run, err);
    if (!status) status = sah_run_record(run, own->result, own->common.force, err);
    return status;
}

/* ---- the work -------------------------------------------------------------------- */

/* What is left, told honestly: there is no way yet to go on from it. */
static void tell_rest(const struct run *own, const struct sah_run *run,
                      const char *cause, struct sah_log *log) {
    sah_log_break(log);
    if (log->kind == SAH_LOG_JSON) return;
    fprintf(stderr,
            "%s after %s; %s was not written\n"
            "what was recorded so far lies in %s.part/; --force starts anew over it\n",
            cause, sah_say_day(run->world->today).text, own->result, own->result);
}

static int stopped(const struct run *own, const struct sah_run *run, int number,
                   struct sah_log *log) {
    char cause[64];
    snprintf(cause, sizeof cause, "stopped by %s", sah_stop_name(number));
    tell_rest(own, run, cause, log);
    sah_log_finish(log, run, &(struct sah_log_end){128 + number, "stopped"});
    return 128 + number;
}

static int failed(const struct run *own, const struct sah_run *run, int code,
                  struct sah_log *log, struct sah_error *err) {
    sah_log_errors(log, err, code, NULL);
    tell_rest(own, run, "the run failed", log);
    sah_log_finish(log, run, &(struct sah_log_end){SAH_EXIT_FAILED, "failed"});
    return SAH_EXIT_FAILED;
}

static int draw_maps(const struct run *own, struct sah_log *log,
                     struct sah_error *err) {
    double begun = sah_wall_seconds();
    if (log->kind == SAH_LOG_TEXT && log->is_terminal) {
        sah_log_break(log);
        fputs("drawing maps ...", stderr);
        log->is_open = true;
    }
    int status = sah_map_set(own->result, own->maps, ".png", own->common.force, err);
    if (log->is_open) fputs("\r\033[K", stderr);
    log->is_open = false;
    log->maps_seconds = sah_wall_seconds() - begun;
    return status;
}

static int work(const struct run *own, struct sah_run *run, struct sah_log *log,
                struct sah_error *err) {
    const volatile sig_atomic_t *stop = sah_stop_listen();
    struct sah_run_watch watch = {.day = sah_log_day, .user = log, .stop = stop};
    int status = sah_run_days(run, &watch, err);
    if (status == SAH_STOPPED) return stopped(own, run, (int)*stop, log);
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

static int run_it(const struct run *own) {
    struct sah_run run = {0};
    struct sah_error err = {0};
    struct sah_log log;
    sah_log_open(&log, log_kind(own), own->result, own->maps);
    int status = open_run(own, &run, &err);
    if (status) {
        status = sah_log_errors(&log, &err, status, "nothing was run");
    } else {
        sah_log_start(&log, &run);
        status = work(own, &run, &log, &err);
    }
    sah_run_close(&run);
    sah_error_clear(&err);
    return status;
}

int sah_cli_run(int argc, char **argv) {
    struct run own = {.common = {.least = 1, .most = 1},
                      .command = sah_cli_command_line(argc, argv)};
    sah_options_parse(&argp, argc, argv, &own.common);
    sah_options_apply_threads(&own.common);
    int status = run_it(&own);
    free(own.command);
    sah_options_free(&own.common);
    return status;
}
