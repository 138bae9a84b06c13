/* Files of Flee become a case: all of them, then the free. */
#include "models/flight/flee_impl.h"
#include "sim/kernel/calendar.h"
#include "sim/kernel/file.h"
#include "sim/kernel/number.h"
#include "sim/kernel/param.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 4096 };

/* ---- files ------------------------------------------------------------------------- */

static int take_from_folder(const struct sah_flee_files *files, const char *name,
                            bool optional, char **text, size_t *length,
                            struct sah_error *err) {
    char path[PATH_SIZE];
    int n = snprintf(path, sizeof path, "%s/%s", files->folder, name);
    *text = NULL;
    if (n < 0 || n >= PATH_SIZE)
        return sah_error_add(err, SAH_INPUT, "%.80s...: the path is too long", path);
    if (optional && access(path, F_OK) != 0) return SAH_OK;
    return sah_file_read(path, SAH_FLEE_MOST_BYTES, text, length, err);
}

struct sah_flee_files sah_flee_folder(const char *folder) {
    return (struct sah_flee_files){.folder = folder, .take = take_from_folder};
}

static int take(const struct flee_reader *r, const char *file, bool optional,
                char path[static PATH_SIZE], char **text, size_t *length) {
    snprintf(path, PATH_SIZE, "%s/%s", r->files->folder, file);
    return r->files->take(r->files, file, optional, text, length, r->err);
}

int sah_flee_open(const struct flee_reader *r, const struct flee_sheet *sheet,
                  struct sah_table **table) {
    char path[PATH_SIZE], *text;
    size_t length = 0;
    *table = NULL;
    int code = take(r, sheet->file, sheet->optional, path, &text, &length);
    if (!code && text)
        code = sah_table_parse_bare(path, text, length, sheet->columns, sheet->least,
                                    table, r->err);
    free(text);
    return code;
}

int sah_flee_open_headed(const struct flee_reader *r, const char *file, bool optional,
                         struct sah_table **table) {
    char path[PATH_SIZE], *text;
    size_t length = 0;
    *table = NULL;
    int code = take(r, file, optional, path, &text, &length);
    if (!code && text) {
        char *mark = text + (length && *text == '"');
        if (*mark == '#') *mark = ' ';
        code = sah_table_parse(path, text, length, table, r->err);
    }
    if (!code && *table) sah_table_trim(*table);
    free(text);
    return code;
}

/* ---- names ------------------------------------------------------------------------- */

static int complain_of_name(const struct flee_reader *r, const struct sah_table *table,
                            size_t row, const char *column, const char *what,
                            const char *near) {
    return near ? sah_table_complain(r->err, table, row, column,
                                     "no such %s; did you mean %.80s?", what, near)
                : sah_table_complain(r->err, table, row, column, "no such %s", what);
}

int sah_flee_place(const struct flee_reader *r, const struct sah_table *table,
                   size_t row, const char *column, const char *name) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < r->flee->nplaces; i++)
        if (strcmp(r->flee->place[i].name, name) == 0) return (int)i;
    for (size_t i = 0; i < r->flee->nplaces; i++)
        sah_nearer(name, r->flee->place[i].name, &best, &distance);
    complain_of_name(r, table, row, column, "place in locations.csv", best);
    return -1;
}

static int find_country(const struct flee_reader *r, const struct sah_table *table,
                        size_t row, const char *column, const char *name) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < r->flee->ncountries; i++)
        if (strcmp(r->flee->country[i], name) == 0) return (int)i;
    for (size_t i = 0; i < r->flee->ncountries; i++)
        sah_nearer(name, r->flee->country[i], &best, &distance);
    complain_of_name(r, table, row, column, "country in locations.csv", best);
    return -1;
}

/* ---- locations.csv ----------------------------------------------------------------- */

static char *kind_names[] = {"town", "default", "conflict_zone", "conflict",
                             "camp", "idpcamp", "marker",        "forwarding_hub"};
static const enum sah_flee_kind kinds[] = {
    SAH_FLEE_TOWN, SAH_FLEE_TOWN,     SAH_FLEE_ZONE,   SAH_FLEE_ZONE,
    SAH_FLEE_CAMP, SAH_FLEE_IDP_CAMP, SAH_FLEE_MARKER, SAH_FLEE_MARKER};
static const struct sah_table_names kind_list[] = {
    {"kind of place", sizeof kind_names / sizeof *kind_names, kind_names}};

