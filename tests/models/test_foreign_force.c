/* Mechanism 25, foreign force: raids within range and mandate, operations in time. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

static struct tiny_tally season(const char *set) {
    struct sah_world *world = tiny_make(SETS(set));
    struct tiny_tally tally = tiny_run_count(world, 150);
    tiny_verify(world);
    sah_world_free(world);
    return tally;
}

static void no_force_no_raid(void **state) {
    (void)state;
    assert_true(season("forces.partner.strength=0").kind_events[SAHEL_RAID] <= 0);
    assert_true(season("forces.partner.raid_rate=0").kind_events[SAHEL_RAID] <= 0);
    assert_true(season("forces.partner.raid_rate=0.03").kind_events[SAHEL_RAID] > 0);
}

static void no_deadliness_no_loss(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make(SETS("foreign_force.deadliness=0", "forces.partner.harm=0"));
    struct tiny_tally tally = tiny_run_count(world, 150);
    assert_true(tally.kind_events[SAHEL_RAID] > 0);
    assert_true(tally.kind_deaths[SAHEL_RAID] <= 0);
    sah_world_free(world);
}

/* Poisson(rate strength / 1000) a day while there is somebody to strike. */
static void as_many_raids_as_the_rate_says(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS("mechanisms.foreign_force=on", "foreign_force.deadliness=0",
             "forces.partner.raid_rate=0.5", "forces.partner.strength=1000"));
    double raids = tiny_run_count(world, 600).kind_events[SAHEL_RAID];
    assert_true(fabs(raids - 300) < 4.5 * sqrt(300));
    sah_world_free(world);
}

static void raids_keep_to_the_mandate(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make(SETS("forces.partner.area=[BFA]", "forces.partner.raid_rate=0.3"));
    const struct sahel *s = sahel_of(world);
    int faso = sah_geography_country(world->geo, "BFA"), raids = 0;
    for (int day = 0; day < 150; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < s->events.base.n; i++) {
            if (s->events.kind[i] != SAHEL_RAID) continue;
            assert_int_equal(sahel_country_of(world, s->events.cell[i]), faso);
            raids++;
        }
    }
    assert_true(raids > 10);
    sah_world_free(world);
}

/* Two bands of 100 and 90 at Gao and Timbuktu: an operation opens at Gao. */
static struct sah_world *two_bands(const char *set) {
    struct sah_world *world = tiny_make_still(
        SETS("mechanisms.foreign_force=on", "foreign_force.deadliness=0",
             "foreign_force.period=60", "foreign_force.length=30",
             "foreign_force.extent=60 km", "forces.partner.raid_rate=1", set));
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_SAND, tiny_cell(world, "Gao"), 100);
    tiny_add_band(world, TINY_SAND, tiny_cell(world, "Timbuktu"), 90);
    return world;
}

static void an_operation_opens_lasts_and_ends(void **state) {
    (void)state;
    struct sah_world *world = two_bands("foreign_force.focus=6");
    const struct sahel *s = sahel_of(world);
    int32_t gao = tiny_cell(world, "Gao"), days = 0;
    for (int day = 0; day < 60; day++) {
        tiny_run(world, 1);
        if (s->operation[gao] <= 0) continue;
        days++;
        assert_true(s->operation[gao] >= 1);
        for (int32_t c = 0; c < world->grid.ncells; c++) {
            double km = sah_grid_distance_km(&world->grid, gao, c);
            double felt = km > 240 ? 0 : exp(-km / 60);
            assert_true(fabs((double)s->operation[c] - felt) < 1e-6);
        }
    }
    assert_int_equal(days, 30);
    sah_world_free(world);
}

/* Signature: in an operation losses rise inside. */
static double raids_at_gao(const char *set) {
    struct sah_world *world = two_bands(set);
    const struct sahel *s = sahel_of(world);
    int32_t gao = tiny_cell(world, "Gao");
    double raids = 0;
    for (int day = 0; day < 400; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < s->events.base.n; i++) raids += s->events.cell[i] == gao;
    }
    sah_world_free(world);
    return raids;
}

static void losses_rise_inside(void **state) {
    (void)state;
    double none = raids_at_gao("foreign_force.length=0");
    double some = raids_at_gao("foreign_force.focus=20");
    print_message("raids inside without and with operations: %g %g\n", none, some);
    assert_true(some - none > 5 * sqrt(some));
}

/* Signature: activity moves outside: fighters felt where operations run. */
static double inside(struct sah_world *world) {
    int32_t gao = tiny_cell(world, "Gao");
    double felt = 0;
    tiny_clear_bands(world);
    for (int k = 0; k < 30; k++) tiny_add_band(world, TINY_RIVER, gao, 10);
    for (int day = 0; day < 100; day++) {
        tiny_run(world, 1);
        felt += (double)sahel_of(world)->insurgent[gao] / 100;
    }
    return felt;
}

static void activity_moves_outside(void **state) {
    (void)state;
#define STILL_HERE                                                                     \
    "mechanisms.attacks=off", "mechanisms.recruitment=off", "mechanisms.severity=off", \
        "foreign_force.deadliness=0", "spread.operation=4", "foreign_force.period=60"
    tiny_assert_below("operations none -> some: fighters felt inside",
                      tiny_pair(inside, SETS(STILL_HERE, "foreign_force.length=0"),
                                SETS(STILL_HERE, "foreign_force.length=60"), 8),
                      5);
}

/* Where F foreign soldiers are counted on: a half of F/(F + 200). */
static void bands_are_wary_near_partners(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.foreign_force=on", "mechanisms.drawdown=off",
                             "forces.partner.raid_rate=0", "foreign_force.wary=0.5"));
    tiny_run(world, 2);
    const struct sahel *s = sahel_of(world);
    double felt = (double)s->cover[tiny_cell(world, "Gao")];
    assert_true(felt > 100);
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        double f = (double)s->cover[c];
        assert_true(fabs((double)s->wary[c] - 0.5 * f / (f + 200)) < 0.01);
    }
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bands_are_wary_near_partners),
        cmocka_unit_test(no_force_no_raid),
        cmocka_unit_test(no_deadliness_no_loss),
        cmocka_unit_test(as_many_raids_as_the_rate_says),
        cmocka_unit_test(raids_keep_to_the_mandate),
        cmocka_unit_test(an_operation_opens_lasts_and_ends),
        cmocka_unit_test(losses_rise_inside),
        cmocka_unit_test(activity_moves_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
