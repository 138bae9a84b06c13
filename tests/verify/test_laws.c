/* The laws against theory: GSL's distribution functions, moments, independence.
 *
 * A draw x of a law with distribution function F becomes u = F(x), for counts
 * u = F(x-1) + v (F(x) - F(x-1)) with v uniform; if the law is right, u is uniform. The
 * largest gap D between the share of draws below u and u itself is asked for
 * (Kolmogorov and Smirnov): sqrt(n) D > 2.2 has probability 1.2e-4. Means and variances
 * must lie within 4.5 standard errors of theirs. Seeds are fixed, so that a pass stays
 * one. */
#include "sim/kernel/law.h"
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

enum { DRAWS = 100000 };
static const double worst_gap = 2.2, worst_error = 4.5;

/* ---- the laws with their distribution functions ------------------------------------
 */

struct law {
    const char *name;
    double a, b; /* parameters */
    double (*draw)(struct sah_rng *rng, const struct law *law);
    double (*below)(double x, const struct law *law); /* P(draw <= x) */
    bool count;
    double mean, variance;
};

static double uniform(struct sah_rng *rng, const struct law *law) {
    (void)law;
    return sah_uniform(rng);
}
static double uniform_fine(struct sah_rng *rng, const struct law *law) {
    (void)law;
    return sah_uniform_fine(rng);
}
static double uniform_float(struct sah_rng *rng, const struct law *law) {
    (void)law;
    return (double)sah_unit_float(sah_rng_u32(rng));
}
static double uniform_below(double x, const struct law *law) {
    (void)law;
    return x;
}

static double integer(struct sah_rng *rng, const struct law *law) {
    return (double)sah_below(rng, (int64_t)law->a);
}
static double integer_below(double x, const struct law *law) {
    return (x + 1) / law->a;
}

static double bernoulli(struct sah_rng *rng, const struct law *law) {
    return sah_bernoulli(rng, law->b);
}
static double binomial(struct sah_rng *rng, const struct law *law) {
    return (double)sah_binomial(rng, (int64_t)law->a, law->b);
}
/* Through the incomplete beta function, as gsl_cdf_binomial_P takes 32-bit counts. */
static double binomial_below(double x, const struct law *law) {
    if (x < 0) return 0;
    if (x >= law->a) return 1;
    return gsl_cdf_beta_Q(law->b, x + 1, law->a - x);
}

static double poisson(struct sah_rng *rng, const struct law *law) {
    return (double)sah_poisson(rng, law->a);
}
static double poisson_below(double x, const struct law *law) {
    return x < 0 ? 0 : gsl_cdf_gamma_Q(law->a, x + 1, 1);
}

static double hypergeometric(struct sah_rng *rng, const struct law *law) {
    return (double)sah_hypergeometric(rng, (int64_t)law->a, 1000, (int64_t)law->b);
}
static double hypergeometric_below(double x, const struct law *law) {
    if (x < 0) return 0;
    return gsl_cdf_hypergeometric_P((unsigned)x, (unsigned)law->a, 1000,
                                    (unsigned)law->b);
}

static double exponential(struct sah_rng *rng, const struct law *law) {
    return sah_exponential(rng, law->a);
}
static double exponential_below(double x, const struct law *law) {
    return gsl_cdf_exponential_P(x, law->a);
}

static double normal(struct sah_rng *rng, const struct law *law) {
    return sah_normal(rng, law->a, law->b);
}
static double normal_below(double x, const struct law *law) {
    return gsl_cdf_gaussian_P(x - law->a, law->b);
}

static double gamma_draw(struct sah_rng *rng, const struct law *law) {
    return sah_gamma(rng, law->a, law->b);
}
static double gamma_below(double x, const struct law *law) {
    return gsl_cdf_gamma_P(x, law->a, law->b);
}

static double round_random(struct sah_rng *rng, const struct law *law) {
    return (double)sah_round_random(rng, law->b);
}

#define BINOMIAL(n, p)                                               \
    {                                                                \
        "binomial", n, p, binomial, binomial_below, true, (n) * (p), \
            (n) * (p) * (1 - (p))                                    \
    }
#define POISSON(m) \
    { "poisson", m, 0, poisson, poisson_below, true, m, m }
#define GAMMA(k, s) \
    { "gamma", k, s, gamma_draw, gamma_below, false, (k) * (s), (k) * (s) * (s) }
#define URN(k, d)                                                                     \
    {                                                                                 \
        "hypergeometric", k, d, hypergeometric, hypergeometric_below, true,           \
            (d) * (k) / ((k) + 1000.),                                                \
            (d) * (k) / ((k) + 1000.) * 1000. / ((k) + 1000.) * ((k) + 1000. - (d)) / \
                ((k) + 999.)                                                          \
    }

