/* Treasuries: pay to the cent, arrears when broke, and who then leaves. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

static void pay_to_the_cent(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS("treasury.pay=3"));
    const struct sahel *s = sahel_of(world);
    int64_t before = s->treasury[TINY_RIVER];
    tiny_run(world, 10);
    int64_t fighters = tiny_fighters(world, TINY_RIVER);
    assert_int_equal(s->money[SAHEL_PAY * s->nfactions + TINY_RIVER], -300 * fighters);
    assert_int_equal(s->ranks[TINY_RIVER], fighters);
    assert_int_equal(before - s->treasury[TINY_RIVER], 10 * 300 * fighters);
    assert_true(s->arrears[TINY_RIVER] <= 0);
    tiny_verify(world);
    sah_world_free(world);
}

static void the_broke_fall_into_arrears(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS("treasury.pay=3", "treasury.memory=30",
                             "factions.hills.reserve=0", "treasury.leave_arrears=0"));
    const struct sahel *s = sahel_of(world);
    tiny_run(world, 30);
    assert_int_equal(s->treasury[TINY_HILLS], 0);
    assert_true(fabsf(s->arrears[TINY_HILLS] - 0.5f) < 1e-3f);
    assert_true(s->arrears[TINY_SAND] <= 0);
    tiny_run(world, 30);
    assert_true(fabsf(s->arrears[TINY_HILLS] - 0.75f) < 1e-3f);
    sah_world_free(world);
}

static void money_from_outside_by_the_year(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS("factions.river.outside=1 MUSD/year"));
    struct tiny_tally tally = tiny_run_count(world, 731);
    assert_true(fabs(tally.usd[SAHEL_OUTSIDE] - 731 / 365.25 * 1e6) < 1);
    tiny_verify(world);
    sah_world_free(world);
}

/* Leaving is binomial; whoever leaves is one of the people again. */
static void fighters_leave_and_are_people_again(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS("treasury.leave=0.01"));
    const struct sahel *s = sahel_of(world);
    int64_t start = tiny_fighters(world, -1), people = 0, after = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++) people += s->people_now[c];
    struct tiny_tally tally = tiny_run_count(world, 40);
    for (int32_t c = 0; c < world->grid.ncells; c++) after += s->people_now[c];
    double stay = pow(0.99, 40), n = (double)start;
    assert_true(fabs(tally.left - n * (1 - stay)) < 4.5 * sqrt(n * stay * (1 - stay)));
    assert_int_equal(after - people, (int64_t)tally.left);
    assert_int_equal(start - tiny_fighters(world, -1), (int64_t)tally.left);
    tiny_verify(world);
    sah_world_free(world);
}

/* Who fights for a home or a land leaves `leave_home` times as readily. */
static double left_of_a_thousand(const char *aim) {
    struct sah_world *world =
        tiny_make_still(SETS("treasury.leave=0.04", "treasury.leave_home=0.25", aim));
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_SAND, tiny_cell(world, "Djibo"), 1000);
    double left = tiny_run_count(world, 20).left;
    sah_world_free(world);
    return left;
}

static void assert_left(const char *aim, double hazard) {
    double stay = pow(1 - hazard, 20), left = left_of_a_thousand(aim);
    assert_true(fabs(left - 1000 * (1 - stay)) < 4.5 * sqrt(1000 * stay * (1 - stay)));
}

static void those_at_home_stay_longer(void **state) {
    (void)state;
    assert_left("factions.sand.aim=rule", 0.04);
    assert_left("factions.sand.aim=gain", 0.04);
    assert_left("factions.sand.aim=autonomy", 0.01);
    assert_left("factions.sand.aim=defence", 0.01);
}

/* Arrears drive fighters away. */
#define POOR                                                                     \
    "mechanisms.gold=off", "mechanisms.predation=off", "mechanisms.attacks=off", \
        "factions.hills.reserve=0", "factions.sand.reserve=0"

static double left(struct sah_world *world) {
    return tiny_run_count(world, 200).left;
}

static void arrears_drive_fighters_away(void **state) {
    (void)state;
    tiny_assert_above("hazard of the unpaid 0 -> 0.02: fighters who left",
                      tiny_pair(left, SETS(POOR, "treasury.leave_arrears=0"),
                                SETS(POOR, "treasury.leave_arrears=0.02"), 6),
                      5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pay_to_the_cent),
        cmocka_unit_test(the_broke_fall_into_arrears),
        cmocka_unit_test(money_from_outside_by_the_year),
        cmocka_unit_test(fighters_leave_and_are_people_again),
        cmocka_unit_test(those_at_home_stay_longer),
        cmocka_unit_test(arrears_drive_fighters_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
