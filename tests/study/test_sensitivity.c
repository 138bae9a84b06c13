/* Sensitivity against functions whose indices are known, and what is left out. */
#include "sim/study/sensitivity.h"

#include "tests/support/cmocka_all.h"

#include <math.h>
#include <stdlib.h>

static const double pi = 3.14159265358979323846;

static void assert_near(double a, double b, double tolerance) {
    if (!(fabs(a - b) <= tolerance)) fail_msg("%.17g is not %.17g", a, b);
}

typedef double output_of(const double *x, size_t k);

/* Ishigami and Homma (1990) with a = 7, b = 0.1. */
static double ishigami(const double *at, size_t k) {
    double x[3];
    for (size_t i = 0; i < k; i++) x[i] = pi * (2 * at[i] - 1);
    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0]);
}

/* The g function of Sobol' with a = 0, 1, 4.5, 9. */
static const double g_a[] = {0, 1, 4.5, 9};
static double sobol_g(const double *x, size_t k) {
    double y = 1;
    for (size_t i = 0; i < k; i++) y *= (fabs(4 * x[i] - 2) + g_a[i]) / (1 + g_a[i]);
    return y;
}

static double line(const double *x, size_t k) {
    (void)k;
    return 3 * x[0] - 2 * x[1];
}
static double product(const double *x, size_t k) {
    (void)k;
    return x[0] * x[1];
}

static double *evaluate(enum sah_design_kind kind, size_t k, size_t points,
                        output_of *of, struct sah_design *design) {
    struct sah_error err = {0};
    const struct sah_design_request request = {
        .kind = kind, .nfactors = k, .points = points, .grid = 4, .seed = 11};
    assert_int_equal(sah_design_create(&request, design, &err), SAH_OK);
    double *y = malloc(design->npoints * sizeof *y);
    assert_non_null(y);
    for (size_t p = 0; p < design->npoints; p++) y[p] = of(design->at + p * k, k);
    return y;
}

static void check_indices(output_of *of, size_t k, const double *first,
                          const double *total) {
    struct sah_design design;
    struct sah_sobol found[4];
    struct sah_error err = {0};
    double *y = evaluate(SAH_DESIGN_SALTELLI, k, 4096, of, &design);
    assert_int_equal(sah_sobol_indices(&design, y, 1, found, &err), SAH_OK);
    for (size_t f = 0; f < k; f++) {
        assert_near(found[f].first, first[f], 0.01);
        assert_near(found[f].total, total[f], 0.01);
        assert_true(found[f].first_low < first[f] && first[f] < found[f].first_high);
        assert_true(found[f].total_low < total[f] && total[f] < found[f].total_high);
        assert_int_equal(found[f].dropped, 0);
    }
    free(y);
    sah_design_free(&design);
}

/* Analytic indices, to six digits. */
static void ishigami_is_known(void **state) {
    (void)state;
    check_indices(ishigami, 3, (const double[]){0.313905, 0.442411, 0},
                  (const double[]){0.557589, 0.442411, 0.243684});
}

/* V_i = 1 / (3 (1 + a_i)^2); V = prod (1 + V_i) - 1; ST_i = V_i prod_(j != i) (1 + V_j) / V.
 */
static void the_g_function_is_known(void **state) {
    (void)state;
    double v[4], all = 1, first[4], total[4];
    for (int i = 0; i < 4; i++) {
        v[i] = 1 / (3 * (1 + g_a[i]) * (1 + g_a[i]));
        all *= 1 + v[i];
    }
    for (int i = 0; i < 4; i++) {
        first[i] = v[i] / (all - 1);
        total[i] = v[i] * all / (1 + v[i]) / (all - 1);
    }
    check_indices(sobol_g, 4, first, total);
}

