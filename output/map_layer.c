/* Cells are one image stretched over the frame: no seams between neighbours on screen,
 * in SVG or in PDF. A cell has several pixels a side, since some viewers smooth images
 * whatever the file says. */
#include "output/map_layer.h"
#include "output/legend.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct sah_colour NOTHING = {0, 0, 0, 0};

/* The strongest actor of a cell, or the one the panel shows; -1 without any. */
static int strongest(const struct sah_layer *layer, const struct sah_map_panel *panel,
                     int32_t cell, double *strength) {
    size_t n = layer->map->actors->n, ncells = (size_t)layer->map->grid->ncells;
    int best = -1;
    *strength = 0;
    for (size_t i = 0; i < n; i++) {
        if (panel->actor >= 0 && (size_t)panel->actor != i) continue;
        double value = panel->value[i * ncells + (size_t)cell];
        if (value > *strength) *strength = value, best = (int)i;
    }
    return best;
}

static struct sah_colour actor_colour(const struct sah_layer *layer,
                                      const struct sah_map_panel *panel, int32_t cell) {
    double strength;
    int actor = strongest(layer, panel, cell, &strength);
    double at = actor < 0 ? NAN : sah_scale_at(&layer->scale, strength);
    if (isnan(at)) return NOTHING;
    return sah_colour_fade(layer->actor[actor], 0.5 + 0.48 * at);
}

struct sah_colour sah_layer_zone(const struct sah_layer *layer, int zone) {
    double classes = layer->scale.high - layer->scale.low;
    return sah_ramp_at(layer->field.ramp, zone / classes);
}

struct sah_colour sah_layer_colour(const struct sah_layer *layer,
                                   const struct sah_map_panel *panel, int32_t cell) {
    if (layer->field.look == SAH_LOOK_ACTORS) return actor_colour(layer, panel, cell);
    double at = sah_scale_at(&layer->scale, panel->value[cell]);
    return isnan(at) ? NOTHING : sah_ramp_at(layer->field.ramp, at);
}

static uint32_t premultiplied(struct sah_colour c) {
    uint32_t a = (uint32_t)lround(c.a * 255), r = (uint32_t)lround(c.r * c.a * 255),
             g = (uint32_t)lround(c.g * c.a * 255),
             b = (uint32_t)lround(c.b * c.a * 255);
    return a << 24 | r << 16 | g << 8 | b;
}

enum { PIXELS_WIDE = 1200, PIXELS_PER_CELL = 10 }; /* at most, unless cells are many */

static int pixels_per_cell(const struct sah_grid *grid) {
    int n = PIXELS_WIDE / grid->nlon;
    return n < 1 ? 1 : n > PIXELS_PER_CELL ? PIXELS_PER_CELL : n;
}

/* One row of cells as a line of pixels. */
static void fill_line(const struct sah_layer *layer, const struct sah_map_panel *panel,
                      int32_t first, int pixels, uint32_t *line) {
    for (int column = 0; column < layer->map->grid->nlon; column++) {
        uint32_t value = premultiplied(sah_layer_colour(layer, panel, first + column));
        for (int i = 0; i < pixels; i++) *line++ = value;
    }
}

static void fill_image(const struct sah_layer *layer, const struct sah_map_panel *panel,
                       cairo_surface_t *image) {
    const struct sah_grid *grid = layer->map->grid;
    int pixels = pixels_per_cell(grid);
    unsigned char *data = cairo_image_surface_get_data(image);
    size_t stride = (size_t)cairo_image_surface_get_stride(image);
    cairo_surface_flush(image);
    for (int row = 0; row < grid->nlat; row++) { /* the image begins in the north */
        int32_t first = (grid->nlat - 1 - row) * grid->nlon;
        unsigned char *line = data + stride * (size_t)(row * pixels);
        fill_line(layer, panel, first, pixels, (uint32_t *)(void *)line);
        for (int i = 1; i < pixels; i++)
            memcpy(line + stride * (size_t)i, line, stride);
    }
    cairo_surface_mark_dirty(image);
}

static void stretch_image(const struct sah_carto *carto, cairo_surface_t *image) {
    const struct sah_projection *p = &carto->projection;
    cairo_t *cr = sah_canvas_cairo(carto->canvas);
    cairo_save(cr);
    cairo_translate(cr, p->x, p->y);
    cairo_scale(cr, p->width / cairo_image_surface_get_width(image),
                p->height / cairo_image_surface_get_height(image));
    cairo_set_source_surface(cr, image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
    cairo_paint(cr);
    cairo_restore(cr);
}

int sah_layer_cells(const struct sah_layer *layer, const struct sah_map_panel *panel,
                    const struct sah_carto *carto, struct sah_error *err) {
    const struct sah_grid *grid = layer->map->grid;
    int pixels = pixels_per_cell(grid);
    cairo_surface_t *image = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, grid->nlon * pixels, grid->nlat * pixels);
    int code = SAH_OK;
    if (cairo_surface_status(image) == CAIRO_STATUS_SUCCESS) {
        fill_image(layer, panel, image);
        stretch_image(carto, image);
    } else {
        code = sah_error_add(err, SAH_MEMORY, "no memory for the cells of a map");
    }
    cairo_surface_destroy(image);
    return code;
}

struct circle {
    int32_t cell;
    double value;
};

/* Large ones lie below. */
static int by_size(const void *a, const void *b) {
    const struct circle *m = a, *n = b;
    if (m->value != n->value) return m->value > n->value ? -1 : 1;
    return m->cell < n->cell ? -1 : 1;
}

int sah_layer_circles(const struct sah_layer *layer, const struct sah_map_panel *panel,
                      const struct sah_carto *carto, struct sah_error *err) {
    const struct sah_grid *grid = layer->map->grid;
    struct circle *circle = malloc((size_t)grid->ncells * sizeof *circle);
    if (!circle)
        return sah_error_add(err, SAH_MEMORY, "no memory for circles on a map");
    size_t n = 0;
    for (int32_t cell = 0; cell < grid->ncells; cell++) {
        if (panel->value[cell] > 0)
            circle[n++] = (struct circle){cell, panel->value[cell]};
    }
    qsort(circle, n, sizeof *circle, by_size);
    struct sah_colour colour = sah_ramp_at(layer->field.ramp, 0.72);
    const struct sah_projection *p = &carto->projection;
    cairo_t *cr = sah_canvas_cairo(carto->canvas);
    cairo_save(cr);
    cairo_new_path(cr);
    sah_canvas_rectangle(carto->canvas, p->x, p->y, p->width, p->height);
    cairo_clip(cr);
    for (size_t i = 0; i < n; i++) {
        double x, y, radius;
        radius = sah_circle_radius(&layer->scale, layer->radius_pt, circle[i].value);
        sah_project(p, sah_grid_lon(grid, circle[i].cell),
                    sah_grid_lat(grid, circle[i].cell), &x, &y);
        sah_circle_draw(carto->canvas, x, y, radius, colour);
    }
    cairo_restore(cr);
    free(circle);
    return SAH_OK;
}
