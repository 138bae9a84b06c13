/* Axes: lines so fine that they are seen only when looked for. */
#include "output/chart.h"

#include "output/date_ticks.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

static const double TICK_PT = 2.5, GRID_PT = 0.35;
static const double PT_PER_TICK_UP = 17, PT_PER_TICK_ACROSS = 46, PT_PER_DATE = 30;

double sah_chart_x(const struct sah_chart *chart, double value) {
    return chart->x + chart->width * sah_scale_at(&chart->across, value);
}

double sah_chart_y(const struct sah_chart *chart, double value) {
    return chart->y + chart->height * (1 - sah_scale_at(&chart->up, value));
}

double sah_chart_head(double type_pt) {
    return 2.1 * type_pt;
}

double sah_chart_foot(double type_pt, bool words) {
    return TICK_PT + (words ? 2.9 : 1.5) * type_pt;
}

static struct sah_type_style soft(double type_pt) {
    return (struct sah_type_style){.size_pt = type_pt, .ink = sah_ink(SAH_INK_SOFT)};
}

static size_t up_ticks(const struct sah_scale *up, double height,
                       struct sah_tick ticks[static SAH_MAX_TICKS]) {
    double want = fmin(fmax(height / PT_PER_TICK_UP, 2), 8);
    return sah_scale_ticks(up, (size_t)want, ticks);
}

double sah_chart_gutter(const struct sah_scale *up, double height, double type_pt) {
    struct sah_tick ticks[SAH_MAX_TICKS];
    struct sah_type_style style = soft(type_pt);
    size_t n = up_ticks(up, height, ticks);
    double widest = 0;
    for (size_t i = 0; i < n; i++)
        widest = fmax(widest, sah_type_measure(&style, ticks[i].text).width);
    return widest + TICK_PT + 2;
}

static void rule(const struct sah_chart *chart, double x0, double y0, double x1,
                 double y1, struct sah_colour ink, double width) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    cairo_new_path(cr);
    cairo_move_to(cr, x0, y0);
    cairo_line_to(cr, x1, y1);
    sah_canvas_ink(chart->canvas, ink);
    cairo_set_line_width(cr, width);
    cairo_stroke(cr);
}

static struct sah_colour grid_ink(void) {
    return sah_colour_hex(0xE3E1DC);
}

static void draw_up(const struct sah_chart *chart) {
    struct sah_tick ticks[SAH_MAX_TICKS];
    struct sah_type_style style = soft(chart->type_pt);
    size_t n = up_ticks(&chart->up, chart->height, ticks);
    for (size_t i = 0; i < n; i++) {
        double y = sah_chart_y(chart, ticks[i].value);
        if (!ticks[i].text[0]) continue;
        rule(chart, chart->x, y, chart->x + chart->width, y, grid_ink(), GRID_PT);
        sah_canvas_text(chart->canvas, &style, chart->x - TICK_PT - 1,
                        y + 0.35 * chart->type_pt, SAH_AT_RIGHT, ticks[i].text);
    }
}

static size_t across_ticks(const struct sah_chart *chart,
                           struct sah_tick ticks[static SAH_MAX_TICKS]) {
    bool days = chart->ticks == SAH_CHART_DAYS;
    double room = chart->width / (days ? PT_PER_DATE : PT_PER_TICK_ACROSS);
    size_t want = (size_t)fmin(fmax(room, 2), 12);
    if (chart->ticks == SAH_CHART_BARE) return 0;
    if (days) return sah_date_ticks(&chart->across, want, ticks);
    return sah_scale_ticks(&chart->across, want, ticks);
}

/* Numbers stand free of each other. */
static void draw_across(const struct sah_chart *chart) {
    struct sah_tick ticks[SAH_MAX_TICKS];
    struct sah_type_style style = soft(chart->type_pt);
    size_t n = across_ticks(chart, ticks);
    double bottom = chart->y + chart->height, free_from = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double x = sah_chart_x(chart, ticks[i].value);
        double half = sah_type_measure(&style, ticks[i].text).width / 2;
        rule(chart, x, bottom, x, bottom + (ticks[i].text[0] ? TICK_PT : TICK_PT / 2),
             sah_ink(SAH_INK_SOFT), 0.4);
        if (chart->no_numbers || !ticks[i].text[0] || x - half < free_from) continue;
        free_from = x + half + chart->type_pt / 2;
        sah_canvas_text(chart->canvas, &style, x,
                        bottom + TICK_PT + 1.1 * chart->type_pt, SAH_AT_CENTRE,
                        ticks[i].text);
    }
}

void sah_chart_axes(const struct sah_chart *chart, const char *below) {
    double bottom = chart->y + chart->height;
    if (!chart->no_up) draw_up(chart);
    draw_across(chart);
    if (chart->ticks != SAH_CHART_BARE)
        rule(chart, chart->x, bottom, chart->x + chart->width, bottom,
             sah_ink(SAH_INK_SOFT), 0.5);
    if (!below) return;
    struct sah_type_style style = soft(chart->type_pt);
    style.max_width_pt = chart->width;
    sah_canvas_text(chart->canvas, &style, chart->x + chart->width,
                    bottom + TICK_PT + 2.5 * chart->type_pt, SAH_AT_RIGHT, below);
}

void sah_chart_title(const struct sah_chart *chart, const char *title,
                     const char *note) {
    double x = chart->x, baseline = chart->y - 0.75 * chart->type_pt;
    struct sah_type_style bold = {
        .size_pt = 1.18 * chart->type_pt, .bold = true, .ink = sah_ink(SAH_INK_TEXT)};
    struct sah_type_style style = soft(chart->type_pt);
    double used = sah_type_measure(&bold, title).width + chart->type_pt / 2;
    sah_canvas_text(chart->canvas, &bold, x, baseline, SAH_AT_LEFT, title);
    style.max_width_pt = chart->width - used;
    if (note && style.max_width_pt > 3 * chart->type_pt)
        sah_canvas_text(chart->canvas, &style, x + used, baseline, SAH_AT_LEFT, note);
}

void sah_chart_nothing(const struct sah_chart *chart, const char *why) {
    struct sah_type_style style = soft(chart->type_pt);
    style.italic = true;
    style.max_width_pt = chart->width;
    sah_canvas_text(chart->canvas, &style, chart->x + chart->width / 2,
                    chart->y + chart->height / 2, SAH_AT_CENTRE, why);
}
