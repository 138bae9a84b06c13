/* Cells by layers of the land, places, owners and fields. */
#include "sim/study/where_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- layers of the land ------------------------------------------------------------ */

/* clang-format off */
#define FLOATS(X)                                                                      \
    X(land) X(elevation_m) X(ruggedness_m) X(river) X(lake) X(road) X(border_km)       \
    X(capital_km) X(town_km) X(pasture) X(protected_share) X(urban) X(gold)            \
    X(area_km2) X(people_2000) X(people_2020)
/* clang-format on */
#define COMPUTED(X) X(lon) X(lat) X(gold_km) X(base_km)

enum layer {
#define X(name) LAYER_##name,
    FLOATS(X) COMPUTED(X)
#undef X
        NLAYERS
};
static const char *const layer_name[] = {
#define X(name) #name,
    FLOATS(X) COMPUTED(X)
#undef X
};

static double km_to(const struct sah_grid *grid, int32_t c, double lon, double lat) {
    return sah_distance_km(sah_grid_lon(grid, c), sah_grid_lat(grid, c), lon, lat);
}

static double gold_km(const struct sah_world *world, int32_t c) {
    double least = INFINITY;
    for (size_t i = 0; i < world->geo->ngold; i++)
        least = fmin(least, km_to(&world->grid, c, world->geo->gold[i].lon,
                                  world->geo->gold[i].lat));
    return least;
}

static double base_km(const struct sah_world *world, int32_t c) {
    double least = INFINITY;
    for (size_t i = 0; i < world->geo->nbases; i++)
        least = fmin(least, km_to(&world->grid, c, world->geo->base[i].lon,
                                  world->geo->base[i].lat));
    return least;
}

static double layer_value(const struct sah_world *world, enum layer layer, int32_t c) {
    switch (layer) {
#define X(name)        \
    case LAYER_##name: \
        return (double)world->land->name[c];
        FLOATS(X)
#undef X
    case LAYER_lon:
        return sah_grid_lon(&world->grid, c);
    case LAYER_lat:
        return sah_grid_lat(&world->grid, c);
    case LAYER_gold_km:
        return gold_km(world, c);
    case LAYER_base_km:
        return base_km(world, c);
    case NLAYERS:
        break;
    }
    return 0;
}

static enum layer find_layer(const char *name) {
    size_t layer = 0;
    while (layer < NLAYERS && strcmp(layer_name[layer], name) != 0) layer++;
    return (enum layer)layer;
}

static int keep_layer(const struct sah_where_key *key, enum layer layer,
                      uint8_t *mask) {
    double range[2];
    if (sah_where_range(key, key->node, range)) return SAH_INPUT;
    for (int32_t c = 0; c < key->world->grid.ncells; c++)
        if (mask[c] && !sah_where_inside(range, layer_value(key->world, layer, c)))
            mask[c] = 0;
    return SAH_OK;
}

/* ---- places ------------------------------------------------------------------------ */

static bool find_place(const struct sah_geography *geo, const char *name, double *lon,
                       double *lat) {
    for (size_t i = 0; i < geo->nplaces; i++)
        if (!strcmp(geo->place[i].name, name))
            return *lon = geo->place[i].lon, *lat = geo->place[i].lat, true;
    for (size_t i = 0; i < geo->nbases; i++)
        if (!strcmp(geo->base[i].name, name))
            return *lon = geo->base[i].lon, *lat = geo->base[i].lat, true;
    return false;
}

static int complain_of_place(const struct sah_where_key *key,
                             const struct sah_node *node) {
    const struct sah_geography *geo = key->world->geo;
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < geo->nplaces; i++)
        sah_nearer(node->key, geo->place[i].name, &best, &distance);
    return sah_scenario_complain(key->err, node->key_origin, key->path, NULL,
                                 "%s: no such place (places.csv, bases.csv)%s%s%s",
                                 node->key, best ? "; did you mean " : "",
                                 best ? best : "", best ? "?" : "");
}

