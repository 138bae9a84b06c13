/* Outcomes over the levels of two factors of a grid: a colour for the mean over replicates
 * and over all other factors, told as a number with the half-width of its 95 % interval. */
#include "output/legend.h"
#include "output/plot_study.h"

#include <cairo.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LEVELS = 40 };
static const double TALL_PT = 30, LOW_PT = 13, LEGEND_PT = 30, GAP_PT = 14;
static const double NUMBERS_PT = 26; /* the narrowest cell that is told as a number */

struct heat {
    struct sah_study_file *file;
    const struct sah_study_head *head;
    size_t across, up; /* factors; up = across where there is but one */
    size_t ncolumns, nrows;
    double *column, *row; /* levels */
    size_t npanels, outcome[SAH_PLOT_OUTCOMES];
    double *mean, *half; /* [panel][row][column] */
};

/* ---- which factors ---------------------------------------------------------------------- */

static int find_factor(const struct heat *heat, const char *name, size_t n,
                       size_t *factor, struct sah_error *err) {
    for (size_t k = 0; k < heat->head->nfactors; k++) {
        *factor = k;
        if (strlen(heat->head->factor[k].name) == n &&
            strncmp(heat->head->factor[k].name, name, n) == 0)
            return SAH_OK;
    }
    return sah_error_add(err, SAH_INPUT, "%s: does not vary %.*s", heat->head->path,
                         (int)n, name);
}

/* "a,b": across and up; the first two where nothing is said. */
static int choose_factors(struct heat *heat, const char *by, struct sah_error *err) {
    heat->across = 0;
    heat->up = heat->head->nfactors > 1 ? 1 : 0;
    if (!by) return SAH_OK;
    size_t n = strcspn(by, ",");
    int code = find_factor(heat, by, n, &heat->across, err);
    heat->up = heat->across;
    if (!code && by[n])
        code = find_factor(heat, by + n + 1, strlen(by + n + 1), &heat->up, err);
    return code;
}

static int take_levels(struct heat *heat, struct sah_error *err) {
    heat->column = sah_plot_study_levels(heat->head, heat->across, &heat->ncolumns);
    heat->row = sah_plot_study_levels(heat->head, heat->up, &heat->nrows);
    if (!heat->column || !heat->row)
        return sah_error_add(err, SAH_MEMORY, "no memory for levels");
    if (heat->up == heat->across) heat->nrows = 1;
    if (heat->ncolumns <= MOST_LEVELS && heat->nrows <= MOST_LEVELS) return SAH_OK;
    return sah_error_add(err, SAH_INPUT,
                         "%s: a heat map has at most %d levels of a factor; designs of "
                         "kind grid have few",
                         heat->head->path, MOST_LEVELS);
}

/* ---- values ---------------------------------------------------------------------------- */

static size_t index_of(const double *level, size_t n, double value) {
    size_t i = 0;
    while (i < n && level[i] != value) i++;
    return i;
}

static size_t cell_of(const struct heat *heat, size_t point) {
    const struct sah_study_factor *f = heat->head->factor;
    size_t x = index_of(heat->column, heat->ncolumns, f[heat->across].value[point]);
    size_t y = heat->nrows == 1
                   ? 0
                   : index_of(heat->row, heat->nrows, f[heat->up].value[point]);
    return y * heat->ncolumns + x;
}

/* Means over the points of each cell; errors of points add up as of independent ones. */
static int fill(struct heat *heat, size_t panel, struct sah_error *err) {
    size_t points = heat->head->npoints, n = heat->ncolumns * heat->nrows;
    double *mean = heat->mean + panel * n, *half = heat->half + panel * n;
    double *table = calloc(3 * points + n + 1, sizeof *table);
    if (!table) return sah_error_add(err, SAH_MEMORY, "no memory for a heat map");
    double *sd = table + points, *count = sd + points, *told = count + points;
    size_t m = heat->outcome[panel];
    int code = sah_study_file_column(heat->file, "mean", m, points, table, err);
    if (!code) code = sah_study_file_column(heat->file, "sd", m, points, sd, err);
    if (!code) code = sah_study_file_column(heat->file, "count", m, points, count, err);
    for (size_t p = 0; p < points && !code; p++) {
        size_t cell = cell_of(heat, p);
        if (isnan(table[p])) continue;
        double wide = count[p] > 1 ? gsl_cdf_tdist_Pinv(0.975, count[p] - 1) : NAN;
        mean[cell] += table[p], told[cell]++;
        half[cell] += wide * wide * sd[p] * sd[p] / count[p];
    }
    for (size_t i = 0; i < n; i++) {
        half[i] = sqrt(half[i]) / told[i];
        mean[i] = told[i] > 0 ? mean[i] / told[i] : NAN;
    }
    free(table);
    return code;
}

