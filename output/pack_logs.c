/* The tables of the logs: where and when, then their columns. */
#include "output/pack.h"

#include "output/log_rows.h"
#include "output/store.h"
#include "sim/kernel/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_ROWS = 8192 };

/* What is worked out from day and cell, unless the log has it. */
struct derived {
    const char *name, *unit, *doc, *standard;
    enum sah_type type;
    bool placed; /* needs a cell */
    double (*value)(const struct sah_grid *grid, int32_t day, int32_t cell);
};

static double day_of(const struct sah_grid *grid, int32_t day, int32_t cell) {
    (void)grid, (void)cell;
    return day;
}

static double lon_of(const struct sah_grid *grid, int32_t day, int32_t cell) {
    (void)day;
    return sah_grid_lon(grid, cell);
}

static double lat_of(const struct sah_grid *grid, int32_t day, int32_t cell) {
    (void)day;
    return sah_grid_lat(grid, cell);
}

static double gid_of(const struct sah_grid *grid, int32_t day, int32_t cell) {
    (void)day;
    return sah_priogrid(sah_grid_lon(grid, cell), sah_grid_lat(grid, cell));
}

static const struct derived derived[] = {
    {"date", "days since 1970-01-01", "Day it happened on", NULL, SAH_I32, false,
     day_of},
    {"lon", "degrees_east", "Centre of the cell", "longitude", SAH_F64, true, lon_of},
    {"lat", "degrees_north", "Centre of the cell", "latitude", SAH_F64, true, lat_of},
    {"gid", "1", "PRIO-GRID cell", NULL, SAH_I32, true, gid_of},
};
enum { NDERIVED = sizeof derived / sizeof *derived };

/* One log on its way into the file. */
struct table {
    struct sah_pack *pack;
    const struct sah_log *log;
    enum sah_stream stream;
    hid_t group, row; /* the dimension */
};

static bool has_column(const struct table *table, const char *name) {
    return sah_population_find(table->log->rows, name) >= 0;
}

/* Fills `out` with a derived value of the rows from .. from+m-1. */
static void derive(const struct table *table, const struct derived *d, size_t from,
                   size_t m, char *out) {
    struct sah_h5 *h5 = table->pack->h5;
    const struct sah_part *part = table->pack->part;
    size_t offset = sah_type_size(SAH_U64); /* the cell stands behind the id */
    for (size_t i = 0; i < m && !h5->status; i++) {
        int32_t day = 0, last, cell = -1;
        h5->status = sah_part_days(part, table->stream, from + i, &day, &last, h5->err);
        if (!h5->status && d->placed)
            h5->status = sah_part_read(part, table->stream, from + i, offset,
                                       sizeof cell, &cell, h5->err);
        if (!h5->status && cell >= table->pack->world->grid.ncells)
            h5->status =
                sah_error_add(h5->err, SAH_FORMAT,
                              "%s: row %zu of %s of the unfinished work lies in "
                              "no cell",
                              table->pack->target, from + i, table->log->rows->name);
        if (h5->status) return;
        bool known = cell >= 0 || !d->placed;
        double value = known ? d->value(&table->pack->world->grid, day, cell) : NAN;
        sah_store_put(d->type, value, out + i * sah_type_size(d->type));
    }
}

/* Takes column `k` out of the rows from .. from+m-1. */
static void extract(const struct table *table, size_t k, size_t from, size_t m,
                    char *out) {
    struct sah_h5 *h5 = table->pack->h5;
    const struct sah_population *rows = table->log->rows;
    size_t size = sah_type_size(rows->columns[k].type);
    size_t offset = sah_row_offset(rows, k);
    for (size_t i = 0; i < m && !h5->status; i++)
        h5->status = sah_part_read(table->pack->part, table->stream, from + i, offset,
                                   size, out + i * size, h5->err);
}

