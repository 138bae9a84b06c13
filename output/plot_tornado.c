/* What each factor does to an outcome, the largest first. One at a time and grid: the lowest
 * and the highest level against the scenario or the mean of the grid, paired by replicate,
 * with Student's interval. Morris: the mean effect over the range. Saltelli: the first-order
 * index. */
#include "output/plot_study.h"
#include "output/rows.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 24 };
static const double PANEL_GAP_PT = 16;

struct panel {
    size_t measure, n;
    struct sah_row *row; /* [nfactors], sorted; labels lent by the head */
    char title[SAH_PLOT_LINE], note[SAH_PLOT_LINE];
};

struct tornado {
    struct sah_study_file *file;
    const struct sah_study_head *head;
    const struct kind *kind;
    size_t npanels;
    struct panel panel[SAH_PLOT_OUTCOMES];
};

/* One way to tell what a factor does; the design decides. */
struct kind {
    const char *design;
    int lanes;
    const char *words; /* of the subtitle */
    int (*fill)(struct tornado *t, struct panel *panel, struct sah_error *err);
};

/* ---- levels against what they are measured from ------------------------------------------- */

static struct sah_colour end_colour(int high) {
    return sah_ramp_at(SAH_RAMP_TIDE, high ? 0.85 : 0.4);
}

/* Mean over the points where the factor has this level, in one replicate. */
static double at_level(const struct sah_study_head *head, size_t factor, double level,
                       const double *y) {
    double sum = 0, n = 0;
    for (size_t p = 0; p < head->npoints; p++)
        if (head->factor[factor].value[p] == level && !isnan(y[p])) sum += y[p], n++;
    return n > 0 ? sum / n : NAN;
}

static double mean_of(const double *y, size_t n) {
    double sum = 0, told = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(y[i])) sum += y[i], told++;
    return told > 0 ? sum / told : NAN;
}

/* Mean and interval of what a level makes of the outcome, over replicates. */
static void measure_level(const struct sah_study_head *head, size_t factor,
                          double level, const double *y, const double *base,
                          struct sah_row_bar *bar) {
    double n = 0, mean = 0, squares = 0;
    for (size_t r = 0; r < head->nreplicates; r++) {
        double d = at_level(head, factor, level, y + r * head->npoints) - base[r];
        if (isnan(d)) continue;
        double before = d - mean;
        mean += before / ++n;
        squares += before * (d - mean);
    }
    double half =
        n > 1 ? gsl_cdf_tdist_Pinv(0.975, n - 1) * sqrt(squares / (n - 1) / n) : NAN;
    bar->to = n > 0 ? mean : NAN;
    bar->low = bar->to - half, bar->high = bar->to + half;
}

/* "0.05: +120". */
static void name_level(const struct sah_study_factor *factor, double level,
                       struct sah_row_bar *bar) {
    char word[SAH_STUDY_WORD], amount[SAH_NUMBER_TEXT];
    sah_study_factor_word(factor, level, word);
    sah_plot_amount(bar->to, amount);
    snprintf(bar->word, sizeof bar->word, "%.28s: %s%.31s", word, bar->to > 0 ? "+" : "",
             amount);
}

/* The lowest and the highest level, but for that of the scenario itself. */
static int fill_row(const struct sah_study_head *head, size_t factor, bool oat,
                    const double *y, const double *base, struct sah_row *row,
                    struct sah_error *err) {
    const struct sah_study_factor *f = &head->factor[factor];
    size_t n;
    double *level = sah_plot_study_levels(head, factor, &n);
    if (!level) return sah_error_add(err, SAH_MEMORY, "no memory for levels");
    row->label = f->name;
    for (int high = 0; high < 2; high++) {
        double at = level[high ? n - 1 : 0];
        if (n < 2 || (oat && at == f->value[0])) continue;
        struct sah_row_bar *bar = &row->bar[row->nbars++];
        *bar = (struct sah_row_bar){.lane = high, .colour = end_colour(high)};
        measure_level(head, factor, at, y, base, bar);
        name_level(f, at, bar);
    }
    free(level);
    return SAH_OK;
}

