/* Rows of a log that a `where` keeps. */
#include "sim/study/where_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
static int read_column(const struct sah_where_key *key, const struct sah_log *log,
                       size_t k, struct sah_where_column *out) {
    const char *name = sah_log_axis(log, log->rows->columns[k].name);
    const struct sah_axis *axis = name ? sah_world_find_axis(key->world, name) : NULL;
    double range[2] = {-INFINITY, INFINITY};
    if (!axis) {
        int status = sah_where_range(key, key->node, range);
        out->least = range[0];
        out->most = range[1];
        return status;
    }
    out->n = axis->n;
    out->allowed = calloc(axis->n + 1, 1);
    if (!out->allowed)
        return sah_error_add(key->err, SAH_MEMORY, "no memory for a mask");
    return sah_where_labels(key, sah_where_axis_label, axis, axis->n, out->allowed);
}

static int read_event_key(const struct sah_where_key *key, const struct sah_log *of,
                          struct sah_where_events *events) {
    const struct sah_population *log = of->rows;
    int column = sah_population_find(log, key->node->key);
    bool known;
    if (column >= 0 && strcmp(key->node->key, "cell") != 0) {
        struct sah_where_column *out = &events->column[events->ncolumns++];
        out->column = (size_t)column;
        return read_column(key, of, (size_t)column, out);
    }
    int status = sah_where_cells(key, events->cell, &known);
    if (known && events->cell_column < 0)
        return sah_scenario_complain(key->err, key->node->key_origin, key->path, NULL,
                                     "rows of this log have no place");
    if (known) return status;
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t k = 0; k < log->ncolumns; k++)
        sah_nearer(key->node->key, log->columns[k].name, &best, &distance);
    if (!best) return sah_where_no_key(key, NULL, 0, true);
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
    if (is_given && where->kind != SAH_MAPPING)
        return sah_where_refuse(where, path, err);
    for (const struct sah_node *k = is_given ? where->child : NULL; k; k = k->next) n++;
    events->cell = malloc(ncells + 1);
    events->column = calloc(n + 1, sizeof *events->column);
    if (!events->cell || !events->column)
        return sah_error_add(err, SAH_MEMORY, "no memory for a mask");
    memset(events->cell, 1, ncells);
    events->cell_column = sah_population_find(log->rows, "cell");
    int status = SAH_OK;
    for (const struct sah_node *k = is_given ? where->child : NULL; k; k = k->next) {
        struct sah_where_key key = sah_where_key(world, k, path, err);
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
