/* The base map's ground, water, lines and frame. Names stand in carto_names.c. */
#include "output/carto.h"
#include "output/carto_shore.h"
#include "output/scale.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static double middle(const struct sah_projection *p) {
    return (p->south + p->north) / 2;
}

static double cos_degrees(double lat) {
    return cos(lat * 3.14159265358979323846 / 180);
}

double sah_map_aspect(double west, double south, double east, double north) {
    return (east - west) * cos_degrees((south + north) / 2) / (north - south);
}

void sah_project(const struct sah_projection *p, double lon, double lat, double *x,
                 double *y) {
    *x = p->x + (lon - p->west) / (p->east - p->west) * p->width;
    *y = p->y + (p->north - lat) / (p->north - p->south) * p->height;
}

double sah_projection_pt_per_km(const struct sah_projection *p) {
    double km = sah_distance_km(p->west, middle(p), p->west + 1, middle(p));
    return p->width / (p->east - p->west) / km;
}

static void clip_to_frame(const struct sah_carto *carto) {
    const struct sah_projection *p = &carto->projection;
    sah_canvas_rectangle(carto->canvas, p->x, p->y, p->width, p->height);
    cairo_clip(sah_canvas_cairo(carto->canvas));
}

/* A pen that leaves out points nobody could see apart, and lines outside the frame. */
struct pen {
    cairo_t *cr;
    const struct sah_projection *p;
    double x, y; /* last point put on paper */
    bool down, was_near;
};

static const double STEP_PT = 0.12; /* shorter than half a pixel at 300 dpi */

static bool near_frame(const struct sah_projection *p, double x, double y) {
    const double margin = 20;
    return x > p->x - margin && x < p->x + p->width + margin && y > p->y - margin &&
           y < p->y + p->height + margin;
}

static void pen_to(struct pen *pen, double lon, double lat, bool must) {
    double x, y;
    sah_project(pen->p, lon, lat, &x, &y);
    if (pen->down && !must && hypot(x - pen->x, y - pen->y) < STEP_PT) return;
    if (pen->down)
        cairo_line_to(pen->cr, x, y);
    else
        cairo_move_to(pen->cr, x, y);
    pen->x = x, pen->y = y, pen->down = true;
}

static void add_ring(struct pen *pen, size_t n, const double *lon, const double *lat) {
    pen->down = false;
    for (size_t i = 0; i < n; i++) pen_to(pen, lon[i], lat[i], i + 1 == n);
    cairo_close_path(pen->cr);
}

/* An open line, in pieces where it passes the frame. */
static void add_line(struct pen *pen, const struct sah_geo_line *line) {
    pen->down = false;
    for (size_t i = 0; i < line->n; i++) {
        double x, y;
        sah_project(pen->p, line->lon[i], line->lat[i], &x, &y);
        bool near = near_frame(pen->p, x, y);
        bool last = i + 1 == line->n;
        bool next = !last;
        if (next) {
            sah_project(pen->p, line->lon[i + 1], line->lat[i + 1], &x, &y);
            next = near_frame(pen->p, x, y);
        }
        if (near || next || (pen->down && pen->was_near))
            pen_to(pen, line->lon[i], line->lat[i], last || !next || !near);
        else
            pen->down = false;
        pen->was_near = near;
    }
}

static void add_layer(const struct sah_carto *carto, const char *layer) {
    struct pen pen = {.cr = sah_canvas_cairo(carto->canvas), .p = &carto->projection};
    for (size_t i = 0; i < carto->geo->nlines; i++) {
        if (strcmp(carto->geo->line[i].layer, layer) == 0)
            add_line(&pen, &carto->geo->line[i]);
    }
}

void sah_carto_ground(const struct sah_carto *carto) {
    const struct sah_projection *p = &carto->projection;
    sah_canvas_rectangle(carto->canvas, p->x, p->y, p->width, p->height);
    sah_canvas_ink(carto->canvas, sah_ink(SAH_INK_LAND));
    cairo_fill(sah_canvas_cairo(carto->canvas));
}

/* Everything that is not land; a frame around all turns the even-odd rule over. */
static void fill_sea(const struct sah_carto *carto, const struct sah_shore *shore) {
    cairo_t *cr = sah_canvas_cairo(carto->canvas);
    struct pen pen = {.cr = cr, .p = &carto->projection};
    struct sah_box f = shore->frame;
    cairo_save(cr);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    for (size_t i = 0; i < shore->n; i++)
        add_ring(&pen, shore->ring[i].n, shore->ring[i].lon, shore->ring[i].lat);
    if (shore->odd_is_land)
        add_ring(&pen, 4, (double[]){f.x0, f.x1, f.x1, f.x0},
                 (double[]){f.y0, f.y0, f.y1, f.y1});
    sah_canvas_ink(carto->canvas, sah_ink(SAH_INK_SEA));
    cairo_fill(cr);
    cairo_restore(cr);
}

static void stroke_layer(const struct sah_carto *carto, const char *layer,
                         enum sah_ink ink, double width) {
    add_layer(carto, layer);
    sah_canvas_ink(carto->canvas, sah_ink(ink));
    cairo_set_line_width(sah_canvas_cairo(carto->canvas), width);
    cairo_stroke(sah_canvas_cairo(carto->canvas));
}

/* Lines on small maps are thinner. */
static double weight(const struct sah_carto *carto) {
    return fmin(fmax(carto->projection.width / 450, 0.5), 1.2);
}

