/* Leading columns first, then the others as the file has them. */
#include "output/log_csv.h"

#include "output/csv.h"
#include "output/result.h"

#include <stdlib.h>
#include <string.h>

static const char *const leading[] = {"date", "lon", "lat", "gid"};
enum { NLEADING = sizeof leading / sizeof *leading };

static bool is_leading(const char *name) {
    for (size_t i = 0; i < NLEADING; i++)
        if (strcmp(leading[i], name) == 0) return true;
    return false;
}

/* Columns in the order they are written; `order` has room for all. */
static size_t put_in_order(const struct sah_result_table *table,
                           const struct sah_result_column **order) {
    size_t n = 0;
    for (size_t i = 0; i < NLEADING; i++) {
        const struct sah_result_column *column =
            sah_result_table_find(table, leading[i]);
        if (column) order[n++] = column;
    }
    for (size_t i = 0; i < table->ncolumns; i++)
        if (!is_leading(table->column[i].name)) order[n++] = &table->column[i];
    return n;
}

static int write_table(const struct sah_result_table *table, const char *name,
                       FILE *out, struct sah_error *err) {
    const struct sah_result_column **order =
        calloc(table->ncolumns + NLEADING, sizeof *order);
    if (!order) return sah_error_add(err, SAH_MEMORY, "no memory for columns");
    size_t n = put_in_order(table, order);
    for (size_t k = 0; k < n; k++) sah_csv_put(out, order[k]->name, k == 0);
    fputc('\n', out);
    for (size_t row = 0; row < table->nrows; row++) {
        char text[SAH_RESULT_TEXT];
        for (size_t k = 0; k < n; k++)
            sah_csv_put(out, sah_result_text(order[k], row, text), k == 0);
        fputc('\n', out);
    }
    free(order);
    return sah_csv_check(out, name, err);
}

int sah_log_csv(const char *path, const char *log, FILE *out, struct sah_error *err) {
    struct sah_result *result;
    struct sah_result_table table;
    int status = sah_result_open(path, &result, err);
    if (status) return status;
    status = sah_result_log(result, log, &table, err);
    if (!status) status = write_table(&table, log, out, err);
    sah_result_table_clear(&table);
    sah_result_close(result);
    return status;
}
