/* The image of a geography on the run's grid.
 *
 * Cells of the table and of the run are rectangles in longitude and latitude. Of a
 * table cell T the part lying in a run cell R is, on the sphere,
 *
 *   part = overlap in longitude / width of T
 *          * (sin north - sin south of the overlap) / (sin north - sin south of T)
 *
 * and over all R the parts of a T inside the box add up to 1. */
#include "sim/kernel/elementary.h"
#include "sim/kernel/geography_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Table cells without land still have people and a country; they weigh a little. */
static const double least_land = 1e-6;
/* Overlaps thinner than this part of a cell are rounding of the edges. */
static const double sliver = 1e-9;
/* Days of the middle of 2000 and of 2020. */
enum { MIDDLE_2000 = 11139, MIDDLE_2020 = 18444 };

/* The means: where each comes from and goes to. */
static const struct {
    size_t from, to;
} means[] = {
#define X(name) {offsetof(struct sah_geo_cell, name), offsetof(struct sah_land, name)},
    X(elevation_m) X(ruggedness_m) X(river) X(lake) X(road) X(border_km) X(capital_km)
        X(town_km) X(pasture) X(protected_share) X(urban)
#undef X
};
enum { NMEANS = sizeof means / sizeof *means };

struct work {
    const struct sah_geography *geo;
    const struct sah_grid *grid;
    struct sah_land *land;
    struct sah_geo_lattice lattice;
    int32_t *row_of;     /* [lattice cell]: row of cells.csv or -1 */
    double *country_km2; /* [country], land of the present cell */
    double *region_km2;  /* [region] */
};

/* ---- life cycle ---- */

void sah_land_free(struct sah_land *land) {
    if (!land) return;
    free(land->country);
    free(land->region);
    free(land->land);
    free(land->gold);
    free(land->area_km2);
    free(land->people_2000);
    free(land->people_2020);
    for (int m = 0; m < NMEANS; m++) {
        float *mean;
        memcpy(&mean, (char *)land + means[m].to, sizeof mean);
        free(mean);
    }
    free(land);
}

/* Gives every mean its array; false without memory. */
static bool make_means(struct sah_land *land, size_t n) {
    bool all = true;
    for (int m = 0; m < NMEANS; m++) {
        float *mean = calloc(n, sizeof *mean);
        memcpy((char *)land + means[m].to, &mean, sizeof mean);
        all = all && mean;
    }
    return all;
}

static struct sah_land *make_land(const struct sah_grid *grid) {
    size_t n = (size_t)grid->ncells;
    struct sah_land *land = calloc(1, sizeof *land);
    if (!land) return NULL;
    land->ncells = grid->ncells;
    land->country = malloc(n * sizeof *land->country);
    land->region = malloc(n * sizeof *land->region);
    land->land = calloc(n, sizeof *land->land);
    land->gold = calloc(n, sizeof *land->gold);
    land->area_km2 = calloc(n, sizeof *land->area_km2);
    land->people_2000 = calloc(n, sizeof *land->people_2000);
    land->people_2020 = calloc(n, sizeof *land->people_2020);
    bool all = make_means(land, n) && land->country && land->region && land->land &&
               land->gold && land->area_km2 && land->people_2000 && land->people_2020;
    if (all) return land;
    sah_land_free(land);
    return NULL;
}

/* ---- overlap ---- */

struct span {
    double low, high;
};

/* What two spans share; empty where that is only a sliver. */
static struct span overlap(struct span a, struct span b) {
    struct span both = {fmax(a.low, b.low), fmin(a.high, b.high)};
    double least = sliver * fmin(a.high - a.low, b.high - b.low);
    return both.high - both.low > least ? both : (struct span){both.low, both.low};
}

static struct span lattice_column(const struct work *w, int column) {
    double low = w->lattice.west + column * w->lattice.deg;
    return (struct span){low, low + w->lattice.deg};
}

static struct span lattice_row(const struct work *w, int row) {
    double low = w->lattice.south + row * w->lattice.deg;
    return (struct span){low, low + w->lattice.deg};
}

/* The lattice columns or rows that may touch a span: first .. last. */
static void touching(struct span span, double edge, double deg, int n, int *first,
                     int *last) {
    double low = floor((span.low - edge) / deg) - 1.0;
    double high = floor((span.high - edge) / deg) + 1.0;
    *first = (int)fmin(fmax(low, 0.0), n);
    *last = (int)fmax(fmin(high, n - 1.0), -1.0);
}

static double area(struct span lon, struct span lat) {
    return sah_area_km2(lon.low, lat.low, lon.high, lat.high);
}

/* ---- one cell of the run ---- */

/* Adds the overlap with one table cell: `part` of it, `km2` large. */
static void add_overlap(struct work *w, int32_t cell, const struct sah_geo_cell *from,
                        double part, double km2, double *sums) {
    struct sah_land *land = w->land;
    double weight = km2 * fmax((double)from->land, least_land);
    land->people_2000[cell] += part * (double)from->people_2000;
    land->people_2020[cell] += part * (double)from->people_2020;
    w->country_km2[from->country] += weight;
    w->region_km2[from->region] += weight;
    sums[NMEANS] += weight;
    sums[NMEANS + 1] += km2 * (double)from->land;
    for (int m = 0; m < NMEANS; m++) {
        float value;
        memcpy(&value, (const char *)from + means[m].from, sizeof value);
        sums[m] += weight * (double)value;
    }
}

