/* Patrols: who finds whom. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#define NO_PATROLS                                                   \
    "forces.north.patrol_rate=0", "forces.south.patrol_rate=0",      \
        "forces.east.patrol_rate=0", "forces.partner.patrol_rate=0", \
        "forces.mission.patrol_rate=0"

static struct tiny_tally season(const char *const *sets) {
    struct sah_world *world = tiny_make(sets);
    struct tiny_tally tally = tiny_run_count(world, 200);
    tiny_verify(world);
    sah_world_free(world);
    return tally;
}

static void no_patrol_no_contact(void **state) {
    (void)state;
    struct tiny_tally t = season(SETS(NO_PATROLS));
    assert_true(t.kind_events[SAHEL_PATROL] <= 0);
    assert_true(season(NULL).kind_events[SAHEL_PATROL] > 0);
}

static void without_fire_nobody_dies(void **state) {
    (void)state;
    struct tiny_tally t = season(SETS("patrols.fire=0", "patrols.fire_back=0"));
    assert_true(t.kind_events[SAHEL_PATROL] > 0);
    assert_true(t.kind_deaths[SAHEL_PATROL] <= 0);
}

/* A band beside a post over a border that the force may not cross is safe. */
static void forces_stop_at_borders(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(SETS("forces.south.patrol_rate=0.05"));
    const struct sahel *s = sahel_of(world);
    int contacts = 0;
    for (int day = 0; day < 200; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < s->events.base.n; i++) {
            int force = s->events.side_a[i] - (int)s->nfactions;
            if (s->events.kind[i] != SAHEL_PATROL) continue;
            int country = sahel_country_of(world, s->events.cell[i]);
            assert_true(s->force[force].may_act[country]);
            contacts++;
        }
    }
    assert_true(contacts > 10);
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_patrol_no_contact),
        cmocka_unit_test(without_fire_nobody_dies),
        cmocka_unit_test(forces_stop_at_borders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
