/* Over time: areas for flows, one upon the other; lines for stocks. All charts stand
 * under each other over the same days. */
#include "output/plot_impl.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct sah_plot_usual sah_plot_usual[] = {
    {SAH_SERIES, "deaths_by_country", "country", "Deaths by country", 1, NULL},
    {SAH_LEDGER, "deaths_by_actor", "side_a", "Deaths by who struck", 1, NULL},
    {SAH_LEDGER, "events_by_kind", "kind", "Events by kind", 1, NULL},
    {SAH_SERIES, "fighters", "faction", "Fighters by group", 1, NULL},
    {SAH_SERIES, "treasury", "faction", "Money of groups", 0.01, "USD"},
    {SAH_SERIES, "displaced_by_country", "country", "Displaced people by country", 1,
     NULL},
    {0},
};

enum { MOST_PANELS = 12, MOST_PARTS = 7, MOST_LINES = 10, NOTE = 2 * SAH_PLOT_LINE };

struct panel {
    struct sah_sheaf sheaf;
    const char *title, *unit;
    bool left_out; /* smaller items are not shown */
};

struct series {
    struct sah_result *result;
    size_t n;
    struct panel panel[MOST_PANELS];
};

/* ---- reading ------------------------------------------------------------------------- */

/* A sum of many would dwarf the lines of each: it is left out, and that is told. */
static int choose_items(struct panel *panel, struct sah_error *err) {
    struct sah_sheaf *sheaf = &panel->sheaf;
    bool lines = sheaf->variable->nature == SAH_STOCK;
    int code = sah_sheaf_gather(sheaf, lines ? MOST_LINES : MOST_PARTS, err);
    if (code) return code;
    panel->left_out = lines && sheaf->nitems && sheaf->item[sheaf->nitems - 1] < 0;
    if (panel->left_out) sheaf->nitems--;
    return SAH_OK;
}

static int add_panel(struct series *series, const struct sah_variable *variable,
                     const char *axis, const char *title, struct sah_error *err) {
    if (series->n == MOST_PANELS) return SAH_OK;
    struct panel *panel = &series->panel[series->n++];
    if (!axis && variable->axis[0]) axis = variable->axis[0]->name;
    panel->title = title ? title : variable->doc;
    int code = sah_sheaf_read(series->result, variable, axis, &panel->sheaf, err);
    return code ? code : choose_items(panel, err);
}

static void convert(struct panel *panel, double scale, const char *unit) {
    struct sah_sheaf *sheaf = &panel->sheaf;
    panel->unit = unit;
    for (size_t i = 0; i < sheaf->nitems * sheaf->ntimes; i++) sheaf->value[i] *= scale;
}

static int add_usual(struct series *series, struct sah_error *err) {
    int code = SAH_OK;
    for (size_t i = 0; sah_plot_usual[i].name && !code; i++) {
        const struct sah_variable *v = sah_result_find(
            series->result, sah_plot_usual[i].place, sah_plot_usual[i].name, NULL);
        if (!v) continue;
        code =
            add_panel(series, v, sah_plot_usual[i].axis, sah_plot_usual[i].title, err);
        convert(&series->panel[series->n - 1], sah_plot_usual[i].scale,
                sah_plot_usual[i].unit);
    }
    return code;
}

static int add_all(struct series *series, struct sah_error *err) {
    int code = SAH_OK;
    size_t n = sah_result_count(series->result, SAH_SERIES);
    for (size_t i = 0; i < n && !code; i++)
        code = add_panel(series, sah_result_at(series->result, SAH_SERIES, i), NULL,
                         NULL, err);
    return code;
}

static int add_only(struct series *series, const char *name, struct sah_error *err) {
    const struct sah_variable *v =
        sah_result_find(series->result, SAH_LEDGER, name, NULL);
    if (!v) v = sah_result_find(series->result, SAH_SERIES, name, err);
    return v ? add_panel(series, v, NULL, NULL, err) : SAH_INPUT;
}

/* ---- drawing ------------------------------------------------------------------------- */

static bool is_stacked(const struct panel *panel) {
    return panel->sheaf.variable->nature == SAH_FLOW;
}

