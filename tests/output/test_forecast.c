/* Scores against closed forms and by hand; cells, months, baselines and their sums. */
#include "output/forecast/baselines.h"
#include "output/forecast/tally.h"

#include "sim/kernel/calendar.h"
#include "sim/kernel/sphere.h"
#include "tests/support/cmocka_all.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

/* ---- scores ------------------------------------------------------------------------ */

/* The CRPS of the standard normal law: y (2 F - 1) + 2 f - 1 / sqrt(pi). */
static void crps_of_a_normal_sample_is_the_closed_form(void **state) {
    enum { N = 4000 };
    static float draw[N];
    (void)state;
    for (int i = 0; i < N; i++) draw[i] = (float)gsl_cdf_ugaussian_Pinv((i + 0.5) / N);
    for (double y = -3; y <= 3; y += 0.5) {
        double exact = y * (2 * gsl_cdf_ugaussian_P(y) - 1) +
                       2 * gsl_ran_ugaussian_pdf(y) - 1 / sqrt(M_PI);
        assert_true(fabs(sah_score_crps(draw, N, y) - exact) < 1e-3);
    }
}

/* Of a law on whole numbers: the sum over k of (F(k) - 1[k >= y])^2. */
static void crps_of_a_poisson_sample_is_the_sum_of_squares(void **state) {
    enum { N = 4000 };
    static float draw[N];
    (void)state;
    for (int i = 0, k = 0; i < N; i++) {
        while (gsl_cdf_poisson_P((unsigned)k, 3.5) < (i + 0.5) / N) k++;
        draw[i] = (float)k;
    }
    for (int y = 0; y < 12; y++) {
        double exact = 0;
        for (int k = 0; k < 60; k++)
            exact += pow(gsl_cdf_poisson_P((unsigned)k, 3.5) - (k >= y), 2);
        assert_true(fabs(sah_score_crps(draw, N, y) - exact) < 2e-3);
    }
}

static void crps_by_hand(void **state) {
    const float draw[] = {0, 1, 2};
    (void)state;
    assert_true(fabs(sah_score_crps(draw, 3, 1) - (2.0 / 3 - 4.0 / 9)) < 1e-12);
    assert_true(fabs(sah_score_crps(draw, 3, 5) - (4.0 - 4.0 / 9)) < 1e-12);
    assert_true(fabs(sah_score_crps(draw + 1, 1, 4) - 3) < 1e-12);
}

static void ignorance_by_hand(void **state) {
    static float draw[1000];
    (void)state;
    assert_true(fabs(sah_score_ignorance(draw, 1000, 0) + log2(1001.0 / 1011)) < 1e-12);
    assert_true(fabs(sah_score_ignorance(draw, 1000, 3) - log2(1011)) < 1e-12);
    for (int i = 750; i < 1000; i++) draw[i] = 7;
    assert_true(fabs(sah_score_ignorance(draw, 1000, 10) + log2(251.0 / 1011)) < 1e-12);
}

static void bins_are_those_of_views(void **state) {
    static const struct {
        double deaths;
        int bin;
    } want[] = {{0, 0},   {1, 1},   {2, 1},   {3, 2},   {5, 2},    {6, 3},    {10, 3},
                {11, 4},  {25, 4},  {26, 5},  {50, 5},  {51, 6},   {100, 6},  {101, 7},
                {250, 7}, {251, 8}, {500, 8}, {501, 9}, {1000, 9}, {1001, 10}};
    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
        assert_int_equal(sah_score_bin(want[i].deaths), want[i].bin);
}

static void interval_by_hand(void **state) {
    float draw[101];
    (void)state;
    for (int i = 0; i <= 100; i++) draw[i] = (float)i;
    assert_true(fabs(sah_score_interval(draw, 101, 50) - 90) < 1e-9);
    assert_true(fabs(sah_score_interval(draw, 101, 99) - (90 + 20 * 4)) < 1e-9);
    assert_true(fabs(sah_score_interval(draw, 101, 2) - (90 + 20 * 3)) < 1e-9);
    assert_true(fabs(sah_score_quantile(draw, 101, 0.125) - 12.5) < 1e-9);
}

