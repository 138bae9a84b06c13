/* The cells that are forecast: those of PRIO-GRID that lie for the most part in Mali,
 * Burkina Faso or Niger, 916 in all. Those west of 11 E are the cells of the facts
 * (output/facts/ground.h), with the same numbers; those of eastern Niger follow. */
#ifndef SAH_OUTPUT_FORECAST_CELLS_H
#define SAH_OUTPUT_FORECAST_CELLS_H
#include <stdint.h>

enum { SAH_FORECAST_CELLS = 916, SAH_FORECAST_NEAR = 8 };

int sah_forecast_cell(int32_t gid); /* its number, or -1 */
int32_t sah_forecast_gid(int cell);
int sah_forecast_country(int cell); /* enum sah_fact_state */
/* Numbers of the queen's neighbours among the cells. */
int sah_forecast_near(int cell, int out[static SAH_FORECAST_NEAR]);

#endif
