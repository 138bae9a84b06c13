/* The table of baselines, after Hegre et al. (2025): all zeros, the last month with
 * Poisson draws around it, and "conflictology", the months before drawn again: the cell's
 * own, those of the cell and its eight neighbours, half of each.
 *
 * The draws are quantiles, not chance: a sample without its noise. */
#include "output/forecast/baselines.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>
#include <string.h>

enum {
    YEAR = 12,
    CELLS = SAH_FORECAST_NEAR + 1,
    MOST_VALUES = 2 * YEAR * CELLS,
};

static size_t none(const struct sah_panel *past, enum sah_panel_kind kind, int cell,
                   int until, float *room) {
    (void)past, (void)kind, (void)cell, (void)until;
    room[0] = 0;
    return 1;
}

/* The last n months of a cell. */
static size_t own(const struct sah_panel *past, enum sah_panel_kind kind, int cell,
                  int until, size_t n, float *room) {
    const float *row = sah_panel_row(past, kind, cell, until - (int)n + 1);
    memcpy(room, row, n * sizeof *room);
    return n;
}

static size_t last(const struct sah_panel *past, enum sah_panel_kind kind, int cell,
                   int until, float *room) {
    return own(past, kind, cell, until, 1, room);
}

static size_t own_year(const struct sah_panel *past, enum sah_panel_kind kind, int cell,
                       int until, float *room) {
    return own(past, kind, cell, until, YEAR, room);
}

static size_t own_years(const struct sah_panel *past, enum sah_panel_kind kind,
                        int cell, int until, float *room) {
    return own(past, kind, cell, until, SAH_BASELINE_BACK, room);
}

static size_t around(const struct sah_panel *past, enum sah_panel_kind kind, int cell,
                     int until, float *room) {
    int near[SAH_FORECAST_NEAR], nnear = sah_forecast_near(cell, near);
    size_t n = own_year(past, kind, cell, until, room);
    for (int k = 0; k < nnear; k++) n += own_year(past, kind, near[k], until, room + n);
    return n;
}

/* The own months as often as all of the neighbourhood together. */
static size_t half(const struct sah_panel *past, enum sah_panel_kind kind, int cell,
                   int until, float *room) {
    size_t n = around(past, kind, cell, until, room), cells = n / YEAR;
    for (size_t k = 0; k < cells; k++) n += own_year(past, kind, cell, until, room + n);
    return n;
}

/* Quantiles of the Poisson law with the one value as its mean. Others sort what they get.
 */
/* NOLINTNEXTLINE(readability-non-const-parameter) */
static void spread_poisson(float *draw, float *value, size_t n) {
    double mean = (double)value[0];
    unsigned k = 0;
    SAH_BUG_IF(n != 1, "the last month is one value");
    for (size_t i = 0; i < SAH_DRAWS; i++) {
        double share = ((double)i + 0.5) / SAH_DRAWS;
        while (mean > 0 && gsl_cdf_poisson_P(k, mean) < share) k++;
        draw[i] = (float)k;
    }
}

const struct sah_baseline sah_baselines[] = {
    {"zero", "No deaths anywhere", none, sah_draws_spread},
    {"last", "Poisson around the last month known", last, spread_poisson},
    {"own_12", "The cell's own last 12 months", own_year, sah_draws_spread},
    {"own_36", "The cell's own last 36 months", own_years, sah_draws_spread},
    {"near_12", "Last 12 months of the cell and its 8 neighbours", around,
     sah_draws_spread},
    {"half_12", "Half own_12, half near_12", half, sah_draws_spread},
    {0},
};

int sah_baseline_draw(const struct sah_baseline *baseline, const struct sah_panel *past,
                      enum sah_panel_kind kind, int until, struct sah_draws *draws,
                      struct sah_error *err) {
    float room[MOST_VALUES];
    if (until - SAH_BASELINE_BACK + 1 < past->first ||
        until >= past->first + past->months)
        return sah_error_add(err, SAH_INPUT,
                             "the list must reach back %d months before the forecast",
                             SAH_BASELINE_BACK);
    for (int cell = 0; cell < SAH_FORECAST_CELLS; cell++) {
        float *first = sah_draws_at(draws, cell, draws->first);
        size_t n = baseline->values(past, kind, cell, until, room);
        baseline->spread(first, room, n);
        for (int m = 1; m < draws->months; m++)
            memcpy(first + (size_t)m * SAH_DRAWS, first, SAH_DRAWS * sizeof *first);
    }
    return SAH_OK;
}
