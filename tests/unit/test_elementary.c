/* Elementary functions against the C library's long double, with the bounds that
 * elementary.h states, and bit by bit against golden digests. */
#include "sim/kernel/elementary.h"
#include "sim/kernel/isa.h"
#include "sim/kernel/rng.h"
#include "tests/support/cmocka_all.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* ---- errors in units of the last place ------------------------------------------- */

static double ulp_double(double got, long double want) {
    int exponent;
    frexpl(want, &exponent);
    if (exponent < DBL_MIN_EXP) exponent = DBL_MIN_EXP;
    return (double)fabsl(((long double)got - want) /
                         ldexpl(1, exponent - DBL_MANT_DIG));
}

static double ulp_float(float got, double want) {
    int exponent;
    frexp(want, &exponent);
    return fabs((got - want) / ldexp(1, exponent - FLT_MANT_DIG));
}

/* Number i of 20000 in low..high, at random within its place. */
enum { POINTS = 20000 };
static double point(int i, double low, double high) {
    struct sah_rng rng;
    sah_rng_at(&rng, 1, 1, (uint64_t)i, 1);
    return low + (high - low) * (i + sah_unit_double(sah_rng_u64(&rng))) / POINTS;
}

static const struct {
    const char *name;
    double (*mine)(double);
    long double (*reference)(long double);
    double low, high;
    bool of_exp; /* try the exponentials of the points */
    double bound;
} cases[] = {
    {"log", sah_log, logl, -740, 709, true, 0.9},
    {"log near 1", sah_log, logl, 0.5, 2, false, 0.9},
    {"log1p", sah_log1p, log1pl, -0.999, 3, false, 0.9},
    {"log1p small", sah_log1p, log1pl, -50, 0, true, 0.9},
    {"log1p large", sah_log1p, log1pl, 0, 700, true, 0.9},
    {"exp", sah_exp, expl, -708, 709.7, false, 0.9},
    {"exp small", sah_exp, expl, -1, 1, false, 0.9},
    {"exp subnormal", sah_exp, expl, -745, -708, false, 0.9},
    {"expm1", sah_expm1, expm1l, -3, 3, false, 1.8},
    {"expm1 small", sah_expm1, expm1l, -50, 0, true, 1.8},
    {"expm1 wide", sah_expm1, expm1l, -50, 709, false, 1.8},
};

static void doubles_keep_their_bounds(void **state) {
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        double worst = 0;
        for (int i = 0; i < POINTS; i++) {
            double x = point(i, cases[c].low, cases[c].high);
            if (cases[c].of_exp) x = sah_exp(x);
            double error = ulp_double(cases[c].mine(x), cases[c].reference(x));
            if (!(error <= worst)) worst = error;
        }
        if (!(worst <= cases[c].bound)) fail_msg("%s: %g ulp", cases[c].name, worst);
    }
}

static void powers_keep_their_bound(void **state) {
    (void)state;
    for (int i = 0; i < POINTS; i++) {
        double log = i % 2 ? point(i, -700, 700) : point(i, -1, 1);
        double x = sah_exp(log);
        double limit = 700 / fabs(sah_log(x));
        double y = point((int)(i * 7919L % POINTS), -limit, limit);
        if (fabs(y * log) > 500) continue; /* beyond, powl is no reference any more */
        assert_true(ulp_double(sah_pow(x, y), powl(x, y)) <= 1.5);
    }
    for (int i = 0; i < 50; i++) { /* exact powers are exact */
        assert_true(sah_pow(2, i) == (double)(INT64_C(1) << i));
        assert_true(sah_pow(i, 2) == (double)i * i);
        assert_true(sah_pow((double)i * i, 0.5) == i);
    }
}

static void floats_keep_their_bounds(void **state) {
    (void)state;
    for (uint32_t step = 0; step < 400000; step++) {
        float x = sah_float_of_bits(step * 10729u);
        if (x != x) continue;
        if (x > -87.3365f && x < 88.7228f)
            assert_true(ulp_float(sah_expf(x), exp((double)x)) <= 1.1);
        if (x > 0 && x <= FLT_MAX)
            assert_true(ulp_float(sah_logf(x), log((double)x)) <= 0.9);
    }
}

