/* Round ends, round ticks, and numbers as people write them; the choice of a scale for
 * fields nobody has met. */
#include "output/map_fields.h"
#include "output/scale.h"
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <string.h>

static void near(double a, double b) {
    if (fabs(a - b) > 1e-9 * fmax(1, fabs(b))) fail_msg("%.17g is not %.17g", a, b);
}

static void nice_numbers(void **state) {
    (void)state;
    near(sah_nice_above(3), 5);
    near(sah_nice_above(5), 5);
    near(sah_nice_above(0.011), 0.02);
    near(sah_nice_above(1000), 1000);
    near(sah_nice_above(7.3), 10);
    near(sah_nice_below(7.3), 5);
    near(sah_nice_below(1000), 1000);
    near(sah_nice_below(0.019), 0.01);
    near(sah_nice_step(10, 5), 2);
}

static void a_linear_scale_has_round_ends(void **state) {
    (void)state;
    struct sah_scale s = sah_scale_fit(SAH_SCALE_LINEAR, 0.3, 9.2, 0);
    near(s.low, 0), near(s.high, 10);
    near(sah_scale_at(&s, 5), 0.5);
    near(sah_scale_at(&s, -1), 0), near(sah_scale_at(&s, 99), 1);
    assert_true(isnan(sah_scale_at(&s, NAN)));
}

static void a_log_scale_shows_nothing_below_its_floor(void **state) {
    (void)state;
    struct sah_scale s = sah_scale_fit(SAH_SCALE_LOG, 0, 730, 1);
    near(s.low, 1), near(s.high, 1000);
    near(sah_scale_at(&s, 1), 0), near(sah_scale_at(&s, 10), 1.0 / 3);
    assert_true(isnan(sah_scale_at(&s, 0)) && isnan(sah_scale_at(&s, 0.99)));
    struct sah_tick ticks[SAH_MAX_TICKS];
    size_t n = sah_scale_ticks(&s, 5, ticks), labelled = 0;
    for (size_t i = 0; i < n; i++) labelled += ticks[i].text[0] != '\0';
    assert_int_equal(n, 10);
    assert_int_equal(labelled, 4);
    assert_string_equal(ticks[9].text, "1,000");
}

static void a_symmetric_scale_has_zero_in_the_middle(void **state) {
    (void)state;
    struct sah_scale s = sah_scale_fit(SAH_SCALE_SYMMETRIC, -3, 1, 0);
    near(s.low, -5), near(s.high, 5);
    near(sah_scale_at(&s, 0), 0.5);
}

static void steps_are_classes(void **state) {
    (void)state;
    struct sah_scale s = sah_scale_fit(SAH_SCALE_STEPS, -2, 2, 0);
    near(sah_scale_at(&s, 0.4), 0.5);
    near(sah_scale_at(&s, -1.6), 0);
    struct sah_tick ticks[SAH_MAX_TICKS];
    assert_int_equal(sah_scale_ticks(&s, 3, ticks), 5);
    assert_string_equal(ticks[0].text, "\u22122");
}

/* Whatever is asked: ends apart, ticks inside, rising, not too many. */
static void no_scale_is_degenerate(void **state) {
    (void)state;
    static const double odd[] = {0,    1,   -1,  1e-7,     3e9,
                                 -5e4, 0.1, NAN, INFINITY, 12345.6};
    enum { N = sizeof odd / sizeof odd[0] };
    for (int kind = SAH_SCALE_LINEAR; kind <= SAH_SCALE_STEPS; kind++) {
        for (int i = 0; i < N * N * 3; i++) {
            struct sah_scale s = sah_scale_fit((enum sah_scale_kind)kind, odd[i % N],
                                               odd[i / N % N], i / N / N);
            assert_true(isfinite(s.low) && isfinite(s.high) && s.high > s.low);
            struct sah_tick ticks[SAH_MAX_TICKS];
            size_t n = sah_scale_ticks(&s, 2 + (size_t)i % 7, ticks);
            assert_true(n <= SAH_MAX_TICKS);
            for (size_t t = 0; t < n; t++) {
                assert_true(ticks[t].at >= 0 && ticks[t].at <= 1);
                if (t) assert_true(ticks[t].value > ticks[t - 1].value);
            }
        }
    }
}

static void numbers_as_people_write_them(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {0, "0"},
        {1, "1"},
        {0.05, "0.05"},
        {1250, "1,250"},
        {999999, "999,999"},
        {1e6, "1 million"},
        {2.5e6, "2.5 million"},
        {3e9, "3 billion"},
        {-2, "\u22122"},
        {-12345, "\u221212,345"},
        {1e-6, "1e-06"},
        {0.5, "0.5"},
        {100, "100"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[SAH_NUMBER_TEXT];
        sah_tick_text(rows[i].value, text);
        assert_string_equal(text, rows[i].text);
    }
}

static void known_fields_have_their_look(void **state) {
    (void)state;
    assert_int_equal(sah_map_field_find("events")->look, SAH_LOOK_CIRCLES);
    assert_int_equal(sah_map_field_find("deaths")->scale, SAH_SCALE_LOG);
    assert_int_equal(sah_map_field_find("control")->look, SAH_LOOK_ZONES);
    assert_int_equal(sah_map_field_find("presence")->look, SAH_LOOK_ACTORS);
    assert_int_equal(sah_map_field_find("rainfall")->look, SAH_LOOK_OPEN);
}

static void strangers_are_judged_by_their_values(void **state) {
    (void)state;
    const double wide[] = {0, 3, 90000, NAN}, narrow[] = {10, 20, 35}, both[] = {-1, 2};
    const double none[] = {NAN, NAN};
    const struct sah_map_field *open = sah_map_field_find("rainfall");
    struct sah_scale s;
    assert_int_equal(sah_map_field_settle(open, wide, 4, &s).scale, SAH_SCALE_LOG);
    near(s.low, 1), near(s.high, 100000);
    assert_int_equal(sah_map_field_settle(open, narrow, 3, &s).scale, SAH_SCALE_LINEAR);
    assert_int_equal(sah_map_field_settle(open, both, 2, &s).scale,
                     SAH_SCALE_SYMMETRIC);
    assert_int_equal(sah_map_field_settle(open, both, 2, &s).ramp, SAH_RAMP_RULE);
    assert_int_equal(sah_map_field_settle(open, none, 2, &s).look, SAH_LOOK_CELLS);
    sah_map_field_settle(sah_map_field_find("control"), none, 2, &s);
    near(s.low, -2), near(s.high, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nice_numbers),
        cmocka_unit_test(a_linear_scale_has_round_ends),
        cmocka_unit_test(a_log_scale_shows_nothing_below_its_floor),
        cmocka_unit_test(a_symmetric_scale_has_zero_in_the_middle),
        cmocka_unit_test(steps_are_classes),
        cmocka_unit_test(no_scale_is_degenerate),
        cmocka_unit_test(numbers_as_people_write_them),
        cmocka_unit_test(known_fields_have_their_look),
        cmocka_unit_test(strangers_are_judged_by_their_values),
    };
    return cmocka_run_group_tests_name("scale", tests, NULL, NULL);
}
