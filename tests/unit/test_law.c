/* The laws bit by bit: golden digests that must hold on every compiler and processor,
 * limits, forged numbers, refused arguments. How well they follow their formulas is
 * tested in verify/test_laws.c. */
#include "sim/kernel/law.h"
#include "tests/support/bug.h"
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- golden digests ------------------------------------------------------------- */

struct fnv {
    uint64_t hash; /* FNV-1a over the bytes of each value, low byte first */
};

static void add(struct fnv *fnv, uint64_t value) {
    for (int i = 0; i < 8; i++, value >>= 8)
        fnv->hash = (fnv->hash ^ (value & 0xff)) * 0x100000001b3u;
}

static void add_real(struct fnv *fnv, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    add(fnv, bits);
}

static double spread(uint32_t i, const double *value, size_t n) {
    return value[i % n];
}
#define SPREAD(i, ...)                       \
    spread(i, (const double[]){__VA_ARGS__}, \
           sizeof((const double[]){__VA_ARGS__}) / sizeof(double))

static const double weights[] = {0.5, 0, 3, 1e-9, 0.25, 7.75, 0};
enum { WEIGHTS = sizeof weights / sizeof *weights };

static void uniform(struct fnv *fnv, struct sah_rng *rng, uint32_t i) {
    (void)i;
    add_real(fnv, sah_uniform(rng));
    add_real(fnv, sah_uniform_fine(rng));
}

static void below(struct fnv *fnv, struct sah_rng *rng, uint32_t i) {
    add(fnv, (uint64_t)sah_below(rng, (INT64_C(3) << i % 61) - 2));
}

static void bernoulli(struct fnv *fnv, struct sah_rng *rng, uint32_t i) {
    add(fnv, sah_bernoulli(rng, (i % 10) / 9.0));
}

static void binomial(struct fnv *fnv, struct sah_rng *rng, uint32_t i) {
    int64_t n = (int64_t)SPREAD(i, 1, 7, 500, 80, 1e5, 1e9, 1e12);
    double p = SPREAD(i, 0.5, 1e-12, 5e-8, 0.001, 0.03, 0.4, 0.7, 0.999, 1, 0, 0.2);
    add(fnv, (uint64_t)sah_binomial(rng, n, p));
}

static void poisson(struct fnv *fnv, struct sah_rng *rng, uint32_t i) {
    double mean = SPREAD(i, 0, 1e-9, 0.3, 1, 4.5, 9.99, 10, 25, 400, 1e5, 1e9, 1e13);
    add(fnv, (uint64_t)sah_poisson(rng, mean));
}

static void hypergeometric(struct fnv *fnv, struct sah_rng *rng, uint32_t i) {
    add(fnv, (uint64_t)sah_hypergeometric(rng, i * 7, 400 + i, i));
}

static void exponential(struct fnv *fnv, struct sah_rng *rng, uint32_t i) {
    add_real(fnv, sah_exponential(rng, 1.0 + i));
}

static void normal(struct fnv *fnv, struct sah_rng *rng, uint32_t i) {
    add_real(fnv, sah_normal(rng, i, 1.0 + i));
}

static void gamma_law(struct fnv *fnv, struct sah_rng *rng, uint32_t i) {
    add_real(fnv, sah_gamma(rng, SPREAD(i, 0.05, 0.5, 1, 1.5, 20, 1e4), 2.0));
}

static void discrete(struct fnv *fnv, struct sah_rng *rng, uint32_t i) {
    add(fnv, sah_discrete(rng, weights, 1 + i % WEIGHTS));
}

static void multinomial(struct fnv *fnv, struct sah_rng *rng, uint32_t i) {
    int64_t out[WEIGHTS];
    sah_multinomial(rng, i * (int64_t)i, weights, WEIGHTS, out);
    for (int j = 0; j < WEIGHTS; j++) add(fnv, (uint64_t)out[j]);
}

static void round_random(struct fnv *fnv, struct sah_rng *rng, uint32_t i) {
    add(fnv, (uint64_t)sah_round_random(rng, (i - 500.0) * 0.37));
}

