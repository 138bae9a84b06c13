/* Scenario files: what they say is bound; what they get wrong is told by place. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define RUN "run: {start: 2016-01-01}\n"

static void read_text(struct tiny *t, const char *yaml) {
    tiny_read(t, yaml, strlen(yaml), NULL, 0);
}

static void assert_error(const char *yaml, const char *message) {
    struct tiny t;
    read_text(&t, yaml);
    assert_int_equal(t.code, SAH_INPUT);
    assert_non_null(t.err.text);
    assert_string_equal(t.err.text, message);
    tiny_free(&t);
}

/* The same with what libfyaml says, which is not ours to fix word by word. */
static void assert_error_begins(const char *yaml, size_t length, const char *begin) {
    struct tiny t;
    tiny_read(&t, yaml, length, NULL, 0);
    assert_int_equal(t.code, SAH_INPUT);
    assert_non_null(t.err.text);
    if (strncmp(t.err.text, begin, strlen(begin)) != 0)
        fail_msg("%s\ndoes not begin with\n%s", t.err.text, begin);
    tiny_free(&t);
}

/* ---- values ---- */

static void binds_all_types(void **state) {
    (void)state;
    struct tiny t;
    read_text(
        &t,
        "title: 'One command: three borders'\n"
        "run:\n  start: 2016-01-01\n  seed: 9223372036854775806\n"
        "grid: {box: [-12.5, 8, 16 deg, 25.5], theatre: {MLI: all, BEN: 150 km}}\n"
        "recruitment:\n  base_rate: 7e-8 /day\n  outreach: off\n  kernel: clustered\n"
        "output: {fields: {keep: [deaths], every: year}}\n"
        "forces:\n- name: barkhane\n  owner: france\n  strength: 4500 persons\n"
        "  profile: {fulani: 0.25, tuareg: 75 %}\n- {name: g5, owner: sahel}\n");
    assert_null(t.err.text);
    assert_int_equal(t.code, SAH_OK);
    assert_string_equal(t.top.title, "One command: three borders");
    assert_int_equal(t.run.start, 16801);
    assert_int_equal(t.run.end, 18627);
    assert_true(t.run.seed == INT64_MAX - 1);
    assert_int_equal(t.grid.box.n, 4);
    assert_true(t.grid.box.value[2] >= 16 && t.grid.box.value[2] <= 16);
    assert_true(t.grid.theatre.share[0] >= 5000);
    assert_string_equal(t.grid.theatre.name[1], "BEN");
    assert_true(t.recruitment.base_rate > 6.9e-8 && t.recruitment.base_rate < 7.1e-8);
    assert_false(t.recruitment.on);
    assert_int_equal(t.recruitment.kernel, 1);
    assert_int_equal(t.recruitment.min_age, 15);
    assert_int_equal(t.fields.keep.n, 1);
    assert_int_equal(t.fields.every, 2);
    assert_int_equal(t.list[0].n, 2);
    const struct tiny_force *barkhane = tiny_force(&t, "barkhane");
    assert_string_equal(barkhane->owner, "france");
    assert_int_equal(barkhane->strength, 4500);
    assert_int_equal(barkhane->profile.n, 2);
    assert_true(barkhane->profile.share[1] >= 0.75 &&
                barkhane->profile.share[1] <= 0.75);
    assert_int_equal(tiny_force(&t, "g5")->strength, 100);
    assert_int_equal(tiny_force(&t, "g5")->profile.n, 0);
    tiny_free(&t);
}

static void defaults_stand(void **state) {
    (void)state;
    struct tiny t;
    read_text(&t, "run: {start: 2016-01-01}\nrecruitment:\nforces:\n");
    assert_null(t.err.text);
    assert_string_equal(t.top.title, "");
    assert_int_equal(t.grid.box.n, 4);
    assert_int_equal(t.grid.theatre.n, 2);
    assert_int_equal(t.fields.keep.n, 2);
    assert_string_equal(t.fields.keep.name[1], "control");
    assert_int_equal(t.list[0].n, 0);
    tiny_free(&t);
}

