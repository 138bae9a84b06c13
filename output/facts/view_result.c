/* Logs, series and ledgers of a result become a view.
 *
 * What is recorded is compared with what is recorded: the log `observed`, which holds
 * what a list made from news would. Two facts rest on sources that look closer than such
 * a list, and take the true side or all that happened: kinds of attack and lethality of
 * devices (F30, F31), and what Macina did (F33). */
#include "output/facts/view_result.h"

#include "output/facts/families.h"
#include "output/facts/layouts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct sah_error *err) {
    return sah_error_add(err, SAH_MEMORY, "no memory for facts");
}

/* ---- logs -------------------------------------------------------------------------- */

/* Columns of a log; NULL where it has none of that name. */
struct columns {
    const struct sah_result_column *date, *lon, *lat, *country, *violence, *kind, *a,
        *b, *deaths, *deaths_b, *wounded;
};

static int find_columns(const struct sah_result_table *table, const char *name,
                        struct columns *c, struct sah_error *err) {
    const struct {
        const char *name;
        const struct sah_result_column **column;
        bool needed;
    } want[] = {{"date", &c->date, true},         {"lon", &c->lon, true},
                {"lat", &c->lat, true},           {"country", &c->country, true},
                {"violence", &c->violence, true}, {"kind", &c->kind, false},
                {"side_a", &c->a, true},          {"side_b", &c->b, true},
                {"deaths", &c->deaths, true},     {"deaths_b", &c->deaths_b, false},
                {"wounded", &c->wounded, false}};
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        *want[i].column = sah_result_table_find(table, want[i].name);
        if (!*want[i].column && want[i].needed)
            return sah_error_add(err, SAH_INPUT,
                                 "the log %s has no column %s: facts are known of the "
                                 "Sahel model alone",
                                 name, want[i].name);
    }
    return SAH_OK;
}

static int country_of(const char *iso3) {
    for (int c = 0; c < SAH_FACT_STATES; c++)
        if (strcmp(iso3, sah_fact_iso3[c]) == 0) return c;
    return -1;
}

static double number_or_nan(const struct sah_result_column *column, size_t row) {
    return column ? sah_result_number(column, row) : NAN;
}

static struct sah_fact_event read_event(const struct columns *c, size_t row) {
    return (struct sah_fact_event){
        .day = (int32_t)sah_result_number(c->date, row),
        .country = country_of(sah_result_word(c->country, row)),
        .violence = sah_list_violence(sah_result_word(c->violence, row)),
        .kind = c->kind ? sah_list_kind(sah_result_word(c->kind, row)) : SAH_NO_KIND,
        .a = sah_role_of(sah_result_word(c->a, row)),
        .b = sah_role_of(sah_result_word(c->b, row)),
        .lon = sah_result_number(c->lon, row),
        .lat = sah_result_number(c->lat, row),
        .deaths = sah_result_number(c->deaths, row),
        .deaths_b = number_or_nan(c->deaths_b, row),
        .wounded = number_or_nan(c->wounded, row),
        .border_km = NAN,
        .capital_km = NAN,
    };
}

static bool is_sound(const struct sah_fact_event *e, const struct columns *c,
                     size_t row) {
    double day = sah_result_number(c->date, row);
    return day >= -1e6 && day <= 3e6 && fabs(e->lon) <= 180 && fabs(e->lat) <= 90 &&
           e->deaths >= 0 && e->deaths <= 1e9;
}

static int take_row(const struct columns *c, const struct sah_facts_rows *rows,
                    size_t row, struct sah_fact_event *told, struct sah_error *err) {
    *told = read_event(c, row);
    if (is_sound(told, c, row)) return SAH_OK;
    return sah_error_add(err, SAH_FORMAT,
                         "row %zu of the log %s has an impossible day, place or number "
                         "of deaths",
                         row, rows->log);
}

static bool is_macina(const struct sah_fact_event *e) {
    return e->a == SAH_MACINA || e->b == SAH_MACINA;
}

/* All that happened. */
static int take_acts(const struct sah_facts_rows *rows, struct sah_facts_view *view,
                     struct sah_error *err) {
    struct columns c;
    int code = find_columns(rows->table, rows->log, &c, err);
    for (size_t i = rows->first; !code && i < rows->first + rows->n; i++) {
        struct sah_fact_event told;
        code = take_row(&c, rows, i, &told, err);
        if (code) break;
        struct sah_fact_event *event = sah_facts_view_add(&view->act, &view->nacts);
        if (!event) return no_memory(err);
        *event = told;
    }
    return code;
}