/* ---- cells and months -------------------------------------------------------------- */

static void cells_go_to_gids_and_back(void **state) {
    int of[SAH_FACT_STATES] = {0};
    (void)state;
    for (int cell = 0; cell < SAH_FORECAST_CELLS; cell++) {
        int32_t gid = sah_forecast_gid(cell);
        assert_int_equal(sah_forecast_cell(gid), cell);
        assert_int_equal(sah_priogrid(sah_fact_gid_lon(gid), sah_fact_gid_lat(gid)),
                         gid);
        of[sah_forecast_country(cell)]++;
    }
    assert_int_equal(of[SAH_MLI], 425);
    assert_int_equal(of[SAH_BFA], 88);
    assert_int_equal(of[SAH_NER], 403);
    assert_int_equal(sah_forecast_cell(sah_priogrid(3.4, 6.5)), -1);
    assert_int_equal(sah_forecast_country(sah_forecast_cell(sah_priogrid(12.6, 13.8))),
                     SAH_NER);
}

static void neighbours_are_mutual(void **state) {
    (void)state;
    for (int cell = 0; cell < SAH_FORECAST_CELLS; cell++) {
        int near[SAH_FORECAST_NEAR], n = sah_forecast_near(cell, near);
        assert_true(n >= 1 && n <= SAH_FORECAST_NEAR);
        for (int k = 0; k < n; k++) {
            int back[SAH_FORECAST_NEAR], m = sah_forecast_near(near[k], back);
            bool mutual = false;
            for (int j = 0; j < m; j++) mutual |= back[j] == cell;
            assert_true(mutual);
        }
    }
}

static void months_are_those_of_views(void **state) {
    (void)state;
    assert_int_equal(sah_month_id(1980, 1), 1);
    assert_int_equal(sah_month_id(2018, 12), 468);
    for (int month = 1; month < 600; month++) {
        int32_t first = sah_month_first(month);
        assert_int_equal(sah_month_of(first), month);
        assert_int_equal(sah_month_of(first - 1), month - 1);
    }
}

/* ---- panel, baselines, sums -------------------------------------------------------- */

enum { KNOWN = 36, A = 100 };

static void add(struct sah_panel *panel, int cell, int month, double deaths,
                enum sah_fact_violence violence) {
    int32_t gid = sah_forecast_gid(cell);
    struct sah_fact_event event = {.day = sah_month_first(month),
                                   .lon = sah_fact_gid_lon(gid),
                                   .lat = sah_fact_gid_lat(gid),
                                   .violence = violence,
                                   .deaths = deaths};
    sah_panel_add(panel, &event);
}

/* Months 1 to 36 are known, 37 to 48 come. A cell has 6 deaths in the last month, of a
 * fight without a state; a neighbour of it 12 in the month before. */
static void make(struct sah_panel *panel) {
    int near[SAH_FORECAST_NEAR];
    struct sah_error err = {0};
    sah_forecast_near(A, near);
    assert_int_equal(sah_panel_open(panel, 1, 48, &err), SAH_OK);
    add(panel, A, KNOWN, 6, SAH_NON_STATE);
    add(panel, near[0], KNOWN - 1, 12, SAH_STATE_BASED);
    add(panel, A, KNOWN + 1, 4, SAH_STATE_BASED);
    add(panel, A, 400, 4, SAH_STATE_BASED); /* outside */
}

static void kinds_are_counted_apart(void **state) {
    struct sah_panel panel;
    (void)state;
    make(&panel);
    assert_true(*sah_panel_row(&panel, SAH_PANEL_ALL, A, KNOWN) == 6);
    assert_true(*sah_panel_row(&panel, SAH_PANEL_STATE, A, KNOWN) == 0);
    assert_true(*sah_panel_row(&panel, SAH_PANEL_STATE, A, KNOWN + 1) == 4);
    sah_panel_close(&panel);
}

