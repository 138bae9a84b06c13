/* Twins: effects by hand, arms that are one, values that no thread count changes. */
#include "sim/study/pair.h"

#include "models/registry.h"
#include "sim/study/seed.h"
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <string.h>

static void assert_near(double a, double b, double tolerance) {
    if (!(fabs(a - b) <= tolerance)) fail_msg("%.17g is not %.17g", a, b);
}

static void an_effect_by_hand(void **state) {
    (void)state;
    const double a[] = {1, 2, 3, 4}, b[] = {3, 5, 4, 8};
    const struct sah_side sides[] = {{a, -1}, {b, 1}};
    struct sah_effect e = sah_effect_of(sides, 2, 4); /* differences 2, 3, 1, 4 */
    double error = sqrt(5.0 / 3 / 4);
    assert_int_equal(e.n, 4);
    assert_int_equal(e.dropped, 0);
    assert_near(e.mean, 2.5, 1e-12);
    assert_near(e.error, error, 1e-12);
    assert_near(e.z, 2.5 / error, 1e-12);
    assert_near(e.high - e.mean, 3.182446305284263 * error, 1e-9); /* t, 3 degrees */
    assert_near(e.mean - e.low, 3.182446305284263 * error, 1e-9);
    assert_near(e.variance_ratio, (5.0 / 3) / (5.0 / 3 + 14.0 / 3), 1e-12);
}

static void an_undefined_pair_is_dropped_and_counted(void **state) {
    (void)state;
    const double a[] = {1, NAN, 3, 4}, b[] = {3, 5, 4, 8};
    const struct sah_side sides[] = {{a, -1}, {b, 1}};
    struct sah_effect e = sah_effect_of(sides, 2, 4); /* 2, 1, 4 */
    assert_int_equal(e.n, 3);
    assert_int_equal(e.dropped, 1);
    assert_near(e.mean, 7.0 / 3, 1e-12);
}

static void four_arms_give_an_interaction(void **state) {
    (void)state;
    const double a[] = {1, 1}, b[] = {2, 3}, c[] = {4, 4}, d[] = {9, 11};
    const struct sah_side sides[] = {{a, 1}, {b, -1}, {c, -1}, {d, 1}};
    struct sah_effect e = sah_effect_of(sides, 4, 2); /* 4, 5 */
    assert_near(e.mean, 4.5, 1e-12);
    assert_near(e.error, 0.5, 1e-12);
}

static void pairs_that_agree_have_no_error(void **state) {
    (void)state;
    const double a[] = {1, 2}, b[] = {3, 4};
    const struct sah_side up[] = {{a, -1}, {b, 1}}, none[] = {{a, -1}, {a, 1}};
    assert_true(isinf(sah_effect_of(up, 2, 2).z));
    assert_near(sah_effect_of(none, 2, 2).z, 0, 0);
    assert_true(isnan(sah_effect_of(up, 2, 1).z));
}

/* Numbers of the reference code of SplitMix64, state 0 and 1234567, shifted. */
static void seeds_are_those_of_splitmix(void **state) {
    (void)state;
    assert_true(sah_seed_of(0, 0) == (int64_t)(0xe220a8397b1dcdafULL >> 11));
    assert_true(sah_seed_of(0, 1) == (int64_t)(0x6e789e6aa1b965f4ULL >> 11));
    assert_true(sah_seed_of(1234567, 0) == (int64_t)(6457827717110365317ULL >> 11));
    assert_true(sah_seed_of(1234567, 4) == (int64_t)(16408922859458223821ULL >> 11));
}

/* ---- runs --------------------------------------------------------------------------- */

struct set {
    struct sah_scenario *tree, *base;
    struct sah_binding binding;
    struct sah_measure measure[2];
    struct sah_twins twins;
    struct sah_error err;
};

static struct sah_node *node_of(struct set *s, const char *key) {
    return sah_node_find(sah_scenario_root(s->tree), key);
}