static const struct law laws[] = {
    {"uniform", 0, 0, uniform, uniform_below, false, 0.5, 1 / 12.},
    {"fine uniform", 0, 0, uniform_fine, uniform_below, false, 0.5, 1 / 12.},
    {"float uniform", 0, 0, uniform_float, uniform_below, false, 0.5, 1 / 12.},
    {"below", 6, 0, integer, integer_below, true, 2.5, 35 / 12.},
    {"below", 0x1.8p31, 0, integer, integer_below, true, 0x1.8p30, 0x1.2p63 / 12},
    {"below", 0x1.8p60, 0, integer, integer_below, true, 0x1.8p59, 0x1.2p121 / 12},
    {"bernoulli", 1, 0.3, bernoulli, binomial_below, true, 0.3, 0.21},
    {"bernoulli", 1, 1e-3, bernoulli, binomial_below, true, 1e-3, 1e-3 * (1 - 1e-3)},
    {"round random", 1, 0.8, round_random, binomial_below, true, 0.8, 0.16},
    BINOMIAL(1, 0.5),
    BINOMIAL(1, 1e-3),
    BINOMIAL(20, 0.1),
    BINOMIAL(20, 0.6),
    BINOMIAL(21, 0.48), /* just on either side of */
    BINOMIAL(25, 0.41), /* the change of method */
    BINOMIAL(40, 0.5),
    BINOMIAL(500, 5e-8 * 20),
    BINOMIAL(500, 0.3),
    BINOMIAL(1000, 0.97),
    BINOMIAL(1e6, 0.2),
    BINOMIAL(1e9, 1e-7),
    BINOMIAL(1e12, 1e-12),
    BINOMIAL(1e12, 1e-10),
    POISSON(1e-3),
    POISSON(0.5),
    POISSON(3),
    POISSON(9.99),
    POISSON(10),
    POISSON(13.5),
    POISSON(40),
    POISSON(1000),
    POISSON(1e5),
    URN(10., 5.),
    URN(1000., 700.),
    URN(3000., 3500.),
    {"exponential", 3, 0, exponential, exponential_below, false, 3, 9},
    {"normal", -2, 5, normal, normal_below, false, -2, 25},
    GAMMA(0.1, 1.),
    GAMMA(0.7, 2.),
    GAMMA(1., 1.),
    GAMMA(2.5, 0.1),
    GAMMA(300., 4.),
};
enum { LAWS = sizeof laws / sizeof *laws };

/* ---- distribution and moments ------------------------------------------------------
 */