static double mean_of(const char *name, const struct sah_panel *panel, int cell) {
    struct sah_draws draws;
    struct sah_error err = {0};
    double sum = 0;
    const struct sah_baseline *b = sah_baselines;
    while (strcmp(b->name, name) != 0) b++;
    assert_int_equal(sah_draws_open(&draws, KNOWN + 1, 2, &err), SAH_OK);
    assert_int_equal(sah_baseline_draw(b, panel, SAH_PANEL_ALL, KNOWN, &draws, &err),
                     SAH_OK);
    const float *draw = sah_draws_at(&draws, cell, KNOWN + 2);
    for (int i = 0; i < SAH_DRAWS; i++) sum += (double)draw[i];
    sah_draws_close(&draws);
    return sum / SAH_DRAWS;
}

static void baselines_have_the_means_of_their_past(void **state) {
    struct sah_panel panel;
    int near[SAH_FORECAST_NEAR], n = sah_forecast_near(A, near);
    (void)state;
    make(&panel);
    double around = 18.0 / (12 * (n + 1));
    assert_true(mean_of("zero", &panel, A) == 0);
    assert_true(fabs(mean_of("last", &panel, A) - 6) < 0.01);
    assert_true(fabs(mean_of("own_12", &panel, A) - 0.5) < 0.01);
    assert_true(fabs(mean_of("own_36", &panel, A) - 1.0 / 6) < 0.01);
    assert_true(fabs(mean_of("near_12", &panel, A) - around) < 0.02);
    assert_true(fabs(mean_of("half_12", &panel, A) - (0.5 + around) / 2) < 0.02);
    assert_true(mean_of("near_12", &panel, 700) == 0);
    sah_panel_close(&panel);
}

static void a_short_past_is_refused(void **state) {
    struct sah_panel panel;
    struct sah_draws draws;
    struct sah_error err = {0};
    (void)state;
    make(&panel);
    assert_int_equal(sah_draws_open(&draws, KNOWN, 1, &err), SAH_OK);
    assert_int_equal(sah_baseline_draw(&sah_baselines[0], &panel, SAH_PANEL_ALL,
                                       KNOWN - 1, &draws, &err),
                     SAH_INPUT);
    sah_error_clear(&err);
    sah_draws_close(&draws);
    sah_panel_close(&panel);
}

static void sums_go_by_country_month_and_all(void **state) {
    struct sah_panel panel;
    struct sah_draws draws;
    struct sah_tally tally;
    struct sah_error err = {0};
    (void)state;
    make(&panel);
    assert_int_equal(sah_draws_open(&draws, KNOWN + 1, 12, &err), SAH_OK);
    sah_tally_score(&draws, &panel, SAH_PANEL_STATE, "zero", &tally);
    assert_int_equal(tally.all.n, 12 * SAH_FORECAST_CELLS);
    assert_int_equal(tally.active.n, 1);
    assert_true(fabs(sah_tally_mean(&tally.all, SAH_CRPS) -
                     4.0 / (12 * SAH_FORECAST_CELLS)) < 1e-12);
    assert_true(fabs(tally.month[0].score[SAH_MIS] - 20 * 4) < 1e-12);
    assert_true(tally.month[1].score[SAH_CRPS] == 0);
    assert_true(tally.country[sah_forecast_country(A)].score[SAH_CRPS] == 4);
    sah_draws_close(&draws);
    sah_panel_close(&panel);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crps_of_a_normal_sample_is_the_closed_form),
        cmocka_unit_test(crps_of_a_poisson_sample_is_the_sum_of_squares),
        cmocka_unit_test(crps_by_hand),
        cmocka_unit_test(ignorance_by_hand),
        cmocka_unit_test(bins_are_those_of_views),
        cmocka_unit_test(interval_by_hand),
        cmocka_unit_test(cells_go_to_gids_and_back),
        cmocka_unit_test(neighbours_are_mutual),
        cmocka_unit_test(months_are_those_of_views),
        cmocka_unit_test(kinds_are_counted_apart),
        cmocka_unit_test(baselines_have_the_means_of_their_past),
        cmocka_unit_test(a_short_past_is_refused),
        cmocka_unit_test(sums_go_by_country_month_and_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