static size_t arm(struct set *s, const char *key) {
    const struct sah_node *settings[] = {node_of(s, "set"), node_of(s, key)};
    size_t number = 0;
    int status = sah_twins_arm(&s->twins, "tests/signatures/box.yaml", settings, 2, 3,
                               &number, &s->err);
    if (status) fail_msg("%s", s->err.text);
    return number;
}

static void open_set(struct set *s) {
    static const char yaml[] =
        "set: {run.end: 2017-02-09}\n"
        "a: {}\n"
        "same: {}\n"
        "b: {mechanisms.gold: off, factions.is_sahel.strength: 0}\n"
        "bad: {gold.prise: 2, factions.macinaa: {reach: 1 km}}\n"
        "m: {of: events}\n"
        "n: {of: money_by_stream, where: {stream: gold}}\n";
    *s = (struct set){.twins = {.seed = 5, .families = sah_families}};
    s->twins.nfamilies = sah_family_count();
    assert_int_equal(
        sah_scenario_parse("s.yaml", yaml, strlen(yaml), NULL, 0, &s->tree, &s->err),
        SAH_OK);
    for (int k = 0; k < 2; k++)
        assert_int_equal(sah_measure_bind(s->tree, node_of(s, k ? "n" : "m"), "m", NULL,
                                          0, &s->measure[k], &s->binding, &s->err),
                         SAH_OK);
}

static void close_set(struct set *s) {
    sah_twins_free(&s->twins);
    sah_binding_free(&s->binding, NULL, 0);
    sah_scenario_free(s->tree);
    sah_error_clear(&s->err);
}

static void run_with(int threads, double value[2][2][3]) {
    struct set s;
    size_t slot[2][2];
    open_set(&s);
    size_t number[2] = {arm(&s, "a"), arm(&s, "b")};
    assert_int_equal(arm(&s, "same"), number[0]);
    assert_int_equal(s.twins.narms, 2);
    for (int k = 0; k < 2; k++)
        for (int m = 0; m < 2; m++)
            assert_int_equal(sah_twins_measure(&s.twins, number[k], &s.measure[m],
                                               &slot[k][m], &s.err),
                             SAH_OK);
    omp_set_num_threads(threads);
    if (sah_twins_run(&s.twins, NULL, &s.err)) fail_msg("%s", s.err.text);
    for (size_t k = 0; k < 2; k++)
        for (size_t m = 0; m < 2; m++)
            for (size_t r = 0; r < 3; r++)
                value[k][m][r] = sah_twins_value(&s.twins, number[k], slot[k][m], r);
    close_set(&s);
}

static void values_do_not_depend_on_threads(void **state) {
    (void)state;
    double one[2][2][3], three[2][2][3];
    run_with(1, one);
    run_with(3, three);
    assert_memory_equal(one, three, sizeof one);
    assert_true(one[0][0][0] > 0 && one[0][1][0] > 0);
    for (int r = 0; r < 3; r++) assert_near(one[1][1][r], 0, 0); /* gold off */
    assert_true(fabs(one[0][1][0] - one[0][1][1]) > 0);          /* other seeds */
}

static void mistakes_of_an_arm_are_told_where_it_is_written(void **state) {
    (void)state;
    struct set s;
    size_t number;
    open_set(&s);
    const struct sah_node *settings[] = {node_of(&s, "bad")};
    assert_true(sah_twins_arm(&s.twins, "tests/signatures/box.yaml", settings, 1, 2,
                              &number, &s.err) < 0);
    assert_non_null(strstr(s.err.text, "s.yaml:5:"));
    assert_non_null(strstr(s.err.text, "factions.macinaa: no such item in the list; "
                                       "did you mean macina?"));
    assert_int_equal(s.twins.narms, 0);
    close_set(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_effect_by_hand),
        cmocka_unit_test(an_undefined_pair_is_dropped_and_counted),
        cmocka_unit_test(four_arms_give_an_interaction),
        cmocka_unit_test(pairs_that_agree_have_no_error),
        cmocka_unit_test(seeds_are_those_of_splitmix),
        cmocka_unit_test(values_do_not_depend_on_threads),
        cmocka_unit_test(mistakes_of_an_arm_are_told_where_it_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
