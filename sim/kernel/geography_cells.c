/* The lattice of cells.csv: the table tells centres, not its cell size. */
#include "sim/kernel/geography_impl.h"

#include <math.h>
#include <stdlib.h>

static const double largest_lattice = 4e7; /* cells */

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The smallest step between different values, infinity where all are equal. */
static double smallest_step(double *value, size_t n) {
    qsort(value, n, sizeof *value, by_value);
    double smallest = INFINITY;
    for (size_t i = 1; i < n; i++) {
        double step = value[i] - value[i - 1];
        if (step > 1e-6 && step < smallest) smallest = step;
    }
    return smallest;
}

/* The cell size: the smallest step along either direction. */
static int find_size(struct sah_geography *geo, const struct sah_table *table,
                     struct sah_error *err) {
    size_t n = geo->ncells;
    double *value = malloc((n + 1) * sizeof *value);
    if (!value) return sah_error_add(err, SAH_MEMORY, "%s: no memory", table->name);
    for (size_t i = 0; i < n; i++) value[i] = geo->cell[i].lon;
    double lon_step = smallest_step(value, n);
    for (size_t i = 0; i < n; i++) value[i] = geo->cell[i].lat;
    double lat_step = smallest_step(value, n);
    free(value);
    geo->table_deg = lon_step < lat_step ? lon_step : lat_step;
    if (isfinite(geo->table_deg)) return SAH_OK;
    return sah_error_add(err, SAH_INPUT,
                         "%s: must have two cells or more, to tell their size",
                         table->name);
}

struct sah_geo_lattice sah_geography_lattice(const struct sah_geography *geo) {
    double west = INFINITY, east = -INFINITY, south = INFINITY, north = -INFINITY;
    for (size_t i = 0; i < geo->ncells; i++) {
        west = fmin(west, geo->cell[i].lon);
        east = fmax(east, geo->cell[i].lon);
        south = fmin(south, geo->cell[i].lat);
        north = fmax(north, geo->cell[i].lat);
    }
    double deg = geo->table_deg;
    return (struct sah_geo_lattice){
        .west = west - 0.5 * deg,
        .south = south - 0.5 * deg,
        .deg = deg,
        .nlon = (int)fmin((east - west) / deg + 1.5, INT32_MAX),
        .nlat = (int)fmin((north - south) / deg + 1.5, INT32_MAX),
    };
}

int sah_geo_lattice_column(const struct sah_geo_lattice *lattice, double lon) {
    return (int)((lon - lattice->west) / lattice->deg);
}

int sah_geo_lattice_row(const struct sah_geo_lattice *lattice, double lat) {
    return (int)((lat - lattice->south) / lattice->deg);
}

/* How far x lies from the nearest centre, in cells. */
static double off_centre(double x) {
    return fabs(x - floor(x) - 0.5);
}

static int check_lattice(const struct sah_geography *geo, const struct sah_table *table,
                         const struct sah_geo_lattice *at, unsigned char *taken,
                         struct sah_error *err) {
    int code = SAH_OK;
    for (size_t i = 0; i < geo->ncells; i++) {
        const struct sah_geo_cell *cell = &geo->cell[i];
        size_t k = (size_t)sah_geo_lattice_row(at, cell->lat) * (size_t)at->nlon +
                   (size_t)sah_geo_lattice_column(at, cell->lon);
        if (off_centre((cell->lon - at->west) / at->deg) > 0.02)
            code = sah_table_complain(err, table, i, "lon", "is off the lattice of %g",
                                      at->deg);
        else if (off_centre((cell->lat - at->south) / at->deg) > 0.02)
            code = sah_table_complain(err, table, i, "lat", "is off the lattice of %g",
                                      at->deg);
        else if (taken[k]++)
            code =
                sah_table_complain(err, table, i, "lon", "the cell stands there twice");
    }
    return code;
}

int sah_geography_check_cells(struct sah_geography *geo, const struct sah_table *table,
                              struct sah_error *err) {
    int code = find_size(geo, table, err);
    if (code) return code;
    struct sah_geo_lattice lattice = sah_geography_lattice(geo);
    double size = (double)lattice.nlon * lattice.nlat;
    if (size > largest_lattice)
        return sah_error_add(err, SAH_LIMIT, "%s: cells of %g degrees are too small",
                             table->name, lattice.deg);
    unsigned char *taken = calloc((size_t)size, 1);
    if (!taken) return sah_error_add(err, SAH_MEMORY, "%s: no memory", table->name);
    code = check_lattice(geo, table, &lattice, taken, err);
    free(taken);
    return code;
}
