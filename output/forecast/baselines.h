/* Forecasts that use nothing but the past of the list: what others are measured by. */
#ifndef SAH_OUTPUT_FORECAST_BASELINES_H
#define SAH_OUTPUT_FORECAST_BASELINES_H
#include "output/forecast/draws.h"

struct sah_baseline {
    const char *name, *doc;
    /* Values of a cell that the future is as likely as; `room` holds them. */
    size_t (*values)(const struct sah_panel *past, enum sah_panel_kind kind, int cell,
                     int until, float *room);
    void (*spread)(float *draw, float *value, size_t n);
};
extern const struct sah_baseline sah_baselines[]; /* ends without name */
enum { SAH_BASELINE_BACK = 36 };                  /* months that they need */

/* `until` is the last month known. Every month of the window gets the same draws. */
int sah_baseline_draw(const struct sah_baseline *baseline, const struct sah_panel *past,
                      enum sah_panel_kind kind, int until, struct sah_draws *draws,
                      struct sah_error *err);

#endif