/* ---- special cases -------------------------------------------------------------- */

static void special_doubles(void **state) {
    (void)state;
    assert_true(sah_log(0) == -INFINITY && sah_log(-0.0) == -INFINITY);
    assert_true(isnan(sah_log(-1)) && isnan(sah_log(NAN)));
    assert_true(sah_log(INFINITY) == INFINITY && sah_log(1) == 0);
    assert_true(sah_log1p(-1) == -INFINITY && isnan(sah_log1p(-2)));
    assert_true(isnan(sah_log1p(NAN)) && sah_log1p(INFINITY) == INFINITY);
    assert_true(sah_log1p(0) == 0 && signbit(sah_log1p(-0.0)));
    assert_true(sah_log1p(5e-324) == 5e-324);
    assert_true(sah_exp(0) == 1 && sah_exp(-INFINITY) == 0 && isnan(sah_exp(NAN)));
    assert_true(sah_exp(INFINITY) == INFINITY && sah_exp(709.79) == INFINITY);
    assert_true(sah_exp(0x1.62e42fefa39efp+9) <= DBL_MAX && sah_exp(-745.2) == 0);
    assert_true(sah_exp(-745.1) == 5e-324 && sah_exp(5e-324) == 1);
    assert_true(sah_expm1(0) == 0 && signbit(sah_expm1(-0.0)));
    assert_true(sah_expm1(-INFINITY) == -1 && sah_expm1(INFINITY) == INFINITY);
    assert_true(isnan(sah_expm1(NAN)) && sah_expm1(5e-324) == 5e-324);
}

/* Every pair of telling values gives what C17 annex F says, as the C library does. */
static void special_powers(void **state) {
    (void)state;
    const double value[] = {
        0.0,    -0.0, 1,     -1,        2,           -2,         0.5,
        -0.5,   3,    -3,    INFINITY,  NAN,         1e300,      -1e300,
        1e-300, 2.5,  -2.5,  -INFINITY, 5e-324,      DBL_MAX,    0x1p53,
        0x1p70, 1023, -1074, -1080,     1 - 0x1p-53, 1 + 0x1p-52};
    enum { COUNT = sizeof value / sizeof *value };
    for (int i = 0; i < COUNT; i++)
        for (int j = 0; j < COUNT; j++) {
            double mine = sah_pow(value[i], value[j]), theirs = pow(value[i], value[j]);
            if (isnan(theirs)) {
                assert_true(isnan(mine));
                continue;
            }
            assert_int_equal(!signbit(mine), !signbit(theirs));
            if (isinf(theirs) || theirs == 0)
                assert_true(mine == theirs);
            else
                assert_true(fabs(mine / theirs - 1) < 1e-15);
        }
}

static void special_floats(void **state) {
    (void)state;
    assert_true(sah_logf(0) == -INFINITY && sah_logf(-0.0f) == -INFINITY);
    assert_true(isnan(sah_logf(-1)) && isnan(sah_logf(NAN)) && sah_logf(1) == 0);
    assert_true(sah_logf(INFINITY) == INFINITY && isnan(sah_logf(-INFINITY)));
    assert_true(sah_expf(0) == 1 && isnan(sah_expf(NAN)));
    assert_true(sah_expf(INFINITY) == INFINITY && sah_expf(-INFINITY) == 0);
    assert_true(sah_expf(88.8f) == INFINITY && sah_expf(88.72f) < INFINITY);
    assert_true(sah_expf(-87.34f) == 0 && sah_expf(-87.33f) >= FLT_MIN);
    assert_true(sah_expf(1e-45f) == 1 && sah_expf(-1e-45f) == 1);
}

/* ---- factorials ------------------------------------------------------------------ */

