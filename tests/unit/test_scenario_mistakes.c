/* Scenario files: what they get wrong is told by place, and nothing in them can do harm. */
#include "tests/support/scenario_errors.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- mistakes ---- */

static void all_mistakes_at_once(void **state) {
    (void)state;
    assert_error("recruitment:\n  base_rate: 3.0\n  greivance_slope: 1\n  reach:\n"
                 "  kernel: [a]\n"
                 "recruitmnt: {}\nqqq: 1\n",
                 "t.yaml: run.start: must be given: First day\n"
                 "t.yaml:2:14: recruitment.base_rate = 3.0: must lie in 0..0.001 1/day "
                 "(default 5e-08)\n"
                 "t.yaml:4:3: recruitment.reach: expected a number in km (default 50), "
                 "found nothing\n"
                 "t.yaml:5:11: recruitment.kernel: expected one of uniform, clustered "
                 "(default uniform), found a list\n"
                 "t.yaml:3:3: recruitment.greivance_slope: no such parameter; did you "
                 "mean grievance_slope?\n"
                 "t.yaml:6:1: recruitmnt: no such section; did you mean recruitment?\n"
                 "t.yaml:7:1: qqq: no such section\n");
}

static void wrong_places(void **state) {
    (void)state;
    assert_error(RUN "output: {fields: {evry: day}, series: {}}\n",
                 "t.yaml:2:19: output.fields.evry: no such parameter; did you mean "
                 "every?\n"
                 "t.yaml:2:31: output.series: no such parameter\n");
    assert_error(RUN "base_rate: 1e-7\n",
                 "t.yaml:2:1: base_rate: no such section; did you mean "
                 "recruitment.base_rate?\n");
    assert_error(
        RUN "recruitment: 3\n",
        "t.yaml:2:14: recruitment = 3: expected a section with keys and values, "
        "found a single value\n");
    assert_error("run: {start: 2016-01-01, seed: {a: 1}}\n",
                 "t.yaml:1:32: run.seed: expected a whole number (default 1), found a "
                 "mapping\n");
}

static void another_kind_of_file(void **state) {
    (void)state;
    assert_error(RUN "design: {kind: list}\ncontrasts: []\n",
                 "t.yaml:2:1: design: no such section; studies have it: sahel study "
                 "run\n"
                 "t.yaml:3:1: contrasts: no such section; signatures have it: sahel "
                 "signatures\n");
    assert_error(RUN "output: {design: 1}\n",
                 "t.yaml:2:10: output.design: no such parameter\n");
}

static void mistakes_in_lists(void **state) {
    (void)state;
    assert_error(RUN "forces:\n- name: a\n  strenght: 3\n- {owner: x}\n- b\n"
                     "- {name: a b, owner: y}\n- {name: [c], owner: y}\n",
                 "t.yaml:3:3: forces.a.owner: must be given: Who pays\n"
                 "t.yaml:5:3: forces[2]: an item of forces needs a name\n"
                 "t.yaml:6:3: forces[3] = b: expected a mapping with a name, found a "
                 "single value\n"
                 "t.yaml:6:3: forces[3].owner: must be given: Who pays\n"
                 "t.yaml:7:10: forces[4].name = a b: a name begins with a letter; then "
                 "letters, digits, _ and -\n"
                 "t.yaml:8:3: forces[5]: an item of forces needs a name\n"
                 "t.yaml:4:3: forces.a.strenght: no such parameter; did you mean "
                 "strength?\n");
    assert_error(RUN "forces:\n- {name: a, owner: x}\n- {name: b, owner: x}\n"
                     "- {name: a, owner: y}\n",
                 "t.yaml:5:3: forces.a: given twice; first in line 3\n");
    assert_error(
        RUN "forces: {a: {owner: x}}\n",
        "t.yaml:2:9: forces: expected a list of named things, found a mapping\n");
    assert_error(
        RUN "forces: [{name: a, owner: x, profile: {f: 2, g: x}}]\n",
        "t.yaml:2:43: forces.a.profile.f = 2: must lie in 0..1\n"
        "t.yaml:2:49: forces.a.profile.g = x: expected names with numbers such "
        "as {a: 1}\n");
    assert_error(
        RUN "output: {fields: {keep: [deaths, presnce, deaths, {}]}}\n",
        "t.yaml:2:34: output.fields.keep = presnce: expected names among deaths, "
        "control, presence; did you mean presence?\n"
        "t.yaml:2:43: output.fields.keep = deaths: named twice in the list\n"
        "t.yaml:2:51: output.fields.keep: expected a list of names such as "
        "[a, b], found a mapping\n");
    assert_error(
        RUN "grid: {box: [1, x, 200], theatre: {MLI: al}}\n",
        "t.yaml:2:17: grid.box = x: expected a list of numbers such as [1, 2] in "
        "deg\n"
        "t.yaml:2:20: grid.box = 200: must lie in -180..180 deg\n"
        "t.yaml:2:41: grid.theatre.MLI = al: expected names with numbers such as "
        "{a: 1} in km\n");
}

