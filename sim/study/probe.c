/* Measures at work: days and events become numbers. */
#include "sim/study/measure.h"
#include "sim/study/sight.h"
#include "sim/study/where.h"

#include "sim/kernel/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tally { /* of one entry, or of all together, over days */
    double sum, squares, most, last;
    double month, pairs; /* counted this month; pairs within months before */
};

struct probe {
    const struct sah_measure *m;
    struct probe *per;
    size_t days; /* measured */
    /* of an observable */
    const struct sah_observable *what;
    struct sah_sight *sight;
    int reduce;
    bool by_entry; /* each entry has its own tally */
    size_t count;
    uint8_t *mask;       /* [count] */
    size_t n, *entry;    /* those in the mask, from the first day on */
    double *weight;      /* [count] of cells; NULL: equal */
    double weights;      /* of those in the mask */
    struct tally *tally; /* [n], or one for all */
    struct tally all;    /* entries together, for pairs */
    /* of events */
    struct sah_where_events where;
    int column; /* -1: none */
    const char *column_unit;
    double *value;
    size_t nvalues, capacity;
};

/* The log that a measure names; NULL where the model keeps none of that name. */
static const struct sah_log *log_of(const struct sah_world *world,
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

/* ---- finding ----------------------------------------------------------------------- */

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

static int find(struct probe *p, const struct sah_world *world, struct sah_error *err) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    p->what = find_observable(world, p->m->of);
    if (p->what) return SAH_OK;
    for (const struct sah_observable *o = world->family->observables; o && o->name; o++)
        sah_nearer(p->m->of, o->name, &best, &distance);
    return complain_of(p->m, "of", p->m->of, "no such series, ledger or field", best,
                       err);
}

/* ---- making ------------------------------------------------------------------------ */

static double *cell_weights(const struct probe *p, const struct sah_world *world) {
    double *weight = calloc(p->count + 1, sizeof *weight);
    size_t ncells = (size_t)world->grid.ncells;
    for (size_t i = 0; weight && i < p->count; i++)
        weight[i] = p->m->weigh == SAH_WEIGH_AREA
                        ? (double)world->land->area_km2[i % ncells]
                        : world->land->people_2020[i % ncells];
    return weight;
}