static void stirling_error_completes_the_factorial(void **state) {
    (void)state;
    const long double half_log_tau = 0.918938533204672741780329736405617640L;
    for (int n = 1; n < 60; n++) {
        long double rest = lgammal(n + 1.0L) - (n + 0.5L) * logl(n) + n - half_log_tau;
        assert_true(fabsl(sah_stirling_error(n) - rest) < 2e-16L);
    }
    assert_true(fabs(sah_stirling_error(1e9) * 12e9 - 1) < 1e-15);
}

static void deviance_is_precise_near_the_mean(void **state) {
    (void)state;
    assert_true(sah_deviance(5, 5) == 0);
    assert_true(sah_deviance(0, 5) == 5);
    for (int i = 1; i < 1000; i++) {
        double m = 1000, x = 2.0 * i;
        long double v = x * logl((long double)x / m) + m - x;
        assert_true(fabsl(sah_deviance(x, m) - v) <= 1e-13L * (1 + v));
    }
    double tiny = sah_deviance(1e12 + 1, 1e12); /* gap^2 / 2m */
    assert_true(fabs(tiny / 0.5e-12 - 1) < 1e-11);
}

static void poisson_probabilities_add_up(void **state) {
    (void)state;
    for (double mean = 0.5; mean < 3000; mean *= 3) {
        double sum = 0;
        for (int k = 0; k < 6000; k++) sum += sah_exp(sah_log_poisson(k, mean));
        assert_true(fabs(sum - 1) < 1e-12);
    }
}

/* ---- the same bits everywhere -----------------------------------------------------
 */

SAH_VARIANT_DECLARE(uint64_t, test_float_digest, (float *in, float *out, int n))
typedef uint64_t float_digest(float *in, float *out, int n);
static float_digest *const float_digests[] = SAH_VARIANTS(test_float_digest);

static void floats_give_the_golden_bits_on_every_variant(void **state) {
    (void)state;
    enum { N = 100003 };
    float *in = calloc(N, sizeof *in), *out = calloc(N, sizeof *out);
    assert_true(in && out);
    for (int isa = 0; isa <= (int)sah_isa_limit(); isa++) {
        for (uint32_t i = 0; i < N; i++) in[i] = sah_float_of_bits(i * 42949u);
        uint64_t digest = float_digests[isa](in, out, N);
        if (digest != 0x487b170546a24ae5u)
            fail_msg("%s: 0x%016llx", sah_isa_name((enum sah_isa)isa),
                     (unsigned long long)digest);
    }
    free(in);
    free(out);
}

static uint64_t mixed(uint64_t hash, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (hash ^ bits) * 0x100000001b3u ^ hash >> 29;
}

static void doubles_give_the_golden_bits(void **state) {
    (void)state;
    uint64_t hash = 1;
    for (int i = 0; i < POINTS; i++) {
        double x = point(i, -20, 20), y = sah_exp(x);
        hash = mixed(hash, y);
        hash = mixed(hash, sah_log(y));
        hash = mixed(hash, sah_expm1(x));
        hash = mixed(hash, sah_log1p(y));
        hash = mixed(hash, sah_pow(y, x));
        hash = mixed(hash, sah_stirling_error((int)y));
        hash = mixed(hash, sah_deviance(y, 2 + x * x));
        hash = mixed(hash, sah_log_poisson((int)y, 2 + x * x));
    }
    if (hash != 0x936b777bee3bee4bu)
        fail_msg("digest 0x%016llx", (unsigned long long)hash);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubles_keep_their_bounds),
        cmocka_unit_test(powers_keep_their_bound),
        cmocka_unit_test(floats_keep_their_bounds),
        cmocka_unit_test(special_doubles),
        cmocka_unit_test(special_powers),
        cmocka_unit_test(special_floats),
        cmocka_unit_test(stirling_error_completes_the_factorial),
        cmocka_unit_test(deviance_is_precise_near_the_mean),
        cmocka_unit_test(poisson_probabilities_add_up),
        cmocka_unit_test(floats_give_the_golden_bits_on_every_variant),
        cmocka_unit_test(doubles_give_the_golden_bits),
    };
    return cmocka_run_group_tests_name("elementary", tests, NULL, NULL);
}
