/* sahel flee: the law of flight on Flee's inputs, beside people registered in camps. */
#define _DEFAULT_SOURCE /* scandir */
#include "models/flight/flee_run.h"
#include "output/disk.h"
#include "output/flee/sheet.h"

#include "sim/cli/commands.h"
#include "sim/cli/data.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"
#include "sim/cli/target.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

struct flee {
    struct sah_options common;
    struct sah_flee_settings settings;
    struct sah_picture plot;
    const char *out;
    long days;
    bool list;
};

static const struct sah_option rows[] = {
    {"output", 'o', "FILE", "Write a row for each day, in the columns of Flee", 0,
     SAH_TEXT(struct flee, out)},
    {"plot", 0, "FILE", "Draw camp by camp: .png, .svg or .pdf", 1,
     SAH_TEXT(struct flee, plot.path)},
    {"days", 0, "N", "Simulate the first N days alone (all)", 1,
     SAH_WHOLE(struct flee, days, 1, SAH_FLEE_MOST_DAYS)},
    {"set", 0, "KEY=VALUE",
     "Set a parameter of --list, such as range=300; may be repeated", 1,
     SAH_WORDS(struct sah_options, set)},
    {"list", 0, NULL, "Explain all parameters", 1, SAH_FLAG(struct flee, list)},
    SAH_OPTION_THREADS,
    SAH_OPTION_FORCE,
    SAH_OPTION_QUIET,
    {0},
};

static void check_case(void *call, struct argp_state *state) {
    const struct flee *own = call;
    if (!own->list && own->common.narguments < 1)
        argp_error(state, "which case? Give its folder");
}

static const struct sah_usage usage = {
    .options = rows,
    .most = 1,
    .arguments = "DIR",
    .doc =
        "Simulate flight to camps on the inputs of the migration model Flee, and "
        "compare with the people registered there. DIR holds input_csv and source_data."
        "\v"
        "People flee from places in conflict, as many as were newly registered, and "
        "choose camps by the law by which people of the Sahel model choose towns. One "
        "agent is one person. Told are numbers by camp and month and the averaged "
        "relative difference, beside other rules: the nearest camp, any camp alike, a "
        "walk from place to place.\n\n"
        "Examples:\n  sahel flee scenarios/flee/tiny\n"
        "  sahel flee FabFlee/config_files/mali2012 -o out.csv --plot camps.png\n"
        "  sahel flee FabFlee/config_files/mali2012 --set size=0 --days 30",
    .check = check_case,
};

/* ---- parameters -------------------------------------------------------------------- */

static void explain(void) {
    for (const struct sah_param *p = sah_flee_params; p->key; p++) {
        char def[64], range[160];
        sah_param_default_text(p, def, sizeof def);
        sah_param_range_text(p, range, sizeof range);
        printf("%-12s %s\n%-12s default %s, %s; source: %s\n", p->key, p->doc, "", def,
               range, p->source);
    }
}

static const struct sah_param *find_param(const char *key, const char **near) {
    size_t distance = SIZE_MAX;
    *near = NULL;
    for (const struct sah_param *p = sah_flee_params; p->key; p++) {
        if (strcmp(p->key, key) == 0) return p;
        sah_nearer(key, p->key, near, &distance);
    }
    return NULL;
}

static int set_one(struct sah_flee_settings *settings, const char *text,
                   struct sah_error *err) {
    char key[32], why[256];
    const char *near, *equals = strchr(text, '=');
    int length = equals ? (int)(equals - text) : 0;
    snprintf(key, sizeof key, "%.*s", length, text);
    const struct sah_param *p = find_param(key, &near);
    if (!equals)
        return sah_error_add(err, SAH_INPUT, "--set %s: expected KEY=VALUE", text);
    if (!p)
        return sah_error_add(err, SAH_INPUT, "--set %s: no such parameter%s%s%s", text,
                             near ? "; did you mean " : "", near ? near : "",
                             near ? "?" : "; 'sahel flee --list' tells them");
    if (sah_param_read(p, equals + 1, (char *)settings + p->at, why, sizeof why))
        return SAH_OK;
    return sah_error_add(err, SAH_INPUT, "--set %s: %s", text, why);
}

