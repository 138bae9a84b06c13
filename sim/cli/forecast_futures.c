/* sahel forecast: pasts, and the futures of each window, as studies of one folder:
 *
 *     scenario.yaml       the scenario with the record laid upon it
 *     futures-2019.yaml   the study of a window
 *     futures-2019/       its folder (sim/study/study_folder.h) */
#define _XOPEN_SOURCE 700 /* realpath */
#include "sim/cli/forecast.h"

#include "models/registry.h"
#include "output/disk.h"
#include "output/forecast/record.h"
#include "sim/cli/data.h"
#include "sim/cli/progress.h"
#include "sim/cli/say.h"
#include "sim/cli/stop.h"
#include "sim/kernel/calendar.h"
#include "sim/study/cost.h"
#include "sim/study/crew.h"
#include "sim/study/gather.h"
#include "sim/study/limits.h"
#include "sim/study/pasts.h"

#include <errno.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LEAST_PAST_DAYS = 300, PATH_TEXT = 64 };

struct simulation {
    const struct sah_forecast_call *call;
    const atomic_int *stop;
    struct sah_forecast_windows *windows;
    struct sah_pasts pasts;
    struct sah_error *err;
};

/* ---- files that say what is asked -------------------------------------------------- */

/* Writes a text, or finds it there as it would be; anything else there is refused. */
static int put_file(const char *path, const char *text, size_t length,
                    struct sah_error *err) {
    struct stat info;
    void *there = NULL;
    size_t n = 0;
    if (stat(path, &info) != 0 && errno == ENOENT)
        return sah_disk_save(path, text, length, err);
    int code = sah_disk_load(path, &there, &n, err);
    bool same = !code && n == length && memcmp(there, text, n) == 0;
    free(there);
    if (code || same) return code;
    return sah_error_add(err, SAH_EXISTS,
                         "%s: belongs to another forecast; take another folder", path);
}

static int put_own(const struct simulation *sim, const char *name, char *text,
                   size_t length) {
    char *path = sah_forecast_file(sim->call, name);
    int code = path && text
                   ? put_file(path, text, length, sim->err)
                   : sah_error_add(sim->err, SAH_MEMORY, "no memory for a file");
    free(path);
    return code;
}

static void put_day(FILE *out, const char *head, int32_t day, const char *tail) {
    char text[11];
    sah_day_text(day, text);
    fprintf(out, "%s%s%s", head, text, tail);
}

static void put_base(FILE *out, const char *path) {
    int length = sah_quoted_text(path, NULL, 0);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (!text) return;
    sah_quoted_text(path, text, (size_t)length + 1);
    fprintf(out, "base: %s\n", text);
    free(text);
}

static int put_scenario(const struct simulation *sim,
                        const struct sah_facts_view *view) {
    const struct sah_forecast_call *call = sim->call;
    char *text = NULL, *base = realpath(sah_data_find(call->common.argument[0]), NULL);
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    int code = SAH_OK;
    if (!base)
        code = sah_error_add(sim->err, SAH_MISSING, "%s: there is no such file",
                             call->common.argument[0]);
    else if (out) {
        fputs("# Made by sahel forecast, from a list of events.\n", out);
        put_base(out, base);
        fprintf(out, "run: {end: %ld-12-31}\nmechanisms: {past: on}\n", call->year);
        put_day(out, "past: {until: ", call->until, "}\n");
        sah_record_write(view->event, view->n, call->until, out);
    }
    if (out) fclose(out);
    if (!code) code = put_own(sim, "scenario.yaml", text, length);
    free(text);
    free(base);
    return code;
}

static void put_settings(FILE *out, const struct sah_forecast_call *call) {
    for (size_t i = 0; i < call->common.set.n; i++) {
        const char *set = call->common.set.word[i], *is = strchr(set, '=');
        if (is) fprintf(out, ", \"%.*s\": %s", (int)(is - set), set, is + 1);
    }
}

