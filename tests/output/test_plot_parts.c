/* What plots are made of: ticks of dates, the fitted tail, text for pages, sheets in
 * memory. */
#include "output/chart.h"
#include "output/date_ticks.h"
#include "output/json.h"
#include "output/power_tail.h"
#include "output/text_block.h"
#include "sim/kernel/calendar.h"
#include "tests/support/cmocka_all.h"

#include <gsl/gsl_sf_zeta.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- dates ----------------------------------------------------------------------------- */

static struct sah_scale days(int y0, int m0, int y1, int m1) {
    return (struct sah_scale){SAH_SCALE_LINEAR,
                              sah_day_of((struct sah_date){y0, m0, 1}),
                              sah_day_of((struct sah_date){y1, m1, 1})};
}

static void expect_ticks(struct sah_scale scale, size_t want, const char *words) {
    struct sah_tick ticks[SAH_MAX_TICKS];
    size_t n = sah_date_ticks(&scale, want, ticks);
    char told[512] = "";
    for (size_t i = 0; i < n; i++) {
        strcat(told, i ? "|" : "");
        strcat(told, ticks[i].text);
        if (i) assert_true(ticks[i].value > ticks[i - 1].value);
        assert_true(ticks[i].at >= 0 && ticks[i].at <= 1);
    }
    assert_string_equal(told, words);
}

static void dates_are_told_by_the_step_that_fits(void **state) {
    (void)state;
    expect_ticks(days(2016, 1, 2021, 1), 6, "2016|2017|2018|2019|2020|2021");
    expect_ticks(days(2016, 1, 2021, 1), 3, "2016|2018|2020");
    expect_ticks(days(2016, 3, 2017, 2), 6, "Mar|May|Jul|Sep|Nov|2017");
    struct sah_scale week = days(2016, 2, 2016, 2);
    week.high = week.low + 6;
    expect_ticks(week, 4, "1 Feb|3 Feb|5 Feb|7 Feb");
}

static void a_century_keeps_to_the_room_for_ticks(void **state) {
    struct sah_tick ticks[SAH_MAX_TICKS];
    struct sah_scale long_one = days(1, 1, 9999, 12);
    (void)state;
    size_t n = sah_date_ticks(&long_one, 5, ticks);
    assert_in_range(n, 1, SAH_MAX_TICKS);
}

/* ---- the tail -------------------------------------------------------------------------- */

enum { N = 4000 };

/* Quantiles of the zeta law itself: no chance in it. Below xmin all is flat. */
static void fill_with_law(double *x, double exponent, double xmin) {
    double whole = gsl_sf_hzeta(exponent, xmin);
    for (size_t i = 0; i < N; i++) {
        double above = ((double)i + 0.5) / N, at = xmin;
        while (gsl_sf_hzeta(exponent, at + 1) / whole > above) at++;
        x[i] = at;
    }
}

static void a_law_is_found_again(void **state) {
    static double x[2 * N];
    struct sah_power_tail fit;
    (void)state;
    fill_with_law(x, 2.5, 8);
    for (size_t i = 0; i < N; i++) x[N + i] = 1 + (double)(i % 7); /* 1 .. 7, even */
    assert_true(sah_power_tail_fit(x, (size_t)2 * N, &fit));
    assert_int_equal((int)fit.xmin, 8);
    assert_int_equal(fit.tail, N);
    assert_int_equal(fit.n, 2 * N);
    if (fabs(fit.exponent - 2.5) > 0.02) fail_msg("exponent %g", fit.exponent);
    /* of a continuous law it would be (a - 1) / sqrt(n) = 0.0237 */
    if (fabs(fit.error - 0.0237) > 0.003) fail_msg("error %g", fit.error);
    assert_true(fabs(sah_power_tail_above(&fit, fit.xmin) - 1) < 1e-12);
}

