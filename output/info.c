/* From the whole to the parts; the digest last. */
#include "output/info.h"

#include "output/csv.h"
#include "output/result.h"
#include "sim/kernel/calendar.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void tell_run(const struct sah_result *result, FILE *out) {
    const struct sah_result_run *run = sah_result_run(result);
    char start[11], end[11];
    struct stat file = {0};
    sah_day_text(run->start, start);
    sah_day_text(run->end, end);
    stat(run->path, &file);
    fprintf(out, "%s\n", run->path);
    if (*run->title) fprintf(out, "%s\n", run->title);
    fprintf(out, "\n  model     %s, seed %lld, %.6g people per agent\n", run->model,
            (long long)run->seed, run->people_per_agent);
    fprintf(out, "  period    %s to %s, %d days\n", start, end,
            (int)(run->end - run->start + 1));
    fprintf(out, "  made by   sahel %s (%s)\n", run->version, run->commit);
    fprintf(out, "  size      %.1f MB\n", (double)file.st_size / 1e6);
}

static void tell_grid(const struct sah_result *result, FILE *out) {
    const struct sah_grid *grid = sah_result_grid(result);
    if (grid->ncells == 0) return;
    if (grid->plain) {
        fprintf(out, "  grid      %d x %d cells, a torus\n", grid->nlon, grid->nlat);
        return;
    }
    fprintf(out,
            "  grid      %d x %d cells of %g degrees, longitude %g to %g, latitude ",
            grid->nlon, grid->nlat, grid->cell_deg, grid->west, grid->east);
    fprintf(out, "%g to %g\n", grid->south, grid->north);
}

/* ---- totals -------------------------------------------------------------------- */

static int tell_total(struct sah_result *result, const struct sah_variable *series,
                      FILE *out, struct sah_error *err) {
    const struct sah_result_run *run = sah_result_run(result);
    size_t n = sah_variable_count(result, series);
    double *value = calloc(n + 1, sizeof *value), sum = 0;
    if (!value) return sah_error_add(err, SAH_MEMORY, "no memory for a series");
    int status =
        sah_result_over(result, series, run->start, run->end, value, NULL, err);
    for (size_t i = 0; i < n; i++) sum += value[i];
    free(value);
    if (status) return status;
    const char *unit = strcmp(series->unit, "1") == 0 ? "" : series->unit;
    fprintf(out, "  %-24s %14.10g %-10s %s\n", series->name, sum, unit,
            series->nature == SAH_FLOW ? "in all" : "at the end");
    return SAH_OK;
}

/* Is `name` one of the words of `list`? An empty list holds all. */
static bool is_word(const char *list, const char *name) {
    size_t length = strlen(name);
    if (!*list) return true;
    for (const char *at = strstr(list, name); at; at = strstr(at + 1, name))
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
            return true;
    return false;
}

static int tell_totals(struct sah_result *result, FILE *out, struct sah_error *err) {
    const char *headline = sah_result_run(result)->headline;
    int status = SAH_OK;
    fputs("\nResults\n", out);
    for (size_t i = 0; !status && i < sah_result_count(result, SAH_SERIES); i++) {
        const struct sah_variable *series = sah_result_at(result, SAH_SERIES, i);
        if (is_word(headline, series->name))
            status = tell_total(result, series, out, err);
    }
    return status;
}

/* ---- what the file holds ------------------------------------------------------- */

static void tell_variable(const struct sah_variable *v, FILE *out) {
    char name[128];
    const char *comma = v->axis[0] && v->axis[1] ? ", " : "";
    snprintf(name, sizeof name, "%s%s%s%s%s%s", v->name, v->axis[0] ? " (" : "",
             v->axis[0] ? v->axis[0]->name : "", comma,
             v->axis[1] ? v->axis[1]->name : "", v->axis[0] ? ")" : "");
    fprintf(out, "  %-36s %-16s %s\n", name, v->unit, v->doc);
}

static void tell_place(const struct sah_result *result, enum sah_place place,
                       const char *title, const char *every, FILE *out) {
    size_t n = sah_result_count(result, place);
    if (n == 0) return;
    fprintf(out, "\n%s, by %s, %zu periods\n", title, every,
            sah_result_period_count(result, place));
    for (size_t i = 0; i < n; i++) tell_variable(sah_result_at(result, place, i), out);
}

static void tell_axes(const struct sah_result *result, FILE *out) {
    if (sah_result_axis_count(result)) fputs("\nAxes\n", out);
    for (size_t i = 0; i < sah_result_axis_count(result); i++) {
        const struct sah_axis *axis = sah_result_axis_at(result, i);
        fprintf(out, "  %-14s", axis->name);
        for (size_t k = 0; k < axis->n; k++) fprintf(out, " %s", axis->label[k]);
        fputc('\n', out);
    }
}

static int tell_log(struct sah_result *result, const char *name, FILE *out,
                    struct sah_error *err) {
    struct sah_result_table table;
    int status = sah_result_log(result, name, &table, err);
    if (status) return status;
    fprintf(out, "  %-14s %zu row%s of", name, table.nrows,
            table.nrows == 1 ? "" : "s");
    for (size_t k = 0; k < table.ncolumns; k++)
        fprintf(out, " %s", table.column[k].name);
    fputc('\n', out);
    sah_result_table_clear(&table);
    return SAH_OK;
}

static int tell_logs(struct sah_result *result, FILE *out, struct sah_error *err) {
    size_t n = sah_result_log_count(result);
    int status = SAH_OK;
    if (n) fputs("\nLogs\n", out);
    for (size_t i = 0; !status && i < n; i++)
        status = tell_log(result, sah_result_log_at(result, i), out, err);
    return status;
}

static int tell_all(struct sah_result *result, FILE *out, struct sah_error *err) {
    const struct sah_result_run *run = sah_result_run(result);
    tell_run(result, out);
    tell_grid(result, out);
    int status = tell_totals(result, out, err);
    tell_place(result, SAH_FIELD, "Fields", run->fields_every, out);
    tell_place(result, SAH_SERIES, "Series", run->series_every, out);
    tell_place(result, SAH_LEDGER, "Ledger", "month", out);
    if (!status) status = tell_logs(result, out, err);
    tell_axes(result, out);
    fprintf(out, "\nDigest %s\n", run->digest);
    return status ? status : sah_csv_check(out, "the description", err);
}

int sah_info(const char *path, FILE *out, struct sah_error *err) {
    struct sah_result *result;
    int status = sah_result_open(path, &result, err);
    if (status) return status;
    status = tell_all(result, out, err);
    sah_result_close(result);
    return status;
}

int sah_info_digest(const char *path, FILE *out, struct sah_error *err) {
    struct sah_result *result;
    int status = sah_result_open(path, &result, err);
    if (status) return status;
    fprintf(out, "%s %s\n", path, sah_result_run(result)->digest);
    sah_result_close(result);
    return sah_csv_check(out, "the digest", err);
}