static void values_are_shown_on_one_line(void **state) {
    (void)state;
    assert_error(RUN "recruitment: {reach: \"a\\nb\\tc\"}\n",
                 "t.yaml:2:22: recruitment.reach = a b c: expected a number in km "
                 "(default 50)\n");
    assert_error(RUN "recruitment: {reach: "
                     "0123456789012345678901234567890123456789012345678901234éa}\n",
                 "t.yaml:2:22: recruitment.reach = "
                 "0123456789012345678901234567890123456789012345678901234...: no such "
                 "unit: éa; expected a number in km (default 50)\n");
}

static void nothing_finite(void **state) {
    (void)state;
    static const char *const words[] = {"nan", ".nan", ".inf", "-.inf", "1e999"};
    for (size_t i = 0; i < 5; i++) {
        char yaml[80], message[160];
        snprintf(yaml, sizeof yaml, RUN "recruitment: {reach: %s}\n", words[i]);
        snprintf(
            message, sizeof message,
            "t.yaml:2:22: recruitment.reach = %s: expected a finite number (default "
            "50)\n",
            words[i]);
        assert_error(yaml, message);
    }
}

/* ---- files that are no scenario ---- */

static void empty_and_scalar_roots(void **state) {
    (void)state;
    assert_error("", "t.yaml:1:1: the scenario is empty\n");
    assert_error("# nothing\n", "t.yaml:1:1: the scenario is empty\n");
    assert_error("~\n", "t.yaml:1:1: the scenario is empty\n");
    assert_error(
        "hello\n",
        "t.yaml:1:1: expected sections such as `run:`, found a single value\n");
    assert_error("- a\n",
                 "t.yaml:1:1: expected sections such as `run:`, found a list\n");
    assert_error("a: 1\n---\nb: 2\n", "t.yaml:2:1: a second document in one file\n");
}

static void bytes_that_are_no_text(void **state) {
    (void)state;
    assert_error_begins("a: 1\nb: \0x", 10,
                        "t.yaml:2:4: control character 0x00 in the file\n");
    assert_error("a: 1\nb: \xff\n", "t.yaml:2:4: byte 0xff is no UTF-8 text\n");
    assert_error("é: \xc3", "t.yaml:1:4: byte 0xc3 is no UTF-8 text\n");
    assert_error("a: \xed\xa0\x80\n", "t.yaml:1:4: byte 0xed is no UTF-8 text\n");
    assert_error("a: \xc0\x80\n", "t.yaml:1:4: byte 0xc0 is no UTF-8 text\n");
    assert_error("a: \x1b[0m\n", "t.yaml:1:4: control character 0x1b in the file\n");
    assert_error("a: \"x\\0y\"\n", "t.yaml:1:4: a: no valid text\n");
}

static void byte_order_mark_is_fine(void **state) {
    (void)state;
    struct tiny t;
    read_text(&t, "\xef\xbb\xbf" RUN);
    assert_null(t.err.text);
    tiny_free(&t);
    read_text(&t, "run:\r\n  start: 2016-01-01\r\n");
    assert_null(t.err.text);
    tiny_free(&t);
}

