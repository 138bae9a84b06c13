/* Mechanism 6, recruitment: nobody without a reason, as many as expected. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdio.h>

static struct tiny_tally year(const char *const *sets) {
    struct sah_world *world = tiny_make(sets);
    struct tiny_tally tally = tiny_run_count(world, 365);
    tiny_verify(world);
    sah_world_free(world);
    return tally;
}

static void without_a_hazard_nobody_joins(void **state) {
    (void)state;
    assert_true(year(SETS("recruitment.base_rate=0")).recruits <= 0);
    assert_true(year(SETS("recruitment.pool=1e-5")).recruits <= 400);
}

static void without_appeal_nobody_joins(void **state) {
    (void)state;
    const char *const *none =
        SETS("mechanisms.outreach=off", "factions.river.profile.tuareg=0",
             "factions.river.profile.songhai=0", "factions.river.profile.fulani=0",
             "factions.river.profile.arab=0", "factions.hills.profile.fulani=0",
             "factions.hills.profile.mossi=0", "factions.hills.profile.gurma=0",
             "factions.sand.profile.fulani=0", "factions.sand.profile.tuareg=0",
             "factions.sand.profile.songhai=0");
    assert_true(year(none).recruits <= 0);
}

/* Recruits are Poisson about the readiness that communities answered. */
static void as_many_join_as_expected(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(SETS("recruitment.base_rate=1e-4"));
    const struct sahel *s = sahel_of(world);
    double expected = 0;
    struct tiny_tally tally = {0};
    for (int k = 0; k < 200; k++) {
        tiny_run(world, 1);
        tiny_count(world, &tally);
        size_t n = SAHEL_NREASONS * (size_t)world->grid.ncells;
        expected += tiny_mean(s->readiness, n) * (double)n;
    }
    assert_true(expected > 500);
    assert_true(fabs(tally.recruits - expected) < 4 * sqrt(expected));
    sah_world_free(world);
}

static void a_recruit_leaves_the_people(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS("mechanisms.recruitment=on"));
    const struct sahel *s = sahel_of(world);
    int64_t fighters = tiny_fighters(world, -1), people = 0, left = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++) people += s->people_now[c];
    struct tiny_tally tally = tiny_run_count(world, 200);
    for (int32_t c = 0; c < world->grid.ncells; c++) left += s->people_now[c];
    assert_true(tally.recruits > 10);
    assert_int_equal(tiny_fighters(world, -1) - fighters, (int64_t)tally.recruits);
    assert_int_equal(people - left, (int64_t)tally.recruits);
    tiny_verify(world);
    sah_world_free(world);
}

/* Signature: each driver at zero removes its cause and lowers joining. Bands stay where
 * they are and as many as they are but for recruits. */
#define HELD                                                                      \
    "mechanisms.attacks=off", "mechanisms.spread=off", "mechanisms.severity=off", \
        "mechanisms.foreign_force=off", "recruitment.base_rate=3e-5",             \
        "patrols.fire=0", "patrols.fire_back=0", "forces.north.harm=10",          \
        "forces.south.harm=10", "forces.east.harm=10"

static double recruits(struct sah_world *world) {
    return tiny_run_count(world, 240).recruits;
}

static void each_driver_at_zero_removes_its_cause(void **state) {
    (void)state;
    static const char *const reasons[] = {
#define X(name, label, doc) label,
        SAHEL_REASONS(X)
#undef X
    };
    struct tiny_sample all = tiny_sample_one(recruits, SETS(HELD), 8);
    for (int k = 0; k < SAHEL_NREASONS; k++) {
        char set[64];
        snprintf(set, sizeof set, "recruitment.%s=0", reasons[k]);
        struct tiny_sample without = tiny_sample_one(recruits, SETS(HELD, set), 8);
        assert_true(year(SETS(set)).reason[k] <= 0);
        tiny_assert_below(set, tiny_compare(&all, &without, 0), 5);
    }
}

static void a_present_state_deters(void **state) {
    (void)state;
    tiny_assert_below("deterrence 0 -> 1: recruits",
                      tiny_pair(recruits, SETS(HELD, "recruitment.deterrence=0"),
                                SETS(HELD, "recruitment.deterrence=1"), 6),
                      5);
}

static double of_river(struct sah_world *world) {
    tiny_run(world, 360);
    return (double)tiny_fighters(world, TINY_RIVER);
}

/* Who defends a place takes as many as it needs; who seeks rule takes all who come. */
static void who_defends_keeps_its_size(void **state) {
    (void)state;
    const char *const *large = SETS(
        "mechanisms.recruitment=on", "recruitment.base_rate=1e-3",
        "recruitment.pool=0.1", "factions.river.aim=defence", "recruitment.size=1.5");
    const char *const *rule =
        SETS("mechanisms.recruitment=on", "recruitment.base_rate=1e-3",
             "recruitment.pool=0.1");
    const char *const *sets[] = {large, rule};
    double strength[2];
    for (int k = 0; k < 2; k++) {
        struct sah_world *world = tiny_make_still(sets[k]);
        strength[k] = of_river(world);
        sah_world_free(world);
    }
    assert_true(strength[0] > 210 && strength[0] <= 1.5 * 200 + 20);
    assert_true(strength[1] > 400);
}

/* Who has a million dollars for 150 fighters draws more than who has none. */
static double of_hills(struct sah_world *world) {
    tiny_run(world, 180);
    return (double)tiny_fighters(world, TINY_HILLS);
}

static void money_draws_recruits(void **state) {
    (void)state;
    tiny_assert_above(
        "purse 0 -> 8: recruits of who has money",
        tiny_pair(of_hills,
                  SETS(HELD, "factions.hills.reserve=1e6", "recruitment.purse=0"),
                  SETS(HELD, "factions.hills.reserve=1e6", "recruitment.purse=8"), 6),
        5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_hazard_nobody_joins),
        cmocka_unit_test(without_appeal_nobody_joins),
        cmocka_unit_test(as_many_join_as_expected),
        cmocka_unit_test(a_recruit_leaves_the_people),
        cmocka_unit_test(each_driver_at_zero_removes_its_cause),
        cmocka_unit_test(a_present_state_deters),
        cmocka_unit_test(who_defends_keeps_its_size),
        cmocka_unit_test(money_draws_recruits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
