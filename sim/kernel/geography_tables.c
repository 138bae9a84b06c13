/* Which columns each table of a geography has, and where they go.
 *
 * Tables are read in the order of the list below: countries before regions, both before
 * what refers to them. */
#include "sim/kernel/geography_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NAMES = 5000 }; /* countries, regions, groups; fits int16_t */

const char *const sah_geography_tables[SAH_GEO_TABLES] = {
    "countries.csv", "regions.csv",   "groups.csv", "ethnicity.csv", "places.csv",
    "gold.csv",      "protected.csv", "bases.csv",  "cells.csv",     "lines.csv"};

/* The lists that columns refer to by name. */
enum { COUNTRIES, REGIONS, LIVELIHOODS, NLISTS };

static char *livelihood_name[] = {"farming", "herding", "mixed", "trade"};

struct loader {
    struct sah_geography *geo;
    const struct sah_table *table;
    struct sah_table_names list[NLISTS];
    struct sah_error *err;
};

/* clang-format off */
#define TEXT(name, type, member) \
    {.column = name, .as = SAH_AS_TEXT, .at = offsetof(type, member)}
#define NUMBER(kind, name, type, member, low, high) \
    {.column = name, .as = kind, .at = offsetof(type, member), .min = low, .max = high}
#define NAME(name, type, member, which) \
    {.column = name, .as = SAH_AS_NAME, .at = offsetof(type, member), .list = which}
#define REAL(...)  NUMBER(SAH_AS_REAL, __VA_ARGS__)
#define FLOAT(...) NUMBER(SAH_AS_FLOAT, __VA_ARGS__)
#define INT(...)   NUMBER(SAH_AS_INT, __VA_ARGS__)
#define LON(type)  REAL("lon", type, lon, -180, 180)
#define LAT(type)  REAL("lat", type, lat, -90, 90)
#define END        {.column = NULL}
/* clang-format on */

/* Room for all rows, filled; NULL after a failure. An empty table has room for one. */
static void *read_rows(const struct loader *l, const struct sah_table_field *fields,
                       size_t row_size, size_t *n, int *code) {
    void *rows = calloc(l->table->nrows + 1, row_size);
    *code = rows ? sah_table_rows(l->table, fields, l->list, row_size, rows, l->err)
                 : sah_error_add(l->err, SAH_MEMORY, "%s: no memory", l->table->name);
    if (*code) {
        free(rows);
        return NULL;
    }
    *n = l->table->nrows;
    return rows;
}

/* The names of a list, which must differ. `stride` leads from struct to struct. */
static int list_names(struct loader *l, int which, const char *what, const char *column,
                      const void *first, size_t stride) {
    size_t n = l->table->nrows;
    if (n == 0 || n > MOST_NAMES)
        return sah_error_add(l->err, SAH_INPUT, "%s: must have 1 to %d rows",
                             l->table->name, MOST_NAMES);
    char **name = malloc(n * sizeof *name);
    if (!name) return sah_error_add(l->err, SAH_MEMORY, "no memory for names");
    int code = SAH_OK;
    for (size_t i = 0; i < n; i++) {
        memcpy(&name[i], (const char *)first + i * stride, sizeof *name);
        for (size_t j = 0; j < i; j++)
            if (strcmp(name[i], name[j]) == 0)
                code = sah_table_complain(l->err, l->table, i, column,
                                          "stands there twice");
    }
    if (which < NLISTS)
        l->list[which] = (struct sah_table_names){what, n, name};
    else
        free(name);
    return code;
}

static int read_countries(struct loader *l) {
    static const struct sah_table_field fields[] = {
        TEXT("iso3", struct sah_geo_country, iso3),
        TEXT("name", struct sah_geo_country, name),
        TEXT("capital", struct sah_geo_country, capital),
        LON(struct sah_geo_country),
        LAT(struct sah_geo_country),
        END};
    struct sah_geography *geo = l->geo;
    int code;
    geo->country = read_rows(l, fields, sizeof *geo->country, &geo->ncountries, &code);
    if (code) return code;
    return list_names(l, COUNTRIES, "country", "iso3", &geo->country->iso3,
                      sizeof *geo->country);
}