static void syntax_errors_have_places(void **state) {
    (void)state;
    static const char *const texts[] = {"a:\n\tb: 1\n", "a: [1, 2\n", "a: 'x\n",
                                        "a: }\n",       "a: b: c\n",  "%YAML 9\n",
                                        "a: *\n"};
    static const char *const heads[] = {
        "t.yaml:2:1: ", "t.yaml:2:1: ", "t.yaml:1:5: ", "t.yaml:1:4: ",
        "t.yaml:1:",    "t.yaml:1:",    "t.yaml:1:"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_error_begins(texts[i], strlen(texts[i]), heads[i]);
}

static void keys_and_tags(void **state) {
    (void)state;
    assert_error("recruitment:\n  reach: 1\n  reach: 2\n  reach: 3\nrun: 1\nrun: 2\n",
                 "t.yaml:3:3: recruitment.reach: given twice; first in line 2\n"
                 "t.yaml:4:3: recruitment.reach: given twice; first in line 2\n"
                 "t.yaml:6:1: run: given twice; first in line 5\n");
    assert_error("forces:\n- {name: a, name: b}\n",
                 "t.yaml:2:13: forces[1].name: given twice; first in line 2\n");
    assert_error("? [a]\n: 1\n", "t.yaml:1:3: a key is a single word\n");
    assert_error("? {a: 1}\n: 1\n", "t.yaml:1:3: a key is a single word\n");
    assert_error("\"\": 1\n", "t.yaml:1:1: a key is missing\n");
    assert_error("run: !!map {}\n", "t.yaml:1:12: run: tags are not used here\n");
    assert_error("run: {start: !date 2016-01-01}\n",
                 "t.yaml:1:20: run.start: tags are not used here\n");
}

/* ---- bounds ---- */

static char *repeat(const char *head, const char *piece, size_t n, const char *tail) {
    size_t h = strlen(head), p = strlen(piece);
    char *text = malloc(h + n * p + strlen(tail) + 1);
    assert_non_null(text);
    memcpy(text, head, h);
    for (size_t i = 0; i < n; i++) memcpy(text + h + i * p, piece, p);
    strcpy(text + h + n * p, tail);
    return text;
}

static void assert_long_error(char *yaml, const char *begin) {
    assert_error_begins(yaml, strlen(yaml), begin);
    free(yaml);
}

static void depth(void **state) {
    (void)state;
    assert_long_error(repeat("a: ", "[", 100000, ""), "t.yaml:1:67: a");
    assert_long_error(repeat("a: ", "{a: ", 1000, ""), "t.yaml:1:256: a.a.a");
    char *yaml = repeat("a: ", "[", 63, "");
    char *closed = repeat(yaml, "]", 63, "\n");
    assert_long_error(closed,
                      "t.yaml: run.start: must be given"); /* deep, not too deep */
    free(yaml);
}

static void aliases(void **state) {
    (void)state;
    struct tiny t;
    read_text(&t, RUN "forces:\n- &a {name: a, owner: x, profile: &p {f: 0.5}}\n"
                      "- {name: b, owner: y, profile: *p}\n");
    assert_null(t.err.text);
    assert_int_equal(tiny_force(&t, "b")->profile.n, 1);
    tiny_free(&t);
    assert_error("a: *b\n", "t.yaml:1:4: a: no such anchor\n");
    assert_error("a: &a [*a]\n", "t.yaml:1:8: a[1]: an alias within its own anchor\n");
    assert_error("a: &a x\n*a : b\n", "t.yaml:2:1: a key is a single word\n");
}

static void alias_bombs(void **state) {
    (void)state;
    char yaml[2048] = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 10; i++) {
        char line[128];
        snprintf(line, sizeof line,
                 "a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n", i, i, i - 1,
                 i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
        strcat(yaml, line);
    }
    assert_error_begins(yaml, strlen(yaml),
                        "t.yaml:7:14: a6[2]: too large with all aliases written out\n");

    char *head = repeat("a: &a ", "0123456789", 100000, "\nb: [");
    assert_long_error(repeat(head, "*a,", 1000, "]\n"),
                      "t.yaml:2:203: b[67]: too large with all aliases written out\n");
    free(head);

    char deep[8192] = "a0: &a0 [x]\n";
    for (int i = 1; i < 100; i++)
        snprintf(deep + strlen(deep), 64, "a%d: &a%d [*a%d]\n", i, i, i - 1);
    assert_error_begins(deep, strlen(deep), "t.yaml:64:");
    assert_long_error(repeat("a: [", "&x y,", 2000, "]\n"), "t.yaml:1:");
}

static void sizes(void **state) {
    (void)state;
    assert_long_error(repeat("a: ", "x", SAH_SCENARIO_BYTES, ""),
                      "t.yaml: is larger than 16777216 bytes\n");
    assert_long_error(repeat("a: [", "x,", 1100000, "]\n"),
                      "t.yaml:1:1999999: more than 1000000 values");
    assert_long_error(repeat(RUN "forces: [", "{name: a},", 20000, "]\n"),
                      "t.yaml:2:20: forces.a: given twice");
    assert_long_error(repeat("", "k", 300, ": 1\n"), "t.yaml:1:1: a key is too long\n");
    assert_long_error(repeat(RUN "forces: [", "{},", 20000, "]\n"),
                      "t.yaml:2:9: forces: more than 10000 items\n");
    assert_long_error(repeat(RUN "timeline: [", "{},", 20000, "]\n"),
                      "t.yaml:2:11: timeline: more than 10000 entries\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_mistakes_at_once),
        cmocka_unit_test(wrong_places),
        cmocka_unit_test(another_kind_of_file),
        cmocka_unit_test(mistakes_in_lists),
        cmocka_unit_test(values_are_shown_on_one_line),
        cmocka_unit_test(nothing_finite),
        cmocka_unit_test(empty_and_scalar_roots),
        cmocka_unit_test(bytes_that_are_no_text),
        cmocka_unit_test(byte_order_mark_is_fine),
        cmocka_unit_test(syntax_errors_have_places),
        cmocka_unit_test(keys_and_tags),
        cmocka_unit_test(depth),
        cmocka_unit_test(aliases),
        cmocka_unit_test(alias_bombs),
        cmocka_unit_test(sizes),
    };
    return cmocka_run_group_tests_name("scenario_mistakes", tests, NULL, NULL);
}