/* ---- drawing --------------------------------------------------------------------------- */

static struct sah_scale scale_of(const struct heat *heat, size_t panel) {
    size_t n = heat->ncolumns * heat->nrows;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double value = heat->mean[panel * n + i];
        if (isfinite(value)) low = fmin(low, value), high = fmax(high, value);
    }
    return sah_scale_fit(SAH_SCALE_LINEAR, low, high, 0);
}

/* Dark type on pale cells, paper on dark ones. */
static struct sah_colour type_on(struct sah_colour cell) {
    return sah_colour_lab(cell).l > 55 ? sah_ink(SAH_INK_TEXT) : sah_ink(SAH_INK_PAPER);
}

static void draw_cell(const struct heat *heat, const struct sah_plot_sheet *sheet,
                      size_t at, const struct sah_scale *scale, double x, double y,
                      double width, double height) {
    double value = heat->mean[at];
    struct sah_colour colour =
        isfinite(value) ? sah_ramp_at(SAH_RAMP_DUSK, sah_scale_at(scale, value))
                        : sah_ink(SAH_INK_LAND);
    sah_canvas_rectangle(sheet->canvas, x, y, width - 0.6, height - 0.6);
    sah_canvas_ink(sheet->canvas, colour);
    cairo_fill(sah_canvas_cairo(sheet->canvas));
    if (width < NUMBERS_PT || !isfinite(value)) return;
    struct sah_type_style style = {.size_pt = SAH_PLOT_TYPE_PT, .ink = type_on(colour)};
    bool tall = height >= TALL_PT - 1 && isfinite(heat->half[at]);
    double middle = y + height / 2 + 0.35 * SAH_PLOT_TYPE_PT;
    char text[SAH_NUMBER_TEXT + 4] = "\u00B1";
    sah_plot_amount(value, text);
    sah_canvas_text(sheet->canvas, &style, x + width / 2,
                    middle - (tall ? 0.6 * SAH_PLOT_TYPE_PT : 0), SAH_AT_CENTRE, text);
    if (!tall) return;
    char number[SAH_NUMBER_TEXT];
    sah_plot_amount(heat->half[at], number);
    snprintf(text, sizeof text, "\u00B1%.28s", number);
    style.size_pt = 0.86 * SAH_PLOT_TYPE_PT;
    sah_canvas_text(sheet->canvas, &style, x + width / 2,
                    middle + 0.7 * SAH_PLOT_TYPE_PT, SAH_AT_CENTRE, text);
}

struct frame {
    double x, y, width, height, cell_width, cell_height;
};

static void draw_labels(const struct heat *heat, const struct sah_plot_sheet *sheet,
                        const struct frame *frame, bool left) {
    struct sah_type_style style = {.size_pt = SAH_PLOT_TYPE_PT,
                                   .ink = sah_ink(SAH_INK_SOFT)};
    const struct sah_study_factor *across = &heat->head->factor[heat->across];
    const struct sah_study_factor *up = &heat->head->factor[heat->up];
    double free_from = -INFINITY, bottom = frame->y + frame->height;
    for (size_t i = 0; i < heat->ncolumns; i++) {
        char word[SAH_STUDY_WORD];
        sah_study_factor_word(across, heat->column[i], word);
        double x = frame->x + ((double)i + 0.5) * frame->cell_width;
        double half = sah_type_measure(&style, word).width / 2;
        if (x - half < free_from) continue;
        free_from = x + half + 2;
        sah_canvas_text(sheet->canvas, &style, x, bottom + 1.2 * SAH_PLOT_TYPE_PT,
                        SAH_AT_CENTRE, word);
    }
    for (size_t i = 0; left && i < heat->nrows && heat->nrows > 1; i++) {
        char word[SAH_STUDY_WORD];
        sah_study_factor_word(up, heat->row[i], word);
        double y = bottom - ((double)i + 0.5) * frame->cell_height;
        sah_canvas_text(sheet->canvas, &style, frame->x - 3,
                        y + 0.35 * SAH_PLOT_TYPE_PT, SAH_AT_RIGHT, word);
    }
}

