/* Rows of the logs of all runs, one behind the other, each with its run. */
#include "sim/study/gather_impl.h"

#include "output/log_rows.h"
#include "output/store.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_ROWS = 8192 };

/* Columns that the log itself does not have. */
struct extra {
    const char *name, *unit, *doc;
    enum sah_type type;
    bool placed; /* needs a cell */
};
static const struct extra extras[] = {
    {"run", "1", "Run", SAH_I64, false},
    {"date", "days since 1970-01-01", "Day it happened on", SAH_I32, false},
    {"lon", "degrees_east", "Centre of the cell", SAH_F64, true},
    {"lat", "degrees_north", "Centre of the cell", SAH_F64, true},
};
enum { RUN, DATE, LON, LAT, NEXTRAS };

struct table {
    struct sah_gather_sheet *sheet;
    const struct sah_log *log;
    size_t k; /* number of the log */
    hid_t group, row;
    struct sah_h5_sources *sources; /* NULL in a pack */
};

static bool has_extra(const struct table *table, int e) {
    const struct sah_population *rows = table->log->rows;
    if (sah_population_find(rows, extras[e].name) >= 0) return false;
    return !extras[e].placed || sah_population_find(rows, "cell") >= 0;
}

static hid_t create(const struct table *table, const char *name, const char *unit,
                    const char *doc, enum sah_type type, bool fill) {
    char source[256];
    snprintf(source, sizeof source, "/%.120s/%.120s", table->log->rows->name, name);
    if (table->sources) table->sources->dataset = source;
    hid_t dataset = sah_h5_variable(&table->sheet->h5, table->group,
                                    &(struct sah_h5_variable){.name = name,
                                                              .unit = unit,
                                                              .doc = doc,
                                                              .type = type,
                                                              .rank = 1,
                                                              .dim = {table->row},
                                                              .chunk = {CHUNK_ROWS},
                                                              .fill = fill,
                                                              .of = table->sources});
    if (strncmp(unit, "days since ", 11) == 0)
        sah_h5_text(&table->sheet->h5, dataset, "calendar", "proleptic_gregorian");
    return dataset;
}

static hid_t create_extra(const struct table *table, int e) {
    const struct extra *x = &extras[e];
    return create(table, x->name, x->unit, x->doc, x->type, x->type == SAH_F64);
}

static hid_t create_column(const struct table *table, size_t c) {
    const struct sah_column *column = &table->log->rows->columns[c];
    const char *name = sah_log_axis(table->log, column->name);
    const struct sah_axis *axis =
        name ? sah_world_find_axis(table->sheet->pack.world, name) : NULL;
    hid_t dataset =
        create(table, column->name, column->unit, column->doc, column->type, false);
    if (axis)
        sah_pack_flags(&table->sheet->pack, dataset, column->type, axis->label,
                       axis->n);
    return dataset;
}

/* ---- one run into a pack ----------------------------------------------------------------- */

static void put_extra(const struct table *table, int e, const struct sah_record *record,
                      size_t from, hid_t dataset) {
    struct sah_h5 *h5 = &table->sheet->h5;
    size_t n = record->head.rows[table->k],
           step = sah_record_row(&record->head, table->k);
    size_t size = sah_type_size(extras[e].type);
    const struct sah_grid *grid = &table->sheet->pack.world->grid;
    char *out = malloc(n * size + 1);
    if (!out) h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for rows");
    for (size_t i = 0; out && i < n; i++) {
        const char *row = record->log[table->k] + i * step;
        int32_t day, cell = SAH_NOWHERE;
        memcpy(&day, row, sizeof day);
        if (extras[e].placed) /* the cell stands behind the id */
            memcpy(&cell, row + sizeof day + sizeof(uint64_t), sizeof cell);
        bool known = cell >= 0 && cell < grid->ncells;
        double value = e == RUN    ? (double)record->head.run
                       : e == DATE ? day
                       : !known    ? (double)NAN
                       : e == LON  ? sah_grid_lon(grid, cell)
                                   : sah_grid_lat(grid, cell);
        sah_store_put(extras[e].type, value, out + i * size);
    }
    sah_h5_write_block(h5, dataset, extras[e].type, &(hsize_t){from}, &(hsize_t){n},
                       out);
    free(out);
}

