/* Sine, cosine and arc tangent against the C library's in long double. */
#include "sim/kernel/trig.h"
#include "tests/support/chance.h"
#include "tests/support/cmocka_all.h"

#include <math.h>

/* Error in units of the last place of the right result. */
static double ulps(double got, long double right) {
    double nearest = (double)right;
    double unit = nextafter(fabs(nearest), INFINITY) - fabs(nearest);
    return (double)(fabsl((long double)got - right) / (long double)unit);
}

static void sine_and_cosine_are_precise(void **state) {
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 300000; i++) {
        double reach = i % 3 == 0 ? 1e5 : i % 3 == 1 ? 7.0 : 1e-3;
        double x = chance_between(&seed, -reach, reach), most = reach > 7.0 ? 2.5 : 1.5;
        assert_true(ulps(sah_sin(x), sinl((long double)x)) < most);
        assert_true(ulps(sah_cos(x), cosl((long double)x)) < most);
    }
}

static void multiples_of_a_quarter_turn_keep_precision(void **state) {
    (void)state;
    for (int k = -63000; k <= 63000; k += 7) {
        double x = k * (0.5 * SAH_PI);
        assert_true(ulps(sah_sin(x), sinl((long double)x)) < 2.0);
        assert_true(ulps(sah_cos(x), cosl((long double)x)) < 2.0);
    }
}

static void sides_of_zero(void **state) {
    (void)state;
    assert_true(sah_sin(0.0) == 0.0 && sah_cos(0.0) == 1.0);
    for (double x = 0.0; x < 7.0; x += 0.01) {
        assert_true(sah_sin(-x) == -sah_sin(x));
        assert_true(sah_cos(-x) == sah_cos(x));
    }
}

static void arc_tangent_is_precise(void **state) {
    (void)state;
    uint64_t seed = 2;
    for (int i = 0; i < 300000; i++) {
        double size = pow(10.0, chance_between(&seed, -12.0, 12.0));
        double y = chance_between(&seed, -size, size), x = chance_between(&seed, -1, 1);
        long double right = atan2l((long double)y, (long double)x);
        assert_true(ulps(sah_atan2(y, x), right) < 2.0);
    }
}

static void axes_of_arc_tangent(void **state) {
    (void)state;
    assert_true(sah_atan2(0.0, 0.0) == 0.0 && sah_atan2(0.0, 2.0) == 0.0);
    assert_true(sah_atan2(3.0, 0.0) == 0.5 * SAH_PI);
    assert_true(sah_atan2(-3.0, 0.0) == -0.5 * SAH_PI);
    assert_true(sah_atan2(0.0, -1.0) == SAH_PI);
    assert_true(sah_atan2(1.0, 1.0) == 0.25 * SAH_PI);
}

static void outside_is_not_a_number(void **state) {
    (void)state;
    assert_true(isnan(sah_sin(NAN)) && isnan(sah_cos(NAN)) && isnan(sah_sin(1.1e5)));
    assert_true(isnan(sah_cos(INFINITY)) && isnan(sah_cos(-1.1e5)));
    assert_true(isnan(sah_atan2(NAN, 1.0)) && isnan(sah_atan2(1.0, NAN)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sine_and_cosine_are_precise),
        cmocka_unit_test(multiples_of_a_quarter_turn_keep_precision),
        cmocka_unit_test(sides_of_zero),
        cmocka_unit_test(arc_tangent_is_precise),
        cmocka_unit_test(axes_of_arc_tangent),
        cmocka_unit_test(outside_is_not_a_number),
    };
    return cmocka_run_group_tests_name("trig", tests, NULL, NULL);
}
