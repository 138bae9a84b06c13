/* The land: tables of a geography folder, and their image on a run's grid.
 *
 * The folder holds the tables described in scenarios/geography/README.md; another
 * region with the same columns may be brought. All text is kept verbatim, so that a
 * result can carry the geography it was made with. A bad row is named by file, line and
 * column name; all of them are told. */
#ifndef SAH_GEOGRAPHY_H
#define SAH_GEOGRAPHY_H
#include "sim/kernel/grid.h"

#include <stdbool.h>

struct sah_geo_file { /* one table as it was read */
    char *name;       /* "cells.csv" */
    char *text;
    size_t length;
};

struct sah_geo_country {
    char *iso3, *name, *capital;
    double lon, lat; /* of the capital, which may lie outside the table */
};
struct sah_geo_region {
    char *id, *name;
    int country;
    double lon, lat; /* for a label */
};
enum sah_livelihood { SAH_FARMING, SAH_HERDING, SAH_MIXED, SAH_TRADE };
struct sah_geo_group {
    char *id, *name;
    enum sah_livelihood livelihood;
};
struct sah_geo_place {
    char *name;
    int country;
    double lon, lat, people;
    int rank; /* 0 capital, 1 large, 2 other */
};
struct sah_geo_gold {
    char *name;
    double lon, lat, radius_km, weight;
    int from_year;
};
struct sah_geo_park { /* a circle of a protected area, which may have several */
    char *name, *iso3;
    double lon, lat, radius_km;
};
struct sah_geo_base {
    char *name, *kind; /* headquarters, garrison, foreign */
    int country;
    double lon, lat;
};
struct sah_geo_cell { /* a row of cells.csv; the table's own resolution */
    double lon, lat;
    int country, region;
    float land, people_2000, people_2020, elevation_m, ruggedness_m, river, lake, road,
        border_km, capital_km, town_km, pasture, protected_share, urban;
};
struct sah_geo_line {   /* a polyline for maps; a lake is closed */
    char *layer, *name; /* name may be "" */
    size_t n;
    float *lon, *lat;
};

/* clang-format off */
struct sah_geography {
    struct sah_geo_file *file;       size_t nfiles;
    struct sah_geo_country *country; size_t ncountries;
    struct sah_geo_region *region;   size_t nregions;
    struct sah_geo_group *group;     size_t ngroups;
    double *ethnic_share;            /* [region][group], sums to 1 */
    struct sah_geo_place *place;     size_t nplaces;
    struct sah_geo_gold *gold;       size_t ngold;
    struct sah_geo_park *park;       size_t nparks;
    struct sah_geo_base *base;       size_t nbases;
    struct sah_geo_cell *cell;       size_t ncells;
    struct sah_geo_line *line;       size_t nlines;
    double table_deg;                /* cell size of cells.csv */
    struct sah_table **table;        size_t ntables; /* hold the texts pointed at */
};
/* clang-format on */

/* Is any of the tables in this folder? */
bool sah_geography_found(const char *folder);
/* The tables of a folder, by name; all must be there, those of sites may be empty. */
int sah_geography_read(const char *folder, struct sah_geography **geo,
                       struct sah_error *err);
/* From verbatim tables, as kept in a result. Texts are copied. */
int sah_geography_parse(const struct sah_geo_file *files, size_t nfiles,
                        struct sah_geography **geo, struct sah_error *err);
void sah_geography_free(struct sah_geography *geo);
/* The number of a country, region or group; -1 where there is none. */
int sah_geography_country(const struct sah_geography *geo, const char *iso3);
int sah_geography_region(const struct sah_geography *geo, const char *id);
int sah_geography_group(const struct sah_geography *geo, const char *id);

/* The land on a run's grid; all arrays [ncells]. A table cell lies evenly on its
 * rectangle: counts are shared out by the part of its area inside a run cell, so
 * nothing is lost but what lies outside the box. Shares, heights and distances are
 * means weighted with land area; country is the one with most land, region that of the
 * country's regions with most land. Finer than the table, a cell takes the value of the
 * table cell it lies in, and of the people its part by area. */
struct sah_land {
    int32_t ncells;
    int16_t *country, *region; /* -1 at sea and beyond the table */
    float *land, *elevation_m, *ruggedness_m, *river, *lake, *road, *border_km,
        *capital_km, *town_km, *pasture, *protected_share, *urban;
    float *gold;     /* part of each site's weight lying in the cell, summed over sites
                        (a cone: linear decay to the radius); starting years are left
                        to who reads geo->gold. The sum over cells is the weight in the
                        box, whatever the cell size */
    float *area_km2; /* of the whole cell, sea included */
    double *people_2000, *people_2020;
};
int sah_land_create(const struct sah_geography *geo, const struct sah_grid *grid,
                    struct sah_land **land, struct sah_error *err);
void sah_land_free(struct sah_land *land);
/* People of a cell on a date: geometric interpolation between the middles of 2000 and
 * 2020, and the same growth beyond; linear where nobody lived in one of them. */
double sah_land_people(const struct sah_land *land, int32_t cell, int32_t day);
/* The share of a circular site's weight that lies in each cell, by a cone over
 * `radius_km`: adds weight * share to field[ncells]. Radius 0 puts all in one cell. */
void sah_land_spread(const struct sah_grid *grid, double lon, double lat,
                     double radius_km, double weight, float *field);

#endif
