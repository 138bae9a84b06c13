/* Events are sorted into cells and months. */
#include "output/forecast/panel.h"

#include "output/facts/view_list.h"
#include "sim/kernel/calendar.h"
#include "sim/kernel/sphere.h"

#include <stdlib.h>

enum { YEAR_ZERO = 1980, YEAR = 12, MOST_MONTHS = YEAR * 200 };
const char *const sah_panel_names[] = {"state-based", "all", NULL};

int sah_month_id(int year, int month) {
    return (year - YEAR_ZERO) * YEAR + month;
}

int sah_month_of(int32_t day) {
    struct sah_date date = sah_date_of(day);
    return sah_month_id(date.year, date.month);
}

int32_t sah_month_first(int month) {
    int years = (month - 1) / YEAR;
    return sah_day_of((struct sah_date){YEAR_ZERO + years, month - years * YEAR, 1});
}

int sah_panel_open(struct sah_panel *panel, int first, int months,
                   struct sah_error *err) {
    *panel = (struct sah_panel){.first = first, .months = months};
    if (first < 1 || months < 1 || months > MOST_MONTHS)
        return sah_error_add(err, SAH_INPUT,
                             "events must lie within 200 years after 1980");
    for (int k = 0; k < SAH_PANEL_KINDS; k++) {
        panel->deaths[k] =
            calloc((size_t)SAH_FORECAST_CELLS * (size_t)months, sizeof(float));
        if (!panel->deaths[k])
            return sah_error_add(err, SAH_MEMORY, "no memory for cells and months");
    }
    return SAH_OK;
}

void sah_panel_close(struct sah_panel *panel) {
    for (int k = 0; k < SAH_PANEL_KINDS; k++) free(panel->deaths[k]);
    *panel = (struct sah_panel){0};
}

void sah_panel_add(struct sah_panel *panel, const struct sah_fact_event *event) {
    int cell = sah_forecast_cell(sah_priogrid(event->lon, event->lat));
    int month = sah_month_of(event->day) - panel->first;
    if (cell < 0 || month < 0 || month >= panel->months) return;
    size_t at = (size_t)cell * (size_t)panel->months + (size_t)month;
    panel->deaths[SAH_PANEL_ALL][at] += (float)event->deaths;
    if (event->violence == SAH_STATE_BASED)
        panel->deaths[SAH_PANEL_STATE][at] += (float)event->deaths;
}

const float *sah_panel_row(const struct sah_panel *panel, enum sah_panel_kind kind,
                           int cell, int month) {
    SAH_BUG_IF(month < panel->first || month >= panel->first + panel->months,
               "a month outside the panel");
    return panel->deaths[kind] + (size_t)cell * (size_t)panel->months +
           (size_t)(month - panel->first);
}

/* ---- a list ------------------------------------------------------------------------ */

static bool counts(const struct sah_fact_event *event) {
    return event->deaths >= 1 &&
           sah_forecast_cell(sah_priogrid(event->lon, event->lat)) >= 0;
}

static int by_day(const void *a, const void *b) {
    const struct sah_fact_event *x = a, *y = b;
    if (x->day != y->day) return (x->day > y->day) - (x->day < y->day);
    if (x->gid != y->gid) return (x->gid > y->gid) - (x->gid < y->gid);
    return (x->deaths > y->deaths) - (x->deaths < y->deaths);
}

int sah_panel_fill(struct sah_panel *panel, struct sah_facts_view *view,
                   struct sah_error *err) {
    int first = sah_month_of(view->first);
    int code = sah_panel_open(panel, first, sah_month_of(view->last) - first + 1, err);
    for (size_t i = 0; !code && i < view->n; i++) {
        view->event[i].gid = sah_priogrid(view->event[i].lon, view->event[i].lat);
        sah_panel_add(panel, &view->event[i]);
    }
    if (!code && view->n) qsort(view->event, view->n, sizeof *view->event, by_day);
    return code;
}

int sah_panel_read(const char *path, struct sah_panel *panel,
                   struct sah_facts_view *view, struct sah_error *err) {
    struct sah_facts_view own = {0}, *into = view ? view : &own;
    struct sah_table *table = NULL;
    *panel = (struct sah_panel){0};
    *into = (struct sah_facts_view){.counts = counts};
    int code = sah_facts_table(path, &table, err);
    if (!code) code = sah_facts_view_list(table, into, err);
    if (!code) code = sah_panel_fill(panel, into, err);
    sah_table_free(table);
    sah_facts_view_free(&own);
    return code;
}
