/* Lists of events grow, are put in order, and are given their place on the ground. */
#include "output/facts/facts.h"

#include "sim/kernel/calendar.h"
#include "sim/kernel/sphere.h"

#include <math.h>
#include <stdlib.h>

struct sah_fact_event *sah_facts_view_add(struct sah_fact_event **list, size_t *n) {
    bool full = (*n & (*n - 1)) == 0; /* 0, 1, 2, 4, 8 ... */
    if (full) {
        struct sah_fact_event *grown =
            realloc(*list, (*n ? 2 * *n : 1) * sizeof **list);
        if (!grown) return NULL;
        *list = grown;
    }
    struct sah_fact_event *event = &(*list)[(*n)++];
    *event = (struct sah_fact_event){
        .deaths_b = NAN, .wounded = NAN, .border_km = NAN, .capital_km = NAN};
    return event;
}

bool sah_facts_counts(const struct sah_fact_event *event) {
    return event->deaths >= 1 && event->lon < SAH_FACT_EAST && event->country >= 0 &&
           sah_priogrid(event->lon, event->lat) > 0;
}

static int by_day(const void *a, const void *b) {
    const struct sah_fact_event *x = a, *y = b;
    if (x->day != y->day) return (x->day > y->day) - (x->day < y->day);
    if (x->gid != y->gid) return (x->gid > y->gid) - (x->gid < y->gid);
    return (x->deaths > y->deaths) - (x->deaths < y->deaths);
}

static void place(struct sah_fact_event *event, struct sah_fact_ground *ground) {
    struct sah_date date = sah_date_of(event->day);
    event->year = date.year, event->month = date.month;
    event->gid = sah_priogrid(event->lon, event->lat);
    event->border_km = sah_fact_border_km(ground, event->gid);
    if (event->country < 0) return;
    event->capital_km = sah_fact_capital_km(ground, event->gid, event->country);
    if (event->country == SAH_MLI)
        event->central = sah_fact_is_central(ground, event->lon, event->lat);
}

static void settle(struct sah_fact_event *list, size_t n,
                   struct sah_fact_ground *ground) {
    for (size_t i = 0; i < n; i++) place(&list[i], ground);
    if (n) qsort(list, n, sizeof *list, by_day);
}

void sah_facts_view_settle(struct sah_facts_view *view,
                           struct sah_fact_ground *ground) {
    settle(view->event, view->n, ground);
    settle(view->act, view->nacts, ground);
}

bool sah_fact_series_add(struct sah_fact_series *series, int32_t day, double value) {
    size_t n = series->n + 1;
    int32_t *days = realloc(series->day, n * sizeof *days);
    if (days) series->day = days;
    double *values = realloc(series->value, n * sizeof *values);
    if (values) series->value = values;
    if (!days || !values) return false;
    series->day[series->n] = day, series->value[series->n] = value;
    series->n = n;
    return true;
}

static void free_series(struct sah_fact_series *series) {
    free(series->day);
    free(series->value);
}

void sah_facts_view_free(struct sah_facts_view *view) {
    free(view->name);
    free(view->event);
    free(view->act);
    for (int c = 0; c < SAH_FACT_STATES; c++) {
        free(view->totals[c]);
        free_series(&view->displaced[c]);
    }
    free_series(&view->umbrella);
    free_series(&view->rival);
    *view = (struct sah_facts_view){0};
}
