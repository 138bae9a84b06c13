/* Scenario files on top of others, and settings of the command line on top of them. */
#include "tests/support/scenario_errors.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overlays_of_many),
        cmocka_unit_test(sets),
        cmocka_unit_test(bad_sets),
        cmocka_unit_test_setup_teardown(overlay, enter, leave),
        cmocka_unit_test_setup_teardown(removals, enter, leave),
        cmocka_unit_test_setup_teardown(bad_bases, enter, leave),
    };
    return cmocka_run_group_tests_name("scenario_overlays", tests, NULL, NULL);
}
