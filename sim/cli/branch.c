/* sahel branch: one past, many futures. */
#include "sim/study/branch.h"

#include "models/registry.h"
#include "output/disk.h"
#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"
#include "sim/cli/stop.h"
#include "sim/cli/target.h"
#include "sim/study/cost.h"
#include "sim/study/limits.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_REPLICATES = 100000 };

struct branch {
    struct sah_options common;
    const char *folder, *overlay;
    char *command;
    int32_t day;
    long replicates;
};

static const struct sah_option rows[] = {
    {"at", 0, "DATE", "First day of the branches, such as 2018-01-01", 0,
     SAH_DAY(struct branch, day),
     .need = "from when? Give --at DATE, such as 2018-01-01"},
    {"output", 'o', "DIR", "Write the results into DIR: branch-000.h5 ...", 0,
     SAH_TEXT(struct branch, folder),
     .need = "where to? Give -o DIR, such as -o futures"},
    {"overlay", 0, "FILE", "Lay the YAML file FILE upon the scenario", 1,
     SAH_TEXT(struct branch, overlay)},
    {"replicates", 0, "N", "Make N branches, each with a seed of its own (1)", 1,
     SAH_WHOLE(struct branch, replicates, 1, MOST_REPLICATES)},
    SAH_OPTION_SET,
    SAH_OPTION_THREADS,
    SAH_OPTION_MEMORY,
    SAH_OPTION_FORCE,
    SAH_OPTION_QUIET,
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .least = 1,
    .most = 1,
    .arguments = "RUN.h5 --at DATE -o DIR",
    .doc =
        "Go on from a day of a finished run, under an overlay and with new seeds: the "
        "past is repeated once from what the result carries, and every branch is a "
        "result of its own with the days from DATE on."
        "\v"
        "The overlay may change what may change during a run: parameters, switches of "
        "mechanisms, entries of the timeline from DATE on; and run.end, title and "
        "output. It may not change what the past was built on, such as the grid or the "
        "lists of factions and forces; all such changes are told at once. Branch 0 has "
        "the seed of the run itself: without an overlay it is what the run went on "
        "with. The same command again skips the branches that are done.\n\n"
        "Examples:\n  sahel branch run.h5 --at 2018-01-01 --replicates 20 -o futures\n"
        "  sahel branch run.h5 --at 2018-01-01 --overlay drawdown.yaml --replicates 20 "
        "-o drawdown\n  sahel branch run.h5 --at 2021-01-01 --set run.end=2022-12-31 "
        "-o "
        "later",
};

/* ---- targets ---------------------------------------------------------------------- */

static char *name_target(const struct branch *own, long replicate) {
    size_t size = strlen(own->folder) + 48;
    char *path = malloc(size);
    if (path) snprintf(path, size, "%s/branch-%03ld.h5", own->folder, replicate);
    return path;
}

/* Is there nothing in the way, or the same branch? `done` tells of every replicate. */
static int check_targets(const struct branch *own, const struct sah_branch *branch,
                         bool *done, struct sah_error *err) {
    int status = SAH_OK;
    for (long r = 0; r < own->replicates; r++) {
        char *path = name_target(own, r);
        int code = SAH_OK;
        if (!path)
            code = sah_error_add(err, SAH_MEMORY, "no memory for a path");
        else if (!own->common.force)
            code = sah_branch_done(branch, r, path, &done[r], err);
        if (path && sah_target_same(path, own->common.argument[0]))
            code =
                sah_error_add(err, SAH_INPUT, "%s: the run itself is no target", path);
        if (code) status = code;
        free(path);
    }
    return status;
}

/* ---- the work --------------------------------------------------------------------- */

static int stopped(const struct branch *own, int number, long ndone) {
    fprintf(
        stderr,
        "stopped by %s; %ld of %ld branches are in %s\nthe same command goes on with "
        "the others\n",
        sah_stop_name(number), ndone, own->replicates, own->folder);
    return 128 + number;
}

static void tell_made(const struct branch *own, const struct sah_run *run,
                      const char *path) {
    char digest[33];
    if (own->common.quiet) return;
    sah_digest_text(sah_world_digest(run->world), digest);
    fprintf(stderr, "%s  seed %-16lld  %s  %s\n", path, (long long)run->world->run.seed,
            digest, sah_say_seconds(sah_run_seconds(run)).text);
}

