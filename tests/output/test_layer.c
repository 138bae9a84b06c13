/* The layer: what its parts say of a hand-made past, weights that are known, draws, and how
 * forecasts are counted for reliability; events as a record. */
#include "output/forecast/layer.h"
#include "output/forecast/mixture.h"
#include "output/forecast/parts.h"
#include "output/forecast/record.h"
#include "output/forecast/reliability.h"

#include "sim/kernel/calendar.h"
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { KNOWN = 48, MONTHS = 72, A = 100, B = 500 };

static void put(struct sah_panel *panel, int cell, int month, float deaths) {
    size_t at = (size_t)cell * (size_t)panel->months + (size_t)(month - panel->first);
    panel->deaths[SAH_PANEL_ALL][at] = deaths;
}

/* In A 3 deaths every month, in B 8 every second; nothing else. */
static void make(struct sah_panel *panel) {
    struct sah_error err = {0};
    assert_int_equal(sah_panel_open(panel, 1, MONTHS, &err), SAH_OK);
    for (int month = 1; month <= MONTHS; month++) {
        put(panel, A, month, 3);
        if (month % 2) put(panel, B, month, 8);
    }
}

static struct sah_window window_at(int until, const struct sah_futures *futures) {
    return (struct sah_window){until, until + 3, 12, futures};
}

/* ---- parts ------------------------------------------------------------------------- */

static void parts_say_how_often(void **state) {
    struct sah_panel panel;
    struct sah_error err = {0};
    static struct sah_parts parts;
    struct sah_window window = window_at(KNOWN, NULL);
    int near[SAH_FORECAST_NEAR], n = sah_forecast_near(A, near);
    (void)state;
    make(&panel);
    assert_int_equal(sah_parts_make(&parts, &panel, SAH_PANEL_ALL, &window, &err),
                     SAH_OK);
    assert_true(fabs(parts.often[SAH_OWN_FAST][A] - 1) < 1e-12);
    assert_true(fabs(parts.often[SAH_OWN_SLOW][B] - 0.5) < 0.03);
    int m = sah_forecast_near(near[0], (int[SAH_FORECAST_NEAR]){0});
    assert_true(fabs(parts.often[SAH_NEAR_FAST][near[0]] - 1.0 / m) < 1e-12);
    assert_true(parts.often[SAH_AROUND][near[0]] >
                parts.often[SAH_AROUND][near[0] + 9]);
    assert_true(parts.often[SAH_SIMULATED][A] == 0 && n > 0);
    assert_int_equal(parts.nsizes, KNOWN + KNOWN / 2);
    assert_true(fabs(parts.size_bin[2] - 2.0 / 3) <
                1e-9); /* 3 deaths; 8 are in bin 3 */
    sah_parts_free(&parts);
    sah_panel_close(&panel);
}

/* Laws sum to 1, and their bins too. */
static void laws_are_whole(void **state) {
    struct sah_panel panel;
    struct sah_error err = {0};
    static struct sah_parts parts;
    static float future[SAH_FORECAST_CELLS * 12];
    struct sah_futures futures = {.first = KNOWN + 3, .months = 12, .n = 1};
    (void)state;
    make(&panel);
    for (int i = 0; i < 12; i++) future[A * 12 + i] = (float)(i % 3);
    futures.deaths[SAH_PANEL_ALL] = future;
    struct sah_window window = window_at(KNOWN, &futures);
    assert_int_equal(sah_parts_make(&parts, &panel, SAH_PANEL_ALL, &window, &err),
                     SAH_OK);
    struct sah_part_value *room = calloc(sah_parts_most(&parts), sizeof *room);
    for (int p = 0; p < SAH_LAYER_PARTS; p++) {
        double bin[SAH_SCORE_BINS], sum = 0;
        sah_parts_bins(&parts, (enum sah_layer_part)p, A, room, bin);
        for (int b = 0; b < SAH_SCORE_BINS; b++) sum += bin[b];
        assert_true(fabs(sum - 1) < 1e-9);
        assert_true(fabs(bin[0] - (p == SAH_QUIET ? 1 : 1 - parts.often[p][A])) < 1e-9);
    }
    assert_true(fabs(parts.often[SAH_SIMULATED][A] - 2.0 / 3) < 1e-9);
    free(room);
    sah_parts_free(&parts);
    sah_panel_close(&panel);
}

