/* How long forces take to react to an event, how often they do, and whether calls are
 * answered in time. */
#include "output/bars.h"
#include "output/plot_events.h"
#include "sim/kernel/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double HOURS_PT = 130, LEAST_HOURS = 0.1;

struct response {
    struct sah_plot_log log;
    const struct sah_result_column *hours;
    struct sah_sheaf share; /* of calls, by force */
    bool has_share;
    struct sah_bar *bar; /* kinds */
    size_t nbars, answered;
    struct sah_colour colour[256]; /* of countries */
};

static bool is_answered(const struct response *r, size_t row) {
    return sah_result_number(r->hours, row) >= 0;
}

/* ---- hours --------------------------------------------------------------------------- */

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(const double *sorted, size_t n, double q) {
    double at = q * (double)(n - 1);
    size_t i = (size_t)at;
    return i + 1 < n ? sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i])
                     : sorted[n - 1];
}

static void draw_year(const struct sah_chart *chart, double from, double to,
                      double *hours, size_t n) {
    if (n == 0) return;
    qsort(hours, n, sizeof *hours, ascending);
    double low = fmax(quantile(hours, n, 0.25), LEAST_HOURS);
    double high = fmax(quantile(hours, n, 0.75), LEAST_HOURS);
    double middle = fmax(quantile(hours, n, 0.5), LEAST_HOURS);
    struct sah_type_style style = {
        .size_pt = chart->type_pt, .ink = sah_ink(SAH_INK_TEXT), .halo_pt = 1};
    char text[SAH_NUMBER_TEXT], told[SAH_NUMBER_TEXT + 4];
    if (n >= 4)
        sah_chart_block(chart, from, to, low, high,
                        sah_colour_fade(sah_ink(SAH_INK_SOFT), 0.16));
    sah_chart_line(chart, (double[]){from, to}, (double[]){middle, middle}, 2,
                   (struct sah_stroke){sah_ink(SAH_INK_TEXT), 1.2, false});
    sah_tick_text(round(10 * middle) / 10, text);
    snprintf(told, sizeof told, "%s h", text);
    sah_canvas_text(chart->canvas, &style, sah_chart_x(chart, from) + 2,
                    sah_chart_y(chart, middle) - 2.5, SAH_AT_LEFT, told);
}

/* Years of the run: a band from the first to the third quarter, a line at the median. */
static int draw_years(const struct sah_chart *chart, const struct response *r,
                      struct sah_error *err) {
    const struct sah_result_run *run = sah_result_run(r->log.result);
    double *hours = calloc(r->log.table.nrows + 1, sizeof *hours);
    if (!hours) return sah_error_add(err, SAH_MEMORY, "no memory for a plot");
    int first = sah_date_of(run->start).year, last = sah_date_of(run->end).year;
    for (int year = first; year <= last; year++) {
        double from = sah_day_of((struct sah_date){year, 1, 1});
        double to = sah_day_of((struct sah_date){year, 12, 31}) + 1;
        size_t n = 0;
        for (size_t i = 0; i < r->log.table.nrows; i++) {
            double day = sah_result_number(r->log.date, i);
            if (is_answered(r, i) && day >= from && day < to)
                hours[n++] = sah_result_number(r->hours, i);
        }
        draw_year(chart, fmax(from, run->start), fmin(to, run->end + 1.0), hours, n);
    }
    free(hours);
    return SAH_OK;
}

static void draw_dots(const struct sah_chart *chart, const struct response *r) {
    for (size_t i = 0; i < r->log.table.nrows; i++) {
        double country = r->log.country ? sah_result_number(r->log.country, i) : 0;
        if (!is_answered(r, i)) continue;
        struct sah_colour colour = country >= 0 && country < 256
                                       ? r->colour[(size_t)country]
                                       : sah_ink(SAH_INK_SOFT);
        sah_chart_dot(chart, sah_result_number(r->log.date, i),
                      fmax(sah_result_number(r->hours, i), LEAST_HOURS), 1.5,
                      sah_colour_fade(colour, 0.75));
    }
}

/* Countries in which forces reacted, as keys at the right. */
static size_t fill_countries(const struct response *r, struct sah_plot_key *key,
                             size_t most) {
    const struct sah_axis *axis = sah_result_axis(r->log.result, "country");
    size_t n = 0;
    for (size_t c = 0; axis && r->log.country && c < axis->n && n < most; c++) {
        bool seen = false;
        for (size_t i = 0; i < r->log.table.nrows && !seen; i++)
            seen =
                is_answered(r, i) && sah_result_number(r->log.country, i) == (double)c;
        if (seen)
            key[n++] = (struct sah_plot_key){r->colour[c], sah_axis_title(axis, c)};
    }
    return n;
}

