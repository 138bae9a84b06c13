/* Cells belong to the nearest town of their country; fields are added up by town. */
#include "output/flee/export_impl.h"

#include "sim/kernel/sphere.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int open_land(struct sah_flee_world *w) {
    const struct sah_geo_file *files;
    size_t n;
    int code = sah_result_geography(w->result, &files, &n, w->err);
    if (!code && !n)
        code =
            sah_error_add(w->err, SAH_INPUT, "%s: the model has no land", w->run->path);
    return code ? code : sah_geography_parse(files, n, &w->geo, w->err);
}

/* Flee's names hold no blanks and no commas, and are unlike each other. */
static void name_town(struct sah_flee_world *w, size_t i, const char *name) {
    struct sah_flee_town *t = &w->town[i];
    snprintf(t->name, sizeof t->name, "%.100s", name);
    for (char *c = t->name; *c; c++)
        if (strchr(" ,\"#", *c)) *c = '_';
    for (size_t k = 0; k < i; k++)
        if (strcmp(w->town[k].name, t->name) == 0) {
            size_t length = strlen(t->name);
            snprintf(t->name + length, sizeof t->name - length, "_%zu", i);
        }
}

static int find_towns(struct sah_flee_world *w) {
    const struct sah_geography *geo = w->geo;
    w->town = calloc(geo->nplaces + 1, sizeof *w->town);
    if (!w->town) return sah_error_add(w->err, SAH_MEMORY, "no memory for towns");
    for (size_t p = 0; p < geo->nplaces; p++) {
        const struct sah_geo_place *place = &geo->place[p];
        if (sah_grid_cell(w->grid, place->lon, place->lat) < 0) continue;
        struct sah_flee_town *t = &w->town[w->ntowns];
        t->country = geo->country[place->country].iso3;
        t->lon = place->lon, t->lat = place->lat;
        name_town(w, w->ntowns++, place->name);
    }
    return w->ntowns ? SAH_OK
                     : sah_error_add(w->err, SAH_INPUT, "%s: no town in its land",
                                     w->run->path);
}

/* The nearest town of the cell's country, or else of all. */
static int nearest_town(const struct sah_flee_world *w, int32_t cell,
                        const char *country) {
    double lon = sah_grid_lon(w->grid, cell), lat = sah_grid_lat(w->grid, cell);
    double best = INFINITY;
    int nearest = -1;
    for (size_t i = 0; i < w->ntowns; i++) {
        double km = sah_distance_km(lon, lat, w->town[i].lon, w->town[i].lat);
        /* NOLINTNEXTLINE(clang-analyzer-core.*): those counted are there */
        if (strcmp(w->town[i].country, country) != 0) km += 1e5;
        if (km < best) {
            best = km;
            nearest = (int)i;
        }
    }
    return nearest;
}

static int assign_cells(struct sah_flee_world *w) {
    const struct sah_result_land *land;
    int code = sah_result_land(w->result, &land, w->err);
    if (code) return code;
    w->town_of = calloc((size_t)w->grid->ncells + 1, sizeof *w->town_of);
    if (!w->town_of) return sah_error_add(w->err, SAH_MEMORY, "no memory for cells");
    for (int32_t c = 0; c < w->grid->ncells; c++) {
        int country = land->country ? land->country[c] : -1;
        w->town_of[c] = -1;
        if (country >= 0)
            w->town_of[c] = nearest_town(w, c, w->geo->country[country].iso3);
    }
    return SAH_OK;
}

/* A field added up by period and town. */
static int gather(struct sah_flee_world *w, const char *name, double *out) {
    const struct sah_variable *v = sah_result_find(w->result, SAH_FIELD, name, w->err);
    if (!v) return SAH_INPUT;
    size_t ncells = (size_t)w->grid->ncells;
    int code = sah_result_read(w->result, v, 0, w->nperiods - 1, w->cells, w->err);
    for (size_t p = 0; !code && p < w->nperiods; p++)
        for (size_t c = 0; c < ncells; c++) {
            double value = w->cells[p * ncells + c];
            if (w->town_of[c] >= 0 && isfinite(value))
                out[p * w->ntowns + (size_t)w->town_of[c]] += value;
        }
    return code;
}

static int gather_people(struct sah_flee_world *w) {
    double *people = calloc(w->nperiods * w->ntowns, sizeof *people);
    if (!people) return sah_error_add(w->err, SAH_MEMORY, "no memory for people");
    int code = gather(w, "people", people);
    for (size_t i = 0; i < w->ntowns; i++) w->town[i].people = people[i];
    free(people);
    return code;
}

static int make_room(struct sah_flee_world *w) {
    w->displaced = calloc(w->nperiods * w->ntowns, sizeof *w->displaced);
    w->deaths = calloc(w->nperiods * w->ntowns, sizeof *w->deaths);
    w->cells = calloc(w->nperiods * (size_t)w->grid->ncells, sizeof *w->cells);
    return w->displaced && w->deaths && w->cells
               ? SAH_OK
               : sah_error_add(w->err, SAH_MEMORY, "no memory for fields");
}

int sah_flee_open_towns(struct sah_flee_world *w) {
    int code = open_land(w);
    if (!code) code = find_towns(w);
    if (!code) code = assign_cells(w);
    if (!code) code = make_room(w);
    if (!code) code = gather(w, "displaced", w->displaced);
    if (!code) code = gather(w, "deaths", w->deaths);
    return code ? code : gather_people(w);
}
