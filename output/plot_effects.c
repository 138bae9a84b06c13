/* Of a comparison: each measure a row, its effect a dot on a common scale of per cent,
 * with the 95 % interval; what is no more than chance stands back. */
#include "output/comparison.h"
#include "output/plot_impl.h"

#include "output/date_ticks.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double ROW_PT = 12.5, MOST_SHARE = 2; /* of a; beyond it the scale ends */

struct effects {
    struct sah_comparison comparison;
    size_t n;
    struct sah_effect *row; /* [n], texts lent by the comparison */
    double reach;           /* the scale goes from -reach to reach */
};

/* ---- choosing ------------------------------------------------------------------------ */

/* Without a wish: what is not told by country, kind or group. */
static bool is_wanted(const struct sah_effect *e, const char *only) {
    if (!e->measure) return false;
    bool differs = e->effect != 0 || e->low != 0 || e->high != 0;
    if (!(e->a != 0) || !isfinite(e->effect) || !differs) return false;
    if (only) return strncmp(e->measure, only, strlen(only)) == 0;
    return !strchr(e->measure, '(');
}

static double share(const struct sah_effect *e, double value) {
    return value / fabs(e->a);
}

static int choose(struct effects *effects, const char *path, const char *only,
                  struct sah_error *err) {
    const struct sah_comparison *c = &effects->comparison;
    effects->row = calloc(c->n + 1, sizeof *effects->row);
    if (!effects->row) return sah_error_add(err, SAH_MEMORY, "no memory for effects");
    effects->reach = 0.05;
    for (size_t i = 0; i < c->n; i++) {
        const struct sah_effect *e = &c->effect[i];
        if (!is_wanted(e, only)) continue;
        effects->row[effects->n++] = *e;
        double most = fmax(fabs(share(e, e->low)), fabs(share(e, e->high)));
        effects->reach = fmin(fmax(effects->reach, most), MOST_SHARE);
    }
    if (effects->n == 0 && only)
        return sah_error_add(
            err, SAH_INPUT, "%s: no measure with an effect begins with %s", path, only);
    return SAH_OK;
}

/* ---- drawing ------------------------------------------------------------------------- */

static bool is_clear(const struct sah_effect *e) {
    return e->low > 0 || e->high < 0;
}

static struct sah_colour colour_of(const struct sah_effect *e) {
    if (!is_clear(e)) return sah_ink(SAH_INK_FAINT);
    return sah_ramp_at(SAH_RAMP_RULE, e->effect > 0 ? 0.98 : 0.02);
}

static void draw_effect(const struct sah_chart *chart, const struct sah_effect *e,
                        double y) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    double low = sah_chart_x(chart, share(e, e->low));
    double high = sah_chart_x(chart, share(e, e->high));
    double at = sah_chart_x(chart, share(e, e->effect));
    sah_canvas_ink(chart->canvas, colour_of(e));
    cairo_set_line_width(cr, 1.1);
    cairo_new_path(cr);
    cairo_move_to(cr, low, y), cairo_line_to(cr, high, y);
    cairo_stroke(cr);
    cairo_arc(cr, at, y, 2.4, 0, 2 * 3.14159265358979323846);
    cairo_fill(cr);
}

static void tell_effect(const struct sah_effect *e, char text[static SAH_PLOT_LINE]) {
    char number[SAH_NUMBER_TEXT], percent[SAH_NUMBER_TEXT];
    sah_plot_amount(e->effect, number);
    double value = 100 * share(e, e->effect);
    sah_tick_text(fabs(value) < 10 ? round(10 * value) / 10 : round(value), percent);
    const char *unit = e->unit && strcmp(e->unit, "1") != 0 ? e->unit : "";
    snprintf(text, SAH_PLOT_LINE, "%s%s%s%s (%s%s %%)", e->effect > 0 ? "+" : "",
             number, *unit ? " " : "", unit, value > 0 ? "+" : "", percent);
}

static void draw_row(const struct sah_chart *chart, const struct sah_effect *e,
                     double y, double names, double room) {
    struct sah_type_style style = {.size_pt = chart->type_pt,
                                   .ink = sah_ink(SAH_INK_TEXT),
                                   .max_width_pt = names - 6};
    char text[SAH_PLOT_LINE];
    double baseline = y + 0.35 * chart->type_pt;
    sah_canvas_text(chart->canvas, &style, chart->x - 6, baseline, SAH_AT_RIGHT,
                    e->measure);
    tell_effect(e, text);
    style.max_width_pt = room - 8;
    style.ink = is_clear(e) ? sah_ink(SAH_INK_TEXT) : sah_ink(SAH_INK_SOFT);
    sah_canvas_text(chart->canvas, &style, chart->x + chart->width + 8, baseline,
                    SAH_AT_LEFT, text);
    draw_effect(chart, e, y);
}

