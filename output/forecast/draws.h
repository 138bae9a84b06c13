/* A forecast of one kind of deaths: for each cell and month a sample of equally likely
 * draws, sorted. */
#ifndef SAH_OUTPUT_FORECAST_DRAWS_H
#define SAH_OUTPUT_FORECAST_DRAWS_H
#include "output/forecast/panel.h"

#include <stdio.h>

enum {
    SAH_DRAWS = 1000,
    SAH_DRAWS_MONTHS = 120
}; /* draws as of VIEWS; longest window */

struct sah_draws {
    int first, months; /* the window, in months of VIEWS */
    float *draw;       /* [cell][month][SAH_DRAWS] */
};
int sah_draws_open(struct sah_draws *draws, int first, int months,
                   struct sah_error *err);
void sah_draws_close(struct sah_draws *draws);
float *sah_draws_at(const struct sah_draws *draws, int cell, int month);

/* The sample whose draw k is the quantile (k + 1/2) / SAH_DRAWS of n equally likely
 * values; sorts them. */
void sah_draws_spread(float *draw, float *value, size_t n);
void sah_draws_sort(float *value, size_t n);

/* Two files of the same draws, one for each kind, zeros included, cells by gid. The table
 * of VIEWS, comma-separated: month_id, priogrid_gid, draw (from 0), outcome. And arrays
 * `state_based` and `all` over month_id, priogrid_gid and draw, netCDF-4. */
int sah_draws_csv(const struct sah_draws *draws, const char *path,
                  struct sah_error *err);
int sah_draws_write(const struct sah_draws draws[static SAH_PANEL_KINDS],
                    const char *path, struct sah_error *err);

#endif