/* Draw number i of a law: every draw under a key of its own. */
static double drawn(int law, uint32_t i, double *extra) {
    struct sah_rng rng;
    sah_rng_at(&rng, 20120117, (unsigned)law, 1000 + i % 1000, i / 1000);
    double x = laws[law].draw(&rng, &laws[law]);
    *extra = sah_uniform(&rng);
    return x;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* sqrt(n) D of the n numbers in u, which are sorted. */
static double gap(double *u, int n) {
    qsort(u, (size_t)n, sizeof *u, ascending);
    double most = 0;
    for (int i = 0; i < n; i++) {
        most = fmax(most, fabs(u[i] - (double)i / n));
        most = fmax(most, fabs(u[i] - (double)(i + 1) / n));
    }
    return most * sqrt(n);
}

static void distributions_agree(void **state) {
    (void)state;
    static double u[DRAWS];
    int wrong = 0;
    for (int i = 0; i < LAWS; i++) {
        const struct law *law = &laws[i];
        for (uint32_t j = 0; j < DRAWS; j++) {
            double v, x = drawn(i, j, &v);
            double above = law->below(x, law);
            double under = law->count ? law->below(x - 1, law) : above;
            u[j] = under + v * (above - under);
        }
        double d = gap(u, DRAWS);
        if (d <= worst_gap) continue;
        print_error("%s(%g, %g): gap %.2f\n", law->name, law->a, law->b, d);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void moments_agree(void **state) {
    (void)state;
    int wrong = 0;
    for (int i = 0; i < LAWS; i++) {
        const struct law *law = &laws[i];
        double sum = 0, square = 0, fourth = 0, v;
        for (uint32_t j = 0; j < DRAWS; j++) {
            double z = (drawn(i, j, &v) - law->mean) / sqrt(law->variance);
            sum += z;
            square += z * z;
            fourth += z * z * z * z;
        }
        double mean = sum / sqrt(DRAWS);
        double spread =
            (square / DRAWS - 1) / sqrt((fourth / DRAWS - 1) / DRAWS + 1e-30);
        bool two_valued = fourth / DRAWS - 1 < 1e-6; /* a fair coin has no spread */
        if (fabs(mean) <= worst_error && (two_valued || fabs(spread) <= worst_error))
            continue;
        print_error("%s(%g, %g): mean off by %.2f, variance by %.2f standard errors\n",
                    law->name, law->a, law->b, mean, spread);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

/* Counts whose distribution function GSL does not hold precisely enough: mean and
 * variance relative to the standard error. */
static void expect_moments(double (*draw)(struct sah_rng *), unsigned purpose,
                           double mean, double variance) {
    double sum = 0, square = 0;
    for (uint64_t i = 0; i < DRAWS; i++) {
        struct sah_rng rng;
        sah_rng_at(&rng, 7, purpose, i, 0);
        double z = (draw(&rng) - mean) / sqrt(variance);
        sum += z;
        square += z * z;
    }
    assert_true(fabs(sum / sqrt(DRAWS)) < worst_error);
    assert_true(fabs((square / DRAWS - 1) / sqrt(2.0 / DRAWS)) < worst_error);
}

static double huge_poisson(struct sah_rng *rng) {
    return (double)(sah_poisson(rng, 1e9) - 1000000000);
}
static double huger_poisson(struct sah_rng *rng) {
    return (double)(sah_poisson(rng, 1e15) - 1000000000000000);
}
static double huge_binomial(struct sah_rng *rng) {
    return (double)(sah_binomial(rng, 1000000000000, 0.375) - 375000000000);
}
static double huger_binomial(struct sah_rng *rng) {
    return (double)(sah_binomial(rng, SAH_LAW_COUNT_MAX, 0.5) - SAH_LAW_COUNT_MAX / 2);
}

static void huge_counts_keep_mean_and_variance(void **state) {
    (void)state;
    expect_moments(huge_poisson, 1, 0, 1e9);
    expect_moments(huger_poisson, 2, 0, 1e15);
    expect_moments(huge_binomial, 3, 0, 1e12 * 0.375 * 0.625);
    expect_moments(huger_binomial, 4, 0, 0x1p51);
}

static void rare_events_come_as_often_as_they_should(void **state) {
    (void)state;
    int64_t poisson_events = 0, binomial_events = 0, never = 0;
    for (uint64_t i = 0; i < 1000000; i++) {
        struct sah_rng rng;
        sah_rng_at(&rng, 8, 1, i, 0);
        poisson_events += sah_poisson(&rng, 1e-4);
        binomial_events += sah_binomial(&rng, 2000000, 5e-11);
        never += sah_poisson(&rng, 1e-9);
    }
    assert_true(fabs((double)poisson_events - 100) < worst_error * 10);
    assert_true(fabs((double)binomial_events - 100) < worst_error * 10);
    assert_true(never <= 1);
}

/* The standard deviate belonging to a given long number. */
static double deviate_of(uint64_t word) {
    struct sah_rng rng;
    sah_rng_at(&rng, 0, 0, 0, 0);
    rng.at = 0;
    rng.word[0] = (uint32_t)word;
    rng.word[1] = (uint32_t)(word >> 32);
    return sah_normal(&rng, 0, 1);
}

/* Far out too: GSL's distribution function leads back to the uniform number, within
 * 1e-13 of its smaller side. */
static void normal_deviates_are_exact_quantiles(void **state) {
    (void)state;
    for (int bits = 0; bits < 53; bits++)
        for (uint64_t i = 0; i < 200; i++) {
            uint64_t word = (UINT64_MAX >> bits) - i * (UINT64_C(1) << 56 >> bits);
            double x = deviate_of(word), u = sah_unit_double(word);
            bool right = x > 0;
            double side = right ? gsl_cdf_ugaussian_Q(x) : gsl_cdf_ugaussian_P(x);
            double wanted = right ? 1 - u : u;
            assert_true(fabs(side - wanted) <= 1e-13 * wanted);
            assert_true(deviate_of(~word) == -x);
        }
}

/* ---- choice and split ---------------------------------------------------------------
 */

static const double weights[] = {0.5, 0, 3, 1, 0.25, 7.75, 2.5};
enum { WEIGHTS = 7, TOTAL = 15 }; /* they add up to 15 */

static double chi_square(const int64_t *seen, double all) {
    double sum = 0;
    for (int i = 0; i < WEIGHTS; i++) {
        double expected = all * weights[i] / TOTAL;
        if (expected > 0) sum += pow((double)seen[i] - expected, 2) / expected;
        if (!(expected > 0)) assert_true(seen[i] == 0);
    }
    return gsl_cdf_chisq_Q(sum, WEIGHTS - 2); /* one weight is 0 */
}

static void choices_follow_their_weights(void **state) {
    (void)state;
    int64_t seen[WEIGHTS] = {0};
    for (uint64_t i = 0; i < DRAWS; i++) {
        struct sah_rng rng;
        sah_rng_at(&rng, 9, 1, i, 0);
        seen[sah_discrete(&rng, weights, WEIGHTS)]++;
    }
    assert_true(chi_square(seen, DRAWS) > 1e-4);
}

/* Splits of 50: the counts follow the weights, and vary together as they should. */
static void splits_follow_their_weights(void **state) {
    (void)state;
    enum { PEOPLE = 50 };
    int64_t seen[WEIGHTS] = {0};
    double product = 0;
    for (uint64_t i = 0; i < DRAWS; i++) {
        struct sah_rng rng;
        sah_rng_at(&rng, 9, 2, i, 0);
        int64_t out[WEIGHTS];
        sah_multinomial(&rng, PEOPLE, weights, WEIGHTS, out);
        for (int j = 0; j < WEIGHTS; j++) seen[j] += out[j];
        product += ((double)out[2] - PEOPLE * 0.2) *
                   ((double)out[5] - PEOPLE * weights[5] / TOTAL);
    }
    assert_true(chi_square(seen, (double)DRAWS * PEOPLE) > 1e-4);
    double covariance = -PEOPLE * 0.2 * weights[5] / TOTAL;
    double error = sqrt(PEOPLE * 0.2 * 0.8 * PEOPLE * 0.5167 * 0.4833 * 1.5 / DRAWS);
    assert_true(fabs(product / DRAWS - covariance) < worst_error * error);
}

/* ---- independence of neighbouring keys ----------------------------------------------
 */

/* The key of draw i, and of its neighbour if `step` is 1. */
typedef struct sah_rng key_of(uint64_t i, unsigned step);

static struct sah_rng at(uint64_t seed, unsigned purpose, uint64_t id, uint32_t tick) {
    struct sah_rng rng;
    sah_rng_at(&rng, seed, purpose, id, tick);
    return rng;
}
static struct sah_rng next_id(uint64_t i, unsigned step) {
    return at(3, 4, i + step, 5);
}
static struct sah_rng far_id(uint64_t i, unsigned step) {
    return at(3, 4, i + ((uint64_t)step << 32), 5);
}
static struct sah_rng next_tick(uint64_t i, unsigned step) {
    return at(3, 4, 6, (uint32_t)i + step);
}
static struct sah_rng next_purpose(uint64_t i, unsigned step) {
    return at(3, (unsigned)(i % 4000) + step, i / 4000, 5);
}
static struct sah_rng next_seed(uint64_t i, unsigned step) {
    return at(i + step, 4, 6, 5);
}
static struct sah_rng next_draw(uint64_t i, unsigned step) {
    struct sah_rng rng = at(3, 4, i, 5);
    for (unsigned j = 0; j < step; j++) sah_rng_u64(&rng);
    return rng;
}
static struct sah_rng child(uint64_t i, unsigned step) {
    return at(3, 4, step ? sah_id_child(i, 5, 0) : i, 5);
}

static void expect_independent(const char *name, key_of *key) {
    enum { SIDE = 16 };
    static int64_t cell[SIDE][SIDE];
    double product = 0;
    for (int i = 0; i < SIDE * SIDE; i++) cell[i / SIDE][i % SIDE] = 0;
    for (uint64_t i = 0; i < DRAWS; i++) {
        struct sah_rng one = key(i, 0), other = key(i, 1);
        double x = sah_uniform(&one), y = sah_uniform(&other);
        product += (x - 0.5) * (y - 0.5) * 12;
        cell[(int)(x * SIDE)][(int)(y * SIDE)]++;
    }
    double expected = (double)DRAWS / SIDE / SIDE, sum = 0;
    for (int i = 0; i < SIDE * SIDE; i++)
        sum += pow((double)cell[i / SIDE][i % SIDE] - expected, 2) / expected;
    double correlation = product / sqrt(DRAWS);
    double p = gsl_cdf_chisq_Q(sum, SIDE * SIDE - 1);
    if (fabs(correlation) > worst_error || p < 1e-4)
        fail_msg("%s: correlation %.2f standard errors, chi-square p = %g", name,
                 correlation, p);
}

static void neighbouring_keys_are_independent(void **state) {
    (void)state;
    expect_independent("next id", next_id);
    expect_independent("far id", far_id);
    expect_independent("next tick", next_tick);
    expect_independent("next purpose", next_purpose);
    expect_independent("next seed", next_seed);
    expect_independent("next draw", next_draw);
    expect_independent("child", child);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distributions_agree),
        cmocka_unit_test(moments_agree),
        cmocka_unit_test(huge_counts_keep_mean_and_variance),
        cmocka_unit_test(rare_events_come_as_often_as_they_should),
        cmocka_unit_test(normal_deviates_are_exact_quantiles),
        cmocka_unit_test(choices_follow_their_weights),
        cmocka_unit_test(splits_follow_their_weights),
        cmocka_unit_test(neighbouring_keys_are_independent),
    };
    return cmocka_run_group_tests_name("laws", tests, NULL, NULL);
}