static int check(struct flee *own, struct sah_error *err) {
    int code = SAH_OK, bad;
    for (size_t i = 0; i < own->common.set.n; i++)
        if ((bad = set_one(&own->settings, own->common.set.word[i], err))) code = bad;
    if (own->out && (bad = sah_target_check(own->out, own->common.force, err)))
        code = bad;
    if (own->plot.path && (bad = sah_picture_check(&own->plot, err))) code = bad;
    return code;
}

/* ---- the folder -------------------------------------------------------------------- */

static bool is_folder(const char *path) {
    struct stat found;
    return path && stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static bool is_case(const char *folder) {
    char *inputs = folder ? sah_disk_join(folder, "input_csv") : NULL;
    bool is = is_folder(inputs);
    free(inputs);
    return is;
}

/* The first case below a folder, such as FabFlee/config_files; NULL where there is none. */
static char *case_below(const char *folder) {
    struct dirent **entry = NULL;
    char *found = NULL;
    int n = scandir(folder, &entry, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char *path = entry[i]->d_name[0] == '.' || found
                         ? NULL
                         : sah_disk_join(folder, entry[i]->d_name);
        if (is_case(path))
            found = path;
        else
            free(path);
        free(entry[i]);
    }
    free(entry);
    return found;
}

/* Who names a folder above or below a case is told the case. */
static int check_folder(const char *folder, struct sah_error *err) {
    if (!is_folder(folder))
        return sah_error_add(err, SAH_MISSING, "%s: there is no such folder", folder);
    if (is_case(folder)) return SAH_OK;
    char *above = sah_disk_join(folder, ".."), *below = case_below(folder);
    int code =
        SAH_OK; /* where nothing is near, reading tells which files are missing */
    if (is_case(above))
        code = sah_error_add(err, SAH_MISSING,
                             "%s: a case is the folder above, which holds input_csv",
                             folder);
    else if (below)
        code = sah_error_add(err, SAH_MISSING,
                             "%s: holds no input_csv, so it is no case of Flee; did "
                             "you mean %s?",
                             folder, below);
    free(above);
    free(below);
    return code;
}

/* ---- runs -------------------------------------------------------------------------- */

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

struct job {
    const struct flee *own;
    const struct sah_flee_case *flee;
    const char **camp;
    int days;
};

static struct sah_flee_sheet sheet_of(const struct job *job,
                                      const struct sah_flee_run *run) {
    return (struct sah_flee_sheet){.title = base_name(job->own->common.argument[0]),
                                   .start = job->flee->start,
                                   .days = run->days,
                                   .ncamps = run->ncamps,
                                   .camp = job->camp,
                                   .simulated = run->simulated,
                                   .list = run->lists,
                                   .fled = run->fled,
                                   .away = run->away,
                                   .debt = run->debt,
                                   .home = run->home};
}

/* Means over the first 30 and 300 days, and all; first as they are, then rescaled. */
static void print_score(const char *name, const struct sah_flee_sheet *sheet) {
    const int spans[] = {30, 300, sheet->days};
    printf("%-16s", name);
    for (int rescaled = 0; rescaled < 2; rescaled++)
        for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
            int days = spans[i] <= sheet->days ? spans[i] : sheet->days;
            struct sah_flee_score score = sah_flee_score(sheet, 0, days);
            if (spans[i] <= sheet->days)
                printf(" %9.3f", rescaled ? score.rescaled : score.error);
            else
                printf(" %9s", "-");
        }
    putchar('\n');
}

static void print_head(void) {
    printf("\n%-16s %29s %29s\n%-16s", "mean error", "as it is", "rescaled", "");
    for (int k = 0; k < 2; k++)
        printf(" %9s %9s %9s", "30 days", "300 days", "all days");
    putchar('\n');
}

