/* Many results as a fan: the median over them by period, and bands that hold the middle half
 * and nine in ten. All must tell of the same days. */
#include "output/fan.h"
#include "output/plot_impl.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FANS = 12, NQUANTILES = SAH_FAN_QUANTILES };
static const double QUANTILE[NQUANTILES] = {0.05, 0.25, 0.5, 0.75, 0.95};
static const double FAN_PT = 70, ENDS_PT = 74;

struct fan {
    char title[SAH_PLOT_LINE], note[SAH_PLOT_LINE];
    size_t ntimes, filled; /* results read so far */
    double *first, *last;  /* [ntimes] */
    double *value;         /* [result][time] */
    double *quantile;      /* [quantile][time] */
    bool flow;
};

struct fans {
    const struct sah_plot_options *options;
    struct sah_result *first; /* open while all is drawn */
    size_t n;
    struct fan fan[MOST_FANS];
};

/* ---- reading ------------------------------------------------------------------------- */

static int make_fan(struct fans *fans, const struct sah_sheaf *sheaf, const char *title,
                    const char *unit, struct sah_error *err) {
    struct fan *fan = &fans->fan[fans->n++];
    char words[SAH_PLOT_LINE];
    size_t n = sheaf->ntimes + 1;
    fan->ntimes = sheaf->ntimes;
    fan->flow = sheaf->variable->nature == SAH_FLOW;
    fan->first = calloc(n, sizeof(double)), fan->last = calloc(n, sizeof(double));
    fan->value = calloc(n * fans->options->nresults, sizeof(double));
    fan->quantile = calloc(n * NQUANTILES, sizeof(double));
    if (!fan->first || !fan->last || !fan->value || !fan->quantile)
        return sah_error_add(err, SAH_MEMORY, "no memory for a fan");
    memcpy(fan->first, sheaf->first, sheaf->ntimes * sizeof(double));
    memcpy(fan->last, sheaf->last, sheaf->ntimes * sizeof(double));
    sah_plot_unit(sheaf, words);
    snprintf(fan->title, sizeof fan->title, "%s", title);
    snprintf(fan->note, sizeof fan->note, "%s", unit ? unit : words);
    return SAH_OK;
}

/* Item `item` of the sheaf of a further result. */
static int add_values(const struct fans *fans, struct fan *fan,
                      const struct sah_sheaf *sheaf, size_t item, double scale,
                      const char *path, struct sah_error *err) {
    bool same = sheaf->ntimes == fan->ntimes &&
                memcmp(sheaf->first, fan->first, fan->ntimes * sizeof(double)) == 0;
    if (!same || fan->filled == fans->options->nresults)
        return sah_error_add(err, SAH_INPUT,
                             "%s: tells of other days than %s; a fan needs the same",
                             path, fans->options->results[0]);
    double *value = fan->value + fan->filled++ * fan->ntimes;
    for (size_t t = 0; t < fan->ntimes; t++)
        value[t] = scale * sah_sheaf_of(sheaf, item)[t];
    return SAH_OK;
}

/* Reads one series into fans at .. at + items - 1, making them for the first result. */
static int read_series(struct fans *fans, struct sah_result *result,
                       const struct sah_variable *v, const char *axis, size_t *at,
                       const char *title, double scale, const char *unit,
                       struct sah_error *err) {
    struct sah_sheaf sheaf;
    int code = sah_sheaf_read(result, v, axis, &sheaf, err);
    bool first = result == fans->first;
    for (size_t i = 0; i < sheaf.nitems && !code; i++, (*at)++) {
        if (first && fans->n == MOST_FANS) break;
        if (first)
            code = make_fan(fans, &sheaf, axis ? sheaf.label[i] : title, unit, err);
        if (*at >= fans->n) break;
        if (!code)
            code = add_values(fans, &fans->fan[*at], &sheaf, i, scale,
                              sah_result_run(result)->path, err);
    }
    sah_sheaf_free(&sheaf);
    return code;
}

static int read_only(struct fans *fans, struct sah_result *result,
                     struct sah_error *err) {
    const char *name = fans->options->only;
    const struct sah_variable *v = sah_result_find(result, SAH_LEDGER, name, NULL);
    size_t at = 0;
    if (!v) v = sah_result_find(result, SAH_SERIES, name, err);
    if (!v) return SAH_INPUT;
    return read_series(fans, result, v, v->axis[0] ? v->axis[0]->name : NULL, &at,
                       v->doc, 1, NULL, err);
}

static int read_result(struct fans *fans, struct sah_result *result,
                       struct sah_error *err) {
    int code = SAH_OK;
    size_t at = 0;
    if (fans->options->only) return read_only(fans, result, err);
    for (const struct sah_fan_usual *u = sah_fan_usual; u->name && !code; u++) {
        const struct sah_variable *v = sah_result_find(result, u->place, u->name, NULL);
        if (v)
            code = read_series(fans, result, v, NULL, &at, u->title, u->scale, u->unit,
                               err);
    }
    if (!code && at == 0)
        code = sah_error_add(err, SAH_INPUT,
                             "%s: keeps none of the series of a fan; "
                             "name one with --only",
                             sah_result_run(result)->path);
    return code;
}

