/* Fitting to windows that are known, and draws from the mixture. Chances get one draw in
 * each bin, as the score has it. */
#include "output/forecast/layer.h"

#include "output/forecast/mixture.h"
#include "output/forecast/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct rows { /* chances of the parts in use, [n][np] */
    size_t n, np, capacity;
    double *chance;
    enum sah_layer_part part[SAH_LAYER_PARTS];
};

static double *add_row(struct rows *rows) {
    SAH_BUG_IF(rows->np == 0, "a layer without parts");
    if (rows->n == rows->capacity) {
        size_t capacity = 2 * rows->capacity + 4096;
        double *grown =
            realloc(rows->chance, capacity * rows->np * sizeof *rows->chance);
        if (!grown) return NULL;
        rows->chance = grown;
        rows->capacity = capacity;
    }
    return rows->chance + rows->np * rows->n++;
}

/* ---- what is fitted to ------------------------------------------------------------- */

static bool add_cell(struct rows *rows, const struct sah_parts *parts, int cell,
                     int last, struct sah_part_value *room) {
    double bin[SAH_LAYER_PARTS][SAH_SCORE_BINS];
    const struct sah_window *o = &parts->window;
    for (size_t p = 0; p < rows->np; p++)
        sah_parts_bins(parts, rows->part[p], cell, room, bin[p]);
    for (int month = o->first; month < o->first + o->months && month <= last; month++) {
        const float *came = sah_panel_row(parts->panel, parts->kind, cell, month);
        int at = sah_score_bin((double)*came);
        double *row = add_row(rows);
        if (!row) return false;
        for (size_t p = 0; p < rows->np; p++)
            row[p] = (bin[p][at] * SAH_DRAWS + 1) / (SAH_DRAWS + SAH_SCORE_BINS);
    }
    return true;
}

static int add_window(struct rows *rows, const struct sah_panel *panel,
                      enum sah_panel_kind kind, const struct sah_window *window,
                      int last, struct sah_error *err) {
    struct sah_parts parts;
    struct sah_part_value *room = NULL;
    int code = sah_parts_make(&parts, panel, kind, window, err);
    if (!code) room = calloc(sah_parts_most(&parts), sizeof *room);
    bool good = room != NULL;
    for (int cell = 0; good && cell < SAH_FORECAST_CELLS; cell++)
        good = add_cell(rows, &parts, cell, last, room);
    if (!code && !good) code = sah_error_add(err, SAH_MEMORY, "no memory for a fit");
    free(room);
    sah_parts_free(&parts);
    return code;
}

/* ---- the fit ------------------------------------------------------------------------- */

int sah_layer_fit(struct sah_layer *layer, const struct sah_panel *panel,
                  enum sah_panel_kind kind, const struct sah_window *window,
                  size_t nwindows, int last, struct sah_error *err) {
    struct rows rows = {0};
    double weight[SAH_LAYER_PARTS];
    int code = SAH_OK;
    for (int p = 0; p < SAH_LAYER_PARTS; p++)
        if (layer->use[p]) rows.part[rows.np++] = (enum sah_layer_part)p;
    for (size_t i = 0; !code && i < nwindows; i++)
        if (window[i].first <= last)
            code = add_window(&rows, panel, kind, &window[i], last, err);
    if (!code && !rows.n)
        code = sah_error_add(err, SAH_INPUT, "there is no earlier window to fit to");
    const struct sah_mixture mixture = {rows.n, rows.np, rows.chance};
    if (!code) code = sah_mixture_fit(&mixture, SAH_MIXTURE_STEPS, weight, err);
    memset(layer->weight, 0, sizeof layer->weight);
    for (size_t p = 0; !code && p < rows.np; p++)
        layer->weight[rows.part[p]] = weight[p];
    layer->n = rows.n;
    if (!code)
        layer->bits =
            -sah_mixture_likelihood(&mixture, weight) / ((double)rows.n * log(2));
    free(rows.chance);
    return code;
}

/* ---- draws ------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b) {
    float x = ((const struct sah_part_value *)a)->value;
    float y = ((const struct sah_part_value *)b)->value;
    return (x > y) - (x < y);
}

/* Quantiles (k + 1/2) / SAH_DRAWS of the weighted values. */
static void spread(float *draw, struct sah_part_value *value, size_t n) {
    double below = 0;
    size_t at = 0;
    qsort(value, n, sizeof *value, by_value);
    for (size_t k = 0; k < SAH_DRAWS; k++) {
        double share = ((double)k + 0.5) / SAH_DRAWS;
        while (at + 1 < n && below + value[at].weight < share)
            below += value[at++].weight;
        draw[k] = value[at].value;
    }
}

static void draw_cell(const struct sah_layer *layer, const struct sah_parts *parts,
                      int cell, struct sah_part_value *room, float *draw) {
    size_t n = 0;
    for (int p = 0; p < SAH_LAYER_PARTS; p++) {
        if (!(layer->weight[p] > 0)) continue;
        size_t m = sah_parts_law(parts, (enum sah_layer_part)p, cell, room + n);
        for (size_t i = n; i < n + m; i++) room[i].weight *= layer->weight[p];
        n += m;
    }
    spread(draw, room, n);
}

int sah_layer_draw(const struct sah_layer *layer, const struct sah_panel *panel,
                   enum sah_panel_kind kind, const struct sah_window *window,
                   struct sah_draws *draws, struct sah_error *err) {
    struct sah_parts parts;
    struct sah_part_value *room = NULL;
    int code = sah_parts_make(&parts, panel, kind, window, err);
    if (!code) room = calloc(SAH_LAYER_PARTS * sah_parts_most(&parts), sizeof *room);
    if (!code && !room) code = sah_error_add(err, SAH_MEMORY, "no memory for draws");
    for (int cell = 0; !code && cell < SAH_FORECAST_CELLS; cell++) {
        float *first = sah_draws_at(draws, cell, draws->first);
        draw_cell(layer, &parts, cell, room, first);
        for (int m = 1; m < draws->months; m++)
            memcpy(first + (size_t)m * SAH_DRAWS, first, SAH_DRAWS * sizeof *first);
    }
    free(room);
    sah_parts_free(&parts);
    return code;
}

void sah_layer_bare(const struct sah_futures *futures, enum sah_panel_kind kind,
                    struct sah_draws *draws) {
    SAH_BUG_IF(futures->n == 0, "no futures to draw from");
    size_t months = (size_t)futures->months, row = futures->n * months;
    for (int cell = 0; cell < SAH_FORECAST_CELLS; cell++)
        for (int m = 0; m < draws->months; m++) {
            float *draw = sah_draws_at(draws, cell, draws->first + m);
            const float *of = futures->deaths[kind] + (size_t)cell * row + (size_t)m;
            for (size_t k = 0; k < SAH_DRAWS; k++)
                draw[k] = of[k * futures->n / SAH_DRAWS * months];
            sah_draws_sort(draw, SAH_DRAWS);
        }
}
