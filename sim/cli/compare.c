/* sahel compare: two scenarios, the same chance, what differs. */
#include "sim/study/compare.h"

#include "models/registry.h"
#include "output/csv.h"
#include "sim/cli/commands.h"
#include "sim/cli/data.h"
#include "sim/cli/options.h"
#include "sim/cli/progress.h"
#include "sim/cli/say.h"
#include "sim/cli/stop.h"
#include "sim/cli/target.h"
#include "sim/study/cost.h"
#include "sim/study/limits.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_REPLICATES = 100000 };

struct compare {
    struct sah_options common;
    const char *target, *overlay, *measures;
    char *command;
    long seed, replicates;
};

static const struct sah_option rows[] = {
    {"output", 'o', "FILE", "Write values, effects and difference maps to FILE", 0,
     SAH_TEXT(struct compare, target)},
    {"replicates", 0, "N", "Run each scenario on N seeds, the same for both (16)", 0,
     SAH_WHOLE(struct compare, replicates, 2, MOST_REPLICATES)},
    {"csv", 0, NULL, "Print comma-separated values, all rows", 1,
     SAH_FLAG(struct sah_options, csv)},
    {"seed", 0, "N", "Seed that those of all runs are made from (1)", 1,
     SAH_WHOLE(struct compare, seed, 0, INT32_MAX)},
    {"overlay", 0, "FILE",
     "Lay what the YAML file FILE says itself upon both scenarios", 1,
     SAH_TEXT(struct compare, overlay)},
    {"measures", 0, "FILE",
     "Measure what the YAML file FILE lists (the usual outcomes of the model)", 1,
     SAH_TEXT(struct compare, measures)},
    SAH_OPTION_SET,
    SAH_OPTION_THREADS,
    SAH_OPTION_MEMORY,
    SAH_OPTION_FORCE,
    SAH_OPTION_QUIET,
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .least = 2,
    .most = 2,
    .arguments = "A.yaml B.yaml",
    .doc =
        "Compare two scenarios by twins: in every replicate both run with the same "
        "seed, so that they share their draws, and what differs between them is the "
        "effect. The table tells for each outcome the means of both, the effect (b "
        "less a) with its 95 % interval, and the variance ratio: how much of the "
        "variance is left that seeds of their own would give."
        "\v"
        "Runs go side by side, one to a thread, and no value depends on how many "
        "threads there are. --overlay lays one file upon both, such as a coarser grid; "
        "a base that it names is not read, as both have one. Outcomes that are 0 in "
        "all runs are left out of the table, not out of the file. SIGINT and SIGTERM "
        "end it with status 130 and 143, and nothing is written.\n\n"
        "Examples:\n  sahel compare scenarios/sahel/base.yaml "
        "scenarios/sahel/asks/no-merger.yaml --replicates 32 -o cmp.h5\n"
        "  sahel compare base.yaml mine.yaml --overlay scenarios/sahel/coarse.yaml "
        "--csv > effects.csv",
};

/* ---- tables ------------------------------------------------------------------------- */

static int print_csv(const struct sah_compare *all, struct sah_error *err) {
    puts("measure,a,b,effect,low,high,variance_ratio");
    for (size_t i = 0; i < all->nrows; i++) {
        const struct sah_compare_row *row = all->row[i];
        const double number[] = {row->mean[0],     row->mean[1],
                                 row->effect.mean, row->effect.low,
                                 row->effect.high, row->effect.variance_ratio};
        sah_csv_put(stdout, row->name, true);
        for (size_t k = 0; k < sizeof number / sizeof *number; k++)
            sah_csv_put_number(stdout, number[k]);
        putchar('\n');
    }
    return sah_csv_check(stdout, "the effects", err);
}

static void widen(int *width, const char *text) {
    int length = (int)strlen(text);
    if (length > *width) *width = length;
}

/* The effect against the mean of a; "" where that says nothing. */
static void put_percent(char text[16], const struct sah_compare_row *row) {
    double percent = 100 * row->effect.mean / fabs(row->mean[0]);
    text[0] = '\0';
    if (isfinite(percent) && fabs(percent) < 1e5)
        snprintf(text, 16, "%+.1f %%", percent);
}

struct said {
    char text[32];
};
static struct said say(double number) {
    struct said said = {"-"};
    if (!isnan(number)) snprintf(said.text, sizeof said.text, "%.4g", number);
    return said;
}

static void print_row(const struct sah_compare_row *row, int names, int units) {
    const struct sah_effect *e = &row->effect;
    char percent[16], ratio[16] = "-";
    put_percent(percent, row);
    if (!isnan(e->variance_ratio))
        snprintf(ratio, sizeof ratio, "%.2f", e->variance_ratio);
    printf("%-*s  %-*s  %11s  %11s  %11s  %11s  %11s  %9s  %6s\n", names, row->name,
           units, row->unit, say(row->mean[0]).text, say(row->mean[1]).text,
           say(e->mean).text, say(e->low).text, say(e->high).text, percent, ratio);
}

