/* sahel forecast: the layer is fitted, draws are made, scored and written. */
#include "sim/cli/forecast.h"

#include "output/disk.h"
#include "output/forecast/reliability.h"

#include <stdlib.h>
#include <string.h>

/* What is scored beside the baselines: which parts of the layer each may use. */
enum { BARE, HISTORY, SIMULATED, FORECAST, VARIANTS };
static const char *const names[VARIANTS] = {"simulated", "history", "simulated_layer",
                                            "forecast"};

struct work {
    const struct sah_forecast_call *call;
    const struct sah_panel *panel;
    const struct sah_forecast_windows *windows;
    struct sah_forecast_scores *scores;
    struct sah_draws *draws; /* [kinds], of the forecast */
    struct sah_draws room;   /* of the others */
    struct sah_window window[SAH_FORECAST_WINDOWS];
    struct sah_reliability *reliability; /* [kinds][models], those that are drawn */
    struct sah_layer layer[SAH_PANEL_KINDS][VARIANTS];
    bool past; /* what came is known */
};

static struct sah_layer layer_of(int variant) {
    struct sah_layer layer = {0};
    for (int p = 0; p < SAH_LAYER_PARTS; p++) {
        bool both = p == SAH_COUNTRY || p == SAH_QUIET;
        bool simulated = sah_layer_parts[p].simulated;
        layer.use[p] =
            both || variant == FORECAST || simulated == (variant == SIMULATED);
    }
    return layer;
}

static int draw(const struct work *w, enum sah_panel_kind kind, int variant,
                struct sah_layer *layer, struct sah_draws *draws,
                struct sah_error *err) {
    size_t target = w->windows->n - 1;
    if (variant == BARE) {
        sah_layer_bare(&w->windows->futures[target], kind, draws);
        return SAH_OK;
    }
    *layer = layer_of(variant);
    int code = sah_layer_fit(layer, w->panel, kind, w->window, target,
                             sah_month_of(w->call->fit_until), err);
    return code ? code
                : sah_layer_draw(layer, w->panel, kind, &w->window[target], draws, err);
}

static int do_kind(struct work *w, enum sah_panel_kind kind, struct sah_error *err) {
    int code = SAH_OK;
    for (int v = 0; !code && v < VARIANTS; v++) {
        struct sah_draws *draws = v == FORECAST ? &w->draws[kind] : &w->room;
        code = draw(w, kind, v, &w->layer[kind][v], draws, err);
        if (code || !w->past) continue;
        sah_tally_score(draws, w->panel, kind, names[v],
                        &w->scores->tally[kind][w->scores->n[kind]++]);
        sah_reliability_count(draws, w->panel, kind, names[v],
                              &w->reliability[(int)kind * VARIANTS + v]);
    }
    return code;
}

/* ---- files ------------------------------------------------------------------------- */

static void put_weights(const struct work *w, FILE *out) {
    fputs("kind,model,part,weight,what\n", out);
    for (int k = 0; k < SAH_PANEL_KINDS; k++)
        for (int v = HISTORY; v < VARIANTS; v++)
            for (int p = 0; p < SAH_LAYER_PARTS; p++)
                if (w->layer[k][v].use[p])
                    fprintf(out, "%s,%s,%s,%.6f,\"%s\"\n", sah_panel_names[k], names[v],
                            sah_layer_parts[p].name, w->layer[k][v].weight[p],
                            sah_layer_parts[p].doc);
}

static int save_weights(const struct work *w, struct sah_error *err) {
    char *path = sah_forecast_file(w->call, "weights.csv"), *text = NULL;
    size_t length = 0;
    FILE *out = path ? open_memstream(&text, &length) : NULL;
    if (out) {
        put_weights(w, out);
        fclose(out);
    }
    int code = text ? sah_disk_save(path, text, length, err)
                    : sah_error_add(err, SAH_MEMORY, "no memory for weights");
    free(text);
    free(path);
    return code;
}

static int save_draws(const struct work *w, struct sah_error *err) {
    static const char *const tables[SAH_PANEL_KINDS] = {"draws-state-based.csv",
                                                        "draws-all.csv"};
    char *path = sah_forecast_file(w->call, "draws.h5");
    int code = path ? sah_draws_write(w->draws, path, err)
                    : sah_error_add(err, SAH_MEMORY, "no memory for a path");
    free(path);
    for (int k = 0; !code && w->call->draws_csv && k < SAH_PANEL_KINDS; k++) {
        path = sah_forecast_file(w->call, tables[k]);
        code = path ? sah_draws_csv(&w->draws[k], path, err)
                    : sah_error_add(err, SAH_MEMORY, "no memory for a path");
        free(path);
    }
    return code;
}

static int save_reliability(const struct work *w, struct sah_error *err) {
    char *path = sah_forecast_file(w->call, "reliability.png");
    if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    const struct sah_picture picture = {
        .path = path, .dpi = 200, .force = w->call->common.force};
    char title[96];
    snprintf(title, sizeof title, "Forecast of %ld", w->call->year);
    int code = sah_reliability_draw(w->reliability, SAH_PANEL_KINDS, VARIANTS, title,
                                    &picture, err);
    free(path);
    return code;
}

static int do_all(struct work *w, struct sah_error *err) {
    int code = SAH_OK;
    for (int kind = 0; !code && kind < SAH_PANEL_KINDS; kind++)
        code = do_kind(w, (enum sah_panel_kind)kind, err);
    if (!code) code = save_weights(w, err);
    if (!code && w->past) code = save_reliability(w, err);
    return code ? code : save_draws(w, err);
}

int sah_forecast_draw(const struct sah_forecast_call *call,
                      const struct sah_panel *panel,
                      const struct sah_forecast_windows *windows,
                      struct sah_forecast_scores *scores, struct sah_error *err) {
    struct sah_draws draws[SAH_PANEL_KINDS] = {0};
    struct sah_reliability reliability[SAH_PANEL_KINDS * VARIANTS] = {0};
    struct work w = {.call = call,
                     .panel = panel,
                     .windows = windows,
                     .scores = scores,
                     .draws = draws,
                     .reliability = reliability,
                     .past = sah_forecast_is_past(call, panel)};
    int first = sah_month_id((int)call->year, 1), code = SAH_OK;
    for (size_t i = 0; i < windows->n; i++) {
        w.window[i] = sah_forecast_window(call, windows->year[i]);
        w.window[i].futures = &windows->futures[i];
    }
    for (int k = 0; !code && k < SAH_PANEL_KINDS; k++)
        code = sah_draws_open(&draws[k], first, SAH_FORECAST_MONTHS, err);
    if (!code) code = sah_draws_open(&w.room, first, SAH_FORECAST_MONTHS, err);
    if (!code) code = do_all(&w, err);
    for (int k = 0; k < SAH_PANEL_KINDS; k++) sah_draws_close(&draws[k]);
    sah_draws_close(&w.room);
    return code;
}
