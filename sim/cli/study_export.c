/* sahel study export: tables of a study that is whole. */
#include "output/csv.h"
#include "sim/cli/say.h"
#include "sim/cli/study.h"
#include "sim/study/packs.h"
#include "sim/study/study_result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct export {
    const struct sah_study *study;
    const struct sah_study_folder *folder;
    struct sah_study_result *result;
    double *value;
    struct sah_error *err;
};

static int no_memory(struct export *x) {
    return sah_error_add(x->err, SAH_MEMORY, "no memory for a table");
}

static int make_room(struct export *x, size_t n) {
    x->value = malloc((n + 1) * sizeof *x->value);
    return x->value ? SAH_OK : no_memory(x);
}

static void put_factor_names(const struct sah_study *study) {
    for (size_t k = 0; k < study->nfactors; k++)
        sah_csv_put(stdout, study->factor[k].name, false);
}

static void put_factors(const struct sah_study *study, size_t point) {
    for (size_t k = 0; k < study->nfactors; k++) {
        struct sah_factor_value value = sah_study_value(study, point, k);
        char text[SAH_FACTOR_TEXT];
        sah_study_word(&study->factor[k], &value, text);
        sah_csv_put(stdout, text, false);
    }
}

/* ---- a row for every run, a column for every measure ----------------------------------------- */

static void put_run(const struct export *x, size_t run, const double *value) {
    printf("%zu,%zu,%zu,%lld", run, sah_study_point(x->study, run),
           sah_study_replicate(x->study, run),
           (long long)sah_study_seed(x->study, run));
    put_factors(x->study, sah_study_point(x->study, run));
    for (size_t m = 0; m < x->result->nmeasures; m++)
        sah_csv_put_number(stdout, value[m]);
    putchar('\n');
}

/* Packs hold the runs in their order. */
static int put_runs(struct export *x) {
    size_t runs = sah_study_runs(x->study), n = x->result->nmeasures;
    size_t each = sah_pack_runs(runs);
    int status = make_room(x, each * n);
    fputs("run,point,replicate,seed", stdout);
    put_factor_names(x->study);
    for (size_t m = 0; m < n; m++) sah_csv_put(stdout, x->result->measure[m], false);
    putchar('\n');
    for (size_t i = 0; !status && n && i < sah_pack_count(runs); i++) {
        size_t first = i * each, count = runs - first < each ? runs - first : each;
        status = sah_pack_values(x->folder, i, count * n, x->value, x->err);
        for (size_t r = 0; !status && r < count; r++)
            put_run(x, first + r, x->value + r * n);
    }
    return status;
}

/* ---- a row for every point and measure ---------------------------------------------------------- */

static int put_points(struct export *x) {
    static const char *const names[] = {"mean", "sd", "count"};
    const struct sah_study *study = x->study;
    size_t points = study->design.npoints, n = x->result->nmeasures;
    int status = make_room(x, 3 * n);
    fputs("point", stdout);
    put_factor_names(study);
    fputs(",measure,unit,mean,sd,count\n", stdout);
    for (size_t p = 0; !status && p < points; p++) {
        for (size_t k = 0; !status && k < 3; k++)
            status =
                sah_study_result_rows(x->result, names[k], p, 1, n, x->value + k * n);
        for (size_t m = 0; !status && m < n; m++) {
            printf("%zu", p);
            put_factors(study, p);
            sah_csv_put(stdout, x->result->measure[m], false);
            sah_csv_put(stdout, x->result->unit[m], false);
            for (size_t k = 0; k < 3; k++)
                sah_csv_put_number(stdout, x->value[k * n + m]);
            putchar('\n');
        }
    }
    return status;
}

/* ---- what the factors do -------------------------------------------------------------------------- */

static const char *const morris[] = {"mu",    "mu_star", "mu_star_low", "mu_star_high",
                                     "sigma", "effects", NULL};
static const char *const sobol[] = {"S1",     "S1_low",  "S1_high", "ST",
                                    "ST_low", "ST_high", "samples", NULL};
enum { MOST_COLUMNS = 8 };

static const char *const *columns_of(const struct export *x) {
    if (x->study->design.kind == SAH_DESIGN_MORRIS) return morris;
    return x->study->design.kind == SAH_DESIGN_SALTELLI ? sobol : NULL;
}

static bool is_idle(const double *value, size_t k, size_t n, size_t m) {
    for (size_t f = 0; f < k; f++)
        if (!isnan(value[f * n + m]) && value[f * n + m] != 0) return false;
    return true;
}

static void print_factor(const struct export *x, const char *const *columns, size_t m,
                         size_t f, bool csv) {
    size_t k = x->study->nfactors, n = x->result->nmeasures;
    if (csv) {
        sah_csv_put(stdout, x->result->measure[m], true);
        sah_csv_put(stdout, x->study->factor[f].name, false);
    } else {
        printf("  %-40s", x->study->factor[f].name);
    }
    for (size_t c = 0; columns[c]; c++) {
        double value = x->value[(c * k + f) * n + m];
        if (csv)
            sah_csv_put_number(stdout, value);
        else
            printf("  %10.4g", value);
    }
    putchar('\n');
}

static int put_sensitivity(struct export *x, bool csv) {
    const char *const *columns = columns_of(x);
    size_t k = x->study->nfactors, n = x->result->nmeasures;
    if (!columns)
        return sah_error_add(x->err, SAH_INPUT,
                             "%s: a design of kind %s tells nothing of sensitivity; "
                             "morris and saltelli do",
                             x->study->path, sah_design_names[x->study->design.kind]);
    int status = make_room(x, MOST_COLUMNS * k * n);
    for (size_t c = 0; !status && columns[c]; c++)
        status =
            sah_study_result_rows(x->result, columns[c], 0, k, n, x->value + c * k * n);
    if (status) return status;
    fputs(csv ? "measure,factor" : "measure, factor                           ",
          stdout);
    for (size_t c = 0; columns[c]; c++) printf(csv ? ",%s" : "  %10s", columns[c]);
    putchar('\n');
    for (size_t m = 0; m < n; m++) {
        if (!csv && is_idle(x->value, k, n, m)) continue;
        if (!csv) puts(x->result->measure[m]);
        for (size_t f = 0; f < k; f++) print_factor(x, columns, m, f, csv);
    }
    return SAH_OK;
}

/* ---- the verb ----------------------------------------------------------------------------------- */

static int put_table(struct export *x, const struct sah_study_call *call) {
    if (!strcmp(call->table, "sensitivity")) return put_sensitivity(x, call->common.csv);
    return !strcmp(call->table, "points") ? put_points(x) : put_runs(x);
}

int sah_study_export_verb(struct sah_study *study, const struct sah_study_call *call) {
    struct sah_study_folder folder;
    struct sah_study_result result = {.h5 = {.file = -1}};
    struct sah_error err = {0};
    struct export x = {
        .study = study, .folder = &folder, .result = &result, .err = &err};
    int status = sah_study_folder_open(study, call->folder, false, &folder, &err);
    if (!status) status = sah_study_result_open(&folder, &result, &err);
    if (!status) status = put_table(&x, call);
    if (!status) status = sah_csv_check(stdout, "the table", &err);
    sah_study_result_close(&result);
    sah_study_folder_close(&folder);
    free(x.value);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
