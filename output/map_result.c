/* Reads a field from a result, cuts it into panels and hands it to the map. */
#include "output/map_result.h"
#include "output/map.h"
#include "output/result.h"
#include "sim/kernel/calendar.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LINE = 256 };

/* An open result with its geography. */
struct source {
    struct sah_result *result;
    struct sah_geography *geo; /* NULL for a model without land */
    char mark[LINE];           /* digest and version, for the corner */
};

static int read_geography(struct source *source, struct sah_error *err) {
    const struct sah_geo_file *files;
    size_t n;
    int code = sah_result_geography(source->result, &files, &n, err);
    if (code || n == 0) return code;
    return sah_geography_parse(files, n, &source->geo, err);
}

static int open_source(struct source *source, const char *path, struct sah_error *err) {
    *source = (struct source){0};
    int code = sah_result_open(path, &source->result, err);
    if (code) return code;
    const struct sah_result_run *run = sah_result_run(source->result);
    snprintf(source->mark, sizeof source->mark, "digest %s \u00B7 sahel %s",
             run->digest, run->version);
    return read_geography(source, err);
}

static void close_source(struct source *source) {
    sah_geography_free(source->geo);
    sah_result_close(source->result);
}

/* The panels of one map, and what they are made of. */
struct panels {
    const struct sah_variable *variable;
    const struct sah_map_field *field;
    size_t n, ncells, items; /* items of the field's axis, 1 without */
    struct sah_map_panel *panel;
    double *value; /* [panel][item][cell] */
    char (*title)[LINE];
    int32_t first, last; /* days covered */
};

static void free_panels(struct panels *panels) {
    free(panels->panel);
    free(panels->value);
    free(panels->title);
}

static int alloc_panels(struct panels *panels, size_t n, struct sah_error *err) {
    panels->n = n;
    panels->panel = calloc(n, sizeof *panels->panel);
    panels->value = calloc(n * panels->items * panels->ncells, sizeof *panels->value);
    panels->title = calloc(n, sizeof *panels->title);
    if (panels->panel && panels->value && panels->title) return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory for a map of %zu panels", n);
}

/* All items of an axis in one, where the field is not shown by actor. */
static void sum_items(const struct panels *panels, double *value) {
    for (size_t item = 1; item < panels->items; item++) {
        for (size_t i = 0; i < panels->ncells; i++)
            value[i] += value[item * panels->ncells + i];
    }
}

/* Blanks cells where the field's `where` is not above zero; a result without that field
 * is shown whole. */
static int mask_panel(struct source *source, const struct panels *panels, size_t i,
                      int32_t from, int32_t to, struct sah_error *err) {
    const struct sah_variable *mask =
        panels->field->where
            ? sah_result_find(source->result, SAH_FIELD, panels->field->where, NULL)
            : NULL;
    if (!mask || mask->axis[0]) return SAH_OK;
    double *there = malloc(panels->ncells * sizeof *there);
    if (!there) return sah_error_add(err, SAH_MEMORY, "no memory for a map");
    int code = sah_result_over(source->result, mask, from, to, there, NULL, err);
    size_t n = panels->items * panels->ncells;
    for (size_t k = 0; !code && k < n; k++) {
        if (!(there[k % panels->ncells] > 0)) panels->value[i * n + k] = NAN;
    }
    free(there);
    return code;
}

/* Reads panel i for the days from..to; the first panel's first and the last one's last
 * day are remembered. */
static int read_panel(struct source *source, struct panels *panels, size_t i,
                      int32_t from, int32_t to, struct sah_error *err) {
    struct sah_period covered;
    double *value = panels->value + i * panels->items * panels->ncells;
    int code = sah_result_over(source->result, panels->variable, from, to, value,
                               &covered, err);
    if (code) return code;
    panels->panel[i] = (struct sah_map_panel){.value = value, .actor = -1};
    if (i == 0) panels->first = covered.first;
    panels->last = covered.last;
    return mask_panel(source, panels, i, from, to, err);
}

static int single_panel(struct source *source, struct panels *panels, int32_t from,
                        int32_t to, struct sah_error *err) {
    int code = alloc_panels(panels, 1, err);
    if (!code) code = read_panel(source, panels, 0, from, to, err);
    if (!code && panels->field->look != SAH_LOOK_ACTORS)
        sum_items(panels, panels->value);
    return code;
}

