/* Where there is conflict, day by day.
 *
 * conflicts.csv has a row for every day from 0 on and a column for every place, of
 * intensities; places without a column are at peace. Without the file, a place that
 * locations.csv calls a conflict zone is one from its conflict_date on. */
#include "models/flight/flee_impl.h"
#include "sim/kernel/number.h"

#include <stdlib.h>
#include <string.h>

static int make_days(struct flee_reader *r, size_t days) {
    struct sah_flee_case *flee = r->flee;
    flee->days = (int)days;
    flee->conflict = calloc(days * flee->nplaces + 1, sizeof *flee->conflict);
    return flee->conflict
               ? SAH_OK
               : sah_error_add(r->err, SAH_MEMORY, "no memory for conflicts");
}

static int from_dates(struct flee_reader *r) {
    struct sah_flee_case *flee = r->flee;
    int code = make_days(r, (size_t)flee->asked);
    for (int t = 0; !code && t < flee->days; t++)
        for (size_t i = 0; i < flee->nplaces; i++) {
            const struct sah_flee_place *p = &flee->place[i];
            bool on = p->kind == SAH_FLEE_ZONE && p->conflict_from >= 0 &&
                      t >= p->conflict_from;
            flee->conflict[(size_t)t * flee->nplaces + i] = on;
        }
    return code;
}

/* Numbers of the places that the columns stand for. */
static int map_columns(struct flee_reader *r, const struct sah_table *table,
                       int *place) {
    int code = SAH_OK;
    for (size_t k = 1; k < table->ncolumns; k++) {
        const char *name = table->header[k];
        place[k] = -1;
        for (size_t i = 0; i < r->flee->nplaces; i++)
            if (strcmp(r->flee->place[i].name, name) == 0) place[k] = (int)i;
        for (size_t j = 1; j < k && place[k] >= 0; j++)
            if (place[j] == place[k])
                code = sah_error_add(r->err, SAH_INPUT, "%s: %s: stands there twice",
                                     table->name, name);
        if (place[k] < 0 && *name) /* a comma at the end gives a column without name */
            code = sah_error_add(r->err, SAH_INPUT,
                                 "%s: column %.80s: no such place in locations.csv",
                                 table->name, name);
    }
    return code;
}

static int read_day(struct flee_reader *r, const struct sah_table *table,
                    const int *place, size_t row) {
    struct sah_flee_case *flee = r->flee;
    double number;
    int code = SAH_OK;
    if (!sah_number_parse(sah_table_cell(table, row, 0), &number) ||
        !(number >= (double)row && number <= (double)row))
        code =
            sah_table_complain(r->err, table, row, table->header[0],
                               "expected day %zu: a row for every day from 0 on", row);
    for (size_t k = 1; k < table->ncolumns; k++) {
        if (place[k] < 0) continue;
        if (!sah_number_parse(sah_table_cell(table, row, k), &number) ||
            !(number >= 0 && number <= 1e6))
            code = sah_table_complain(r->err, table, row, table->header[k],
                                      "must be a number in 0..1e6");
        else if (row < (size_t)flee->days)
            flee->conflict[row * flee->nplaces + (size_t)place[k]] = (float)number;
    }
    return code;
}

static int from_table(struct flee_reader *r, const struct sah_table *table) {
    size_t days = (size_t)r->flee->asked;
    int *place = calloc(table->ncolumns + 1, sizeof *place);
    if (!place) return sah_error_add(r->err, SAH_MEMORY, "no memory for conflicts");
    int code = SAH_OK;
    if (table->nrows == 0)
        code = sah_error_add(r->err, SAH_INPUT, "%s: holds no days", table->name);
    if (!code) code = make_days(r, table->nrows < days ? table->nrows : days);
    if (!code) code = map_columns(r, table, place);
    int bad = SAH_OK;
    for (size_t i = 0; !code && i < table->nrows; i++)
        if (read_day(r, table, place, i)) bad = SAH_INPUT;
    free(place);
    return code ? code : bad;
}

int sah_flee_read_conflicts(struct flee_reader *r) {
    struct sah_table *table;
    int code = sah_flee_open_headed(r, "input_csv/conflicts.csv", true, &table);
    if (!code) code = table ? from_table(r, table) : from_dates(r);
    sah_table_free(table);
    return code;
}
