/* Rows read, write, describe and verify themselves. */
#include "sim/kernel/param.h"
#include "sim/kernel/param_doc.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_scenario.h"

#include <stdio.h>
#include <stdlib.h>

static const struct sah_param *row(const struct sah_param *params, const char *key) {
    while (strcmp(params->key, key) != 0) params++;
    return params;
}

static const struct sah_param *recruitment(const char *key) {
    return row(tiny_recruitment_rows, key);
}

/* ---- reading ---- */

static void assert_why(const struct sah_param *param, const char *text,
                       const char *why) {
    char got[400];
    union {
        double real;
        int64_t whole;
    } value = {0};
    assert_false(sah_param_read(param, text, &value, got, sizeof got));
    assert_string_equal(got, why);
}

static void messages(void **state) {
    (void)state;
    const struct sah_param *rate = recruitment("base_rate"),
                           *age = recruitment("min_age");
    assert_why(rate, "3.0", "must lie in 0..0.001 1/day (default 5e-08)");
    assert_why(rate, "-1e-9", "must lie in 0..0.001 1/day (default 5e-08)");
    assert_why(rate, "fast", "expected a number in 1/day (default 5e-08)");
    assert_why(rate, "nan", "expected a finite number (default 5e-08)");
    assert_why(rate, "1e400", "expected a finite number (default 5e-08)");
    assert_why(
        rate, "5 km",
        "km is another kind of unit; expected a number in 1/day (default 5e-08)");
    assert_why(rate, "5 /dya",
               "no such unit: /dya; expected a number in 1/day (default 5e-08)");
    assert_why(recruitment("reach"), "-1", "must be at least 0 km (default 50)");
    assert_why(recruitment("grievance_slope"), "x", "expected a number (default 2)");
    assert_why(age, "15.5", "expected a whole number in year (default 15)");
    assert_why(age, "9", "must lie in 10..99 year (default 15)");
    assert_why(age, "99999999999999999999", "must lie in 10..99 year (default 15)");
    assert_why(recruitment("outreach"), "maybe", "expected on or off (default on)");
    assert_why(recruitment("kernel"), "clusterd",
               "expected one of uniform, clustered (default uniform); did you mean "
               "clustered?");
    assert_why(row(tiny_run_rows, "start"), "2016",
               "expected a date such as 2016-01-31");
    assert_why(row(tiny_run_rows, "end"), "2016-02-30",
               "expected a date such as 2016-01-31 (default 2020-12-31)");
}

static void values(void **state) {
    (void)state;
    char why[400];
    double real;
    int64_t whole;
    bool on;
    int choice;
    int32_t day;
    assert_true(sah_param_read(recruitment("base_rate"), "0.1 %/day", &real, why, 400));
    assert_true(real >= 1e-3 && real <= 1e-3);
    const struct sah_param *seed = row(tiny_run_rows, "seed");
    assert_true(sah_param_read(seed, "9223372036854775806", &whole, why, 400));
    assert_true(whole == INT64_MAX - 1);
    assert_true(sah_param_read(seed, "1e6", &whole, why, 400));
    assert_true(whole == 1000000);
    assert_true(sah_param_read(recruitment("outreach"), "off", &on, why, 400));
    assert_false(on);
    assert_true(sah_param_read(recruitment("outreach"), "true", &on, why, 400));
    assert_true(on);
    assert_true(sah_param_read(recruitment("kernel"), "clustered", &choice, why, 400));
    assert_int_equal(choice, 1);
    assert_true(
        sah_param_read(row(tiny_run_rows, "end"), "1970-01-02", &day, why, 400));
    assert_int_equal(day, 1);
}

static void numbers_and_back(void **state) {
    (void)state;
    int64_t whole = 0;
    sah_param_set_number(recruitment("min_age"), &whole, 20.5);
    assert_int_equal(whole, 21);
    sah_param_set_number(recruitment("min_age"), &whole, 1e300);
    assert_true(whole == INT64_MAX);
    sah_param_set_number(recruitment("min_age"), &whole, -1e300);
    assert_true(whole == INT64_MIN);
    assert_true(isnan(sah_param_number(&tiny_top_rows[0], "")));
}

