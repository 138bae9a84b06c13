/* Lines, areas, blocks and dots inside a frame. */
#include "output/chart.h"

#include <cairo.h>
#include <math.h>

static bool is_told(double x, double y) {
    return isfinite(x) && isfinite(y);
}

/* A path through the points; a gap where one is undefined. */
static void trace(const struct sah_chart *chart, const double *x, const double *y,
                  size_t n) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    bool down = false;
    cairo_new_path(cr);
    for (size_t i = 0; i < n; i++) {
        double at = sah_chart_x(chart, x[i]), up = sah_chart_y(chart, y[i]);
        if (!is_told(at, up))
            down = false;
        else if (down)
            cairo_line_to(cr, at, up);
        else
            cairo_move_to(cr, at, up), down = true;
    }
}

void sah_chart_line(const struct sah_chart *chart, const double *x, const double *y,
                    size_t n, struct sah_stroke stroke) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    cairo_save(cr);
    trace(chart, x, y, n);
    sah_canvas_ink(chart->canvas, stroke.colour);
    cairo_set_line_width(cr, stroke.width_pt);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, stroke.dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
    if (stroke.dashed) cairo_set_dash(cr, (double[]){3, 2}, 2, 0);
    cairo_stroke(cr);
    cairo_restore(cr);
}

void sah_chart_area(const struct sah_chart *chart, const double *x, const double *low,
                    const double *high, size_t n, struct sah_colour colour) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    cairo_new_path(cr);
    for (size_t i = 0; i < n; i++)
        cairo_line_to(cr, sah_chart_x(chart, x[i]), sah_chart_y(chart, high[i]));
    for (size_t i = n; i-- > 0;)
        cairo_line_to(cr, sah_chart_x(chart, x[i]), sah_chart_y(chart, low[i]));
    cairo_close_path(cr);
    sah_canvas_ink(chart->canvas, colour);
    cairo_fill(cr);
}

void sah_chart_block(const struct sah_chart *chart, double x0, double x1, double y0,
                     double y1, struct sah_colour colour) {
    double left = sah_chart_x(chart, x0), right = sah_chart_x(chart, x1);
    double bottom = sah_chart_y(chart, y0), top = sah_chart_y(chart, y1);
    sah_canvas_rectangle(chart->canvas, left, top, right - left, bottom - top);
    sah_canvas_ink(chart->canvas, colour);
    cairo_fill(sah_canvas_cairo(chart->canvas));
}

void sah_chart_dot(const struct sah_chart *chart, double x, double y, double radius,
                   struct sah_colour colour) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    double at = sah_chart_x(chart, x), up = sah_chart_y(chart, y);
    if (!is_told(at, up)) return;
    cairo_new_path(cr);
    cairo_arc(cr, at, up, radius, 0, 2 * 3.14159265358979323846);
    sah_canvas_ink(chart->canvas, colour);
    cairo_fill(cr);
}

double sah_chart_swatch(struct sah_canvas *canvas, double x, double baseline,
                        double type_pt, struct sah_colour colour) {
    double side = 0.72 * type_pt;
    sah_canvas_rectangle(canvas, x, baseline - side, side, side);
    sah_canvas_ink(canvas, colour);
    cairo_fill(sah_canvas_cairo(canvas));
    return side + 0.4 * type_pt;
}
