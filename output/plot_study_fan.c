/* Series of a study: fans of one point under each other, or one series as a panel for every
 * point, all on the same scale. */
#include "output/fan.h"
#include "output/plot_study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FANS = 12, MOST_PANELS = 60, NQ = SAH_FAN_QUANTILES };
static const double FAN_PT = 70, ENDS_PT = 74, PANEL_PT = 62, PANEL_WIDTH_PT = 88,
                    EDGE_PT = 8; /* half a date */

static const char USUAL[] = "deaths"; /* of multiples */

struct fan {
    char title[SAH_PLOT_LINE], note[SAH_PLOT_LINE];
    struct sah_fan shape;
};

struct fans {
    struct sah_study_file *file;
    const struct sah_study_head *head;
    const struct sah_plot_options *options;
    double *first, *after; /* [ntimes] */
    size_t ntimes, n, most;
    struct fan *fan;  /* [most] */
    double *quantile; /* [most][NQ][ntimes] */
};

/* ---- reading ------------------------------------------------------------------------- */

static int begin(struct fans *fans, struct sah_study_file *file,
                 const struct sah_plot_options *options, size_t most,
                 struct sah_error *err) {
    size_t n = sah_study_file_periods(file);
    *fans = (struct fans){.file = file,
                          .head = sah_study_file_head(file),
                          .options = options,
                          .ntimes = n,
                          .most = most};
    if (sah_study_file_series_count(file) == 0)
        return sah_error_add(err, SAH_INPUT,
                             "%s: keeps no quantiles of series; a study with 'keep: "
                             "{series: month}' and two replicates or more has them",
                             fans->head->path);
    fans->first = calloc(2 * n + 1, sizeof *fans->first);
    fans->fan = calloc(most + 1, sizeof *fans->fan);
    fans->quantile = calloc(most * NQ * n + 1, sizeof *fans->quantile);
    if (!fans->first || !fans->fan || !fans->quantile)
        return sah_error_add(err, SAH_MEMORY, "no memory for fans");
    fans->after = fans->first + n;
    const int32_t *day = sah_study_file_days(file);
    for (size_t t = 0; t < n; t++) fans->first[t] = day[t], fans->after[t] = day[t + 1];
    return SAH_OK;
}

static void end(struct fans *fans) {
    free(fans->first);
    free(fans->fan);
    free(fans->quantile);
}

/* "persons a month": a flow is told by the length of its periods. */
static void write_note(const struct fans *fans, const struct sah_study_series *series,
                       const char *unit, char text[static SAH_PLOT_LINE]) {
    double days = fans->after[0] - fans->first[0];
    if (!unit) unit = strcmp(series->unit, "1") == 0 ? "" : series->unit;
    snprintf(text, SAH_PLOT_LINE, "%s%s%s", unit, *unit && series->flow ? " " : "",
             !series->flow ? ""
             : days > 31   ? "a year"
             : days > 1    ? "a month"
                           : "a day");
}

static int add(struct fans *fans, size_t number, int item, size_t point, double scale,
               const char *title, const char *unit, struct sah_error *err) {
    const struct sah_study_series *series = sah_study_file_series(fans->file, number);
    struct fan *fan = &fans->fan[fans->n];
    double *q = fans->quantile + fans->n * NQ * fans->ntimes;
    int code = sah_study_file_fan(fans->file, number, item, point, q, err);
    if (code) return code;
    for (size_t i = 0; i < NQ * fans->ntimes; i++) q[i] *= scale;
    snprintf(fan->title, sizeof fan->title, "%s", title);
    write_note(fans, series, unit, fan->note);
    fan->shape = (struct sah_fan){fan->title,  fan->note, fans->ntimes, fans->first,
                                  fans->after, q,         series->flow};
    fans->n++;
    return SAH_OK;
}

static bool is_empty(const struct fans *fans, const struct fan *fan) {
    for (size_t i = 0; i < NQ * fans->ntimes; i++)
        if (fan->shape.quantile[i] != 0) return false;
    return true;
}

/* All items of the series wished for, or the one. */
static int read_only(struct fans *fans, size_t point, struct sah_error *err) {
    size_t number;
    int item;
    int code =
        sah_study_file_find(fans->file, fans->options->only, &number, &item, err);
    if (code) return code;
    const struct sah_study_series *series = sah_study_file_series(fans->file, number);
    if (!series->item || series->has_sum || item >= 0)
        code = add(fans, number, item, point, 1,
                   item < 0 ? series->doc : series->title[item], NULL, err);
    for (size_t i = 0; item < 0 && i < series->nitems && fans->n < MOST_FANS && !code;
         i++) {
        code = add(fans, number, (int)i, point, 1, series->title[i], NULL, err);
        if (!code && is_empty(fans, &fans->fan[fans->n - 1])) fans->n--;
    }
    return code;
}

