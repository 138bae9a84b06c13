/* Severity with the fitted tail, days without an event, kinds with their deaths. */
#include "output/plot_events.h"

#include "output/bars.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ------------------------------------------------------------------------- */

static void find_columns(struct sah_plot_log *log) {
    log->date = sah_result_table_find(&log->table, "date");
    log->deaths = sah_result_table_find(&log->table, "deaths");
    log->kind = sah_result_table_find(&log->table, "kind");
    log->country = sah_result_table_find(&log->table, "country");
}

/* Deaths of each, 0 where the log does not tell; NULL without memory. */
static double *read_severity(const struct sah_plot_log *log) {
    double *severity = calloc(log->table.nrows + 1, sizeof *severity);
    for (size_t i = 0; severity && log->deaths && i < log->table.nrows; i++)
        severity[i] = sah_result_number(log->deaths, i);
    return severity;
}

int sah_plot_log_read(struct sah_result *result, struct sah_plot_log *log,
                      struct sah_error *err) {
    *log = (struct sah_plot_log){.result = result};
    int code = sah_result_log(result, "events", &log->table, err);
    if (code) return code;
    find_columns(log);
    if (!log->date)
        return sah_error_add(err, SAH_FORMAT, "%s: its events have no date",
                             sah_result_run(result)->path);
    log->severity = read_severity(log);
    if (!log->severity) return sah_error_add(err, SAH_MEMORY, "no memory for events");
    /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): sah_plot_log_free frees it */
    log->fitted = sah_power_tail_fit(log->severity, log->table.nrows, &log->tail);
    return SAH_OK;
}

void sah_plot_log_free(struct sah_plot_log *log) {
    sah_result_table_clear(&log->table);
    free(log->severity);
    log->severity = NULL;
}

/* ---- kinds --------------------------------------------------------------------------- */

struct kinds {
    size_t n;
    struct sah_bar *events, *deaths; /* the same rows, most events first */
};

static int most_first(const void *a, const void *b) {
    double x = sah_bar_sum(a), y = sah_bar_sum(b);
    return (x < y) - (x > y);
}

/* Rows of two bars, so that both are sorted together. */
struct pair {
    struct sah_bar events, deaths;
};

static void name_kinds(const struct sah_plot_log *log, struct pair *pair) {
    const struct sah_axis *axis = sah_result_axis(log->result, "kind");
    size_t n = log->kind->nwords;
    for (size_t k = 0; k < n; k++) {
        const char *label =
            axis && axis->n == n ? sah_axis_title(axis, k) : log->kind->words[k];
        pair[k].events = pair[k].deaths = (struct sah_bar){.label = label, .nparts = 1};
        pair[k].events.part[0].colour = sah_ramp_at(SAH_RAMP_INK, 0.45);
        pair[k].deaths.part[0].colour = sah_ramp_at(SAH_RAMP_EMBER, 0.6);
    }
}

static size_t count_kinds(const struct sah_plot_log *log, struct pair *pair) {
    size_t n = log->kind->nwords, kept = 0;
    for (size_t i = 0; i < log->table.nrows; i++) {
        double k = sah_result_number(log->kind, i);
        if (!(k >= 0 && k < (double)n)) continue;
        pair[(size_t)k].events.part[0].value++;
        pair[(size_t)k].deaths.part[0].value += log->severity[i];
    }
    qsort(pair, n, sizeof *pair, most_first); /* by events, which stand first */
    while (kept < n && sah_bar_sum(&pair[kept].events) > 0) kept++;
    return kept;
}

static int read_kinds(const struct sah_plot_log *log, struct kinds *kinds,
                      struct sah_error *err) {
    size_t n = log->kind ? log->kind->nwords : 0;
    struct pair *pair = calloc(n + 1, sizeof *pair);
    kinds->events = calloc(n + 1, sizeof *kinds->events);
    kinds->deaths = calloc(n + 1, sizeof *kinds->deaths);
    int code = SAH_OK;
    if (!pair || !kinds->events || !kinds->deaths)
        code = sah_error_add(err, SAH_MEMORY, "no memory for a plot");
    if (!code && n) {
        name_kinds(log, pair);
        kinds->n = count_kinds(log, pair);
    }
    for (size_t k = 0; k < kinds->n; k++) {
        kinds->events[k] = pair[k].events;
        kinds->deaths[k] = pair[k].deaths;
    }
    free(pair);
    return code;
}

