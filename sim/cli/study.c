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

enum { MOST_SHARDS = 1000000 };

static const char *const tables[] = {"runs", "points", "sensitivity", NULL};

static void read_shard(struct argp_state *state, const char *text, void *at) {
    struct sah_shard *shard = at;
    char *end;
    shard->number = strtol(text, &end, 10);
    shard->of = *end == '/' ? strtol(end + 1, &end, 10) : 0;
    if (*end || shard->number < 1 || shard->of < shard->number ||
        shard->of > MOST_SHARDS)
        argp_error(state, "--shard = %s: expected a part such as 1/4 .. 4/4", text);
}

static const struct sah_option rows[] = {
    {"output", 'o', "DIR", "The folder of the study", 0,
     SAH_TEXT(struct sah_study_call, folder)},
    {"jobs", 'j', "N", "Run N at a time (as many as there are processors)", 0,
     SAH_WHOLE(struct sah_study_call, jobs, 1, SAH_CREW_JOBS)},
    {"shard", 0, "I/N",
     "Do only part I of N, from 1/N to N/N; all parts may share one folder", 1,
     SAH_OWN(struct sah_study_call, shard, read_shard)},
    {"fail-fast", 0, NULL, "Stop at the first run that fails", 1,
     SAH_FLAG(struct sah_study_call, fail_fast)},
    {"retry", 0, NULL, "Try runs again that failed", 1,
     SAH_FLAG(struct sah_study_call, retry)},
    SAH_OPTION_CSV,
    {"table", 0, "NAME", "Export this table: runs, points or sensitivity (runs)", 1,
     SAH_CHOICE(struct sah_study_call, table, tables)},
    {"parts", 0, "N", "Tasks of the array of a batch script", 1,
     SAH_WHOLE(struct sah_study_call, parts, 1, MOST_SHARDS)},
    SAH_OPTION_THREADS,
    SAH_OPTION_MEMORY,
    SAH_OPTION_QUIET,
    {0},
};

static const char *const verbs[] = {"plan", "run", "status", "export", "slurm", NULL};

static const struct verb {
    sah_study_verb *call;
    bool has_folder;
} verb[] = {
    /* in the order of their names */
    {sah_study_plan_verb, false},  {sah_study_run_verb, true},
    {sah_study_status_verb, true}, {sah_study_export_verb, true},
    {sah_study_slurm_verb, true},
};
_Static_assert(sizeof verb / sizeof *verb + 1 == sizeof verbs / sizeof *verbs,
               "a row for each name");

static const struct verb *find_verb(const char *name) {
    size_t i = 0;
    while (strcmp(verbs[i], name) != 0) i++; /* it is one of them */
    return &verb[i];
}

static void check(void *call, struct argp_state *state) {
    const struct sah_study_call *own = call;
    if (find_verb(own->common.argument[0])->has_folder && !own->folder)
        argp_error(state, "in which folder? Give -o DIR, such as -o out");
}

static const struct sah_usage usage = {
    .options = rows,
    .least = 2,
    .most = 2,
    .verbs = verbs,
    .arguments = "plan|run|status|export|slurm STUDY.yaml [-o DIR]",
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
    .check = check,
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
    struct sah_study_call own = {.command = sah_cli_command_line(argc, argv),
                                 .table = tables[0],
                                 .shard = {1, 1}};
    sah_options_parse(&usage, argc, argv, &own);
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
