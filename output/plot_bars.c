/* Sensitivity of a study: first-order and total indices of Sobol', or mu* and sigma of
 * Morris, with the intervals of the bootstrap. */
#include "output/plot_study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double KEYS_PT = 16;

/* Two bars a factor; an interval where it is known. */
static const struct kind {
    const char *design, *title;
    const char *bar[SAH_ROW_BARS], *low[SAH_ROW_BARS], *high[SAH_ROW_BARS];
    const char *words[SAH_ROW_BARS];
    bool share; /* of variance: all panels on one scale, no unit */
} KINDS[] = {
    {"saltelli",
     "Share of variance",
     {"S1", "ST"},
     {"S1_low", "ST_low"},
     {"S1_high", "ST_high"},
     {"S1, of the factor alone", "ST, with all it does together with others"},
     true},
    {"morris",
     "Elementary effects",
     {"mu_star", "sigma"},
     {"mu_star_low", NULL},
     {"mu_star_high", NULL},
     {"mu*, their mean size", "sigma, how much they vary"},
     false},
};
enum { NKINDS = sizeof KINDS / sizeof *KINDS };

struct panel {
    size_t measure;
    struct sah_row *row; /* [nfactors] */
};

struct bars {
    struct sah_study_file *file;
    const struct sah_study_head *head;
    const struct kind *kind;
    size_t npanels;
    struct panel panel[SAH_PLOT_OUTCOMES];
};

static struct sah_colour colour_of(int bar) {
    return sah_ramp_at(SAH_RAMP_TIDE, bar ? 0.4 : 0.85);
}

/* ---- reading ----------------------------------------------------------------------------- */

static int read_bar(struct bars *bars, struct panel *panel, int b, double *column,
                    struct sah_error *err) {
    size_t k = bars->head->nfactors;
    const char *name[3] = {bars->kind->bar[b], bars->kind->low[b], bars->kind->high[b]};
    int code = SAH_OK;
    for (size_t i = 0; i < 3 * k; i++) column[i] = NAN;
    for (size_t c = 0; c < 3 && !code; c++)
        if (name[c] && sah_study_file_has(bars->file, name[c]))
            code = sah_study_file_column(bars->file, name[c], panel->measure, k,
                                         column + c * k, err);
    for (size_t f = 0; f < k && !code; f++) {
        struct sah_row *row = &panel->row[f];
        struct sah_row_bar *bar = &row->bar[row->nbars++];
        *bar = (struct sah_row_bar){.to = column[f],
                                    .low = column[k + f],
                                    .high = column[2 * k + f],
                                    .colour = colour_of(b),
                                    .lane = b};
        row->label = bars->head->factor[f].name;
        if (isnan(bar->to)) {
            snprintf(bar->word, sizeof bar->word, "not defined");
            bar->to = 0;
        } else if (bars->kind->share) {
            sah_tick_text(round(100 * bar->to) / 100, bar->word);
        } else {
            sah_plot_amount(bar->to, bar->word);
        }
    }
    return code;
}

static int larger_first(const void *a, const void *b) {
    const struct sah_row *x = a, *y = b;
    return (x->bar[0].to < y->bar[0].to) - (x->bar[0].to > y->bar[0].to);
}

static int read_panel(struct bars *bars, struct panel *panel, size_t measure,
                      struct sah_error *err) {
    size_t k = bars->head->nfactors;
    double *column = malloc((3 * k + 1) * sizeof *column);
    int code = SAH_OK;
    panel->measure = measure;
    panel->row = calloc(k + 1, sizeof *panel->row);
    if (!panel->row || !column)
        code = sah_error_add(err, SAH_MEMORY, "no memory for bars");
    for (int b = 0; b < SAH_ROW_BARS && !code; b++)
        code = read_bar(bars, panel, b, column, err);
    if (!code) qsort(panel->row, k, sizeof *panel->row, larger_first);
    free(column);
    return code;
}

/* ---- drawing ------------------------------------------------------------------------------ */

/* Shares all lie on one scale, which holds 0 to 1. */
static struct sah_scale scale_of(const struct bars *bars, const struct panel *panel) {
    size_t k = bars->head->nfactors;
    struct sah_scale scale = sah_rows_scale(panel->row, k);
    if (!bars->kind->share) return scale;
    double low = 0, high = 1;
    for (size_t i = 0; i < bars->npanels; i++) {
        scale = sah_rows_scale(bars->panel[i].row, k);
        low = fmin(low, scale.low), high = fmax(high, scale.high);
    }
    return (struct sah_scale){SAH_SCALE_LINEAR, fmax(low, -0.5), fmin(high, 2)};
}

static int draw(const struct bars *bars, const struct sah_plot_options *options,
                struct sah_error *err) {
    size_t k = bars->head->nfactors;
    double each = sah_plot_rows_height(k, SAH_ROW_BARS), names = 0;
    struct sah_plot_sheet sheet;
    int code = sah_plot_study_open(bars->head, options, bars->kind->title,
                                   "lines: 95 % intervals of the bootstrap",
                                   (double)bars->npanels * each + KEYS_PT, &sheet, err);
    if (code) return code;
    struct sah_plot_key key[SAH_ROW_BARS];
    for (int b = 0; b < SAH_ROW_BARS; b++)
        key[b] = (struct sah_plot_key){colour_of(b), bars->kind->words[b]};
    sah_plot_keys(sheet.canvas, key, SAH_ROW_BARS, sheet.left, sheet.top, sheet.width);
    for (size_t i = 0; i < bars->npanels; i++)
        names = fmax(names, sah_rows_names(bars->panel[i].row, k, SAH_PLOT_TYPE_PT,
                                           0.34 * sheet.width));
    for (size_t i = 0; i < bars->npanels; i++) {
        const struct panel *panel = &bars->panel[i];
        const char *unit = sah_plot_study_unit(bars->head, panel->measure);
        struct sah_plot_rows rows = {bars->head->measure[panel->measure],
                                     bars->kind->share ? "" : unit,
                                     panel->row,
                                     k,
                                     SAH_ROW_BARS,
                                     scale_of(bars, panel)};
        sah_plot_rows_draw(&rows, &sheet, sheet.top + KEYS_PT + (double)i * each,
                           names);
    }
    return sah_plot_close(&sheet, SAH_OK, err);
}

int sah_plot_bars(struct sah_study_file *file, const struct sah_plot_options *options,
                  struct sah_error *err) {
    struct bars bars = {.file = file, .head = sah_study_file_head(file)};
    size_t outcome[SAH_PLOT_OUTCOMES];
    for (size_t i = 0; i < NKINDS; i++)
        if (strcmp(KINDS[i].design, bars.head->kind) == 0) bars.kind = &KINDS[i];
    if (!bars.kind)
        return sah_error_add(err, SAH_INPUT,
                             "%s: bars are drawn of designs of kind saltelli and "
                             "morris; this one is %s",
                             bars.head->path, bars.head->kind);
    int code = sah_plot_study_choose(file, options->only, outcome, &bars.npanels, err);
    if (code) return code;
    for (size_t i = 0; i < bars.npanels && !code; i++)
        code = read_panel(&bars, &bars.panel[i], outcome[i], err);
    if (!code) code = draw(&bars, options, err);
    for (size_t i = 0; i < bars.npanels; i++) free(bars.panel[i].row);
    return code;
}
