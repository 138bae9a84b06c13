/* Sensitivity against functions whose indices are known. */
#include "sim/study/sensitivity.h"

#include "tests/support/cmocka_all.h"

#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double pi = 3.14159265358979323846;
enum { MOST = 8, BLOCKS = 4096 };

typedef double function(const double *x); /* of numbers 0..1 */

static void assert_near(double a, double b, double tolerance) {
    if (!(fabs(a - b) <= tolerance)) fail_msg("%.17g is not %.17g", a, b);
}

/* Outcomes of A, B and their mixtures, from halves of Sobol's sequence. */
static double *sample(function *f, size_t k, size_t blocks) {
    double *y = calloc(blocks * (k + 2), sizeof *y), both[2 * MOST], x[MOST];
    gsl_qrng *q = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)(2 * k));
    assert_non_null(y);
    gsl_qrng_get(q, both);
    for (size_t j = 0; j < blocks; j++) {
        gsl_qrng_get(q, both);
        for (size_t m = 0; m < k + 2; m++) {
            for (size_t i = 0; i < k; i++)
                x[i] = m == 1 || m == i + 2 ? both[k + i] : both[i];
            y[j * (k + 2) + m] = f(x);
        }
    }
    gsl_qrng_free(q);
    return y;
}

static void check(double *y, size_t k, const double *s, const double *st,
                  double tolerance) {
    struct sah_sobol out[MOST];
    assert_int_equal(sah_sensitivity_sobol(y, BLOCKS, k, 1, out, NULL), 0);
    for (size_t i = 0; i < k; i++) {
        assert_int_equal(out[i].n, BLOCKS);
        assert_near(out[i].first, s[i], tolerance);
        assert_near(out[i].total, st[i], tolerance);
        assert_true(out[i].first_low <= s[i] + tolerance &&
                    out[i].first_high >= s[i] - tolerance);
        assert_true(out[i].total_low <= out[i].total &&
                    out[i].total <= out[i].total_high);
        assert_true(out[i].first_high - out[i].first_low < 0.2);
    }
    free(y);
}

/* Ishigami and Homma 1990: sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, x in -pi..pi. */
static double ishigami(const double *u) {
    double x[3];
    for (int i = 0; i < 3; i++) x[i] = pi * (2 * u[i] - 1);
    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0]);
}

static void ishigami_has_its_indices(void **state) {
    (void)state;
    double p4 = pow(pi, 4), p8 = p4 * p4;
    double v1 = 0.5 * pow(1 + 0.1 * p4 / 5, 2), v2 = 49.0 / 8;
    double v13 = 0.01 * p8 * (1.0 / 18 - 1.0 / 50), v = v1 + v2 + v13;
    const double s[] = {v1 / v, v2 / v, 0}, st[] = {(v1 + v13) / v, v2 / v, v13 / v};
    assert_near(s[0], 0.3139, 1e-4); /* as tabled by Saltelli et al. 2008 */
    assert_near(st[2], 0.2437, 1e-4);
    check(sample(ishigami, 3, BLOCKS), 3, s, st, 0.01);
}

/* Sobol' g: product of (|4 x - 2| + a) / (1 + a). */
static const double g_a[MOST] = {0, 1, 4.5, 9, 99, 99, 99, 99};
static double sobol_g(const double *x) {
    double product = 1;
    for (int i = 0; i < MOST; i++)
        product *= (fabs(4 * x[i] - 2) + g_a[i]) / (1 + g_a[i]);
    return product;
}

static void sobol_g_has_its_indices(void **state) {
    (void)state;
    double part[MOST], all = 1, s[MOST], st[MOST];
    for (int i = 0; i < MOST; i++) {
        part[i] = 1.0 / 3 / pow(1 + g_a[i], 2);
        all *= 1 + part[i];
    }
    for (int i = 0; i < MOST; i++) {
        s[i] = part[i] / (all - 1);
        st[i] = part[i] * all / (1 + part[i]) / (all - 1);
    }
    check(sample(sobol_g, MOST, BLOCKS), MOST, s, st, 0.01);
}

static double far_from_zero(const double *x) {
    return 1e6 + x[0] + 2 * x[1];
}

static void a_large_mean_does_no_harm(void **state) {
    (void)state;
    const double s[] = {0.2, 0.8};
    check(sample(far_from_zero, 2, BLOCKS), 2, s, s, 0.01);
}

