/* Days are added up, and rows of logs kept. */
#include "sim/study/probe_impl.h"

#include "sim/kernel/calendar.h"

#include <stdlib.h>

static void begin_month(struct sah_tally *t) {
    t->pairs += sah_pairs_of(t->month);
    t->month = 0;
}

static void add(struct sah_tally *t, double value, bool is_first) {
    t->sum += value;
    t->month += value;
    t->squares += value * value;
    t->last = value;
    if (is_first || value > t->most) t->most = value;
}

double sah_probe_total(const struct sah_probe *p, const double *today) {
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
static int choose_entries(struct sah_probe *p, const struct sah_world *world,
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

bool sah_probe_can_wait(const struct sah_probe *p, const struct sah_world *world) {
    return p->reduce == SAH_REDUCE_LAST && !p->by_entry && !p->m->months.n &&
           world->today < p->m->to;
}

static int look(struct sah_probe *p, const struct sah_world *world,
                struct sah_error *err) {
    int status = p->days == 0 ? choose_entries(p, world, err) : SAH_OK;
    if (status || sah_probe_can_wait(p, world)) return status;
    const double *today = sah_sight_today(p->sight, world);
    if (!p->by_entry) {
        add(p->tally, sah_probe_total(p, today), p->days == 0);
        return SAH_OK;
    }
    bool first_of_month = sah_date_of(world->today).day == 1;
    if (first_of_month) begin_month(&p->all);
    add(&p->all, sah_probe_total(p, today), p->days == 0);
    for (size_t k = 0; k < p->n; k++) {
        if (first_of_month) begin_month(&p->tally[k]);
        add(&p->tally[k], today[p->entry[k]], p->days == 0);
    }
    return SAH_OK;
}

static int keep_value(struct sah_probe *p, double value, struct sah_error *err) {
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

static int listen(struct sah_probe *p, const struct sah_world *world,
                  struct sah_error *err) {
    const struct sah_log *of = sah_probe_log(world, p->m);
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

int sah_probe_day(struct sah_probe *p, const struct sah_world *world,
                  struct sah_error *err) {
    int status = SAH_OK;
    if (is_measured(p->m, world->today)) {
        status = p->m->is_events ? listen(p, world, err) : look(p, world, err);
        p->days++;
    }
    return !status && p->per ? sah_probe_day(p->per, world, err) : status;
}
