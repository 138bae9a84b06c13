/* sahel signatures: does every mechanism do what it must? */
#define _DEFAULT_SOURCE /* scandir */
#include "sim/study/signature.h"

#include "models/registry.h"
#include "output/csv.h"
#include "output/disk.h"
#include "sim/cli/commands.h"
#include "sim/cli/data.h"
#include "sim/cli/options.h"
#include "sim/cli/progress.h"
#include "sim/cli/say.h"
#include "sim/cli/stop.h"
#include "sim/study/cost.h"

#include <ctype.h>
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct signatures {
    struct sah_options common;
    long seed, replicates;
    const char *scenario;
};

static const struct sah_option rows[] = {
    SAH_OPTION_CSV,
    {"seed", 0, "N", "Seed that those of all runs are made from (1)", 1,
     SAH_WHOLE(struct signatures, seed, 0, INT32_MAX)},
    {"scenario", 0, "FILE",
     "Try them on this scenario instead of the small ones they name; what a file sets "
     "in "
     "all its arms is left out",
     1, SAH_TEXT(struct signatures, scenario)},
    {"replicates", 0, "N", "Pairs of runs, instead of those of the files", 1,
     SAH_WHOLE(struct signatures, replicates, 2, 1000000)},
    SAH_OPTION_THREADS,
    SAH_OPTION_QUIET,
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .most = SAH_MAX_ARGUMENTS,
    .arguments = "[FILE.yaml|FOLDER ...]",
    .doc =
        "Try the signatures of mechanisms: what must change, and in which direction, "
        "when one is switched or turned up, measured with paired runs of the same "
        "seeds. Without a file or folder, all that came with the program.\v"
        "An effect passes where its sign is right and it lies at least 5 standard "
        "errors from zero. Exit status 1 where one is missed.\n\n"
        "Example:\n  sahel signatures --seed 7 --csv > signatures.csv",
};

/* ---- files ------------------------------------------------------------------------- */