static int read_regions(struct loader *l) {
    static const struct sah_table_field fields[] = {
        TEXT("region", struct sah_geo_region, id),
        NAME("iso3", struct sah_geo_region, country, COUNTRIES),
        TEXT("name", struct sah_geo_region, name),
        LON(struct sah_geo_region),
        LAT(struct sah_geo_region),
        END};
    struct sah_geography *geo = l->geo;
    int code;
    geo->region = read_rows(l, fields, sizeof *geo->region, &geo->nregions, &code);
    if (code) return code;
    return list_names(l, REGIONS, "region", "region", &geo->region->id,
                      sizeof *geo->region);
}

static int read_groups(struct loader *l) {
    static const struct sah_table_field fields[] = {
        TEXT("group", struct sah_geo_group, id),
        TEXT("name", struct sah_geo_group, name),
        NAME("livelihood", struct sah_geo_group, livelihood, LIVELIHOODS), END};
    _Static_assert(sizeof(enum sah_livelihood) == sizeof(int), "read as int");
    struct sah_geography *geo = l->geo;
    int code;
    geo->group = read_rows(l, fields, sizeof *geo->group, &geo->ngroups, &code);
    if (code) return code;
    return list_names(l, NLISTS, "group", "group", &geo->group->id, sizeof *geo->group);
}

static int read_ethnicity(struct loader *l) {
    return sah_geography_load_shares(l->geo, l->table, l->err);
}

static int read_places(struct loader *l) {
    static const struct sah_table_field fields[] = {
        TEXT("name", struct sah_geo_place, name),
        NAME("iso3", struct sah_geo_place, country, COUNTRIES),
        LON(struct sah_geo_place),
        LAT(struct sah_geo_place),
        REAL("people", struct sah_geo_place, people, 0, 1e9),
        INT("rank", struct sah_geo_place, rank, 0, 9),
        END};
    int code;
    l->geo->place =
        read_rows(l, fields, sizeof *l->geo->place, &l->geo->nplaces, &code);
    return code;
}

static int read_gold(struct loader *l) {
    static const struct sah_table_field fields[] = {
        TEXT("name", struct sah_geo_gold, name),
        LON(struct sah_geo_gold),
        LAT(struct sah_geo_gold),
        REAL("radius_km", struct sah_geo_gold, radius_km, 0, 1000),
        REAL("weight", struct sah_geo_gold, weight, 0, 1e6),
        INT("from_year", struct sah_geo_gold, from_year, 1, 9999),
        END};
    int code;
    l->geo->gold = read_rows(l, fields, sizeof *l->geo->gold, &l->geo->ngold, &code);
    return code;
}

static int read_protected(struct loader *l) {
    static const struct sah_table_field fields[] = {
        TEXT("name", struct sah_geo_park, name),
        TEXT("iso3", struct sah_geo_park, iso3),
        LON(struct sah_geo_park),
        LAT(struct sah_geo_park),
        REAL("radius_km", struct sah_geo_park, radius_km, 0, 1000),
        END};
    int code;
    l->geo->park = read_rows(l, fields, sizeof *l->geo->park, &l->geo->nparks, &code);
    return code;
}

static int read_bases(struct loader *l) {
    static const struct sah_table_field fields[] = {
        TEXT("name", struct sah_geo_base, name),
        NAME("iso3", struct sah_geo_base, country, COUNTRIES),
        LON(struct sah_geo_base),
        LAT(struct sah_geo_base),
        TEXT("kind", struct sah_geo_base, kind),
        END};
    int code;
    l->geo->base = read_rows(l, fields, sizeof *l->geo->base, &l->geo->nbases, &code);
    return code;
}

static int check_regions_of_cells(const struct loader *l) {
    const struct sah_geography *geo = l->geo;
    int code = SAH_OK;
    for (size_t i = 0; i < geo->ncells; i++) {
        const struct sah_geo_region *region = &geo->region[geo->cell[i].region];
        if (region->country != geo->cell[i].country)
            code = sah_table_complain(l->err, l->table, i, "region",
                                      "lies in %s, the cell in %s",
                                      geo->country[region->country].iso3,
                                      geo->country[geo->cell[i].country].iso3);
    }
    return code;
}

#define SHARE(name, member) FLOAT(name, struct sah_geo_cell, member, 0, 1)
#define DISTANCE(name)      FLOAT(#name, struct sah_geo_cell, name, 0, 20100)

