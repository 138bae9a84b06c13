/* A legend is a line of type over a bar, a row of keys or a row of circles. */
#include "output/legend.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

static const double BAR_MOST_PT = 190; /* longer bars tell no more */
enum { BAR_STOPS = 48, CIRCLE_SIZES = 3 };

static struct sah_type_style title_style(const struct sah_legend *legend) {
    return (struct sah_type_style){
        .size_pt = legend->type_pt, .bold = true, .ink = sah_ink(SAH_INK_TEXT)};
}

static struct sah_type_style word_style(const struct sah_legend *legend) {
    return (struct sah_type_style){.size_pt = legend->type_pt,
                                   .ink = sah_ink(SAH_INK_SOFT)};
}

static double title_height(const struct sah_legend *legend) {
    return 1.55 * legend->type_pt;
}

static void draw_title(struct sah_canvas *canvas, const struct sah_legend *legend,
                       double x, double y, double width) {
    struct sah_type_style style = title_style(legend), soft = word_style(legend);
    double baseline = y + 0.85 * legend->type_pt;
    double used = sah_type_measure(&style, legend->title).width;
    style.max_width_pt = width;
    sah_canvas_text(canvas, &style, x, baseline, SAH_AT_LEFT, legend->title);
    soft.max_width_pt = width - used - legend->type_pt / 2;
    if (legend->note && soft.max_width_pt > 3 * legend->type_pt)
        sah_canvas_text(canvas, &soft, x + used + legend->type_pt / 2, baseline,
                        SAH_AT_LEFT, legend->note);
}

/* Bar */

static double bar_height(const struct sah_legend *legend) {
    return 0.95 * legend->type_pt;
}

static void fill_ramp(struct sah_canvas *canvas, const struct sah_legend *legend,
                      double x, double y, double width) {
    cairo_t *cr = sah_canvas_cairo(canvas);
    cairo_pattern_t *ramp = cairo_pattern_create_linear(x, 0, x + width, 0);
    for (int i = 0; i <= BAR_STOPS; i++) {
        double at = (double)i / BAR_STOPS;
        struct sah_colour c = sah_ramp_at(legend->ramp, at);
        cairo_pattern_add_color_stop_rgb(ramp, at, c.r, c.g, c.b);
    }
    cairo_set_source(cr, ramp);
    sah_canvas_rectangle(canvas, x, y, width, bar_height(legend));
    cairo_fill(cr);
    cairo_pattern_destroy(ramp);
}

static void draw_tick(struct sah_canvas *canvas, const struct sah_legend *legend,
                      const struct sah_tick *tick, double x, double y, bool room) {
    cairo_t *cr = sah_canvas_cairo(canvas);
    struct sah_type_style style = word_style(legend);
    bool named = tick->text[0] && room;
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x, y + (named ? 2.5 : 1.5));
    cairo_set_line_width(cr, 0.4);
    sah_canvas_ink(canvas, sah_ink(SAH_INK_SOFT));
    cairo_stroke(cr);
    if (named)
        sah_canvas_text(canvas, &style, x, y + 3.5 + 0.8 * legend->type_pt,
                        SAH_AT_CENTRE, tick->text);
}

/* Labels stand free of each other; the first, which names the low end, always does. */
static void draw_ticks(struct sah_canvas *canvas, const struct sah_legend *legend,
                       double x, double y, double width) {
    struct sah_tick ticks[SAH_MAX_TICKS];
    struct sah_type_style style = word_style(legend);
    size_t n = sah_scale_ticks(&legend->scale, (size_t)fmax(width / 32, 2), ticks);
    double free_from = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double at = x + ticks[i].at * width;
        double half = sah_type_measure(&style, ticks[i].text).width / 2;
        bool room = at - half > free_from;
        if (ticks[i].text[0] && room) free_from = at + half + legend->type_pt / 2;
        draw_tick(canvas, legend, &ticks[i], at, y + bar_height(legend), room);
    }
}

/* The bar begins where half of its first number still stands inside. */
static void draw_bar(struct sah_canvas *canvas, const struct sah_legend *legend,
                     double x, double y, double width) {
    double inset = legend->type_pt;
    width = fmin(width - 2.5 * inset, BAR_MOST_PT);
    fill_ramp(canvas, legend, x + inset / 3, y, width);
    cairo_t *cr = sah_canvas_cairo(canvas);
    sah_canvas_rectangle(canvas, x + inset / 3, y, width, bar_height(legend));
    sah_canvas_ink(canvas, sah_ink(SAH_INK_SOFT));
    cairo_set_line_width(cr, 0.3);
    cairo_stroke(cr);
    draw_ticks(canvas, legend, x + inset / 3, y, width);
}