static void without_a_tail_nothing_is_fitted(void **state) {
    double same[100], few[SAH_TAIL_LEAST - 1];
    struct sah_power_tail fit;
    (void)state;
    for (size_t i = 0; i < 100; i++) same[i] = 3;
    for (size_t i = 0; i < SAH_TAIL_LEAST - 1; i++) few[i] = 1 + (double)i;
    assert_false(sah_power_tail_fit(same, 100, &fit));
    assert_false(sah_power_tail_fit(few, SAH_TAIL_LEAST - 1, &fit));
    assert_int_equal(fit.n, SAH_TAIL_LEAST - 1);
    assert_false(sah_power_tail_fit(NULL, 0, &fit));
}

/* ---- pages ----------------------------------------------------------------------------- */

static void text_in_a_page_stays_text(void **state) {
    char *told = NULL;
    size_t size = 0;
    struct sah_json json = {.out = open_memstream(&told, &size)};
    (void)state;
    sah_json_open(&json, NULL, '{');
    sah_json_text(&json, "a", "</script><b>&\"\\\n\xe2\x80\xa8\xff");
    sah_json_number(&json, "n", NAN);
    sah_json_numbers(&json, "l", (double[]){1, -0.0, 2.5}, 3);
    sah_json_numbers(&json, "e", NULL, 0);
    sah_json_bytes(&json, "b", (const unsigned char *)"sah", 3);
    sah_json_close(&json, '{');
    fclose(json.out);
    assert_string_equal(
        told,
        "{\"a\":\"\\u003c/script\\u003e\\u003cb\\u003e\\u0026\\u0022\\u005c\\u000a"
        "\\u2028\xef\xbf\xbd\",\"n\":null,\"l\":[1,0,2.5],\"e\":[],\"b\":\"c2Fo\"}");
    free(told);
}

/* ---- sheets in memory --------------------------------------------------------------------- */

static unsigned pixel(struct sah_canvas *canvas, int x, int y) {
    int stride;
    const unsigned char *row = sah_canvas_pixels(canvas, &stride) + y * stride;
    unsigned value;
    memcpy(&value, row + 4 * x, sizeof value);
    return value;
}

static void blocks_lie_where_their_values_are(void **state) {
    struct sah_canvas *canvas, *layer;
    (void)state;
    assert_int_equal(sah_canvas_memory(100, 50, 1, &canvas, NULL), SAH_OK);
    assert_int_equal(sah_canvas_memory(100, 50, 1, &layer, NULL), SAH_OK);
    struct sah_chart chart = {.canvas = layer,
                              .width = 100,
                              .height = 50,
                              .across = {SAH_SCALE_LINEAR, 0, 10},
                              .up = {SAH_SCALE_LINEAR, 0, 5}};
    sah_chart_block(&chart, 2, 4, 1, 3, sah_colour_hex(0x112233));
    sah_canvas_lay(canvas, layer);
    assert_int_equal(pixel(canvas, 30, 30), 0xFF112233);
    assert_int_equal(pixel(canvas, 30, 45), 0); /* below 1 */
    assert_int_equal(pixel(canvas, 50, 30), 0); /* beyond 4 */
    sah_canvas_clear(layer);
    assert_int_equal(pixel(layer, 30, 30), 0);
    sah_canvas_free(layer), sah_canvas_free(canvas);
}

static void long_text_takes_as_many_lines_as_it_may(void **state) {
    struct sah_type_style style = {.size_pt = 10};
    (void)state;
    const char *text = "one two three four five six seven eight nine ten";
    double one = sah_text_block(NULL, &style, 0, 0, 1000, 5, text);
    assert_true(sah_text_block(NULL, &style, 0, 0, 60, 9, text) > 3 * one);
    assert_true(sah_text_block(NULL, &style, 0, 0, 60, 2, text) < 2.1 * one);
    assert_true(sah_text_block(NULL, &style, 0, 0, 1, 2, "Ouagadougou") < 1.1 * one);
    assert_true(sah_text_block(NULL, &style, 0, 0, 60, 2, "") == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_told_by_the_step_that_fits),
        cmocka_unit_test(a_century_keeps_to_the_room_for_ticks),
        cmocka_unit_test(a_law_is_found_again),
        cmocka_unit_test(without_a_tail_nothing_is_fitted),
        cmocka_unit_test(text_in_a_page_stays_text),
        cmocka_unit_test(blocks_lie_where_their_values_are),
        cmocka_unit_test(long_text_takes_as_many_lines_as_it_may),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
