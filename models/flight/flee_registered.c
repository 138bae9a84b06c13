/* People registered in camps: lists of counts by date, corrected, interpolated.
 *
 * As Flee defines it: on a day between two dates the count lies on the line between them,
 * cut to a whole number; before the first date it is the first, after the last the last.
 * A registration correction "camp, date" scales all counts before that date so that the
 * last of them meets the count on it: a first registration counted too many. */
#include "models/flight/flee_impl.h"
#include "sim/kernel/calendar.h"
#include "sim/kernel/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OF_ALL = -1, OF_A_STRANGER = -2 }; /* "total"; not in locations.csv */
enum { MOST_LISTS = 4 * SAH_FLEE_MOST_PLACES, FILE_COLUMNS = 5, PATH_SIZE = 1024 };

struct point {
    int32_t day; /* from the start */
    double count;
    size_t row;
};
struct list {
    int place; /* or one of these */
    size_t n;
    struct point *point;
};
struct lists {
    size_t n;
    struct list *list;
};

/* ---- lists ------------------------------------------------------------------------- */

static bool is_word(const char *text) {
    return strcmp(text, "DateTime") == 0 || strcmp(text, "Date") == 0;
}

static int read_point(struct flee_reader *r, const struct sah_table *table, size_t row,
                      struct list *list) {
    const char *date = sah_table_cell(table, row, 0),
               *count = sah_table_cell(table, row, 1);
    struct point point = {.row = list->n};
    int32_t day;
    int code = SAH_OK;
    if ((row == 0 && is_word(date)) || !*count) return SAH_OK;
    if (!sah_day_parse(date, &day))
        code = sah_table_complain(r->err, table, row, "date",
                                  "is no date, such as 2012-02-29");
    if (!sah_number_parse(count, &point.count) || point.count != floor(point.count) ||
        point.count < 0 || point.count > SAH_FLEE_MOST_COUNT)
        code =
            sah_table_complain(r->err, table, row, "count",
                               "must be a whole number in 0..%d", SAH_FLEE_MOST_COUNT);
    if (code) return code;
    point.day = day - r->flee->start;
    list->point[list->n++] = point;
    return SAH_OK;
}

static int by_day(const void *a, const void *b) {
    const struct point *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return x->row < y->row ? -1 : 1;
}

/* In order of dates; of one date the last row counts. */
static void sort_points(struct flee_reader *r, struct list *list) {
    size_t kept = 0;
    for (size_t i = 1; i < list->n; i++)
        r->flee->unsorted += list->point[i].day < list->point[i - 1].day;
    qsort(list->point, list->n, sizeof *list->point, by_day);
    for (size_t i = 0; i < list->n; i++) {
        if (kept && list->point[kept - 1].day == list->point[i].day) kept--;
        list->point[kept++] = list->point[i];
    }
    list->n = kept;
}

static int read_list(struct flee_reader *r, const char *file, struct list *list) {
    static const char *const columns[] = {"date", "count", NULL};
    struct sah_table *table;
    int code = sah_flee_open(r, &(struct flee_sheet){file, columns, 2, false}, &table),
        bad = SAH_OK;
    if (code) return code;
    list->point = calloc(table->nrows + 1, sizeof *list->point);
    if (!list->point)
        code = sah_error_add(r->err, SAH_MEMORY, "no memory for %s", table->name);
    for (size_t i = 0; !code && i < table->nrows; i++)
        if (read_point(r, table, i, list)) bad = SAH_INPUT;
    if (!code && !bad && list->n == 0)
        code = sah_error_add(r->err, SAH_INPUT, "%s: holds no counts", table->name);
    if (!code) sort_points(r, list);
    sah_table_free(table);
    return code ? code : bad;
}

/* ---- data_layout.csv --------------------------------------------------------------- */

/* Files are named beside the layout, and lie nowhere else. */
static bool is_plain(const char *file) {
    return *file != '/' && strcmp(file, "..") != 0 && strncmp(file, "../", 3) != 0 &&
           !strstr(file, "/../");
}

