/* Mechanism 14, protection: armour, what aid adds to it, and escorts, by hand. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

#define ON "mechanisms.protection=on", "protection.saved=0.8", "protection.half=100"

static void armour_by_hand(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(ON, "forces.south.armour=0.25"));
    const struct sahel *s = sahel_of(world);
    tiny_run(world, 1);
    assert_true(fabs(s->protection[TINY_SOUTH] - 0.8 * 0.25) < 1e-6);
    assert_true(fabs(s->protection[TINY_PARTNER] - 0.8 * 0.6) < 1e-6);
    sah_world_free(world);
}

/* 2,000 USD a head, half of what money can do, for armour; or for arms. */
static float with_aid(const char *protective) {
    struct sah_world *world = tiny_make_still(SETS(
        ON, "mechanisms.assistance=on", "assistance.training=0", "assistance.airlift=0",
        "assistance.half=2000", protective, "forces.south.armour=0.2",
        "forces.south.strength=4000", "forces.south.aid=8 MUSD/year"));
    tiny_run(world, 2);
    float found = sahel_of(world)->protection[TINY_SOUTH];
    sah_world_free(world);
    return found;
}

static void aid_counts_as_far_as_it_protects(void **state) {
    (void)state;
    assert_true(fabs(with_aid("assistance.protective=1") - 0.8 * (0.2 + 0.8 * 0.5)) <
                1e-6);
    assert_true(fabs(with_aid("assistance.protective=0") - 0.8 * 0.2) < 1e-6);
}

static void escorts_by_hand(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(ON, "protection.escorts=0.5"));
    const struct sahel *s = sahel_of(world);
    tiny_run(world, 2);
    int32_t gao = tiny_cell(world, "Gao");
    double felt = s->shield[gao];
    assert_true(felt > 100);
    assert_true(fabs(s->escorted[gao] - 0.5 * felt / (felt + 100)) < 1e-6);
    sah_world_free(world);
}

/* Devices of one band at Djibo; how many die, and how many are hurt. */
struct harm {
    double dead, wounded, events;
};
static struct harm devices(const char *armour) {
    struct sah_world *world = tiny_make_still(
        SETS(ON, "protection.saved=1", "mechanisms.attacks=on", "attacks.rate=1",
             "attacks.half_density=0.001", "attacks.exposed=0.001", "losses.wounded=0",
             "attacks.device_dead=2", "attacks.rivalry=0",
             "factions.sand.civilian_share=0", "factions.sand.device_share=1",
             "forces.south.strength=200000", "forces.south.unit_size=2000", armour));
    const struct sahel *s = sahel_of(world);
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_SAND, tiny_cell(world, "Djibo"), 10);
    struct harm sum = {0};
    for (int day = 0; day < 400; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < s->events.base.n; i++) {
            sum.dead += s->events.deaths_b[i];
            sum.wounded += s->events.wounded[i];
            sum.events++;
        }
    }
    sah_world_free(world);
    return sum;
}

/* Whoever armour saves is hurt: the same people are hit. */
static void the_saved_are_wounded(void **state) {
    (void)state;
    struct harm none = devices("forces.south.armour=0");
    struct harm some = devices("forces.south.armour=0.6");
    assert_true(none.events > 80 && none.wounded <= 0);
    double hit = some.dead + some.wounded;
    assert_true(fabs(hit / some.events - 2) < 4.5 * sqrt(2 / some.events));
    assert_true(fabs(some.dead - 0.4 * hit) < 4.5 * sqrt(0.24 * hit));
    assert_true(some.wounded > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(armour_by_hand),
        cmocka_unit_test(aid_counts_as_far_as_it_protects),
        cmocka_unit_test(escorts_by_hand),
        cmocka_unit_test(the_saved_are_wounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