/* Did Macina do the event of this id? Ids rise by time. */
static bool macina_did(const struct sah_facts_rows *events, double id) {
    const struct sah_result_column *ids = sah_result_table_find(events->table, "id");
    struct columns c;
    size_t low = events->first, high = low + events->n, end = high;
    if (!ids || find_columns(events->table, events->log, &c, NULL)) return false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sah_result_number(ids, middle) < id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low >= end || sah_result_number(ids, low) != id) return false;
    struct sah_fact_event event = read_event(&c, low);
    return is_macina(&event);
}

/* What is recorded; of an event that is told of, the true side is known. */
static int take_record(const struct sah_facts_rows *events,
                       const struct sah_facts_rows *rows, struct sah_facts_view *view,
                       struct sah_error *err) {
    const struct sah_result_column *of = sah_result_table_find(rows->table, "event");
    struct columns c;
    int code = find_columns(rows->table, rows->log, &c, err);
    for (size_t i = rows->first; !code && i < rows->first + rows->n; i++) {
        struct sah_fact_event told;
        code = take_row(&c, rows, i, &told, err);
        if (code || !sah_facts_counts(&told)) continue;
        struct sah_fact_event *event = sah_facts_view_add(&view->event, &view->n);
        if (!event) return no_memory(err);
        *event = told;
        event->macina =
            of ? macina_did(events, sah_result_number(of, i)) : is_macina(&told);
    }
    return code;
}

int sah_facts_take_logs(const struct sah_facts_rows *events,
                        const struct sah_facts_rows *record,
                        struct sah_facts_view *view, struct sah_error *err) {
    int code = take_acts(events, view, err);
    if (!code) code = take_record(events, record, view, err);
    view->names_macina = view->tells_kinds = !code;
    return code;
}

/* ---- series ------------------------------------------------------------------------ */

static int find_label(const struct sah_facts_block *block, const char *label) {
    for (size_t i = 0; i < block->items; i++)
        if (strcmp(block->label[i], label) == 0) return (int)i;
    return -1;
}

int sah_facts_take_displaced(const struct sah_facts_block *block,
                             struct sah_facts_view *view, struct sah_error *err) {
    for (int c = 0; c < SAH_FACT_STATES; c++) {
        int item = find_label(block, sah_fact_iso3[c]);
        for (size_t t = 0; item >= 0 && t < block->periods; t++)
            if (!sah_fact_series_add(&view->displaced[c], block->last[t],
                                     block->value[t * block->items + (size_t)item]))
                return no_memory(err);
    }
    return SAH_OK;
}

/* Does the chain of pledges lead from a faction to the umbrella? */
static bool is_member(const double *pledged, size_t n, size_t faction,
                      size_t umbrella) {
    for (size_t steps = 0; steps <= n && faction < n; steps++) {
        if (faction == umbrella) return true;
        if (!(pledged[faction] >= 0 && pledged[faction] < (double)n)) return false;
        faction = (size_t)pledged[faction];
    }
    return false;
}

/* Fighters of all members; 0 while the umbrella has none. */
static double umbrella_of(const double *fighters, const double *pledged, size_t n,
                          size_t umbrella) {
    double sum = 0;
    bool any = false;
    for (size_t f = 0; f < n; f++) {
        if (!is_member(pledged, n, f, umbrella)) continue;
        sum += fighters[f];
        any |= f != umbrella;
    }
    return any ? sum : 0;
}

int sah_facts_take_strengths(const struct sah_facts_block *fighters,
                             const struct sah_facts_block *pledged,
                             struct sah_facts_view *view, struct sah_error *err) {
    int umbrella = find_label(fighters, "jnim"),
        rival = find_label(fighters, "is_sahel");
    size_t n = fighters->items;
    if (umbrella < 0 || rival < 0 || pledged->items != n) return SAH_OK;
    for (size_t t = 0; t < fighters->periods; t++) {
        const double *strength = fighters->value + t * n;
        double all = umbrella_of(strength, pledged->value + t * n, n, (size_t)umbrella);
        if (!sah_fact_series_add(&view->umbrella, fighters->last[t], all) ||
            !sah_fact_series_add(&view->rival, fighters->last[t], strength[rival]))
            return no_memory(err);
    }
    return SAH_OK;
}

void sah_facts_take_reasons(const struct sah_facts_block *block,
                            struct sah_facts_view *view) {
    static const char *const name[] = {[SAH_REASON_JOBS] = "jobs",
                                       [SAH_REASON_BELIEF] = "belief",
                                       [SAH_REASON_ABUSE] = "abuse",
                                       [SAH_REASON_FEUD] = "feud"};
    size_t n = block->items * block->each;
    for (size_t i = 0; i < n * block->periods; i++) {
        const char *label = block->label[i % n / block->each];
        view->recruits += block->value[i];
        for (size_t k = 0; k < sizeof name / sizeof name[0]; k++)
            if (strcmp(label, name[k]) == 0) view->reason[k] += block->value[i];
    }
}

/* ---- a result ---------------------------------------------------------------------- */

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