static void draw_percents(const struct sah_chart *chart) {
    struct sah_tick ticks[SAH_MAX_TICKS];
    struct sah_type_style style = {.size_pt = chart->type_pt,
                                   .ink = sah_ink(SAH_INK_SOFT)};
    struct sah_scale percent = {SAH_SCALE_LINEAR, 100 * chart->across.low,
                                100 * chart->across.high};
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    size_t n = sah_scale_ticks(&percent, (size_t)fmax(chart->width / 40, 4), ticks);
    for (size_t i = 0; i < n; i++) {
        double x = sah_chart_x(chart, ticks[i].value / 100);
        bool zero = fabs(ticks[i].value) < 1e-9;
        char text[SAH_NUMBER_TEXT + 4];
        cairo_new_path(cr);
        cairo_move_to(cr, x, chart->y), cairo_line_to(cr, x, chart->y + chart->height);
        sah_canvas_ink(chart->canvas,
                       zero ? sah_ink(SAH_INK_SOFT) : sah_colour_hex(0xE3E1DC));
        cairo_set_line_width(cr, zero ? 0.7 : 0.35);
        cairo_stroke(cr);
        snprintf(text, sizeof text, "%s%s %%", ticks[i].value > 0 ? "+" : "",
                 ticks[i].text);
        sah_canvas_text(chart->canvas, &style, x,
                        chart->y + chart->height + 1.4 * chart->type_pt, SAH_AT_CENTRE,
                        text);
    }
}

static double widest(const struct effects *effects, bool names) {
    struct sah_type_style style = {.size_pt = SAH_PLOT_TYPE_PT};
    double most = 30;
    for (size_t i = 0; i < effects->n; i++) {
        char text[SAH_PLOT_LINE];
        tell_effect(&effects->row[i], text);
        const char *what = names ? effects->row[i].measure : text;
        most = fmax(most, sah_type_measure(&style, what).width);
    }
    return most + 10;
}

static void draw_rows(const struct effects *effects, struct sah_canvas *canvas,
                      double top, double room) {
    double names = fmin(widest(effects, true), 0.34 * room);
    double values = fmin(widest(effects, false), 0.3 * room);
    struct sah_chart chart = {
        .canvas = canvas,
        .x = SAH_PAGE_MARGIN_PT + names,
        .y = top,
        .width = room - names - values,
        .height = fmax((double)effects->n, 1) * ROW_PT,
        .across = {SAH_SCALE_LINEAR, -1.05 * effects->reach, 1.05 * effects->reach},
        .type_pt = SAH_PLOT_TYPE_PT};
    draw_percents(&chart);
    if (effects->n == 0) sah_chart_nothing(&chart, "no measure differs");
    for (size_t i = 0; i < effects->n; i++)
        draw_row(&chart, &effects->row[i], top + ((double)i + 0.5) * ROW_PT, names,
                 values);
}

static void write_page(const struct sah_comparison *c, char title[static SAH_PLOT_LINE],
                       char subtitle[static SAH_PLOT_LINE]) {
    char first[SAH_DATE_WORDS], last[SAH_DATE_WORDS];
    sah_date_words(c->start, first), sah_date_words(c->end, last);
    snprintf(title, SAH_PLOT_LINE, "Effect of: %.110s, against: %.110s", c->b, c->a);
    snprintf(subtitle, SAH_PLOT_LINE,
             "%s to %s \u00B7 %lld replicates \u00B7 95 %% intervals; grey where they "
             "hold 0",
             first, last, (long long)c->replicates);
}

static int draw(const struct effects *effects, const struct sah_plot_options *options,
                struct sah_error *err) {
    char title[SAH_PLOT_LINE], subtitle[SAH_PLOT_LINE];
    struct sah_plot_sheet sheet;
    double head = 6;
    double height = sah_plot_height(head + fmax((double)effects->n, 1) * ROW_PT + 16);
    write_page(&effects->comparison, title, subtitle);
    int code = sah_plot_sheet_open(
        options,
        &(struct sah_plot_words){title, subtitle, NULL, effects->comparison.source},
        height, &sheet, err);
    if (code) return code;
    draw_rows(effects, sheet.canvas, sheet.top + head, sheet.width);
    return sah_plot_close(&sheet, SAH_OK, err);
}

int sah_plot_effects(const struct sah_plot_options *options, struct sah_error *err) {
    struct effects effects = {0};
    int code = sah_comparison_read(options->result, &effects.comparison, err);
    if (!code) code = choose(&effects, options->result, options->only, err);
    if (!code) code = draw(&effects, options, err);
    sah_comparison_free(&effects.comparison);
    free(effects.row);
    return code;
}