static void settings_know_their_origin(void **state) {
    (void)state;
    struct tiny t;
    static const char *const sets[] = {"recruitment.min_age=20"};
    static const char yaml[] = RUN "recruitment:\n  base_rate:   1e-7\n";
    tiny_read(&t, yaml, sizeof yaml - 1, sets, 1);
    assert_null(t.err.text);
    const struct sah_setting *rate =
        sah_binding_find(&t.binding, "recruitment.base_rate");
    assert_string_equal(rate->origin.file, "t.yaml");
    assert_int_equal(rate->origin.line, 3);
    assert_int_equal(rate->origin.column, 16);
    assert_ptr_equal(rate->value, &t.recruitment.base_rate);
    assert_string_equal(
        sah_binding_find(&t.binding, "recruitment.min_age")->origin.file,
        "command line");
    assert_string_equal(sah_binding_find(&t.binding, "recruitment.reach")->origin.file,
                        "default");
    assert_null(sah_binding_find(&t.binding, "recruitment.nothing"));
    tiny_free(&t);
}

static void defaults_are_told_where_they_are_left_open(void **state) {
    (void)state;
    struct tiny t;
    read_text(&t, RUN "forces:\n  - name: barkhane\n    owner: france\n");
    static const char *const paths[] = {"forces.barkhane.strength", "run.seed",
                                        "recruitment.reach"};
    static const char *const told[] = {"t.yaml:3:5: forces.barkhane.strength: odd\n",
                                       "t.yaml:1:1: run.seed: odd\n",
                                       "t.yaml: recruitment.reach: odd\n"};
    for (size_t i = 0; i < 3; i++) {
        const struct sah_setting *setting = sah_binding_find(&t.binding, paths[i]);
        sah_scenario_complain(&t.err, setting->origin, setting->path, NULL, "odd");
        assert_string_equal(t.err.text, told[i]);
        sah_error_clear(&t.err);
    }
    tiny_free(&t);
}

static void assert_part(const struct tiny *t, const char *path, const char *part,
                        const char *file, int column) {
    struct sah_origin origin =
        sah_setting_part(sah_binding_find(&t->binding, path), part);
    assert_string_equal(origin.file, file);
    assert_int_equal(origin.column, column);
}

static void parts_have_places(void **state) {
    (void)state;
    struct tiny t;
    static const char yaml[] = RUN "grid: {theatre: {MLI: all, BEN: 1}, box: [0, 1]}\n"
                                   "output: {fields: {keep: [deaths, control]}}\n";
    static const char *const sets[] = {"grid.theatre.TGO=1 km"};
    tiny_read(&t, yaml, sizeof yaml - 1, sets, 1);
    assert_null(t.err.text);
    assert_part(&t, "grid.theatre", "BEN", "t.yaml", 28);
    assert_part(&t, "grid.theatre", "TGO", "command line", 0);
    assert_part(&t, "grid.theatre", "all of it", "command line", 0);
    assert_part(&t, "output.fields.keep", "control", "t.yaml", 34);
    assert_part(&t, "recruitment.reach", "x", "default", 0);
    tiny_free(&t);
}

static void yaml_switches(void **state) {
    (void)state;
    static const char *const words[] = {"on", "off", "true", "false", "\"on\""};
    for (size_t i = 0; i < 5; i++) {
        char yaml[80];
        struct tiny t;
        snprintf(yaml, sizeof yaml, RUN "recruitment: {outreach: %s}\n", words[i]);
        read_text(&t, yaml);
        assert_null(t.err.text);
        assert_int_equal(t.recruitment.on, i % 2 == 0);
        tiny_free(&t);
    }
    assert_error(RUN "recruitment: {outreach: yes}\n",
                 "t.yaml:2:25: recruitment.outreach = yes: expected on or off "
                 "(default on)\n");
}

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

/* ---- overlays of many: words are sought while nodes are replaced ---- */

enum { MANY = 60 };

