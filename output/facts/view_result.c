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

int sah_facts_take_log(const struct sah_result_table *table, const char *name,
                       bool record, struct sah_facts_view *view,
                       struct sah_error *err) {
    struct columns c;
    int code = find_columns(table, name, &c, err);
    if (code) return code;
    for (size_t i = 0; i < table->nrows; i++) {
        struct sah_fact_event told = read_event(&c, i);
        if (!is_sound(&told, &c, i))
            return sah_error_add(
                err, SAH_FORMAT,
                "row %zu of the log %s has an impossible day, place or "
                "number of deaths",
                i, name);
        if (record && !sah_facts_counts(&told)) continue;
        struct sah_fact_event *event =
            record ? sah_facts_view_add(&view->event, &view->n)
                   : sah_facts_view_add(&view->act, &view->nacts);
        if (!event) return no_memory(err);
        *event = told;
        event->macina = told.a == SAH_MACINA || told.b == SAH_MACINA;
    }
    return SAH_OK;
}

/* Ids rise by time in both logs. */
static bool macina_did(const struct sah_result_table *events, double id) {
    const struct sah_result_column *ids = sah_result_table_find(events, "id");
    const struct sah_result_column *a = sah_result_table_find(events, "side_a");
    const struct sah_result_column *b = sah_result_table_find(events, "side_b");
    size_t low = 0, high = events->nrows;
    if (!ids || !a || !b) return false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sah_result_number(ids, middle) < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < events->nrows && sah_result_number(ids, low) == id &&
           (sah_role_of(sah_result_word(a, low)) == SAH_MACINA ||
            sah_role_of(sah_result_word(b, low)) == SAH_MACINA);
}

void sah_facts_mark_macina(const struct sah_result_table *events,
                           const struct sah_result_table *record,
                           struct sah_facts_view *view) {
    const struct sah_result_column *of = sah_result_table_find(record, "event");
    struct columns c;
    size_t n = 0;
    if (!of || find_columns(record, "", &c, NULL)) return;
    for (size_t i = 0; i < record->nrows && n < view->n; i++) {
        struct sah_fact_event told = read_event(&c, i);
        if (sah_facts_counts(&told))
            view->event[n++].macina = macina_did(events, sah_result_number(of, i));
    }
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
    if (!code) code = sah_facts_take_log(&events, "events", false, view, err);
    if (!code) code = sah_facts_take_log(&record, log, true, view, err);
    if (!code) sah_facts_mark_macina(&events, &record, view);
    view->names_macina = view->tells_kinds = !code;
    sah_result_table_clear(&events);
    sah_result_table_clear(&record);
    return code;
}

/* ---- series ------------------------------------------------------------------------ */

/* All periods of a variable; NULL where there is none, or without memory (told). */
static double *read_all(struct sah_result *result, const struct sah_variable *v,
                        int *code, struct sah_error *err) {
    size_t periods = v ? sah_result_period_count(result, v->place) : 0;
    size_t n = v ? sah_variable_count(result, v) : 0;
    if (*code || periods == 0 || n == 0) return NULL;
    double *values = calloc(periods * n, sizeof *values);
    *code = values ? sah_result_read(result, v, 0, periods - 1, values, err)
                   : no_memory(err);
    if (!*code) return values;
    free(values);
    return NULL;
}

static const struct sah_variable *find(struct sah_result *result, enum sah_place place,
                                       const char *name, const char *axis) {
    const struct sah_variable *v = sah_result_find(result, place, name, NULL);
    bool fits = v && v->axis[0] && strcmp(v->axis[0]->name, axis) == 0;
    return fits ? v : NULL;
}

static int take_displaced(struct sah_result *result, struct sah_facts_view *view,
                          struct sah_error *err) {
    int code = SAH_OK;
    const struct sah_variable *v =
        find(result, SAH_SERIES, "displaced_by_country", "country");
    double *values = read_all(result, v, &code, err);
    const struct sah_period *period = sah_result_periods(result, SAH_SERIES);
    size_t n = values ? sah_result_period_count(result, SAH_SERIES) : 0;
    for (int c = 0; values && c < SAH_FACT_STATES; c++) {
        int item = sah_axis_item(v->axis[0], sah_fact_iso3[c]);
        for (size_t t = 0; item >= 0 && !code && t < n; t++)
            if (!sah_fact_series_add(&view->displaced[c], period[t].last,
                                     values[t * v->axis[0]->n + (size_t)item]))
                code = no_memory(err);
    }
    free(values);
    return code;
}