static int read_usual(struct fans *fans, size_t point, struct sah_error *err) {
    int code = SAH_OK;
    for (const struct sah_fan_usual *u = sah_fan_usual; u->name && !code; u++) {
        struct sah_error none = {0};
        size_t number;
        int item;
        if (!sah_study_file_find(fans->file, u->name, &number, &item, &none))
            code = add(fans, number, -1, point, u->scale, u->title, u->unit, err);
        sah_error_clear(&none);
    }
    if (!code && fans->n == 0)
        code = sah_error_add(err, SAH_INPUT,
                             "%s: keeps none of the series of a fan; name one with "
                             "--only",
                             fans->head->path);
    return code;
}

/* ---- one point ------------------------------------------------------------------------- */

static int draw_fans(const struct fans *fans, size_t point, struct sah_error *err) {
    struct sah_plot_sheet sheet;
    char note[SAH_PLOT_LINE], where[SAH_PLOT_LINE];
    double head = sah_chart_head(SAH_PLOT_TYPE_PT), step = FAN_PT + head + 12;
    double foot = sah_chart_foot(SAH_PLOT_TYPE_PT, false), gutter = 0;
    sah_plot_study_point(fans->head, point, true, where);
    snprintf(note, sizeof note,
             "%zu replicates \u00B7 dark band: the middle half, light: nine in ten",
             fans->head->nreplicates);
    int code = sah_plot_study_open(fans->head, fans->options, where, note,
                                   (double)fans->n * step + foot, &sheet, err);
    if (code) return code;
    for (size_t i = 0; i < fans->n; i++) {
        struct sah_scale up = sah_fan_scale(&fans->fan[i].shape);
        gutter = fmax(gutter, sah_chart_gutter(&up, FAN_PT, SAH_PLOT_TYPE_PT));
    }
    for (size_t i = 0; i < fans->n; i++) {
        struct sah_chart chart = {
            .canvas = sheet.canvas,
            .x = sheet.left + gutter,
            .y = sheet.top + head + (double)i * step,
            .width = sheet.width - gutter - ENDS_PT,
            .height = FAN_PT,
            .across = sah_plot_days(fans->head->start, fans->head->end + 1.0),
            .up = sah_fan_scale(&fans->fan[i].shape),
            .ticks = SAH_CHART_DAYS,
            .no_numbers = i + 1 < fans->n,
            .type_pt = SAH_PLOT_TYPE_PT};
        sah_fan_draw(&chart, &fans->fan[i].shape, ENDS_PT);
    }
    return sah_plot_close(&sheet, SAH_OK, err);
}

int sah_plot_study_fan(struct sah_study_file *file,
                       const struct sah_plot_options *options, struct sah_error *err) {
    struct fans fans;
    size_t point = (size_t)options->point;
    int code = begin(&fans, file, options, MOST_FANS, err);
    if (!code && point >= fans.head->npoints)
        code =
            sah_error_add(err, SAH_INPUT, "%s: has points 0 to %zu, none of number %zu",
                          fans.head->path, fans.head->npoints - 1, point);
    if (!code)
        code = options->only ? read_only(&fans, point, err)
                             : read_usual(&fans, point, err);
    if (!code) code = draw_fans(&fans, point, err);
    end(&fans);
    return code;
}

/* ---- all points ------------------------------------------------------------------------ */

/* One scale that holds all. */
static struct sah_scale common_scale(const struct fans *fans) {
    double low = 0, high = 0;
    for (size_t i = 0; i < fans->n * NQ * fans->ntimes; i++) {
        low = fmin(low, fans->quantile[i]);
        high = fmax(high, fans->quantile[i]);
    }
    return sah_scale_fit(SAH_SCALE_LINEAR, low, high, 0);
}

/* A row for each level of the factors before the last, which runs fastest, if it fits. */
static size_t count_columns(const struct fans *fans, double width) {
    const struct sah_study_head *head = fans->head;
    size_t fit = (size_t)fmax(floor(width / PANEL_WIDTH_PT), 1), levels = 0;
    if (strcmp(head->kind, "grid") == 0 && head->nfactors > 1) {
        double *level = sah_plot_study_levels(head, head->nfactors - 1, &levels);
        free(level);
    }
    if (levels > 1 && levels <= fit + 2) return levels;
    return fans->n > 0 && fans->n < fit ? fans->n : fit;
}