/* Writes one dataset block by block; `d` or column `k` tells what. */
static void fill_dataset(const struct table *table, hid_t dataset, enum sah_type type,
                         const struct derived *d, size_t k) {
    struct sah_h5 *h5 = table->pack->h5;
    size_t n = sah_part_count(table->pack->part, table->stream);
    char *block = malloc(BLOCK_ROWS * sah_type_size(type));
    if (!block) h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory to pack");
    for (size_t from = 0; from < n && !h5->status; from += BLOCK_ROWS) {
        size_t m = n - from < BLOCK_ROWS ? n - from : BLOCK_ROWS;
        if (d)
            derive(table, d, from, m, block);
        else
            extract(table, k, from, m, block);
        sah_h5_write_block(h5, dataset, type, &(hsize_t){from}, &(hsize_t){m}, block);
    }
    free(block);
}

static hid_t create(const struct table *table, const char *name, const char *unit,
                    const char *doc, enum sah_type type, bool fill) {
    struct sah_h5_variable v = {.name = name,
                                .unit = unit,
                                .doc = doc,
                                .type = type,
                                .rank = 1,
                                .dim = {table->row},
                                .chunk = {BLOCK_ROWS},
                                .fill = fill};
    return sah_h5_variable(table->pack->h5, table->group, &v);
}

/* Numbers that count days of the calendar are marked as time. */
static void mark_time(const struct table *table, hid_t dataset, const char *unit) {
    if (strncmp(unit, "days since ", 11) != 0) return;
    sah_h5_text(table->pack->h5, dataset, "standard_name", "time");
    sah_h5_text(table->pack->h5, dataset, "calendar", "proleptic_gregorian");
}

static void put_derived(const struct table *table, const struct derived *d) {
    bool fill = d->type == SAH_F64;
    hid_t dataset = create(table, d->name, d->unit, d->doc, d->type, fill);
    mark_time(table, dataset, d->unit);
    if (d->standard)
        sah_h5_text(table->pack->h5, dataset, "standard_name", d->standard);
    fill_dataset(table, dataset, d->type, d, 0);
    sah_h5_drop(dataset);
}

/* The axis that names the codes of a column, NULL for plain numbers. */
static const struct sah_axis *axis_of(const struct table *table, const char *column) {
    const char *name = sah_log_axis(table->log, column);
    return name ? sah_world_find_axis(table->pack->world, name) : NULL;
}

static void put_column(const struct table *table, size_t k) {
    struct sah_pack *pack = table->pack;
    const struct sah_column *column = &table->log->rows->columns[k];
    const struct sah_axis *axis = axis_of(table, column->name);
    hid_t dataset =
        create(table, column->name, column->unit, column->doc, column->type, false);
    if (axis) sah_pack_flags(pack, dataset, column->type, axis->label, axis->n);
    mark_time(table, dataset, column->unit);
    if (strcmp(column->name, "date") != 0)
        sah_h5_text(pack->h5, dataset, "coordinates",
                    has_column(table, "cell") ? "date lat lon" : "date");
    fill_dataset(table, dataset, column->type, NULL, k);
    sah_h5_drop(dataset);
}

static void put_columns(const struct table *table) {
    const struct sah_h5 *h5 = table->pack->h5;
    bool placed = has_column(table, "cell");
    for (size_t i = 0; i < NDERIVED && !h5->status; i++)
        if ((placed || !derived[i].placed) && !has_column(table, derived[i].name))
            put_derived(table, &derived[i]);
    for (size_t k = 0; k < table->log->rows->ncolumns && !h5->status; k++)
        put_column(table, k);
}

static void put_log(struct sah_pack *pack, size_t k) {
    struct sah_h5 *h5 = pack->h5;
    struct table table = {.pack = pack,
                          .log = &pack->world->logs[k],
                          .stream = (enum sah_stream)(SAH_STREAM_LOGS + k)};
    table.group = sah_h5_group(h5, h5->file, table.log->rows->name);
    if (has_column(&table, "cell"))
        sah_h5_text(h5, table.group, "featureType", "point");
    table.row = sah_h5_dimension(h5, table.group, table.log->row,
                                 sah_part_count(pack->part, table.stream));
    put_columns(&table);
    sah_h5_drop(table.row);
    sah_h5_drop(table.group);
}

void sah_pack_logs(struct sah_pack *pack) {
    for (size_t k = 0; k < pack->world->nlogs && !pack->h5->status; k++)
        put_log(pack, k);
}
