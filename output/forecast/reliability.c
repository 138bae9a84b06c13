/* Counting into classes, and diagrams. */
#include "output/forecast/reliability.h"

#include "output/chart.h"
#include "output/page.h"
#include "sah_version.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>

/* ---- counting ---------------------------------------------------------------------- */

int sah_reliability_class_of(double chance) {
    static const double edge[SAH_RELIABILITY_CLASSES - 1] = {0.001, 0.003, 0.01, 0.03,
                                                             0.1,   0.2,   0.4,  0.6};
    int c = 0;
    while (c < SAH_RELIABILITY_CLASSES - 1 && chance >= edge[c]) c++;
    return c;
}

static double chance_of(const float *draw) {
    size_t deadly = 0;
    for (size_t k = 0; k < SAH_DRAWS; k++) deadly += draw[k] > 0;
    return (double)deadly / SAH_DRAWS;
}

void sah_reliability_count(const struct sah_draws *draws, const struct sah_panel *came,
                           enum sah_panel_kind kind, const char *model,
                           struct sah_reliability *reliability) {
    *reliability = (struct sah_reliability){0};
    snprintf(reliability->kind, sizeof reliability->kind, "%s", sah_panel_names[kind]);
    snprintf(reliability->model, sizeof reliability->model, "%s", model);
    for (int cell = 0; cell < SAH_FORECAST_CELLS; cell++)
        for (int m = 0; m < draws->months; m++) {
            int month = draws->first + m;
            double chance = chance_of(sah_draws_at(draws, cell, month));
            struct sah_reliability_class *c =
                &reliability->of[sah_reliability_class_of(chance)];
            c->n++;
            c->forecast += chance;
            c->came += *sah_panel_row(came, kind, cell, month) > 0;
        }
}

/* ---- drawing ----------------------------------------------------------------------- */

static const double TYPE_PT = 6.4, SIDE_GAP = 34, ROW_GAP = 46, LEAST = 0.0005;
static const double Z90 = 1.6448536269514722;

/* Wilson's interval of a share. */
static void interval(size_t came, size_t n, double out[2]) {
    double size = (double)n, p = (double)came / size, z2 = Z90 * Z90;
    double middle = (p + z2 / (2 * size)) / (1 + z2 / size);
    double half =
        Z90 * sqrt(p * (1 - p) / size + z2 / (4 * size * size)) / (1 + z2 / size);
    out[0] = fmax(middle - half, LEAST), out[1] = fmax(middle + half, LEAST);
}

static void draw_point(const struct sah_chart *chart,
                       const struct sah_reliability_class *c) {
    struct sah_colour ink = sah_ramp_at(SAH_RAMP_RULE, 0.04);
    double low_high[2], x = fmax(c->forecast / (double)c->n, LEAST);
    double share = fmax((double)c->came / (double)c->n, LEAST);
    interval(c->came, c->n, low_high);
    sah_chart_line(chart, (const double[]){x, x}, low_high, 2,
                   (struct sah_stroke){sah_colour_fade(ink, 0.5), 0.9, false});
    sah_chart_dot(chart, x, share, 2.2, ink);
}

static void draw_diagram(const struct sah_chart *chart,
                         const struct sah_reliability *reliability) {
    const double ends[] = {LEAST, 1};
    sah_chart_axes(chart, "chance given");
    sah_chart_title(chart, reliability->model, reliability->kind);
    sah_chart_line(chart, ends, ends, 2,
                   (struct sah_stroke){sah_ink(SAH_INK_SOFT), 0.6, true});
    for (int c = 0; c < SAH_RELIABILITY_CLASSES; c++)
        if (reliability->of[c].n && reliability->of[c].forecast > 0)
            draw_point(chart, &reliability->of[c]);
}

static void draw_all(struct sah_canvas *canvas,
                     const struct sah_reliability *reliability, size_t rows,
                     size_t columns, double width) {
    const struct sah_scale scale = {SAH_SCALE_LOG, LEAST, 1};
    double room = width - 2 * SAH_PAGE_MARGIN_PT;
    double side = room / (double)columns - SIDE_GAP;
    for (size_t i = 0; i < rows * columns; i++) {
        size_t row = i / columns, column = i % columns;
        struct sah_chart chart = {
            .canvas = canvas,
            .x = SAH_PAGE_MARGIN_PT + SIDE_GAP + (double)column * (side + SIDE_GAP),
            .y = SAH_PAGE_MARGIN_PT + SAH_PAGE_HEADER_PT + sah_chart_head(TYPE_PT) +
                 (double)row * (side + ROW_GAP),
            .width = side,
            .height = side,
            .across = scale,
            .up = scale,
            .ticks = SAH_CHART_NUMBERS,
            .type_pt = TYPE_PT};
        draw_diagram(&chart, &reliability[i]);
    }
}

int sah_reliability_draw(const struct sah_reliability *reliability, size_t rows,
                         size_t columns, const char *title,
                         const struct sah_picture *picture, struct sah_error *err) {
    struct sah_canvas *canvas;
    double width = sah_picture_width_pt(picture);
    double side = (width - 2 * SAH_PAGE_MARGIN_PT) / (double)columns - SIDE_GAP;
    double height = ceil(2 * SAH_PAGE_MARGIN_PT + SAH_PAGE_HEADER_PT +
                         SAH_PAGE_FOOTER_PT + (double)rows * (side + ROW_GAP));
    int code = sah_canvas_open(picture, height, title, &canvas, err);
    if (code) return code;
    struct sah_page page = {.title = title,
                            .subtitle = "share of cells and months with deaths against "
                                        "the chance given, 90 % intervals",
                            .mark = "sahel " SAH_VERSION,
                            .left = SAH_PAGE_MARGIN_PT,
                            .width = width,
                            .height = height};
    sah_page_header(canvas, &page);
    sah_page_corner(canvas, &page);
    draw_all(canvas, reliability, rows, columns, width);
    code = sah_canvas_finish(canvas, err);
    sah_canvas_free(canvas);
    return code;
}
