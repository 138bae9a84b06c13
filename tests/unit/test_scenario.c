/* Scenario files: what they say is bound, and written out again. */
#include "tests/support/scenario_errors.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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
        cmocka_unit_test(yaml_switches),
        cmocka_unit_test(round_trip),
        cmocka_unit_test(defaults_written_out),
        cmocka_unit_test(settings_are_laid_from_another_file),
        cmocka_unit_test(a_mapping_is_bound_and_its_strangers_told),
    };
    return cmocka_run_group_tests_name("scenario", tests, NULL, NULL);
}