/* A signature's name begins with the number of its mechanism: 09-gold.yaml. */
static int is_signature(const struct dirent *entry) {
    const char *name = entry->d_name;
    size_t length = strlen(name);
    return isdigit((unsigned char)name[0]) && length > 5 &&
           strcmp(name + length - 5, ".yaml") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int read_folder(struct sah_signatures *all, const char *folder,
                       struct sah_error *err) {
    struct dirent **entry = NULL;
    int n = scandir(folder, &entry, is_signature, by_name), status = SAH_OK;
    if (n < 0) return sah_disk_fail(err, folder, "read the folder");
    if (n == 0)
        status = sah_error_add(err, SAH_MISSING,
                               "%s: holds no signatures, such as 09-gold.yaml", folder);
    for (int i = 0; i < n; i++) {
        char *path = sah_disk_join(folder, entry[i]->d_name);
        int fault = path ? sah_signatures_read(all, path, err)
                         : sah_error_add(err, SAH_MEMORY, "no memory for a path");
        if (fault && !status) status = fault;
        free(path);
        free(entry[i]);
    }
    free(entry);
    return status;
}

static int read_path(struct sah_signatures *all, const char *path,
                     struct sah_error *err) {
    struct stat found;
    bool is_folder = stat(path, &found) == 0 && S_ISDIR(found.st_mode);
    return is_folder ? read_folder(all, path, err)
                     : sah_signatures_read(all, path, err);
}

static int read_all(struct sah_signatures *all, const struct sah_options *options,
                    struct sah_error *err) {
    if (options->narguments == 0)
        return read_path(all, sah_data_path("tests/signatures"), err);
    int status = SAH_OK;
    for (int i = 0; i < options->narguments; i++) {
        int fault = read_path(all, sah_data_find(options->argument[i]), err);
        if (fault && !status) status = fault;
    }
    return status;
}

/* ---- tables ------------------------------------------------------------------------- */

static const char *verdict(const struct sah_signature_row *row) {
    return row->pass ? "pass" : "miss";
}

static int print_csv(const struct sah_signatures *all, struct sah_error *err) {
    puts("mechanism,contrast,measure,effect,low,high,expected,verdict");
    for (size_t i = 0; i < all->nrows; i++) {
        const struct sah_signature_row *row = all->row[i];
        char expected[64];
        sah_signature_expected(row, expected);
        sah_csv_put(stdout, row->mechanism, true);
        sah_csv_put(stdout, row->contrast, false);
        sah_csv_put(stdout, row->measure.name, false);
        sah_csv_put_number(stdout, row->effect.mean);
        sah_csv_put_number(stdout, row->effect.low);
        sah_csv_put_number(stdout, row->effect.high);
        sah_csv_put(stdout, expected, false);
        sah_csv_put(stdout, verdict(row), false);
        putchar('\n');
    }
    return sah_csv_check(stdout, "the signatures", err);
}

static int width_of(const struct sah_signatures *all, int least,
                    const char *(*text)(const struct sah_signature_row *)) {
    for (size_t i = 0; i < all->nrows; i++) {
        int length = (int)strlen(text(all->row[i]));
        if (length > least) least = length;
    }
    return least;
}

static const char *mechanism(const struct sah_signature_row *row) {
    return row->mechanism;
}
static const char *contrast(const struct sah_signature_row *row) {
    return row->contrast;
}
static const char *measure(const struct sah_signature_row *row) {
    return row->measure.name;
}
static const char *unit(const struct sah_signature_row *row) {
    return row->unit;
}

static void print_row(const struct sah_signature_row *row, const int w[4]) {
    const struct sah_effect *e = &row->effect;
    char expected[64], z[16] = "";
    sah_signature_expected(row, expected);
    if (row->expected != SAH_EXPECT_BOUNDS) snprintf(z, sizeof z, "%.1f", e->z);
    printf("%-*s  %-*s  %-*s  %-*s  %11.4g  %11.4g  %11.4g  %8s  %5zu  %-12s %s\n",
           w[0], row->mechanism, w[1], row->contrast, w[2], row->measure.name, w[3],
           row->unit, e->mean, e->low, e->high, z, e->n, expected, verdict(row));
}

static void print_table(const struct sah_signatures *all) {
    int w[4] = {width_of(all, 9, mechanism), width_of(all, 8, contrast),
                width_of(all, 7, measure), width_of(all, 4, unit)};
    printf("%-*s  %-*s  %-*s  %-*s  %11s  %11s  %11s  %8s  %5s  %-12s %s\n", w[0],
           "mechanism", w[1], "contrast", w[2], "measure", w[3], "unit", "effect",
           "low", "high", "z", "pairs", "expected", "verdict");
    for (size_t i = 0; i < all->nrows; i++) print_row(all->row[i], w);
}

static void tell_dropped(const struct sah_signatures *all) {
    for (size_t i = 0; i < all->nrows; i++) {
        const struct sah_signature_row *row = all->row[i];
        if (row->effect.dropped)
            fprintf(stderr, "sahel: %s, %s, %s: not defined in %zu of %zu replicates\n",
                    row->mechanism, row->contrast, row->measure.name,
                    row->effect.dropped, row->replicates);
    }
}

static int report(const struct sah_signatures *all, const struct signatures *own,
                  double seconds, struct sah_error *err) {
    size_t passed = 0;
    for (size_t i = 0; i < all->nrows; i++) passed += all->row[i]->pass;
    int status = SAH_OK;
    if (own->common.csv)
        status = print_csv(all, err);
    else
        print_table(all);
    tell_dropped(all);
    if (!own->common.quiet)
        fprintf(stderr, "%zu of %zu pass, %zu runs, seed %ld, %s\n", passed, all->nrows,
                sah_twins_runs(&all->twins), own->seed, sah_say_seconds(seconds).text);
    return status;
}

/* ---- the command -------------------------------------------------------------------- */

static int try_all(struct sah_signatures *all, const struct signatures *own) {
    struct sah_error err = {0};
    struct sah_progress progress = sah_progress_begin(own->common.quiet);
    struct sah_twins_watch watch = {
        .done = sah_progress_tell, .user = &progress, .stop = sah_stop_listen()};
    int status = read_all(all, &own->common, &err);
    if (status) return sah_say_errors(&err, status, "nothing was run");
    status = sah_signatures_run(all, &watch, &err);
    if (status == SAH_STOPPED) return 128 + *watch.stop;
    if (status && status != SAH_DIFFERS) return sah_say_errors(&err, status, NULL);
    int told = report(all, own, sah_wall_seconds() - progress.begun, &err);
    return told ? sah_say_errors(&err, told, NULL) : sah_code_status(status);
}

int sah_cli_signatures(int argc, char **argv) {
    struct signatures own = {.seed = 1};
    sah_options_parse(&usage, argc, argv, &own);
    sah_options_apply_threads(&own.common);
    struct sah_signatures all = {.twins = {.seed = (uint64_t)own.seed,
                                           .families = sah_families,
                                           .nfamilies = sah_family_count()},
                                 .scenario =
                                     own.scenario ? sah_data_find(own.scenario) : NULL,
                                 .replicates = (size_t)own.replicates};
    all.twins.geography = sah_data_path("scenarios/geography");
    int status = try_all(&all, &own);
    sah_signatures_free(&all);
    sah_options_free(&own.common);
    return status;
}
