/* Mechanism 8, abuse: who is harmed, how much, and what becomes of it. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

static struct tiny_tally season(const char *set) {
    struct sah_world *world = tiny_make(SETS(set));
    struct tiny_tally tally = tiny_run_count(world, 200);
    tiny_verify(world);
    sah_world_free(world);
    return tally;
}

static void no_harm_no_sweep(void **state) {
    (void)state;
    struct tiny_tally t = season("abuse.level=0");
    assert_true(t.kind_events[SAHEL_PATROL] > 0);
    assert_true(t.kind_events[SAHEL_SWEEP] <= 0);
    assert_true(season("abuse.level=1").kind_events[SAHEL_SWEEP] > 0);
}

/* ---- contacts on order: one raid a day, mean known -------------------------------- */

#define RAIDED                                                      \
    "mechanisms.foreign_force=on", "mechanisms.abuse=on",           \
        "foreign_force.deadliness=0", "forces.partner.raid_rate=1", \
        "forces.partner.strength=2000", "forces.partner.harm=3",    \
        "forces.partner.lethality=1", "foreign_force.length=0"

/* Deaths by raid in a still world where one band stands at Gao. */
static double deaths_per_raid(float discipline) {
    struct sah_world *world = tiny_make_still(SETS(RAIDED));
    struct sahel *s = sahel_of(world);
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_SAND, tiny_cell(world, "Gao"), 40);
    s->discipline[TINY_PARTNER] = discipline;
    struct tiny_tally t = {0};
    for (int day = 0; day < 250; day++) {
        tiny_run(world, 1);
        tiny_count(world, &t);
    }
    tiny_verify(world);
    sah_world_free(world);
    return t.kind_deaths[SAHEL_SWEEP] / t.kind_events[SAHEL_RAID];
}

/* An exponential mean of 3: variance 3 + 9 a raid, some 500 raids. */
static void harm_is_what_the_force_lists(void **state) {
    (void)state;
    double plain = deaths_per_raid(1);
    print_message("deaths a raid: %g, listed 3 times a will to inform\n", plain);
    assert_true(plain > 1 && plain < 3 + 4.5 * sqrt(12.0 / 500));
}

/* More than in proportion: where people are harmed they tell less. */
static void discipline_multiplies(void **state) {
    (void)state;
    assert_true(deaths_per_raid(0) <= 0);
    double plain = deaths_per_raid(1), twice = deaths_per_raid(2);
    print_message("deaths a raid: %g, undisciplined %g\n", plain, twice);
    assert_true(twice / plain > 1.6 && twice / plain < 3.2);
}

static double deaths_by_fire(const char *lethality) {
    struct sah_world *world =
        tiny_make_still(SETS(RAIDED, "communities.fear_half_life=5", lethality));
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_SAND, tiny_cell(world, "Gao"), 40);
    struct tiny_tally t = tiny_run_count(world, 250);
    sah_world_free(world);
    return t.kind_deaths[SAHEL_SWEEP] / t.kind_events[SAHEL_RAID];
}

/* What misses fighters hits people: the more fire, the more of both. */
static void fire_multiplies(void **state) {
    (void)state;
    double weak = deaths_by_fire("forces.partner.lethality=0.5");
    double strong = deaths_by_fire("forces.partner.lethality=2");
    print_message("deaths a raid: fire 0.5 %g, fire 2 %g\n", weak, strong);
    assert_true(strong / weak > 2.5 && strong / weak < 8);
}

/* Of those who live at Gao only the group of the band is suspected, but for 5 %. */
static void the_suspected_pay(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(RAIDED, "factions.sand.profile={tuareg: 1, fulani: 0, songhai: 0}"));
    const struct sahel *s = sahel_of(world);
    int32_t gao = tiny_cell(world, "Gao");
    size_t row = (size_t)gao * s->ngroups;
    size_t tuareg = (size_t)sah_geography_group(world->geo, "tuareg");
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_SAND, gao, 40);
    tiny_run(world, 1);
    double people = s->people_now[gao], theirs = s->people_group[row + tuareg];
    tiny_run(world, 150);
    double killed = people - s->people_now[gao];
    double share = (theirs - s->people_group[row + tuareg]) / killed;
    double expected = theirs * 1.05 / (theirs + people * 0.05);
    print_message("tuareg: %.2g of people, %.2g of %g deaths, expected %.2g\n",
                  theirs / people, share, killed, expected);
    assert_true(killed > 100 && share > 0.7 * expected && share > 2 * theirs / people);
    sah_world_free(world);
}

/* Nobody patrols, nobody raids: what units did to people, they did in anger. */
static void losses_make_reprisals(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.abuse=on", "forces.north.patrol_rate=1e-9",
                             "abuse.anger=5", "abuse.reprisal=1"));
    const struct sahel *s = sahel_of(world);
    int32_t post = 0;
    while (s->posts.force[post] != TINY_NORTH) post++;
    assert_true(tiny_run_count(world, 20).events <= 0);
    s->posts.pressure[post] = 1;
    int events = 0;
    for (int day = 0; day < 20; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < s->events.base.n; i++, events++) {
            assert_int_equal(s->events.kind[i], SAHEL_SWEEP);
            assert_int_equal(s->events.cause[i], SAHEL_CAUSE_ANGER);
            assert_int_equal(s->events.violence[i], SAHEL_ONE_SIDED);
        }
    }
    assert_true(events > 2);
    tiny_verify(world);
    sah_world_free(world);
}

/* ---- what becomes of it ------------------------------------------------------------- */

/* Patrols that find bands and fight nobody, bands that stay and strike nobody: harm alone
 * makes the difference. */
#define HELD                                                                      \
    "mechanisms.attacks=off", "mechanisms.spread=off", "mechanisms.severity=off", \
        "mechanisms.foreign_force=off", "feuds.rate=0"

static double abused(struct sah_world *world) {
    return tiny_run_count(world, 240).reason[SAHEL_ABUSE];
}

static void harm_makes_recruits(void **state) {
    (void)state;
    tiny_assert_above("harm 0 -> 8 times: recruits for abuse",
                      tiny_pair(abused, SETS(HELD, "patrols.fire=0", "abuse.level=0"),
                                SETS(HELD, "patrols.fire=0", "abuse.level=8"), 8),
                      5);
}

/* Accuracy against effectiveness: recruits in a year where forces fire twice as well, and
 * where they harm half as much; they harm many. */
static double recruits(struct sah_world *world) {
    return tiny_run_count(world, 365).recruits;
}

static void accuracy_beats_effectiveness(void **state) {
    (void)state;
    tiny_assert_below("fire twice -> harm half: recruits",
                      tiny_pair(recruits,
                                SETS(HELD, "abuse.level=8", "patrols.fire=0.6"),
                                SETS(HELD, "abuse.level=4"), 8),
                      5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_harm_no_sweep),
        cmocka_unit_test(harm_is_what_the_force_lists),
        cmocka_unit_test(discipline_multiplies),
        cmocka_unit_test(fire_multiplies),
        cmocka_unit_test(the_suspected_pay),
        cmocka_unit_test(losses_make_reprisals),
        cmocka_unit_test(harm_makes_recruits),
        cmocka_unit_test(accuracy_beats_effectiveness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