static void begin_lines(const struct sah_carto *carto) {
    cairo_t *cr = sah_canvas_cairo(carto->canvas);
    cairo_save(cr);
    clip_to_frame(carto);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
}

static void fill_lakes(const struct sah_carto *carto) {
    cairo_t *cr = sah_canvas_cairo(carto->canvas);
    add_layer(carto, "lake");
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    sah_canvas_ink(carto->canvas, sah_ink(SAH_INK_SEA));
    cairo_fill_preserve(cr);
    sah_canvas_ink(carto->canvas, sah_ink(SAH_INK_WATER));
    cairo_set_line_width(cr, 0.25 * weight(carto));
    cairo_stroke(cr);
}

int sah_carto_water(const struct sah_carto *carto, struct sah_error *err) {
    struct sah_shore shore;
    if (!carto->geo) return SAH_OK;
    int code = sah_shore_init(&shore, carto->geo, err);
    if (code) return code;
    begin_lines(carto);
    if (shore.known) fill_sea(carto, &shore);
    stroke_layer(carto, "river", SAH_INK_WATER, 0.45 * weight(carto));
    fill_lakes(carto);
    cairo_restore(sah_canvas_cairo(carto->canvas));
    sah_shore_free(&shore);
    return SAH_OK;
}

void sah_carto_lines(const struct sah_carto *carto) {
    if (!carto->geo) return;
    double w = weight(carto);
    begin_lines(carto);
    stroke_layer(carto, "region", SAH_INK_REGION, 0.28 * w);
    stroke_layer(carto, "coast", SAH_INK_WATER, 0.4 * w);
    stroke_layer(carto, "border", SAH_INK_BORDER, 0.65 * w);
    cairo_restore(sah_canvas_cairo(carto->canvas));
}

/* Steps of whole degrees that leave a handful of lines. */
static double graticule_step(const struct sah_projection *p) {
    double span = fmax(p->east - p->west, p->north - p->south);
    static const double steps[] = {0.5, 1, 2, 5, 10, 20};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (span / steps[i] <= 7) return steps[i];
    }
    return 30;
}

static void degree_text(double value, char positive, char negative, char text[32]) {
    char side[3] = {' ', value < 0 ? negative : positive, '\0'};
    snprintf(text, 32, "%g°%s", fabs(value), value == 0 && positive == 'E' ? "" : side);
}

static struct sah_type_style degree_style(double type_pt) {
    return (struct sah_type_style){.size_pt = type_pt, .ink = sah_ink(SAH_INK_SOFT)};
}

enum { TICK_PT = 3, TICK_GAP_PT = 2 };

double sah_carto_degrees_width(double type_pt) {
    struct sah_type_style style = degree_style(type_pt);
    return sah_type_measure(&style, "20° N").width + TICK_PT + TICK_GAP_PT;
}

double sah_carto_degrees_height(double type_pt) {
    return 1.2 * type_pt + TICK_PT + TICK_GAP_PT;
}

static void tick(const struct sah_carto *carto, double x0, double y0, double x1,
                 double y1) {
    cairo_t *cr = sah_canvas_cairo(carto->canvas);
    cairo_move_to(cr, x0, y0);
    cairo_line_to(cr, x1, y1);
    cairo_set_line_width(cr, 0.4);
    sah_canvas_ink(carto->canvas, sah_ink(SAH_INK_SOFT));
    cairo_stroke(cr);
}

/* Words that would reach into the next panel are left out. */
static void bottom_degrees(const struct sah_carto *carto) {
    const struct sah_projection *p = &carto->projection;
    struct sah_type_style style = degree_style(carto->type_pt);
    double step = graticule_step(p), y = p->y + p->height, ignored, x;
    for (int i = (int)ceil(p->west / step); i * step <= p->east; i++) {
        char text[32];
        sah_project(p, i * step, p->south, &x, &ignored);
        tick(carto, x, y, x, y + TICK_PT);
        degree_text(i * step, 'E', 'W', text);
        double half = sah_type_measure(&style, text).width / 2 - carto->type_pt / 2;
        if (x - half < p->x || x + half > p->x + p->width) continue;
        sah_canvas_text(carto->canvas, &style, x,
                        y + TICK_PT + TICK_GAP_PT + 0.75 * carto->type_pt,
                        SAH_AT_CENTRE, text);
    }
}

static void left_degrees(const struct sah_carto *carto) {
    const struct sah_projection *p = &carto->projection;
    struct sah_type_style style = degree_style(carto->type_pt);
    double step = graticule_step(p), x = p->x, ignored, y;
    for (int i = (int)ceil(p->south / step); i * step <= p->north; i++) {
        char text[32];
        sah_project(p, p->west, i * step, &ignored, &y);
        tick(carto, x - TICK_PT, y, x, y);
        degree_text(i * step, 'N', 'S', text);
        sah_canvas_text(carto->canvas, &style, x - TICK_PT - TICK_GAP_PT,
                        y + 0.35 * carto->type_pt, SAH_AT_RIGHT, text);
    }
}

void sah_carto_frame(const struct sah_carto *carto) {
    const struct sah_projection *p = &carto->projection;
    cairo_t *cr = sah_canvas_cairo(carto->canvas);
    sah_canvas_rectangle(carto->canvas, p->x, p->y, p->width, p->height);
    sah_canvas_ink(carto->canvas, sah_ink(SAH_INK_SOFT));
    cairo_set_line_width(cr, 0.5);
    cairo_stroke(cr);
    if (carto->bottom_degrees) bottom_degrees(carto);
    if (carto->left_degrees) left_degrees(carto);
}