static struct sah_scale up_of(const struct panel *panel) {
    double high = is_stacked(panel) ? sah_sheaf_peak_of_sum(&panel->sheaf)
                                    : sah_sheaf_peak(&panel->sheaf);
    return sah_scale_fit(SAH_SCALE_LINEAR, sah_sheaf_low(&panel->sheaf), high, 0);
}

static void add_end(struct sah_end *end, const struct sah_sheaf *sheaf, size_t item,
                    double y) {
    end->y = y;
    end->colour = sheaf->colour[item];
    snprintf(end->text, sizeof end->text, "%s", sheaf->label[item]);
    sah_plot_amount(sah_sheaf_total(sheaf, item), end->value);
}

/* Blocks of a period each, item upon item. The name stands where the last block is. */
static int draw_stack(const struct sah_chart *chart, const struct panel *panel,
                      struct sah_end *end, struct sah_error *err) {
    const struct sah_sheaf *sheaf = &panel->sheaf;
    double *base = calloc(sheaf->ntimes + 1, sizeof *base);
    if (!base) return sah_error_add(err, SAH_MEMORY, "no memory for a plot");
    for (size_t i = 0; i < sheaf->nitems; i++) {
        const double *value = sah_sheaf_of(sheaf, i);
        for (size_t t = 0; t < sheaf->ntimes; t++) {
            sah_chart_block(chart, sheaf->first[t], sheaf->last[t], base[t],
                            base[t] + value[t], sheaf->colour[i]);
            base[t] += value[t];
        }
        double last = sheaf->ntimes ? base[sheaf->ntimes - 1] : 0;
        double own = sheaf->ntimes ? value[sheaf->ntimes - 1] : 0;
        add_end(&end[i], sheaf, i, sah_chart_y(chart, last - own / 2));
    }
    free(base);
    return SAH_OK;
}

/* Nothing is drawn of who is not there yet. */
static void hide_before(const struct sah_sheaf *sheaf, size_t item) {
    double *value = sheaf->value + item * sheaf->ntimes;
    for (size_t t = 0; t + 1 < sheaf->ntimes && value[t] == 0 && value[t + 1] == 0; t++)
        value[t] = NAN;
}

static void draw_lines(const struct sah_chart *chart, const struct panel *panel,
                       struct sah_end *end) {
    const struct sah_sheaf *sheaf = &panel->sheaf;
    for (size_t i = 0; i < sheaf->nitems; i++) {
        hide_before(sheaf, i);
        sah_chart_line(
            chart, sheaf->last, sah_sheaf_of(sheaf, i), sheaf->ntimes,
            (struct sah_stroke){.colour = sheaf->colour[i], .width_pt = 1.1});
        add_end(&end[i], sheaf, i, sah_chart_y(chart, sah_sheaf_total(sheaf, i)));
    }
}

/* "persons a month, at the right in all". */
static void write_note(const struct panel *panel, char note[static NOTE]) {
    char unit[SAH_PLOT_LINE];
    sah_plot_unit(&panel->sheaf, unit);
    const char *what = panel->unit ? panel->unit : unit;
    snprintf(note, NOTE, "%s%s%s at the right%s", what, *what ? " \u00B7 " : "",
             is_stacked(panel) ? "sums" : "last values",
             panel->left_out ? ", the largest alone" : "");
}

static int draw_panel(const struct sah_chart *chart, const struct panel *panel,
                      double room, struct sah_error *err) {
    struct sah_end end[SAH_END_LABELS];
    char note[NOTE];
    int code = SAH_OK;
    write_note(panel, note);
    sah_chart_axes(chart, NULL);
    sah_chart_title(chart, panel->title, note);
    if (is_stacked(panel))
        code = draw_stack(chart, panel, end, err);
    else
        draw_lines(chart, panel, end);
    if (panel->sheaf.nitems == 0) sah_chart_nothing(chart, "nothing happened");
    if (!code) sah_chart_ends(chart, end, panel->sheaf.nitems, room);
    return code;
}

/* ---- the sheet ------------------------------------------------------------------------- */

struct arrangement {
    double gutter, names, height[MOST_PANELS]; /* of frames */
};

