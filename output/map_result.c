/* Reads a field from a result, cuts it into panels and hands it to the map. */
#include "output/map_result.h"
#include "output/disk.h"
#include "output/map_panels.h"
#include "sim/kernel/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int single_panel(struct sah_map_source *source, struct sah_map_panels *panels,
                        int32_t from, int32_t to, struct sah_error *err) {
    int code = sah_map_panels_alloc(panels, 1, err);
    if (!code) code = sah_map_panels_read(source, panels, 0, from, to, err);
    if (!code) sah_map_panels_sum(panels, 0);
    return code;
}

static int year_panels(struct sah_map_source *source, struct sah_map_panels *panels,
                       int32_t from, int32_t to, struct sah_error *err) {
    int first = sah_date_of(from).year, last = sah_date_of(to).year;
    int code = sah_map_panels_alloc(panels, (size_t)(last - first) + 1, err);
    for (size_t i = 0; i < panels->n && !code; i++) {
        int year = first + (int)i;
        int32_t begin = sah_day_of((struct sah_date){year, 1, 1});
        int32_t end = sah_day_of((struct sah_date){year, 12, 31});
        code = sah_map_panels_read(source, panels, i, begin > from ? begin : from,
                                   end < to ? end : to, err);
        if (code) break;
        snprintf(panels->title[i], SAH_PANEL_LINE, "%d", year);
        panels->panel[i].title = panels->title[i];
        sah_map_panels_sum(panels, i);
    }
    return code;
}

static bool anything(const double *value, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (isfinite(value[i]) && value[i] != 0) return true;
    }
    return false;
}

/* A panel for each item that is anywhere at all. The values are read once. */
static int item_panels(struct sah_map_source *source, struct sah_map_panels *panels,
                       int32_t from, int32_t to, struct sah_error *err) {
    const struct sah_axis *axis = panels->variable->axis[0];
    int code = sah_map_panels_alloc(panels, panels->items, err);
    if (!code) code = sah_map_panels_read(source, panels, 0, from, to, err);
    if (code) return code;
    size_t n = 0;
    bool actors = panels->field->look == SAH_LOOK_ACTORS;
    for (size_t item = 0; item < panels->items; item++) {
        double *value = panels->value + item * panels->ncells;
        if (!anything(value, panels->ncells)) continue;
        const char *title = axis->title ? axis->title[item] : axis->label[item];
        panels->panel[n++] =
            actors ? (struct sah_map_panel){title, panels->value, (int)item}
                   : (struct sah_map_panel){title, value, -1};
    }
    panels->n = n ? n : 1; /* nothing anywhere: one empty map */
    return SAH_OK;
}

static int make_panels(struct sah_map_source *source,
                       const struct sah_map_options *options,
                       struct sah_map_panels *panels, struct sah_error *err) {
    const struct sah_result_run *run = sah_result_run(source->result);
    const struct sah_axis *axis = panels->variable->axis[0];
    int32_t from = options->from > run->start ? options->from : run->start;
    int32_t to = options->to < run->end ? options->to : run->end;
    char first[11], last[11];
    sah_day_text(run->start, first), sah_day_text(run->end, last);
    if (from > to)
        return sah_error_add(
            err, SAH_INPUT,
            "%s: no day between the dates asked for; the run is %s to %s",
            options->result, first, last);
    if (!options->multiple) return single_panel(source, panels, from, to, err);
    if (strcmp(options->multiple, "year") == 0)
        return year_panels(source, panels, from, to, err);
    if (axis && strcmp(options->multiple, axis->name) == 0)
        return item_panels(source, panels, from, to, err);
    return sah_error_add(err, SAH_INPUT, "multiple = %s: must be year%s%s",
                         options->multiple, axis ? " or " : "", axis ? axis->name : "");
}

static void cells_text(const struct sah_grid *grid, char text[64]) {
    if (grid->plain)
        snprintf(text, 64, "%d x %d cells", grid->nlon, grid->nlat);
    else
        snprintf(text, 64, "cells of %g\u00B0", grid->cell_deg);
}