/* The power of ten below the shortest time. */
static double least_hours(const struct response *r) {
    double least = 1;
    for (size_t i = 0; i < r->log.table.nrows; i++)
        if (is_answered(r, i)) least = fmin(least, sah_result_number(r->hours, i));
    return pow(10, floor(log10(fmax(least, LEAST_HOURS))));
}

static double most_hours(const struct response *r) {
    double most = 10;
    for (size_t i = 0; i < r->log.table.nrows; i++)
        most = fmax(most, sah_result_number(r->hours, i));
    return most;
}

static int draw_hours(struct sah_chart chart, const struct response *r,
                      struct sah_error *err) {
    struct sah_plot_key key[12];
    double least = least_hours(r);
    chart.up = sah_scale_fit(SAH_SCALE_LOG, least, most_hours(r), least);
    sah_chart_title(&chart, "Time to react",
                    "hours; line: median of the year, band: its middle half");
    sah_chart_axes(&chart, NULL);
    if (r->answered == 0) {
        sah_chart_nothing(&chart, "no force reacted to any event");
        return SAH_OK;
    }
    draw_dots(&chart, r);
    int code = draw_years(&chart, r, err);
    sah_plot_keys(chart.canvas, key, fill_countries(r, key, 12),
                  chart.x + chart.width + 9, chart.y, 1);
    return code;
}

/* ---- calls answered in time -------------------------------------------------------------- */

static void draw_share(struct sah_chart chart, const struct response *r, double names) {
    struct sah_end end[SAH_END_LABELS];
    const struct sah_sheaf *sheaf = &r->share;
    size_t n = 0;
    chart.up = (struct sah_scale){SAH_SCALE_LINEAR, 0, 1};
    sah_chart_title(&chart, "Calls answered in time",
                    "share by force \u00B7 last values at the right");
    sah_chart_axes(&chart, NULL);
    for (size_t i = 0; i < sheaf->nitems && n < SAH_END_LABELS; i++, n++) {
        double last = sah_sheaf_total(sheaf, i);
        sah_chart_line(&chart, sheaf->last, sah_sheaf_of(sheaf, i), sheaf->ntimes,
                       (struct sah_stroke){sheaf->colour[i], 1.1, false});
        end[n].y = sah_chart_y(&chart, last);
        end[n].colour = sheaf->colour[i];
        snprintf(end[n].text, sizeof end[n].text, "%s", sheaf->label[i]);
        sah_plot_amount(last, end[n].value);
    }
    sah_chart_ends(&chart, end, n, names);
}

/* ---- kinds --------------------------------------------------------------------------- */

/* The interval of Wilson 1927 ("Probable inference", JASA 22) for k of n, 95 %. */
static void wilson(double k, double n, double *low, double *high) {
    const double z = 1.959964;
    double p = k / n, d = 1 + z * z / n, middle = (p + z * z / (2 * n)) / d;
    double half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / d;
    *low = fmax(middle - half, 0), *high = fmin(middle + half, 1);
}

static int likely_first(const void *a, const void *b) {
    double x = sah_bar_sum(a), y = sah_bar_sum(b);
    return (x < y) - (x > y);
}

/* Kinds that forces react to at all. */
static int count_kinds(struct response *r, struct sah_error *err) {
    const struct sah_result_column *kind = r->log.kind;
    const struct sah_axis *axis = sah_result_axis(r->log.result, "kind");
    size_t n = kind ? kind->nwords : 0;
    r->bar = calloc(n + 1, sizeof *r->bar);
    if (!r->bar) return sah_error_add(err, SAH_MEMORY, "no memory for a plot");
    for (size_t k = 0; k < n; k++) {
        double all = 0, answered = 0;
        for (size_t i = 0; i < r->log.table.nrows; i++) {
            if (sah_result_number(kind, i) != (double)k) continue;
            all++, answered += is_answered(r, i);
        }
        if (!(answered > 0)) continue;
        struct sah_bar *bar = &r->bar[r->nbars++];
        bar->label = axis && axis->n == n ? sah_axis_title(axis, k) : kind->words[k];
        bar->nparts = 1;
        bar->part[0].value = answered / all;
        bar->part[0].colour = sah_ramp_at(SAH_RAMP_TIDE, 0.45);
        wilson(answered, all, &bar->low, &bar->high);
        snprintf(bar->told, sizeof bar->told, "%.0f of %.0f", answered, all);
    }
    qsort(r->bar, r->nbars, sizeof *r->bar, likely_first);
    return SAH_OK;
}

static double bar_names(const struct response *r, double width) {
    return sah_bars_names(r->bar, r->nbars, SAH_PLOT_TYPE_PT, 0.42 * width);
}