static int fill_levels(struct tornado *t, struct panel *panel, struct sah_error *err) {
    const struct sah_study_head *head = t->head;
    bool oat = strcmp(head->kind, "oat") == 0;
    double *y = malloc((head->nreplicates * (head->npoints + 1) + 1) * sizeof *y);
    if (!y) return sah_error_add(err, SAH_MEMORY, "no memory for runs");
    double *base = y + head->nreplicates * head->npoints;
    int code = sah_study_file_runs(t->file, panel->measure, y, err);
    for (size_t r = 0; r < head->nreplicates && !code; r++) {
        const double *of = y + r * head->npoints;
        base[r] = oat ? of[0] : mean_of(of, head->npoints);
    }
    for (size_t k = 0; k < head->nfactors && !code; k++)
        code = fill_row(head, k, oat, y, base, &panel->row[panel->n++], err);
    if (!code) {
        char amount[SAH_NUMBER_TEXT];
        sah_plot_amount(mean_of(base, head->nreplicates), amount);
        snprintf(panel->note, sizeof panel->note, "%.60s%s0 is %s: %s",
                 sah_plot_study_unit(head, panel->measure),
                 *sah_plot_study_unit(head, panel->measure) ? "; " : "",
                 oat ? "the scenario" : "the mean of all points", amount);
    }
    free(y);
    return code;
}

/* ---- what was estimated for each factor ------------------------------------------------------ */

static int read_column(struct tornado *t, const struct panel *panel, const char *name,
                       double *out, struct sah_error *err) {
    return sah_study_file_column(t->file, name, panel->measure, t->head->nfactors, out,
                                 err);
}

static void put_estimate(struct tornado *t, struct panel *panel, size_t k, double value,
                         double low, double high) {
    struct sah_row *row = &panel->row[panel->n++];
    *row = (struct sah_row){.label = t->head->factor[k].name, .nbars = 1};
    row->bar[0] = (struct sah_row_bar){
        .to = value,
        .low = low,
        .high = high,
        .colour = sah_ramp_at(SAH_RAMP_RULE, value > 0 ? 0.98 : 0.02)};
    sah_plot_amount(value, row->bar[0].word);
}

static int fill_morris(struct tornado *t, struct panel *panel, struct sah_error *err) {
    size_t k = t->head->nfactors;
    double *column = malloc((3 * k + 1) * sizeof *column);
    if (!column) return sah_error_add(err, SAH_MEMORY, "no memory for effects");
    double *mu = column, *sigma = column + k, *n = column + 2 * k;
    int code = read_column(t, panel, "mu", mu, err);
    if (!code) code = read_column(t, panel, "sigma", sigma, err);
    if (!code) code = read_column(t, panel, "effects", n, err);
    for (size_t f = 0; f < k && !code; f++) {
        double half = n[f] > 1
                          ? gsl_cdf_tdist_Pinv(0.975, n[f] - 1) * sigma[f] / sqrt(n[f])
                          : NAN;
        put_estimate(t, panel, f, mu[f], mu[f] - half, mu[f] + half);
    }
    snprintf(panel->note, sizeof panel->note, "%.60s%sover the range of the factor",
             sah_plot_study_unit(t->head, panel->measure),
             *sah_plot_study_unit(t->head, panel->measure) ? " " : "");
    free(column);
    return code;
}

static int fill_sobol(struct tornado *t, struct panel *panel, struct sah_error *err) {
    size_t k = t->head->nfactors;
    double *column = malloc((3 * k + 1) * sizeof *column);
    if (!column) return sah_error_add(err, SAH_MEMORY, "no memory for indices");
    int code = read_column(t, panel, "S1", column, err);
    if (!code) code = read_column(t, panel, "S1_low", column + k, err);
    if (!code) code = read_column(t, panel, "S1_high", column + 2 * k, err);
    for (size_t f = 0; f < k && !code; f++)
        put_estimate(t, panel, f, column[f], column[k + f], column[2 * k + f]);
    snprintf(panel->note, sizeof panel->note, "share of variance, first order");
    free(column);
    return code;
}

static const struct kind KINDS[] = {
    {"oat", 2, "one factor at a time; pale: its lowest level, dark: its highest",
     fill_levels},
    {"grid", 2, "mean over the others; pale: lowest level, dark: highest", fill_levels},
    {"morris", 1, "mean elementary effects", fill_morris},
    {"saltelli", 1, "first-order indices of Sobol'", fill_sobol},
    {0},
};

/* ---- the sheet ---------------------------------------------------------------------------- */

static double size_of(const struct sah_row *row) {
    double most = 0;
    for (size_t k = 0; k < row->nbars; k++)
        if (isfinite(row->bar[k].to)) most = fmax(most, fabs(row->bar[k].to));
    return most;
}