static void failed_runs_are_counted_not_hidden(void **state) {
    (void)state;
    struct sah_design design;
    struct sah_sobol found[3];
    struct sah_error err = {0};
    double *y = evaluate(SAH_DESIGN_SALTELLI, 3, 64, ishigami, &design);
    y[7] = y[8] = NAN; /* both of base sample 1 */
    y[40] = NAN;
    assert_int_equal(sah_sobol_indices(&design, y, 1, found, &err), SAH_OK);
    assert_int_equal(found[0].n, 62);
    assert_int_equal(found[0].dropped, 2);
    assert_true(!isnan(found[0].first));
    for (size_t p = 0; p < design.npoints; p++) y[p] = NAN;
    assert_int_equal(sah_sobol_indices(&design, y, 1, found, &err), SAH_OK);
    assert_int_equal(found[0].n, 0);
    assert_true(isnan(found[0].first) && isnan(found[0].total_high));
    free(y);
    sah_design_free(&design);
}

static void effects_of_a_line_are_its_slopes(void **state) {
    (void)state;
    struct sah_design design;
    struct sah_morris found[3];
    double *y = evaluate(SAH_DESIGN_MORRIS, 3, 10, line, &design);
    assert_int_equal(sah_morris_effects(&design, y, 1, found, NULL), SAH_OK);
    const double mu[] = {3, -2, 0};
    for (size_t f = 0; f < 3; f++) {
        assert_near(found[f].mu, mu[f], 1e-12);
        assert_near(found[f].mu_star, fabs(mu[f]), 1e-12);
        assert_near(found[f].sigma, 0, 1e-12);
        assert_near(found[f].mu_star_low, fabs(mu[f]), 1e-12);
        assert_near(found[f].mu_star_high, fabs(mu[f]), 1e-12);
        assert_int_equal(found[f].n, 10);
    }
    free(y);
    sah_design_free(&design);
}

/* d(x0 x1)/dx0 = x1, of which 4 levels have mean 1/2 and variance 5/36. */
static void interactions_show_in_sigma(void **state) {
    (void)state;
    struct sah_design design;
    struct sah_morris found[2];
    double *y = evaluate(SAH_DESIGN_MORRIS, 2, 4000, product, &design);
    assert_int_equal(sah_morris_effects(&design, y, 1, found, NULL), SAH_OK);
    for (size_t f = 0; f < 2; f++) {
        assert_near(found[f].mu, 0.5, 0.02);
        assert_near(found[f].sigma, sqrt(5.0 / 36), 0.02);
    }
    y[0] = NAN; /* one trajectory loses its first step */
    assert_int_equal(sah_morris_effects(&design, y, 1, found, NULL), SAH_OK);
    assert_int_equal(found[0].dropped + found[1].dropped, 1);
    free(y);
    sah_design_free(&design);
}

/* Effects are positive: mu* is a mean, its interval 1.96 sigma / sqrt(n) to either side. */
static void intervals_of_mu_star_are_those_of_a_mean(void **state) {
    (void)state;
    enum { TRAJECTORIES = 400, SEEDS = 10 };
    struct sah_design design;
    struct sah_morris found[2];
    double *y = evaluate(SAH_DESIGN_MORRIS, 2, TRAJECTORIES, product, &design),
           half = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        assert_int_equal(sah_morris_effects(&design, y, seed, found, NULL), SAH_OK);
        half += (found[0].mu_star_high - found[0].mu_star_low) / (2 * SEEDS);
    }
    double told = 1.96 * found[0].sigma / sqrt(TRAJECTORIES);
    assert_near(half, told, 0.05 * told);
    free(y);
    sah_design_free(&design);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ishigami_is_known),
        cmocka_unit_test(the_g_function_is_known),
        cmocka_unit_test(failed_runs_are_counted_not_hidden),
        cmocka_unit_test(effects_of_a_line_are_its_slopes),
        cmocka_unit_test(interactions_show_in_sigma),
        cmocka_unit_test(intervals_of_mu_star_are_those_of_a_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