/* Walks the table cells under a run cell. */
static void gather(struct work *w, int32_t cell, struct span lon, struct span lat,
                   double *sums) {
    const struct sah_geo_lattice *at = &w->lattice;
    int first_column, last_column, first_row, last_row;
    touching(lon, at->west, at->deg, at->nlon, &first_column, &last_column);
    touching(lat, at->south, at->deg, at->nlat, &first_row, &last_row);
    for (int row = first_row; row <= last_row; row++)
        for (int column = first_column; column <= last_column; column++) {
            int32_t k = w->row_of[(size_t)row * (size_t)at->nlon + (size_t)column];
            if (k < 0) continue;
            struct span whole_lon = lattice_column(w, column);
            struct span whole_lat = lattice_row(w, row);
            double km2 = area(overlap(lon, whole_lon), overlap(lat, whole_lat));
            if (km2 > 0.0)
                add_overlap(w, cell, &w->geo->cell[k], km2 / area(whole_lon, whole_lat),
                            km2, sums);
        }
}

/* The number of the largest value, the first of equals; empties the list. */
static int take_largest(double *value, size_t n) {
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (value[i] > value[best]) best = i;
    memset(value, 0, n * sizeof *value);
    return (int)best;
}

/* Country with most land, then its region with most land. */
static void choose_country(struct work *w, int32_t cell) {
    const struct sah_geography *geo = w->geo;
    int country = take_largest(w->country_km2, geo->ncountries);
    for (size_t r = 0; r < geo->nregions; r++)
        if (geo->region[r].country != country) w->region_km2[r] = 0.0;
    w->land->country[cell] = (int16_t)country;
    w->land->region[cell] = (int16_t)take_largest(w->region_km2, geo->nregions);
}

static void fill_cell(struct work *w, int32_t cell) {
    struct sah_land *land = w->land;
    double half = 0.5 * w->grid->cell_deg, sums[NMEANS + 2] = {0.0};
    double x = sah_grid_lon(w->grid, cell), y = sah_grid_lat(w->grid, cell);
    gather(w, cell, (struct span){x - half, x + half},
           (struct span){y - half, y + half}, sums);
    double km2 = sah_grid_area_km2(w->grid, cell);
    land->area_km2[cell] = (float)km2;
    land->country[cell] = land->region[cell] = -1;
    if (sums[NMEANS] <= 0.0) return;
    land->land[cell] = (float)fmin(sums[NMEANS + 1] / km2, 1.0);
    for (int m = 0; m < NMEANS; m++) {
        float *mean;
        memcpy(&mean, (const char *)land + means[m].to, sizeof mean);
        mean[cell] = (float)(sums[m] / sums[NMEANS]);
    }
    choose_country(w, cell);
}

/* ---- the whole ---- */

static void index_table(struct work *w) {
    size_t n = (size_t)w->lattice.nlon * (size_t)w->lattice.nlat;
    for (size_t k = 0; k < n; k++) w->row_of[k] = -1;
    for (size_t i = 0; i < w->geo->ncells; i++) {
        int row = sah_geo_lattice_row(&w->lattice, w->geo->cell[i].lat);
        int column = sah_geo_lattice_column(&w->lattice, w->geo->cell[i].lon);
        w->row_of[(size_t)row * (size_t)w->lattice.nlon + (size_t)column] = (int32_t)i;
    }
}

static void fill_land(struct work *w) {
    index_table(w);
    for (int32_t cell = 0; cell < w->grid->ncells; cell++) fill_cell(w, cell);
    for (size_t i = 0; i < w->geo->ngold; i++) {
        const struct sah_geo_gold *site = &w->geo->gold[i];
        sah_land_spread(w->grid, site->lon, site->lat, site->radius_km, site->weight,
                        w->land->gold);
    }
}

int sah_land_create(const struct sah_geography *geo, const struct sah_grid *grid,
                    struct sah_land **land, struct sah_error *err) {
    struct work w = {.geo = geo, .grid = grid, .lattice = sah_geography_lattice(geo)};
    int code = SAH_OK;
    w.land = make_land(grid);
    w.row_of =
        malloc((size_t)w.lattice.nlon * (size_t)w.lattice.nlat * sizeof *w.row_of);
    w.country_km2 = calloc(geo->ncountries, sizeof *w.country_km2);
    w.region_km2 = calloc(geo->nregions, sizeof *w.region_km2);
    *land = w.land;
    if (w.land && w.row_of && w.country_km2 && w.region_km2) {
        fill_land(&w);
    } else {
        code = sah_error_add(err, SAH_MEMORY, "no memory for the land");
        sah_land_free(w.land);
        *land = NULL;
    }
    free(w.region_km2);
    free(w.country_km2);
    free(w.row_of);
    return code;
}

double sah_land_people(const struct sah_land *land, int32_t cell, int32_t day) {
    SAH_BUG_IF(cell < 0 || cell >= land->ncells, "no such cell");
    double before = land->people_2000[cell], after = land->people_2020[cell];
    double t = (double)(day - MIDDLE_2000) / (MIDDLE_2020 - MIDDLE_2000);
    if (before > 0.0 && after > 0.0)
        return before * sah_exp(t * sah_log(after / before));
    return fmax(before + t * (after - before), 0.0);
}