struct place_row {
    char *name, *region, *country;
    double lat, lon;
    int kind, date, people;
};
#define AT(field) .at = offsetof(struct place_row, field)
/* clang-format off */
static const struct sah_table_field place_fields[] = {
    {.column = "name", .as = SAH_AS_TEXT, AT(name)},
    {.column = "region", .as = SAH_AS_TEXT, AT(region), .blank = true},
    {.column = "country", .as = SAH_AS_TEXT, AT(country), .blank = true},
    {.column = "latitude", .as = SAH_AS_REAL, AT(lat), -90, 90, .blank = true},
    {.column = "longitude", .as = SAH_AS_REAL, AT(lon), -180, 180, .blank = true},
    {.column = "location_type", .as = SAH_AS_NAME, AT(kind)},
    {.column = "conflict_date", .as = SAH_AS_INT, AT(date), -1, 1e6, .blank = true},
    {.column = "population", .as = SAH_AS_INT, AT(people), 0, SAH_FLEE_MOST_COUNT,
     .blank = true},
    {0},
};
/* clang-format on */
#undef AT

static int number_of_country(struct sah_flee_case *flee, const char *name) {
    for (size_t i = 0; i < flee->ncountries; i++)
        /* NOLINTNEXTLINE(clang-analyzer-core.*): those counted are there */
        if (strcmp(flee->country[i], name) == 0) return (int)i;
    char *copy = strdup(name);
    if (!copy) return -1;
    flee->country[flee->ncountries] = copy;
    return (int)flee->ncountries++;
}

static int add_place(struct flee_reader *r, const struct sah_table *table, size_t row,
                     const struct place_row *from) {
    struct sah_flee_case *flee = r->flee;
    for (size_t i = 0; i < flee->nplaces; i++)
        /* NOLINTNEXTLINE(clang-analyzer-core.*): those counted are there */
        if (strcmp(flee->place[i].name, from->name) == 0)
            return sah_table_complain(r->err, table, row, "name", "stands there twice");
    bool dated = *sah_table_cell(table, row, 6) != '\0';
    struct sah_flee_place *to = &flee->place[flee->nplaces];
    *to = (struct sah_flee_place){.name = strdup(from->name),
                                  .country = number_of_country(flee, from->country),
                                  .kind = kinds[from->kind],
                                  .lat = from->lat,
                                  .lon = from->lon,
                                  .people = from->people,
                                  .conflict_from = dated ? from->date : -1};
    if (to->name && to->country >= 0) {
        flee->nplaces++;
        return SAH_OK;
    }
    free(to->name);
    return sah_error_add(r->err, SAH_MEMORY, "no memory for places");
}

static int add_places(struct flee_reader *r, const struct sah_table *table) {
    size_t n = table->nrows;
    if (n > SAH_FLEE_MOST_PLACES || n == 0)
        return sah_error_add(r->err, n ? SAH_LIMIT : SAH_INPUT,
                             "%s: holds %zu places, expected 1 to %d", table->name, n,
                             SAH_FLEE_MOST_PLACES);
    struct place_row *rows = calloc(n, sizeof *rows);
    r->flee->place = calloc(n, sizeof *r->flee->place);
    r->flee->country = calloc(n, sizeof *r->flee->country);
    int code = SAH_OK;
    if (!rows || !r->flee->place || !r->flee->country)
        code = sah_error_add(r->err, SAH_MEMORY, "no memory for places");
    if (!code)
        code =
            sah_table_rows(table, place_fields, kind_list, sizeof *rows, rows, r->err);
    int bad = SAH_OK;
    for (size_t i = 0; !code && i < n; i++) {
        int one = add_place(r, table, i, &rows[i]);
        if (one) bad = one;
    }
    free(rows);
    return code ? code : bad;
}

int sah_flee_read_places(struct flee_reader *r) {
    static const char *const columns[] = {
        "name",          "region",        "country",    "latitude", "longitude",
        "location_type", "conflict_date", "population", NULL};
    struct sah_table *table;
    int code = sah_flee_open(
        r, &(struct flee_sheet){"input_csv/locations.csv", columns, 8, false}, &table);
    if (!code && table) code = add_places(r, table);
    sah_table_free(table);
    return code;
}

/* ---- routes.csv -------------------------------------------------------------------- */

struct link_row {
    char *a, *b;
    double km;
    int forced;
};
#define AT(field) .at = offsetof(struct link_row, field)
static const struct sah_table_field link_fields[] = {
    {.column = "name1", .as = SAH_AS_TEXT, AT(a)},
    {.column = "name2", .as = SAH_AS_TEXT, AT(b)},
    {.column = "distance", .as = SAH_AS_REAL, AT(km), 0, 40000},
    {.column = "forced_redirection", .as = SAH_AS_INT, AT(forced), 0, 2, .blank = true},
    {0},
};
#undef AT

