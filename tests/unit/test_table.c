/* CSV tables: quotes, line ends, rows as structs, and every mistake with its place. */
#include "sim/kernel/table.h"
#include "tests/support/alloc.h"
#include "tests/support/bug.h"
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

static struct sah_table *parse(const char *text) {
    struct sah_table *table;
    struct sah_error err = {0};
    assert_int_equal(sah_table_parse("t.csv", text, strlen(text), &table, &err), 0);
    assert_null(err.text);
    return table;
}

static void assert_refused(const char *text, int code, const char *message) {
    struct sah_table *table;
    struct sah_error err = {0};
    assert_int_equal(sah_table_parse("t.csv", text, strlen(text), &table, &err), code);
    assert_null(table);
    assert_string_equal(err.text, message);
    sah_error_clear(&err);
}

static void reads_fields(void **state) {
    (void)state;
    struct sah_table *t =
        parse("# about\n#more, \"odd\nname,people\nDjibo,60599\nAribinda,\n");
    assert_int_equal(t->ncolumns, 2);
    assert_int_equal(t->nrows, 2);
    assert_int_equal(sah_table_find(t, "people"), 1);
    assert_int_equal(sah_table_find(t, "weight"), -1);
    assert_string_equal(sah_table_cell(t, 0, 0), "Djibo");
    assert_string_equal(sah_table_cell(t, 0, 1), "60599");
    assert_string_equal(sah_table_cell(t, 1, 1), "");
    assert_int_equal(t->line[1], 5);
    ASSERT_BUG(sah_table_cell(t, 2, 0), "no such field");
    sah_table_free(t);
    sah_table_free(NULL);
}

static void reads_quotes_and_line_ends(void **state) {
    (void)state;
    struct sah_table *t =
        parse("\xEF\xBB\xBFname,note\r\n\"N'zi, \"\"Comoe\"\"\",\"two\nlines\"\r\n"
              "\r\n\"\",#not a comment\r\nlast,\"end\"");
    assert_int_equal(t->nrows, 3);
    assert_string_equal(t->header[0], "name");
    assert_string_equal(sah_table_cell(t, 0, 0), "N'zi, \"Comoe\"");
    assert_string_equal(sah_table_cell(t, 0, 1), "two\nlines");
    assert_string_equal(sah_table_cell(t, 1, 0), "");
    assert_string_equal(sah_table_cell(t, 1, 1), "#not a comment");
    assert_string_equal(sah_table_cell(t, 2, 1), "end");
    assert_int_equal(t->line[0], 2);
    assert_int_equal(t->line[1], 5);
    sah_table_free(t);
}

static void empty_tables_have_a_header(void **state) {
    (void)state;
    struct sah_table *t = parse("a,b,");
    assert_int_equal(t->ncolumns, 3);
    assert_int_equal(t->nrows, 0);
    sah_table_free(t);
    assert_refused("", SAH_INPUT, "t.csv:1: there is no header\n");
    assert_refused("# only\n\n", SAH_INPUT, "t.csv:3: there is no header\n");
}

static void refuses_broken_texts(void **state) {
    (void)state;
    assert_refused("a,b\n1\n2,3\n4,5,6\n", SAH_INPUT,
                   "t.csv:2: has 1 fields, the header 2\n"
                   "t.csv:4: has 3 fields, the header 2\n");
    assert_refused("a,b\n1,\"2\n3,4\n", SAH_INPUT,
                   "t.csv:2: quotes are never closed\n");
    assert_refused("a,b\n1,\"2\"x\n", SAH_INPUT,
                   "t.csv:2: text behind closing quotes\n");
    assert_refused("a,b\n1,2\"x\n", SAH_INPUT, "t.csv:2: quotes inside a field\n");
    assert_refused("a,b\n1,2\rx\n", SAH_INPUT,
                   "t.csv:2: carriage return without line feed\n");
    assert_refused("a,b,a\n", SAH_INPUT, "t.csv:1: a: stands there twice\n");
    struct sah_table *table;
    assert_int_equal(sah_table_parse("t.csv", "a\n\0b\n", 5, &table, NULL), SAH_INPUT);
}

static void refuses_what_is_too_large(void **state) {
    (void)state;
    size_t n = SAH_TABLE_MAX_FIELD + 10;
    char *text = calloc(n + 1, 1);
    memset(text, 'x', n);
    assert_refused(text, SAH_LIMIT, "t.csv:1: a field is too long\n");
    memset(text, ',', n);
    assert_refused(text, SAH_LIMIT, "t.csv:1: too many columns\n");
    free(text);
    struct sah_table *table;
    assert_int_equal(
        sah_table_parse("t.csv", "", (size_t)SAH_TABLE_MAX_BYTES + 1, &table, NULL),
        SAH_LIMIT);
}

struct town {
    char *name, *note;
    double lon;
    float share;
    int rank, country;
};
static const struct sah_table_field fields[] = {
    {.column = "name", .as = SAH_AS_TEXT, .at = offsetof(struct town, name)},
    {.column = "note",
     .as = SAH_AS_TEXT,
     .at = offsetof(struct town, note),
     .blank = true},
    {.column = "lon",
     .as = SAH_AS_REAL,
     .at = offsetof(struct town, lon),
     .min = -180,
     .max = 180},
    {.column = "share",
     .as = SAH_AS_FLOAT,
     .at = offsetof(struct town, share),
     .max = 1},
    {.column = "rank",
     .as = SAH_AS_INT,
     .at = offsetof(struct town, rank),
     .min = -9,
     .max = 9,
     .blank = true},
    {.column = "iso3",
     .as = SAH_AS_NAME,
     .at = offsetof(struct town, country),
     .list = 1,
     .blank = true},
    {.column = NULL}};