static int place_of(const struct flee_reader *r, const char *name) {
    if (strcmp(name, "total") == 0) return OF_ALL;
    for (size_t i = 0; i < r->flee->nplaces; i++)
        if (strcmp(r->flee->place[i].name, name) == 0) return (int)i;
    return OF_A_STRANGER;
}

static int add_lists(struct flee_reader *r, const struct sah_table *table, size_t row,
                     struct lists *lists) {
    const char *name = sah_table_cell(table, row, 0);
    int place = place_of(r, name), code = SAH_OK;
    r->flee->strangers += place == OF_A_STRANGER;
    for (size_t i = 0; i < row; i++)
        if (strcmp(sah_table_cell(table, i, 0), name) == 0)
            return sah_table_complain(r->err, table, row, "name", "stands there twice");
    for (size_t k = 1; k < FILE_COLUMNS; k++) {
        const char *file = sah_table_cell(table, row, k);
        char path[PATH_SIZE];
        if (!*file) continue;
        if (!is_plain(file)) {
            code = sah_table_complain(r->err, table, row, table->header[k],
                                      "must lie in source_data");
            continue;
        }
        int length = snprintf(path, sizeof path, "source_data/%s", file);
        if (length < 0 || length >= PATH_SIZE) {
            code = sah_table_complain(r->err, table, row, table->header[k],
                                      "is too long a name");
            continue;
        }
        struct list *list = &lists->list[lists->n++];
        list->place = place;
        int bad = read_list(r, path, list);
        if (bad) code = bad;
    }
    return code;
}

static int read_layout(struct flee_reader *r, struct lists *lists) {
    static const char *const columns[] = {"name",  "file",  "file2",
                                          "file3", "file4", NULL};
    struct sah_table *table;
    int code = sah_flee_open(
        r, &(struct flee_sheet){"source_data/data_layout.csv", columns, 2, false},
        &table);
    if (code) return code;
    if (table->nrows > MOST_LISTS / 4)
        code = sah_error_add(r->err, SAH_LIMIT, "%s: more than %d rows", table->name,
                             MOST_LISTS / 4);
    if (!code) lists->list = calloc(4 * table->nrows + 1, sizeof *lists->list);
    if (!code && !lists->list)
        code = sah_error_add(r->err, SAH_MEMORY, "no memory for lists");
    for (size_t i = 0; lists->list && i < table->nrows; i++) {
        int bad = add_lists(r, table, i, lists);
        if (bad) code = bad;
    }
    sah_table_free(table);
    return code;
}

/* ---- registration_corrections.csv -------------------------------------------------- */

/* Scales what stands before the day, where the list has that day and one before. */
static bool correct(struct list *list, int32_t day) {
    for (size_t i = 0; i < list->n; i++) {
        if (list->point[i].day != day) continue;
        double last = i ? list->point[i - 1].count : 0;
        for (size_t k = 0; k < i && last > 0; k++)
            list->point[k].count *= list->point[i].count / last;
        return true;
    }
    return false;
}

static int correct_one(struct flee_reader *r, const struct sah_table *table, size_t row,
                       const struct lists *lists) {
    const char *how = sah_table_cell(table, row, 2);
    int place = sah_flee_place(r, table, row, "name", sah_table_cell(table, row, 0));
    int code = place < 0 ? SAH_INPUT : SAH_OK;
    int32_t day;
    bool found = false;
    if (*how && strcmp(how, "normalize") != 0)
        code = sah_table_complain(r->err, table, row, "how", "expected normalize");
    if (!sah_day_parse(sah_table_cell(table, row, 1), &day))
        return sah_table_complain(r->err, table, row, "date",
                                  "is no date, such as 2012-02-29");
    if (code) return code;
    for (size_t i = 0; i < lists->n; i++)
        if (lists->list[i].place == place)
            found |= correct(&lists->list[i], day - r->flee->start);
    return found ? SAH_OK
                 : sah_table_complain(r->err, table, row, "date",
                                      "the camp's list has no such date");
}