/* ---- writing ---- */

static void assert_text(const struct sah_param *param, const void *value,
                        const char *text) {
    char got[200];
    assert_int_equal(sah_param_text(param, value, got, sizeof got), strlen(text));
    assert_string_equal(got, text);
}

static void texts(void **state) {
    (void)state;
    assert_text(recruitment("base_rate"), &(double){5e-8}, "5e-08 1/day");
    assert_text(recruitment("grievance_slope"), &(double){0.1 + 0.2},
                "0.30000000000000004");
    assert_text(recruitment("reach"), &(double){3000000}, "3000000 km");
    assert_text(recruitment("min_age"), &(int64_t){-3}, "-3 year");
    assert_text(recruitment("outreach"), &(bool){true}, "on");
    assert_text(recruitment("kernel"), &(int){1}, "clustered");
    assert_text(row(tiny_run_rows, "end"), &(int32_t){0}, "1970-01-01");
    assert_text(tiny_top_rows, &(char *){(char[]){"Pau: summit"}}, "\"Pau: summit\"");
    assert_text(tiny_top_rows, &(char *){NULL}, "");
    char *names[] = {(char[]){"a"}, (char[]){"b, c"}};
    assert_text(tiny_fields_rows, &(struct sah_names){2, names}, "[a, \"b, c\"]");
    double shares[] = {5000, 0.5};
    assert_text(row(tiny_grid_rows, "theatre"), &(struct sah_shares){2, names, shares},
                "{a: all, \"b, c\": 0.5 km}");
    assert_text(row(tiny_grid_rows, "box"), &(struct sah_reals){2, shares},
                "[5000 deg, 0.5 deg]");
}

static void cut_texts_tell_their_length(void **state) {
    (void)state;
    char got[4];
    assert_int_equal(sah_param_text(recruitment("base_rate"), &(double){5e-8}, got, 4),
                     11);
    assert_string_equal(got, "5e-");
    assert_int_equal(sah_param_text(recruitment("base_rate"), &(double){5e-8}, NULL, 0),
                     11);
}

static void quotes(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"plain words", "plain words"},
        {"", "\"\""},
        {"~", "\"~\""},
        {"null", "\"null\""},
        {"-3", "-3"},
        {"- a", "\"- a\""},
        {"---", "\"---\""},
        {"a: b", "\"a: b\""},
        {"a:b", "a:b"},
        {"a #b", "\"a #b\""},
        {"x\n\ty", "\"x\\n\\x09y\""},
        {"end ", "\"end \""},
        {"\"", "\"\\\"\""},
        {"4.5 %", "4.5 %"},
        {"% a", "\"% a\""},
        {"2016-01-31", "2016-01-31"},
        {"é", "\"é\""},
        {"\xc2\x85", "\"\\u0085\""},
        {"\xe2\x80\xa8", "\"\\u2028\""},
        {"\xef\xbb\xbf", "\"\\ufeff\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[64];
        sah_quoted_text(cases[i][0], got, sizeof got);
        assert_string_equal(got, cases[i][1]);
    }
}

static void number_texts_read_back(void **state) {
    (void)state;
    static const double numbers[] = {
        0,   -0.0, 1.0 / 3,           5e-8, 1e15, 123456789012, 1e300, 5e-324,
        0.1, 1e-3, 9007199254740993.0};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char text[32];
        sah_number_text(numbers[i], text);
        double back = strtod(text, NULL);
        assert_memory_equal(&back, &numbers[i], sizeof back);
    }
}

/* ---- nearest names ---- */