static int add_link(struct flee_reader *r, const struct sah_table *table, size_t row,
                    const struct link_row *from) {
    int a = sah_flee_place(r, table, row, "name1", from->a);
    int b = sah_flee_place(r, table, row, "name2", from->b);
    if (a < 0 || b < 0) return SAH_INPUT;
    if (a == b)
        return sah_table_complain(r->err, table, row, "name2",
                                  "a route leads to another place");
    r->flee->link[r->flee->nlinks++] = (struct sah_flee_link){a, b, from->km};
    return SAH_OK;
}

static int add_links(struct flee_reader *r, const struct sah_table *table) {
    size_t n = table->nrows;
    if (n > SAH_FLEE_MOST_LINKS)
        return sah_error_add(r->err, SAH_LIMIT, "%s: more than %d routes", table->name,
                             SAH_FLEE_MOST_LINKS);
    struct link_row *rows = calloc(n + 1, sizeof *rows);
    r->flee->link = calloc(n + 1, sizeof *r->flee->link);
    int code = SAH_OK, bad = SAH_OK;
    if (!rows || !r->flee->link)
        code = sah_error_add(r->err, SAH_MEMORY, "no memory for routes");
    if (!code)
        code = sah_table_rows(table, link_fields, NULL, sizeof *rows, rows, r->err);
    for (size_t i = 0; !code && i < n; i++)
        if (add_link(r, table, i, &rows[i])) bad = SAH_INPUT;
    free(rows);
    return code ? code : bad;
}

int sah_flee_read_links(struct flee_reader *r) {
    static const char *const columns[] = {"name1", "name2", "distance",
                                          "forced_redirection", NULL};
    struct sah_table *table;
    int code = sah_flee_open(
        r, &(struct flee_sheet){"input_csv/routes.csv", columns, 3, false}, &table);
    if (!code && table) code = add_links(r, table);
    sah_table_free(table);
    return code;
}

/* ---- closures.csv ------------------------------------------------------------------ */

static char *closed_names[] = {"country", "location", "link", "links", "camp", "camps"};
static const enum sah_flee_closed closed[] = {SAH_FLEE_COUNTRIES, SAH_FLEE_PLACE,
                                              SAH_FLEE_LINK,      SAH_FLEE_LINK,
                                              SAH_FLEE_INTO,      SAH_FLEE_INTO};
static const struct sah_table_names closed_list[] = {
    {"kind of closure (country, location, links, camp)",
     sizeof closed_names / sizeof *closed_names, closed_names}};

struct closure_row {
    char *a, *b;
    int what, from, to;
};
#define AT(field) .at = offsetof(struct closure_row, field)
static const struct sah_table_field closure_fields[] = {
    {.column = "closure_type", .as = SAH_AS_NAME, AT(what)},
    {.column = "name1", .as = SAH_AS_TEXT, AT(a)},
    {.column = "name2", .as = SAH_AS_TEXT, AT(b), .blank = true},
    {.column = "closure_start", .as = SAH_AS_INT, AT(from), -1e6, 1e6},
    {.column = "closure_end", .as = SAH_AS_INT, AT(to), -1e6, 1e6},
    {0},
};
#undef AT

static int add_closure(struct flee_reader *r, const struct sah_table *table, size_t row,
                       const struct closure_row *from) {
    enum sah_flee_closed what = closed[from->what];
    bool pair = what == SAH_FLEE_COUNTRIES || what == SAH_FLEE_LINK;
    int a = what == SAH_FLEE_COUNTRIES
                ? find_country(r, table, row, "name1", from->a)
                : sah_flee_place(r, table, row, "name1", from->a);
    int b = -1;
    if (what == SAH_FLEE_COUNTRIES) b = find_country(r, table, row, "name2", from->b);
    if (what == SAH_FLEE_LINK) b = sah_flee_place(r, table, row, "name2", from->b);
    if (a < 0 || (pair && b < 0)) return SAH_INPUT;
    r->flee->closure[r->flee->nclosures++] =
        (struct sah_flee_closure){what, a, b, from->from, from->to};
    return SAH_OK;
}

