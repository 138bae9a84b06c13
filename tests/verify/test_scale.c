/* What one agent stands for must not matter (docs/odd.md, scale): half a million people
 * around Bandiagara at 1, 20 and 500 people per agent, many seeds each.
 *
 * Runs at two scales are paired by seed, as most draws are keyed by cell and so the same.
 * Means of recruits, civilian deaths, flights and money are compared by the mean of the
 * differences over its standard error, variances by the logarithm of their ratio over its
 * bootstrap error (200 resamples of pairs), as the quantities have tails. |z| > 4 has
 * probability 6e-5; 24 values are asked. Pairs are so alike that a difference of a
 * thousandth can be told; one below half a percent of the mean, or two of the variance,
 * is let pass: merged agents share one mean fear, and flight is not linear in it. */
#include "tests/support/chance.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdio.h>

enum { SCALES = 3, MOST_SEEDS = 160, DAYS = 90, RESAMPLES = 200 };
static const int people_per_agent[SCALES] = {1, 20, 500};
static const int seeds[SCALES] = {40, 160, 160};
static const double worst = 4, some = 0.005;

/* clang-format off */
static const char scenario_text[] =
"run: {start: 2016-01-01, end: 2016-12-31}\n"
"grid: {geography: scenarios/geography, box: [-4, 14, -3, 15], cell: 0.25 deg,\n"
"  theatre: {MLI: all}}\n"
"factions:\n"
"  - {name: hills, strength: 120, homes: [Bandiagara, Bankass, Konna], reserve: 30 kUSD,\n"
"     profile: {fulani: 0.8, dogon: 0.2, bozo: 0.3}, civilian_share: 0.5}\n"
"  - {name: plain, strength: 60, homes: [Koro], reserve: 500 kUSD,\n"
"     profile: {fulani: 0.6, dogon: 0.4}, civilian_share: 0.5}\n"
"forces:\n"
"  - {name: army, owner: national, country: MLI, strength: 2000, field_share: 0.5,\n"
"     bases: [Bandiagara, Koro], area: [MLI], patrol_rate: 0.002, harm: 2}\n"
"attacks: {rate: 0.05, half_density: 5.3, civilian_size: 0.3}\n"
"recruitment: {base_rate: 2e-5, pool: 0.05, half: 40}\n"
"displacement: {rate: 0.05, half: 6, threshold: 0.01, return_rate: 0.01}\n"
"treasury: {leave: 0.001, leave_arrears: 0.005}\n";
/* clang-format on */

enum what { RECRUITS, CIVILIANS, FLED, MONEY, WHATS };
static const char *const names[WHATS] = {"recruits", "civilians killed", "fled",
                                         "money"};

struct sample {
    int n;
    double x[WHATS][MOST_SEEDS];
};

static void run_one(struct sample *sample, int scale, int seed) {
    char people[48], number[32];
    snprintf(people, sizeof people, "run.people_per_agent=%d", scale);
    snprintf(number, sizeof number, "run.seed=%d", seed);
    struct sah_world *world = tiny_make_text(scenario_text, SETS(people, number));
    struct tiny_tally tally = tiny_run_count(world, DAYS);
    tiny_verify(world);
    int k = sample->n++;
    sample->x[RECRUITS][k] = tally.recruits;
    sample->x[CIVILIANS][k] = tally.civilians_killed;
    sample->x[FLED][k] = tally.fled;
    sample->x[MONEY][k] = (double)sahel_of(world)->sum[SAHEL_SUM_MONEY_IN] / 100;
    sah_world_free(world);
}

static struct sample samples[SCALES];

static int run_all(void **state) {
    (void)state;
    for (int s = 0; s < SCALES; s++)
        for (int k = 0; k < seeds[s]; k++)
            run_one(&samples[s], people_per_agent[s], 1000 + k);
    return 0;
}

static double mean_of(const double *x, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) sum += x[i];
    return sum / n;
}

static double variance_of(const double *x, int n) {
    double mean = mean_of(x, n), sum = 0;
    for (int i = 0; i < n; i++) sum += (x[i] - mean) * (x[i] - mean);
    return sum / (n - 1);
}

/* Two scales with the same numbers throughout differ by no errors. */
static double errors_of(double difference, double error) {
    return difference == 0 && error == 0 ? 0 : difference / error;
}

static double compare_means(const double *x, const double *y, int n) {
    double difference[MOST_SEEDS] = {0};
    for (int i = 0; i < n; i++) difference[i] = x[i] - y[i];
    return errors_of(mean_of(difference, n), sqrt(variance_of(difference, n) / n));
}

static double log_ratio(const double *x, const double *y, int n) {
    return log(variance_of(x, n) / variance_of(y, n));
}

static double compare_variances(const double *x, const double *y, int n) {
    uint64_t chance = 5;
    double logs[RESAMPLES], a[MOST_SEEDS], b[MOST_SEEDS];
    for (int k = 0; k < RESAMPLES; k++) {
        for (int i = 0; i < n; i++) {
            int64_t pair = chance_below(&chance, n);
            a[i] = x[pair];
            b[i] = y[pair];
        }
        logs[k] = log_ratio(a, b, n);
    }
    return errors_of(log_ratio(x, y, n), sqrt(variance_of(logs, RESAMPLES)));
}

static void tell(enum what what) {
    for (int s = 0; s < SCALES; s++) {
        const double *x = samples[s].x[what];
        print_message("%-17s %4d people per agent: mean %9.1f +- %5.1f, sd %7.1f\n",
                      names[what], people_per_agent[s], mean_of(x, samples[s].n),
                      sqrt(variance_of(x, samples[s].n) / samples[s].n),
                      sqrt(variance_of(x, samples[s].n)));
    }
}

static void assert_scales_agree(enum what what) {
    tell(what);
    for (int a = 0; a < SCALES; a++)
        for (int b = a + 1; b < SCALES; b++) {
            const double *x = samples[a].x[what], *y = samples[b].x[what];
            int pairs = samples[a].n < samples[b].n ? samples[a].n : samples[b].n;
            double mean = compare_means(x, y, pairs);
            double variance = compare_variances(x, y, pairs);
            double apart = mean_of(x, pairs) / mean_of(y, pairs) - 1;
            double spread = log_ratio(x, y, pairs);
            print_message(
                "    difference %.2f %% of the mean, %.2f %% of the variance\n",
                100 * apart, 100 * spread);
            print_message("    %3d against %3d: mean z = %5.2f, variance z = %5.2f\n",
                          people_per_agent[a], people_per_agent[b], mean, variance);
            assert_true(fabs(mean) < worst || fabs(apart) < some);
            assert_true(fabs(variance) < worst || fabs(spread) < 4 * some);
        }
}

static void recruits(void **state) {
    (void)state;
    assert_scales_agree(RECRUITS);
}
static void civilian_deaths(void **state) {
    (void)state;
    assert_scales_agree(CIVILIANS);
}
static void flight(void **state) {
    (void)state;
    assert_scales_agree(FLED);
}
static void money(void **state) {
    (void)state;
    assert_scales_agree(MONEY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recruits),
        cmocka_unit_test(civilian_deaths),
        cmocka_unit_test(flight),
        cmocka_unit_test(money),
    };
    return cmocka_run_group_tests(tests, run_all, NULL);
}