/* clang-format off: one law a line */
static const struct {
    const char *name;
    void (*draw)(struct fnv *fnv, struct sah_rng *rng, uint32_t i);
    uint64_t digest;
} golden[] = {
    {"uniform", uniform, 0x260d40b3970b30cdu},
    {"below", below, 0x0aa99bed9a4ac20eu},
    {"bernoulli", bernoulli, 0xeb30b7b2db4ebea5u},
    {"binomial", binomial, 0xd578f95acdd49fa3u},
    {"poisson", poisson, 0xbfb5aef4e0863c5du},
    {"hypergeometric", hypergeometric, 0x4e685b62a79996bfu},
    {"exponential", exponential, 0x166c74bcaee2381du},
    {"normal", normal, 0xce96e851ad700a60u},
    {"gamma", gamma_law, 0xa6cf10f20140180cu},
    {"discrete", discrete, 0xb5e22f5749f3ef44u},
    {"multinomial", multinomial, 0xecb9387a8be7b364u},
    {"round_random", round_random, 0x961c78e3eb6d1132u},
};
/* clang-format on */

static void laws_give_the_golden_bits(void **state) {
    (void)state;
    int differing = 0;
    for (size_t law = 0; law < sizeof golden / sizeof *golden; law++) {
        struct fnv fnv = {0xcbf29ce484222325u};
        for (uint32_t i = 0; i < 1000; i++) {
            struct sah_rng rng;
            sah_rng_at(&rng, 2012, (unsigned)law, i, i / 10);
            golden[law].draw(&fnv, &rng, i);
        }
        if (fnv.hash == golden[law].digest) continue;
        print_error("%s: digest 0x%016llx\n", golden[law].name,
                    (unsigned long long)fnv.hash);
        differing++;
    }
    assert_int_equal(differing, 0);
}

/* ---- limits --------------------------------------------------------------------- */

static struct sah_rng at(uint64_t id) {
    struct sah_rng rng;
    sah_rng_at(&rng, 1, 1, id, 1);
    return rng;
}

static void certain_things_happen(void **state) {
    (void)state;
    for (uint64_t i = 0; i < 100; i++) {
        struct sah_rng r = at(i);
        assert_false(sah_bernoulli(&r, 0));
        assert_true(sah_bernoulli(&r, 1));
        assert_int_equal(sah_binomial(&r, 0, 0.3), 0);
        assert_int_equal(sah_binomial(&r, 1000, 0), 0);
        assert_int_equal(sah_binomial(&r, 1000, 1), 1000);
        assert_true(sah_binomial(&r, SAH_LAW_COUNT_MAX, 1) == SAH_LAW_COUNT_MAX);
        assert_int_equal(sah_poisson(&r, 0), 0);
        assert_int_equal(sah_below(&r, 1), 0);
        assert_true(sah_exponential(&r, 0) == 0);
        assert_true(sah_normal(&r, 3, 0) == 3);
        assert_true(sah_gamma(&r, 2, 0) == 0);
        assert_int_equal(sah_round_random(&r, -7), -7);
        assert_int_equal(sah_hypergeometric(&r, 5, 0, 3), 3);
        assert_int_equal(sah_hypergeometric(&r, 0, 5, 3), 0);
        assert_int_equal(sah_hypergeometric(&r, 4, 5, 9), 4);
    }
}

static void results_stay_in_range(void **state) {
    (void)state;
    for (uint64_t i = 0; i < 2000; i++) {
        struct sah_rng r = at(i);
        int64_t n = INT64_C(1) << i % 50;
        int64_t b = sah_binomial(&r, n, 0.01 * (double)(i % 101));
        assert_true(b >= 0 && b <= n);
        int64_t u = sah_below(&r, n + 1);
        assert_true(u >= 0 && u <= n);
        assert_true(sah_poisson(&r, (double)(1 + i % 40)) >= 0);
        int64_t h = sah_hypergeometric(&r, 30, 20, 25);
        assert_true(h >= 5 && h <= 25);
        int64_t x = sah_round_random(&r, -2.25);
        assert_true(x == -3 || x == -2);
        size_t d = sah_discrete(&r, weights, WEIGHTS);
        assert_true(d < WEIGHTS && weights[d] > 0);
    }
}

static void splits_add_up(void **state) {
    (void)state;
    const double faint[] = {1, 1e-300, 1e-300, 0};
    for (uint64_t i = 0; i < 1000; i++) {
        struct sah_rng r = at(i);
        int64_t out[WEIGHTS], sum = 0, total = (int64_t)i * 1000003;
        sah_multinomial(&r, total, weights, WEIGHTS, out);
        for (int j = 0; j < WEIGHTS; j++) {
            assert_true(out[j] >= 0 && (weights[j] > 0 || out[j] == 0));
            sum += out[j];
        }
        assert_true(sum == total);
        sah_multinomial(&r, total, faint, 4, out);
        assert_true(out[0] == total && out[3] == 0);
        sah_multinomial(&r, total, faint + 1, 3, out); /* equal, however faint */
        assert_true(out[0] + out[1] == total &&
                    (total < 1000 || (out[0] > 0 && out[1] > 0)));
    }
}

