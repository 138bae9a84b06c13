/* Mechanism 38, learning: what groups know by what they did, and what it is worth. */
#include "models/sahel/splinter.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdlib.h>

/* With exponent 1, habit 0 and a high ceiling tempo is 1 + E: it tells what is known. */
#define PLAIN                                                            \
    "mechanisms.learning=on", "learning.exponent=1", "learning.habit=0", \
        "learning.most=100", "learning.half_life=10", "learning.shared=0"

static double skill(const struct sah_world *world, int faction) {
    return (double)sahel_of(world)->skill[faction];
}

static void assert_near(double is, double should) {
    if (!(fabs(is - should) <= 2e-5 * fmax(1, fabs(should))))
        fail_msg("%.8g, not %.8g", is, should);
}

/* One band that strikes civilians almost daily: each act counts and fades. */
static void each_attack_is_known_and_fades(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(PLAIN, "mechanisms.attacks=on", "attacks.rate=0.9",
             "attacks.half_density=0.001", "factions.sand.civilian_share=1",
             "attacks.kidnap_share=1"));
    struct sahel *s = sahel_of(world);
    tiny_clear_bands(world);
    size_t band = tiny_add_band(world, TINY_SAND, tiny_cell(world, "Djibo"), 10);
    double known = 0, keep = exp2(-1 / 10.0), count = 0;
    for (int day = 0; day < 40; day++) {
        s->bands.gear[band] = s->bands.embedded[band] = 1;
        tiny_run(world, 1);
        known *= keep;
        for (size_t i = 0; i < s->events.base.n; i++) {
            assert_int_equal(s->events.side_a[i], TINY_SAND);
            known++;
            count++;
        }
        assert_near(skill(world, TINY_SAND), 1 + known);
        assert_near(skill(world, TINY_RIVER), 1);
    }
    assert_true(count > 5);
    sah_world_free(world);
}

/* What it brought is half gone after a half-life. */
static void a_faction_brings_what_it_knew(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(PLAIN, "factions.sand.experience=64", "factions.sand.from=2016-01-05"));
    tiny_run(world, 3);
    assert_near(skill(world, TINY_SAND), 1); /* not there yet */
    while (world->today < sah_day_of((struct sah_date){2016, 1, 5})) tiny_run(world, 1);
    assert_near(skill(world, TINY_SAND), 1 + 64 * exp2(-0.1));
    tiny_run(world, 9);
    assert_near(skill(world, TINY_SAND), 33);
    tiny_run(world, 50);
    assert_near(skill(world, TINY_SAND), 2);
    sah_world_free(world);
}

/* Members of a bloc add shared * hosting of what the others know, once they are pledged. */
static void members_learn_from_each_other(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(PLAIN, "learning.shared=0.5", "learning.half_life=100000",
             "mechanisms.pledges=on", "pledges.shared=0.6",
             "factions.river.experience=40", "factions.hills.experience=10",
             "factions.sand.experience=5", "factions.league.from=2016-01-01",
             "factions.river.pledge=2016-01-05", "factions.hills.pledge=2016-01-05"));
    tiny_run(world, 3);
    double keep = exp2(-3 / 100000.0);
    assert_near(skill(world, TINY_RIVER), 1 + 40 * keep);
    assert_near(skill(world, TINY_HILLS), 1 + 10 * keep);
    while (world->today < sah_day_of((struct sah_date){2016, 1, 5})) tiny_run(world, 1);
    keep = exp2(-5 / 100000.0);
    assert_near(skill(world, TINY_RIVER), 1 + (40 + 0.3 * 10) * keep);
    assert_near(skill(world, TINY_HILLS), 1 + (10 + 0.3 * 40) * keep);
    assert_near(skill(world, TINY_LEAGUE), 1 + 0.3 * 50 * keep);
    assert_near(skill(world, TINY_SAND), 1 + 5 * keep);
    sah_world_free(world);
}

/* ((1 + 15)/(1 + 63))^(1/2) = 1/2; 1 at habit; no more than the ceiling. */
static void tempo_is_a_power_of_what_is_known(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(PLAIN, "learning.half_life=100000", "learning.exponent=0.5",
             "learning.habit=63", "learning.most=2", "factions.river.experience=15",
             "factions.hills.experience=63", "factions.sand.experience=10000"));
    tiny_run(world, 1);
    assert_near(skill(world, TINY_RIVER), 0.5);
    assert_near(skill(world, TINY_HILLS), 1);
    assert_true(skill(world, TINY_SAND) >= 2 && skill(world, TINY_SAND) <= 2);
    assert_near(skill(world, TINY_EMBERS), 1 / 8.0);
    sah_world_free(world);
}

/* ---- splinters ---- */

static void break_away(struct sah_world *world, int from) {
    bool *leaves = calloc(sahel_of(world)->bands.base.n + 1, sizeof *leaves);
    assert_non_null(leaves);
    sah_sahel_break_away(world, from, TINY_EMBERS, leaves, 0);
    free(leaves);
}

/* It knows what those it left know; a row taken anew, what its new line knows. */
static void a_splinter_knows_what_its_line_knew(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(PLAIN, "factions.sand.experience=64", "factions.river.experience=20"));
    tiny_run(world, 10);
    assert_near(skill(world, TINY_EMBERS), 1);
    break_away(world, TINY_SAND);
    tiny_run(world, 10);
    assert_near(skill(world, TINY_EMBERS), 1 + 64 / 4.0);
    assert_near(skill(world, TINY_SAND), 1 + 64 / 4.0);
    break_away(world, TINY_RIVER); /* the first one had died out */
    tiny_run(world, 10);
    assert_near(skill(world, TINY_EMBERS), 1 + 20 / 8.0);
    sah_sahel_come_back(world, TINY_EMBERS, TINY_RIVER);
    tiny_run(world, 1);
    break_away(world, TINY_RIVER);
    tiny_run(world, 9);
    assert_near(skill(world, TINY_EMBERS), 1 + 20 / 16.0);
    sah_world_free(world);
}

/* ---- neutral ---- */

static void assert_habit(const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nfactions; f++)
        assert_true(s->skill[f] >= 1 && s->skill[f] <= 1);
}

static void without_an_exponent_tempo_is_that_of_habit(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(SETS("learning.exponent=0", "learning.habit=17",
                                             "factions.sand.experience=99"));
    for (int day = 0; day < 60; day++) {
        tiny_run(world, 1);
        assert_habit(world);
    }
    sah_world_free(world);
}

static void off_is_habit(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(PLAIN, "factions.sand.experience=64",
             "timeline=[{date: 2016-01-04, what: mechanisms.learning, to: off}]"));
    tiny_run(world, 3);
    assert_true(skill(world, TINY_SAND) > 50);
    tiny_run(world, 1);
    assert_habit(world);
    sah_world_free(world);
    world = tiny_make_still(SETS("mechanisms.learning=off", "learning.exponent=1",
                                 "factions.sand.experience=64"));
    tiny_run(world, 3);
    assert_habit(world);
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_attack_is_known_and_fades),
        cmocka_unit_test(a_faction_brings_what_it_knew),
        cmocka_unit_test(members_learn_from_each_other),
        cmocka_unit_test(tempo_is_a_power_of_what_is_known),
        cmocka_unit_test(a_splinter_knows_what_its_line_knew),
        cmocka_unit_test(without_an_exponent_tempo_is_that_of_habit),
        cmocka_unit_test(off_is_habit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
