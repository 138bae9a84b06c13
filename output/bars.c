/* Rows from top to bottom in the order given. */
#include "output/bars.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double ROW = 1.72,
                    TALL_ROW = 2.62; /* of the type; for names in two lines */
static const double BAR = 1.2, NUMBERS_PT = 34, GAP_PT = 4;

double sah_bar_sum(const struct sah_bar *bar) {
    double sum = 0;
    for (size_t k = 0; k < bar->nparts; k++) sum += bar->part[k].value;
    return sum;
}

static double row_height(const struct sah_bar *bar, double type_pt, double names) {
    struct sah_type_style style = {.size_pt = type_pt};
    bool tall =
        names > 0 && sah_type_measure(&style, bar->label).width > names - GAP_PT;
    return (tall ? TALL_ROW : ROW) * type_pt;
}

double sah_bars_height(const struct sah_bar *bar, size_t n, double type_pt,
                       double names) {
    double height = n ? 0 : ROW * type_pt;
    for (size_t i = 0; i < n; i++) height += row_height(&bar[i], type_pt, names);
    return height;
}

double sah_bars_names(const struct sah_bar *bar, size_t n, double type_pt,
                      double most) {
    struct sah_type_style style = {.size_pt = type_pt};
    double widest = 0;
    for (size_t i = 0; i < n; i++)
        widest = fmax(widest, sah_type_measure(&style, bar[i].label).width);
    return fmin(widest + GAP_PT + 0.5, most);
}

static double longest(const struct sah_bar *bar, size_t n) {
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fmax(sah_bar_sum(&bar[i]), bar[i].high));
    return most > 0 ? most : 1;
}

static void draw_interval(const struct sah_chart *chart, const struct sah_bar *bar,
                          double y, double per_unit) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    if (!(bar->high > bar->low)) return;
    cairo_new_path(cr);
    cairo_move_to(cr, chart->x + bar->low * per_unit, y);
    cairo_line_to(cr, chart->x + bar->high * per_unit, y);
    sah_canvas_ink(chart->canvas, sah_ink(SAH_INK_TEXT));
    cairo_set_line_width(cr, 0.8);
    cairo_stroke(cr);
}

/* Parts after each other; their end. */
static double draw_parts(const struct sah_chart *chart, const struct sah_bar *bar,
                         double y, double height, double per_unit) {
    double x = chart->x;
    for (size_t k = 0; k < bar->nparts; k++) {
        double length = bar->part[k].value * per_unit;
        if (!(length > 0)) continue;
        sah_canvas_rectangle(chart->canvas, x, y, length, height);
        sah_canvas_ink(chart->canvas, bar->part[k].colour);
        cairo_fill(sah_canvas_cairo(chart->canvas));
        x += length;
    }
    return x;
}

static void tell(const struct sah_chart *chart, const struct sah_bar *bar, double x,
                 double baseline) {
    struct sah_type_style style = {.size_pt = chart->type_pt,
                                   .ink = sah_ink(SAH_INK_SOFT)};
    char text[SAH_NUMBER_TEXT];
    double sum = sah_bar_sum(bar), unit = sum >= 1e6   ? pow(10, floor(log10(sum)) - 2)
                                          : sum >= 100 ? 1
                                                       : 0.01;
    sah_tick_text(unit * round(sum / unit), text);
    sah_canvas_text(chart->canvas, &style, x + 3, baseline, SAH_AT_LEFT,
                    bar->told[0] ? bar->told : text);
}

/* The blank nearest to the middle. */
static size_t split_at(const char *text) {
    size_t n = strlen(text), best = 0;
    for (size_t i = 1; i + 1 < n; i++) {
        size_t off = 2 * i > n ? 2 * i - n : n - 2 * i;
        size_t least = 2 * best > n ? 2 * best - n : n - 2 * best;
        if (text[i] == ' ' && off < least) best = i;
    }
    return best;
}

/* In one line, or in two where it is too long. */
static void name(const struct sah_chart *chart, const char *text, double middle,
                 double names) {
    struct sah_type_style style = {.size_pt = chart->type_pt,
                                   .ink = sah_ink(SAH_INK_TEXT)};
    double x = chart->x - GAP_PT, baseline = middle + 0.35 * chart->type_pt;
    bool fits = sah_type_measure(&style, text).width <= names - GAP_PT;
    size_t split = fits ? 0 : split_at(text);
    style.max_width_pt = names - GAP_PT;
    if (!split) {
        sah_canvas_text(chart->canvas, &style, x, baseline, SAH_AT_RIGHT, text);
        return;
    }
    char first[128];
    double half = 0.56 * chart->type_pt;
    snprintf(first, sizeof first, "%.*s", (int)split, text);
    sah_canvas_text(chart->canvas, &style, x, baseline - half, SAH_AT_RIGHT, first);
    sah_canvas_text(chart->canvas, &style, x, baseline + half, SAH_AT_RIGHT,
                    text + split + 1);
}

void sah_bars_draw(const struct sah_chart *chart, const struct sah_bar *bar, size_t n,
                   double names, double full) {
    double room = fmax(chart->width - NUMBERS_PT, 10), thick = BAR * chart->type_pt;
    double per_unit = room / (full > 0 ? full : longest(bar, n)), top = chart->y;
    for (size_t i = 0; i < n; i++) {
        double height = row_height(&bar[i], chart->type_pt, fabs(names));
        double middle = top + height / 2;
        if (names > 0) name(chart, bar[i].label, middle, names);
        double end = draw_parts(chart, &bar[i], middle - thick / 2, thick, per_unit);
        draw_interval(chart, &bar[i], middle, per_unit);
        if (bar[i].high > bar[i].low)
            end = fmax(end, chart->x + bar[i].high * per_unit);
        tell(chart, &bar[i], end, middle + 0.35 * chart->type_pt);
        top += height;
    }
}
