/* sahel study: options, and who does what. */
#include "sim/cli/study.h"

#include "models/registry.h"
#include "sim/cli/commands.h"
#include "sim/cli/data.h"
#include "sim/cli/say.h"
#include "sim/cli/target.h"
#include "sim/study/crew.h"
#include "sim/study/limits.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEY_CSV = SAH_KEY_OWN,
    KEY_SHARD,
    KEY_FAIL_FAST,
    KEY_RETRY,
    KEY_TABLE,
    KEY_PARTS,
    MOST_SHARDS = 1000000
};

static const struct argp_option rows[] = {
    {"output", 'o', "DIR", 0, "The folder of the study", 0},
    {"jobs", 'j', "N", 0, "Run N at a time (as many as there are processors)", 0},
    {"shard", KEY_SHARD, "I/N", 0,
     "Do only part I of N, from 1/N to N/N; all parts may share one folder", 1},
    {"fail-fast", KEY_FAIL_FAST, NULL, 0, "Stop at the first run that fails", 1},
    {"retry", KEY_RETRY, NULL, 0, "Try runs again that failed", 1},
    {"csv", KEY_CSV, NULL, 0, "Print comma-separated values", 1},
    {"table", KEY_TABLE, "NAME", 0,
     "Export this table: runs, points or sensitivity (runs)", 1},
    {"parts", KEY_PARTS, "N", 0, "Tasks of the array of a batch script", 1},
    SAH_OPTION_THREADS,
    SAH_OPTION_MEMORY,
    SAH_OPTION_QUIET,
    {0},
};

static const struct verb {
    const char *name;
    sah_study_verb *call;
    bool has_folder;
} verbs[] = {
    {"plan", sah_study_plan_verb, false},    {"run", sah_study_run_verb, true},
    {"status", sah_study_status_verb, true}, {"export", sah_study_export_verb, true},
    {"slurm", sah_study_slurm_verb, true},   {0},
};

static const char *const tables[] = {"runs", "points", "sensitivity", NULL};

static const struct verb *find_verb(const char *name) {
    for (const struct verb *v = verbs; v->name; v++)
        if (strcmp(v->name, name) == 0) return v;
    return NULL;
}

static void parse_shard(struct sah_study_call *own, const char *text,
                        struct argp_state *state) {
    char *end;
    own->shard = strtol(text, &end, 10);
    own->shards = *end == '/' ? strtol(end + 1, &end, 10) : 0;
    if (*end || own->shard < 1 || own->shards < own->shard || own->shards > MOST_SHARDS)
        argp_error(state, "--shard = %s: expected a part such as 1/4 .. 4/4", text);
}

static error_t check_all(const struct sah_study_call *own, struct argp_state *state) {
    const char *names[sizeof verbs / sizeof *verbs];
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) names[i] = verbs[i].name;
    sah_option_choice(state, "study", own->common.argument[0], names);
    const struct verb *verb = find_verb(own->common.argument[0]);
    if (verb && verb->has_folder && !own->folder)
        argp_error(state, "in which folder? Give -o DIR, such as -o out");
    return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct sah_study_call *own = state->input;
    switch (key) {
    case 'o':
        own->folder = arg;
        return 0;
    case 'j':
        own->jobs = sah_option_whole(state, "--jobs", arg, 1, SAH_CREW_JOBS);
        return 0;
    case KEY_SHARD:
        parse_shard(own, arg, state);
        return 0;
    case KEY_FAIL_FAST:
        own->fail_fast = true;
        return 0;
    case KEY_RETRY:
        own->retry = true;
        return 0;
    case KEY_TABLE:
        sah_option_choice(state, "--table", arg, tables);
        own->table = arg;
        return 0;
    case KEY_PARTS:
        own->parts = sah_option_whole(state, "--parts", arg, 1, MOST_SHARDS);
        return 0;
    case KEY_CSV:
        own->csv = true;
        return 0;
    default:
        break;
    }
    error_t status = sah_options_key(&own->common, key, arg, state);
    return key == ARGP_KEY_END ? check_all(own, state) : status;
}

