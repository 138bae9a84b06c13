/* Lanes of bars under an axis of fine lines. */
#include "output/rows.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

static const double LANE = 1.5, BAR = 1.1, GAP = 0.55; /* of the type */
static const double NAMES_GAP_PT = 6, WORD_GAP_PT = 3;

static double row_height(int lanes, double type_pt) {
    return (LANE * lanes + GAP) * type_pt;
}

double sah_rows_height(size_t n, int lanes, double type_pt) {
    return (double)n * row_height(lanes, type_pt);
}

double sah_rows_names(const struct sah_row *row, size_t n, double type_pt,
                      double most) {
    struct sah_type_style style = {.size_pt = type_pt};
    double widest = 0;
    for (size_t i = 0; i < n; i++)
        widest = fmax(widest, sah_type_measure(&style, row[i].label).width);
    return fmin(widest + NAMES_GAP_PT + 1, most);
}

double sah_rows_words(const struct sah_row *row, size_t n, double type_pt) {
    struct sah_type_style style = {.size_pt = type_pt};
    double widest = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < row[i].nbars; k++)
            widest = fmax(widest, sah_type_measure(&style, row[i].bar[k].word).width);
    return widest + WORD_GAP_PT + 1;
}

struct sah_scale sah_rows_scale(const struct sah_row *row, size_t n) {
    double low = 0, high = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < row[i].nbars; k++) {
            const struct sah_row_bar *bar = &row[i].bar[k];
            const double value[] = {bar->from, bar->to, bar->low, bar->high};
            for (int j = 0; j < 4; j++)
                if (isfinite(value[j]))
                    low = fmin(low, value[j]), high = fmax(high, value[j]);
        }
    }
    double edge = 0.02 * (high - low);
    if (!(high > low)) return (struct sah_scale){SAH_SCALE_LINEAR, 0, 1};
    return (struct sah_scale){SAH_SCALE_LINEAR, low < 0 ? low - edge : 0, high + edge};
}

static void line(const struct sah_chart *chart, double x0, double y0, double x1,
                 double y1, struct sah_colour ink, double width) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    cairo_new_path(cr);
    cairo_move_to(cr, x0, y0), cairo_line_to(cr, x1, y1);
    sah_canvas_ink(chart->canvas, ink);
    cairo_set_line_width(cr, width);
    cairo_stroke(cr);
}

static void draw_axis(const struct sah_chart *chart) {
    struct sah_tick ticks[SAH_MAX_TICKS];
    struct sah_type_style style = {.size_pt = chart->type_pt,
                                   .ink = sah_ink(SAH_INK_SOFT)};
    double bottom = chart->y + chart->height;
    size_t n =
        sah_scale_ticks(&chart->across, (size_t)fmax(chart->width / 55, 2), ticks);
    for (size_t i = 0; i < n; i++) {
        double x = sah_chart_x(chart, ticks[i].value);
        bool zero = fabs(ticks[i].value) < 1e-12;
        line(chart, x, chart->y, x, bottom,
             zero ? sah_ink(SAH_INK_SOFT) : sah_colour_hex(0xE3E1DC),
             zero ? 0.7 : 0.35);
        sah_canvas_text(chart->canvas, &style, x, bottom + 1.4 * chart->type_pt,
                        SAH_AT_CENTRE, ticks[i].text);
    }
}

/* The word stands beyond the bar and its interval, on the side the bar runs to. */
static void draw_bar(const struct sah_chart *chart, const struct sah_row_bar *bar,
                     double middle) {
    struct sah_type_style style = {.size_pt = chart->type_pt,
                                   .ink = sah_ink(SAH_INK_SOFT)};
    bool left = bar->to < bar->from;
    double x0 = sah_chart_x(chart, bar->from), x1 = sah_chart_x(chart, bar->to);
    double thick = BAR * chart->type_pt, end = x1;
    if (!isfinite(x0) || !isfinite(x1)) return;
    sah_canvas_rectangle(chart->canvas, fmin(x0, x1), middle - thick / 2, fabs(x1 - x0),
                         thick);
    sah_canvas_ink(chart->canvas, bar->colour);
    cairo_fill(sah_canvas_cairo(chart->canvas));
    if (bar->high > bar->low) {
        double low = sah_chart_x(chart, bar->low), high = sah_chart_x(chart, bar->high);
        line(chart, low, middle, high, middle, sah_ink(SAH_INK_PAPER), 1.5);
        line(chart, low, middle, high, middle, sah_ink(SAH_INK_TEXT), 0.7);
        end = left ? fmin(end, low) : fmax(end, high);
    }
    sah_canvas_text(chart->canvas, &style, end + (left ? -WORD_GAP_PT : WORD_GAP_PT),
                    middle + 0.35 * chart->type_pt, left ? SAH_AT_RIGHT : SAH_AT_LEFT,
                    bar->word);
}

void sah_rows_draw(const struct sah_chart *chart, const struct sah_row *row, size_t n,
                   int lanes, double names, double apart) {
    struct sah_type_style style = {.size_pt = chart->type_pt,
                                   .ink = sah_ink(SAH_INK_TEXT),
                                   .max_width_pt = names - NAMES_GAP_PT};
    double each = row_height(lanes, chart->type_pt);
    draw_axis(chart);
    for (size_t i = 0; i < n; i++) {
        double top = chart->y + (double)i * each + GAP / 2 * chart->type_pt;
        double middle = chart->y + ((double)i + 0.5) * each;
        sah_canvas_text(chart->canvas, &style, chart->x - apart - NAMES_GAP_PT,
                        middle + 0.35 * chart->type_pt, SAH_AT_RIGHT, row[i].label);
        for (size_t k = 0; k < row[i].nbars; k++)
            draw_bar(chart, &row[i].bar[k],
                     top + (row[i].bar[k].lane + 0.5) * LANE * chart->type_pt);
    }
}
