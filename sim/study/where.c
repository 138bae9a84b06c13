/* Labels, ranges and places become masks. */
#include "sim/study/where.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/kernel/number.h"

/* ---- one key ---------------------------------------------------------------------- */

struct key { /* of a `where`, and where to complain */
    const struct sah_world *world;
    const struct sah_node *node;
    char path[256];
    struct sah_error *err;
};

static int complain(const struct key *key, const struct sah_node *node,
                    const char *what) {
    const char *text = node->kind == SAH_SCALAR ? node->text : NULL;
    return sah_scenario_complain(key->err, node->origin, key->path, text, "%s", what);
}

static bool read_bound(const char *text, double *bound) {
    if (!strcmp(text, "inf") || !strcmp(text, "-inf")) {
        *bound = *text == '-' ? -INFINITY : INFINITY;
        return true;
    }
    return sah_number_parse(text, bound);
}

/* [least] or [least, most]. */
static int read_range(const struct key *key, const struct sah_node *node,
                      double range[2]) {
    const struct sah_node *a = node->kind == SAH_SEQUENCE ? node->child : NULL;
    const struct sah_node *b = a ? a->next : NULL;
    range[0] = -INFINITY, range[1] = INFINITY;
    if (!a || !read_bound(a->text, &range[0]) ||
        (b && (!read_bound(b->text, &range[1]) || b->next)))
        return complain(key, node,
                        "expected a range such as [0, 60], or [12] and more");
    return range[0] <= range[1] ? SAH_OK
                                : complain(key, node, "the range is upside down");
}

static bool is_inside(const double range[2], double value) {
    return value >= range[0] && value <= range[1];
}

/* ---- labels ----------------------------------------------------------------------- */

typedef const char *label_of(const void *list, size_t i);

static int read_label(const struct key *key, const struct sah_node *node,
                      label_of *label, const void *list, size_t n, uint8_t *allowed) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        const char *name = label(list, i);
        if (node->kind == SAH_SCALAR && !strcmp(name, node->text)) {
            allowed[i] = 1;
            return SAH_OK;
        }
        sah_nearer(node->text, name, &best, &distance);
    }
    char what[256];
    snprintf(what, sizeof what, "no such %s%s%s%s", key->node->key,
             best ? "; did you mean " : "", best ? best : "", best ? "?" : "");
    return complain(key, node, what);
}

/* Marks what one label or a list of them names among `n`. */
static int read_labels(const struct key *key, label_of *label, const void *list,
                       size_t n, uint8_t *allowed) {
    if (key->node->kind == SAH_SCALAR)
        return read_label(key, key->node, label, list, n, allowed);
    int status = SAH_OK;
    if (key->node->kind != SAH_SEQUENCE || !key->node->child)
        return complain(key, key->node, "expected a name or a list of names");
    for (const struct sah_node *item = key->node->child; item; item = item->next)
        if (read_label(key, item, label, list, n, allowed)) status = SAH_INPUT;
    return status;
}

static const char *axis_label(const void *axis, size_t i) {
    return ((const struct sah_axis *)axis)->label[i];
}
static const char *country_label(const void *geo, size_t i) {
    return ((const struct sah_geography *)geo)->country[i].iso3;
}
static const char *region_label(const void *geo, size_t i) {
    return ((const struct sah_geography *)geo)->region[i].id;
}

/* ---- layers of the land ------------------------------------------------------------ */

#define FLOATS(X)                                                             \
    X(land)                                                                   \
    X(elevation_m)                                                            \
    X(ruggedness_m)                                                           \
    X(river) X(lake) X(road) X(border_km) X(capital_km) X(town_km) X(pasture) \
        X(protected_share) X(urban) X(gold) X(area_km2) X(people_2000) X(people_2020)
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