static const struct argp argp = {
    .options = rows,
    .parser = parse,
    .args_doc = "plan|run|status|export|slurm STUDY.yaml [-o DIR]",
    .doc =
        "Run one scenario many times: at every point of a design, with replicates "
        "whose seeds are the same at all points, so that points are paired."
        "\v"
        "plan tells the design, the runs, and what they will cost, from the first "
        "second of the first run; with --csv it prints the points. run does what is "
        "missing, in processes side by side; stopped or killed at any moment, the same "
        "command goes on, and the end is the same. Several may work on one folder, "
        "also from several machines. A folder belongs to one study as it was when it "
        "was begun. status tells how far it is, and what failed and why; with --csv a "
        "row for every run. export prints tables of a study that is whole: the "
        "measures "
        "of all runs, means by point, or what the factors do (designs morris and "
        "saltelli). slurm prints a batch script for an array of tasks.\n\n"
        "Examples:\n  sahel study plan scenarios/studies/gold.yaml\n"
        "  sahel study run scenarios/studies/gold.yaml -o out --jobs 2\n"
        "  sahel study export scenarios/studies/gold.yaml -o out --table points > "
        "gold.csv\n"
        "  sahel study slurm scenarios/studies/gold.yaml -o out > job.sh",
};

/* ---- shared by the verbs ------------------------------------------------------------- */

size_t sah_study_jobs(const struct sah_study_call *call) {
    return call->jobs ? (size_t)call->jobs : (size_t)omp_get_num_procs();
}

int sah_study_threads(const struct sah_study_call *call) {
    if (call->common.threads) return call->common.threads;
    int threads = omp_get_num_procs() / (int)sah_study_jobs(call);
    return threads > 1 ? threads : 1;
}

/* Numbers stand alone, in the unit of the factor. */
void sah_study_word(const struct sah_factor *factor,
                    const struct sah_factor_value *value,
                    char text[static SAH_FACTOR_TEXT]) {
    union {
        double real;
        int64_t whole;
        bool on;
        int choice;
        int32_t day;
    } place;
    if (factor->param->type == SAH_REAL || factor->param->type == SAH_INT) {
        sah_number_text(value->number, text);
        return;
    }
    sah_param_set_number(factor->param, &place, value->number);
    sah_param_text(factor->param, &place, text, SAH_FACTOR_TEXT);
}

/* ---- the command --------------------------------------------------------------------- */

struct sah_study sah_study_asked(const struct sah_study_call *call, const char *path,
                                 double *worlds) {
    *worlds = (double)sah_study_jobs(call) + 1;
    return (struct sah_study){.path = path,
                              .families = sah_families,
                              .nfamilies = sah_family_count(),
                              .geography = sah_data_path("scenarios/geography"),
                              .data = sah_data_folder(),
                              .outcomes_folder = sah_data_path("scenarios/outcomes"),
                              .admit = call->common.any_memory ? NULL : sah_need_admit,
                              .host = worlds};
}

static int call_verb(const struct sah_study_call *own) {
    double worlds;
    struct sah_study study =
        sah_study_asked(own, sah_data_find(own->common.argument[1]), &worlds);
    struct sah_error err = {0};
    int status = sah_study_open(&study, &err);
    if (!status)
        status = find_verb(own->common.argument[0])->call(&study, own);
    else if (own->ranks.rank == 0)
        status = sah_say_errors(&err, status, "nothing was run");
    else
        status = sah_code_status(status);
    sah_error_clear(&err);
    sah_study_close(&study);
    return status;
}

int sah_cli_study(int argc, char **argv) {
    struct sah_study_call own = {.common = {.least = 2, .most = 2},
                                 .command = sah_cli_command_line(argc, argv),
                                 .table = tables[0],
                                 .shard = 1,
                                 .shards = 1};
    sah_options_parse(&argp, argc, argv, &own.common);
    omp_set_num_threads(1); /* workers are forked, and choose their own */
    if (strcmp(own.common.argument[0], "run") == 0 && !sah_ranks_begin(&own.ranks)) {
        fputs(
            "sahel: was built without MPI (cmake -DSAH_MPI=ON); without mpirun, --jobs "
            "runs several at a time\n",
            stderr);
        return SAH_EXIT_USAGE;
    }
    int status = call_verb(&own);
    sah_ranks_end(&own.ranks);
    free(own.command);
    sah_options_free(&own.common);
    return status;
}