/* Around any of the places named. */
static int keep_near(const struct sah_where_key *key, uint8_t *mask) {
    const struct sah_grid *grid = &key->world->grid;
    int status = SAH_OK;
    if (key->node->kind != SAH_MAPPING || !key->node->child)
        return sah_where_complain(key, key->node,
                                  "expected places with ranges: {Gao: [0, 60]}");
    for (const struct sah_node *node = key->node->child; node; node = node->next) {
        double lon, lat, range[2];
        if (!find_place(key->world->geo, node->key, &lon, &lat))
            status = complain_of_place(key, node);
        else if (sah_where_range(key, node, range))
            status = SAH_INPUT;
        else
            for (int32_t c = 0; c < grid->ncells; c++)
                if ((mask[c] & 1) && sah_where_inside(range, km_to(grid, c, lon, lat)))
                    mask[c] = 3; /* seen by one */
    }
    for (int32_t c = 0; c < grid->ncells; c++) mask[c] = mask[c] == 3;
    return status;
}

/* ---- countries, regions, fields ------------------------------------------------------------------------- */

static const char *country_label(const void *geo, size_t i) {
    return ((const struct sah_geography *)geo)->country[i].iso3;
}
static const char *region_label(const void *geo, size_t i) {
    return ((const struct sah_geography *)geo)->region[i].id;
}

static const struct sah_observable *find_plain_field(const struct sah_world *world,
                                                     const char *name) {
    const struct sah_observable *o = world->family->observables;
    for (; o && o->name; o++)
        if (o->place == SAH_FIELD && !o->axes[0] && !strcmp(o->name, name)) return o;
    return NULL;
}

static int keep_field(const struct sah_where_key *key,
                      const struct sah_observable *field, uint8_t *mask) {
    double range[2];
    size_t n = (size_t)key->world->grid.ncells;
    if (sah_where_range(key, key->node, range)) return SAH_INPUT;
    double *value = calloc(n + 1, sizeof *value);
    if (!value) return sah_error_add(key->err, SAH_MEMORY, "no memory for a field");
    field->read(key->world, value);
    for (size_t c = 0; c < n; c++)
        mask[c] = mask[c] && sah_where_inside(range, value[c]);
    free(value);
    return SAH_OK;
}

static int keep_owned(const struct sah_where_key *key, const int16_t *owner,
                      sah_where_label_of *label, size_t n, uint8_t *mask) {
    uint8_t *allowed = calloc(n + 1, 1);
    if (!allowed) return sah_error_add(key->err, SAH_MEMORY, "no memory for a mask");
    int status = sah_where_labels(key, label, key->world->geo, n, allowed);
    for (int32_t c = 0; c < key->world->grid.ncells; c++)
        mask[c] = mask[c] && owner[c] >= 0 && allowed[owner[c]];
    free(allowed);
    return status;
}

int sah_where_no_key(const struct sah_where_key *key,
                     const struct sah_axis *const *axes, size_t naxes, bool has_cells) {
    static const char *const others[] = {"country", "region", "near"};
    const char *best = NULL, *wrong = key->node->key;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < naxes; i++)
        if (axes[i]) sah_nearer(wrong, axes[i]->name, &best, &distance);
    for (size_t i = 0; has_cells && i < 3; i++)
        sah_nearer(wrong, others[i], &best, &distance);
    for (size_t i = 0; has_cells && i < NLAYERS; i++)
        sah_nearer(wrong, layer_name[i], &best, &distance);
    return sah_scenario_complain(
        key->err, key->node->key_origin, key->path, NULL, "no such %s%s%s%s",
        has_cells ? "axis, layer or field" : "axis", best ? "; did you mean " : "",
        best ? best : "", best ? "?" : "");
}

int sah_where_cells(const struct sah_where_key *key, uint8_t *mask, bool *known) {
    const struct sah_world *world = key->world;
    const char *name = key->node->key;
    enum layer layer = find_layer(name);
    const struct sah_observable *field = find_plain_field(world, name);
    *known = true;
    if (!world->land) return *known = false, SAH_OK;
    if (!strcmp(name, "country"))
        return keep_owned(key, world->land->country, country_label,
                          world->geo->ncountries, mask);
    if (!strcmp(name, "region"))
        return keep_owned(key, world->land->region, region_label, world->geo->nregions,
                          mask);
    if (!strcmp(name, "near")) return keep_near(key, mask);
    if (layer < NLAYERS) return keep_layer(key, layer, mask);
    if (field) return keep_field(key, field, mask);
    *known = false;
    return SAH_OK;
}
