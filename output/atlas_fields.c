/* Fields as pictures: a row of pixels for each period (more where it has very many cells), a
 * pixel for each cell, its grey the number of a step; 0 stands for nothing. A second set of rows holds the high bytes where 254
 * steps are too few. PNG packs this well, and browsers unpack it. */
#include "output/atlas_impl.h"

#include "output/canvas_file.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHADES = 17, FINE_STEPS = 4000, MOST_STEPS = 65534, MOST_SIDE = 32767 };

/* How the values of a layer become whole numbers. */
struct packing {
    double low, step;
    int planes; /* bytes a value */
};

/* ---- packing --------------------------------------------------------------------------- */

static bool are_whole(const double *value, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (isfinite(value[i]) && value[i] != floor(value[i])) return false;
    return true;
}

static struct packing choose_packing(const double *value, size_t n) {
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(value[i])) continue;
        low = fmin(low, value[i]), high = fmax(high, value[i]);
    }
    if (!(high > low)) return (struct packing){isfinite(low) ? low : 0, 1, 1};
    double span = high - low;
    bool exact = are_whole(value, n) && span <= MOST_STEPS;
    double steps = exact ? span : are_whole(value, n) ? MOST_STEPS : FINE_STEPS;
    return (struct packing){low, span / steps, steps <= 254 ? 1 : 2};
}

static unsigned code_of(const struct packing *packing, double value) {
    if (!isfinite(value)) return 0;
    return 1 + (unsigned)lround((value - packing->low) / packing->step);
}

static cairo_status_t collect(void *bytes, const unsigned char *data, unsigned n) {
    return sah_bytes_add(bytes, data, n) ? CAIRO_STATUS_SUCCESS
                                         : CAIRO_STATUS_NO_MEMORY;
}

/* A period takes as many rows as its cells need: Cairo's pictures are not wider than
 * MOST_SIDE. */
struct shape {
    size_t width, rows; /* of a period */
};

static struct shape shape_of(size_t ncells) {
    size_t rows = (ncells + MOST_SIDE - 1) / MOST_SIDE;
    if (rows < 1) rows = 1;
    return (struct shape){(ncells + rows - 1) / rows, rows};
}

static void fill_rows(const struct sah_atlas_block *block,
                      const struct packing *packing, struct shape shape,
                      unsigned char *data, size_t row_bytes) {
    for (int plane = 0; plane < packing->planes; plane++) {
        for (size_t t = 0; t < block->ntimes; t++, data += shape.rows * row_bytes) {
            const double *value = block->value + t * block->stride;
            for (size_t i = 0; i < block->ncells; i++) {
                unsigned code = code_of(packing, value[i]);
                data[i / shape.width * row_bytes + i % shape.width] =
                    (unsigned char)(plane ? code >> 8 : code & 255);
            }
        }
    }
}

static int pack(const struct sah_atlas_block *block, const struct packing *packing,
                struct shape shape, struct sah_bytes *png, struct sah_error *err) {
    size_t rows = block->ntimes * shape.rows * (size_t)packing->planes;
    if (rows > MOST_SIDE)
        return sah_error_add(err, SAH_LIMIT,
                             "fields of %zu cells and %zu periods are too large for a "
                             "page; keep them by month or year, or on a coarser grid",
                             block->ncells, block->ntimes);
    cairo_surface_t *image =
        cairo_image_surface_create(CAIRO_FORMAT_A8, (int)shape.width, (int)rows);
    cairo_status_t status = cairo_surface_status(image);
    if (!status) {
        cairo_surface_flush(image);
        fill_rows(block, packing, shape, cairo_image_surface_get_data(image),
                  (size_t)cairo_image_surface_get_stride(image));
        cairo_surface_mark_dirty(image);
        status = cairo_surface_write_to_png_stream(image, collect, png);
    }
    cairo_surface_destroy(image);
    return status ? sah_error_add(err, SAH_MEMORY, "a field cannot be packed: %s",
                                  cairo_status_to_string(status))
                  : SAH_OK;
}

/* ---- telling --------------------------------------------------------------------------- */

int sah_atlas_layer(struct sah_json *json, const struct sah_atlas_block *block,
                    struct sah_error *err) {
    struct sah_bytes png = {0};
    double *all = malloc(block->ntimes * block->ncells * sizeof *all + 1);
    if (!all) return sah_error_add(err, SAH_MEMORY, "no memory for a field");
    for (size_t t = 0; t < block->ntimes; t++)
        memcpy(all + t * block->ncells, block->value + t * block->stride,
               block->ncells * sizeof *all);
    struct packing packing = choose_packing(all, block->ntimes * block->ncells);
    free(all);
    struct shape shape = shape_of(block->ncells);
    int code = pack(block, &packing, shape, &png, err);
    sah_json_number(json, "low", packing.low);
    fprintf(json->out, ",\"step\":%.17g", packing.step);
    sah_json_whole(json, "planes", packing.planes);
    sah_json_whole(json, "width", (long long)shape.width);
    sah_json_whole(json, "rows", (long long)shape.rows);
    sah_json_bytes(json, "png", png.data, png.n);
    sah_bytes_free(&png);
    return code;
}

static const char *const LOOK[] = {
    [SAH_LOOK_CELLS] = "cells", [SAH_LOOK_CIRCLES] = "circles",
    [SAH_LOOK_ZONES] = "zones", [SAH_LOOK_ACTORS] = "actors",
    [SAH_LOOK_OPEN] = "cells",
};
static const char *const SCALE[] = {
    [SAH_SCALE_LINEAR] = "linear",
    [SAH_SCALE_LOG] = "log",
    [SAH_SCALE_SYMMETRIC] = "symmetric",
    [SAH_SCALE_STEPS] = "steps",
};

