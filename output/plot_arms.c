/* Of a comparison: series of both scenarios as fans in one frame, a in blue, b in orange. */
#include "output/comparison.h"
#include "output/date_ticks.h"
#include "output/fan.h"
#include "output/plot_impl.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 8, ARMS = 2, NQ = SAH_FAN_QUANTILES };
static const double FAN_PT = 70, ENDS_PT = 60, KEYS_PT = 16;

struct arms {
    struct sah_comparison comparison;
    double *first, *after; /* [nperiods] */
    size_t n;
    struct pair {
        char title[SAH_PLOT_LINE], note[SAH_PLOT_LINE];
        struct sah_fan arm[ARMS];
    } pair[MOST];
};

static struct sah_colour colour_of(int arm) {
    return sah_ramp_at(SAH_RAMP_RULE, arm ? 0.98 : 0.02);
}

/* ---- choosing ------------------------------------------------------------------------ */

static void add(struct arms *arms, struct sah_arms_series *series, const char *title,
                double scale, const char *unit) {
    const struct sah_comparison *c = &arms->comparison;
    struct pair *pair = &arms->pair[arms->n];
    size_t each = NQ * c->nperiods;
    bool any = false;
    for (size_t i = 0; i < ARMS * each; i++) {
        any = any || series->quantile[i] != 0;
        series->quantile[i] *= scale;
    }
    if (!any || arms->n == MOST) return;
    arms->n++;
    const char *own = strcmp(series->unit, "1") == 0 ? "" : series->unit;
    snprintf(pair->title, sizeof pair->title, "%s", title);
    snprintf(pair->note, sizeof pair->note, "%s%s%s", unit ? unit : own,
             *own && series->flow ? " " : "", series->flow ? "a month" : "");
    for (size_t k = 0; k < ARMS; k++)
        pair->arm[k] =
            (struct sah_fan){pair->title, pair->note,  c->nperiods,
                             arms->first, arms->after, series->quantile + k * each,
                             series->flow};
}

static struct sah_arms_series *find(struct sah_comparison *c, const char *name) {
    for (size_t i = 0; i < c->nseries; i++)
        if (strcmp(c->series[i].name, name) == 0) return &c->series[i];
    return NULL;
}

static int choose(struct arms *arms, const struct sah_plot_options *options,
                  struct sah_error *err) {
    struct sah_comparison *c = &arms->comparison;
    struct sah_arms_series *only = options->only ? find(c, options->only) : NULL;
    if (c->nseries == 0)
        return sah_error_add(err, SAH_INPUT, "%s: keeps no series", options->result);
    if (options->only && !only)
        return sah_error_add(err, SAH_INPUT, "%s: keeps no series %s", options->result,
                             options->only);
    if (only) add(arms, only, only->doc, 1, NULL);
    for (const struct sah_fan_usual *u = sah_fan_usual; !only && u->name; u++) {
        struct sah_arms_series *series = find(c, u->name);
        if (series) add(arms, series, u->title, u->scale, u->unit);
    }
    for (size_t i = 0; !only && arms->n == 0 && i < c->nseries; i++)
        add(arms, &c->series[i], c->series[i].doc, 1, NULL);
    return SAH_OK;
}

/* ---- drawing ------------------------------------------------------------------------- */

static struct sah_scale scale_of(const struct pair *pair) {
    struct sah_scale a = sah_fan_scale(&pair->arm[0]), b = sah_fan_scale(&pair->arm[1]);
    return sah_scale_fit(SAH_SCALE_LINEAR, fmin(a.low, b.low), fmax(a.high, b.high), 0);
}