static void failed_runs_leave_their_block_out(void **state) {
    (void)state;
    struct sah_sobol whole[3], holes[3], fewer[3];
    double *y = sample(ishigami, 3, BLOCKS);
    assert_int_equal(sah_sensitivity_sobol(y, BLOCKS, 3, 1, whole, NULL), 0);
    y[0] = NAN;         /* A of block 0: all factors */
    y[5 * 7 + 2] = NAN; /* the mixture of factor 0 in block 7 */
    assert_int_equal(sah_sensitivity_sobol(y, BLOCKS, 3, 1, holes, NULL), 0);
    assert_int_equal(holes[0].n, BLOCKS - 2);
    assert_int_equal(holes[1].n, BLOCKS - 1);
    assert_near(holes[1].total, whole[1].total, 0.01);
    assert_int_equal(sah_sensitivity_sobol(y + 5, BLOCKS - 1, 3, 1, fewer, NULL), 0);
    assert_near(holes[1].total, fewer[1].total, 0); /* as if it had not been there */
    assert_near(holes[2].first_low, fewer[2].first_low, 0);
    free(y);
}

static double constant(const double *x) {
    (void)x;
    return 5;
}

static void what_does_not_vary_has_no_indices(void **state) {
    (void)state;
    struct sah_sobol out[2];
    double *y = sample(constant, 2, 16);
    assert_int_equal(sah_sensitivity_sobol(y, 16, 2, 1, out, NULL), 0);
    assert_true(isnan(out[0].first) && isnan(out[1].total) && isnan(out[0].first_low));
    assert_int_equal(sah_sensitivity_sobol(y, 1, 2, 1, out, NULL), 0); /* too few */
    assert_true(isnan(out[0].total) && isnan(out[0].total_high));
    free(y);
}

/* ---- Morris -------------------------------------------------------------------------- */

/* Two trajectories over two factors, steps of 2/3 up and down. */
#define T 1.0 / 3
static const double walk[] = {0, 0, 2 * T, 0, 2 * T, 2 * T, 1, T, 1, 1, T, 1};
#undef T

static void effects_by_hand(void **state) {
    (void)state;
    struct sah_morris out[2];
    double y[6];
    for (int i = 0; i < 6; i++) /* 3 x - y + 6 x y */
        y[i] = 3 * walk[2 * i] - walk[2 * i + 1] + 6 * walk[2 * i] * walk[2 * i + 1];
    assert_int_equal(sah_sensitivity_morris(walk, y, 2, 2, 1, out, NULL), 0);
    /* of x: 3 + 6 y at y = 0 and 1; of y: -1 + 6 x at x = 2/3 and 1 */
    assert_int_equal(out[0].n, 2);
    assert_near(out[0].mu, 6, 1e-12);
    assert_near(out[0].mu_star, 6, 1e-12);
    assert_near(out[0].sigma, sqrt(18), 1e-12);
    assert_near(out[1].mu, 4, 1e-12);
    assert_near(out[1].sigma, sqrt(2), 1e-12);
    assert_near(out[0].low, 3, 1e-12); /* both resamples the same one */
    assert_near(out[0].high, 9, 1e-12);
}

static void signs_do_not_cancel_in_mu_star(void **state) {
    (void)state;
    struct sah_morris out[2];
    double y[6];
    for (int i = 0; i < 6; i++) /* of x: up in the first walk, down in the second */
        y[i] = walk[2 * i] * (i < 3 ? 1 : -1);
    assert_int_equal(sah_sensitivity_morris(walk, y, 2, 2, 1, out, NULL), 0);
    assert_near(out[0].mu, 0, 1e-12);
    assert_near(out[0].mu_star, 1, 1e-12);
    assert_near(out[1].mu_star, 0, 0);
}

static void a_failed_run_takes_two_effects(void **state) {
    (void)state;
    struct sah_morris out[2];
    const double y[6] = {0, NAN, 1, 0, 1, 2};
    assert_int_equal(sah_sensitivity_morris(walk, y, 2, 2, 1, out, NULL), 0);
    assert_int_equal(out[0].n, 1);
    assert_int_equal(out[1].n, 1);
    assert_near(out[1].mu, 1.5, 1e-12);
    assert_true(isnan(out[0].sigma) && isnan(out[0].low));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ishigami_has_its_indices),
        cmocka_unit_test(sobol_g_has_its_indices),
        cmocka_unit_test(a_large_mean_does_no_harm),
        cmocka_unit_test(failed_runs_leave_their_block_out),
        cmocka_unit_test(what_does_not_vary_has_no_indices),
        cmocka_unit_test(effects_by_hand),
        cmocka_unit_test(signs_do_not_cancel_in_mu_star),
        cmocka_unit_test(a_failed_run_takes_two_effects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