static int make_observable(struct probe *p, const struct sah_world *world,
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

static int make_events(struct probe *p, const struct sah_world *world,
                       struct sah_error *err) {
    const struct sah_measure *m = p->m;
    const struct sah_log *of = log_of(world, m);
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

static void drop(struct probe *p) {
    if (!p) return;
    drop(p->per);
    sah_where_events_free(&p->where);
    free(p->mask);
    free(p->entry);
    free(p->weight);
    free(p->tally);
    free(p->value);
    free(p);
}

/* All mistakes are told; free what was made in any case. */
static int make(const struct sah_measure *m, const struct sah_world *world,
                struct sah_sights *sights, struct probe **probe,
                struct sah_error *err) {
    struct probe *p = *probe = calloc(1, sizeof *p);
    if (!p) return sah_error_add(err, SAH_MEMORY, "no memory for a measure");
    p->m = m;
    int dated = check_period(m, world, err);
    int made = m->is_events ? make_events(p, world, err)
                            : make_observable(p, world, sights, err);
    int below = m->per ? make(m->per, world, sights, &p->per, err) : SAH_OK;
    if (dated || made) return dated ? dated : made;
    return below;
}

/* ---- days -------------------------------------------------------------------------- */

/* Ordered pairs among n that are counted. */
static double pairs_of(double n) {
    return n * (n - 1);
}

static void begin_month(struct tally *t) {
    t->pairs += pairs_of(t->month);
    t->month = 0;
}

static void add(struct tally *t, double value, bool is_first) {
    t->sum += value;
    t->month += value;
    t->squares += value * value;
    t->last = value;
    if (is_first || value > t->most) t->most = value;
}

/* All entries of today in one number. */
static double total(const struct probe *p, const double *today) {
    double sum = 0;
    if (p->m->cells != SAH_OVER_MEAN) {
        for (size_t k = 0; k < p->n; k++) sum += today[p->entry[k]];
        return sum;
    }
    for (size_t k = 0; k < p->n; k++) {
        size_t i = p->entry[k];
        sum += p->weight ? p->weight[i] * today[i] : today[i];
    }
    return sum / p->weights;
}

/* Fields in `where` are those of the first day. */
static int choose_entries(struct probe *p, const struct sah_world *world,
                          struct sah_error *err) {
    int status =
        sah_where_entries(world, p->what, p->m->where, p->m->path, p->mask, err);
    p->weights = 0;
    for (size_t i = 0; !status && i < p->count; i++) {
        if (!p->mask[i]) continue;
        p->entry[p->n++] = i;
        p->weights += p->weight ? p->weight[i] : 1;
    }
    return status;
}

/* What counts on its last day only is looked at when that day, or the question, comes. */
static bool can_wait(const struct probe *p, const struct sah_world *world) {
    return p->reduce == SAH_REDUCE_LAST && !p->by_entry && !p->m->months.n &&
           world->today < p->m->to;
}

static int look(struct probe *p, const struct sah_world *world, struct sah_error *err) {
    int status = p->days == 0 ? choose_entries(p, world, err) : SAH_OK;
    if (status || can_wait(p, world)) return status;
    const double *today = sah_sight_today(p->sight, world);
    if (!p->by_entry) {
        add(p->tally, total(p, today), p->days == 0);
        return SAH_OK;
    }
    bool first_of_month = sah_date_of(world->today).day == 1;
    if (first_of_month) begin_month(&p->all);
    add(&p->all, total(p, today), p->days == 0);
    for (size_t k = 0; k < p->n; k++) {
        if (first_of_month) begin_month(&p->tally[k]);
        add(&p->tally[k], today[p->entry[k]], p->days == 0);
    }
    return SAH_OK;
}

static int keep_value(struct probe *p, double value, struct sah_error *err) {
    if (p->nvalues == p->capacity) {
        size_t larger = p->capacity ? 2 * p->capacity : 256;
        double *grown = realloc(p->value, larger * sizeof *grown);
        if (!grown) return sah_error_add(err, SAH_MEMORY, "no memory for events");
        p->value = grown;
        p->capacity = larger;
    }
    p->value[p->nvalues++] = value;
    return SAH_OK;
}

static int listen(struct probe *p, const struct sah_world *world,
                  struct sah_error *err) {
    const struct sah_log *of = log_of(world, p->m);
    const struct sah_population *log = of->rows;
    int status = SAH_OK;
    if (p->days == 0) { /* fields in `where` are those of this day */
        sah_where_events_free(&p->where);
        status = sah_where_events(world, of, p->m->where, p->m->path, &p->where, err);
    }
    for (size_t i = 0; !status && i < log->n; i++)
        if (sah_where_event(&p->where, log, i))
            status = keep_value(
                p, p->column < 0 ? 1 : sah_column_value(log, (size_t)p->column, i),
                err);
    return status;
}

static bool is_measured(const struct sah_measure *m, int32_t day) {
    if (day < m->from || day > m->to) return false;
    for (size_t i = 0; i < m->months.n; i++)
        if (sah_date_of(day).month == (int)m->months.value[i]) return true;
    return m->months.n == 0;
}

static int measure(struct probe *p, const struct sah_world *world,
                   struct sah_error *err) {
    int status = SAH_OK;
    if (is_measured(p->m, world->today)) {
        status = p->m->is_events ? listen(p, world, err) : look(p, world, err);
        p->days++;
    }
    return !status && p->per ? measure(p->per, world, err) : status;
}

/* ---- the number -------------------------------------------------------------------- */

static double reduced(const struct probe *p, const struct tally *t) {
    double n = (double)p->days;
    switch (p->reduce) {
    case SAH_REDUCE_MEAN:
        return t->sum / n;
    case SAH_REDUCE_LAST:
        return t->last;
    case SAH_REDUCE_MAX:
    case SAH_REDUCE_ACTIVE:
        return t->most;
    case SAH_REDUCE_VAR:
        return (t->squares - t->sum * t->sum / n) / (n - 1);
    default:
        return t->sum;
    }
}

static double concentration(const struct probe *p, double sum) {
    bool is_hhi = p->m->cells == SAH_OVER_HHI;
    double value = 0;
    for (size_t k = 0; k < p->n; k++) {
        double share = reduced(p, &p->tally[k]) / sum;
        if (share > 0) value += is_hhi ? share * share : -share * log(share);
    }
    return sum > 0 ? value : NAN;
}

/* Of two that were counted in one month. */
static double chance_shared(const struct probe *p) {
    double pairs = 0;
    for (size_t k = 0; k < p->n; k++)
        pairs += p->tally[k].pairs + pairs_of(p->tally[k].month);
    return pairs / (p->all.pairs + pairs_of(p->all.month));
}

static double over_entries(const struct probe *p) {
    if (p->m->cells == SAH_OVER_PAIRS) return chance_shared(p);
    double sum = 0, most = -INFINITY, above = 0;
    for (size_t k = 0; k < p->n; k++) {
        double value = reduced(p, &p->tally[k]);
        sum += value;
        most = value > most ? value : most;
        above += value > p->m->above;
    }
    if (p->reduce == SAH_REDUCE_ACTIVE || p->m->cells == SAH_OVER_COUNT) return above;
    return p->m->cells == SAH_OVER_MAX ? most : concentration(p, sum);
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(const struct probe *p) {
    if (p->nvalues == 0) return NAN;
    size_t n = p->nvalues, at = (size_t)ceil(p->m->quantile * (double)n);
    qsort(p->value, n, sizeof *p->value, by_size);
    return p->value[at ? at - 1 : 0];
}

static double of_events(const struct probe *p) {
    double n = (double)p->nvalues, sum = 0, above = 0;
    for (size_t i = 0; i < p->nvalues; i++) {
        sum += p->value[i];
        above += p->value[i] > p->m->above;
    }
    switch (p->m->reduce) {
    case SAH_REDUCE_COUNT:
        return n;
    case SAH_REDUCE_MEAN:
        return sum / n;
    case SAH_REDUCE_SHARE:
        return above / n;
    case SAH_REDUCE_QUANTILE:
        return quantile(p);
    case SAH_REDUCE_TAIL:
        return sah_tail_exponent(p->value, p->nvalues, p->m->xmin);
    default:
        return sum;
    }
}

static double number(const struct probe *p, const struct sah_world *world) {
    double value = p->m->is_events      ? of_events(p)
                   : p->days == 0       ? NAN
                   : p->by_entry        ? over_entries(p)
                   : can_wait(p, world) ? total(p, sah_sight_today(p->sight, world))
                                        : reduced(p, p->tally);
    if (p->per) value /= number(p->per, world);
    return isfinite(value) ? value : NAN;
}

/* ---- units ------------------------------------------------------------------------- */

static const char *plain_unit(const struct probe *p) {
    bool is_number = p->reduce == SAH_REDUCE_ACTIVE || p->m->cells >= SAH_OVER_COUNT;
    if (!p->m->is_events) return is_number ? "1" : p->what->unit;
    bool has_unit = p->column >= 0 && p->m->reduce != SAH_REDUCE_COUNT &&
                    p->m->reduce != SAH_REDUCE_SHARE && p->m->reduce != SAH_REDUCE_TAIL;
    return has_unit ? p->column_unit : "1";
}

/* ---- several together ------------------------------------------------------------- */

struct sah_probes {
    const struct sah_world *world;
    struct sah_sights sights;
    size_t n;
    struct probe **row;
};

struct sah_probes *sah_probes_create(const struct sah_world *world) {
    struct sah_probes *probes = calloc(1, sizeof *probes);
    if (probes) probes->world = world;
    return probes;
}

void sah_probes_free(struct sah_probes *probes) {
    if (!probes) return;
    for (size_t k = 0; k < probes->n; k++) drop(probes->row[k]);
    free(probes->row);
    sah_sights_free(&probes->sights);
    free(probes);
}

int sah_probes_add(struct sah_probes *probes, const struct sah_measure *m,
                   struct sah_error *err) {
    struct probe **grown =
        probes ? realloc(probes->row, (probes->n + 1) * sizeof(struct probe *)) : NULL;
    if (!grown) return sah_error_add(err, SAH_MEMORY, "no memory for a measure");
    probes->row = grown;
    struct probe *probe;
    int status = make(m, probes->world, &probes->sights, &probe, err);
    if (status)
        drop(probe);
    else
        probes->row[probes->n++] = probe;
    return status;
}

int sah_probes_day(struct sah_probes *probes, struct sah_error *err) {
    int status = SAH_OK;
    for (size_t k = 0; !status && k < probes->n; k++)
        status = measure(probes->row[k], probes->world, err);
    return status;
}

double sah_probes_value(const struct sah_probes *probes, size_t k) {
    return number(probes->row[k], probes->world);
}

void sah_probes_unit(const struct sah_probes *probes, size_t k, char unit[static 64]) {
    const struct probe *p = probes->row[k];
    const char *above = plain_unit(p), *below = p->per ? plain_unit(p->per) : "1";
    if (strcmp(below, "1") == 0)
        snprintf(unit, 64, "%s", above);
    else if (strcmp(above, below) == 0)
        snprintf(unit, 64, "1");
    else
        snprintf(unit, 64, "%s/%s", above, below);
}