static void same_key_larger_rate_no_fewer_events(void **state) {
    (void)state;
    for (uint64_t i = 0; i < 500; i++) {
        int64_t before[3] = {0};
        for (double rate = 0; rate < 9.5; rate += 0.25) {
            struct sah_rng r[3] = {at(i), at(i), at(i)};
            int64_t now[3] = {sah_poisson(&r[0], rate),
                              sah_binomial(&r[1], 20, rate / 20),
                              sah_bernoulli(&r[2], rate / 10)};
            for (int law = 0; law < 3; law++) {
                assert_true(now[law] >= before[law]);
                before[law] = now[law];
            }
        }
    }
}

/* ---- forged numbers ------------------------------------------------------------- */

/* A generator whose next two long numbers are given. */
static struct sah_rng forged(uint64_t first, uint64_t second) {
    struct sah_rng rng = at(0);
    rng.at = 0;
    for (int i = 0; i < 2; i++) {
        rng.word[i] = (uint32_t)(first >> 32 * i);
        rng.word[2 + i] = (uint32_t)(second >> 32 * i);
    }
    return rng;
}

static void fine_uniform_goes_on_below_2_to_the_20th(void **state) {
    (void)state;
    struct sah_rng r = forged(UINT64_C(1) << 44, 0);
    assert_true(sah_uniform_fine(&r) == 0x1p-20 + 0x1p-53);
    r = forged((UINT64_C(1) << 44) - 1, UINT64_MAX);
    assert_true(sah_uniform_fine(&r) <= 0x1p-20);
    r = forged(0, UINT64_C(1) << 63);
    assert_true(sah_uniform_fine(&r) == 0x1p-53 + 0x1p-105);
    r = forged(0, 0);
    assert_true(sah_uniform_fine(&r) == 0x1p-105);
}

static void tiny_rates_are_told_apart(void **state) {
    (void)state;
    struct sah_rng r = forged(0, UINT64_C(1) << 62); /* u = 2^-54 */
    struct sah_rng again = r, third = r;
    assert_int_equal(sah_poisson(&r, 0x1.01p-54), 1);
    assert_int_equal(sah_poisson(&again, 0x0.ffp-54), 0);
    assert_int_equal(sah_binomial(&third, INT64_C(1) << 40, 0x1.01p-94), 1);
}

static void bernoulli_decides_ties_by_further_bits(void **state) {
    (void)state;
    double p = 0x1p-40 + 0x1p-66; /* 2^24 of 2^64, and a quarter more */
    struct sah_rng r = forged(UINT64_C(1) << 24, UINT64_MAX / 8);
    assert_true(sah_bernoulli(&r, p));
    r = forged(UINT64_C(1) << 24, UINT64_MAX / 2);
    assert_false(sah_bernoulli(&r, p));
    r = forged((UINT64_C(1) << 24) - 1, 0);
    assert_true(sah_bernoulli(&r, p));
    r = forged((UINT64_C(1) << 24) + 1, 0);
    assert_false(sah_bernoulli(&r, p));
}

static void extreme_numbers_give_finite_deviates(void **state) {
    (void)state;
    struct sah_rng low = forged(0, 0), high = forged(UINT64_MAX, UINT64_MAX);
    double least = sah_normal(&low, 0, 1), most = sah_normal(&high, 0, 1);
    assert_true(least == -most && most > 8.2 && most < 8.3);
    assert_true(sah_exponential(&low, 1) < 37 && sah_exponential(&low, 1) > 0);
    assert_true(sah_exponential(&high, 1) > 0);
}

/* ---- refused arguments ---------------------------------------------------------- */

