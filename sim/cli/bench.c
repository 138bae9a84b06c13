/* sahel bench: how fast is this program on this machine? */
#include "sim/cli/bench.h"
#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"
#include "sim/study/cost.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct bench {
    struct sah_options common;
    const char *model, *scenario; /* NULL: all; ours */
    double size;                  /* 0: the usual ones */
    bool json, full;
    struct sah_bench_row *row;
    size_t n;
};

enum { SIZES = 6 };

/* What is measured, and at what sizes: the usual ones, and with --full. */
static const struct item {
    const char *model, *state;
    sah_bench_measure *measure;
    double least, most;
    double usual[SIZES], full[SIZES]; /* 0 ends */
    bool serial;                      /* runs on one thread whatever there are */
} items[] = {
    {"triad", "", sah_bench_triad, 1000, 1e9, {16777216}, {16777216, 67108864}, false},
    {"rng", "", sah_bench_rng, 16384, 1e10, {16777216}, {16777216}, false},
    {"sahel-community",
     "quiet",
     sah_bench_community,
     1,
     2e8,
     {1e6, 1e7},
     {1e5, 1e6, 1e7, 6.5e7},
     false},
    {"sahel-community",
     "troubled",
     sah_bench_community,
     1,
     2e8,
     {1e6, 1e7},
     {1e5, 1e6, 1e7, 6.5e7},
     false},
    {"sahel", "", sah_bench_sahel, 1, 2000, {500}, {500, 100, 20}, false},
    {"epstein",
     "tiled",
     sah_bench_epstein,
     22,
     16384,
     {1000},
     {300, 1000, 3000},
     false},
    {"epstein",
     "sequential",
     sah_bench_epstein,
     22,
     16384,
     {40},
     {40, 300, 1000},
     true},
    {"bohorquez", "", sah_bench_bohorquez, 2, 1e8, {1e4}, {1e4, 1e6}, true},
    {"bennett", "", sah_bench_bennett, 1, 1e7, {1000}, {1000}, true},
    {"lanchester", "", sah_bench_lanchester, 2, 1e8, {1e5}, {1e5, 1e6}, true},
};
enum { ITEMS = sizeof items / sizeof *items };

static const char *const models[] = {"triad",   "rng",        "sahel-community",
                                     "sahel",   "epstein",    "bohorquez",
                                     "bennett", "lanchester", NULL};

static const struct sah_option rows[] = {
    {"model", 0, "M",
     "Only this: triad, rng, sahel-community, sahel, epstein, bohorquez, bennett or "
     "lanchester",
     1, SAH_CHOICE(struct bench, model, models)},
    {"size", 0, "L",
     "Only this size: people per agent (sahel), cells a side (epstein), numbers (rng, "
     "triad), agents (all others)",
     1, SAH_NUMBER(struct bench, size, 1, 1e10)},
    {"threads", 0, "N", "Only on N threads (else on one and on all)", 1,
     SAH_WHOLE(struct sah_options, threads, 1, SAH_MAX_THREADS)},
    {"scenario", 0, "FILE", "Base run to measure instead of ours", 1,
     SAH_TEXT(struct bench, scenario)},
    {"full", 0, NULL, "More sizes; takes minutes and 4 GB", 1,
     SAH_FLAG(struct bench, full)},
    {"json", 0, NULL, "Print a list of JSON objects", 1, SAH_FLAG(struct bench, json)},
    SAH_OPTION_QUIET,
    {0},
};

static void check(void *call, struct argp_state *state) {
    const struct bench *own = call;
    if (own->size == 0) return;
    if (!own->model) argp_error(state, "--size needs --model");
    for (size_t i = 0; i < ITEMS; i++) {
        const struct item *item = &items[i];
        bool fits = own->size >= item->least && own->size <= item->most;
        if (strcmp(item->model, own->model) == 0 && !fits)
            argp_error(state, "--size = %g: must lie in %g..%g for %s", own->size,
                       item->least, item->most, own->model);
    }
}

static const struct sah_usage usage = {
    .options = rows,
    .arguments = "",
    .doc = "Measure speed and memory: the machine's memory (triad: a = b + 3 c), keyed "
           "random numbers, the community phase alone with and without trouble, whole "
           "runs "
           "of the base scenario with their result on disk, and steps of the classic "
           "models.\v"
           "An agent-step is one agent through one day; for triad and rng it is one "
           "number.\n\n"
           "Example:\n  sahel bench --model sahel-community --size 6.5e7",
    .check = check,
};

/* ---- the work -------------------------------------------------------------------- */

static void tell(const struct bench *own, const struct sah_bench_row *row) {
    if (own->common.quiet || !isatty(STDERR_FILENO)) return;
    fprintf(stderr, "\r\033[K%s %s, size %s, %d thread%s ...", row->model, row->state,
            sah_say_count(row->size).text, row->threads, row->threads == 1 ? "" : "s");
    fflush(stderr);
}

static void wipe(const struct bench *own) {
    if (!own->common.quiet && isatty(STDERR_FILENO)) fputs("\r\033[K", stderr);
}

static int measure(struct bench *own, const struct item *item, double size, int threads,
                   struct sah_error *err) {
    struct sah_bench_row *grown = realloc(own->row, (own->n + 1) * sizeof *grown);
    if (!grown) return sah_error_add(err, SAH_MEMORY, "no memory for a row");
    own->row = grown;
    struct sah_bench_row *row = &own->row[own->n];
    *row = (struct sah_bench_row){
        .model = item->model, .state = item->state, .size = size, .threads = threads};
    tell(own, row);
    omp_set_num_threads(threads);
    sah_peak_reset();
    int status = item->measure(row, err);
    wipe(own);
    if (status) return status;
    row->peak_bytes = (double)sah_peak_bytes();
    own->n++;
    if (!own->json) sah_bench_print_row(stdout, row);
    return SAH_OK;
}

/* On one thread and on all of them, or on as many as asked for. */
static int measure_threads(struct bench *own, const struct item *item, double size,
                           int most, struct sah_error *err) {
    if (own->common.threads) return measure(own, item, size, own->common.threads, err);
    int status = measure(own, item, size, 1, err);
    if (!status && most > 1 && !item->serial)
        status = measure(own, item, size, most, err);
    return status;
}

static int measure_all(struct bench *own, struct sah_error *err) {
    int status = SAH_OK, most = omp_get_max_threads();
    for (size_t i = 0; i < ITEMS; i++) {
        const struct item *item = &items[i];
        if (own->model && strcmp(own->model, item->model) != 0) continue;
        const double only[SIZES] = {own->size};
        const double *size = own->size > 0 ? only
                             : own->full   ? item->full
                                           : item->usual;
        for (size_t k = 0; k < SIZES && size[k] > 0 && !status; k++)
            status = measure_threads(own, item, size[k], most, err);
    }
    return status;
}

int sah_cli_bench(int argc, char **argv) {
    struct bench own = {0};
    struct sah_error err = {0};
    sah_options_parse(&usage, argc, argv, &own);
    if (own.scenario) sah_bench_use_scenario(own.scenario);
    if (!own.json) sah_bench_print_head(stdout);
    int status = measure_all(&own, &err);
    if (!status && own.json) sah_bench_print_json(stdout, own.row, own.n);
    if (!status && !own.json) sah_bench_print_parts(stdout, own.row, own.n);
    free(own.row);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