static int keep_layer(const struct key *key, enum layer layer, uint8_t *mask) {
    double range[2];
    if (read_range(key, key->node, range)) return SAH_INPUT;
    for (int32_t c = 0; c < key->world->grid.ncells; c++)
        if (mask[c] && !is_inside(range, layer_value(key->world, layer, c)))
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

static int complain_of_place(const struct key *key, const struct sah_node *node) {
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
static int keep_near(const struct key *key, uint8_t *mask) {
    const struct sah_grid *grid = &key->world->grid;
    int status = SAH_OK;
    if (key->node->kind != SAH_MAPPING || !key->node->child)
        return complain(key, key->node, "expected places with ranges: {Gao: [0, 60]}");
    for (const struct sah_node *node = key->node->child; node; node = node->next) {
        double lon, lat, range[2];
        if (!find_place(key->world->geo, node->key, &lon, &lat))
            status = complain_of_place(key, node);
        else if (read_range(key, node, range))
            status = SAH_INPUT;
        else
            for (int32_t c = 0; c < grid->ncells; c++)
                if ((mask[c] & 1) && is_inside(range, km_to(grid, c, lon, lat)))
                    mask[c] = 3; /* seen by one */
    }
    for (int32_t c = 0; c < grid->ncells; c++) mask[c] = mask[c] == 3;
    return status;
}

/* ---- cells ------------------------------------------------------------------------- */

static const struct sah_observable *find_plain_field(const struct sah_world *world,
                                                     const char *name) {
    const struct sah_observable *o = world->family->observables;
    for (; o && o->name; o++)
        if (o->place == SAH_FIELD && !o->axes[0] && !strcmp(o->name, name)) return o;
    return NULL;
}

static int keep_field(const struct key *key, const struct sah_observable *field,
                      uint8_t *mask) {
    double range[2];
    size_t n = (size_t)key->world->grid.ncells;
    if (read_range(key, key->node, range)) return SAH_INPUT;
    double *value = calloc(n + 1, sizeof *value);
    if (!value) return sah_error_add(key->err, SAH_MEMORY, "no memory for a field");
    field->read(key->world, value);
    for (size_t c = 0; c < n; c++) mask[c] = mask[c] && is_inside(range, value[c]);
    free(value);
    return SAH_OK;
}

static int keep_owned(const struct key *key, const int16_t *owner, label_of *label,
                      size_t n, uint8_t *mask) {
    uint8_t *allowed = calloc(n + 1, 1);
    if (!allowed) return sah_error_add(key->err, SAH_MEMORY, "no memory for a mask");
    int status = read_labels(key, label, key->world->geo, n, allowed);
    for (int32_t c = 0; c < key->world->grid.ncells; c++)
        mask[c] = mask[c] && owner[c] >= 0 && allowed[owner[c]];
    free(allowed);
    return status;
}

/* A key that nobody knows, with the nearest that would do here. */
static int complain_of_key(const struct key *key, const struct sah_axis *const *axes,
                           size_t naxes, bool has_cells) {
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

/* One key over mask[ncells]; `known` is cleared where it says nothing of cells. */
static int keep_cells(const struct key *key, uint8_t *mask, bool *known) {
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

/* ---- entries of an observable ------------------------------------------------------- */

static struct key key_at(const struct sah_world *world, const struct sah_node *node,
                         const char *path, struct sah_error *err) {
    struct key key = {.world = world, .node = node, .err = err};
    snprintf(key.path, sizeof key.path, "%.160s.%.80s", path, node->key);
    return key;
}

static int refuse_kind(const struct sah_node *where, const char *path,
                       struct sah_error *err) {
    return sah_scenario_complain(err, where->origin, path, NULL,
                                 "expected a mapping such as {country: MLI}");
}

static void clear_others(uint8_t *mask, const uint8_t *allowed, size_t n, size_t outer,
                         size_t inner) {
    for (size_t o = 0; o < outer; o++)
        for (size_t i = 0; i < n; i++)
            if (!allowed[i]) memset(mask + (o * n + i) * inner, 0, inner);
}

/* An axis of the observable: [axis 0][axis 1], or [axis 0][cell]. */
static int keep_axis(const struct key *key, const struct sah_axis *const axes[2], int k,
                     size_t count, uint8_t *mask) {
    uint8_t *allowed = calloc(axes[k]->n + 1, 1);
    if (!allowed) return sah_error_add(key->err, SAH_MEMORY, "no memory for a mask");
    int status = read_labels(key, axis_label, axes[k], axes[k]->n, allowed);
    size_t outer = k && axes[0] ? axes[0]->n : 1;
    if (!status)
        clear_others(mask, allowed, axes[k]->n, outer, count / outer / axes[k]->n);
    free(allowed);
    return status;
}

static int keep_key(const struct key *key, const struct sah_observable *what,
                    const struct sah_axis *const axes[2], size_t count, uint8_t *mask,
                    uint8_t *cells) {
    for (int k = 0; k < 2; k++)
        if (axes[k] && !strcmp(axes[k]->name, key->node->key))
            return keep_axis(key, axes, k, count, mask);
    bool known = false, has_cells = what->place == SAH_FIELD;
    int status = has_cells ? keep_cells(key, cells, &known) : SAH_OK;
    return known ? status : complain_of_key(key, axes, 2, has_cells);
}

int sah_where_entries(const struct sah_world *world, const struct sah_observable *what,
                      const struct sah_node *where, const char *path, uint8_t *mask,
                      struct sah_error *err) {
    size_t count = sah_observable_count(world, what);
    size_t ncells = what->place == SAH_FIELD ? (size_t)world->grid.ncells : 1;
    const struct sah_axis *axes[2] = {NULL, NULL};
    memset(mask, 1, count);
    if (!where || where->kind == SAH_NULL) return SAH_OK;
    if (where->kind != SAH_MAPPING) return refuse_kind(where, path, err);
    for (int k = 0; k < 2; k++)
        if (what->axes[k]) axes[k] = sah_world_find_axis(world, what->axes[k]);
    uint8_t *cells = malloc(ncells + 1);
    if (!cells) return sah_error_add(err, SAH_MEMORY, "no memory for a mask");
    memset(cells, 1, ncells);
    int status = SAH_OK;
    for (const struct sah_node *node = where->child; node; node = node->next) {
        struct key key = key_at(world, node, path, err);
        int fault = keep_key(&key, what, axes, count, mask, cells);
        if (fault) status = fault;
    }
    for (size_t i = 0; i < count; i++) mask[i] = mask[i] && cells[i % ncells];
    free(cells);
    return status;
}

/* ---- events ------------------------------------------------------------------------ */

double sah_column_value(const struct sah_population *population, size_t column,
                        size_t i) {
    const void *data = sah_population_column(population, column);
    switch (population->columns[column].type) {
#define X(name, ctype, text) \
    case SAH_##name:         \
        return (double)((const ctype *)data)[i];
        SAH_TYPES(X)
#undef X
    }
    return 0;
}

/* A column with names has labels, another a range. */
static int read_column(const struct key *key, const struct sah_log *log, size_t k,
                       struct sah_where_column *out) {
    const char *name = sah_log_axis(log, log->rows->columns[k].name);
    const struct sah_axis *axis = name ? sah_world_find_axis(key->world, name) : NULL;
    double range[2] = {-INFINITY, INFINITY};
    if (!axis) {
        int status = read_range(key, key->node, range);
        out->least = range[0];
        out->most = range[1];
        return status;
    }
    out->n = axis->n;
    out->allowed = calloc(axis->n + 1, 1);
    if (!out->allowed)
        return sah_error_add(key->err, SAH_MEMORY, "no memory for a mask");
    return read_labels(key, axis_label, axis, axis->n, out->allowed);
}

static int read_event_key(const struct key *key, const struct sah_log *of,
                          struct sah_where_events *events) {
    const struct sah_population *log = of->rows;
    int column = sah_population_find(log, key->node->key);
    bool known;
    if (column >= 0 && strcmp(key->node->key, "cell") != 0) {
        struct sah_where_column *out = &events->column[events->ncolumns++];
        out->column = (size_t)column;
        return read_column(key, of, (size_t)column, out);
    }
    int status = keep_cells(key, events->cell, &known);
    if (known && events->cell_column < 0)
        return sah_scenario_complain(key->err, key->node->key_origin, key->path, NULL,
                                     "rows of this log have no place");
    if (known) return status;
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t k = 0; k < log->ncolumns; k++)
        sah_nearer(key->node->key, log->columns[k].name, &best, &distance);
    if (!best) return complain_of_key(key, NULL, 0, true);
    return sah_scenario_complain(key->err, key->node->key_origin, key->path, NULL,
                                 "no such column, layer or field; did you mean %s?",
                                 best);
}

int sah_where_events(const struct sah_world *world, const struct sah_log *log,
                     const struct sah_node *where, const char *path,
                     struct sah_where_events *events, struct sah_error *err) {
    size_t n = 0, ncells = (size_t)world->grid.ncells;
    bool is_given = where && where->kind != SAH_NULL;
    *events = (struct sah_where_events){0};
    if (is_given && where->kind != SAH_MAPPING) return refuse_kind(where, path, err);
    for (const struct sah_node *k = is_given ? where->child : NULL; k; k = k->next) n++;
    events->cell = malloc(ncells + 1);
    events->column = calloc(n + 1, sizeof *events->column);
    if (!events->cell || !events->column)
        return sah_error_add(err, SAH_MEMORY, "no memory for a mask");
    memset(events->cell, 1, ncells);
    events->cell_column = sah_population_find(log->rows, "cell");
    int status = SAH_OK;
    for (const struct sah_node *k = is_given ? where->child : NULL; k; k = k->next) {
        struct key key = key_at(world, k, path, err);
        int fault = read_event_key(&key, log, events);
        if (fault) status = fault;
    }
    return status;
}

void sah_where_events_free(struct sah_where_events *events) {
    for (size_t i = 0; i < events->ncolumns; i++) free(events->column[i].allowed);
    free(events->column);
    free(events->cell);
    *events = (struct sah_where_events){0};
}

bool sah_where_event(const struct sah_where_events *events,
                     const struct sah_population *log, size_t i) {
    if (events->cell_column >= 0) {
        const int32_t *cell = sah_population_column(log, (size_t)events->cell_column);
        if (!events->cell[cell[i]]) return false;
    }
    for (size_t k = 0; k < events->ncolumns; k++) {
        const struct sah_where_column *column = &events->column[k];
        double value = sah_column_value(log, column->column, i);
        bool good = column->allowed ? value >= 0 && value < (double)column->n &&
                                          column->allowed[(size_t)value]
                                    : value >= column->least && value <= column->most;
        if (!good) return false;
    }
    return true;
}