static int make(const struct branch *own, const struct sah_branch *branch,
                long replicate, const char *path, const struct sah_run_watch *watch,
                struct sah_error *err) {
    struct sah_run run = {0};
    int status = sah_branch_begin(branch, replicate, &run, err);
    /* What lies in the way was checked, or is what a stopped command left. */
    if (!status) status = sah_run_record(&run, path, true, 0, err);
    if (!status) status = sah_run_days(&run, watch, err);
    if (!status) status = sah_run_finish(&run, own->command, err);
    if (!status) tell_made(own, &run, path);
    sah_run_close(&run);
    return status;
}

static int make_all(const struct branch *own, const struct sah_branch *branch,
                    const bool *done, const struct sah_run_watch *watch, long *ndone,
                    struct sah_error *err) {
    int status = SAH_OK;
    for (long r = 0; !status && r < own->replicates; r++) {
        char *path = name_target(own, r);
        if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
        if (!done[r])
            status = make(own, branch, r, path, watch, err);
        else if (!own->common.quiet)
            fprintf(stderr, "%s  is done already\n", path);
        if (!status) ++*ndone;
        free(path);
    }
    return status;
}

static int run_past(const struct branch *own, struct sah_branch *branch,
                    const struct sah_run_watch *watch, struct sah_error *err) {
    struct sah_branch_span span = sah_branch_span(branch);
    double begun = sah_wall_seconds();
    int status = sah_branch_past(branch, watch, err);
    if (!status && !own->common.quiet && span.day > span.start)
        fprintf(stderr, "%s  %s to %s again, %s\n", own->common.argument[0],
                sah_say_day(span.start).text, sah_say_day(span.day - 1).text,
                sah_say_seconds(sah_wall_seconds() - begun).text);
    return status;
}

static bool all_done(const struct branch *own, const bool *done) {
    for (long r = 0; r < own->replicates; r++)
        if (!done[r]) return false;
    return true;
}

static int work(const struct branch *own, struct sah_branch *branch, const bool *done,
                struct sah_error *err) {
    const atomic_int *stop = sah_stop_listen();
    const struct sah_run_watch watch = {.stop = stop};
    long ndone = 0;
    int status = all_done(own, done) ? SAH_OK : run_past(own, branch, &watch, err);
    if (!status) status = make_all(own, branch, done, &watch, &ndone, err);
    if (status == SAH_STOPPED) return stopped(own, *stop, ndone);
    if (!status) return 0;
    status = sah_say_errors(err, status, NULL);
    fprintf(stderr, "%ld of %ld branches are in %s\n", ndone, own->replicates,
            own->folder);
    return status;
}

static int open_and_work(const struct branch *own, bool *done) {
    static double worlds = 2; /* one that runs, and the state that it began with */
    const struct sah_branch_request request = {
        .result = own->common.argument[0],
        .day = own->day,
        .overlay = own->overlay,
        .set = own->common.set.word,
        .nset = own->common.set.n,
        .families = sah_families,
        .nfamilies = sah_family_count(),
        .admit = own->common.any_memory ? NULL : sah_need_admit,
        .host = &worlds};
    struct sah_branch *branch = NULL;
    struct sah_error err = {0};
    int status = sah_branch_open(&request, &branch, &err);
    if (!status) status = check_targets(own, branch, done, &err);
    if (!status) status = sah_disk_folder(own->folder, &err);
    status = status ? sah_say_errors(&err, status, "nothing was run")
                    : work(own, branch, done, &err);
    sah_branch_close(branch);
    sah_error_clear(&err);
    return status;
}

int sah_cli_branch(int argc, char **argv) {
    struct branch own = {.command = sah_cli_command_line(argc, argv),
                         .day = SAH_NO_DAY,
                         .replicates = 1};
    sah_options_parse(&usage, argc, argv, &own);
    sah_options_apply_threads(&own.common);
    bool *done = calloc((size_t)own.replicates, sizeof *done);
    int status = done ? open_and_work(&own, done) : SAH_EXIT_FAILED;
    free(done);
    free(own.command);
    sah_options_free(&own.common);
    return status;
}
