/* Parts of a calibration against what is known: emulators, the swarm, chance. */
#include "sim/study/calibrate/cloud.h"
#include "sim/study/calibrate/emulator.h"
#include "sim/study/calibrate/swarm.h"

#include "tests/support/cmocka_all.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void assert_near(double a, double b, double tolerance) {
    if (!(fabs(a - b) <= tolerance)) fail_msg("%.17g is not %.17g", a, b);
}

/* ---- emulators ------------------------------------------------------------------------- */

enum { N = 40, D = 3 };

/* Halton's points. */
static double radical(size_t i, size_t base) {
    double sum = 0, part = 1;
    for (; i; i /= base) {
        part /= (double)base;
        sum += part * (double)(i % base);
    }
    return sum;
}

static void fill(double *x, size_t n) {
    static const size_t base[D] = {2, 3, 5};
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < D; j++) x[i * D + j] = radical(i + 1, base[j]);
}

static double wave_of(const double *x) {
    return 3 + sin(4 * x[0]) + 0.5 * x[1];
}

static void fit_wave(struct sah_emulator *em, double *x, const double *noise,
                     const double *error) {
    struct sah_error err = {0};
    double y[N];
    fill(x, N);
    for (size_t i = 0; i < N; i++) y[i] = wave_of(x + i * D) + (error ? error[i] : 0);
    assert_int_equal(sah_emulator_fit(em, N, D, x, y, noise, &err), SAH_OK);
}

static void an_emulator_goes_through_its_points_and_between_them(void **state) {
    (void)state;
    static const double none[N];
    double x[N * D], room[N], variance;
    struct sah_emulator em;
    fit_wave(&em, x, none, NULL);
    for (size_t i = 0; i < N; i++) {
        assert_near(sah_emulator_at(&em, x + i * D, &variance, room),
                    wave_of(x + i * D), 0.01);
        assert_true(variance < 1e-4);
    }
    for (size_t i = 0; i < 20; i++) {
        double at[D] = {radical(i + 1, 7), radical(i + 1, 11), radical(i + 1, 13)};
        double mean = sah_emulator_at(&em, at, &variance, room);
        assert_near(mean, wave_of(at), 4 * sqrt(variance) + 0.01);
        assert_near(mean, wave_of(at), 0.1);
    }
    /* the third dimension tells nothing, the first most */
    assert_true(em.length[2] > 1.5 * em.length[0]);
    sah_emulator_free(&em);
}

static void far_from_its_points_it_is_less_sure(void **state) {
    (void)state;
    static const double none[4];
    static const double x[] = {0.1, 0.2, 0.3, 0.4}, y[] = {1, 2, 1, 2};
    double room[4], near, far;
    struct sah_error err = {0};
    struct sah_emulator em;
    assert_int_equal(sah_emulator_fit(&em, 4, 1, x, y, none, &err), SAH_OK);
    sah_emulator_at(&em, (double[]){0.2}, &near, room);
    sah_emulator_at(&em, (double[]){1}, &far, room);
    assert_true(far > 100 * near);
    sah_emulator_free(&em);
}

/* Residuals of points left out are those of emulators made without them. */
static void what_is_left_out_is_as_if_it_had_not_been(void **state) {
    (void)state;
    double x[N * D], noise[N], error[N], sum = 0;
    struct sah_emulator em;
    for (size_t i = 0; i < N; i++) {
        noise[i] = 0.04;
        error[i] = 0.2 * sin(37.0 * (double)i) * sqrt(2);
    }
    fit_wave(&em, x, noise, error);
    for (size_t i = 0; i < N; i++) sum += em.loo[i] * em.loo[i];
    assert_true(sum / N > 0.5 && sum / N < 2); /* about 1 by their making */
    sah_emulator_free(&em);
}

static void what_is_no_number_is_refused(void **state) {
    (void)state;
    const double x[] = {0.1, 0.5, 0.9}, y[] = {1, NAN, 2}, none[] = {0, 0, 0};
    struct sah_emulator em;
    struct sah_error err = {0};
    assert_int_equal(sah_emulator_fit(&em, 3, 1, x, y, none, &err), SAH_CHECK);
    assert_non_null(strstr(err.text, "no emulator fits 3 points"));
    sah_error_clear(&err);
    sah_emulator_free(&em);
}