static int put_study(const struct simulation *sim, int year, long replicates) {
    char *text = NULL, name[PATH_TEXT];
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out) {
        fprintf(out,
                "title: Futures of %d\nscenario: scenario.yaml\nseed: %ld\n"
                "replicates: %ld\nkeep: {events: true}\nset: {run.end: %d-12-31",
                year, sim->call->seed, replicates, year);
        put_day(out, ", past.until: ", sah_forecast_eve(sim->call, year), "");
        put_settings(out, sim->call);
        fputs("}\n", out);
        fclose(out);
    }
    snprintf(name, sizeof name, "futures-%d.yaml", year);
    int code = put_own(sim, name, text, length);
    free(text);
    return code;
}

/* ---- pasts ------------------------------------------------------------------------- */

/* The first day of the scenario tells which earlier windows there are. */
static int find_start(const struct simulation *sim, const struct sah_run_request *past,
                      int32_t *start) {
    struct sah_run run = {0};
    int code = sah_run_open(past, &run, sim->err);
    if (!code) *start = run.world->run.start;
    sah_run_close(&run);
    return code;
}

static int list_windows(const struct simulation *sim, int32_t start, int32_t *eve) {
    struct sah_forecast_windows *w = sim->windows;
    const struct sah_forecast_call *call = sim->call;
    for (int year = sah_date_of(start).year + 1; year < call->year; year++) {
        int32_t day = sah_forecast_eve(call, year);
        bool used = sah_day_of((struct sah_date){year, 1, 1}) <= call->fit_until;
        if (day < start + LEAST_PAST_DAYS || !used) continue;
        if (w->n == SAH_FORECAST_WINDOWS - 1)
            return sah_error_add(sim->err, SAH_LIMIT, "too many windows to fit to");
        eve[w->n] = day;
        w->year[w->n++] = year;
    }
    eve[w->n] = call->until;
    w->year[w->n++] = (int)call->year;
    return SAH_OK;
}

static int make_pasts(struct simulation *sim) {
    const struct sah_forecast_call *call = sim->call;
    char *scenario = sah_forecast_file(call, "scenario.yaml");
    int32_t start = 0, eve[SAH_FORECAST_WINDOWS];
    const struct sah_run_watch watch = {.stop = sim->stop};
    const struct sah_run_request request = {
        .scenario = scenario,
        .set = call->common.set.word,
        .nset = call->common.set.n,
        .admit = call->common.any_memory ? NULL : sah_need_admit,
        .families = sah_families,
        .nfamilies = sah_family_count(),
        .geography = sah_data_path("scenarios/geography"),
        .data = sah_data_folder()};
    double begun = sah_wall_seconds();
    int code =
        scenario ? SAH_OK : sah_error_add(sim->err, SAH_MEMORY, "no memory for a path");
    if (!code) code = find_start(sim, &request, &start);
    if (!code) code = list_windows(sim, start, eve);
    if (!code)
        code = sah_pasts_make(&request, (uint64_t)call->seed, (size_t)call->pasts, eve,
                              sim->windows->n, &watch, &sim->pasts, sim->err);
    if (!code && !call->common.quiet)
        fprintf(stderr, "%ld pasts, %s\n", call->pasts,
                sah_say_seconds(sah_wall_seconds() - begun).text);
    free(scenario);
    return code;
}

/* ---- futures ----------------------------------------------------------------------- */

static int do_runs(const struct simulation *sim, const struct sah_study *study,
                   struct sah_study_folder *folder) {
    const struct sah_forecast_call *call = sim->call;
    struct sah_progress progress = sah_progress_begin(call->common.quiet);
    bool whole = false;
    struct sah_crew crew = {.study = study,
                            .folder = folder,
                            .jobs = call->jobs ? (size_t)call->jobs
                                               : (size_t)omp_get_num_procs(),
                            .threads = 1,
                            .shards = 1,
                            .stop = sim->stop,
                            .done = sah_progress_tell,
                            .user = &progress};
    int code = sah_crew_work(&crew, sim->err);
    const struct sah_provenance provenance = {.command = call->command,
                                              .threads = (int)crew.jobs,
                                              .peak_bytes = sah_peak_bytes()};
    if (!code) code = sah_study_gather(study, folder, &provenance, &whole, sim->err);
    if (!code && !whole)
        code = sah_error_add(sim->err, SAH_IO,
                             "%s: futures are missing; another process may be at them",
                             folder->path);
    if (!code && crew.failed)
        code = sah_error_add(sim->err, SAH_CHECK, "%s: %zu futures failed",
                             folder->path, crew.failed);
    if (!code && !call->common.quiet)
        fprintf(stderr, "%s: %zu futures, %zu made now in %s\n", folder->path,
                crew.runs, crew.made,
                sah_say_seconds(sah_wall_seconds() - progress.begun).text);
    return code;
}