void sah_atlas_look(struct sah_json *json, const struct sah_map_field *field,
                    const struct sah_scale *scale) {
    sah_json_text(json, "look", LOOK[field->look]);
    sah_json_text(json, "scale", SCALE[scale->kind]);
    sah_json_number(json, "from", scale->low);
    sah_json_number(json, "to", scale->high);
    sah_json_open(json, "ramp", '[');
    for (int i = 0; i < SHADES; i++)
        sah_atlas_colour(json, NULL, sah_ramp_at(field->ramp, i / (SHADES - 1.0)));
    sah_json_close(json, '[');
    if (field->look != SAH_LOOK_ZONES) return;
    sah_json_number(json, "zone_low", field->zone_low);
    sah_json_open(json, "zones", '[');
    for (int i = 0; i < SAH_MAX_ZONES && field->zone[i]; i++)
        sah_json_text(json, NULL, field->zone[i]);
    sah_json_close(json, '[');
}

static bool has_anything(const struct sah_atlas_block *block) {
    for (size_t t = 0; t < block->ntimes; t++)
        for (size_t i = 0; i < block->ncells; i++) {
            double value = block->value[t * block->stride + i];
            if (isfinite(value) && value != 0) return true;
        }
    return false;
}

/* A layer for each item that is anywhere at all. */
static int put_items(struct sah_json *json, const struct sah_result *result,
                     const struct sah_map_panels *panels, struct sah_error *err) {
    const struct sah_axis *axis = panels->variable->axis[0];
    struct sah_colour *colour = calloc(axis->n + 1, sizeof *colour);
    int code = colour ? SAH_OK : sah_error_add(err, SAH_MEMORY, "no memory");
    if (colour) sah_axis_colours(result, axis, colour);
    sah_json_open(json, "items", '[');
    for (size_t item = 0; item < axis->n && !code; item++) {
        struct sah_atlas_block block = {panels->value + item * panels->ncells,
                                        panels->n, panels->ncells,
                                        panels->items * panels->ncells};
        if (!has_anything(&block)) continue;
        sah_json_open(json, NULL, '{');
        sah_json_text(json, "name", sah_axis_title(axis, item));
        sah_atlas_colour(json, "colour", colour[item]);
        code = sah_atlas_layer(json, &block, err);
        sah_json_close(json, '{');
    }
    sah_json_close(json, '[');
    free(colour);
    return code;
}

static int put_field(struct sah_json *json, struct sah_map_source *source,
                     const struct sah_map_panels *panels, struct sah_error *err) {
    const struct sah_variable *v = panels->variable;
    size_t each = panels->items * panels->ncells;
    struct sah_scale scale;
    struct sah_map_field field =
        sah_map_field_settle(panels->field, panels->value, panels->n * each, &scale);
    bool actors = field.look == SAH_LOOK_ACTORS;
    struct sah_atlas_block block = {panels->value, panels->n, panels->ncells, each};
    sah_json_open(json, NULL, '{');
    sah_json_text(json, "name", v->name);
    sah_json_text(json, "title", panels->field->title ? panels->field->title : v->doc);
    sah_json_text(json, "unit", strcmp(v->unit, "1") == 0 ? "" : v->unit);
    sah_json_text(json, "nature", v->nature == SAH_FLOW ? "sum" : "end");
    sah_atlas_look(json, &field, &scale);
    int code = actors ? put_items(json, source->result, panels, err)
                      : sah_atlas_layer(json, &block, err);
    sah_json_close(json, '{');
    return code;
}

static int put_by_name(struct sah_json *json, struct sah_map_source *source,
                       const char *name, struct sah_error *err) {
    struct sah_map_panels panels;
    const struct sah_period *period = sah_result_periods(source->result, SAH_FIELD);
    size_t n = sah_result_period_count(source->result, SAH_FIELD);
    int code = sah_map_panels_init(&panels, source, name, err);
    if (!code) code = sah_map_panels_alloc(&panels, n, err);
    for (size_t i = 0; i < n && !code; i++) {
        code = sah_map_panels_read(source, &panels, i, period[i].first, period[i].last,
                                   err);
        if (!code) sah_map_panels_sum(&panels, i);
    }
    if (!code) code = put_field(json, source, &panels, err);
    sah_map_panels_free(&panels);
    return code;
}

static void put_periods(struct sah_json *json, struct sah_result *result) {
    const struct sah_period *period = sah_result_periods(result, SAH_FIELD);
    size_t n = sah_result_period_count(result, SAH_FIELD);
    for (int k = 0; k < 2; k++) {
        sah_json_open(json, k ? "last" : "first", '[');
        for (size_t i = 0; i < n; i++)
            sah_json_whole(json, NULL, k ? period[i].last : period[i].first);
        sah_json_close(json, '[');
    }
}

int sah_atlas_fields(struct sah_json *json, struct sah_map_source *source,
                     struct sah_error *err) {
    struct sah_result *result = source->result;
    int code = SAH_OK;
    sah_json_open(json, "periods", '{');
    put_periods(json, result);
    sah_json_close(json, '{');
    sah_json_open(json, "fields", '[');
    bool map = sah_result_grid(result)->ncells > 0 &&
               sah_result_period_count(result, SAH_FIELD) > 0;
    for (size_t i = 0; map && i < sah_result_count(result, SAH_FIELD) && !code; i++)
        code =
            put_by_name(json, source, sah_result_at(result, SAH_FIELD, i)->name, err);
    sah_json_close(json, '[');
    return code;
}
