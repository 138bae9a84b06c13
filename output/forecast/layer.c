/* Weights by Newton's method on the inside of the simplex, and draws from the mixture.
 *
 * With l_ip the chance that part p gave to the bin of what came in cell and month i,
 *
 *   maximise  sum over i of log (sum over p of w_p l_ip) + sum over p of log w_p
 *
 * on sum w = 1, which is concave. Chances get one draw in each bin, as the score has it. */
#include "output/forecast/layer.h"

#include "output/forecast/parts.h"

#include <float.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 100 };

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

/* ---- the maximum ------------------------------------------------------------------- */

struct newton {
    gsl_matrix *kkt;
    gsl_vector *slope, *step;
    gsl_permutation *order;
};

static double likelihood(const struct rows *rows, const double *weight) {
    double sum = 0;
    for (size_t i = 0; i < rows->n; i++) {
        double chance = 0;
        for (size_t p = 0; p < rows->np; p++)
            chance += weight[p] * rows->chance[i * rows->np + p];
        sum += log(fmax(chance, DBL_MIN));
    }
    return sum;
}

static void fill(struct newton *at, const struct rows *rows, const double *weight) {
    size_t np = rows->np;
    gsl_matrix_set_zero(at->kkt);
    gsl_vector_set_zero(at->slope);
    double *h = at->kkt->data, *g = at->slope->data;
    size_t stride = at->kkt->tda;
    for (size_t i = 0; i < rows->n; i++) {
        const double *row = rows->chance + i * np;
        double chance = 0;
        for (size_t p = 0; p < np; p++) chance += weight[p] * row[p];
        for (size_t p = 0; p < np; p++) {
            g[p] += row[p] / chance;
            for (size_t q = 0; q < np; q++)
                h[p * stride + q] += row[p] * row[q] / (chance * chance);
        }
    }
    for (size_t p = 0; p < np; p++) {
        g[p] += 1 / weight[p];
        h[p * stride + p] += 1 / (weight[p] * weight[p]);
        h[p * stride + np] = h[np * stride + p] = 1;
    }
}

/* Moves inwards of the borders; tells how far. */
static double move(const struct newton *at, size_t np, double *weight) {
    double length = 1, most = 0;
    for (size_t p = 0; p < np; p++) {
        double step = gsl_vector_get(at->step, p);
        if (step < 0) length = fmin(length, -0.9 * weight[p] / step);
    }
    for (size_t p = 0; p < np; p++) {
        double step = length * gsl_vector_get(at->step, p);
        weight[p] += step;
        most = fmax(most, fabs(step));
    }
    return most;
}

static int maximise(const struct rows *rows, double *weight, struct sah_error *err) {
    size_t np = rows->np;
    struct newton at = {gsl_matrix_alloc(np + 1, np + 1), gsl_vector_alloc(np + 1),
                        gsl_vector_alloc(np + 1), gsl_permutation_alloc(np + 1)};
    bool good = at.kkt && at.slope && at.step && at.order;
    for (size_t p = 0; p < np; p++) weight[p] = 1 / (double)np;
    for (int k = 0; good && k < MOST_STEPS; k++) {
        int sign;
        fill(&at, rows, weight);
        good = gsl_linalg_LU_decomp(at.kkt, at.order, &sign) == 0 &&
               gsl_linalg_LU_solve(at.kkt, at.order, at.slope, at.step) == 0;
        if (good && move(&at, np, weight) < 1e-7) break;
    }
    gsl_matrix_free(at.kkt);
    gsl_vector_free(at.slope);
    gsl_vector_free(at.step);
    gsl_permutation_free(at.order);
    return good ? SAH_OK : sah_error_add(err, SAH_MEMORY, "no memory for a fit");
}

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
    if (!code) code = maximise(&rows, weight, err);
    memset(layer->weight, 0, sizeof layer->weight);
    for (size_t p = 0; !code && p < rows.np; p++)
        layer->weight[rows.part[p]] = weight[p];
    layer->n = rows.n;
    if (!code) layer->bits = -likelihood(&rows, weight) / ((double)rows.n * log(2));
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
