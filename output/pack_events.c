/* The table of events: where and when, then the columns of the log. */
#include "output/pack.h"

#include "output/event_rows.h"
#include "output/store.h"
#include "sim/kernel/grid.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_ROWS = 8192 };

/* What is worked out from day and cell, unless the log has it. */
struct derived {
    const char *name, *unit, *doc;
    enum sah_type type;
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
    {"date", "days since 1970-01-01", "Day of the event", SAH_I32, day_of},
    {"lon", "degrees_east", "Centre of the cell", SAH_F64, lon_of},
    {"lat", "degrees_north", "Centre of the cell", SAH_F64, lat_of},
    {"gid", "1", "PRIO-GRID cell", SAH_I32, gid_of},
};
enum { NDERIVED = sizeof derived / sizeof *derived };

static bool has_column(const struct sah_population *log, const char *name) {
    for (size_t k = 0; k < log->ncolumns; k++)
        if (strcmp(log->columns[k].name, name) == 0) return true;
    return false;
}

static size_t offset_of_cell(const struct sah_population *log) {
    for (size_t k = 0; k < log->ncolumns; k++)
        if (strcmp(log->columns[k].name, "cell") == 0) return sah_event_offset(log, k);
    SAH_BUG_IF(true, "an event log without cell");
    return 0;
}

/* Fills `out` with a derived value of the rows from .. from+m-1. */
static void derive(struct sah_pack *pack, const struct derived *d, size_t from,
                   size_t m, char *out) {
    struct sah_h5 *h5 = pack->h5;
    size_t offset = offset_of_cell(pack->world->log);
    for (size_t i = 0; i < m && !h5->status; i++) {
        int32_t day = 0, last, cell = -1;
        h5->status = sah_part_days(pack->part, SAH_STREAM_EVENTS, from + i, &day, &last,
                                   h5->err);
        if (!h5->status)
            h5->status = sah_part_read(pack->part, SAH_STREAM_EVENTS, from + i, offset,
                                       sizeof cell, &cell, h5->err);
        if (!h5->status && cell >= pack->world->grid.ncells)
            h5->status =
                sah_error_add(h5->err, SAH_FORMAT,
                              "%s: event %zu of the unfinished work lies in no "
                              "cell",
                              pack->target, from + i);
        if (h5->status) return;
        bool placed = cell >= 0 || d->value == day_of;
        double value = placed ? d->value(&pack->world->grid, day, cell) : 0.0 / 0.0;
        sah_store_put(d->type, value, out + i * sah_type_size(d->type));
    }
}

/* Takes column `k` out of the rows from .. from+m-1. */
static void extract(struct sah_pack *pack, size_t k, size_t from, size_t m, char *out) {
    struct sah_h5 *h5 = pack->h5;
    const struct sah_population *log = pack->world->log;
    size_t size = sah_type_size(log->columns[k].type),
           offset = sah_event_offset(log, k);
    for (size_t i = 0; i < m && !h5->status; i++)
        h5->status = sah_part_read(pack->part, SAH_STREAM_EVENTS, from + i, offset,
                                   size, out + i * size, h5->err);
}

/* Writes one dataset block by block; `d` or column `k` tells what. */
static void fill_dataset(struct sah_pack *pack, hid_t dataset, enum sah_type type,
                         const struct derived *d, size_t k) {
    struct sah_h5 *h5 = pack->h5;
    size_t n = sah_part_count(pack->part, SAH_STREAM_EVENTS);
    char *block = malloc(BLOCK_ROWS * sah_type_size(type));
    if (!block) h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory to pack");
    for (size_t from = 0; from < n && !h5->status; from += BLOCK_ROWS) {
        size_t m = n - from < BLOCK_ROWS ? n - from : BLOCK_ROWS;
        if (d)
            derive(pack, d, from, m, block);
        else
            extract(pack, k, from, m, block);
        sah_h5_write_block(h5, dataset, type, &(hsize_t){from}, &(hsize_t){m}, block);
    }
    free(block);
}

static hid_t create(struct sah_pack *pack, hid_t group, hid_t event, const char *name,
                    const char *unit, const char *doc, enum sah_type type, bool fill) {
    struct sah_h5_variable v = {.name = name,
                                .unit = unit,
                                .doc = doc,
                                .type = type,
                                .rank = 1,
                                .dim = {event},
                                .chunk = {BLOCK_ROWS},
                                .fill = fill};
    return sah_h5_variable(pack->h5, group, &v);
}

/* Numbers that count days of the calendar are marked as time. */
static void mark_time(struct sah_pack *pack, hid_t dataset, const char *unit) {
    if (strncmp(unit, "days since ", 11) != 0) return;
    sah_h5_text(pack->h5, dataset, "standard_name", "time");
    sah_h5_text(pack->h5, dataset, "calendar", "proleptic_gregorian");
}

static void put_derived(struct sah_pack *pack, hid_t group, hid_t event,
                        const struct derived *d) {
    bool fill = d->type == SAH_F64;
    hid_t dataset = create(pack, group, event, d->name, d->unit, d->doc, d->type, fill);
    mark_time(pack, dataset, d->unit);
    if (d->value == lon_of)
        sah_h5_text(pack->h5, dataset, "standard_name", "longitude");
    if (d->value == lat_of) sah_h5_text(pack->h5, dataset, "standard_name", "latitude");
    fill_dataset(pack, dataset, d->type, d, 0);
    sah_h5_drop(dataset);
}

static void put_column(struct sah_pack *pack, hid_t group, hid_t event, size_t k) {
    const struct sah_column *column = &pack->world->log->columns[k];
    const struct sah_axis *axis = sah_event_axis(pack->world, column);
    hid_t dataset = create(pack, group, event, column->name, axis ? "1" : column->unit,
                           column->doc, column->type, false);
    if (axis) sah_pack_flags(pack, dataset, column->type, axis->label, axis->n);
    mark_time(pack, dataset, column->unit);
    if (strcmp(column->name, "date") != 0)
        sah_h5_text(pack->h5, dataset, "coordinates", "date lat lon");
    fill_dataset(pack, dataset, column->type, NULL, k);
    sah_h5_drop(dataset);
}

void sah_pack_events(struct sah_pack *pack) {
    const struct sah_population *log = pack->world->log;
    hid_t group = sah_h5_group(pack->h5, pack->h5->file, "events");
    sah_h5_text(pack->h5, group, "featureType", "point");
    hid_t event = sah_h5_dimension(pack->h5, group, "event",
                                   sah_part_count(pack->part, SAH_STREAM_EVENTS));
    for (size_t i = 0; i < NDERIVED && !pack->h5->status; i++)
        if (!has_column(log, derived[i].name))
            put_derived(pack, group, event, &derived[i]);
    for (size_t k = 0; k < log->ncolumns && !pack->h5->status; k++)
        put_column(pack, group, event, k);
    sah_h5_drop(event);
    sah_h5_drop(group);
}
