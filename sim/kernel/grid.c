/* Cells of the run's grid: numbering, geometry, neighbourhoods. */
#include "sim/kernel/grid.h"

#include <math.h>
#include <stdlib.h>

static const double smallest_deg = 0.05, largest_deg = 1.0;

/* The number of cells that fill `width`, 0 where it is not whole. Decimal sizes such as
 * 0.05 are not exact, hence the tolerance. */
static int whole_cells(double width, double cell_deg) {
    double n = floor(width / cell_deg + 0.5);
    return fabs(n * cell_deg - width) <= 1e-6 * cell_deg ? (int)n : 0;
}

int sah_grid_check_box(double west, double south, double east, double north,
                       struct sah_error *err) {
    if (!(west >= -180.0 && west < east && east <= 180.0))
        return sah_error_add(err, SAH_INPUT,
                             "from %g to %g east: must rise within -180..180", west,
                             east);
    if (!(south >= -90.0 && south < north && north <= 90.0))
        return sah_error_add(err, SAH_INPUT,
                             "from %g to %g north: must rise within -90..90", south,
                             north);
    return SAH_OK;
}

int sah_grid_init(struct sah_grid *grid, double west, double south, double east,
                  double north, double cell_deg, struct sah_error *err) {
    int code = sah_grid_check_box(west, south, east, north, err);
    if (code) return code;
    if (!(cell_deg >= smallest_deg && cell_deg <= largest_deg))
        return sah_error_add(err, SAH_INPUT, "cell size %g: must lie in %g..%g degrees",
                             cell_deg, smallest_deg, largest_deg);
    int nlon = whole_cells(east - west, cell_deg);
    int nlat = whole_cells(north - south, cell_deg);
    if (nlon == 0 || nlat == 0)
        return sah_error_add(err, SAH_INPUT,
                             "%g..%g east, %g..%g north: must hold a whole number of "
                             "cells of %g degrees in each direction",
                             west, east, south, north, cell_deg);
    *grid = (struct sah_grid){.west = west,
                              .south = south,
                              .east = east,
                              .north = north,
                              .cell_deg = cell_deg,
                              .nlon = nlon,
                              .nlat = nlat,
                              .ncells = nlon * nlat};
    return SAH_OK;
}

int sah_grid_init_plain(struct sah_grid *grid, int64_t columns, int64_t rows,
                        struct sah_error *err) {
    if (columns < 1 || columns > SAH_GRID_SIDE || rows < 1 || rows > SAH_GRID_SIDE)
        return sah_error_add(err, SAH_INPUT,
                             "%lld columns, %lld rows: must lie in 1..%d",
                             (long long)columns, (long long)rows, SAH_GRID_SIDE);
    *grid = (struct sah_grid){.east = (double)columns,
                              .north = (double)rows,
                              .cell_deg = 1,
                              .nlon = (int)columns,
                              .nlat = (int)rows,
                              .ncells = (int32_t)(columns * rows),
                              .plain = true};
    return SAH_OK;
}

static int column_of(const struct sah_grid *grid, int32_t cell) {
    SAH_BUG_IF(cell < 0 || cell >= grid->ncells, "no such cell");
    return cell % grid->nlon;
}

static int row_of(const struct sah_grid *grid, int32_t cell) {
    SAH_BUG_IF(cell < 0 || cell >= grid->ncells, "no such cell");
    return cell / grid->nlon;
}

int32_t sah_grid_cell(const struct sah_grid *grid, double lon, double lat) {
    double column = floor((lon - grid->west) / grid->cell_deg);
    double row = floor((lat - grid->south) / grid->cell_deg);
    if (!(column >= 0.0 && column < grid->nlon)) return -1;
    if (!(row >= 0.0 && row < grid->nlat)) return -1;
    return (int32_t)row * grid->nlon + (int32_t)column;
}

double sah_grid_lon(const struct sah_grid *grid, int32_t cell) {
    return grid->west + (column_of(grid, cell) + 0.5) * grid->cell_deg;
}

double sah_grid_lat(const struct sah_grid *grid, int32_t cell) {
    return grid->south + (row_of(grid, cell) + 0.5) * grid->cell_deg;
}

double sah_grid_area_km2(const struct sah_grid *grid, int32_t cell) {
    double south = grid->south + row_of(grid, cell) * grid->cell_deg;
    return sah_area_km2(0.0, south, grid->cell_deg, south + grid->cell_deg);
}

/* ---- distances between cells ----
 *
 * The half differences and half sums of sphere.c take few values on a grid: as many as
 * there are columns apart, rows apart and sums of two rows. The squares of their sines
 * and cosines stand in pairs, one table behind the other. */

static double square(double x) {
    return x * x;
}

static void put_squares(double *pair, double degrees) {
    double x = sah_radians(0.5 * degrees);
    pair[0] = square(sah_sin(x));
    pair[1] = square(sah_cos(x));
}

/* Where the tables of rows apart and of sums of rows begin. */
static size_t apart_at(const struct sah_grid *grid) {
    return 2 * (size_t)grid->nlon;
}

static size_t sums_at(const struct sah_grid *grid) {
    return apart_at(grid) + 2 * (size_t)grid->nlat;
}

int sah_grid_hasten(struct sah_grid *grid, struct sah_error *err) {
    size_t sums = 2 * (size_t)grid->nlat;
    double *squares = calloc(sums_at(grid) + 2 * sums, sizeof *squares);
    if (!squares) return sah_error_add(err, SAH_MEMORY, "no memory for distances");
    for (int k = 0; k < grid->nlon; k++)
        put_squares(squares + 2 * (size_t)k, k * grid->cell_deg);
    for (int k = 0; k < grid->nlat; k++)
        put_squares(squares + apart_at(grid) + 2 * (size_t)k, k * grid->cell_deg);
    for (size_t k = 0; k < sums; k++)
        put_squares(squares + sums_at(grid) + 2 * k,
                    2 * grid->south + ((double)k + 1) * grid->cell_deg);
    free(grid->squares);
    grid->squares = squares;
    return SAH_OK;
}

