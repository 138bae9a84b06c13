/* The statistical layer: a mixture of what history and what simulated futures say of a
 * cell, with weights fitted to months that are known.
 *
 * Every part is a law of deaths of a cell and month; the forecast is
 *
 *   P(deaths = d | cell) = sum over parts p of w_p P_p(d | cell),   w_p > 0, sum of w_p 1
 *
 * Weights are the most likely ones for the bins (score.h) of what came in all cells and
 * months of earlier windows, each seen from its own last known month (mixture.h). */
#ifndef SAH_OUTPUT_FORECAST_LAYER_H
#define SAH_OUTPUT_FORECAST_LAYER_H
#include "output/forecast/draws.h"
#include "output/forecast/futures.h"

enum sah_layer_part {
    SAH_OWN_FAST,
    SAH_OWN_SLOW,
    SAH_OWN_SIZED,
    SAH_NEAR_FAST,
    SAH_NEAR_SLOW,
    SAH_AROUND,
    SAH_COUNTRY,
    SAH_SIMULATED,
    SAH_SIMULATED_NEAR,
    SAH_QUIET,
    SAH_LAYER_PARTS
};
struct sah_layer_doc {
    const char *name, *doc;
    bool simulated;
};
extern const struct sah_layer_doc sah_layer_parts[SAH_LAYER_PARTS];

/* A window seen from a month. */
struct sah_window {
    int until, first, months;          /* the last month known; the window */
    const struct sah_futures *futures; /* of the window; NULL: none */
};

struct sah_layer {
    bool use[SAH_LAYER_PARTS]; /* filled by the caller */
    double weight[SAH_LAYER_PARTS];
    double bits; /* mean ignorance where it was fitted */
    size_t n;    /* cells and months of it */
};
/* To the months of the windows up to `last`. */
int sah_layer_fit(struct sah_layer *layer, const struct sah_panel *panel,
                  enum sah_panel_kind kind, const struct sah_window *window,
                  size_t nwindows, int last, struct sah_error *err);
int sah_layer_draw(const struct sah_layer *layer, const struct sah_panel *panel,
                   enum sah_panel_kind kind, const struct sah_window *window,
                   struct sah_draws *draws, struct sah_error *err);
/* Futures as they are, without a layer: of each month its own. */
void sah_layer_bare(const struct sah_futures *futures, enum sah_panel_kind kind,
                    struct sah_draws *draws);

#endif