static void draw_pair(const struct sah_chart *chart, const struct pair *pair) {
    struct sah_end end[ARMS];
    size_t n = 0;
    sah_chart_axes(chart, NULL);
    sah_chart_title(chart, pair->title, pair->note);
    for (int k = 0; k < ARMS; k++) {
        const struct sah_fan *fan = &pair->arm[k];
        double last = fan->quantile[3 * fan->ntimes - 1];
        if (!sah_fan_bands(chart, fan, colour_of(k)) || !isfinite(last)) continue;
        end[n] =
            (struct sah_end){.y = sah_chart_y(chart, last), .colour = colour_of(k)};
        snprintf(end[n].text, sizeof end[n].text, "%c", 'a' + k);
        sah_plot_amount(last, end[n++].value);
    }
    sah_chart_ends(chart, end, n, ENDS_PT);
}

static void draw_keys(const struct arms *arms, const struct sah_plot_sheet *sheet) {
    char text[ARMS][SAH_PLOT_LINE];
    snprintf(text[0], sizeof text[0], "a: %.100s", arms->comparison.a);
    snprintf(text[1], sizeof text[1], "b: %.100s", arms->comparison.b);
    const struct sah_plot_key key[ARMS] = {{colour_of(0), text[0]},
                                           {colour_of(1), text[1]}};
    sah_plot_keys(sheet->canvas, key, ARMS, sheet->left, sheet->top, sheet->width);
}

static int draw(const struct arms *arms, const struct sah_plot_options *options,
                struct sah_error *err) {
    const struct sah_comparison *c = &arms->comparison;
    struct sah_plot_sheet sheet;
    char subtitle[SAH_PLOT_LINE], first[SAH_DATE_WORDS], last[SAH_DATE_WORDS];
    double head = sah_chart_head(SAH_PLOT_TYPE_PT), step = FAN_PT + head + 12;
    double foot = sah_chart_foot(SAH_PLOT_TYPE_PT, false), gutter = 0;
    sah_date_words(c->start, first), sah_date_words(c->end, last);
    snprintf(subtitle, sizeof subtitle,
             "%s to %s \u00B7 median, middle half and nine in ten of %lld replicates",
             first, last, (long long)c->replicates);
    int code = sah_plot_sheet_open(
        options, &(struct sah_plot_words){"Two scenarios", subtitle, NULL, c->source},
        sah_plot_height(KEYS_PT + (double)arms->n * step + foot), &sheet, err);
    if (code) return code;
    draw_keys(arms, &sheet);
    for (size_t i = 0; i < arms->n; i++) {
        struct sah_scale up = scale_of(&arms->pair[i]);
        gutter = fmax(gutter, sah_chart_gutter(&up, FAN_PT, SAH_PLOT_TYPE_PT));
    }
    for (size_t i = 0; i < arms->n; i++) {
        struct sah_chart chart = {.canvas = sheet.canvas,
                                  .x = sheet.left + gutter,
                                  .y = sheet.top + KEYS_PT + head + (double)i * step,
                                  .width = sheet.width - gutter - ENDS_PT,
                                  .height = FAN_PT,
                                  .across = sah_plot_days(c->start, c->end + 1.0),
                                  .up = scale_of(&arms->pair[i]),
                                  .ticks = SAH_CHART_DAYS,
                                  .no_numbers = i + 1 < arms->n,
                                  .type_pt = SAH_PLOT_TYPE_PT};
        draw_pair(&chart, &arms->pair[i]);
    }
    return sah_plot_close(&sheet, SAH_OK, err);
}

int sah_plot_arms(const struct sah_plot_options *options, struct sah_error *err) {
    struct arms arms = {0};
    struct sah_comparison *c = &arms.comparison;
    int code = sah_comparison_read(options->result, c, err);
    arms.first = calloc(2 * c->nperiods + 1, sizeof *arms.first);
    if (!code && !arms.first)
        code = sah_error_add(err, SAH_MEMORY, "no memory for fans");
    if (!code) {
        arms.after = arms.first + c->nperiods;
        for (size_t t = 0; t < c->nperiods; t++)
            arms.first[t] = c->day[t], arms.after[t] = c->day[t + 1];
        code = choose(&arms, options, err);
    }
    if (!code) code = draw(&arms, options, err);
    free(arms.first);
    sah_comparison_free(c);
    return code;
}