static int read_corrections(struct flee_reader *r, const struct lists *lists) {
    static const char *const columns[] = {"name", "date", "how", NULL};
    struct sah_table *table;
    int code =
        sah_flee_open(r,
                      &(struct flee_sheet){"input_csv/registration_corrections.csv",
                                           columns, 2, true},
                      &table);
    for (size_t i = 0; !code && table && i < table->nrows; i++) {
        int bad = correct_one(r, table, i, lists);
        if (bad) code = bad;
    }
    sah_table_free(table);
    return code;
}

/* ---- day by day -------------------------------------------------------------------- */

/* `at` goes on from call to call, since days do. */
static int64_t count_on(const struct list *list, int32_t day, size_t *at) {
    const struct point *p = list->point;
    while (*at < list->n && p[*at].day <= day) ++*at;
    if (*at == 0) return (int64_t)p[0].count;
    const struct point *last = &p[*at - 1];
    if (*at == list->n) return (int64_t)last->count;
    double part = (double)(day - last->day) / (double)(p[*at].day - last->day);
    return (int64_t)(last->count + part * (p[*at].count - last->count));
}

static int find_camps(struct flee_reader *r, const struct lists *lists) {
    struct sah_flee_case *flee = r->flee;
    int code = SAH_OK;
    flee->camp = calloc(flee->nplaces, sizeof *flee->camp);
    if (!flee->camp) return sah_error_add(r->err, SAH_MEMORY, "no memory for camps");
    for (size_t i = 0; i < flee->nplaces; i++) {
        bool listed = false;
        if (flee->place[i].kind != SAH_FLEE_CAMP) continue;
        for (size_t k = 0; k < lists->n; k++) listed |= lists->list[k].place == (int)i;
        if (!listed)
            code = sah_error_add(r->err, SAH_INPUT,
                                 "%s/source_data/data_layout.csv: has no row for the "
                                 "camp %.80s",
                                 r->files->folder, flee->place[i].name);
        flee->camp[flee->ncamps++] = (int)i;
    }
    if (flee->ncamps == 0)
        code = sah_error_add(r->err, SAH_INPUT,
                             "%s/input_csv/locations.csv: holds no camp",
                             r->files->folder);
    return code;
}

static void add_days(struct sah_flee_case *flee, const struct list *list) {
    int64_t *gained = list->place == OF_ALL ? flee->total : flee->gained, before = 0;
    size_t camp = flee->ncamps, at = 0;
    for (size_t c = 0; c < flee->ncamps; c++)
        if (flee->camp[c] == list->place) camp = c;
    for (int t = 0; t < flee->days; t++) {
        int64_t count = count_on(list, t, &at);
        if (camp < flee->ncamps)
            flee->registered[(size_t)t * flee->ncamps + camp] += count;
        gained[t] += count - before;
        before = count;
    }
}

static int lay_out(struct flee_reader *r, const struct lists *lists) {
    struct sah_flee_case *flee = r->flee;
    size_t days = (size_t)flee->days;
    flee->registered = calloc(days * flee->ncamps, sizeof *flee->registered);
    flee->gained = calloc(days, sizeof *flee->gained);
    flee->total = calloc(days, sizeof *flee->total);
    if (!flee->registered || !flee->gained || !flee->total)
        return sah_error_add(r->err, SAH_MEMORY, "no memory for camps");
    for (size_t k = 0; k < lists->n; k++) add_days(flee, &lists->list[k]);
    return SAH_OK;
}

int sah_flee_read_registered(struct flee_reader *r) {
    struct lists lists = {0};
    int code = read_layout(r, &lists);
    int corrections = code ? SAH_OK : read_corrections(r, &lists);
    int camps = code ? SAH_OK : find_camps(r, &lists);
    if (corrections) code = corrections;
    if (camps) code = camps;
    if (!code && r->flee->days > 0) code = lay_out(r, &lists);
    for (size_t i = 0; i < lists.n; i++) free(lists.list[i].point);
    free(lists.list);
    return code;
}