static int read_others(struct fans *fans, struct sah_error *err) {
    int code = read_result(fans, fans->first, err);
    for (size_t i = 1; i < fans->options->nresults && !code; i++) {
        struct sah_result *result;
        code = sah_result_open(fans->options->results[i], &result, err);
        if (code) break;
        code = read_result(fans, result, err);
        sah_result_close(result);
    }
    return code;
}

/* ---- quantiles ------------------------------------------------------------------------ */

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Between two values in proportion (type 7 of Hyndman and Fan 1996). */
static double quantile_of(const double *sorted, size_t n, double q) {
    double at = q * (double)(n - 1);
    size_t i = (size_t)at;
    return i + 1 < n ? sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i])
                     : sorted[n - 1];
}

static int fill_quantiles(struct fan *fan, struct sah_error *err) {
    double *column = calloc(fan->filled + 1, sizeof *column);
    if (!column) return sah_error_add(err, SAH_MEMORY, "no memory for a fan");
    for (size_t t = 0; t < fan->ntimes; t++) {
        for (size_t r = 0; r < fan->filled; r++)
            column[r] = fan->value[r * fan->ntimes + t];
        qsort(column, fan->filled, sizeof *column, ascending);
        for (size_t q = 0; q < NQUANTILES; q++)
            fan->quantile[q * fan->ntimes + t] =
                quantile_of(column, fan->filled, QUANTILE[q]);
    }
    free(column);
    return SAH_OK;
}

/* ---- drawing ------------------------------------------------------------------------- */

static struct sah_fan shape_of(const struct fan *fan) {
    return (struct sah_fan){fan->title, fan->note,     fan->ntimes, fan->first,
                            fan->last,  fan->quantile, fan->flow};
}

static int draw_sheet(const struct fans *fans, struct sah_error *err) {
    struct sah_plot_sheet sheet;
    char note[SAH_PLOT_LINE];
    double head = sah_chart_head(SAH_PLOT_TYPE_PT), step = FAN_PT + head + 12;
    double foot = sah_chart_foot(SAH_PLOT_TYPE_PT, false), gutter = 0;
    double height = 2 * SAH_PAGE_MARGIN_PT + SAH_PAGE_HEADER_PT + SAH_PAGE_FOOTER_PT +
                    (double)fans->n * step + foot;
    snprintf(note, sizeof note,
             "%zu results \u00B7 dark band: the middle half, light: nine in ten",
             fans->options->nresults);
    int code = sah_plot_open(fans->first, fans->options, "Many runs", note,
                             ceil(height), &sheet, err);
    if (code) return code;
    for (size_t i = 0; i < fans->n; i++) {
        struct sah_fan fan = shape_of(&fans->fan[i]);
        struct sah_scale up = sah_fan_scale(&fan);
        gutter = fmax(gutter, sah_chart_gutter(&up, FAN_PT, SAH_PLOT_TYPE_PT));
    }
    for (size_t i = 0; i < fans->n; i++) {
        struct sah_fan fan = shape_of(&fans->fan[i]);
        struct sah_chart chart = {.canvas = sheet.canvas,
                                  .x = sheet.left + gutter,
                                  .y = sheet.top + head + (double)i * step,
                                  .width = sheet.width - gutter - ENDS_PT,
                                  .height = FAN_PT,
                                  .across = sah_plot_run_days(fans->first),
                                  .up = sah_fan_scale(&fan),
                                  .ticks = SAH_CHART_DAYS,
                                  .no_numbers = i + 1 < fans->n,
                                  .type_pt = SAH_PLOT_TYPE_PT};
        sah_fan_draw(&chart, &fan, ENDS_PT);
    }
    return sah_plot_close(&sheet, SAH_OK, err);
}

/* Items that are 0 in all runs tell nothing. */
static void drop_empty(struct fans *fans) {
    size_t n = 0;
    for (size_t i = 0; i < fans->n; i++) {
        struct fan fan = fans->fan[i];
        bool any = !fans->options->only;
        for (size_t k = 0; k < fan.filled * fan.ntimes; k++)
            any = any || fan.value[k] != 0;
        fans->fan[i] = fans->fan[n];
        fans->fan[n] = fan;
        n += any;
    }
    for (size_t i = n; i < fans->n; i++) {
        struct fan *fan = &fans->fan[i];
        free(fan->first), free(fan->last), free(fan->value), free(fan->quantile);
    }
    fans->n = n;
}

int sah_plot_fan(struct sah_result *result, const struct sah_plot_options *options,
                 struct sah_error *err) {
    struct fans fans = {.options = options, .first = result};
    int code = read_others(&fans, err);
    if (!code) drop_empty(&fans);
    for (size_t i = 0; i < fans.n && !code; i++)
        code = fill_quantiles(&fans.fan[i], err);
    if (!code) code = draw_sheet(&fans, err);
    for (size_t i = 0; i < fans.n; i++) {
        struct fan *fan = &fans.fan[i];
        free(fan->first), free(fan->last), free(fan->value), free(fan->quantile);
    }
    return code;
}
