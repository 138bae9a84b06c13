/* sahel calibrate: waves of runs, each a study, that close in on what is on record. */
#include "sim/cli/calibrate.h"

#include "sim/cli/commands.h"
#include "sim/cli/data.h"
#include "sim/cli/picture.h"
#include "sim/cli/say.h"
#include "sim/cli/study.h"
#include "sim/cli/target.h"
#include "sim/study/cost.h"
#include "sim/study/crew.h"
#include "sim/study/limits.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <unistd.h>

enum { LEAST_MM = 60 };

struct calibrate {
    struct sah_study_call call; /* begins with the shared options */
    struct sah_picture plot;
    const char *table;
};

static const struct sah_option rows[] = {
    {"output", 'o', "DIR", "The folder of the calibration", 0,
     SAH_TEXT(struct calibrate, call.folder),
     .need = "in which folder? Give -o DIR, such as -o out"},
    {"jobs", 'j', "N", "Run N at a time (as many as there are processors)", 0,
     SAH_WHOLE(struct calibrate, call.jobs, 1, SAH_CREW_JOBS)},
    SAH_OPTION_CSV,
    {"table", 0, "NAME", "With --csv: parameters, effects, aims or waves (parameters)",
     1, SAH_CHOICE(struct calibrate, table, sah_calibrate_tables)},
    {"plot", 0, "FILE", "Draw pairs of parameters of the posterior: .png, .svg or .pdf",
     1, SAH_TEXT(struct calibrate, plot.path)},
    SAH_OPTION_WIDTH(struct calibrate, plot, LEAST_MM),
    SAH_OPTION_DPI(struct calibrate, plot),
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
    .arguments = "STUDY.yaml -o DIR",
    .doc =
        "Fit parameters of a study to facts on record, or to observed values of its "
        "measures: which of their values could have given them, and which could not."
        "\v"
        "The study has a design lhs or sobol, whose ranges are the prior and whose "
        "points the first wave, and a section 'fit' that tells what runs should meet. "
        "Each wave is a study in the folder, done in processes side by side; emulators "
        "of what runs give rule out what cannot meet the record, and the next wave is "
        "spread over the rest, half of it where the truth most likely lies. Stopped or "
        "killed at any moment, the same command goes "
        "on. In the end the folder holds calibrate.h5, and posterior.yaml: a study of "
        "the posterior medians and of a sample.\n\n"
        "Examples:\n  sahel calibrate scenarios/calibration/history.yaml -o out --jobs "
        "2\n"
        "  sahel calibrate fit.yaml -o out --plot pairs.svg --csv --table effects\n"
        "  sahel study run out/posterior.yaml -o out/posterior",
};

/* ---- a wave ---------------------------------------------------------------------------- */

struct work {
    struct calibrate *own;
    struct sah_calibration *all;
    struct sah_error *err;
};

static bool has_result(const char *folder) {
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/study.h5", folder);
    return length > 0 && (size_t)length < sizeof path && access(path, R_OK) == 0;
}

/* Runs that fail say something of their points; all else ends the work. */
static int run_wave(const struct work *work, struct sah_study *study,
                    const char *folder) {
    struct sah_study_call call = work->own->call;
    call.folder = folder;
    call.common.argument[1] = study->path;
    int status = sah_study_run_verb(study, &call);
    return status == SAH_EXIT_FAILED && has_result(folder) ? 0 : status;
}

static int do_open_wave(const struct work *work, size_t wave, struct sah_study *study,
                        const char *folder) {
    int status = sah_study_open(study, work->err);
    if (status) return sah_say_errors(work->err, status, NULL);
    status = run_wave(work, study, folder);
    if (status) return status;
    status = sah_calibration_take(work->all, wave, study, work->err);
    return status ? sah_say_errors(work->err, status, NULL) : 0;
}

static int do_wave(const struct work *work, size_t wave) {
    double worlds;
    char *path = sah_calibration_wave_file(work->all, wave);
    char *folder = sah_calibration_wave(work->all, wave);
    int status;
    if (!path || !folder) {
        status = sah_error_add(work->err, SAH_MEMORY, "no memory for a wave");
        status = sah_say_errors(work->err, status, NULL);
    } else {
        struct sah_study study = sah_study_asked(&work->own->call, path, &worlds);
        status = do_open_wave(work, wave, &study, folder);
        sah_study_close(&study);
    }
    free(folder);
    free(path);
    return status;
}