/* Does the chain of pledges lead from a faction to the umbrella? */
static bool is_member(const double *pledged, size_t n, size_t faction,
                      size_t umbrella) {
    for (size_t steps = 0; steps <= n && faction < n; steps++) {
        if (faction == umbrella) return true;
        if (!(pledged[faction] >= 0)) return false;
        faction = (size_t)pledged[faction];
    }
    return false;
}

static int add_strengths(const struct sah_axis *axis, const double *fighters,
                         const double *pledged, int32_t day,
                         struct sah_facts_view *view, struct sah_error *err) {
    int umbrella = sah_axis_item(axis, "jnim"), rival = sah_axis_item(axis, "is_sahel");
    double sum = 0;
    bool member = false;
    for (size_t f = 0; umbrella >= 0 && f < axis->n; f++) {
        if (!is_member(pledged, axis->n, f, (size_t)umbrella)) continue;
        sum += fighters[f];
        member |= (int)f != umbrella;
    }
    bool kept = sah_fact_series_add(&view->umbrella, day, member ? sum : 0);
    if (kept && rival >= 0)
        kept = sah_fact_series_add(&view->rival, day, fighters[rival]);
    return kept ? SAH_OK : no_memory(err);
}

static int take_strengths(struct sah_result *result, struct sah_facts_view *view,
                          struct sah_error *err) {
    int code = SAH_OK;
    const struct sah_variable *f = find(result, SAH_SERIES, "fighters", "faction");
    const struct sah_variable *p = find(result, SAH_SERIES, "pledged_to", "faction");
    double *fighters = read_all(result, f, &code, err);
    double *pledged = read_all(result, p, &code, err);
    const struct sah_period *period = sah_result_periods(result, SAH_SERIES);
    size_t n = fighters && pledged ? sah_result_period_count(result, SAH_SERIES) : 0;
    for (size_t t = 0; t < n && !code; t++)
        code = add_strengths(f->axis[0], fighters + t * f->axis[0]->n,
                             pledged + t * f->axis[0]->n, period[t].last, view, err);
    free(fighters);
    free(pledged);
    return code;
}

static int take_reasons(struct sah_result *result, struct sah_facts_view *view,
                        struct sah_error *err) {
    static const char *const name[] = {[SAH_REASON_JOBS] = "jobs",
                                       [SAH_REASON_BELIEF] = "belief",
                                       [SAH_REASON_ABUSE] = "abuse",
                                       [SAH_REASON_FEUD] = "feud"};
    int code = SAH_OK;
    const struct sah_variable *v =
        find(result, SAH_LEDGER, "recruits_by_reason", "reason");
    double *values = read_all(result, v, &code, err);
    size_t n = values ? sah_variable_count(result, v) : 0;
    size_t all = values ? n * sah_result_period_count(result, SAH_LEDGER) : 0;
    for (size_t i = 0; i < all; i++) {
        size_t reason = i % n / (n / v->axis[0]->n);
        view->recruits += values[i];
        for (size_t k = 0; k < sizeof name / sizeof name[0]; k++)
            if (strcmp(v->axis[0]->label[reason], name[k]) == 0)
                view->reason[k] += values[i];
    }
    free(values);
    return code;
}

int sah_facts_view_result(struct sah_result *result, const char *log,
                          struct sah_facts_view *view, bool *fell_back,
                          struct sah_error *err) {
    const struct sah_result_run *run = sah_result_run(result);
    bool fall = !log && !observes(result);
    if (fell_back) *fell_back = fall;
    view->name = strdup(run->path);
    view->first = run->start, view->last = run->end;
    if (!view->name) return no_memory(err);
    int code = take_logs(result, log ? log : fall ? "events" : "observed", view, err);
    if (!code) code = take_displaced(result, view, err);
    if (!code) code = take_strengths(result, view, err);
    if (!code) code = take_reasons(result, view, err);
    return code;
}
