/* Maps drawn from result files: panels by year and by item, stocks and flows, the usual
 * set, and requests that cannot be met. */
#include "output/map_result.h"
#include "tests/output/toy.h"
#include "tests/support/cmocka_all.h"

#include "sim/kernel/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/sah_maps_XXXXXX", run[64], picture[64];

static int set_up(void **state) {
    (void)state;
    struct toy toy;
    if (!mkdtemp(folder)) return -1;
    snprintf(run, sizeof run, "%s/run.h5", folder);
    snprintf(picture, sizeof picture, "%s/map.svg", folder);
    struct sah_error err = {0};
    int code = toy_create(&toy, "2016-01-01", "2018-12-31", "{}", &err);
    if (!code) code = toy_run(&toy, run, true, &err);
    if (code) print_error("%s", err.text);
    toy_free(&toy);
    return code;
}

static int tear_down(void **state) {
    (void)state;
    return unlink(run) || rmdir(folder);
}

static int draw(const char *field, const char *multiple, const char *from,
                const char *to, struct sah_error *err) {
    struct sah_map_options options = {
        .result = run,
        .field = field,
        .from = SAH_MAP_FIRST,
        .to = SAH_MAP_LAST,
        .multiple = multiple,
        .picture = {.path = picture, .width_mm = 100, .force = true}};
    if (from) assert_true(sah_day_parse(from, &options.from));
    if (to) assert_true(sah_day_parse(to, &options.to));
    return sah_map_from_result(&options, err);
}

static void draws(const char *field, const char *multiple) {
    struct sah_error err = {0};
    if (draw(field, multiple, NULL, NULL, &err)) fail_msg("%s", err.text);
    assert_int_equal(access(picture, R_OK), 0);
    unlink(picture);
}

static void refuses(const char *field, const char *multiple, const char *from,
                    const char *to, int code, const char *message) {
    struct sah_error err = {0};
    assert_int_equal(draw(field, multiple, from, to, &err), code);
    if (!strstr(err.text, message)) fail_msg("'%s' lacks '%s'", err.text, message);
    assert_int_not_equal(access(picture, F_OK), 0);
    sah_error_clear(&err);
}

static void stocks_flows_years_and_items(void **state) {
    (void)state;
    draws("people", NULL);
    draws("people", "year");
    draws("deaths", NULL);
    draws("deaths", "year");
    draws("events", NULL);   /* summed over kinds */
    draws("events", "kind"); /* a panel each */
    draws("events", "year");
}

static void a_map_is_the_same_twice(void **state) {
    (void)state;
    static char text[2][1 << 20];
    size_t n[2];
    for (int i = 0; i < 2; i++) {
        assert_int_equal(draw("deaths", "year", "2016-07-01", NULL, NULL), SAH_OK);
        FILE *file = fopen(picture, "rb");
        assert_non_null(file);
        n[i] = fread(text[i], 1, sizeof text[i], file);
        fclose(file);
        unlink(picture);
    }
    assert_true(n[0] > 1000);
    assert_int_equal(n[0], n[1]);
    assert_memory_equal(text[0], text[1], n[0]);
}

static void refusals_say_why(void **state) {
    (void)state;
    refuses("deths", NULL, NULL, NULL, SAH_INPUT, "deaths");
    refuses("deaths", "faction", NULL, NULL, SAH_INPUT, "must be year");
    refuses("events", "month", NULL, NULL, SAH_INPUT, "year or kind");
    refuses("deaths", NULL, "2030-01-01", NULL, SAH_INPUT, "the run is 2016-01-01 to");
    refuses("deaths", NULL, "2017-02-01", "2016-02-01", SAH_INPUT, "no day between");
}

static void the_usual_set_draws_what_is_there(void **state) {
    (void)state;
    struct sah_error err = {0};
    char maps[80], file[128];
    static const char *const names[] = {"events-by-year", "deaths-by-year",
                                        "population"};
    snprintf(maps, sizeof maps, "%s/maps", folder);
    if (sah_map_set(run, maps, ".pdf", false, &err)) fail_msg("%s", err.text);
    assert_int_equal(sah_map_set(run, maps, ".pdf", false, &err), SAH_EXISTS);
    for (size_t i = 0; i < 3; i++) {
        snprintf(file, sizeof file, "%s/%s.pdf", maps, names[i]);
        assert_int_equal(unlink(file), 0);
    }
    assert_int_equal(rmdir(maps), 0); /* and nothing else */
    sah_error_clear(&err);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stocks_flows_years_and_items),
        cmocka_unit_test(a_map_is_the_same_twice),
        cmocka_unit_test(refusals_say_why),
        cmocka_unit_test(the_usual_set_draws_what_is_there),
    };
    return cmocka_run_group_tests_name("map_result", tests, set_up, tear_down);
}