static int add_closures(struct flee_reader *r, const struct sah_table *table) {
    size_t n = table->nrows;
    if (n > SAH_FLEE_MOST_CLOSURES)
        return sah_error_add(r->err, SAH_LIMIT, "%s: more than %d closures",
                             table->name, SAH_FLEE_MOST_CLOSURES);
    struct closure_row *rows = calloc(n + 1, sizeof *rows);
    r->flee->closure = calloc(n + 1, sizeof *r->flee->closure);
    int code = SAH_OK, bad = SAH_OK;
    if (!rows || !r->flee->closure)
        code = sah_error_add(r->err, SAH_MEMORY, "no memory for closures");
    if (!code)
        code = sah_table_rows(table, closure_fields, closed_list, sizeof *rows, rows,
                              r->err);
    for (size_t i = 0; !code && i < n; i++)
        if (add_closure(r, table, i, &rows[i])) bad = SAH_INPUT;
    free(rows);
    return code ? code : bad;
}

int sah_flee_read_closures(struct flee_reader *r) {
    static const char *const columns[] = {"closure_type",  "name1",       "name2",
                                          "closure_start", "closure_end", NULL};
    struct sah_table *table;
    int code = sah_flee_open(
        r, &(struct flee_sheet){"input_csv/closures.csv", columns, 5, true}, &table);
    if (!code && table) code = add_closures(r, table);
    sah_table_free(table);
    return code;
}

/* ---- sim_period.csv ---------------------------------------------------------------- */

static int take_period(struct flee_reader *r, const struct sah_table *table) {
    bool has_start = false, has_length = false;
    int code = SAH_OK;
    for (size_t i = 0; i < table->nrows; i++) {
        const char *key = sah_table_cell(table, i, 0),
                   *text = sah_table_cell(table, i, 1);
        double number;
        if (strcmp(key, "StartDate") == 0) {
            has_start = true;
            if (!sah_day_parse(text, &r->flee->start))
                code = sah_table_complain(r->err, table, i, "value",
                                          "is no date, such as 2012-02-29");
        } else if (strcmp(key, "Length") == 0) {
            has_length = true;
            if (!sah_number_parse(text, &number) || number != floor(number) ||
                number < 1 || number > SAH_FLEE_MOST_DAYS)
                code = sah_table_complain(r->err, table, i, "value",
                                          "must be a whole number of days in 1..%d",
                                          SAH_FLEE_MOST_DAYS);
            else
                r->flee->asked = (int)number;
        } else {
            code = sah_table_complain(r->err, table, i, "key",
                                      "expected StartDate or Length");
        }
    }
    if (has_start && has_length) return code;
    return sah_error_add(r->err, SAH_INPUT, "%s: has no row %s", table->name,
                         has_start ? "Length" : "StartDate");
}

int sah_flee_read_period(struct flee_reader *r) {
    static const char *const columns[] = {"key", "value", NULL};
    struct sah_table *table;
    int code = sah_flee_open(
        r, &(struct flee_sheet){"input_csv/sim_period.csv", columns, 2, false}, &table);
    if (!code && table) code = take_period(r, table);
    sah_table_free(table);
    return code;
}

/* ---- all --------------------------------------------------------------------------- */

int sah_flee_read(const struct sah_flee_files *files, struct sah_flee_case *flee,
                  struct sah_error *err) {
    struct flee_reader r = {files, flee, err};
    *flee = (struct sah_flee_case){0};
    int places = sah_flee_read_places(&r), period = sah_flee_read_period(&r);
    int code = places ? places : period;
    if (!places) { /* else every name would be unknown */
        int (*const parts[])(struct flee_reader *) = {sah_flee_read_links,
                                                      sah_flee_read_closures};
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            int bad = parts[i](&r);
            if (bad) code = bad;
        }
    }
    if (!places && !period) { /* these want the first day, and how many */
        int conflicts = sah_flee_read_conflicts(&r);
        int registered = sah_flee_read_registered(&r);
        if (conflicts || registered) code = conflicts ? conflicts : registered;
    }
    return code ? sah_error_cause(err, code) : SAH_OK;
}

void sah_flee_free(struct sah_flee_case *flee) {
    for (size_t i = 0; i < flee->nplaces; i++) free(flee->place[i].name);
    for (size_t i = 0; i < flee->ncountries; i++) free(flee->country[i]);
    free(flee->place);
    free(flee->country);
    free(flee->link);
    free(flee->closure);
    free(flee->conflict);
    free(flee->camp);
    free(flee->registered);
    free(flee->gained);
    free(flee->total);
    *flee = (struct sah_flee_case){0};
}