static void put_column(const struct table *table, size_t c,
                       const struct sah_record *record, size_t from, hid_t dataset) {
    struct sah_h5 *h5 = &table->sheet->h5;
    const struct sah_population *rows = table->log->rows;
    size_t n = record->head.rows[table->k],
           step = sah_record_row(&record->head, table->k);
    size_t size = sah_type_size(rows->columns[c].type);
    size_t offset = sizeof(int32_t) + sah_row_offset(rows, c);
    char *out = malloc(n * size + 1);
    if (!out) h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for rows");
    for (size_t i = 0; out && i < n; i++)
        memcpy(out + i * size, record->log[table->k] + i * step + offset, size);
    sah_h5_write_block(h5, dataset, rows->columns[c].type, &(hsize_t){from},
                       &(hsize_t){n}, out);
    free(out);
}

static void put_runs(const struct table *table, size_t pack, const hid_t *extra,
                     const hid_t *column) {
    const struct sah_gather *all = table->sheet->all;
    struct sah_h5 *h5 = &table->sheet->h5;
    size_t each = sah_pack_runs(all->nruns), from = 0;
    for (size_t r = pack * each; r < all->nruns && r < (pack + 1) * each && !h5->status;
         r++) {
        struct sah_record record = {0};
        char *path = sah_study_folder_run(all->folder, r);
        h5->status =
            path ? sah_record_load(path, all->folder->study, r, &record, all->err)
                 : sah_error_add(all->err, SAH_MEMORY, "no memory for a path");
        size_t n = h5->status ? 0 : record.head.rows[table->k];
        for (int e = 0; n && e < NEXTRAS; e++)
            if (extra[e] >= 0) put_extra(table, e, &record, from, extra[e]);
        for (size_t c = 0; n && c < table->log->rows->ncolumns; c++)
            put_column(table, c, &record, from, column[c]);
        from += n;
        sah_record_free(&record);
        free(path);
    }
}

/* ---- a table ------------------------------------------------------------------------- */

static void put_table(struct table *table, size_t nrows, size_t pack) {
    struct sah_h5 *h5 = &table->sheet->h5;
    size_t ncolumns = table->log->rows->ncolumns;
    hid_t extra[NEXTRAS], *column = calloc(ncolumns + 1, sizeof *column);
    if (!column) {
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for columns");
        return;
    }
    table->group = sah_h5_group(h5, h5->file, table->log->rows->name);
    table->row = sah_h5_dimension(h5, table->group, table->log->row, nrows);
    for (int e = 0; e < NEXTRAS; e++)
        extra[e] = has_extra(table, e) ? create_extra(table, e) : -1;
    for (size_t c = 0; c < ncolumns; c++) column[c] = create_column(table, c);
    if (!table->sources) put_runs(table, pack, extra, column);
    for (int e = 0; e < NEXTRAS; e++) sah_h5_drop(extra[e]);
    for (size_t c = 0; c < ncolumns; c++) sah_h5_drop(column[c]);
    free(column);
    sah_h5_drop(table->row);
    sah_h5_drop(table->group);
}

void sah_gather_put_logs(struct sah_gather_sheet *sheet, size_t pack) {
    const struct sah_world *world = sheet->pack.world;
    for (size_t k = 0; k < world->nlogs && !sheet->h5.status; k++) {
        struct table table = {.sheet = sheet, .log = &world->logs[k], .k = k};
        put_table(&table, sheet->all->rows[pack][k], pack);
    }
}

static void show_log(struct sah_gather_sheet *sheet, size_t k,
                     struct sah_h5_source *source) {
    const struct sah_gather *all = sheet->all;
    struct sah_h5_sources sources = {.lead = 1, .source = source};
    size_t total = 0;
    for (size_t i = 0; i < all->npacks; i++) {
        hsize_t n = all->rows[i][k];
        if (!n) continue;
        source[sources.n] =
            (struct sah_h5_source){.rows = n, .start = {total}, .count = {n}};
        sah_gather_pack_name(i, source[sources.n++].file);
        total += n;
    }
    struct table table = {.sheet = sheet,
                          .log = &sheet->pack.world->logs[k],
                          .k = k,
                          .sources = &sources};
    put_table(&table, total, 0);
}

void sah_gather_show_logs(struct sah_gather_sheet *sheet) {
    size_t n = sheet->all->npacks;
    struct sah_h5_source *source = calloc(n + 1, sizeof *source);
    if (!source)
        sheet->h5.status =
            sah_error_add(sheet->h5.err, SAH_MEMORY, "no memory for packs");
    for (size_t k = 0; k < sheet->pack.world->nlogs && !sheet->h5.status; k++)
        show_log(sheet, k, source);
    free(source);
}