static void put_many(char *yaml, const char *head, const char *format) {
    strcpy(yaml, head);
    for (int i = 0; i < MANY; i++)
        sprintf(yaml + strlen(yaml), format, i, i % 28 + 1, 2000 + i);
}

static void overlays_of_many(void **state) {
    (void)state;
    struct tiny t;
    char yaml[16384], item[4096], shares[4096], entries[8192];
    put_many(yaml, RUN "forces:\n", "- {name: f%d, owner: x, strength: %d}\n");
    strcat(yaml, "- {name: all, owner: x, profile: {");
    put_many(yaml + strlen(yaml), "", "g%d: 0.%02d, ");
    put_many(yaml + strlen(yaml), "}}\ntimeline:\n",
             "- {why: a%d, what: recruitment.reach, to: %d, date: %d-01-01}\n");
    put_many(item, "forces=[", "{name: f%d, strength: 10%02d}, ");
    strcat(item, "]");
    put_many(shares, "forces.all.profile={", "g%d: 0.1%02d, ");
    strcat(shares, "}");
    put_many(entries, "timeline=[",
             "{why: b%d, what: recruitment.reach, to: %d, date: %d-01-01}, ");
    strcat(entries, "]");
    const char *const sets[] = {item, shares, entries};
    tiny_read(&t, yaml, strlen(yaml), sets, 3);
    assert_null(t.err.text);
    assert_int_equal(t.list[0].n, MANY + 1);
    assert_int_equal(tiny_force(&t, "f7")->strength, 1008);
    assert_int_equal(tiny_force(&t, "f59")->strength, 1004);
    assert_int_equal(tiny_force(&t, "all")->profile.n, MANY);
    assert_true(tiny_force(&t, "all")->profile.share[59] > 0.1039 &&
                tiny_force(&t, "all")->profile.share[59] < 0.1041);
    assert_int_equal(t.timeline.n, MANY);
    assert_string_equal(t.timeline.change[59].why, "b59");
    tiny_free(&t);
}

/* ---- settings of the command line ---- */

static void assert_set_error(const char *set, const char *message) {
    struct tiny t;
    static const char yaml[] =
        RUN "forces: [{name: barkhane, owner: france}]\nrecruitment: {reach: 1}\n";
    tiny_read(&t, yaml, sizeof yaml - 1, &set, 1);
    assert_int_equal(t.code, SAH_INPUT);
    assert_string_equal(t.err.text, message);
    tiny_free(&t);
}

static void sets(void **state) {
    (void)state;
    struct tiny t;
    static const char *const texts[] = {"run.end=2018-12-31",
                                        "forces.barkhane.strength=3000",
                                        "recruitment.base_rate=5e-9 /day",
                                        "output.fields.keep=[presence]",
                                        "title=Pau",
                                        "recruitment={min_age: 30, outreach: off}",
                                        "forces.g5.remove=true",
                                        "recruitment.reach=7",
                                        "recruitment.reach=8 km"};
    static const char yaml[] =
        RUN "forces: [{name: barkhane, owner: france}, {name: g5, owner: x}]\n"
            "recruitment: {reach: 1}\n";
    tiny_read(&t, yaml, sizeof yaml - 1, texts, sizeof texts / sizeof *texts);
    assert_null(t.err.text);
    assert_int_equal(t.run.end, 17896);
    assert_int_equal(tiny_force(&t, "barkhane")->strength, 3000);
    assert_null(tiny_force(&t, "g5"));
    assert_string_equal(t.fields.keep.name[0], "presence");
    assert_string_equal(t.top.title, "Pau");
    assert_int_equal(t.recruitment.min_age, 30);
    assert_true(t.recruitment.reach_km >= 8 && t.recruitment.reach_km <= 8);
    tiny_free(&t);
}