/* Keys */

static double swatch(const struct sah_legend *legend) {
    return 0.95 * legend->type_pt;
}

/* Walks the keys line by line; draws when there is a canvas. Returns the height. */
static double walk_keys(struct sah_canvas *canvas, const struct sah_legend *legend,
                        double x, double y, double width) {
    struct sah_type_style style = word_style(legend);
    double size = swatch(legend), line = 1.65 * legend->type_pt, at = 0, down = 0;
    for (size_t i = 0; i < legend->nkeys; i++) {
        const struct sah_legend_key *key = &legend->key[i];
        double word = sah_type_measure(&style, key->text).width;
        double step = size + 0.45 * legend->type_pt + word + 1.4 * legend->type_pt;
        if (at > 0 && at + step > width) at = 0, down += line;
        if (canvas) {
            sah_canvas_rectangle(canvas, x + at, y + down, size, size);
            sah_canvas_ink(canvas, key->colour);
            cairo_fill(sah_canvas_cairo(canvas));
            sah_canvas_text(canvas, &style, x + at + size + 0.45 * legend->type_pt,
                            y + down + 0.83 * legend->type_pt, SAH_AT_LEFT, key->text);
        }
        at += step;
    }
    return down + line;
}

/* Circles */

double sah_circle_radius(const struct sah_scale *scale, double radius_pt,
                         double value) {
    return value > 0 ? fmax(radius_pt * sqrt(value / scale->high), 0.45) : 0;
}

void sah_circle_draw(struct sah_canvas *canvas, double x, double y, double radius,
                     struct sah_colour colour) {
    cairo_t *cr = sah_canvas_cairo(canvas);
    cairo_new_path(cr);
    cairo_arc(cr, x, y, radius, 0, 2 * 3.14159265358979323846);
    sah_canvas_ink(canvas, sah_colour_fade(colour, 0.62));
    cairo_fill_preserve(cr);
    sah_canvas_ink(canvas, sah_colour_fade(sah_ink(SAH_INK_PAPER), 0.9));
    cairo_set_line_width(cr, fmin(0.35, radius / 3));
    cairo_stroke(cr);
}

static double circles_height(const struct sah_legend *legend) {
    return fmax(2 * legend->radius_pt, 1.2 * legend->type_pt) + 2;
}

/* The largest number, about a quarter and about a fortieth of it. */
static void draw_circles(struct sah_canvas *canvas, const struct sah_legend *legend,
                         double x, double y) {
    struct sah_type_style style = word_style(legend);
    double middle = y + circles_height(legend) / 2, high = legend->scale.high;
    double value[CIRCLE_SIZES] = {sah_nice_below(high / 40), sah_nice_below(high / 4),
                                  high};
    for (int i = 0; i < CIRCLE_SIZES; i++) {
        char text[SAH_NUMBER_TEXT];
        double radius = sah_circle_radius(&legend->scale, legend->radius_pt, value[i]);
        if (high >= 4 && value[i] < 1) continue; /* counts are whole */
        sah_tick_text(value[i], text);
        x += radius;
        sah_circle_draw(canvas, x, middle, radius, legend->colour);
        x += radius + 0.4 * legend->type_pt;
        sah_canvas_text(canvas, &style, x, middle + 0.35 * legend->type_pt, SAH_AT_LEFT,
                        text);
        x += sah_type_measure(&style, text).width + 1.3 * legend->type_pt;
    }
}

/* All */

double sah_legend_height(const struct sah_legend *legend, double width) {
    double height = title_height(legend);
    switch (legend->kind) {
    case SAH_LEGEND_BAR:
        return height + bar_height(legend) + 4 + legend->type_pt;
    case SAH_LEGEND_KEYS:
        return height + walk_keys(NULL, legend, 0, 0, width);
    case SAH_LEGEND_CIRCLES:
        return height + circles_height(legend);
    }
    return height;
}

void sah_legend_draw(struct sah_canvas *canvas, const struct sah_legend *legend,
                     double x, double y, double width) {
    draw_title(canvas, legend, x, y, width);
    y += title_height(legend);
    switch (legend->kind) {
    case SAH_LEGEND_BAR:
        draw_bar(canvas, legend, x, y, width);
        break;
    case SAH_LEGEND_KEYS:
        walk_keys(canvas, legend, x, y, width);
        break;
    case SAH_LEGEND_CIRCLES:
        draw_circles(canvas, legend, x, y);
        break;
    }
}
