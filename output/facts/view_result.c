/* One result becomes a view. */
#include "output/facts/view_result.h"

#include <stdlib.h>
#include <string.h>

static int no_memory(struct sah_error *err) {
    return sah_error_add(err, SAH_MEMORY, "no memory for facts");
}

static bool observes(struct sah_result *result) {
    const struct sah_result_parameter *p;
    size_t n;
    if (sah_result_parameters(result, &p, &n, NULL)) return false;
    for (size_t i = 0; i < n; i++)
        if (strcmp(p[i].path, "mechanisms.observation") == 0) return p[i].number == 1;
    return false;
}

static int take_logs(struct sah_result *result, const char *log,
                     struct sah_facts_view *view, struct sah_error *err) {
    struct sah_result_table events = {0}, record = {0};
    int code = sah_result_log(result, "events", &events, err);
    if (!code) code = sah_result_log(result, log, &record, err);
    struct sah_facts_rows all = {&events, "events", 0, events.nrows};
    struct sah_facts_rows told = {&record, log, 0, record.nrows};
    if (!code) code = sah_facts_take_logs(&all, &told, view, err);
    sah_result_table_clear(&events);
    sah_result_table_clear(&record);
    return code;
}

/* A variable as a block; empty where there is none. */
struct held {
    struct sah_facts_block block;
    double *value;
    int32_t *last;
};

static void let_go(struct held *held) {
    free(held->value);
    free(held->last);
}

static int hold(struct sah_result *result, enum sah_place place, const char *name,
                struct held *held, struct sah_error *err) {
    const struct sah_variable *v = sah_result_find(result, place, name, NULL);
    size_t periods = sah_result_period_count(result, place);
    *held = (struct held){0};
    if (!v || !v->axis[0] || periods == 0) return SAH_OK;
    size_t n = sah_variable_count(result, v);
    held->value = calloc(periods * n + 1, sizeof *held->value);
    held->last = calloc(periods, sizeof *held->last);
    if (!held->value || !held->last) return no_memory(err);
    const struct sah_period *period = sah_result_periods(result, place);
    for (size_t t = 0; t < periods; t++) held->last[t] = period[t].last;
    held->block =
        (struct sah_facts_block){v->axis[0]->label, v->axis[0]->n, n / v->axis[0]->n,
                                 periods,           held->last,    held->value};
    return sah_result_read(result, v, 0, periods - 1, held->value, err);
}

static int take_series(struct sah_result *result, struct sah_facts_view *view,
                       struct sah_error *err) {
    struct held displaced, fighters = {0}, pledged = {0}, reasons = {0};
    int code = hold(result, SAH_SERIES, "displaced_by_country", &displaced, err);
    if (!code) code = hold(result, SAH_SERIES, "fighters", &fighters, err);
    if (!code) code = hold(result, SAH_SERIES, "pledged_to", &pledged, err);
    if (!code) code = hold(result, SAH_LEDGER, "recruits_by_reason", &reasons, err);
    if (!code) code = sah_facts_take_displaced(&displaced.block, view, err);
    if (!code)
        code = sah_facts_take_strengths(&fighters.block, &pledged.block, view, err);
    if (!code) sah_facts_take_reasons(&reasons.block, view);
    let_go(&displaced), let_go(&fighters), let_go(&pledged), let_go(&reasons);
    return code;
}

int sah_facts_view_result(struct sah_result *result, const char *log,
                          struct sah_facts_view *view, bool *fell_back,
                          struct sah_error *err) {
    const struct sah_result_run *run = sah_result_run(result);
    bool fall = !log && !observes(result);
    if (fell_back) *fell_back = fall;
    view->name = strdup(run->title && *run->title ? run->title : run->path);
    view->first = run->start, view->last = run->end;
    view->cell_deg = sah_result_grid(result)->cell_deg;
    if (!view->name) return no_memory(err);
    int code = take_logs(result, log ? log : fall ? "events" : "observed", view, err);
    return code ? code : take_series(result, view, err);
}
