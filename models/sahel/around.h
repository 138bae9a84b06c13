/* Around a cell: who is felt from where, and who meets whom, whatever the size of cells.
 *
 * Two laws of distance, as weights of the cells around:
 *
 *   felt   e^(-km/20), up to 60 km      how fighters, soldiers, deaths are felt
 *   met    1 up to 41 km, 0 beyond      who may come upon whom within a day
 *
 * A cell wider than a quarter degree is looked at as parts of a quarter degree: its
 * weight is the mean over all pairs of parts of both cells. So what a place feels per
 * square km, and how many it meets, stays the same on coarse grids. Distances assumed:
 * a ride of an hour or two (facts 1.3). */
#ifndef SAHEL_AROUND_H
#define SAHEL_AROUND_H
#include "sim/sah.h"

struct sahel_around { /* the cells around those of one row, their own cell first */
    int32_t n;
    int32_t *drow, *dcol;
    float *weight; /* 0 .. 1 */
};

/* Fills felt[nlat] and met[nlat]; on failure (SAH_MEMORY) sah_around_free is due too. */
int sah_around_make(const struct sah_grid *grid, struct sahel_around *felt,
                    struct sahel_around *met, struct sah_error *err);
void sah_around_free(struct sahel_around *rows, int nlat); /* NULL is fine */

/* The k-th cell around `cell`, by the table of its row; SAH_NOWHERE beyond the box. */
static inline int32_t sahel_beside(const struct sah_grid *grid,
                                   const struct sahel_around *around, int32_t cell,
                                   int32_t k) {
    int32_t row = cell / grid->nlon + around->drow[k];
    int32_t column = cell % grid->nlon + around->dcol[k];
    bool inside = row >= 0 && row < grid->nlat && column >= 0 && column < grid->nlon;
    return inside ? row * grid->nlon + column : SAH_NOWHERE;
}
#endif
