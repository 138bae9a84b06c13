/* Mechanism 28, funding: the same money, steady or volatile. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

#define ON "mechanisms.funding=on"

static double funding_after(const char *const *sets, int days) {
    struct sah_world *world = tiny_make_still(sets);
    tiny_run(world, days);
    double funding = (double)sahel_of(world)->funding[TINY_NORTH];
    tiny_verify(world);
    sah_world_free(world);
    return funding;
}

static void steady_full_money_changes_nothing(void **state) {
    (void)state;
    assert_true(funding_after(SETS(ON), 100) >= 1);
    assert_true(funding_after(SETS(ON, "forces.north.budget=3"), 100) >= 1);
    assert_true(funding_after(SETS("forces.north.budget=0"), 100) >= 1); /* off */
}

/* Half of the way in `wane` down, in `build` up. */
static void it_falls_and_rises_by_half_lives(void **state) {
    (void)state;
#define HALF_LIVES "funding.wane=30", "funding.build=90"
    double down = funding_after(SETS(ON, HALF_LIVES, "forces.north.budget=0.5"), 30);
    assert_true(fabs(down - 0.75) < 1e-4);
    double none = funding_after(SETS(ON, HALF_LIVES, "forces.north.budget=0"), 60);
    assert_true(fabs(none - 0.25) < 1e-4);
    /* 31 days unpaid, 60 paid: January, February and March 2016 have 31, 29, 31 */
    double back = funding_after(
        SETS(ON, HALF_LIVES, "forces.north.budget=0",
             "timeline=[{date: 2016-02-01, what: forces.north.budget, to: 1}]"),
        31 + 60);
    double low = exp2(-31.0 / 30);
    assert_true(fabs(back - (1 - (1 - low) * exp2(-60.0 / 90))) < 1e-4);
}

#define VOLATILE(v)                                                  \
    "forces.north.volatility=" v, "forces.south.volatility=" v,      \
        "forces.east.volatility=" v, "forces.partner.volatility=" v, \
        "forces.mission.volatility=" v

/* Poor forces whose funding follows at once show what comes, month by month. */
#define POOR                                                                        \
    "forces.north.budget=0.1", "forces.south.budget=0.1", "forces.east.budget=0.1", \
        "forces.partner.budget=0.1", "forces.mission.budget=0.1", "funding.wane=1", \
        "funding.build=1"

static void volatile_money_has_the_same_mean(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS(ON, POOR, VOLATILE("0.5"), "run.end=2040-01-01"));
    const float *funding = sahel_of(world)->funding;
    double sum = 0, square = 0, n = 0;
    for (int day = 0; day < 3000; day++) {
        tiny_run(world, 1);
        if (sah_date_of(world->today).day != 28) continue;
        for (int f = 0; f < TINY_FORCES; f++, n++) {
            sum += (double)funding[f] * 10;
            square += (double)funding[f] * (double)funding[f] * 100;
        }
    }
    double mean = sum / n, law = sqrt(exp(0.25) - 1);
    double error = law / sqrt(n * (1 - 0.6) / (1 + 0.6));
    double deviation = sqrt(square / n - mean * mean);
    print_message("months: mean %.3f +- %.3f, deviation %.3f (law: %.3f)\n", mean,
                  error, deviation, law);
    assert_true(fabs(mean - 1) < 4 * error);
    assert_true(fabs(deviation - law) < 0.15);
    sah_world_free(world);
}

/* ---- signatures ---- */

static double soldiers(struct sah_world *world) {
    double sum = 0;
    for (int day = 0; day < 500; day++) {
        tiny_run(world, 1);
        sum += (double)sah_population_total(
            &sahel_of(world)->posts.base,
            (size_t)sah_population_find(&sahel_of(world)->posts.base, "soldiers"));
    }
    return sum / 500;
}

#define STILL \
    "mechanisms.attacks=off", "mechanisms.spread=off", "mechanisms.recruitment=off"

static void volatile_money_keeps_fewer_soldiers(void **state) {
    (void)state;
    tiny_assert_below("volatility 0 -> 1 at equal mean: soldiers in the field",
                      tiny_pair(soldiers, SETS(STILL), SETS(STILL, VOLATILE("1")), 8),
                      5);
}

static double contacts(struct sah_world *world) {
    return tiny_run_count(world, 300).kind_events[SAHEL_PATROL];
}

static void volatile_money_finds_fewer_bands(void **state) {
    (void)state;
    tiny_assert_below("volatility 0 -> 1.5 at equal mean: contacts",
                      tiny_pair(contacts, SETS("mechanisms.attacks=off"),
                                SETS("mechanisms.attacks=off", VOLATILE("1.5")), 14),
                      5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steady_full_money_changes_nothing),
        cmocka_unit_test(it_falls_and_rises_by_half_lives),
        cmocka_unit_test(volatile_money_has_the_same_mean),
        cmocka_unit_test(volatile_money_keeps_fewer_soldiers),
        cmocka_unit_test(volatile_money_finds_fewer_bands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