static void write_order(const struct sah_study_head *head,
                        char text[static SAH_PLOT_LINE]) {
    size_t used = (size_t)snprintf(text, SAH_PLOT_LINE, "panels by ");
    for (size_t k = 0; k < head->nfactors && used < SAH_PLOT_LINE; k++)
        used += (size_t)snprintf(text + used, SAH_PLOT_LINE - used, "%s%s",
                                 k ? " \u00B7 " : "", head->factor[k].name);
}

static int draw_panels(const struct fans *fans, const char *title,
                       struct sah_error *err) {
    struct sah_plot_sheet sheet;
    char note[2 * SAH_PLOT_LINE], order[SAH_PLOT_LINE];
    double width =
        sah_picture_width_pt(&fans->options->picture) - 2 * SAH_PAGE_MARGIN_PT;
    size_t columns = count_columns(fans, width);
    size_t rows = (fans->n + columns - 1) / columns;
    double head = sah_chart_head(SAH_PLOT_TYPE_PT), step = PANEL_PT + head + 10;
    write_order(fans->head, order);
    snprintf(note, sizeof note, "%s \u00B7 median, middle half, nine in ten of %zu",
             order, fans->head->nreplicates);
    int code = sah_plot_study_open(
        fans->head, fans->options, title, note,
        (double)rows * step + sah_chart_foot(SAH_PLOT_TYPE_PT, false), &sheet, err);
    if (code) return code;
    struct sah_scale up = common_scale(fans);
    double gutter = sah_chart_gutter(&up, PANEL_PT, SAH_PLOT_TYPE_PT), gap = 22;
    double each = (sheet.width - gutter - EDGE_PT + gap) / (double)columns;
    for (size_t i = 0; i < fans->n; i++) {
        size_t row = i / columns, column = i % columns;
        struct sah_chart chart = {
            .canvas = sheet.canvas,
            .x = sheet.left + gutter + (double)column * each,
            .y = sheet.top + head + (double)row * step,
            .width = each - gap,
            .height = PANEL_PT,
            .across = sah_plot_days(fans->head->start, fans->head->end + 1.0),
            .up = up,
            .ticks = SAH_CHART_DAYS,
            .no_up = column > 0,
            .no_numbers = i + columns < fans->n,
            .type_pt = SAH_PLOT_TYPE_PT};
        sah_fan_draw(&chart, &fans->fan[i].shape, 0);
    }
    return sah_plot_close(&sheet, SAH_OK, err);
}

/* Panels are named by their points; the unit stands in the title of the sheet. */
static int read_panels(struct fans *fans, char title[static SAH_PLOT_LINE],
                       struct sah_error *err) {
    const char *name = fans->options->only ? fans->options->only : USUAL;
    size_t number;
    int item, code = sah_study_file_find(fans->file, name, &number, &item, err);
    for (size_t p = 0; p < fans->head->npoints && !code; p++) {
        char where[SAH_PLOT_LINE];
        sah_plot_study_point(fans->head, p, false, where);
        code = add(fans, number, item, p, 1, where, NULL, err);
        if (code) break;
        char *note = fans->fan[p].note;
        const struct sah_study_series *series =
            sah_study_file_series(fans->file, number);
        if (p == 0)
            snprintf(title, SAH_PLOT_LINE, "%.120s%s%.60s%s%.60s", series->doc,
                     item >= 0 ? ", " : "", item >= 0 ? series->title[item] : "",
                     *note ? ", " : "", note);
        note[0] = '\0';
    }
    return code;
}

int sah_plot_multiples(struct sah_study_file *file,
                       const struct sah_plot_options *options, struct sah_error *err) {
    const struct sah_study_head *head = sah_study_file_head(file);
    struct fans fans = {0};
    char title[SAH_PLOT_LINE] = "";
    if (head->npoints > MOST_PANELS)
        return sah_error_add(err, SAH_INPUT,
                             "%s: has %zu points; at most %d can be drawn as panels; "
                             "'fan --point N' shows one",
                             head->path, head->npoints, MOST_PANELS);
    int code = begin(&fans, file, options, head->npoints, err);
    if (!code) code = read_panels(&fans, title, err);
    if (!code) code = draw_panels(&fans, title, err);
    end(&fans);
    return code;
}