/* ---- weights ----------------------------------------------------------------------- */

/* Months are as the own history says; so it gets the weight, and draws follow it. */
static void a_part_that_is_right_gets_the_weight(void **state) {
    struct sah_panel panel;
    struct sah_draws draws;
    struct sah_error err = {0};
    struct sah_layer layer = {.use = {[SAH_OWN_SLOW] = true, [SAH_QUIET] = true}};
    struct sah_window windows[] = {window_at(24, NULL), window_at(36, NULL),
                                   window_at(KNOWN, NULL)};
    (void)state;
    make(&panel);
    assert_int_equal(
        sah_layer_fit(&layer, &panel, SAH_PANEL_ALL, windows, 2, KNOWN, &err), SAH_OK);
    assert_int_equal(layer.n, (12 + 10) * SAH_FORECAST_CELLS); /* months up to KNOWN */
    assert_true(fabs(layer.weight[SAH_OWN_SLOW] + layer.weight[SAH_QUIET] - 1) < 1e-9);
    assert_true(layer.weight[SAH_OWN_SLOW] > 0.9);
    assert_int_equal(sah_draws_open(&draws, KNOWN + 3, 12, &err), SAH_OK);
    assert_int_equal(
        sah_layer_draw(&layer, &panel, SAH_PANEL_ALL, &windows[2], &draws, &err),
        SAH_OK);
    const float *draw = sah_draws_at(&draws, A, KNOWN + 7);
    int deadly = 0;
    for (int k = 0; k < SAH_DRAWS; k++) deadly += draw[k] > 0;
    assert_true(fabs(deadly / 1000.0 - layer.weight[SAH_OWN_SLOW]) < 0.002);
    assert_true(draw[SAH_DRAWS - 1] == 3 && draw[0] == 0);
    assert_true(sah_draws_at(&draws, 700, KNOWN + 3)[SAH_DRAWS - 1] == 0);
    sah_draws_close(&draws);
    sah_panel_close(&panel);
}

/* Of two parts with chances a and b of what came in a share q of the months the most likely
 * weight is known: with `own` sure of deaths and `quiet` of none, it is that share. */
static void weights_are_the_most_likely_ones(void **state) {
    struct sah_panel panel;
    struct sah_error err = {0};
    struct sah_layer layer = {.use = {[SAH_OWN_FAST] = true, [SAH_QUIET] = true}};
    struct sah_window windows[] = {window_at(24, NULL)};
    (void)state;
    assert_int_equal(sah_panel_open(&panel, 1, MONTHS, &err), SAH_OK);
    for (int cell = 0; cell < SAH_FORECAST_CELLS; cell++)
        for (int month = 1; month <= MONTHS; month++)
            put(&panel, cell, month, month <= 24 || month % 4 ? 3 : 0);
    assert_int_equal(
        sah_layer_fit(&layer, &panel, SAH_PANEL_ALL, windows, 1, MONTHS, &err), SAH_OK);
    assert_true(fabs(layer.weight[SAH_OWN_FAST] - 0.75) < 0.01);
    assert_int_equal(sah_layer_fit(&layer, &panel, SAH_PANEL_ALL, windows, 1, 20, &err),
                     SAH_INPUT);
    sah_error_clear(&err);
    sah_panel_close(&panel);
}

/* Two parts that are each sure of some cases: of a and b cases the first gets (a + 1) over
 * (a + b + 2), as the prior has it; also where it is sure of all of them. */
