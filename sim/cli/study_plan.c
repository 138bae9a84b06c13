/* sahel study plan: what would be run, and what it would cost. */
#include "output/csv.h"
#include "sim/cli/say.h"
#include "sim/cli/study.h"
#include "sim/study/pilot.h"

#include <string.h>

/* ---- points ------------------------------------------------------------------------- */

static int print_points(const struct sah_study *study) {
    struct sah_error err = {0};
    fputs("point,name", stdout);
    for (size_t k = 0; k < study->nfactors; k++)
        sah_csv_put(stdout, study->factor[k].name, false);
    putchar('\n');
    for (size_t p = 0; p < study->design.npoints; p++) {
        printf("%zu", p);
        sah_csv_put(stdout, study->point_name ? study->point_name[p] : "", false);
        for (size_t k = 0; k < study->nfactors; k++) {
            struct sah_factor_value value = sah_study_value(study, p, k);
            char text[SAH_FACTOR_TEXT];
            sah_study_word(&study->factor[k], &value, text);
            sah_csv_put(stdout, text, false);
        }
        putchar('\n');
    }
    int status = sah_csv_check(stdout, "the points", &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}

/* ---- people read --------------------------------------------------------------------- */

static void print_factor(const struct sah_study *study, size_t k) {
    const struct sah_factor *factor = &study->factor[k];
    const char *unit = strcmp(factor->param->unit, "1") ? factor->param->unit : "";
    printf("    %s: ", factor->name);
    if (factor->is_range) {
        char from[SAH_FACTOR_TEXT], to[SAH_FACTOR_TEXT];
        sah_study_word(factor, &(struct sah_factor_value){.number = factor->from},
                       from);
        sah_study_word(factor, &(struct sah_factor_value){.number = factor->to}, to);
        printf("%s to %s%s%s%s", from, to, *unit ? " " : "", unit,
               factor->is_log ? ", log" : "");
        if (sah_design_has_levels(study->design.kind))
            printf(", %zu levels", factor->nvalues);
    }
    for (size_t i = 0; !factor->is_range && i < factor->nvalues; i++)
        printf("%s%s", i ? ", " : "",
               *factor->value[i].text ? factor->value[i].text : "-");
    putchar('\n');
}

static void print_kept(const struct sah_study *study) {
    static const char *const names[] = {"fields", "series", "the ledger"};
    printf("  kept        %zu measures", study->outcomes.n);
    for (int p = 0; p < 3; p++)
        if (study->keep.place[p]) printf(", %s", names[p]);
    puts(study->keep.events ? ", events and other logs" : "");
}

static void print_design(const struct sah_study *study) {
    const struct sah_world *world = study->base.world;
    printf("  study       %s%s%s\n", study->path, *study->title ? ": " : "",
           study->title);
    printf("  scenario    %s, %s to %s\n", study->scenario,
           sah_say_day(world->run.start).text, sah_say_day(world->run.end).text);
    printf("  design      %s, %s points, %zu factor%s\n",
           sah_design_names[study->design.kind],
           sah_say_count((double)study->design.npoints).text, study->nfactors,
           study->nfactors == 1 ? "" : "s");
    for (size_t k = 0; k < study->nfactors; k++) print_factor(study, k);
    printf("  replicates  %zu, seed %llu\n", study->nreplicates,
           (unsigned long long)study->seed);
    printf("  runs        %s\n", sah_say_count((double)sah_study_runs(study)).text);
    print_kept(study);
}

static void print_cost(const struct sah_study *study, const struct sah_study_call *call,
                       const struct sah_pilot *pilot) {
    double runs = (double)sah_study_runs(study), jobs = (double)sah_study_jobs(call);
    if (jobs > runs) jobs = runs;
    struct sah_said each = sah_say_seconds(pilot->seconds);
    if (pilot->seconds < 1)
        snprintf(each.text, sizeof each.text, "%.0f ms", 1e3 * pilot->seconds);
    printf("  time        %s a run, %s in all with %.0f job%s\n", each.text,
           sah_say_seconds(pilot->seconds * runs / jobs).text, jobs,
           jobs > 1 ? "s" : "");
    printf("  memory      %s a job, %s in all\n", sah_say_bytes(pilot->bytes).text,
           sah_say_bytes(pilot->bytes * jobs).text);
    printf("  disk        %s while it runs, %s in the end\n",
           sah_say_bytes(pilot->record_bytes * runs).text,
           sah_say_bytes(pilot->packed_bytes).text);
}

int sah_study_plan_verb(struct sah_study *study, const struct sah_study_call *call) {
    struct sah_pilot pilot;
    struct sah_error err = {0};
    if (call->common.csv) return print_points(study);
    print_design(study);
    int status = sah_study_pilot(study, &pilot, &err);
    if (status) return sah_say_errors(&err, status, "the first run fails");
    print_cost(study, call, &pilot);
    return 0;
}