static void values_that_are_all_the_same_are_no_trouble(void **state) {
    (void)state;
    static const double none[N];
    double x[N * D], y[N], room[N], variance;
    struct sah_emulator em;
    struct sah_error err = {0};
    fill(x, N);
    for (size_t i = 0; i < N; i++) y[i] = 7;
    assert_int_equal(sah_emulator_fit(&em, N, D, x, y, none, &err), SAH_OK);
    assert_near(sah_emulator_at(&em, (double[]){0.3, 0.4, 0.5}, &variance, room), 7,
                1e-6);
    sah_emulator_free(&em);
}

/* ---- the swarm ------------------------------------------------------------------------- */

static double corner(void *user, const double *x) {
    (void)user;
    return fmax(x[0], x[1]);
}

/* In the plane, both numbers below 0.05: 1/400 of the square. */
static void a_swarm_finds_a_corner_and_tells_its_share(void **state) {
    (void)state;
    struct sah_error err = {0};
    struct sah_swarm swarm = {.n = 1000, .d = 2, .seed = 4, .score = corner};
    double share, reached, mean = 0;
    assert_int_equal(sah_swarm_create(&swarm, &err), SAH_OK);
    sah_swarm_enter(&swarm, 0.05, &share, &reached);
    assert_near(share, 1.0 / 400, 0.0008);
    assert_near(reached, 0.05, 1e-12);
    for (size_t i = 0; i < swarm.n; i++) {
        assert_true(swarm.at[2 * i] <= 0.05 && swarm.at[2 * i + 1] <= 0.05);
        mean += swarm.at[2 * i] / (double)swarm.n;
    }
    assert_near(mean, 0.025, 0.003);
    sah_swarm_free(&swarm);
}

static double beyond(void *user, const double *x) {
    (void)user;
    return 2 + x[0];
}

static void what_cannot_be_reached_is_told(void **state) {
    (void)state;
    struct sah_error err = {0};
    struct sah_swarm swarm = {.n = 500, .d = 1, .seed = 4, .score = beyond};
    double share, reached;
    assert_int_equal(sah_swarm_create(&swarm, &err), SAH_OK);
    sah_swarm_enter(&swarm, 1, &share, &reached);
    assert_true(reached >= 2 && reached < 2.1);
    assert_true(share > 0 && share < 0.1);
    sah_swarm_free(&swarm);
}

/* A normal law in three dimensions, the first two of them tied. */
static double bell(void *user, const double *x) {
    (void)user;
    double a = (x[0] - 0.5) / 0.05, b = (x[1] - x[0]) / 0.02, c = (x[2] - 0.3) / 0.01;
    return -(a * a + b * b + c * c) / 2;
}

static void a_swarm_comes_to_a_law(void **state) {
    (void)state;
    struct sah_error err = {0};
    struct sah_swarm swarm = {.n = 1000, .d = 3, .seed = 9, .score = bell};
    double mean[3] = {0}, square[3] = {0};
    assert_int_equal(sah_swarm_create(&swarm, &err), SAH_OK);
    assert_int_equal(sah_swarm_weigh(&swarm, &err), SAH_OK);
    for (size_t i = 0; i < swarm.n; i++)
        for (size_t j = 0; j < 3; j++) mean[j] += swarm.at[3 * i + j] / 1000;
    for (size_t i = 0; i < swarm.n; i++)
        for (size_t j = 0; j < 3; j++) {
            double off = swarm.at[3 * i + j] - mean[j];
            square[j] += off * off / 1000;
        }
    assert_near(mean[0], 0.5, 0.01);
    assert_near(mean[1], 0.5, 0.01);
    assert_near(mean[2], 0.3, 0.002);
    assert_near(sqrt(square[0]), 0.05, 0.008);
    assert_near(sqrt(square[1]), sqrt(0.05 * 0.05 + 0.02 * 0.02), 0.008);
    assert_near(sqrt(square[2]), 0.01, 0.002);
    sah_swarm_free(&swarm);
}

static double nowhere(void *user, const double *x) {
    (void)user;
    return x[0] < 0.5 ? -INFINITY : NAN;
}

