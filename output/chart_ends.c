/* Names at the ends of lines: moved apart, in order, none lost. */
#include "output/chart.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>

static const double LEAD_PT = 9; /* from the frame to the names */

static int by_height(const void *a, const void *b) {
    const struct sah_end *x = a, *y = b;
    return (x->y > y->y) - (x->y < y->y);
}

/* Down from the top each keeps `step` from the one above, then up from the bottom. */
static void spread(const struct sah_end *end, size_t n, double step, double top,
                   double bottom, double *at) {
    for (size_t i = 0; i < n; i++) {
        double least = i ? at[i - 1] + step : top;
        at[i] = fmax(end[i].y, least);
    }
    for (size_t i = n; i-- > 0;) {
        double most = i + 1 < n ? at[i + 1] - step : bottom;
        at[i] = fmin(at[i], most);
    }
}

static void lead(const struct sah_chart *chart, const struct sah_end *end, double at) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    double x = chart->x + chart->width;
    cairo_new_path(cr);
    cairo_move_to(cr, x + 1, end->y);
    cairo_line_to(cr, x + LEAD_PT - 2, at);
    sah_canvas_ink(chart->canvas, sah_ink(SAH_INK_FAINT));
    cairo_set_line_width(cr, 0.35);
    cairo_stroke(cr);
}

static void name(const struct sah_chart *chart, const struct sah_end *end, double at,
                 double room) {
    struct sah_type_style style = {.size_pt = chart->type_pt,
                                   .ink = sah_ink(SAH_INK_TEXT)};
    double x = chart->x + chart->width + LEAD_PT, baseline = at + 0.33 * chart->type_pt;
    double swatch =
        sah_chart_swatch(chart->canvas, x, baseline, chart->type_pt, end->colour);
    double value = sah_type_measure(&style, end->value).width;
    double left = room - LEAD_PT - swatch, gap = end->value[0] ? 3 : 0;
    double used = fmin(sah_type_measure(&style, end->text).width, left - value - gap);
    style.max_width_pt = fmax(left - value - gap, 3 * chart->type_pt);
    sah_canvas_text(chart->canvas, &style, x + swatch, baseline, SAH_AT_LEFT,
                    end->text);
    style.ink = sah_ink(SAH_INK_SOFT), style.max_width_pt = 0;
    sah_canvas_text(chart->canvas, &style, x + swatch + used + gap, baseline,
                    SAH_AT_LEFT, end->value);
}

void sah_chart_ends(const struct sah_chart *chart, struct sah_end *end, size_t n,
                    double room) {
    double at[SAH_END_LABELS], step = 1.28 * chart->type_pt;
    if (n > SAH_END_LABELS) n = SAH_END_LABELS;
    qsort(end, n, sizeof *end, by_height);
    double reach = fmax((double)(n ? n - 1 : 0) * step - chart->height, 0);
    spread(end, n, step, chart->y, chart->y + chart->height + reach, at);
    for (size_t i = 0; i < n; i++) {
        if (!chart->no_leads) lead(chart, &end[i], at[i]);
        name(chart, &end[i], at[i], room);
    }
}