static int read_futures(const struct simulation *sim,
                        const struct sah_study_folder *folder, size_t window) {
    struct sah_window o = sah_forecast_window(sim->call, sim->windows->year[window]);
    char *path = sah_study_folder_file(folder, "study.h5");
    if (!path) return sah_error_add(sim->err, SAH_MEMORY, "no memory for a path");
    int code = sah_futures_read(path, o.first, o.months, &sim->windows->futures[window],
                                sim->err);
    free(path);
    return code;
}

static int do_window(const struct simulation *sim, size_t window) {
    const struct sah_forecast_call *call = sim->call;
    char name[PATH_TEXT];
    int year = sim->windows->year[window];
    double worlds = (double)(call->jobs ? call->jobs : omp_get_num_procs()) + 1;
    snprintf(name, sizeof name, "futures-%d", year);
    char *path = sah_forecast_file(call, name);
    char *yaml = path ? sah_disk_concat(path, ".yaml") : NULL;
    struct sah_study study = {.path = yaml,
                              .families = sah_families,
                              .nfamilies = sah_family_count(),
                              .geography = sah_data_path("scenarios/geography"),
                              .data = sah_data_folder(),
                              .outcomes_folder =
                                  path, /* which holds no lists: nothing is measured */
                              .admit = call->common.any_memory ? NULL : sah_need_admit,
                              .host = &worlds,
                              .past = sim->pasts.state + window * sim->pasts.n,
                              .npasts = sim->pasts.n};
    struct sah_study_folder folder = {.claims = {.fd = -1}};
    int code = yaml ? put_study(sim, year,
                                year == call->year ? call->futures : call->hindcasts)
                    : sah_error_add(sim->err, SAH_MEMORY, "no memory for a path");
    if (!code) code = sah_study_open(&study, sim->err);
    if (!code) code = sah_study_folder_open(&study, path, true, &folder, sim->err);
    if (!code) code = do_runs(sim, &study, &folder);
    if (!code) code = read_futures(sim, &folder, window);
    sah_study_folder_close(&folder);
    sah_study_close(&study);
    free(yaml);
    free(path);
    return code;
}

/* ---- all of it --------------------------------------------------------------------- */

int sah_forecast_simulate(const struct sah_forecast_call *call,
                          const struct sah_facts_view *view,
                          struct sah_forecast_windows *windows) {
    struct sah_error err = {0};
    struct simulation sim = {
        .call = call, .stop = sah_stop_listen(), .windows = windows, .err = &err};
    int code = sah_disk_folder(call->folder, &err), status = 0;
    if (!code) code = put_scenario(&sim, view);
    if (!code) code = make_pasts(&sim);
    for (size_t i = 0; !code && i < windows->n; i++) code = do_window(&sim, i);
    if (code == SAH_STOPPED) {
        int number = sim.stop ? *sim.stop : 0;
        fprintf(stderr, "stopped by %s\nthe same command goes on\n",
                sah_stop_name(number));
        status = 128 + number;
    } else if (code) {
        status = sah_say_errors(&err, code, NULL);
    }
    sah_pasts_free(&sim.pasts);
    sah_error_clear(&err);
    return status;
}

void sah_forecast_windows_free(struct sah_forecast_windows *windows) {
    for (size_t i = 0; i < windows->n; i++) sah_futures_free(&windows->futures[i]);
}
