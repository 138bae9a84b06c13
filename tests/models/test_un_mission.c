/* Mechanism 26, UN mission: shelter around its posts, no fight by choice. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

#define ON "mechanisms.un_mission=on"

static double shelter(const char *place, const char *const *sets) {
    struct sah_world *world = tiny_make_still(sets);
    tiny_run(world, 1);
    double felt = (double)sahel_of(world)->sheltered[tiny_cell(world, place)];
    sah_world_free(world);
    return felt;
}

static void without_soldiers_no_shelter(void **state) {
    (void)state;
    assert_true(shelter("Gao", SETS(ON, "forces.mission.strength=0")) <= 0);
    assert_true(shelter("Gao", SETS(ON, "un_mission.most=0")) <= 0);
    assert_true(shelter("Gao", SETS("mechanisms.un_mission=off")) <= 0);
    assert_true(shelter("Djibo", SETS(ON)) <= 0);
}

/* By hand: posts of the mission around, saturating, falling with distance to a town. */
static void shelter_is_that_of_soldiers_around(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS(ON, "un_mission.most=0.8", "un_mission.half=300",
                             "un_mission.town=30", "forces.mission.field_share=0.5"));
    tiny_run(world, 1);
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Gao");
    double felt = 0;
    for (size_t p = 0; p < s->posts.base.n; p++) {
        double km = sah_grid_distance_km(&world->grid, s->posts.cell[p], cell);
        if (s->posts.force[p] == TINY_MISSION && km <= 60)
            felt += s->posts.soldiers[p] * exp(-km / 20);
    }
    double expected =
        0.8 * felt / (felt + 300) * exp(-(double)world->land->town_km[cell] / 30);
    assert_true(felt > 300);
    assert_true(fabs((double)s->sheltered[cell] - expected) < 0.01);
    sah_world_free(world);
}

static int events_of_mission(struct sah_world *world, bool struck) {
    const struct sahel *s = sahel_of(world);
    int16_t mission = sahel_actor_force(s, TINY_MISSION);
    int n = 0;
    for (int day = 0; day < 200; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < s->events.base.n; i++)
            n += (struck ? s->events.side_b[i] : s->events.side_a[i]) == mission;
    }
    return n;
}

static void it_is_struck_and_does_not_strike(void **state) {
    (void)state;
    const char *const *sets =
        SETS("forces.mission.patrol_rate=0.05", "attacks.rate=0.2");
    struct sah_world *world = tiny_make(sets);
    assert_int_equal(events_of_mission(world, false), 0);
    sah_world_free(world);
    world = tiny_make(sets);
    assert_true(events_of_mission(world, true) > 5);
    sah_world_free(world);
    world = tiny_make(SETS("forces.mission.patrol_rate=0.05", "attacks.rate=0.2",
                           "mechanisms.un_mission=off"));
    assert_true(events_of_mission(world, false) > 5);
    sah_world_free(world);
}

/* ---- signature: when it goes, towns are exposed ---- */

static double struck_at_gao(struct sah_world *world) {
    const struct sahel_events *e = &sahel_of(world)->events;
    int32_t gao = tiny_cell(world, "Gao");
    tiny_clear_bands(world);
    for (int k = 0; k < 12; k++) tiny_add_band(world, TINY_SAND, gao, 6);
    double n = 0;
    for (int day = 0; day < 120; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < e->base.n; i++)
            n += e->kind[i] >= SAHEL_KILLING && e->kind[i] <= SAHEL_KIDNAPPING;
    }
    return n;
}

static void without_it_towns_are_exposed(void **state) {
    (void)state;
#define HELD                                                                       \
    "mechanisms.spread=off", "mechanisms.severity=off", "mechanisms.response=off", \
        "mechanisms.foreign_force=off", "un_mission.most=0.9",                     \
        "factions.sand.civilian_share=1", "forces.north.patrol_rate=0",            \
        "attacks.rate=0.5", "attacks.fire_back=0", "mechanisms.recruitment=off"
    tiny_assert_above("mission 3000 -> 0: attacks on people of Gao",
                      tiny_pair(struck_at_gao, SETS(HELD),
                                SETS(HELD, "forces.mission.strength=0"), 12),
                      5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_soldiers_no_shelter),
        cmocka_unit_test(shelter_is_that_of_soldiers_around),
        cmocka_unit_test(it_is_struck_and_does_not_strike),
        cmocka_unit_test(without_it_towns_are_exposed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