static double frame_height(const struct series *series, size_t p) {
    double names = 1.28 * SAH_PLOT_TYPE_PT * (double)series->panel[p].sheaf.nitems;
    return fmax(series->n == 1 ? 150 : 68, names);
}

static double step_of(const struct arrangement *a, size_t p) {
    return a->height[p] + sah_chart_head(SAH_PLOT_TYPE_PT) + 12;
}

static double names_width(const struct series *series) {
    struct sah_type_style style = {.size_pt = SAH_PLOT_TYPE_PT};
    double widest = 0;
    for (size_t p = 0; p < series->n; p++) {
        const struct sah_sheaf *sheaf = &series->panel[p].sheaf;
        for (size_t i = 0; i < sheaf->nitems; i++) {
            char value[SAH_NUMBER_TEXT], text[SAH_PLOT_LINE];
            sah_plot_amount(sah_sheaf_total(sheaf, i), value);
            snprintf(text, sizeof text, "%s %s", sheaf->label[i], value);
            widest = fmax(widest, sah_type_measure(&style, text).width);
        }
    }
    return widest + 21;
}

static struct arrangement arrange(const struct series *series, double width) {
    struct arrangement a = {0};
    for (size_t p = 0; p < series->n; p++) {
        struct sah_scale up = up_of(&series->panel[p]);
        a.height[p] = frame_height(series, p);
        a.gutter = fmax(a.gutter, sah_chart_gutter(&up, a.height[p], SAH_PLOT_TYPE_PT));
    }
    a.names = fmin(names_width(series), 0.34 * width);
    return a;
}

static int draw_panels(const struct series *series, const struct arrangement *a,
                       const struct sah_plot_sheet *sheet, struct sah_error *err) {
    struct sah_scale days = sah_plot_run_days(series->result);
    double y = sheet->top + sah_chart_head(SAH_PLOT_TYPE_PT);
    int code = SAH_OK;
    for (size_t p = 0; p < series->n && !code; p++) {
        struct sah_chart chart = {.canvas = sheet->canvas,
                                  .x = sheet->left + a->gutter,
                                  .y = y,
                                  .width = sheet->width - a->gutter - a->names,
                                  .height = a->height[p],
                                  .across = days,
                                  .up = up_of(&series->panel[p]),
                                  .ticks = SAH_CHART_DAYS,
                                  .no_numbers = p + 1 < series->n,
                                  .no_leads = is_stacked(&series->panel[p]),
                                  .type_pt = SAH_PLOT_TYPE_PT};
        code = draw_panel(&chart, &series->panel[p], a->names, err);
        y += step_of(a, p);
    }
    return code;
}

static int draw_sheet(const struct series *series,
                      const struct sah_plot_options *options, struct sah_error *err) {
    struct sah_plot_sheet sheet;
    double width = sah_picture_width_pt(&options->picture) - 2 * SAH_PAGE_MARGIN_PT;
    struct arrangement a = arrange(series, width);
    double height = SAH_PAGE_HEADER_PT + sah_chart_foot(SAH_PLOT_TYPE_PT, false) +
                    SAH_PAGE_FOOTER_PT + 2 * SAH_PAGE_MARGIN_PT;
    for (size_t p = 0; p < series->n; p++) height += step_of(&a, p);
    int code = sah_plot_open(series->result, options, "Over time", NULL, ceil(height),
                             &sheet, err);
    if (code) return code;
    code = draw_panels(series, &a, &sheet, err);
    return sah_plot_close(&sheet, code, err);
}

int sah_plot_series(struct sah_result *result, const struct sah_plot_options *options,
                    struct sah_error *err) {
    struct series series = {.result = result};
    int code =
        options->only ? add_only(&series, options->only, err) : add_usual(&series, err);
    if (!code && series.n == 0) code = add_all(&series, err);
    if (!code && series.n == 0)
        code = sah_error_add(err, SAH_INPUT, "%s: keeps no series", options->result);
    if (!code) code = draw_sheet(&series, options, err);
    for (size_t p = 0; p < series.n; p++) sah_sheaf_free(&series.panel[p].sheaf);
    return code;
}
