/* The land of the run, the tables it was made from, and the axes. */
#include "output/pack.h"

#include "output/store.h"

#include <stdio.h>
#include <stdlib.h>

void sah_pack_axes(struct sah_pack *pack) {
    hid_t group = sah_h5_group(pack->h5, pack->h5->file, "axes");
    for (size_t i = 0; i < pack->world->naxes && !pack->h5->status; i++)
        sah_h5_drop(sah_pack_axis(pack, group, pack->world->axis[i].name,
                                  &pack->world->axis[i]));
    sah_h5_drop(group);
}

/* name, type, unit, long name */
#define LAND_LAYERS(X)                                     \
    X(land, F32, "1", "Share of the cell that is land")    \
    X(area_km2, F32, "km2", "Area of the cell")            \
    X(people_2000, F64, "persons", "People in 2000")       \
    X(people_2020, F64, "persons", "People in 2020")       \
    X(elevation_m, F32, "m", "Elevation")                  \
    X(ruggedness_m, F32, "m", "Ruggedness")                \
    X(river, F32, "1", "River")                            \
    X(lake, F32, "1", "Lake")                              \
    X(road, F32, "1", "Road")                              \
    X(border_km, F32, "km", "Distance to the next border") \
    X(capital_km, F32, "km", "Distance to the capital")    \
    X(town_km, F32, "km", "Distance to the next town")     \
    X(pasture, F32, "1", "Suitability for pasture")        \
    X(protected_share, F32, "1", "Share under protection") \
    X(urban, F32, "1", "Urban share")                      \
    X(gold, F32, "1", "Weight of gold sites")

static hid_t create_layer(struct sah_pack *pack, const struct sah_space *space,
                          const char *name, enum sah_type type, const char *unit,
                          const char *doc) {
    hid_t dataset = sah_h5_variable(pack->h5, space->group,
                                    &(struct sah_h5_variable){
                                        .name = name,
                                        .unit = unit,
                                        .doc = doc,
                                        .type = type,
                                        .rank = 2,
                                        .dim = {space->lat, space->lon},
                                        .fill = type == SAH_I16,
                                    });
    sah_h5_text(pack->h5, dataset, "grid_mapping", "crs");
    return dataset;
}

static void put_layer(struct sah_pack *pack, const struct sah_space *space,
                      const char *name, enum sah_type type, const char *unit,
                      const char *doc, const void *values) {
    if (!values) return;
    hid_t dataset = create_layer(pack, space, name, type, unit, doc);
    sah_h5_write(pack->h5, dataset, type, values);
    sah_h5_drop(dataset);
}

/* Numbers of countries or regions; the sea, -1 in the world, is undefined here. */
static void put_numbers(struct sah_pack *pack, const struct sah_space *space,
                        const char *name, const char *doc, const int16_t *number,
                        const char *const *labels, size_t nlabels) {
    struct sah_h5 *h5 = pack->h5;
    size_t n = (size_t)pack->world->grid.ncells;
    int16_t *stored = malloc(n * sizeof *stored);
    if (!stored) {
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for %s", name);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (number[i] < 0)
            sah_store_fill(SAH_I16, &stored[i]);
        else
            stored[i] = number[i];
    }
    hid_t dataset = create_layer(pack, space, name, SAH_I16, NULL, doc);
    sah_pack_flags(pack, dataset, SAH_I16, labels, nlabels);
    sah_h5_write(h5, dataset, SAH_I16, stored);
    sah_h5_drop(dataset);
    free(stored);
}

static void put_regions(struct sah_pack *pack, const struct sah_space *space) {
    const struct sah_geography *geo = pack->world->geo;
    size_t nc = geo ? geo->ncountries : 0, nr = geo ? geo->nregions : 0;
    const char **labels = calloc(nc + nr + 1, sizeof *labels);
    if (!labels) {
        pack->h5->status =
            sah_error_add(pack->h5->err, SAH_MEMORY, "no memory for regions");
        return;
    }
    for (size_t i = 0; i < nc; i++) labels[i] = geo->country[i].iso3;
    for (size_t i = 0; i < nr; i++) labels[nc + i] = geo->region[i].id;
    put_numbers(pack, space, "country", "Country of the largest land share",
                pack->world->land->country, labels, nc);
    put_numbers(pack, space, "region", "First-level region of the largest land share",
                pack->world->land->region, labels + nc, nr);
    free(labels);
}

void sah_pack_land(struct sah_pack *pack) {
    const struct sah_land *land = pack->world->land;
    if (!land || pack->h5->status) return;
    hid_t group = sah_h5_group(pack->h5, pack->h5->file, "land");
    struct sah_space space;
    sah_space_open(pack, &space, group);
    sah_space_grid(pack, &space);
    if (!pack->h5->status) put_regions(pack, &space);
    if (pack->world->theatre)
        put_layer(pack, &space, "theatre", SAH_U8, "1", "1 where people live as agents",
                  pack->world->theatre);
#define X(name, type, unit, doc) \
    put_layer(pack, &space, #name, SAH_##type, unit, doc, land->name);
    LAND_LAYERS(X)
#undef X
    sah_space_close(&space);
    sah_h5_drop(group);
}

static void put_table(struct sah_pack *pack, hid_t group,
                      const struct sah_geo_file *file) {
    char name[160];
    snprintf(name, sizeof name, "%s_bytes", file->name);
    hid_t dim = sah_h5_dimension(pack->h5, group, name, file->length);
    hid_t dataset = sah_h5_variable(pack->h5, group,
                                    &(struct sah_h5_variable){
                                        .name = file->name,
                                        .doc = "Table as it was read, bytes of UTF-8",
                                        .type = SAH_U8,
                                        .rank = 1,
                                        .dim = {dim},
                                    });
    sah_h5_write(pack->h5, dataset, SAH_U8, file->text);
    sah_h5_drop(dataset);
    sah_h5_drop(dim);
}

void sah_pack_geography(struct sah_pack *pack) {
    const struct sah_geography *geo = pack->world->geo;
    if (!geo || geo->nfiles == 0) return;
    hid_t group = sah_h5_group(pack->h5, pack->h5->file, "geography");
    for (size_t i = 0; i < geo->nfiles && !pack->h5->status; i++)
        put_table(pack, group, &geo->file[i]);
    sah_h5_drop(group);
}