static void a_law_that_is_nowhere_is_refused(void **state) {
    (void)state;
    struct sah_error err = {0};
    struct sah_swarm swarm = {.n = 10, .d = 1, .seed = 9, .score = nowhere};
    assert_int_equal(sah_swarm_create(&swarm, &err), SAH_OK);
    assert_int_equal(sah_swarm_weigh(&swarm, &err), SAH_CHECK);
    assert_non_null(strstr(err.text, "none of 10 points"));
    sah_error_clear(&err);
    sah_swarm_free(&swarm);
}

static void points_are_picked_apart(void **state) {
    (void)state;
    struct sah_error err = {0};
    struct sah_swarm swarm = {.n = 256, .d = 1, .seed = 4, .score = beyond};
    size_t out[3];
    assert_int_equal(sah_swarm_create(&swarm, &err), SAH_OK);
    assert_int_equal(sah_swarm_spread(&swarm, (double[]){0}, 1, 3, out, &err), SAH_OK);
    assert_near(swarm.at[out[0]], 1, 0.01);
    assert_near(swarm.at[out[1]], 0.5, 0.01);
    assert_near(fabs(swarm.at[out[2]] - 0.5), 0.25, 0.01);
    sah_swarm_free(&swarm);
}

/* ---- chance ---------------------------------------------------------------------------- */

/* Two aims on plain axes, two points, three replicates; the second is not defined once. */
static void chance_is_told_from_replicates(void **state) {
    (void)state;
    struct sah_aim aims[] = {{.middle = 0, .half = 1}, {.middle = 10, .half = 2}};
    struct sah_fit fit = {.naims = 2, .aim = aims};
    struct sah_cloud cloud = {.d = 1, .naims = 2, .replicates = 3};
    struct sah_error err = {0};
    const double at[] = {0.2, 0.8};
    /* [replicate][point][aim] */
    const double value[] = {1, 10, 5, 12, 2, 12, 5, NAN, 3, 14, 8, 16};
    assert_int_equal(sah_cloud_add(&cloud, &fit, 1, 2, at, value, &err), SAH_OK);
    assert_int_equal(cloud.n, 2);
    assert_near(cloud.off[0], 2, 1e-12);
    assert_near(cloud.off[1], 1, 1e-12);
    assert_near(cloud.off[3], 2, 1e-12);
    assert_int_equal(cloud.known[3], 2);
    /* squares 1 0 1 and 1 1 4, by 4 degrees of freedom; 1 0 1 and 1 1, by 3 */
    assert_near(sah_cloud_chance(&cloud, 0), 8.0 / 4, 1e-12);
    assert_near(sah_cloud_chance(&cloud, 1), 4.0 / 3, 1e-12);
    /* products 1 0 1 and 1 2, by 3, over more than 1: runs are few */
    assert_near(sah_cloud_correlation(&cloud, 0, 1), 0.99, 1e-12);
    assert_int_equal(sah_cloud_hits(&cloud, 0), 1);
    sah_cloud_free(&cloud);
}

static void an_axis_goes_both_ways(void **state) {
    (void)state;
    struct sah_aim aim = {
        .is_log = true, .middle = log(100), .half = log(1.5), .least = 1};
    assert_near(sah_aim_off(&aim, 150), 1, 1e-12);
    assert_near(sah_aim_value(&aim, -1), 100 / 1.5, 1e-9);
    assert_near(sah_aim_off(&aim, 0), -log(100) / log(1.5), 1e-12);
    assert_true(isnan(sah_aim_off(&aim, NAN)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_emulator_goes_through_its_points_and_between_them),
        cmocka_unit_test(far_from_its_points_it_is_less_sure),
        cmocka_unit_test(what_is_left_out_is_as_if_it_had_not_been),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(values_that_are_all_the_same_are_no_trouble),
        cmocka_unit_test(a_swarm_finds_a_corner_and_tells_its_share),
        cmocka_unit_test(what_cannot_be_reached_is_told),
        cmocka_unit_test(a_swarm_comes_to_a_law),
        cmocka_unit_test(a_law_that_is_nowhere_is_refused),
        cmocka_unit_test(points_are_picked_apart),
        cmocka_unit_test(chance_is_told_from_replicates),
        cmocka_unit_test(an_axis_goes_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