/* "1 January 2016 to 31 December 2020", or the last day of a stock. */
static void period_text(const struct sah_map_panels *panels,
                        const struct sah_grid *grid, bool several_years,
                        char text[SAH_PANEL_LINE]) {
    static const char *const month[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    struct sah_date a = sah_date_of(panels->first), b = sah_date_of(panels->last);
    char cells[64];
    cells_text(grid, cells);
    if (panels->variable->nature == SAH_FLOW)
        snprintf(text, SAH_PANEL_LINE, "%d %s %d to %d %s %d \u00B7 %s", a.day,
                 month[a.month - 1], a.year, b.day, month[b.month - 1], b.year, cells);
    else if (several_years)
        snprintf(text, SAH_PANEL_LINE, "end of each year to %d %s %d \u00B7 %s", b.day,
                 month[b.month - 1], b.year, cells);
    else
        snprintf(text, SAH_PANEL_LINE, "%d %s %d \u00B7 %s", b.day, month[b.month - 1],
                 b.year, cells);
}

static int draw_panels(struct sah_map_source *source,
                       const struct sah_map_options *options,
                       const struct sah_map_panels *panels, struct sah_error *err) {
    const struct sah_grid *grid = sah_result_grid(source->result);
    char subtitle[SAH_PANEL_LINE];
    bool years = options->multiple && strcmp(options->multiple, "year") == 0;
    period_text(panels, grid, years, subtitle);
    struct sah_map map = {
        .title = panels->field->title ? NULL : panels->variable->doc,
        .subtitle = subtitle,
        .source = sah_result_run(source->result)->title,
        .mark = source->mark,
        .unit = panels->variable->unit,
        .field = panels->field,
        .grid = grid,
        .geo = source->geo,
        .actors = panels->variable->axis[0],
        .panel = panels->panel,
        .npanels = panels->n,
    };
    return sah_map_draw(&map, &options->picture, err);
}

static int draw(struct sah_map_source *source, const struct sah_map_options *options,
                struct sah_error *err) {
    struct sah_map_panels panels;
    int code = sah_map_panels_init(&panels, source, options->field, err);
    if (!code) code = make_panels(source, options, &panels, err);
    if (!code) code = draw_panels(source, options, &panels, err);
    sah_map_panels_free(&panels);
    return code;
}

int sah_map_from_result(const struct sah_map_options *options, struct sah_error *err) {
    struct sah_map_source source;
    int code = sah_picture_check(&options->picture, err);
    if (code) return code;
    code = sah_map_source_open(&source, options->result, err);
    if (!code) code = draw(&source, options, err);
    sah_map_source_close(&source);
    return code;
}

/* The usual set */

static const struct {
    const char *field, *multiple, *file;
} SET[] = {
    {"events", "year", "events-by-year"},
    {"deaths", "year", "deaths-by-year"},
    {"control", NULL, "control"},
    {"presence", NULL, "presence"},
    {"presence", "faction", "presence-by-faction"},
    {"displaced", NULL, "displaced"},
    {"people", NULL, "population"},
    {"city", NULL, "city"},
    {"groups", NULL, "groups"},
    {"rebellion", NULL, "rebellion"},
    {"anger", NULL, "anger"},
    {"fear", NULL, "fear"},
};

static bool has_field(struct sah_map_source *source, const char *name) {
    return sah_result_find(source->result, SAH_FIELD, name, NULL);
}

static int draw_of_set(struct sah_map_source *source, const char *folder,
                       const char *suffix, bool force, size_t i,
                       struct sah_error *err) {
    const struct sah_result_run *run = sah_result_run(source->result);
    size_t room = strlen(folder) + strlen(SET[i].file) + strlen(suffix) + 2;
    char *path = malloc(room);
    if (!path) return sah_error_add(err, SAH_MEMORY, "%s: no memory", folder);
    snprintf(path, room, "%s/%s%s", folder, SET[i].file, suffix);
    struct sah_map_options options = {.result = run->path,
                                      .field = SET[i].field,
                                      .from = SAH_MAP_FIRST,
                                      .to = SAH_MAP_LAST,
                                      .multiple = SET[i].multiple,
                                      .picture = {.path = path, .force = force}};
    int code = draw(source, &options, err);
    free(path);
    return code;
}

int sah_map_set(const char *result, const char *folder, const char *suffix, bool force,
                struct sah_error *err) {
    struct sah_map_source source;
    int code = sah_map_source_open(&source, result, err);
    if (!code) code = sah_disk_folder(folder, err);
    for (size_t i = 0; i < sizeof SET / sizeof SET[0] && !code; i++) {
        if (has_field(&source, SET[i].field))
            code = draw_of_set(&source, folder, suffix, force, i, err);
    }
    sah_map_source_close(&source);
    return code;
}