static void weights_of_sure_parts_are_shares(void **state) {
    static const struct {
        size_t a, b;
    } cases[] = {{30, 70}, {1, 1}, {3, 0}, {20000, 0}, {19999, 1}};
    static double chance[20000][2];
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        size_t n = cases[k].a + cases[k].b;
        struct sah_mixture mixture = {n, 2, chance[0]};
        struct sah_error err = {0};
        double weight[2], share = ((double)cases[k].a + 1) / ((double)n + 2);
        for (size_t i = 0; i < n; i++) {
            chance[i][0] = i < cases[k].a;
            chance[i][1] = i >= cases[k].a;
        }
        assert_int_equal(sah_mixture_fit(&mixture, SAH_MIXTURE_STEPS, weight, &err),
                         SAH_OK);
        assert_true(fabs(weight[0] - share) < 1e-7);
        assert_true(fabs(weight[0] + weight[1] - 1) < 1e-9);
    }
}

static void parts_that_are_alike_share_the_weight(void **state) {
    const double chance[][3] = {{0.2, 0.2, 0.9}, {0.7, 0.7, 0.1}, {0.5, 0.5, 0.5}};
    struct sah_mixture mixture = {3, 3, chance[0]};
    struct sah_error err = {0};
    double weight[3];
    (void)state;
    assert_int_equal(sah_mixture_fit(&mixture, SAH_MIXTURE_STEPS, weight, &err),
                     SAH_OK);
    assert_true(fabs(weight[0] - weight[1]) < 1e-9);
}

static void a_fit_that_fails_says_why(void **state) {
    const double wrong[][3] = {{0.5, 0.5, NAN}, {0, 0, 0}};
    const double hard[][3] = {{1, 1e-9, 1e-3}, {1e-9, 1e-3, 1}};
    struct sah_mixture mixture = {.n = 1, .np = 3};
    struct sah_error err = {0};
    double weight[3];
    (void)state;
    for (int k = 0; k < 2; k++) {
        mixture.chance = wrong[k];
        assert_int_equal(sah_mixture_fit(&mixture, SAH_MIXTURE_STEPS, weight, &err),
                         SAH_CHECK);
        assert_non_null(strstr(err.text, "no numbers above 0"));
        sah_error_clear(&err);
    }
    mixture = (struct sah_mixture){2, 3, hard[0]};
    assert_int_equal(sah_mixture_fit(&mixture, 2, weight, &err), SAH_CHECK);
    assert_non_null(strstr(err.text, "did not settle in 2 steps"));
    sah_error_clear(&err);
    assert_int_equal(sah_mixture_fit(&mixture, SAH_MIXTURE_STEPS, weight, &err),
                     SAH_OK);
}

static void bare_futures_keep_their_months(void **state) {
    static float future[SAH_FORECAST_CELLS * 4];
    struct sah_futures futures = {.first = 10, .months = 2, .n = 2};
    struct sah_draws draws;
    struct sah_error err = {0};
    (void)state;
    futures.deaths[SAH_PANEL_ALL] = future;
    future[A * 4 + 1] = 5, future[A * 4 + 3] = 1; /* second month of both futures */
    assert_int_equal(sah_draws_open(&draws, 10, 2, &err), SAH_OK);
    sah_layer_bare(&futures, SAH_PANEL_ALL, &draws);
    assert_true(sah_draws_at(&draws, A, 10)[SAH_DRAWS - 1] == 0);
    const float *draw = sah_draws_at(&draws, A, 11);
    assert_true(draw[0] == 1 && draw[499] == 1 && draw[500] == 5 && draw[999] == 5);
    sah_draws_close(&draws);
}

/* ---- reliability ------------------------------------------------------------------- */

