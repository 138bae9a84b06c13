/* Frequencies of months with deaths, and how many deaths these have.
 *
 *   often_own(c)  = sum over known months of 2^(-age / half_life) [deaths > 0],
 *                   over the sum of the weights
 *   often_near    its mean over the neighbours; often_around that over all other cells,
 *                 weighted with e^(-km / 100); often_country the mean of the country
 *
 * Sizes are those of the cell's own months (own_fast, own_slow, simulated), or those of all
 * known cells and months with deaths, each as likely. */
#include "output/forecast/parts.h"

#include "sim/kernel/sphere.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KM_PER_DEGREE (SAH_EARTH_RADIUS_KM * 0.017453292519943295)
static const double FAST = 6, SLOW = 24, MIDDLE = 12; /* half-lives in months */
static const double AROUND_KM = 100, SIMULATED_KM = 50;

const struct sah_layer_doc sah_layer_parts[SAH_LAYER_PARTS] = {
    [SAH_OWN_FAST] = {"own_fast", "The cell's own months, half-life 6 months", false},
    [SAH_OWN_SLOW] = {"own_slow", "The same, 24 months", false},
    [SAH_OWN_SIZED] = {"own_sized",
                       "How often in the cell, 12 months; sizes of all cells", false},
    [SAH_NEAR_FAST] = {"near_fast",
                       "How often in its neighbours, 6 months; sizes of all", false},
    [SAH_NEAR_SLOW] = {"near_slow", "The same, 24 months", false},
    [SAH_AROUND] = {"around",
                    "How often around, e-fold 100 km, 12 months; sizes of all", false},
    [SAH_COUNTRY] = {"country", "How often in its country, 12 months; sizes of all",
                     false},
    [SAH_SIMULATED] = {"simulated", "The cell's months in simulated futures", true},
    [SAH_SIMULATED_NEAR] = {"simulated_near",
                            "How often there and around, e-fold 50 km; sizes of all "
                            "cells",
                            true},
    [SAH_QUIET] = {"quiet", "No deaths", false},
};

/* ---- how often --------------------------------------------------------------------- */

static double weight_of(const struct sah_parts *p, int month, double half_life) {
    return exp2(-(p->window.until - month) / half_life);
}

static double own(const struct sah_parts *p, int cell, double half_life) {
    const float *row = sah_panel_row(p->panel, p->kind, cell, p->panel->first);
    double sum = 0, all = 0;
    for (int month = p->panel->first; month <= p->window.until; month++) {
        double weight = weight_of(p, month, half_life);
        all += weight;
        if (row[month - p->panel->first] > 0) sum += weight;
    }
    return sum / all;
}

static double near_mean(const double *often, int cell) {
    int near[SAH_FORECAST_NEAR], n = sah_forecast_near(cell, near);
    double sum = 0;
    for (int k = 0; k < n; k++) sum += often[near[k]];
    return n ? sum / n : 0;
}

/* Between two cells some hundred kilometres apart: the earth is flat enough. */
static double km_between(const struct sah_place *a, const struct sah_place *b) {
    double narrow = (a->narrow + b->narrow) / 2;
    return hypot(a->lat - b->lat, (a->lon - b->lon) * narrow) * KM_PER_DEGREE;
}

/* Weighted with e^(-km / fold) up to eight folds; the cell itself only where `self`. */
static double around_mean(const struct sah_parts *p, const double *often, int cell,
                          double fold_km, bool self) {
    double sum = 0, all = 0;
    for (int c = 0; c < SAH_FORECAST_CELLS; c++) {
        if (c == cell && !self) continue;
        double km = km_between(&p->place[cell], &p->place[c]);
        if (km > 8 * fold_km) continue;
        double weight = exp(-km / fold_km);
        all += weight;
        sum += weight * often[c];
    }
    return sum / all;
}

static void count_countries(const double *often, double *out) {
    double sum[SAH_FACT_STATES] = {0};
    int n[SAH_FACT_STATES] = {0};
    for (int c = 0; c < SAH_FORECAST_CELLS; c++) {
        sum[sah_forecast_country(c)] += often[c];
        n[sah_forecast_country(c)]++;
    }
    for (int c = 0; c < SAH_FORECAST_CELLS; c++)
        out[c] = sum[sah_forecast_country(c)] / n[sah_forecast_country(c)];
}

static const float *futures_of(const struct sah_parts *p, int cell, size_t *n) {
    const struct sah_futures *f = p->window.futures;
    *n = f ? f->n * (size_t)f->months : 0;
    return *n ? f->deaths[p->kind] + (size_t)cell * *n : NULL;
}

static double simulated(const struct sah_parts *p, int cell) {
    size_t n, deadly = 0;
    const float *value = futures_of(p, cell, &n);
    for (size_t i = 0; i < n; i++) deadly += value[i] > 0;
    return n ? (double)deadly / (double)n : 0;
}

static void find_places(struct sah_parts *p) {
    for (int c = 0; c < SAH_FORECAST_CELLS; c++) {
        int32_t gid = sah_forecast_gid(c);
        double lat = sah_fact_gid_lat(gid);
        p->place[c] =
            (struct sah_place){sah_fact_gid_lon(gid), lat, sah_cos(sah_radians(lat))};
    }
}