static void draw_kinds(struct sah_chart chart, const struct response *r) {
    double names = bar_names(r, chart.width);
    sah_chart_title(&chart, "Events that forces reacted to",
                    "share by kind, with 95 % intervals; others got no reaction");
    if (r->nbars == 0) sah_chart_nothing(&chart, "none");
    chart.x += names, chart.width -= names;
    sah_bars_draw(&chart, r->bar, r->nbars, names, 1);
}

/* ---- the sheet ------------------------------------------------------------------------- */

static double sheet_height(const struct response *r, double width) {
    double head = sah_chart_head(SAH_PLOT_TYPE_PT);
    double foot = sah_chart_foot(SAH_PLOT_TYPE_PT, false) + 10;
    double height = 2 * SAH_PAGE_MARGIN_PT + SAH_PAGE_HEADER_PT + SAH_PAGE_FOOTER_PT;
    height += (r->has_share ? 2 : 1) * (head + foot + HOURS_PT);
    return height + head +
           sah_bars_height(r->bar, r->nbars, SAH_PLOT_TYPE_PT, bar_names(r, width)) +
           12;
}

static double names_width(const struct response *r, double width) {
    struct sah_type_style style = {.size_pt = SAH_PLOT_TYPE_PT};
    double widest = 40;
    for (size_t i = 0; i < r->share.nitems; i++)
        widest = fmax(widest, sah_type_measure(&style, r->share.label[i]).width);
    return fmin(widest + 40, 0.34 * width);
}

static int draw(const struct response *r, const struct sah_plot_options *options,
                struct sah_error *err) {
    struct sah_plot_sheet sheet;
    double width = sah_picture_width_pt(&options->picture) - 2 * SAH_PAGE_MARGIN_PT;
    char note[SAH_PLOT_LINE], some[SAH_NUMBER_TEXT], all[SAH_NUMBER_TEXT];
    sah_tick_text((double)r->answered, some);
    sah_tick_text((double)r->log.table.nrows, all);
    snprintf(note, sizeof note, "%s of %s events got a reaction", some, all);
    int code = sah_plot_open(r->log.result, options, "Response of forces", note,
                             ceil(sheet_height(r, width)), &sheet, err);
    if (code) return code;
    double gutter = 26, names = names_width(r, width);
    double step = HOURS_PT + sah_chart_head(SAH_PLOT_TYPE_PT) +
                  sah_chart_foot(SAH_PLOT_TYPE_PT, false) + 10;
    struct sah_chart chart = {.canvas = sheet.canvas,
                              .x = sheet.left + gutter,
                              .y = sheet.top + sah_chart_head(SAH_PLOT_TYPE_PT),
                              .width = sheet.width - gutter - names,
                              .height = HOURS_PT,
                              .across = sah_plot_run_days(r->log.result),
                              .ticks = SAH_CHART_DAYS,
                              .type_pt = SAH_PLOT_TYPE_PT};
    code = draw_hours(chart, r, err);
    chart.y += step;
    if (r->has_share) draw_share(chart, r, names), chart.y += step;
    chart.x = sheet.left, chart.width = sheet.width;
    chart.height = 2 * SAH_PLOT_TYPE_PT;
    draw_kinds(chart, r);
    return sah_plot_close(&sheet, code, err);
}

/* ---- reading ------------------------------------------------------------------------- */

static int read_share(struct response *r, struct sah_error *err) {
    const struct sah_variable *v =
        sah_result_find(r->log.result, SAH_SERIES, "response", NULL);
    r->has_share = v && v->axis[0];
    return r->has_share
               ? sah_sheaf_read(r->log.result, v, v->axis[0]->name, &r->share, err)
               : SAH_OK;
}

static int read_response(struct sah_result *result, struct response *r,
                         struct sah_error *err) {
    int code = sah_plot_log_read(result, &r->log, err);
    if (code) return code;
    r->hours = sah_result_table_find(&r->log.table, "response_hours");
    if (!r->hours)
        return sah_error_add(err, SAH_INPUT,
                             "%s: its events do not tell when forces reacted",
                             sah_result_run(result)->path);
    const struct sah_axis *axis = sah_result_axis(result, "country");
    if (axis && axis->n <= 256) sah_axis_colours(result, axis, r->colour);
    for (size_t i = 0; i < r->log.table.nrows; i++) r->answered += is_answered(r, i);
    code = read_share(r, err);
    return code ? code : count_kinds(r, err);
}

int sah_plot_response(struct sah_result *result, const struct sah_plot_options *options,
                      struct sah_error *err) {
    struct response *r = calloc(1, sizeof *r);
    if (!r) return sah_error_add(err, SAH_MEMORY, "no memory for a plot");
    int code = read_response(result, r, err);
    if (!code) code = draw(r, options, err);
    sah_sheaf_free(&r->share);
    free(r->bar);
    sah_plot_log_free(&r->log);
    free(r);
    return code;
}
