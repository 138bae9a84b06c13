/* From a result to what a film shows. */
#include "output/film_impl.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the field ------------------------------------------------------------------------- */

static int read_panels(struct sah_film *film, struct sah_error *err) {
    struct sah_result *result = film->source.result;
    size_t n = sah_result_period_count(result, SAH_FIELD);
    film->period = sah_result_periods(result, SAH_FIELD);
    if (n == 0) return sah_error_add(err, SAH_INPUT, "the result keeps no fields");
    int code = sah_map_panels_alloc(&film->panels, n, err);
    for (size_t i = 0; i < n && !code; i++) {
        code = sah_map_panels_read(&film->source, &film->panels, i,
                                   film->period[i].first, film->period[i].last, err);
        if (!code) sah_map_panels_sum(&film->panels, i);
    }
    return code;
}

static int settle_map(struct sah_film *film, struct sah_error *err) {
    const struct sah_map_panels *panels = &film->panels;
    film->map =
        (struct sah_map){.title = panels->field->title ? NULL : panels->variable->doc,
                         .unit = panels->variable->unit,
                         .field = panels->field,
                         .grid = sah_result_grid(film->source.result),
                         .geo = film->source.geo,
                         .actors = panels->variable->axis[0],
                         .panel = panels->panel,
                         .npanels = panels->n};
    int code = sah_sheet_init(&film->sheet, &film->map, SAH_FILM_POINTS, err);
    film->sheet.layer.radius_pt = 7;
    return code;
}

/* ---- events --------------------------------------------------------------------------- */

static const char *const COLUMN[] = {"date", "lon", "lat", "deaths", "side_a"};
enum { DATE, LON, LAT, DEATHS, SIDE, NCOLUMNS };

static struct sah_colour *side_colours(const struct sah_film *film,
                                       const struct sah_axis *sides,
                                       struct sah_error *err) {
    struct sah_colour *colour = calloc((sides ? sides->n : 0) + 1, sizeof *colour);
    if (!colour)
        sah_error_add(err, SAH_MEMORY, "no memory for a film");
    else if (sides)
        sah_axis_colours(film->source.result, sides, colour);
    return colour;
}

/* Who struck most, most first, as keys. */
static void choose_keys(struct sah_film *film, const struct sah_axis *sides,
                        const struct sah_colour *colour, size_t *count) {
    for (; sides && film->nkeys < SAH_FILM_KEYS; film->nkeys++) {
        size_t best = 0;
        for (size_t k = 1; k < sides->n; k++)
            if (count[k] > count[best]) best = k;
        if (count[best] == 0) break;
        film->key[film->nkeys] =
            (struct sah_plot_key){colour[best], sah_axis_title(sides, best)};
        count[best] = 0;
    }
}

static void fill_events(struct sah_film *film, const struct sah_result_table *table,
                        const struct sah_axis *sides, const struct sah_colour *colour,
                        size_t *count) {
    const struct sah_result_column *column[NCOLUMNS];
    for (size_t k = 0; k < NCOLUMNS; k++)
        column[k] = sah_result_table_find(table, COLUMN[k]);
    if (!column[DATE] || !column[LON] || !column[LAT]) return;
    for (size_t i = 0; i < table->nrows; i++) {
        double side = column[SIDE] ? sah_result_number(column[SIDE], i) : -1;
        bool known = sides && side >= 0 && side < (double)sides->n;
        struct sah_film_event event = {
            .day = (int32_t)sah_result_number(column[DATE], i),
            .lon = sah_result_number(column[LON], i),
            .lat = sah_result_number(column[LAT], i),
            .deaths = column[DEATHS] ? sah_result_number(column[DEATHS], i) : 0,
            .colour = known ? colour[(size_t)side] : sah_ink(SAH_INK_TEXT)};
        if (!isfinite(event.lon) || !isfinite(event.lat)) continue;
        film->event[film->nevents++] = event;
        if (known) count[(size_t)side]++;
    }
}

static bool keeps_events(const struct sah_result *result) {
    for (size_t i = 0; i < sah_result_log_count(result); i++)
        if (strcmp(sah_result_log_at(result, i), "events") == 0) return true;
    return false;
}

static int read_events(struct sah_film *film, struct sah_error *err) {
    struct sah_result *result = film->source.result;
    const struct sah_axis *sides = sah_result_axis(result, "side_a");
    struct sah_result_table table = {0};
    if (!keeps_events(result)) return SAH_OK;
    int code = sah_result_log(result, "events", &table, err);
    if (code) return code;
    film->event = calloc(table.nrows + 1, sizeof *film->event);
    size_t *count = calloc((sides ? sides->n : 0) + 1, sizeof *count);
    struct sah_colour *colour = side_colours(film, sides, err);
    if (film->event && count && colour) {
        fill_events(film, &table, sides, colour, count);
        choose_keys(film, sides, colour, count);
    } else {
        code = sah_error_add(err, SAH_MEMORY, "no memory for a film");
    }
    free(count), free(colour);
    sah_result_table_clear(&table);
    return code;
}

static int read_deaths(struct sah_film *film, struct sah_error *err) {
    const struct sah_variable *v =
        sah_result_find(film->source.result, SAH_SERIES, "deaths", NULL);
    film->has_deaths = v != NULL;
    return v ? sah_sheaf_read(film->source.result, v, NULL, &film->deaths, err)
             : SAH_OK;
}

/* ---- geometry -------------------------------------------------------------------------- */

static const double MARGIN = 14, HEADER = 38, COLUMN_PT = 136, MOST_HEIGHT = 420;

/* The map takes what the column at the right leaves. */
static void arrange(struct sah_film *film) {
    const struct sah_grid *g = film->map.grid;
    double aspect = sah_map_aspect(g->west, g->south, g->east, g->north);
    double width = SAH_FILM_POINTS - 3 * MARGIN - COLUMN_PT, height = width / aspect;
    if (height > MOST_HEIGHT) height = MOST_HEIGHT, width = height * aspect;
    film->frame = (struct sah_projection){g->west, g->south,        g->east, g->north,
                                          MARGIN,  MARGIN + HEADER, width,   height};
    film->side_x = MARGIN + width + MARGIN;
    film->side_width = SAH_FILM_POINTS - film->side_x - MARGIN;
    film->height = fmax(MARGIN + HEADER + height + MARGIN + 8, 260);
}

/* ---- all ------------------------------------------------------------------------------- */

int sah_film_read(struct sah_film *film, const struct sah_film_options *options,
                  struct sah_error *err) {
    int code = sah_map_source_open(&film->source, options->result, err);
    if (!code && sah_result_grid(film->source.result)->ncells == 0)
        code =
            sah_error_add(err, SAH_INPUT, "%s: a model without a map", options->result);
    if (!code)
        code = sah_map_panels_init(&film->panels, &film->source, options->field, err);
    if (!code) code = read_panels(film, err);
    if (!code) code = settle_map(film, err);
    if (!code) code = read_events(film, err);
    if (!code) code = read_deaths(film, err);
    if (!code) code = sah_captions_read(film->source.result, &film->captions, err);
    if (!code) arrange(film);
    return code;
}

void sah_film_free(struct sah_film *film) {
    sah_canvas_free(film->ground);
    sah_canvas_free(film->over);
    sah_sheaf_free(&film->deaths);
    sah_captions_free(&film->captions);
    free(film->event);
    sah_sheet_free(&film->sheet);
    sah_map_panels_free(&film->panels);
    sah_map_source_close(&film->source);
}
