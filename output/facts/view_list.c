/* Rows of a list become events; the tables beside it become series. */
#include "output/facts/view_list.h"

#include "output/facts/layouts.h"
#include "sim/kernel/calendar.h"
#include "sim/kernel/file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int sah_facts_table(const char *path, struct sah_table **table, struct sah_error *err) {
    char *text = NULL;
    size_t length = 0;
    *table = NULL;
    int code = sah_file_read(path, SAH_TABLE_MAX_BYTES, &text, &length, err);
    if (!code) code = sah_table_parse(path, text, length, table, err);
    free(text);
    return code;
}

static const struct sah_list_layout *layout_of(const struct sah_table *table) {
    for (const struct sah_list_layout *l = sah_list_layouts; l->name; l++)
        if (sah_table_find(table, l->mark) >= 0) return l;
    return NULL;
}

const char *sah_facts_layout(const struct sah_table *table) {
    const struct sah_list_layout *layout = layout_of(table);
    return layout ? layout->name : NULL;
}

/* ---- dates ------------------------------------------------------------------------- */

static bool words_day(const char *text, int32_t *day) {
    static const char *const month[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    char *end;
    long d = strtol(text, &end, 10);
    if (!isdigit((unsigned char)*text) || *end != ' ') return false;
    for (int m = 0; m < 12; m++) {
        size_t length = strlen(month[m]);
        if (strncasecmp(end + 1, month[m], length) != 0) continue;
        const char *year = end + 1 + length;
        if (*year != ' ' || strlen(year) != 5) return false;
        struct sah_date date = {(int)strtol(year + 1, &end, 10), m + 1, 0};
        date.day = d > 31 ? 0 : (int)d;
        if (*end || !sah_date_valid(date)) return false;
        *day = sah_day_of(date);
        return true;
    }
    return false;
}

/* 2018-03-04, the same with a time of day behind it, or 04 March 2018. */
static bool read_day(const char *text, int32_t *day) {
    size_t length = strlen(text);
    if (length == 10) return sah_day_parse(text, day);
    if (length > 10 && (text[10] == ' ' || text[10] == 'T') && text[4] == '-') {
        char date[11];
        snprintf(date, sizeof date, "%.10s", text);
        return sah_day_parse(date, day);
    }
    return words_day(text, day);
}

/* ---- rows -------------------------------------------------------------------------- */

struct list {
    const struct sah_table *table;
    const struct sah_list_layout *layout;
    struct sah_facts_view *view;
    struct sah_list_row *row;
    const char *date_column;
};

static void cover(struct sah_facts_view *view, int32_t day, bool first) {
    int year = sah_date_of(day).year;
    int32_t begin = sah_day_of((struct sah_date){year, 1, 1});
    int32_t end = sah_day_of((struct sah_date){year, 12, 31});
    if (first || begin < view->first) view->first = begin;
    if (first || end > view->last) view->last = end;
}

static int add(const struct list *list, const struct sah_list_row *row, int32_t day,
               struct sah_error *err) {
    struct sah_fact_event told = {.day = day,
                                  .country = sah_fact_country(row->country),
                                  .a = sah_role_of(row->a),
                                  .b = sah_role_of(row->b),
                                  .lon = row->lon,
                                  .lat = row->lat,
                                  .deaths = row->deaths};
    struct sah_facts_view *view = list->view;
    bool use = list->layout->read(row, &told) &&
               (view->counts ? view->counts : sah_facts_counts)(&told);
    if (!use || row->precision > list->layout->most_precision) return SAH_OK;
    if (view->n == SAH_FACT_MOST_EVENTS)
        return sah_error_add(err, SAH_LIMIT, "%s: more than %d events that count",
                             list->table->name, SAH_FACT_MOST_EVENTS);
    struct sah_fact_event *event = sah_facts_view_add(&view->event, &view->n);
    if (!event) return sah_error_add(err, SAH_MEMORY, "no memory for events");
    told.deaths_b = event->deaths_b, told.wounded = event->wounded;
    told.macina = told.a == SAH_MACINA;
    view->names_macina |= told.macina;
    view->tells_kinds |= told.kind != SAH_NO_KIND;
    *event = told;
    return SAH_OK;
}

static int add_rows(const struct list *list, struct sah_error *err) {
    int code = SAH_OK;
    for (size_t i = 0; i < list->table->nrows; i++) {
        const struct sah_list_row *row = &list->row[i];
        int32_t day;
        int bad;
        if (!read_day(row->date, &day)) {
            bad = sah_table_complain(err, list->table, i, list->date_column,
                                     "is no date, such as 2018-03-04");
        } else {
            cover(list->view, day, i == 0);
            bad = add(list, row, day, err);
        }
        if (bad == SAH_MEMORY || bad == SAH_LIMIT) return bad;
        if (bad) code = bad;
    }
    return code;
}

/* The columns of a layout, and those it can do without that are there. */
enum { MOST_FIELDS = 16 };
static void choose(const struct list *list, struct sah_table_field field[MOST_FIELDS]) {
    size_t n = 0;
    for (const struct sah_table_field *f = list->layout->fields; f->column; f++)
        field[n++] = *f;
    for (const struct sah_table_field *f = list->layout->optional; f->column; f++)
        if (sah_table_find(list->table, f->column) >= 0) field[n++] = *f;
    field[n] = (struct sah_table_field){0};
}

static int read_list(struct list *list, struct sah_error *err) {
    struct sah_table_field field[MOST_FIELDS];
    choose(list, field);
    list->date_column = field[0].column;
    for (size_t i = 0; i < list->table->nrows; i++)
        list->row[i].kind = list->row[i].violence = -1;
    int code = sah_table_rows(list->table, field, sah_list_names, sizeof *list->row,
                              list->row, err);
    return code ? code : add_rows(list, err);
}

int sah_facts_view_list(const struct sah_table *table, struct sah_facts_view *view,
                        struct sah_error *err) {
    struct list list = {.table = table, .layout = layout_of(table), .view = view};
    if (!list.layout)
        return sah_error_add(err, SAH_INPUT,
                             "%s: has the columns of no list that is known: UCDP GED "
                             "(type_of_violence ...), ACLED (event_type ...) or sahel "
                             "events (violence ...)",
                             table->name);
    if (table->nrows == 0)
        return sah_error_add(err, SAH_INPUT, "%s: holds no events", table->name);
    list.row = calloc(table->nrows, sizeof *list.row);
    view->name = strdup(table->name);
    int code = list.row && view->name
                   ? read_list(&list, err)
                   : sah_error_add(err, SAH_MEMORY, "%s: no memory", table->name);
    free(list.row);
    return code;
}