static int read_cells(struct loader *l) {
    static const struct sah_table_field fields[] = {
        LON(struct sah_geo_cell),
        LAT(struct sah_geo_cell),
        NAME("country", struct sah_geo_cell, country, COUNTRIES),
        NAME("region", struct sah_geo_cell, region, REGIONS),
        SHARE("land", land),
        FLOAT("people_2000", struct sah_geo_cell, people_2000, 0, 1e9),
        FLOAT("people_2020", struct sah_geo_cell, people_2020, 0, 1e9),
        FLOAT("elevation_m", struct sah_geo_cell, elevation_m, -500, 9000),
        FLOAT("ruggedness_m", struct sah_geo_cell, ruggedness_m, 0, 9000),
        SHARE("river", river),
        SHARE("lake", lake),
        SHARE("road", road),
        DISTANCE(border_km),
        DISTANCE(capital_km),
        DISTANCE(town_km),
        SHARE("pasture", pasture),
        SHARE("protected", protected_share),
        SHARE("urban", urban),
        END};
    int code;
    l->geo->cell = read_rows(l, fields, sizeof *l->geo->cell, &l->geo->ncells, &code);
    if (!code) code = check_regions_of_cells(l);
    if (!code) code = sah_geography_check_cells(l->geo, l->table, l->err);
    return code;
}

struct point {
    char *layer, *name;
    int part;
    double lon, lat;
};

static bool same_line(const struct point *a, const struct point *b) {
    return a->part == b->part && strcmp(a->layer, b->layer) == 0 &&
           strcmp(a->name, b->name) == 0;
}

/* Cuts the points into lines: a line ends where layer, part or name change. */
static int make_lines(struct loader *l, const struct point *point, size_t n) {
    struct sah_geography *geo = l->geo;
    float *lon = malloc(n * sizeof *lon), *lat = malloc(n * sizeof *lat);
    geo->line = calloc(n, sizeof *geo->line);
    if (!lon || !lat || !geo->line) {
        free(lon);
        free(lat);
        return sah_error_add(l->err, SAH_MEMORY, "no memory for lines");
    }
    for (size_t i = 0; i < n; i++) {
        lon[i] = (float)point[i].lon;
        lat[i] = (float)point[i].lat;
        if (i == 0 || !same_line(&point[i - 1], &point[i]))
            geo->line[geo->nlines++] = (struct sah_geo_line){
                point[i].layer, point[i].name, 0, lon + i, lat + i};
        geo->line[geo->nlines - 1].n++;
    }
    return SAH_OK;
}

static int read_lines(struct loader *l) {
    static const struct sah_table_field fields[] = {
        TEXT("layer", struct point, layer),
        INT("part", struct point, part, 0, 1e9),
        {.column = "name",
         .as = SAH_AS_TEXT,
         .at = offsetof(struct point, name),
         .blank = true},
        LON(struct point),
        LAT(struct point),
        END};
    int code;
    size_t n;
    struct point *point = read_rows(l, fields, sizeof *point, &n, &code);
    if (!code && n > 0) code = make_lines(l, point, n);
    free(point);
    return code;
}

/* Parses the kept file number i and keeps the table, whose texts are pointed at. */
static int parse_table(struct loader *l, size_t i, const char *folder) {
    const struct sah_geo_file *file = &l->geo->file[i];
    char path[4096];
    snprintf(path, sizeof path, "%s%s%s", folder ? folder : "", folder ? "/" : "",
             file->name);
    struct sah_table *table;
    int code = sah_table_parse(path, file->text, file->length, &table, l->err);
    if (!code) l->table = l->geo->table[l->geo->ntables++] = table;
    return code;
}

int sah_geography_load(struct sah_geography *geo, const char *folder,
                       struct sah_error *err) {
    static int (*const read[SAH_GEO_TABLES])(struct loader *) = {
        read_countries, read_regions,   read_groups, read_ethnicity, read_places,
        read_gold,      read_protected, read_bases,  read_cells,     read_lines};
    struct loader l = {.geo = geo, .err = err};
    l.list[LIVELIHOODS] = (struct sah_table_names){"livelihood", 4, livelihood_name};
    int code = SAH_OK;
    for (size_t i = 0; i < SAH_GEO_TABLES; i++) {
        int bad = parse_table(&l, i, folder);
        if (!bad) bad = read[i](&l);
        if (bad) code = bad;
        if (bad && i < 3) break; /* the rest refers to these */
    }
    free((void *)l.list[COUNTRIES].name);
    free((void *)l.list[REGIONS].name);
    return code;
}