void sah_grid_free(struct sah_grid *grid) {
    free(grid->squares);
    grid->squares = NULL;
}

double sah_grid_haversine(const struct sah_grid *grid, int32_t a, int32_t b) {
    if (!grid->squares) return 0;
    int row = row_of(grid, a), column = column_of(grid, a);
    int rows = row_of(grid, b) - row, columns = column_of(grid, b) - column;
    const double *v = grid->squares + 2 * (size_t)abs(columns);
    const double *u = grid->squares + apart_at(grid) + 2 * (size_t)abs(rows);
    const double *w = grid->squares + sums_at(grid) + 2 * (size_t)(2 * row + rows);
    return (u[0] * v[1] + w[1] * v[0]) * (1 - 1e-9);
}

double sah_haversine_within(double km) {
    double half = 0.5 * km / SAH_EARTH_RADIUS_KM, quarter = 0.5 * SAH_PI;
    return half < quarter ? square(sah_sin(half > 0 ? half : 0)) * (1 + 1e-9) : 1;
}

static double fast_distance_km(const struct sah_grid *grid, int32_t a, int32_t b) {
    int row = row_of(grid, a), column = column_of(grid, a);
    int rows = row_of(grid, b) - row, columns = column_of(grid, b) - column;
    const double *v = grid->squares + 2 * (size_t)abs(columns);
    const double *u = grid->squares + apart_at(grid) + 2 * (size_t)abs(rows);
    const double *w = grid->squares + sums_at(grid) + 2 * (size_t)(2 * row + rows);
    double sine = sqrt(u[0] * v[1] + w[1] * v[0]);
    double cosine = sqrt(u[1] * v[1] + w[0] * v[0]);
    return SAH_EARTH_RADIUS_KM * (2.0 * sah_atan2(sine, cosine));
}

double sah_grid_distance_km(const struct sah_grid *grid, int32_t a, int32_t b) {
    if (grid->squares) return fast_distance_km(grid, a, b);
    return sah_distance_km(sah_grid_lon(grid, a), sah_grid_lat(grid, a),
                           sah_grid_lon(grid, b), sah_grid_lat(grid, b));
}

int sah_grid_neighbours(const struct sah_grid *grid, int32_t cell,
                        int32_t out[static 8]) {
    int row = row_of(grid, cell), column = column_of(grid, cell), n = 0;
    for (int r = row - 1; r <= row + 1; r++)
        for (int c = column - 1; c <= column + 1; c++) {
            if (r < 0 || r >= grid->nlat || c < 0 || c >= grid->nlon) continue;
            if (r != row || c != column) out[n++] = r * grid->nlon + c;
        }
    return n;
}

/* The whole number below x, kept inside 0 .. n-1. */
static int clamp(double x, int n) {
    if (!(x > 0.0)) return 0;
    return x < n ? (int)x : n - 1;
}

/* Degrees of longitude that a circle around latitude `lat` reaches to either side:
 * sin(dlon) = sin(r) / cos(lat); all around where it comes near a pole. */
static double reach_lon_deg(double lat, double reach_deg) {
    if (fabs(lat) + reach_deg >= 89.0) return 360.0;
    double x = sah_sin(sah_radians(reach_deg)) / sah_cos(sah_radians(lat));
    return sah_atan2(x, sqrt(1.0 - x * x)) * (180.0 / SAH_PI);
}

struct sah_within sah_grid_within(const struct sah_grid *grid, double lon, double lat,
                                  double radius_km) {
    double size = grid->cell_deg, slack = 1e-6;
    double up = radius_km / SAH_EARTH_RADIUS_KM * (180.0 / SAH_PI) + slack;
    double side = reach_lon_deg(lat, up) + slack;
    if (lon - side < -180.0 || lon + side > 180.0)
        side = 360.0; /* over the date line */
    struct sah_within w = {.cell = -1, .grid = grid, .lon = lon, .lat = lat};
    w.radius_km = radius_km;
    w.home = sah_grid_cell(grid, lon, lat);
    w.centred = w.home >= 0 && lon == sah_grid_lon(grid, w.home) &&
                lat == sah_grid_lat(grid, w.home);
    w.row = clamp((lat - up - grid->south) / size, grid->nlat);
    w.last_row = clamp((lat + up - grid->south) / size, grid->nlat);
    w.first_column = clamp((lon - side - grid->west) / size, grid->nlon);
    w.last_column = clamp((lon + side - grid->west) / size, grid->nlon);
    w.column = w.first_column - 1;
    return w;
}

/* Steps to the next cell of the rectangle around the circle; false behind the last. */
static bool advance(struct sah_within *w) {
    if (++w->column > w->last_column) {
        w->column = w->first_column;
        w->row++;
    }
    w->cell = w->row * w->grid->nlon + w->column;
    return w->row <= w->last_row;
}

bool sah_within_next(struct sah_within *w) {
    while (advance(w)) {
        w->km = w->centred
                    ? sah_grid_distance_km(w->grid, w->home, w->cell)
                    : sah_distance_km(w->lon, w->lat, sah_grid_lon(w->grid, w->cell),
                                      sah_grid_lat(w->grid, w->cell));
        if (w->km <= w->radius_km || w->cell == w->home) return true;
    }
    return false;
}