static void bad_sets(void **state) {
    (void)state;
    assert_set_error(
        "recruitment.base_rate=3",
        "command line: recruitment.base_rate = 3: must lie in 0..0.001 1/day "
        "(default 5e-08)\n");
    assert_set_error(
        "recruitment.base_rat=3",
        "command line: recruitment.base_rat: no such parameter; did you mean "
        "base_rate?\n");
    assert_set_error("forces.barkhan.strength=3",
                     "command line: forces.barkhan: no such item in the list; did you "
                     "mean barkhane?\n");
    assert_set_error("forces.barkhane=3",
                     "command line: forces.barkhane: expected a mapping\n");
    assert_set_error("title", "command line: --set title: expected key.path=value\n");
    assert_set_error("run.seed=", "command line: --set run.seed=: no value\n");
    assert_set_error("run.seed=~", "command line: --set run.seed=~: no value\n");
    assert_set_error("run..seed=1", "command line: --set run..seed=1: expected words "
                                    "joined by dots before the =\n");
    assert_set_error(".run=1",
                     "command line: --set .run=1: expected words joined by dots "
                     "before the =\n");
    assert_set_error("=1",
                     "command line: --set =1: expected words joined by dots before "
                     "the =\n");
    assert_set_error("base=x.yaml",
                     "command line: --set base=x.yaml: base cannot be set\n");
    assert_set_error(
        "output.fields.keep=[a",
        "command line: --set output.fields.keep=[a: the value cannot be read "
        "as YAML\n");
}

/* ---- overlays ---- */

struct folder {
    char path[64];
    char cwd[1024];
};

/* Files lie in a folder of their own, which is the working directory meanwhile. */
static int enter(void **state) {
    struct folder *folder = calloc(1, sizeof *folder);
    if (!folder || !getcwd(folder->cwd, sizeof folder->cwd)) return -1;
    strcpy(folder->path, "/tmp/sah_scenario_XXXXXX");
    *state = folder;
    return mkdtemp(folder->path) && !chdir(folder->path) ? 0 : -1;
}

static int leave(void **state) {
    struct folder *folder = *state;
    static const char *const names[] = {"a.yaml", "b.yaml", "sub/b.yaml", "sub/c.yaml",
                                        "sub"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) remove(names[i]);
    char name[32];
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof name, "n%d.yaml", i);
        remove(name);
    }
    int code = chdir(folder->cwd);
    rmdir(folder->path);
    free(folder);
    return code;
}