static void tell_plan(const struct work *work, size_t wave, double share,
                      double reached) {
    const struct sah_fit *fit = work->all->fit;
    if (work->own->call.common.quiet) return;
    fprintf(stderr, "wave %zu of %lld", wave, (long long)fit->waves);
    if (reached > fit->cutoff)
        fprintf(stderr,
                ": all of the prior is ruled out; on at an implausibility of %.3g, "
                "which %.2g of it meets",
                reached, share);
    else if (!isnan(share))
        fprintf(stderr, ": %.2g of the prior is not ruled out", share);
    fputc('\n', stderr);
}

static int do_waves(const struct work *work) {
    struct sah_calibration *all = work->all;
    for (size_t wave = 1; wave <= (size_t)all->fit->waves; wave++) {
        double share = NAN, reached = NAN;
        int status = wave > 1
                         ? sah_calibration_plan(all, wave, &share, &reached, work->err)
                         : SAH_OK;
        if (status) return sah_say_errors(work->err, status, NULL);
        tell_plan(work, wave, share, reached);
        status = do_wave(work, wave);
        if (status) return status;
    }
    return 0;
}

/* ---- the command ----------------------------------------------------------------------- */

static int tell(const struct work *work) {
    struct calibrate *own = work->own;
    int status = SAH_OK;
    if (own->call.common.csv)
        status = sah_calibrate_csv(work->all, own->table, work->err);
    else
        sah_calibrate_print(work->all);
    if (!status && own->plot.path)
        status = sah_calibrate_draw(work->all, &own->plot, work->err);
    return status;
}

static int end(const struct work *work, double begun) {
    const struct sah_study_call *call = &work->own->call;
    const struct sah_provenance provenance = {.command = call->command,
                                              .threads = (int)sah_study_jobs(call) *
                                                         sah_study_threads(call),
                                              .seconds = sah_wall_seconds() - begun,
                                              .peak_bytes = sah_peak_bytes()};
    int status = sah_calibration_end(work->all, &provenance, work->err);
    return status ? status : tell(work);
}

static int work(struct calibrate *own, const struct sah_study *study,
                const struct sah_fit *fit, struct sah_error *err) {
    double begun = sah_wall_seconds();
    struct sah_calibration all = {
        .study = study, .fit = fit, .folder = own->call.folder};
    struct work work = {own, &all, err};
    int code = sah_calibration_begin(&all, err);
    int status = code ? sah_say_errors(err, code, "nothing was run") : do_waves(&work);
    if (!status) {
        code = end(&work, begun);
        if (code) status = sah_say_errors(err, code, NULL);
    }
    sah_calibration_free(&all);
    return status;
}

int sah_cli_calibrate(int argc, char **argv) {
    struct calibrate own = {.call = {.command = sah_cli_command_line(argc, argv),
                                     .shard = {1, 1},
                                     .ranks = {.size = 1}},
                            .table = sah_calibrate_tables[0]};
    struct sah_error err = {0};
    struct sah_fit fit = {0};
    double worlds;
    sah_options_parse(&usage, argc, argv, &own);
    own.plot.force = own.call.common.force;
    omp_set_num_threads(1); /* workers are forked, and choose their own */
    struct sah_study study =
        sah_study_asked(&own.call, sah_data_find(own.call.common.argument[0]), &worlds);
    int status = own.plot.path ? sah_picture_check(&own.plot, &err) : SAH_OK;
    int opened = sah_study_open(&study, &err);
    int read = study.file ? sah_fit_read(&fit, &study, &err) : SAH_OK;
    if (!status) status = opened ? opened : read;
    if (status)
        status = sah_say_errors(&err, status, "nothing was run");
    else
        status = work(&own, &study, &fit, &err);
    sah_error_clear(&err);
    sah_fit_free(&fit);
    sah_study_close(&study);
    free(own.call.command);
    sah_options_free(&own.call.common);
    return status;
}
