/* Mechanism 4, leadership: losses by date and by raids, what they cost, who follows. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

static double led(const struct sah_world *world, int faction) {
    return (double)sahel_of(world)->leadership[faction];
}
static double driven(const struct sah_world *world, int faction) {
    return (double)sahel_of(world)->drive[faction];
}
static void assert_near(double is, double should) {
    if (fabs(is - should) > 1e-4) fail_msg("%g, not %g", is, should);
}

#define LOST_ON(date) \
    "timeline=[{date: " date ", what: factions.river.leader, to: 0.2}]"

/* Four fifths are lost on the day; half of what lacks is made good in 60 days. */
static void a_dated_loss_is_made_good(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.leadership=on", "leadership.succession=60",
                             "leadership.tempo=0.5", LOST_ON("2016-01-11")));
    while (world->today < sah_day_of((struct sah_date){2016, 1, 10}))
        tiny_run(world, 1);
    assert_near(led(world, TINY_RIVER), 1);
    tiny_run(world, 1);
    assert_near(led(world, TINY_RIVER), 0.2);
    assert_near(driven(world, TINY_RIVER), 1 - 0.5 * 0.8);
    assert_near(led(world, TINY_HILLS), 1);
    assert_near(driven(world, TINY_HILLS), 1);
    tiny_run(world, 60);
    assert_near(led(world, TINY_RIVER), 0.6);
    tiny_run(world, 600);
    assert_true(led(world, TINY_RIVER) > 0.999);
    sah_world_free(world);
}

/* The log of allegiances has the loss and, later, the succession. */
static void loss_and_succession_are_told(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(
        "mechanisms.leadership=on", "leadership.succession=30", LOST_ON("2016-01-11")));
    const struct sahel_allegiances *a = &sahel_of(world)->allegiances;
    int lost = 0, followed = 0;
    for (int k = 0; k < 120; k++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < a->base.n; i++) {
            assert_int_equal(a->side_a[i], TINY_RIVER);
            lost += a->kind[i] == SAHEL_TURN_LEADER_LOST &&
                    a->cause[i] == SAHEL_BY_SCENARIO;
            followed += a->kind[i] == SAHEL_TURN_SUCCESSION;
        }
        assert_true(followed <= lost);
    }
    assert_int_equal(lost, 1);
    assert_int_equal(followed, 1);
    sah_world_free(world);
}

/* Told once, a loss is not told again; set back to 1, it can be. */
static void only_a_fall_is_a_loss(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS("mechanisms.leadership=on", "leadership.succession=1",
             "timeline=[{date: 2016-01-05, what: factions.river.leader, to: 0},"
             "{date: 2016-02-05, what: factions.river.leader, to: 1},"
             "{date: 2016-02-10, what: factions.river.leader, to: 0.3}]"));
    while (world->today < sah_day_of((struct sah_date){2016, 2, 9})) tiny_run(world, 1);
    assert_true(led(world, TINY_RIVER) > 0.999);
    tiny_run(world, 1);
    assert_near(led(world, TINY_RIVER), 0.3);
    sah_world_free(world);
}

/* Raids find what is known: all, none, or nobody to raid. */
static double after_raids(const char *found, const char *raids) {
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.leadership=on", "mechanisms.foreign_force=on",
                             "leadership.succession=3000", raids, found));
    tiny_run(world, 120);
    double least = 1;
    for (int f = 0; f < TINY_FACTIONS; f++)
        if (led(world, f) < least) least = led(world, f);
    tiny_verify(world);
    sah_world_free(world);
    return least;
}

static void raids_find_leaders(void **state) {
    (void)state;
    assert_near(after_raids("leadership.found=0", "forces.partner.raid_rate=0.5"), 1);
    assert_near(after_raids("leadership.found=1", "forces.partner.raid_rate=0"), 1);
    assert_true(after_raids("leadership.found=1", "forces.partner.raid_rate=0.5") <
                0.6);
}

/* Signature: a loss lowers the tempo for months, not for good. */
static double attacks_of_river(struct sah_world *world, int days) {
    const struct sahel *s = sahel_of(world);
    double count = 0;
    for (int k = 0; k < days; k++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < s->events.base.n; i++)
            count += s->events.side_a[i] == TINY_RIVER;
    }
    return count;
}

enum { EARLY, LATE };

static void tempo(struct sah_world *world, double attacks[TINY_MEASURES]) {
    attacks[EARLY] = attacks_of_river(world, 120);
    tiny_run(world, 480);
    attacks[LATE] = attacks_of_river(world, 360);
}

#define CALM                                                                          \
    "mechanisms.recruitment=off", "mechanisms.foreign_force=off",                     \
        "mechanisms.cohesion=off", "mechanisms.displacement=off", "treasury.leave=0", \
        "treasury.leave_arrears=0", "attacks.fire_back=0", "attacks.rivalry=0",       \
        "forces.north.patrol_rate=0", "forces.south.patrol_rate=0",                   \
        "forces.east.patrol_rate=0"

static void a_loss_slows_for_months_not_for_good(void **state) {
    (void)state;
    const char *const *kept = SETS(CALM, "leadership.tempo=0.8");
    const char *const *lost = SETS(CALM, "leadership.tempo=0.8", LOST_ON("2016-01-02"));
    struct tiny_sample of_kept = tiny_sample(tempo, kept, 24);
    struct tiny_sample of_lost = tiny_sample(tempo, lost, 24);
    struct tiny_contrast early = tiny_compare(&of_kept, &of_lost, EARLY);
    tiny_assert_below("leader lost: attacks in four months", early, 5);
    struct tiny_contrast late = tiny_compare(&of_kept, &of_lost, LATE);
    print_message("after 600 days: %g -> %g\n", late.mean_a, late.mean_b);
    assert_true(early.difference < -0.3 * early.mean_a);
    assert_true(late.difference > -0.15 * late.mean_a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dated_loss_is_made_good),
        cmocka_unit_test(loss_and_succession_are_told),
        cmocka_unit_test(only_a_fall_is_a_loss),
        cmocka_unit_test(raids_find_leaders),
        cmocka_unit_test(a_loss_slows_for_months_not_for_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