static int larger_first(const void *a, const void *b) {
    double x = size_of(a), y = size_of(b);
    return (x < y) - (x > y);
}

static double panel_height(const struct tornado *t, const struct panel *panel) {
    return sah_chart_head(SAH_PLOT_TYPE_PT) +
           sah_rows_height(panel->n, t->kind->lanes, SAH_PLOT_TYPE_PT) + PANEL_GAP_PT;
}

/* The axis lies below, the words of bars that run to either side beside it. */
static void draw_panel(const struct tornado *t, const struct panel *panel,
                       const struct sah_plot_sheet *sheet, double top, double names) {
    double words = sah_rows_words(panel->row, panel->n, SAH_PLOT_TYPE_PT);
    words = fmin(words, 0.2 * sheet->width);
    struct sah_chart chart = {
        .canvas = sheet->canvas,
        .x = sheet->left + names + words,
        .y = top + sah_chart_head(SAH_PLOT_TYPE_PT),
        .width = sheet->width - names - 2 * words,
        .height = sah_rows_height(panel->n, t->kind->lanes, SAH_PLOT_TYPE_PT),
        .across = sah_rows_scale(panel->row, panel->n),
        .type_pt = SAH_PLOT_TYPE_PT};
    struct sah_chart whole = chart;
    whole.x = sheet->left, whole.width = sheet->width;
    sah_chart_title(&whole, panel->title, panel->note);
    chart.x = sheet->left + names, chart.width += words;
    if (chart.across.low < 0) chart.x += words, chart.width -= words;
    sah_rows_draw(&chart, panel->row, panel->n, t->kind->lanes, chart.x - sheet->left);
}

static int draw(const struct tornado *t, const struct sah_plot_options *options,
                struct sah_error *err) {
    struct sah_plot_sheet sheet;
    double room = 0, names = 0;
    for (size_t i = 0; i < t->npanels; i++) room += panel_height(t, &t->panel[i]);
    int code = sah_plot_study_open(t->head, options, "What the factors do",
                                   t->kind->words, room, &sheet, err);
    if (code) return code;
    double top = sheet.top;
    for (size_t i = 0; i < t->npanels; i++)
        names = fmax(names, sah_rows_names(t->panel[i].row, t->panel[i].n,
                                           SAH_PLOT_TYPE_PT, 0.34 * sheet.width));
    for (size_t i = 0; i < t->npanels; i++) {
        draw_panel(t, &t->panel[i], &sheet, top, names);
        top += panel_height(t, &t->panel[i]);
    }
    return sah_plot_close(&sheet, SAH_OK, err);
}

static int fill_panel(struct tornado *t, struct panel *panel, size_t measure,
                      struct sah_error *err) {
    panel->measure = measure;
    snprintf(panel->title, sizeof panel->title, "%s", t->head->measure[measure]);
    panel->row = calloc(t->head->nfactors + 1, sizeof *panel->row);
    if (!panel->row) return sah_error_add(err, SAH_MEMORY, "no memory for rows");
    int code = t->kind->fill(t, panel, err);
    qsort(panel->row, panel->n, sizeof *panel->row, larger_first);
    if (panel->n > MOST_ROWS) panel->n = MOST_ROWS;
    return code;
}

int sah_plot_tornado(struct sah_study_file *file,
                     const struct sah_plot_options *options, struct sah_error *err) {
    struct tornado t = {.file = file, .head = sah_study_file_head(file), .kind = KINDS};
    size_t outcome[SAH_PLOT_OUTCOMES];
    while (t.kind->design && strcmp(t.kind->design, t.head->kind) != 0) t.kind++;
    if (!t.kind->design || t.head->nfactors == 0)
        return sah_error_add(err, SAH_INPUT,
                             "%s: a tornado is drawn of designs of kind oat, grid, "
                             "morris and saltelli; this one is %s",
                             t.head->path, t.head->kind);
    int code = sah_plot_study_choose(file, options->only, outcome, &t.npanels, err);
    if (code) return code;
    for (size_t i = 0; i < t.npanels && !code; i++)
        code = fill_panel(&t, &t.panel[i], outcome[i], err);
    if (!code) code = draw(&t, options, err);
    for (size_t i = 0; i < t.npanels; i++) free(t.panel[i].row);
    return code;
}
