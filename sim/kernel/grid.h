/* The regular longitude/latitude grid of a run.
 *
 * Cells are numbered row by row from the south-west: cell = row * nlon + column. A cell
 * owns its southern and western edges; the eastern and northern edge of the box lie
 * outside. Distances are those of sphere.h.
 *
 * A plain grid lies nowhere on the globe: a torus of columns and rows whose cells have a
 * side of 1. Longitude and latitude are then columns and rows; areas and distances in km
 * have no meaning. */
#ifndef SAH_GRID_H
#define SAH_GRID_H
#include "sim/kernel/error.h"
#include "sim/kernel/sphere.h"

#include <stdbool.h>
#include <stdint.h>

struct sah_grid {
    double west, south, east, north; /* degrees */
    double cell_deg;                 /* 0.05 to 1 */
    int nlon, nlat;
    int32_t ncells;
    double *squares; /* sah_grid_hasten; NULL: not yet */
    bool plain;
};

/* Does the box lie on the globe, its edges in order? */
int sah_grid_check_box(double west, double south, double east, double north,
                       struct sah_error *err);
/* The box must hold a whole number of cells in each direction. */
int sah_grid_init(struct sah_grid *grid, double west, double south, double east,
                  double north, double cell_deg, struct sah_error *err);

/* A plain grid; both numbers are 1 to SAH_GRID_SIDE. */
enum { SAH_GRID_SIDE = 32768 };
int sah_grid_init_plain(struct sah_grid *grid, int64_t columns, int64_t rows,
                        struct sah_error *err);

int32_t sah_grid_cell(const struct sah_grid *grid, double lon, double lat); /* or -1 */
double sah_grid_lon(const struct sah_grid *grid, int32_t cell); /* centre, degrees */
double sah_grid_lat(const struct sah_grid *grid, int32_t cell);
double sah_grid_area_km2(const struct sah_grid *grid, int32_t cell);
double sah_grid_distance_km(const struct sah_grid *grid, int32_t a, int32_t b);

/* A quick look at distance: the haversine (sine squared of half the angle) of two cells,
 * a little too small, and that of so many km, a little too large. If the first is above
 * the second, the cells are farther apart for sure. Before sah_grid_hasten it is 0. */
double sah_grid_haversine(const struct sah_grid *grid, int32_t a, int32_t b);
double sah_haversine_within(double km);
/* Keeps the sines and cosines that distances between cells are made of; the same up to
 * rounding, in a fourth of the time. sah_grid_free gives the room back. */
int sah_grid_hasten(struct sah_grid *grid, struct sah_error *err);
void sah_grid_free(struct sah_grid *grid);
/* The queen's neighbours inside the box, from the south-west, row by row. */
int sah_grid_neighbours(const struct sah_grid *grid, int32_t cell,
                        int32_t out[static 8]);

/* Walks the cells whose centres lie within a radius >= 0 of a point, in cell order, and
 * the cell around the point itself however small the radius:
 *
 *   struct sah_within w = sah_grid_within(grid, lon, lat, 50.0);
 *   while (sah_within_next(&w)) field[w.cell] += 1.0 - w.km / 50.0;          */
struct sah_within {
    int32_t cell; /* the present cell ... */
    double km;    /* ... and the distance of its centre */
    const struct sah_grid *grid;
    double lon, lat, radius_km;
    int32_t home;
    bool centred; /* the point is the centre of `home` */
    int row, last_row, column, first_column, last_column;
};
struct sah_within sah_grid_within(const struct sah_grid *grid, double lon, double lat,
                                  double radius_km);
bool sah_within_next(struct sah_within *within);

#endif
