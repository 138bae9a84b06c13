/* sahel forecast: what it was asked, and its parts. */
#ifndef SAH_CLI_FORECAST_H
#define SAH_CLI_FORECAST_H
#include "output/forecast/layer.h"
#include "output/forecast/tally.h"
#include "sim/cli/options.h"

enum { SAH_FORECAST_MONTHS = 12, SAH_FORECAST_MODELS = 16, SAH_FORECAST_WINDOWS = 64 };

struct sah_forecast_call {
    struct sah_options common; /* argument[0] is the scenario */
    const char *events, *folder;
    char *command;
    long year; /* the window */
    long futures, hindcasts, pasts, jobs, seed;
    int32_t until, fit_until; /* SAH_NO_DAY: not given, until all is parsed */
    bool baselines, draws_csv;
};

/* The last day known before the window of a year: `until`, as many years earlier. */
int32_t sah_forecast_eve(const struct sah_forecast_call *call, int year);
/* The window of a year. */
struct sah_window sah_forecast_window(const struct sah_forecast_call *call, int year);
char *sah_forecast_file(const struct sah_forecast_call *call, const char *name);

/* Scores so far, of both kinds. */
struct sah_forecast_scores {
    struct sah_tally tally[SAH_PANEL_KINDS][SAH_FORECAST_MODELS];
    size_t n[SAH_PANEL_KINDS];
};
/* Does the list hold the window? */
bool sah_forecast_is_past(const struct sah_forecast_call *call,
                          const struct sah_panel *panel);
int sah_forecast_baselines(const struct sah_forecast_call *call,
                           const struct sah_panel *panel,
                           struct sah_forecast_scores *scores, struct sah_error *err);

/* The windows: that of the call last, those that its layer is fitted to before. */
struct sah_forecast_windows {
    size_t n;
    int year[SAH_FORECAST_WINDOWS];
    struct sah_futures futures[SAH_FORECAST_WINDOWS];
};
void sah_forecast_windows_free(struct sah_forecast_windows *windows);
/* Simulates what is missing and reads all of it (forecast_futures.c). An exit status. */
int sah_forecast_simulate(const struct sah_forecast_call *call,
                          const struct sah_facts_view *view,
                          struct sah_forecast_windows *windows);
/* Fits, draws, scores and writes (forecast_layer.c). */
int sah_forecast_draw(const struct sah_forecast_call *call,
                      const struct sah_panel *panel,
                      const struct sah_forecast_windows *windows,
                      struct sah_forecast_scores *scores, struct sah_error *err);

#endif