static void arguments_out_of_range_are_bugs(void **state) {
    (void)state;
    struct sah_rng r = at(0);
    const double bad[] = {1, -1}, none[] = {0, 0};
    int64_t out[2];
    ASSERT_BUG(sah_bernoulli(&r, NAN), "probability outside 0..1");
    ASSERT_BUG(sah_bernoulli(&r, -0.01), "probability outside 0..1");
    ASSERT_BUG(sah_bernoulli(&r, 1.01), "probability outside 0..1");
    ASSERT_BUG(sah_binomial(&r, -1, 0.5), "binomial trials outside 0..2^53");
    ASSERT_BUG(sah_binomial(&r, SAH_LAW_COUNT_MAX + 1, 0.5),
               "binomial trials outside 0..2^53");
    ASSERT_BUG(sah_binomial(&r, 5, NAN), "probability outside 0..1");
    ASSERT_BUG(sah_poisson(&r, -1), "Poisson mean outside 0..2^52");
    ASSERT_BUG(sah_poisson(&r, NAN), "Poisson mean outside 0..2^52");
    ASSERT_BUG(sah_poisson(&r, INFINITY), "Poisson mean outside 0..2^52");
    ASSERT_BUG(sah_below(&r, 0), "integer drawn below less than 1");
    ASSERT_BUG(sah_exponential(&r, -1), "mean of a waiting time below 0 or not finite");
    ASSERT_BUG(sah_exponential(&r, INFINITY),
               "mean of a waiting time below 0 or not finite");
    ASSERT_BUG(sah_normal(&r, 0, -1), "normal sd below 0 or not finite");
    ASSERT_BUG(sah_normal(&r, NAN, 1), "normal mean is not finite");
    ASSERT_BUG(sah_gamma(&r, 0, 1), "gamma shape not above 0 or not finite");
    ASSERT_BUG(sah_gamma(&r, 1, NAN), "gamma scale below 0 or not finite");
    ASSERT_BUG(sah_discrete(&r, bad, 2), "weight below 0 or not finite");
    ASSERT_BUG(sah_discrete(&r, none, 2), "weights add up to 0 or overflow");
    ASSERT_BUG(sah_discrete(&r, none, 0), "weights add up to 0 or overflow");
    ASSERT_BUG(sah_multinomial(&r, 5, none, 2, out), "weights add up to 0 or overflow");
    ASSERT_BUG(sah_multinomial(&r, -5, bad, 1, out), "total to split outside 0..2^53");
    ASSERT_BUG(sah_hypergeometric(&r, 3, 3, 7), "more draws than the urn holds");
    ASSERT_BUG(sah_hypergeometric(&r, -3, 3, 0),
               "urn of a hypergeometric law outside 0..2^53");
    ASSERT_BUG(sah_round_random(&r, NAN), "number to round outside 2^62");
    ASSERT_BUG(sah_round_random(&r, 0x1p63), "number to round outside 2^62");
}

static void rounding_beyond_the_ends_is_forgiven(void **state) {
    (void)state;
    struct sah_rng r = at(0);
    ASSERT_NO_BUG(sah_bernoulli(&r, 1 + 1e-15));
    ASSERT_NO_BUG(sah_bernoulli(&r, -1e-15));
    assert_int_equal(sah_binomial(&r, 9, 1 + 1e-15), 9);
    assert_int_equal(sah_binomial(&r, 9, -1e-15), 0);
}

/* Asking first must not change what comes out, and must settle what is rare. */
static void none_is_told_from_the_first_numbers(void **state) {
    (void)state;
    static const double p[] = {0, 1e-9, 0.001, 0.02, 0.3, 0.5, 0.51, 1};
    static const int64_t n[] = {0, 1, 18, 500, 100000};
    int told = 0, zeros = 0;
    for (uint32_t i = 0; i < 40000; i++) {
        struct sah_rng r = at(i), same = at(i);
        double chance = p[i % 8];
        int64_t trials = n[i / 8 % 5];
        uint32_t low = sah_rng_u32(&same), high = sah_rng_u32(&same);
        bool none = sah_binomial_is_none(low, high, trials, chance);
        int64_t count = sah_binomial(&r, trials, chance);
        if (none) assert_int_equal(count, 0);
        told += none;
        zeros += count == 0;
    }
    assert_true(told > zeros * 4 / 5); /* 0.88 of them by the law */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(laws_give_the_golden_bits),
        cmocka_unit_test(certain_things_happen),
        cmocka_unit_test(results_stay_in_range),
        cmocka_unit_test(splits_add_up),
        cmocka_unit_test(same_key_larger_rate_no_fewer_events),
        cmocka_unit_test(fine_uniform_goes_on_below_2_to_the_20th),
        cmocka_unit_test(tiny_rates_are_told_apart),
        cmocka_unit_test(bernoulli_decides_ties_by_further_bits),
        cmocka_unit_test(extreme_numbers_give_finite_deviates),
        cmocka_unit_test(arguments_out_of_range_are_bugs),
        cmocka_unit_test(rounding_beyond_the_ends_is_forgiven),
        cmocka_unit_test(none_is_told_from_the_first_numbers),
    };
    return cmocka_run_group_tests_name("law", tests, NULL, NULL);
}
