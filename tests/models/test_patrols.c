/* Patrols: who finds whom, and whom it harms. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#define NO_PATROLS                                                   \
    "forces.north.patrol_rate=0", "forces.south.patrol_rate=0",      \
        "forces.east.patrol_rate=0", "forces.partner.patrol_rate=0", \
        "forces.mission.patrol_rate=0"
#define NO_HARM                                                         \
    "forces.north.harm=0", "forces.south.harm=0", "forces.east.harm=0", \
        "forces.partner.harm=0", "forces.mission.harm=0"

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
    assert_true(t.kind_events[SAHEL_PATROL] + t.kind_events[SAHEL_SWEEP] <= 0);
    assert_true(season(NULL).kind_events[SAHEL_PATROL] > 0);
}

static void no_harm_no_sweep(void **state) {
    (void)state;
    struct tiny_tally t = season(SETS(NO_HARM));
    assert_true(t.kind_events[SAHEL_PATROL] > 0);
    assert_true(t.kind_events[SAHEL_SWEEP] <= 0);
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

/* Kress and Szechtman: without information people pay. */
static double swept(struct sah_world *world) {
    return tiny_run_count(world, 180).kind_deaths[SAHEL_SWEEP];
}

static void harm_kills_people(void **state) {
    (void)state;
    tiny_assert_above("harm none -> 0.3 to 0.8: civilians killed by forces",
                      tiny_pair(swept, SETS(NO_HARM), NULL, 16), 5);
}

/* Patrols that find bands and fight nobody, bands that stay and strike nobody: harm alone
 * makes the difference. */
#define HELD                                                                      \
    "mechanisms.attacks=off", "mechanisms.spread=off", "mechanisms.severity=off", \
        "mechanisms.foreign_force=off", "patrols.fire=0", "patrols.fire_back=0"

static double abused(struct sah_world *world) {
    return tiny_run_count(world, 240).reason[SAHEL_ABUSE];
}

static void harm_makes_recruits(void **state) {
    (void)state;
    tiny_assert_above("harm 0 -> 5: recruits for abuse",
                      tiny_pair(abused, SETS(HELD, NO_HARM),
                                SETS(HELD, "forces.north.harm=5", "forces.south.harm=5",
                                     "forces.east.harm=5"),
                                10),
                      5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_patrol_no_contact),
        cmocka_unit_test(no_harm_no_sweep),
        cmocka_unit_test(without_fire_nobody_dies),
        cmocka_unit_test(forces_stop_at_borders),
        cmocka_unit_test(harm_kills_people),
        cmocka_unit_test(harm_makes_recruits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