static void free_kinds(struct kinds *kinds) {
    free(kinds->events);
    free(kinds->deaths);
}

static double names_of(const struct kinds *kinds, double width) {
    return sah_bars_names(kinds->events, kinds->n, SAH_PLOT_TYPE_PT, 0.34 * width);
}

static double kinds_height(const struct kinds *kinds, double width) {
    return sah_bars_height(kinds->events, kinds->n, SAH_PLOT_TYPE_PT,
                           names_of(kinds, width));
}

static void draw_kinds(struct sah_chart chart, const struct kinds *kinds) {
    double names = names_of(kinds, chart.width), gap = 12;
    chart.width = (chart.width - names - gap) / 2;
    chart.x += names;
    sah_chart_title(&chart, "Events", "by kind");
    if (kinds->n == 0) sah_chart_nothing(&chart, "nothing happened");
    sah_bars_draw(&chart, kinds->events, kinds->n, names, 0);
    chart.x += chart.width + gap;
    sah_chart_title(&chart, "Deaths", "in them");
    sah_bars_draw(&chart, kinds->deaths, kinds->n, -names, 0);
}

/* ---- the sheet ------------------------------------------------------------------------- */

static const double FRAME_PT = 150, GAP_PT = 24;

/* Two frames side by side, or under each other on a narrow sheet; then the kinds. */
static int draw_frames(const struct sah_plot_log *log, const struct kinds *kinds,
                       const struct sah_plot_sheet *sheet, struct sah_error *err) {
    bool narrow = sheet->width < SAH_PLOT_NARROW_PT;
    double gutter = 26, head = sah_chart_head(SAH_PLOT_TYPE_PT);
    double foot = sah_chart_foot(SAH_PLOT_TYPE_PT, true);
    struct sah_chart chart = {.canvas = sheet->canvas,
                              .x = sheet->left + gutter,
                              .y = sheet->top + head,
                              .width = narrow ? sheet->width - gutter
                                              : (sheet->width - GAP_PT) / 2 - gutter,
                              .height = FRAME_PT,
                              .type_pt = SAH_PLOT_TYPE_PT};
    int code = sah_plot_severity(&chart, log, err);
    if (narrow)
        chart.y += FRAME_PT + foot + head;
    else
        chart.x += chart.width + GAP_PT + gutter;
    if (!code) code = sah_plot_waiting(&chart, log, err);
    chart.y += FRAME_PT + foot + head + 6;
    chart.x = sheet->left, chart.width = sheet->width;
    chart.height = kinds_height(kinds, chart.width);
    draw_kinds(chart, kinds);
    return code;
}

static double height_of(const struct kinds *kinds, double width) {
    width -= 2 * SAH_PAGE_MARGIN_PT;
    double step = FRAME_PT + sah_chart_foot(SAH_PLOT_TYPE_PT, true) +
                  sah_chart_head(SAH_PLOT_TYPE_PT);
    double frames = width < SAH_PLOT_NARROW_PT ? 2 : 1;
    return ceil(2 * SAH_PAGE_MARGIN_PT + SAH_PAGE_HEADER_PT + SAH_PAGE_FOOTER_PT +
                frames * step + sah_chart_head(SAH_PLOT_TYPE_PT) + 12 +
                kinds_height(kinds, width));
}

static int draw(const struct sah_plot_log *log, const struct kinds *kinds,
                const struct sah_plot_options *options, struct sah_error *err) {
    struct sah_plot_sheet sheet;
    char note[SAH_PLOT_LINE], count[SAH_NUMBER_TEXT];
    sah_tick_text((double)log->table.nrows, count);
    snprintf(note, sizeof note, "%s event%s", count, log->table.nrows == 1 ? "" : "s");
    int code = sah_plot_open(log->result, options, "Events", note,
                             height_of(kinds, sah_picture_width_pt(&options->picture)),
                             &sheet, err);
    if (code) return code;
    code = draw_frames(log, kinds, &sheet, err);
    return sah_plot_close(&sheet, code, err);
}

int sah_plot_events(struct sah_result *result, const struct sah_plot_options *options,
                    struct sah_error *err) {
    struct sah_plot_log log;
    struct kinds kinds = {0};
    int code = sah_plot_log_read(result, &log, err);
    if (!code) code = read_kinds(&log, &kinds, err);
    if (!code) code = draw(&log, &kinds, options, err);
    free_kinds(&kinds);
    sah_plot_log_free(&log);
    return code;
}
