/* Logs become events.
 *
 * What is recorded is compared with what is recorded: the log `observed`, which holds
 * what a list made from news would. Two facts rest on sources that look closer than such
 * a list, and take all that happened or the true side: kinds of attack and lethality of
 * devices (F30, F31), and what Macina did (F33). */
#include "output/facts/layouts.h"
#include "output/facts/view_result.h"

#include <math.h>
#include <string.h>

static int no_memory(struct sah_error *err) {
    return sah_error_add(err, SAH_MEMORY, "no memory for facts");
}

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

static double number_or_nan(const struct sah_result_column *column, size_t row) {
    return column ? sah_result_number(column, row) : NAN;
}

/* 0 for what is no day, which is_sound tells. */
static int32_t read_day(const struct columns *c, size_t row) {
    double day = sah_result_number(c->date, row);
    return day >= -1e6 && day <= 3e6 ? (int32_t)day : 0;
}

static struct sah_fact_event read_event(const struct columns *c, size_t row) {
    return (struct sah_fact_event){
        .day = read_day(c, row),
        .country = sah_fact_country(sah_result_word(c->country, row)),
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
        if (code || !(view->counts ? view->counts : sah_facts_counts)(&told)) continue;
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
