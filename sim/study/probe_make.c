/* Finds what a measure names, and makes room for it. */
#include "sim/study/probe_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct sah_log *sah_probe_log(const struct sah_world *world,
                                    const struct sah_measure *m) {
    for (size_t k = 0; k < world->nlogs; k++)
        if (strcmp(world->logs[k].rows->name, m->log) == 0) return &world->logs[k];
    return NULL;
}

static const char *nearest_log(const struct sah_world *world, const char *name) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t k = 0; k < world->nlogs; k++)
        sah_nearer(name, world->logs[k].rows->name, &best, &distance);
    return best;
}

static const char per_cell[] = "_per_cell";

static bool is_called(const struct sah_observable *o, const char *name) {
    size_t length = strlen(o->name);
    if (strcmp(o->name, name) == 0) return true;
    return o->place == SAH_FIELD && strncmp(o->name, name, length) == 0 &&
           strcmp(name + length, per_cell) == 0;
}

/* A series or ledger before the field of the same name. */
static const struct sah_observable *find_observable(const struct sah_world *world,
                                                    const char *name) {
    const struct sah_observable *found = NULL;
    for (const struct sah_observable *o = world->family->observables; o && o->name; o++)
        if (is_called(o, name) && (!found || found->place == SAH_FIELD)) found = o;
    return found;
}

static struct sah_origin origin_of(const struct sah_measure *m, const char *key) {
    const struct sah_node *node = m->node;
    if (m->is_events) node = sah_node_find(node, "events");
    const struct sah_node *value = sah_node_find(node, key);
    return value ? value->origin : m->node->origin;
}

static int complain_of(const struct sah_measure *m, const char *key, const char *text,
                       const char *what, const char *best, struct sah_error *err) {
    char path[300];
    snprintf(path, sizeof path, "%.250s.%s", m->path, key);
    return sah_scenario_complain(err, origin_of(m, key), path, text, "%s%s%s%s", what,
                                 best ? "; did you mean " : "", best ? best : "",
                                 best ? "?" : "");
}

static int find(struct sah_probe *p, const struct sah_world *world,
                struct sah_error *err) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    p->what = find_observable(world, p->m->of);
    if (p->what) return SAH_OK;
    for (const struct sah_observable *o = world->family->observables; o && o->name; o++)
        sah_nearer(p->m->of, o->name, &best, &distance);
    return complain_of(p->m, "of", p->m->of, "no such series, ledger or field", best,
                       err);
}

static double *cell_weights(const struct sah_probe *p, const struct sah_world *world) {
    double *weight = calloc(p->count + 1, sizeof *weight);
    size_t ncells = (size_t)world->grid.ncells;
    for (size_t i = 0; weight && i < p->count; i++)
        weight[i] = p->m->weigh == SAH_WEIGH_AREA
                        ? (double)world->land->area_km2[i % ncells]
                        : world->land->people_2020[i % ncells];
    return weight;
}

static int make_observable(struct sah_probe *p, const struct sah_world *world,
                           struct sah_sights *sights, struct sah_error *err) {
    const struct sah_measure *m = p->m;
    int status = find(p, world, err);
    if (status) return status;
    bool usual_sum = p->what->nature == SAH_FLOW;
    p->reduce = m->reduce ? m->reduce : usual_sum ? SAH_REDUCE_SUM : SAH_REDUCE_MEAN;
    p->by_entry = p->reduce == SAH_REDUCE_ACTIVE || m->cells > SAH_OVER_MEAN;
    p->count = sah_observable_count(world, p->what);
    p->mask = calloc(p->count + 1, 1);
    p->entry = calloc(p->count + 1, sizeof *p->entry);
    p->sight = sah_sights_of(sights, world, p->what);
    p->tally = calloc(p->by_entry ? p->count + 1 : 1, sizeof *p->tally);
    if (m->weigh && p->what->place != SAH_FIELD)
        return complain_of(m, "weigh", NULL, "only cells have a weight", NULL, err);
    if (m->weigh) p->weight = cell_weights(p, world);
    if (!p->mask || !p->entry || !p->sight || !p->tally || (m->weigh && !p->weight))
        return sah_error_add(err, SAH_MEMORY, "no memory for a measure");
    char path[300];
    snprintf(path, sizeof path, "%.250s.where", m->path);
    return sah_where_entries(world, p->what, m->where, path, p->mask, err);
}

static int make_events(struct sah_probe *p, const struct sah_world *world,
                       struct sah_error *err) {
    const struct sah_measure *m = p->m;
    const struct sah_log *of = sah_probe_log(world, m);
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    if (!of)
        return complain_of(m, "log", m->log, "the model keeps no such log",
                           nearest_log(world, m->log), err);
    const struct sah_population *log = of->rows;
    char path[300];
    snprintf(path, sizeof path, "%.250s.where", m->path);
    p->column = *m->column ? sah_population_find(log, m->column) : -1;
    int status = sah_where_events(world, of, m->where, path, &p->where, err);
    p->column_unit = p->column < 0 ? "1" : log->columns[p->column].unit;
    if (p->column >= 0 || !*m->column) return status;
    for (size_t k = 0; k < log->ncolumns; k++)
        sah_nearer(m->column, log->columns[k].name, &best, &distance);
    return complain_of(m, "column", m->column, "no such column of the event log", best,
                       err);
}

static int check_period(const struct sah_measure *m, const struct sah_world *world,
                        struct sah_error *err) {
    if (m->from > world->run.end)
        return complain_of(m, "from", NULL, "lies behind the end of the run", NULL,
                           err);
    if (m->to < world->run.start)
        return complain_of(m, "to", NULL, "lies before the start of the run", NULL,
                           err);
    return SAH_OK;
}

void sah_probe_drop(struct sah_probe *p) {
    if (!p) return;
    sah_probe_drop(p->per);
    sah_where_events_free(&p->where);
    free(p->mask);
    free(p->entry);
    free(p->weight);
    free(p->tally);
    free(p->value);
    free(p);
}

int sah_probe_make(const struct sah_measure *m, const struct sah_world *world,
                   struct sah_sights *sights, struct sah_probe **probe,
                   struct sah_error *err) {
    struct sah_probe *p = *probe = calloc(1, sizeof *p);
    if (!p) return sah_error_add(err, SAH_MEMORY, "no memory for a measure");
    p->m = m;
    int dated = check_period(m, world, err);
    int made = m->is_events ? make_events(p, world, err)
                            : make_observable(p, world, sights, err);
    int below = m->per ? sah_probe_make(m->per, world, sights, &p->per, err) : SAH_OK;
    if (dated || made) return dated ? dated : made;
    return below;
}