static void put(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void assert_file_error(const char *path, int code, const char *message) {
    struct tiny t;
    tiny_read_file(&t, path, NULL, 0);
    assert_int_equal(t.code, code);
    assert_string_equal(t.err.text, message);
    tiny_free(&t);
}

static void overlay(void **state) {
    (void)state;
    assert_int_equal(mkdir("sub", 0777), 0);
    put("sub/b.yaml", RUN
        "title: base\nrecruitment: {reach: 1, min_age: 20}\n"
        "forces:\n- {name: barkhane, owner: france, strength: 4000, profile: {f: 1}}\n"
        "- {name: g5, owner: x}\n- {name: un, owner: y}\n"
        "output: {fields: {keep: [deaths, control]}}\n"
        "timeline:\n- {date: 2017-01-01, what: recruitment.reach, to: 2}\n"
        "- {date: 2018-01-01, what: recruitment.reach, to: 3}\n");
    put("sub/c.yaml", "base: b.yaml\nforces: {un: {strength: 7}}\n");
    put("a.yaml", "base: sub/c.yaml\ntitle: top\nrecruitment: {reach: 5}\n"
                  "forces:\n- {name: barkhane, strength: 100, profile: {g: 0}}\n"
                  "- {name: g5, remove: true}\n- {name: new, owner: z}\n"
                  "output: {fields: {keep: [presence]}}\n"
                  "timeline:\n- {date: 2019-01-01, what: recruitment.reach, to: 9}\n"
                  "- {date: 2018-01-01, what: recruitment.reach, to: 4}\n");
    struct tiny t;
    tiny_read_file(&t, "a.yaml", NULL, 0);
    assert_null(t.err.text);
    assert_string_equal(t.top.title, "top");
    assert_true(t.recruitment.reach_km >= 5 && t.recruitment.reach_km <= 5);
    assert_int_equal(t.recruitment.min_age, 20);
    assert_int_equal(t.list[0].n, 3);
    assert_int_equal(tiny_force(&t, "barkhane")->strength, 100);
    assert_int_equal(tiny_force(&t, "barkhane")->profile.n, 2);
    assert_int_equal(tiny_force(&t, "un")->strength, 7);
    assert_null(tiny_force(&t, "g5"));
    assert_non_null(tiny_force(&t, "new"));
    assert_int_equal(t.fields.keep.n, 1);
    assert_int_equal(t.timeline.n, 3);
    assert_true(t.timeline.change[1].to >= 4 && t.timeline.change[1].to <= 4);
    const struct sah_setting *age = sah_binding_find(&t.binding, "recruitment.min_age");
    assert_string_equal(age->origin.file, "sub/b.yaml");
    char *beside = sah_path_beside(age->origin, "../geography");
    assert_string_equal(beside, "sub/../geography");
    free(beside);
    tiny_free(&t);
}

static void removals(void **state) {
    (void)state;
    put("b.yaml",
        RUN "recruitment: {reach: 1}\nforces: [{name: g5, owner: x}]\n"
            "timeline: [{date: 2017-01-01, what: recruitment.reach, to: 2}]\n");
    put("a.yaml",
        "base: b.yaml\nforces: {g5: {remove: true}}\nrecruitment: {remove: true}\n"
        "timeline: [{date: 2017-01-01, what: recruitment.reach, remove: true}]\n");
    struct tiny t;
    tiny_read_file(&t, "a.yaml", NULL, 0);
    assert_null(t.err.text);
    assert_int_equal(t.list[0].n, 0);
    assert_int_equal(t.timeline.n, 0);
    assert_true(t.recruitment.reach_km >= 50);
    tiny_free(&t);
    put("a.yaml", "base: b.yaml\nforces:\n- {name: g6, remove: true}\n- {name: h}\n"
                  "recruitmen: {remove: true}\n");
    assert_file_error(
        "a.yaml", SAH_INPUT,
        "a.yaml:3:3: forces.g6: nothing lies below that could be removed; "
        "did you mean g5?\n"
        "a.yaml:5:1: recruitmen: nothing lies below that could be removed; "
        "did you mean recruitment?\n");
    put("a.yaml", RUN "forces: [{name: g6, remove: true}]\n");
    assert_file_error("a.yaml", SAH_INPUT,
                      "a.yaml:2:10: forces.g6: nothing lies below that could be "
                      "removed\n");
}

static void bad_bases(void **state) {
    (void)state;
    assert_file_error("none.yaml", SAH_MISSING,
                      "none.yaml: No such file or directory\n");
    assert_file_error(".", SAH_MISSING, ".: is not a regular file\n");
    put("a.yaml", "title: x\nbase:   none.yaml\n");
    assert_file_error("a.yaml", SAH_MISSING,
                      "a.yaml:2:9: base = none.yaml: none.yaml: No such file or "
                      "directory\n");
    put("a.yaml", "base: [b.yaml]\n");
    assert_file_error("a.yaml", SAH_INPUT,
                      "a.yaml:1:7: base: expected the name of a file, found a list\n");
    put("a.yaml", "base: b.yaml\n");
    put("b.yaml", "base: ./a.yaml\n");
    assert_file_error(
        "a.yaml", SAH_INPUT,
        "b.yaml:1:7: base = ./a.yaml: a scenario cannot be its own base\n");
    put("a.yaml", "base: a.yaml\n");
    assert_file_error("a.yaml", SAH_INPUT,
                      "a.yaml:1:7: base = a.yaml: a scenario cannot be its own base\n");
    put("b.yaml", "run: [\n");
    put("a.yaml", "base: b.yaml\n");
    struct tiny t;
    tiny_read_file(&t, "a.yaml", NULL, 0);
    assert_int_equal(t.code, SAH_INPUT);
    assert_memory_equal(t.err.text, "b.yaml:", 7);
    tiny_free(&t);
    for (int i = 0; i < 20; i++) {
        char name[32], text[64];
        snprintf(name, sizeof name, "n%d.yaml", i);
        snprintf(text, sizeof text, "base: n%d.yaml\n", i + 1);
        put(name, i == 19 ? RUN : text);
    }
    assert_file_error("n0.yaml", SAH_INPUT,
                      "n16.yaml:1:7: base = n17.yaml: more than 16 bases under one "
                      "scenario\n");
}

/* ---- there and back ---- */

static const char rich[] =
    "title: \"a: 'b' # \\\"c\\\"\\n\\u00e9 \\u0085\"\n" RUN
    "grid: {box: [-12.5, 8, 16 deg, 25.5], theatre: {MLI: all, 'B N': 150 km}}\n"
    "recruitment:\n  base_rate: 7e-8 /day\n  outreach: off\n"
    "output: {fields: {keep: []}}\n"
    "forces:\n- name: barkhane\n  owner: 'null'\n  profile: {fulani: 0.25}\n"
    "- {name: g5, owner: '', profile: {}}\n"
    "timeline:\n- {date: 2017-01-01, what: recruitment.reach, to: 2, why: '- x: y'}\n";

/* Compares values, not origins. */
static void assert_same_binding(const struct tiny *a, const struct tiny *b) {
    assert_int_equal(a->binding.n, b->binding.n);
    for (size_t i = 0; i < a->binding.n; i++) {
        const struct sah_setting *x = &a->binding.setting[i],
                                 *y = &b->binding.setting[i];
        char xs[400], ys[400];
        assert_string_equal(x->path, y->path);
        sah_param_text(x->param, x->value, xs, sizeof xs);
        sah_param_text(y->param, y->value, ys, sizeof ys);
        assert_string_equal(xs, ys);
    }
    assert_int_equal(a->timeline.n, b->timeline.n);
    for (size_t i = 0; i < a->timeline.n; i++)
        assert_string_equal(a->timeline.change[i].why, b->timeline.change[i].why);
}

static void round_trip(void **state) {
    (void)state;
    struct tiny first, second;
    read_text(&first, rich);
    assert_null(first.err.text);
    char *yaml = sah_scenario_yaml(first.scenario, false);
    char *with_origins = sah_scenario_yaml(first.scenario, true);
    assert_non_null(yaml);
    assert_non_null(strstr(with_origins, "  base_rate: 7e-8 /day  # t.yaml:5\n"));
    read_text(&second, yaml);
    assert_null(second.err.text);
    assert_same_binding(&first, &second);
    char *again = sah_scenario_yaml(second.scenario, false);
    assert_string_equal(yaml, again);
    tiny_free(&second);
    read_text(&second, with_origins);
    assert_null(second.err.text);
    assert_same_binding(&first, &second);
    tiny_free(&second);
    tiny_free(&first);
    free(yaml);
    free(with_origins);
    free(again);
}

static void defaults_written_out(void **state) {
    (void)state;
    struct tiny first, second;
    read_text(&first, rich);
    assert_int_equal(sah_scenario_add_defaults(first.scenario, &first.binding, NULL),
                     0);
    char *yaml = sah_scenario_yaml(first.scenario, true);
    assert_non_null(strstr(yaml, "  seed: 1  # default\n"));
    assert_non_null(strstr(yaml, "  min_age: 15 year  # default\n"));
    assert_non_null(strstr(yaml, "    strength: 100 persons  # default\n"));
    assert_non_null(strstr(yaml, "    owner: \"\"  # t.yaml:12\n"));
    read_text(&second, yaml);
    assert_null(second.err.text);
    assert_same_binding(&first, &second);
    for (size_t i = 0; i < second.binding.n; i++)
        assert_string_equal(second.binding.setting[i].origin.file, "t.yaml");
    tiny_free(&first);
    tiny_free(&second);
    free(yaml);
}

/* ---- settings of another file ---- */

static struct sah_node *plain_file(const char *text, struct sah_scenario **plain) {
    char path[] = "/tmp/sahel-plain-XXXXXX";
    int fd = mkstemp(path);
    struct sah_error err = {0};
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    assert_int_equal(sah_scenario_read_plain(path, plain, &err), SAH_OK);
    unlink(path);
    return sah_scenario_root(*plain);
}

/* Dotted paths, a section, an item taken away, a date: all as an overlay would. */
static void settings_are_laid_from_another_file(void **state) {
    (void)state;
    struct sah_scenario *plain;
    struct sah_node *over = plain_file("{recruitment.base_rate: 1e-7, run: {seed: 9},\n"
                                       " forces.b: {remove: true}, forces.a.pay: 7}\n",
                                       &plain);
    static const char yaml[] =
        RUN "forces: [{name: a, owner: x}, {name: b, owner: x}]\n";
    struct tiny t;
    tiny_offer(&t);
    assert_int_equal(
        sah_scenario_parse("t.yaml", yaml, strlen(yaml), NULL, 0, &t.scenario, &t.err),
        SAH_OK);
    t.code = sah_scenario_set(t.scenario, over, &t.err);
    tiny_bind(&t);
    assert_int_equal(t.code, SAH_OK);
    assert_true(fabs(t.recruitment.base_rate - 1e-7) < 1e-20);
    assert_int_equal(t.run.seed, 9);
    assert_null(tiny_force(&t, "b"));
    assert_true(fabs(tiny_force(&t, "a")->pay - 7) < 1e-12);
    const struct sah_setting *seed = sah_binding_find(&t.binding, "run.seed");
    assert_string_equal(seed->origin.file, sah_scenario_path(plain));
    assert_int_equal(seed->origin.line, 1);
    tiny_free(&t);
    sah_scenario_free(plain);
}

static void a_mapping_is_bound_and_its_strangers_told(void **state) {
    (void)state;
    struct sah_scenario *plain;
    struct sah_node *node =
        plain_file("{min_age: 20, reech: 3, mine: x, baze_rate: 1}\n", &plain);
    static const char *const also[] = {"mine"};
    struct tiny_recruitment into = {0};
    struct sah_binding binding = {0};
    struct sah_error err = {0};
    int status = sah_scenario_bind_mapping(plain, node, "here", tiny_recruitment_rows,
                                           &into, also, 1, &binding, &err);
    assert_int_equal(status, SAH_INPUT);
    assert_int_equal(err.count, 2);
    assert_non_null(
        strstr(err.text, "here.reech: no such parameter; did you mean reach?"));
    assert_non_null(strstr(err.text, "did you mean base_rate?"));
    assert_int_equal(into.min_age, 20);
    assert_true(fabs(into.reach_km - 50) < 1e-12);
    sah_binding_free(&binding, NULL, 0);
    sah_scenario_free(plain);
    sah_error_clear(&err);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(binds_all_types),
        cmocka_unit_test(defaults_stand),
        cmocka_unit_test(settings_know_their_origin),
        cmocka_unit_test(defaults_are_told_where_they_are_left_open),
        cmocka_unit_test(parts_have_places),
        cmocka_unit_test(overlays_of_many),
        cmocka_unit_test(yaml_switches),
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
        cmocka_unit_test(sets),
        cmocka_unit_test(bad_sets),
        cmocka_unit_test_setup_teardown(overlay, enter, leave),
        cmocka_unit_test_setup_teardown(removals, enter, leave),
        cmocka_unit_test_setup_teardown(bad_bases, enter, leave),
        cmocka_unit_test(round_trip),
        cmocka_unit_test(defaults_written_out),
        cmocka_unit_test(settings_are_laid_from_another_file),
        cmocka_unit_test(a_mapping_is_bound_and_its_strangers_told),
    };
    return cmocka_run_group_tests_name("scenario", tests, NULL, NULL);
}