static int print_others(const struct job *job, struct sah_error *err) {
    static const struct {
        const char *name;
        int rule; /* enum sah_flee_rule */
    } other[] = {{"nearest camp", SAH_FLEE_NEAREST},
                 {"any camp alike", SAH_FLEE_UNIFORM},
                 {"walk as in Flee", SAH_FLEE_WALK}};
    int code = SAH_OK;
    for (size_t i = 0; !code && i < sizeof other / sizeof *other; i++) {
        struct sah_flee_settings settings = job->own->settings;
        struct sah_flee_run run;
        settings.rule = other[i].rule;
        code = sah_flee_run(job->flee, &settings, job->days, &run, err);
        if (code) break;
        struct sah_flee_sheet sheet = sheet_of(job, &run);
        print_score(other[i].name, &sheet);
        sah_flee_run_free(&run);
    }
    return code;
}

static int tell(const struct job *job, const struct sah_flee_run *run, double seconds,
                struct sah_error *err) {
    static const char *const names[] = {"this law", "nearest camp", "any camp alike",
                                        "walk as in Flee"};
    const struct flee *own = job->own;
    struct sah_flee_sheet sheet = sheet_of(job, run);
    char digest[33];
    int code = SAH_OK;
    sah_flee_print(&sheet, stdout);
    print_head();
    print_score(names[own->settings.rule], &sheet);
    if (own->settings.rule == SAH_FLEE_LAW) code = print_others(job, err);
    sah_digest_text(run->digest, digest);
    printf("\ndigest %s\n", digest);
    if (!own->common.quiet)
        fprintf(stderr,
                "sahel: %.3g million agent-days in %.3g s, %.3g million a second\n",
                run->agent_days / 1e6, seconds, run->agent_days / 1e6 / seconds);
    if (!code && own->out) code = sah_flee_csv(&sheet, own->out, err);
    if (!code && own->plot.path) code = sah_flee_draw(&sheet, &own->plot, err);
    return code;
}

static void note(const struct flee *own, const struct sah_flee_case *flee) {
    if (own->common.quiet) return;
    if (flee->unsorted)
        fprintf(stderr,
                "sahel: %zu rows of lists stand behind later dates: put in order\n",
                flee->unsorted);
    if (flee->strangers)
        fprintf(stderr,
                "sahel: %zu lists are of places that locations.csv does not hold: they "
                "count among newcomers\n",
                flee->strangers);
    if (flee->days < flee->asked)
        fprintf(stderr,
                "sahel: sim_period.csv asks for %d days, conflicts.csv ends after %d\n",
                flee->asked, flee->days);
}

static int simulate(const struct flee *own, const struct sah_flee_case *flee,
                    struct sah_error *err) {
    struct job job = {.own = own, .flee = flee, .days = flee->days};
    struct sah_flee_run run;
    note(own, flee);
    if (own->days && own->days < flee->days) job.days = (int)own->days;
    job.camp = calloc(flee->ncamps, sizeof *job.camp);
    if (!job.camp) return sah_error_add(err, SAH_MEMORY, "no memory for camps");
    for (size_t c = 0; c < flee->ncamps; c++)
        job.camp[c] = flee->place[flee->camp[c]].name;
    double begin = now();
    int code = sah_flee_run(flee, &own->settings, job.days, &run, err);
    if (!code) {
        code = tell(&job, &run, now() - begin, err);
        sah_flee_run_free(&run);
    }
    free(job.camp);
    return code;
}

int sah_cli_flee(int argc, char **argv) {
    struct flee own = {0};
    struct sah_flee_case flee = {0};
    struct sah_error err = {0};
    sah_flee_defaults(&own.settings);
    sah_options_parse(&usage, argc, argv, &own);
    own.plot.force = own.common.force;
    if (own.list) {
        explain();
        return 0;
    }
    sah_options_apply_threads(&own.common);
    int code = check(&own, &err);
    const char *folder = sah_data_find(own.common.argument[0]);
    struct sah_flee_files files = sah_flee_folder(folder);
    int read = check_folder(folder, &err);
    if (!read) read = sah_flee_read(&files, &flee, &err);
    const char *after = code || read ? "nothing was simulated" : NULL;
    if (read) code = read;
    if (!code) code = simulate(&own, &flee, &err);
    sah_flee_free(&flee);
    sah_options_free(&own.common);
    return code ? sah_say_errors(&err, code, after) : 0;
}