static void print_table(const struct sah_compare *all) {
    int names = 7, units = 4;
    for (size_t i = 0; i < all->nrows; i++) {
        if (all->row[i]->idle) continue;
        widen(&names, all->row[i]->name);
        widen(&units, all->row[i]->unit);
    }
    printf("%-*s  %-*s  %11s  %11s  %11s  %11s  %11s  %9s  %6s\n", names, "measure",
           units, "unit", "a", "b", "effect", "low", "high", "of a", "ratio");
    for (size_t i = 0; i < all->nrows; i++)
        if (!all->row[i]->idle) print_row(all->row[i], names, units);
}

/* ---- what is told beside them -------------------------------------------------------- */

static void tell_dropped(const struct sah_compare *all) {
    for (size_t i = 0; i < all->nrows; i++) {
        const struct sah_compare_row *row = all->row[i];
        bool is_everywhere = row->there[0] && row->there[1];
        bool is_foreign = row->label && row->effect.n == 0; /* outside the box */
        if (is_everywhere && !is_foreign && row->effect.dropped)
            fprintf(stderr, "sahel: %s: not defined in %zu of %zu replicates\n",
                    row->name, row->effect.dropped, all->replicates);
    }
}

static void tell_unlike(const struct sah_compare *all) {
    if (!sah_compare_same_days(all))
        fputs("sahel: the two do not cover the same days: amounts over all days are "
              "not of the same length\n",
              stderr);
    if (!sah_compare_same_cells(all))
        fputs("sahel: the two have different cells: what is counted in cells is not "
              "the same, and there are no difference maps\n",
              stderr);
    if (all->arm[0] == all->arm[1])
        fputs("sahel: the two are the same: each replicate runs once\n", stderr);
}

static void tell_end(const struct sah_compare *all, const struct compare *own,
                     double seconds) {
    tell_dropped(all);
    if (own->common.quiet) return;
    fprintf(stderr, "%zu runs, %zu replicates, seed %ld, %s%s%s\n",
            sah_twins_runs(&all->twins), all->replicates, own->seed,
            sah_say_seconds(seconds).text, own->target ? ": " : "",
            own->target ? own->target : "");
}

/* ---- the command --------------------------------------------------------------------- */

static int check_target(const struct compare *own, struct sah_error *err) {
    if (!own->target) return SAH_OK;
    int status = sah_target_check(own->target, own->common.force, err);
    for (int i = 0; i < SAH_COMPARE_ARMS; i++)
        if (sah_target_same(own->target, own->common.argument[i]))
            status = sah_error_add(err, SAH_INPUT, "%s: a scenario itself is no target",
                                   own->target);
    return status;
}

static int keep(const struct sah_compare *all, const struct compare *own,
                double seconds, struct sah_error *err) {
    struct sah_provenance provenance = {.command = own->command,
                                        .threads = omp_get_max_threads(),
                                        .seconds = seconds,
                                        .peak_bytes = sah_peak_bytes()};
    return own->target ? sah_compare_write(all, own->target, &provenance, err) : SAH_OK;
}

static int report(const struct sah_compare *all, const struct compare *own,
                  double seconds, struct sah_error *err) {
    int status = keep(all, own, seconds, err);
    if (status) return status;
    if (own->common.csv)
        status = print_csv(all, err);
    else
        print_table(all);
    tell_end(all, own, seconds);
    return status;
}

static int stopped(int number) {
    fprintf(stderr, "\nstopped by %s; nothing was written\n", sah_stop_name(number));
    return 128 + number;
}

static int work(struct sah_compare *all, const struct compare *own) {
    struct sah_error err = {0};
    struct sah_progress progress = sah_progress_begin(own->common.quiet);
    struct sah_twins_watch watch = {
        .done = sah_progress_tell, .user = &progress, .stop = sah_stop_listen()};
    int refused = check_target(own, &err), status = sah_compare_open(all, &err);
    if (refused || status)
        return sah_say_errors(&err, refused ? refused : status, "nothing was run");
    if (!own->common.quiet) tell_unlike(all);
    status = sah_compare_run(all, &watch, &err);
    if (status == SAH_STOPPED) return stopped((int)*watch.stop);
    if (!status) status = report(all, own, sah_wall_seconds() - progress.begun, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}

int sah_cli_compare(int argc, char **argv) {
    struct compare own = {
        .command = sah_cli_command_line(argc, argv), .seed = 1, .replicates = 16};
    sah_options_parse(&usage, argc, argv, &own);
    sah_options_apply_threads(&own.common);
    double worlds = omp_get_max_threads() + SAH_COMPARE_ARMS;
    struct sah_compare all = {
        .twins = {.seed = (uint64_t)own.seed,
                  .families = sah_families,
                  .nfamilies = sah_family_count(),
                  .geography = sah_data_path("scenarios/geography"),
                  .data = sah_data_folder(),
                  .set = own.common.set.word,
                  .nset = own.common.set.n,
                  .admit = own.common.any_memory ? NULL : sah_need_admit,
                  .host = &worlds},
        .overlay = own.overlay ? sah_data_find(own.overlay) : NULL,
        .measures = own.measures ? sah_data_find(own.measures) : NULL,
        .folder = sah_data_path("scenarios/outcomes"),
        .replicates = (size_t)own.replicates};
    for (int i = 0; i < SAH_COMPARE_ARMS; i++)
        all.scenario[i] = sah_data_find(own.common.argument[i]);
    int status = work(&all, &own);
    sah_compare_free(&all);
    free(own.command);
    sah_options_free(&own.common);
    return status;
}