static void nearest(void **state) {
    (void)state;
    static const char *const names[] = {"base_rate", "grievance_slope", "min_age",
                                        "on"};
    assert_string_equal(sah_nearest("greivance_slope", names, 4), "grievance_slope");
    assert_string_equal(sah_nearest("Base_Rate", names, 4), "base_rate");
    assert_string_equal(sah_nearest("baserate", names, 4), "base_rate");
    assert_null(sah_nearest("zebra", names, 4));
    assert_null(sah_nearest("", names, 4));
    assert_null(sah_nearest("x", names, 0));
    char longer[5000];
    memset(longer, 'a', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    assert_null(sah_nearest(longer, names, 4));
}

/* ---- tables ---- */

static void good_tables_pass(void **state) {
    (void)state;
    struct sah_error err = {0};
    struct tiny t;
    tiny_offer(&t);
    for (size_t i = 0; i < TINY_SECTIONS; i++)
        sah_params_verify(t.section[i].params, t.section[i].name, &err);
    sah_params_verify(t.list[0].params, "forces", &err);
    assert_null(err.text);
    sah_error_clear(&err);
}

static void bad_rows_are_named(void **state) {
    (void)state;
    static const char *const one[] = {"a", NULL};
#define GOOD .doc = "x", .source = "design", .unit = "1"
    static const struct sah_param rows[] = {
        {.key = "a", .type = SAH_REAL, .min = 0, .max = 1, .unit = "furlong"},
        {.key = "a", .type = SAH_REAL, .def = 2, .min = 0, .max = 1, GOOD},
        {.key = "Big", .type = SAH_REAL, GOOD},
        {.key = "b", .type = SAH_INT, .def = 0.5, .min = 0, .max = 1, GOOD},
        {.key = "c", .type = SAH_CHOICE, .choices = one, GOOD},
        {.key = "d", .type = SAH_CHOICE, .choices = tiny_kernels, .def = 2, GOOD},
        {.key = "e", .type = SAH_DATE, GOOD},
        {.key = "f", .type = SAH_SWITCH, .def = 2, GOOD},
        {.key = "g", .type = SAH_NAMES, .choices = one, .def_text = "a, b", GOOD},
        {.key = "h", .type = SAH_SHARES, .def_text = "a: 2", .max = 1, GOOD},
        {.key = "i", .type = SAH_REALS, .def_text = "0, x", .max = 1, GOOD},
        {.key = "j", .type = SAH_SHARES, .def_text = "a 1", .max = 1, GOOD},
        {0},
    };
#undef GOOD
    struct sah_error err = {0};
    assert_int_equal(sah_params_verify(rows, "s", &err), SAH_CHECK);
    assert_string_equal(err.text, "s.a: has no sentence\n"
                                  "s.a: has no source\n"
                                  "s.a: has an unknown unit\n"
                                  "s.a: the key stands twice\n"
                                  "s.a: its default lies outside its range\n"
                                  "s.Big: a key is written like_this\n"
                                  "s.Big: has no range\n"
                                  "s.b: its default is no whole number\n"
                                  "s.c: offers no choice\n"
                                  "s.d: its default is none of its choices\n"
                                  "s.e: its default is no date\n"
                                  "s.f: its default is neither on (1) nor off (0)\n"
                                  "s.g: its default cannot be read\n"
                                  "s.h: its default cannot be read\n"
                                  "s.i: its default cannot be read\n"
                                  "s.j: its default cannot be read\n");
    sah_error_clear(&err);
}

/* ---- words for people ---- */

typedef void writer(FILE *out, const struct sah_section *sections, size_t nsections,
                    const struct sah_list *lists, size_t nlists);

static char *written(writer *write, const struct tiny *t) {
    static char *text;
    static size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    write(out, t->section, TINY_SECTIONS, t->list, TINY_LISTS);
    fclose(out);
    return text;
}

static void chapter(void **state) {
    (void)state;
    struct tiny t;
    tiny_offer(&t);
    char *text = written(sah_params_chapter, &t);
    assert_non_null(
        strstr(text, "## recruitment\n\nCivilians join.\n\n"
                     "| key | type | default | range | meaning | source |\n"
                     "|---|---|---|---|---|---|\n"
                     "| `base_rate` | number, 1/day | 5e-08 1/day | 0..0.001 1/day | "
                     "Hazard of joining | assumed |\n"));
    assert_non_null(strstr(text, "| Slope \\| steepness |"));
    assert_non_null(strstr(text, "| `start` | date | required |  | First day |"));
    assert_non_null(strstr(text, "State forces. A list; each item has a `name`."));
    free(text);
}

/* The template, filled in where it asks for it, is a scenario of defaults; and so is
 * the template with every default uncommented. */
static void template_is_a_scenario(void **state) {
    (void)state;
    struct tiny t;
    tiny_offer(&t);
    char *text = written(sah_params_template, &t);
    assert_non_null(
        strstr(text, "\nrun:\n  # First day\n  start: FILL_IN  # a date\n"));
    assert_non_null(strstr(text, "\n  # Hazard of joining; 0..0.001 1/day\n"
                                 "  # base_rate: 5e-08 1/day\n"));
    assert_non_null(strstr(text, "\noutput:\n  fields:\n    # Fields kept; deaths"));

    char filled[8192];
    size_t before = (size_t)(strstr(text, "FILL_IN") - text);
    snprintf(filled, sizeof filled, "%.*s2016-01-01%s", (int)before, text,
             text + before + strlen("FILL_IN"));
    struct tiny read;
    tiny_read(&read, filled, strlen(filled), NULL, 0);
    assert_null(read.err.text);
    assert_true(read.recruitment.base_rate > 0);

    static const char *const keys[] = {"base_rate", "reach",    "grievance_slope",
                                       "min_age",   "outreach", "kernel",
                                       "keep",      "every",    "box",
                                       "theatre",   "end",      "seed"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        char commented[64];
        snprintf(commented, sizeof commented, " # %s:", keys[i]);
        char *at = strstr(filled, commented);
        assert_non_null(at);
        memmove(at + 1, at + 3, strlen(at + 3) + 1);
    }
    struct tiny again;
    tiny_read(&again, filled, strlen(filled), NULL, 0);
    assert_null(again.err.text);
    assert_memory_equal(&read.recruitment, &again.recruitment, sizeof read.recruitment);
    assert_int_equal(again.grid.theatre.n, 2);
    tiny_free(&read);
    tiny_free(&again);
    free(text);
}

static void description(void **state) {
    (void)state;
    struct tiny t;
    tiny_offer(&t);
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_true(sah_params_describe(out, "recruitment.base_rate", t.section,
                                    TINY_SECTIONS, t.list, TINY_LISTS, NULL));
    assert_true(sah_params_describe(out, "forces", t.section, TINY_SECTIONS, t.list,
                                    TINY_LISTS, NULL));
    const char *near = NULL;
    assert_false(sah_params_describe(out, "recruitmnet", t.section, TINY_SECTIONS,
                                     t.list, TINY_LISTS, &near));
    assert_string_equal(near, "recruitment");
    fclose(out);
    assert_non_null(strstr(text, "recruitment.base_rate\n"
                                 "    Hazard of joining\n"
                                 "    type     number in 1/day\n"
                                 "    default  5e-08 1/day\n"
                                 "    range    0..0.001 1/day\n"
                                 "    source   assumed\n"));
    assert_non_null(strstr(text, "forces: State forces (a list of named things)\n"));
    assert_non_null(strstr(text, "    default  none, must be given\n"));
    free(text);
    text = written(sah_params_list, &t);
    assert_non_null(strstr(text, "recruitment          Civilians join\n"));
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages),
        cmocka_unit_test(values),
        cmocka_unit_test(numbers_and_back),
        cmocka_unit_test(texts),
        cmocka_unit_test(cut_texts_tell_their_length),
        cmocka_unit_test(quotes),
        cmocka_unit_test(number_texts_read_back),
        cmocka_unit_test(nearest),
        cmocka_unit_test(good_tables_pass),
        cmocka_unit_test(bad_rows_are_named),
        cmocka_unit_test(chapter),
        cmocka_unit_test(template_is_a_scenario),
        cmocka_unit_test(description),
    };
    return cmocka_run_group_tests_name("param", tests, NULL, NULL);
}
