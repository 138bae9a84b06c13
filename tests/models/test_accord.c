/* Mechanism 34, peace accord: how far it is implemented, where the state stays out, and
 * what that shelters. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

/* The faction of the hills signs, on the first day. */
#define SIGNED                                                                        \
    "mechanisms.accord=on", "accord.signatories=[hills]", "accord.signed=2016-01-01", \
        "accord.most=0.8", "accord.half=30"

static float refuge_at(const struct sah_world *world, const char *place) {
    return sahel_of(world)->refuge[tiny_cell(world, place)];
}

/* Felt signatories S, soldiers N: most (1 - I) S / (S + half + N), by hand. */
static void the_state_stays_out_where_signatories_are_felt(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(SIGNED, "accord.delay=1e5"));
    struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells, at = (size_t)tiny_cell(world, "Djibo");
    double felt = s->influence[TINY_HILLS * n + at], soldiers = s->soldiers_felt[at];
    assert_true(felt > 50 && soldiers > 50);
    tiny_run(world, 1);
    double expected = 0.8 * felt / (felt + 30 + soldiers);
    assert_true(fabs((double)s->refuge[at] - expected) < 1e-6);
    assert_true(refuge_at(world, "Gao") <= 0); /* others stand there */
    sah_world_free(world);
}

/* Half of what is missing in each `delay`. */
static void it_is_implemented_with_a_half_life(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(SIGNED, "accord.delay=50"));
    struct sah_world *never = tiny_make_still(SETS(SIGNED, "accord.goal=0"));
    tiny_run(world, 51);
    tiny_run(never, 51);
    double share = refuge_at(world, "Djibo") / refuge_at(never, "Djibo");
    assert_true(fabs(share - 0.5) < 1e-4);
    sah_world_free(never);
    tiny_run(world, 950);
    assert_true(refuge_at(world, "Djibo") < 1e-4);
    sah_world_free(world);
}

static void signed_before_the_run_it_has_gone_on(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(SIGNED, "accord.delay=1e5"));
    struct sah_world *old =
        tiny_make_still(SETS(SIGNED, "accord.delay=365", "accord.signed=2015-01-01"));
    tiny_run(world, 1);
    tiny_run(old, 1);
    double share = refuge_at(old, "Djibo") / refuge_at(world, "Djibo");
    assert_true(fabs(share - 0.5) < 0.001);
    sah_world_free(world);
    sah_world_free(old);
}

static void before_it_is_signed_there_is_none(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(SIGNED, "accord.signed=2016-02-01"));
    tiny_run(world, 31);
    assert_true(refuge_at(world, "Djibo") <= 0);
    tiny_run(world, 1);
    assert_true(refuge_at(world, "Djibo") > 0.1f);
    sah_world_free(world);
}

/* A goal that is taken back undoes what was done. */
static void the_timeline_may_undo_it(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(SIGNED, "accord.delay=20",
             "timeline=[{date: 2016-07-01, what: accord.goal, to: 0}]"));
    tiny_run(world, 180);
    float before = refuge_at(world, "Djibo");
    tiny_run(world, 180);
    assert_true(before < 0.01f && refuge_at(world, "Djibo") > 0.1f);
    sah_world_free(world);
}

static float presence_at_djibo(const char *most) {
    struct sah_world *world = tiny_make_still(
        SETS(SIGNED, "accord.delay=1e5", "mechanisms.state_presence=on", most));
    tiny_run(world, 20);
    float presence = sahel_of(world)->state[tiny_cell(world, "Djibo")];
    sah_world_free(world);
    return presence;
}

static void presence_falls_by_it(void **state) {
    (void)state;
    float all = presence_at_djibo("accord.most=0");
    float some = presence_at_djibo("accord.most=1");
    assert_true(some < 0.9f * all && some > 0);
}

/* Contacts of the armies' patrols with bands. */
static double contacts(struct sah_world *world) {
    struct tiny_tally tally = tiny_run_count(world, 200);
    return tally.kind_events[SAHEL_PATROL];
}

#define ARMY                                                                        \
    SIGNED, "accord.signatories=[sand, river, hills]", "bands.rooted=1",            \
        "accord.delay=1e5", "mechanisms.attacks=off", "mechanisms.recruitment=off", \
        "mechanisms.spread=off", "mechanisms.rival=off",                            \
        "mechanisms.foreign_force=off", "forces.partner.patrol_rate=0",             \
        "forces.mission.patrol_rate=0", "patrols.fire=0", "patrols.fire_back=0"

static void fewer_patrols_go_there(void **state) {
    (void)state;
    tiny_assert_below("accord at nothing -> in force: contacts",
                      tiny_pair(contacts, SETS(ARMY, "accord.most=0"),
                                SETS(ARMY, "accord.most=1"), 12),
                      5);
}

/* Partners did not sign. */
static void partners_are_not_bound(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(SIGNED, "accord.delay=1e5"));
    tiny_run(world, 1);
    int32_t cell = tiny_cell(world, "Djibo");
    assert_true(sahel_kept_out(world, TINY_SOUTH, cell) > 0.1);
    assert_true(sahel_kept_out(world, TINY_PARTNER, cell) <= 0);
    assert_true(sahel_kept_out(world, TINY_MISSION, cell) <= 0);
    sah_world_free(world);
}

static void the_war_of_factions_is_not_touched(void **state) {
    (void)state;
    struct sah_world *on = tiny_make_still(
        SETS(SIGNED, "mechanisms.attacks=on", "mechanisms.rival=on", "attacks.rate=0.5",
             "attacks.rivalry=10", "accord.delay=1e5"));
    struct sah_world *off =
        tiny_make_still(SETS("mechanisms.attacks=on", "mechanisms.rival=on",
                             "attacks.rate=0.5", "attacks.rivalry=10"));
    for (int day = 0; day < 100; day++) {
        tiny_run(on, 1);
        tiny_run(off, 1);
    }
    const struct sahel *a = sahel_of(on), *b = sahel_of(off);
    size_t pairs = a->nfactions * a->nfactions;
    assert_memory_equal(a->stance, b->stance, pairs * sizeof *a->stance);
    assert_memory_equal(a->at_war, b->at_war, pairs);
    assert_memory_equal(on->logs[SAHEL_LOG_EVENTS].chain,
                        off->logs[SAHEL_LOG_EVENTS].chain, 2 * sizeof(uint64_t));
    assert_true(on->logs[SAHEL_LOG_EVENTS].count > 0 && refuge_at(on, "Djibo") > 0.05f);
    sah_world_free(on);
    sah_world_free(off);
}

static void switched_off_the_state_is_back(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(
        SIGNED, "timeline=[{date: 2016-02-01, what: mechanisms.accord, to: off}]"));
    tiny_run(world, 20);
    assert_true(refuge_at(world, "Djibo") > 0.1f);
    tiny_run(world, 20);
    for (int32_t c = 0; c < world->grid.ncells; c++)
        assert_true(sahel_of(world)->refuge[c] <= 0);
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_state_stays_out_where_signatories_are_felt),
        cmocka_unit_test(it_is_implemented_with_a_half_life),
        cmocka_unit_test(signed_before_the_run_it_has_gone_on),
        cmocka_unit_test(before_it_is_signed_there_is_none),
        cmocka_unit_test(the_timeline_may_undo_it),
        cmocka_unit_test(presence_falls_by_it),
        cmocka_unit_test(fewer_patrols_go_there),
        cmocka_unit_test(partners_are_not_bound),
        cmocka_unit_test(the_war_of_factions_is_not_touched),
        cmocka_unit_test(switched_off_the_state_is_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