static char *iso3[] = {"MLI", "BFA", "NER"};
static const struct sah_table_names names[] = {{"nothing", 0, NULL},
                                               {"country", 3, iso3}};

static void rows_become_structs(void **state) {
    (void)state;
    struct sah_table *t = parse("extra,iso3,rank,share,lon,note,name\n"
                                "x,NER,-2,0.25,-1.5,,Djibo\n"
                                "x,,,1,180,\"a, b\",Gao\n");
    struct town town[2];
    assert_int_equal(sah_table_rows(t, fields, names, sizeof *town, town, NULL), 0);
    assert_string_equal(town[0].name, "Djibo");
    assert_string_equal(town[0].note, "");
    assert_true(town[0].lon == -1.5 && town[0].share == 0.25f);
    assert_true(town[0].rank == -2 && town[0].country == 2);
    assert_true(town[1].rank == 0 && town[1].country == -1);
    assert_string_equal(town[1].note, "a, b");
    sah_table_free(t);
}

static void bad_fields_are_all_told(void **state) {
    (void)state;
    struct sah_table *t = parse("iso3,rank,share,lon,name\n"
                                "MLI,1.5,x,181,Gao\n"
                                "XXX,10,nan,,\n");
    struct town town[2];
    struct sah_error err = {0};
    assert_int_equal(sah_table_rows(t, fields, names, sizeof *town, town, &err),
                     SAH_INPUT);
    assert_string_equal(err.text, "t.csv:3: name = : must not be empty\n"
                                  "t.csv: has no column note\n"
                                  "t.csv:2: lon = 181: must lie in -180..180\n"
                                  "t.csv:3: lon = : must not be empty\n"
                                  "t.csv:2: share = x: is no number\n"
                                  "t.csv:3: share = nan: is no number\n"
                                  "t.csv:2: rank = 1.5: must be a whole number\n"
                                  "t.csv:3: rank = 10: must lie in -9..9\n"
                                  "t.csv:3: iso3 = XXX: no such country\n");
    sah_error_clear(&err);
    sah_table_free(t);
}

static void reads_tables_without_header(void **state) {
    (void)state;
    static const char *const columns[] = {"name", "people", "note", NULL};
    const char *text = "\xEF\xBB\xBF#name,people\n\"#name\",x\n Djibo , 7 ,a,b\n"
                       "#\nGao,\"8\"\n\nKidal\n";
    struct sah_table *t;
    struct sah_error err = {0};
    assert_int_equal(
        sah_table_parse_bare("t.csv", text, strlen(text), columns, 1, &t, &err), 0);
    assert_int_equal(t->nrows, 3);
    assert_int_equal(t->ncolumns, 3);
    assert_int_equal(sah_table_find(t, "people"), 1);
    assert_string_equal(sah_table_cell(t, 0, 0), "Djibo");
    assert_string_equal(sah_table_cell(t, 0, 1), "7");
    assert_string_equal(sah_table_cell(t, 0, 2), "a");
    assert_string_equal(sah_table_cell(t, 1, 1), "8");
    assert_string_equal(sah_table_cell(t, 2, 2), "");
    assert_int_equal(t->line[2], 7);
    sah_table_free(t);
    assert_int_equal(
        sah_table_parse_bare("t.csv", text, strlen(text), columns, 2, &t, &err),
        SAH_INPUT);
    assert_null(t);
    assert_string_equal(err.text, "t.csv:7: has 1 fields, expected 2 (name ...)\n");
    sah_error_clear(&err);
    assert_int_equal(sah_table_parse_bare("t.csv", "", 0, columns, 1, &t, &err), 0);
    assert_int_equal(t->nrows, 0);
    sah_table_free(t);
}

static void failed_allocations_are_told(void **state) {
    (void)state;
    char text[4000] = "a,b\n";
    for (int i = 0; i < 300; i++) strcat(text, "1,\"2\"\n");
    long n = 0;
    int code = SAH_MEMORY;
    while (code) {
        struct sah_table *table;
        alloc_fail_at(++n);
        code = sah_table_parse("t.csv", text, strlen(text), &table, NULL);
        bool reached = alloc_failed();
        alloc_fail_at(0);
        assert_int_equal(code, reached ? SAH_MEMORY : 0);
        sah_table_free(table);
    }
    assert_true(n > 6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_fields),
        cmocka_unit_test(reads_quotes_and_line_ends),
        cmocka_unit_test(empty_tables_have_a_header),
        cmocka_unit_test(refuses_broken_texts),
        cmocka_unit_test(refuses_what_is_too_large),
        cmocka_unit_test(rows_become_structs),
        cmocka_unit_test(bad_fields_are_all_told),
        cmocka_unit_test(reads_tables_without_header),
        cmocka_unit_test(failed_allocations_are_told),
    };
    return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
