/* The ground that facts stand on: which cells of PRIO-GRID count for which country, how
 * far a cell's centre lies from a land border and from a capital, and where central Mali
 * is. */
#ifndef SAH_OUTPUT_FACTS_GROUND_H
#define SAH_OUTPUT_FACTS_GROUND_H
#include "sim/kernel/geography.h"

enum sah_fact_state { SAH_MLI, SAH_BFA, SAH_NER, SAH_FACT_STATES };
extern const char *const sah_fact_iso3[SAH_FACT_STATES];
extern const char *const sah_fact_state_names[SAH_FACT_STATES];
int sah_fact_country(const char *name); /* by either; or -1 */

/* A row of cells from west to east that lie for the most part in one country. */
struct sah_fact_strip {
    int row, first, last, country; /* row and columns of PRIO-GRID, from 0 */
};
extern const struct sah_fact_strip sah_fact_strips[];
extern const size_t sah_fact_nstrips;

/* The cells west of 11 E, numbered from the south-west. */
enum { SAH_FACT_CELLS = 762, SAH_FACT_GIDS = 360 * 720 };
int sah_fact_cell(int32_t gid);      /* its number, or -1 */
int32_t sah_fact_gid(int cell);      /* the reverse */
int sah_fact_cell_country(int cell); /* enum sah_fact_state */
/* Numbers of the queen's neighbours among the cells. */
int sah_fact_neighbours(int cell, int out[static 8]);
double sah_fact_gid_lon(int32_t gid); /* of the centre */
double sah_fact_gid_lat(int32_t gid);

/* Distances are found when first asked for. */
struct sah_fact_ground {
    const struct sah_geography *geo; /* lent */
    float *border_km;                /* [SAH_FACT_GIDS + 1] by gid, below 0: not yet */
};
int sah_fact_ground_open(struct sah_fact_ground *ground,
                         const struct sah_geography *geo, struct sah_error *err);
void sah_fact_ground_close(struct sah_fact_ground *ground);
float sah_fact_border_km(struct sah_fact_ground *ground, int32_t gid); /* or NAN */
/* Of the cell's own country; of `country` for a cell beyond those above. */
float sah_fact_capital_km(const struct sah_fact_ground *ground, int32_t gid,
                          int country);
bool sah_fact_is_central(const struct sah_fact_ground *ground, double lon, double lat);

#endif
