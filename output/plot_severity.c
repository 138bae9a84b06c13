/* The severity of events: each as a dot, the fitted tail as a line. */
#include "output/plot_events.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int descending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

static void draw_fit(const struct sah_chart *chart, const struct sah_plot_log *e,
                     double most) {
    double x[64], y[64], share = (double)e->tail.tail / (double)e->tail.n;
    for (size_t i = 0; i < 64; i++) {
        x[i] = e->tail.xmin * pow(most / e->tail.xmin, (double)i / 63);
        y[i] = share * sah_power_tail_above(&e->tail, x[i]);
        if (y[i] < chart->up.low) y[i] = NAN;
    }
    sah_chart_line(chart, x, y, 64,
                   (struct sah_stroke){sah_colour_hex(0xA82A43), 1.3, false});
}

static void tell_fit(const struct sah_chart *chart, const struct sah_plot_log *e) {
    struct sah_type_style style = {.size_pt = chart->type_pt,
                                   .ink = sah_ink(SAH_INK_TEXT)};
    char line[3][SAH_PLOT_LINE] = {"too few deadly events for a fit", "", ""};
    if (e->fitted) {
        snprintf(line[0], SAH_PLOT_LINE, "exponent %.2f \u00B1 %.2f", e->tail.exponent,
                 e->tail.error);
        snprintf(line[1], SAH_PLOT_LINE, "from %g deaths on", e->tail.xmin);
        snprintf(line[2], SAH_PLOT_LINE, "%zu of %zu deadly events", e->tail.tail,
                 e->tail.n);
    }
    for (int i = 0; i < 3; i++) {
        sah_canvas_text(chart->canvas, &style, chart->x + 0.06 * chart->width,
                        chart->y + chart->height - (4.4 - 1.35 * i) * chart->type_pt,
                        SAH_AT_LEFT, line[i]);
        style.ink = sah_ink(SAH_INK_SOFT);
    }
}

/* The share of deadly events with at least so many deaths; x is sorted, largest first. */
static void draw_severity(struct sah_chart chart, const struct sah_plot_log *e,
                          const double *x, size_t n) {
    double most = n ? x[0] : 1;
    chart.across = sah_scale_fit(SAH_SCALE_LOG, 1, most, 1);
    chart.up =
        (struct sah_scale){SAH_SCALE_LOG, n ? fmin(0.5 / (double)n, 0.1) : 0.01, 1};
    sah_chart_axes(&chart, "deaths in the event");
    sah_chart_title(&chart, "Severity", "share of deadly events at least so deadly");
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && x[i + 1] == x[i]) continue;
        sah_chart_dot(&chart, x[i], (double)(i + 1) / (double)n, 1.25,
                      sah_ink(SAH_INK_SOFT));
    }
    if (e->fitted) draw_fit(&chart, e, most);
    if (n) tell_fit(&chart, e);
    if (n == 0) sah_chart_nothing(&chart, "no event was deadly");
}

int sah_plot_severity(const struct sah_chart *chart, const struct sah_plot_log *e,
                      struct sah_error *err) {
    double *x = malloc((e->table.nrows + 1) * sizeof *x);
    size_t n = 0;
    if (!x) return sah_error_add(err, SAH_MEMORY, "no memory for a plot");
    for (size_t i = 0; i < e->table.nrows; i++)
        if (e->severity[i] >= 1) x[n++] = e->severity[i];
    qsort(x, n, sizeof *x, descending);
    draw_severity(*chart, e, x, n);
    free(x);
    return SAH_OK;
}