static int year_panels(struct source *source, struct panels *panels, int32_t from,
                       int32_t to, struct sah_error *err) {
    int first = sah_date_of(from).year, last = sah_date_of(to).year;
    int code = alloc_panels(panels, (size_t)(last - first) + 1, err);
    for (size_t i = 0; i < panels->n && !code; i++) {
        int year = first + (int)i;
        int32_t begin = sah_day_of((struct sah_date){year, 1, 1});
        int32_t end = sah_day_of((struct sah_date){year, 12, 31});
        code = read_panel(source, panels, i, begin > from ? begin : from,
                          end < to ? end : to, err);
        if (code) break;
        snprintf(panels->title[i], LINE, "%d", year);
        panels->panel[i].title = panels->title[i];
        if (panels->field->look != SAH_LOOK_ACTORS)
            sum_items(panels, panels->value + i * panels->items * panels->ncells);
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
static int item_panels(struct source *source, struct panels *panels, int32_t from,
                       int32_t to, struct sah_error *err) {
    const struct sah_axis *axis = panels->variable->axis[0];
    int code = alloc_panels(panels, panels->items, err);
    if (!code) code = read_panel(source, panels, 0, from, to, err);
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

static int make_panels(struct source *source, const struct sah_map_options *options,
                       struct panels *panels, struct sah_error *err) {
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
static void period_text(const struct panels *panels, const struct sah_grid *grid,
                        bool several_years, char text[LINE]) {
    static const char *const month[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    struct sah_date a = sah_date_of(panels->first), b = sah_date_of(panels->last);
    char cells[64];
    cells_text(grid, cells);
    if (panels->variable->nature == SAH_FLOW)
        snprintf(text, LINE, "%d %s %d to %d %s %d \u00B7 %s", a.day,
                 month[a.month - 1], a.year, b.day, month[b.month - 1], b.year, cells);
    else if (several_years)
        snprintf(text, LINE, "end of each year to %d %s %d \u00B7 %s", b.day,
                 month[b.month - 1], b.year, cells);
    else
        snprintf(text, LINE, "%d %s %d \u00B7 %s", b.day, month[b.month - 1], b.year,
                 cells);
}

static int draw_panels(struct source *source, const struct sah_map_options *options,
                       const struct panels *panels, struct sah_error *err) {
    const struct sah_grid *grid = sah_result_grid(source->result);
    char subtitle[LINE];
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

static int draw(struct source *source, const struct sah_map_options *options,
                struct sah_error *err) {
    const struct sah_variable *variable =
        sah_result_find(source->result, SAH_FIELD, options->field, err);
    if (!variable) return SAH_INPUT;
    struct panels panels = {.variable = variable,
                            .field = sah_map_field_find(options->field),
                            .ncells = (size_t)sah_result_grid(source->result)->ncells,
                            .items = variable->axis[0] ? variable->axis[0]->n : 1};
    if (panels.field->look == SAH_LOOK_ACTORS && !variable->axis[0])
        panels.field = sah_map_field_find("");
    int code = make_panels(source, options, &panels, err);
    if (!code) code = draw_panels(source, options, &panels, err);
    free_panels(&panels);
    return code;
}

int sah_map_from_result(const struct sah_map_options *options, struct sah_error *err) {
    struct source source;
    int code = sah_picture_check(&options->picture, err);
    if (code) return code;
    code = open_source(&source, options->result, err);
    if (!code) code = draw(&source, options, err);
    close_source(&source);
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

static int make_folder(const char *folder, struct sah_error *err) {
    struct stat there;
    if (mkdir(folder, 0777) == 0) return SAH_OK;
    if (errno == EEXIST && stat(folder, &there) == 0 && S_ISDIR(there.st_mode))
        return SAH_OK;
    return sah_error_add(err, SAH_INPUT, "%s: cannot be made: %s", folder,
                         strerror(errno));
}

static bool has_field(struct source *source, const char *name) {
    return sah_result_find(source->result, SAH_FIELD, name, NULL);
}

static int draw_of_set(struct source *source, const char *folder, const char *suffix,
                       bool force, size_t i, struct sah_error *err) {
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
    struct source source;
    int code = open_source(&source, result, err);
    if (!code) code = make_folder(folder, err);
    for (size_t i = 0; i < sizeof SET / sizeof SET[0] && !code; i++) {
        if (has_field(&source, SET[i].field))
            code = draw_of_set(&source, folder, suffix, force, i, err);
    }
    close_source(&source);
    return code;
}