static void draw_panel(const struct heat *heat, const struct sah_plot_sheet *sheet,
                       size_t panel, const struct frame *frame, bool left) {
    size_t n = heat->ncolumns * heat->nrows;
    struct sah_scale scale = scale_of(heat, panel);
    struct sah_chart chart = {.canvas = sheet->canvas,
                              .x = frame->x,
                              .y = frame->y,
                              .width = frame->width,
                              .height = frame->height,
                              .type_pt = SAH_PLOT_TYPE_PT};
    sah_chart_title(&chart, heat->head->measure[heat->outcome[panel]],
                    sah_plot_study_unit(heat->head, heat->outcome[panel]));
    for (size_t y = 0; y < heat->nrows; y++)
        for (size_t x = 0; x < heat->ncolumns; x++)
            draw_cell(heat, sheet, panel * n + y * heat->ncolumns + x, &scale,
                      frame->x + (double)x * frame->cell_width,
                      frame->y + frame->height - (double)(y + 1) * frame->cell_height,
                      frame->cell_width, frame->cell_height);
    draw_labels(heat, sheet, frame, left);
    struct sah_legend legend = {.kind = SAH_LEGEND_BAR,
                                .title = "",
                                .type_pt = SAH_PLOT_TYPE_PT,
                                .scale = scale,
                                .ramp = SAH_RAMP_DUSK};
    sah_legend_draw(sheet->canvas, &legend, frame->x,
                    frame->y + frame->height + 1.6 * SAH_PLOT_TYPE_PT, frame->width);
}

/* Room for the words of rows. */
static double widest_row(const struct heat *heat) {
    struct sah_type_style style = {.size_pt = SAH_PLOT_TYPE_PT};
    double most = 0;
    for (size_t i = 0; i < heat->nrows && heat->nrows > 1; i++) {
        char word[SAH_STUDY_WORD];
        sah_study_factor_word(&heat->head->factor[heat->up], heat->row[i], word);
        most = fmax(most, sah_type_measure(&style, word).width + 4);
    }
    return most;
}

static void write_note(const struct heat *heat, char note[static SAH_PLOT_LINE]) {
    const struct sah_study_head *head = heat->head;
    const struct sah_study_factor *a = &head->factor[heat->across];
    const struct sah_study_factor *b = &head->factor[heat->up];
    bool one = heat->nrows == 1;
    size_t others = head->nfactors - (one ? 1 : 2);
    snprintf(note, SAH_PLOT_LINE, "across: %.60s%s%.60s%s", a->name,
             one ? "" : ", up: ", one ? "" : b->name,
             others ? " \u00B7 mean over the other factors" : "");
}

static int draw(const struct heat *heat, const struct sah_plot_options *options,
                struct sah_error *err) {
    struct sah_plot_sheet sheet;
    char note[SAH_PLOT_LINE];
    size_t columns = heat->npanels > 1 ? 2 : 1,
           rows = (heat->npanels + columns - 1) / columns;
    double cell = heat->nrows <= 6 ? TALL_PT : LOW_PT, labels = widest_row(heat);
    double head = sah_chart_head(SAH_PLOT_TYPE_PT);
    double step = head + cell * (double)heat->nrows + LEGEND_PT + GAP_PT;
    write_note(heat, note);
    int code = sah_plot_study_open(heat->head, options, "Outcomes by two factors", note,
                                   (double)rows * step, &sheet, err);
    if (code) return code;
    double each = (sheet.width - labels) / (double)columns;
    for (size_t i = 0; i < heat->npanels; i++) {
        size_t column = i % columns, row = i / columns;
        struct frame frame = {.x = sheet.left + labels + (double)column * each,
                              .y = sheet.top + head + (double)row * step,
                              .width = each - (columns > 1 ? GAP_PT : 0),
                              .height = cell * (double)heat->nrows,
                              .cell_height = cell};
        frame.cell_width = frame.width / (double)heat->ncolumns;
        draw_panel(heat, &sheet, i, &frame, column == 0);
    }
    return sah_plot_close(&sheet, SAH_OK, err);
}

int sah_plot_heat(struct sah_study_file *file, const struct sah_plot_options *options,
                  struct sah_error *err) {
    struct heat heat = {.file = file, .head = sah_study_file_head(file)};
    if (heat.head->nfactors == 0)
        return sah_error_add(err, SAH_INPUT, "%s: varies nothing", heat.head->path);
    int code = choose_factors(&heat, options->by, err);
    if (!code) code = take_levels(&heat, err);
    if (!code)
        code = sah_plot_study_choose(file, options->only, heat.outcome, &heat.npanels,
                                     err);
    if (!code) {
        size_t n = heat.npanels * heat.ncolumns * heat.nrows;
        heat.mean = calloc(2 * n + 1, sizeof *heat.mean);
        heat.half = heat.mean ? heat.mean + n : NULL;
        if (!heat.mean)
            code = sah_error_add(err, SAH_MEMORY, "no memory for a heat map");
    }
    for (size_t i = 0; i < heat.npanels && !code; i++) code = fill(&heat, i, err);
    if (!code) code = draw(&heat, options, err);
    free(heat.column);
    free(heat.row);
    free(heat.mean);
    return code;
}