static void count(struct sah_parts *p) {
    find_places(p);
    for (int c = 0; c < SAH_FORECAST_CELLS; c++) {
        p->often[SAH_OWN_FAST][c] = own(p, c, FAST);
        p->often[SAH_OWN_SLOW][c] = own(p, c, SLOW);
        p->often[SAH_OWN_SIZED][c] = own(p, c, MIDDLE);
        p->often[SAH_SIMULATED][c] = simulated(p, c);
    }
    for (int c = 0; c < SAH_FORECAST_CELLS; c++) {
        p->often[SAH_NEAR_FAST][c] = near_mean(p->often[SAH_OWN_FAST], c);
        p->often[SAH_NEAR_SLOW][c] = near_mean(p->often[SAH_OWN_SLOW], c);
        p->often[SAH_AROUND][c] =
            around_mean(p, p->often[SAH_OWN_SIZED], c, AROUND_KM, false);
        if (p->window.futures)
            p->often[SAH_SIMULATED_NEAR][c] =
                around_mean(p, p->often[SAH_SIMULATED], c, SIMULATED_KM, true);
    }
    count_countries(p->often[SAH_OWN_SIZED], p->often[SAH_COUNTRY]);
}

/* ---- how many ---------------------------------------------------------------------- */

static int collect_sizes(struct sah_parts *p, struct sah_error *err) {
    int known = p->window.until - p->panel->first + 1;
    p->size = calloc((size_t)SAH_FORECAST_CELLS * (size_t)known + 1, sizeof *p->size);
    if (!p->size) return sah_error_add(err, SAH_MEMORY, "no memory for sizes");
    for (int c = 0; c < SAH_FORECAST_CELLS; c++) {
        const float *row = sah_panel_row(p->panel, p->kind, c, p->panel->first);
        for (int m = 0; m < known; m++)
            if (row[m] > 0) p->size[p->nsizes++] = row[m];
    }
    if (!p->nsizes) p->size[p->nsizes++] = 1;
    sah_draws_sort(p->size, p->nsizes);
    for (size_t i = 0; i < p->nsizes; i++)
        p->size_bin[sah_score_bin((double)p->size[i])] += 1.0 / (double)p->nsizes;
    return SAH_OK;
}

int sah_parts_make(struct sah_parts *parts, const struct sah_panel *panel,
                   enum sah_panel_kind kind, const struct sah_window *window,
                   struct sah_error *err) {
    *parts = (struct sah_parts){.panel = panel, .kind = kind, .window = *window};
    if (window->until < panel->first || window->until >= panel->first + panel->months)
        return sah_error_add(err, SAH_INPUT, "the list does not reach back far enough");
    count(parts);
    return collect_sizes(parts, err);
}

void sah_parts_free(struct sah_parts *parts) {
    free(parts->size);
    parts->size = NULL;
}

/* ---- laws -------------------------------------------------------------------------- */

size_t sah_parts_most(const struct sah_parts *parts) {
    int months = parts->window.until - parts->panel->first + 1;
    size_t futures;
    futures_of(parts, 0, &futures);
    return 1 + (size_t)months + parts->nsizes + futures;
}

static size_t own_law(const struct sah_parts *p, int cell, double half_life,
                      struct sah_part_value *value) {
    const float *row = sah_panel_row(p->panel, p->kind, cell, p->panel->first);
    double all = 0;
    size_t n = 0;
    for (int month = p->panel->first; month <= p->window.until; month++) {
        double weight = weight_of(p, month, half_life);
        all += weight;
        value[n++] = (struct sah_part_value){row[month - p->panel->first], weight};
    }
    for (size_t i = 0; i < n; i++) value[i].weight /= all;
    return n;
}

static size_t futures_law(const struct sah_parts *p, int cell,
                          struct sah_part_value *value) {
    size_t n;
    const float *of = futures_of(p, cell, &n);
    for (size_t i = 0; i < n; i++)
        value[i] = (struct sah_part_value){of[i], 1.0 / (double)n};
    return n;
}

static size_t sized_law(const struct sah_parts *p, double often,
                        struct sah_part_value *value) {
    value[0] = (struct sah_part_value){0, 1 - often};
    for (size_t i = 0; i < p->nsizes; i++)
        value[i + 1] = (struct sah_part_value){p->size[i], often / (double)p->nsizes};
    return p->nsizes + 1;
}

size_t sah_parts_law(const struct sah_parts *parts, enum sah_layer_part part, int cell,
                     struct sah_part_value *value) {
    switch (part) {
    case SAH_OWN_FAST:
        return own_law(parts, cell, FAST, value);
    case SAH_OWN_SLOW:
        return own_law(parts, cell, SLOW, value);
    case SAH_SIMULATED:
        return futures_law(parts, cell, value);
    case SAH_QUIET:
        value[0] = (struct sah_part_value){0, 1};
        return 1;
    default:
        return sized_law(parts, parts->often[part][cell], value);
    }
}

static bool is_sized(enum sah_layer_part part) {
    return part != SAH_OWN_FAST && part != SAH_OWN_SLOW && part != SAH_SIMULATED &&
           part != SAH_QUIET;
}

/* As the law says; the sizes of all cells are in their bins already. */
void sah_parts_bins(const struct sah_parts *parts, enum sah_layer_part part, int cell,
                    struct sah_part_value *room, double bin[static SAH_SCORE_BINS]) {
    memset(bin, 0, SAH_SCORE_BINS * sizeof *bin);
    if (is_sized(part)) {
        double often = parts->often[part][cell];
        for (int b = 0; b < SAH_SCORE_BINS; b++) bin[b] = often * parts->size_bin[b];
        bin[0] += 1 - often;
        return;
    }
    size_t n = sah_parts_law(parts, part, cell, room);
    for (size_t i = 0; i < n; i++)
        bin[sah_score_bin((double)room[i].value)] += room[i].weight;
}