static void chances_are_counted_in_classes(void **state) {
    struct sah_panel panel;
    struct sah_draws draws;
    struct sah_reliability r;
    struct sah_error err = {0};
    (void)state;
    make(&panel);
    assert_int_equal(sah_draws_open(&draws, KNOWN + 3, 12, &err), SAH_OK);
    for (int m = 0; m < 12; m++) {
        float *draw = sah_draws_at(&draws, B, KNOWN + 3 + m);
        for (int k = 750; k < SAH_DRAWS; k++) draw[k] = 2;
    }
    sah_reliability_count(&draws, &panel, SAH_PANEL_ALL, "by hand", &r);
    int at = sah_reliability_class_of(0.25);
    assert_int_equal(r.of[at].n, 12);
    assert_int_equal(r.of[at].came, 6);
    assert_true(fabs(r.of[at].forecast - 3) < 1e-9);
    assert_int_equal(r.of[0].n, 12 * (SAH_FORECAST_CELLS - 1));
    assert_int_equal(r.of[0].came, 12);
    assert_int_equal(sah_reliability_class_of(1), SAH_RELIABILITY_CLASSES - 1);
    sah_draws_close(&draws);
    sah_panel_close(&panel);
}

/* ---- record ------------------------------------------------------------------------ */

static void events_become_months(void **state) {
    static const struct {
        int month, day;
        enum sah_fact_violence violence;
        enum sah_role a, b;
        double lon, deaths;
    } told[] = {
        {1, 3, SAH_STATE_BASED, SAH_UMBRELLA, SAH_STATE, 0.3, 4},
        {1, 5, SAH_STATE_BASED, SAH_STATE, SAH_UMBRELLA, 0.3, 2},
        {1, 9, SAH_ONE_SIDED, SAH_STATE, SAH_CIVILIANS, 0.3, 7},
        {3, 1, SAH_ONE_SIDED, SAH_RIVAL, SAH_CIVILIANS, 0.3, 5},
        {3, 2, SAH_NON_STATE, SAH_OTHER, SAH_OTHER, 0.3, 1},
        {3, 3, SAH_STATE_BASED, SAH_MILITANT, SAH_STATE, 12.6, 1},
        {4, 1, SAH_STATE_BASED, SAH_RIVAL, SAH_STATE, 0.3, 9},
    };
    enum { N = sizeof told / sizeof *told };
    struct sah_fact_event event[N] = {0};
    char *text = NULL;
    size_t length;
    (void)state;
    for (int i = 0; i < N; i++)
        event[i] = (struct sah_fact_event){
            .day = sah_day_of((struct sah_date){2017, told[i].month, told[i].day}),
            .gid = told[i].lon < 1 ? 150121 : 150146,
            .violence = told[i].violence,
            .a = told[i].a,
            .b = told[i].b,
            .lon = told[i].lon,
            .deaths = told[i].deaths};
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    sah_record_write(event, N, sah_day_of((struct sah_date){2017, 3, 31}), out);
    fclose(out);
    assert_string_equal(
        text, "record:\n"
              "  - {name: m2017-01, from: 2017-01-01, acts: {\"al_qaeda@150121\": 2}, "
              "deaths: {\"150121\": 13}, harm: {\"forces@150121\": 7}}\n"
              "  - {name: m2017-03, from: 2017-03-01, acts: "
              "{\"islamic_state@150121\": 1, \"islamic_state@150146\": 1}, deaths: "
              "{\"150121\": 6, \"150146\": 1}, harm: {\"insurgents@150121\": 5}}\n");
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_say_how_often),
        cmocka_unit_test(laws_are_whole),
        cmocka_unit_test(a_part_that_is_right_gets_the_weight),
        cmocka_unit_test(weights_are_the_most_likely_ones),
        cmocka_unit_test(weights_of_sure_parts_are_shares),
        cmocka_unit_test(parts_that_are_alike_share_the_weight),
        cmocka_unit_test(a_fit_that_fails_says_why),
        cmocka_unit_test(bare_futures_keep_their_months),
        cmocka_unit_test(chances_are_counted_in_classes),
        cmocka_unit_test(events_become_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
