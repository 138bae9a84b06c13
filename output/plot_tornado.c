/* What each factor does to an outcome, the largest first. One at a time and grid: the lowest
 * and the highest level against the scenario or the mean of the grid, paired by replicate,
 * with Student's interval. Morris: the mean effect over the range. Saltelli: the first-order
 * index. */
#include "output/plot_study.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 24 };

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

/* "0.05: +120". */
static void name_level(const struct sah_study_factor *factor, double level,
                       struct sah_row_bar *bar) {
    char word[SAH_STUDY_WORD], amount[SAH_NUMBER_TEXT];
    sah_study_factor_word(factor, level, word);
    sah_plot_amount(bar->to, amount);
    snprintf(bar->word, sizeof bar->word, "%.28s: %s%.31s", word,
             bar->to > 0 ? "+" : "", amount);
}

/* The first and the last level of a factor; one alone is the lowest or the highest by what the
 * scenario has. */
static void fill_row(const struct sah_study_head *head, size_t factor,
                     const double *effect, struct sah_row *row) {
    const struct sah_study_factor *f = &head->factor[factor];
    size_t first = 0, last;
    while (first < head->nlevels && head->level[first].factor != factor) first++;
    for (last = first; last + 1 < head->nlevels; last++)
        if (head->level[last + 1].factor != factor) break;
    row->label = f->name;
    for (int high = 0; high < 2 && first < head->nlevels; high++) {
        size_t at = high ? last : first;
        double value = head->level[at].value;
        if (first == last && high != (value > f->value[0])) continue;
        struct sah_row_bar *bar = &row->bar[row->nbars++];
        *bar = (struct sah_row_bar){.to = effect[at],
                                    .low = effect[head->nlevels + at],
                                    .high = effect[2 * head->nlevels + at],
                                    .lane = high,
                                    .colour = end_colour(high)};
        name_level(f, value, bar);
    }
}

static int fill_levels(struct tornado *t, struct panel *panel, struct sah_error *err) {
    const struct sah_study_head *head = t->head;
    static const char *const table[] = {"level_effect", "level_low", "level_high"};
    size_t n = head->nlevels;
    double origin, *effect = malloc((3 * n + 1) * sizeof *effect);
    if (!effect) return sah_error_add(err, SAH_MEMORY, "no memory for effects");
    int code =
        sah_study_file_column(t->file, "level_origin", panel->measure, 1, &origin, err);
    for (size_t i = 0; i < 3 && !code; i++)
        code = sah_study_file_column(t->file, table[i], panel->measure, n,
                                     effect + i * n, err);
    for (size_t k = 0; k < head->nfactors && !code; k++)
        fill_row(head, k, effect, &panel->row[panel->n++]);
    if (!code) {
        const char *unit = sah_plot_study_unit(head, panel->measure);
        char amount[SAH_NUMBER_TEXT];
        sah_plot_amount(origin, amount);
        snprintf(panel->note, sizeof panel->note, "%.60s%s0 is %s: %s", unit,
                 *unit ? "; " : "",
                 strcmp(head->kind, "oat") == 0 ? "the scenario"
                                                : "the mean of all points",
                 amount);
    }
    free(effect);
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

static int draw(const struct tornado *t, const struct sah_plot_options *options,
                struct sah_error *err) {
    struct sah_plot_sheet sheet;
    double room = 0, names = 0;
    for (size_t i = 0; i < t->npanels; i++)
        room += sah_plot_rows_height(t->panel[i].n, t->kind->lanes);
    int code = sah_plot_study_open(t->head, options, "What the factors do",
                                   t->kind->words, room, &sheet, err);
    if (code) return code;
    double top = sheet.top;
    for (size_t i = 0; i < t->npanels; i++)
        names = fmax(names, sah_rows_names(t->panel[i].row, t->panel[i].n,
                                           SAH_PLOT_TYPE_PT, 0.34 * sheet.width));
    for (size_t i = 0; i < t->npanels; i++) {
        const struct panel *panel = &t->panel[i];
        struct sah_plot_rows rows = {
            panel->title, panel->note,    panel->row,
            panel->n,     t->kind->lanes, sah_rows_scale(panel->row, panel->n)};
        sah_plot_rows_draw(&rows, &sheet, top, names);
        top += sah_plot_rows_height(panel->n, t->kind->lanes);
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
    bool levels = t.kind->fill == fill_levels;
    if (!t.kind->design || t.head->nfactors == 0 || (levels && t.head->nlevels == 0))
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
