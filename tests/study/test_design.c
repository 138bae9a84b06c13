/* Designs: every kind has the points it promises. */
#include "sim/study/design.h"

#include "tests/support/cmocka_all.h"

#include <math.h>
#include <string.h>

static struct sah_design make(enum sah_design_kind kind, size_t k, const size_t *levels,
                              size_t points) {
    struct sah_design design;
    struct sah_error err = {0};
    const struct sah_design_request request = {.kind = kind,
                                               .nfactors = k,
                                               .levels = levels,
                                               .points = points,
                                               .grid = 4,
                                               .seed = 3};
    assert_int_equal(sah_design_create(&request, &design, &err), SAH_OK);
    return design;
}

static void assert_row(const struct sah_design *design, size_t point,
                       const double *expected) {
    for (size_t k = 0; k < design->nfactors; k++) {
        double at = design->at[point * design->nfactors + k];
        if (isnan(expected[k]))
            assert_true(isnan(at));
        else
            assert_true(at == expected[k]);
    }
}

static void a_grid_has_every_level_with_every_other(void **state) {
    (void)state;
    struct sah_design d = make(SAH_DESIGN_GRID, 2, (const size_t[]){2, 3}, 0);
    assert_int_equal(d.npoints, 6);
    assert_row(&d, 0, (const double[]){0, 0});
    assert_row(&d, 2, (const double[]){0, 2});
    assert_row(&d, 3, (const double[]){1, 0});
    sah_design_free(&d);
}

static void a_list_goes_in_step(void **state) {
    (void)state;
    struct sah_design d = make(SAH_DESIGN_LIST, 2, (const size_t[]){3, 3}, 0);
    assert_int_equal(d.npoints, 3);
    assert_row(&d, 2, (const double[]){2, 2});
    sah_design_free(&d);
}

static void one_at_a_time_begins_with_nothing(void **state) {
    (void)state;
    struct sah_design d = make(SAH_DESIGN_OAT, 2, (const size_t[]){2, 1}, 0);
    assert_int_equal(d.npoints, 4);
    assert_row(&d, 0, (const double[]){NAN, NAN});
    assert_row(&d, 2, (const double[]){1, NAN});
    assert_row(&d, 3, (const double[]){NAN, 0});
    sah_design_free(&d);
}

static void every_slice_of_a_hypercube_holds_one_point(void **state) {
    (void)state;
    enum { N = 50, K = 3 };
    struct sah_design d = make(SAH_DESIGN_LHS, K, NULL, N);
    for (size_t k = 0; k < K; k++) {
        int seen[N] = {0};
        for (size_t p = 0; p < N; p++) {
            double at = d.at[p * K + k];
            assert_true(at >= 0 && at < 1);
            seen[(int)(at * N)]++;
        }
        for (int i = 0; i < N; i++) assert_int_equal(seen[i], 1);
    }
    sah_design_free(&d);
}

/* The first points of the sequence (Bratley and Fox 1988, without the origin). */
static void the_sequence_of_sobol_is_known(void **state) {
    (void)state;
    struct sah_design d = make(SAH_DESIGN_SOBOL, 2, NULL, 3);
    assert_row(&d, 0, (const double[]){0.5, 0.5});
    assert_row(&d, 1, (const double[]){0.75, 0.25});
    assert_row(&d, 2, (const double[]){0.25, 0.75});
    sah_design_free(&d);
}

static void a_trajectory_moves_every_factor_once(void **state) {
    (void)state;
    enum { K = 5, N = 20 };
    struct sah_design d = make(SAH_DESIGN_MORRIS, K, NULL, N);
    assert_int_equal(d.npoints, N * (K + 1));
    for (size_t t = 0; t < N; t++) {
        int moved[K] = {0};
        for (size_t s = 0; s < K; s++) {
            const double *a = d.at + (t * (K + 1) + s) * K, *b = a + K;
            int changes = 0;
            for (size_t k = 0; k < K; k++) {
                assert_true(b[k] >= 0 && b[k] <= 1);
                if (a[k] == b[k]) continue;
                assert_true(fabs(fabs(b[k] - a[k]) - 2.0 / 3) < 1e-12);
                moved[k]++;
                changes++;
            }
            assert_int_equal(changes, 1);
        }
        for (size_t k = 0; k < K; k++) assert_int_equal(moved[k], 1);
    }
    sah_design_free(&d);
}

static void mixed_rows_take_one_column_from_b(void **state) {
    (void)state;
    enum { K = 3, N = 8 };
    struct sah_design d = make(SAH_DESIGN_SALTELLI, K, NULL, N);
    assert_int_equal(d.npoints, N * (K + 2));
    for (size_t i = 0; i < N; i++) {
        const double *a = d.at + i * (K + 2) * K, *b = a + K;
        assert_true(memcmp(a, b, K * sizeof *a) != 0);
        for (size_t f = 0; f < K; f++)
            for (size_t k = 0; k < K; k++)
                assert_true((b + (f + 1) * K)[k] == (k == f ? b[k] : a[k]));
    }
    sah_design_free(&d);
}

static void what_is_too_large_is_refused(void **state) {
    (void)state;
    const size_t levels[] = {1000, 1000, 1000};
    const struct sah_design_request requests[] = {
        {.kind = SAH_DESIGN_GRID, .nfactors = 3, .levels = levels},
        {.kind = SAH_DESIGN_SALTELLI, .nfactors = 21, .points = 2},
        {.kind = SAH_DESIGN_SOBOL, .nfactors = 41, .points = 2},
        {.kind = SAH_DESIGN_MORRIS, .nfactors = 1001, .points = 1, .grid = 4},
    };
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        struct sah_design design;
        struct sah_error err = {0};
        assert_int_equal(sah_design_create(&requests[i], &design, &err), SAH_INPUT);
        assert_true(strstr(err.text, "at most") != NULL);
        sah_error_clear(&err);
        sah_design_free(&design);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_grid_has_every_level_with_every_other),
        cmocka_unit_test(a_list_goes_in_step),
        cmocka_unit_test(one_at_a_time_begins_with_nothing),
        cmocka_unit_test(every_slice_of_a_hypercube_holds_one_point),
        cmocka_unit_test(the_sequence_of_sobol_is_known),
        cmocka_unit_test(a_trajectory_moves_every_factor_once),
        cmocka_unit_test(mixed_rows_take_one_column_from_b),
        cmocka_unit_test(what_is_too_large_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
