/* Mechanism 1, pledges: who belongs to whom from when, and what members share. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

static int days_until(const struct sah_world *world, int32_t day) {
    return (int)(day - world->today);
}

static void members_belong_from_their_date(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS("mechanisms.pledges=on"));
    const struct sahel *s = sahel_of(world);
    tiny_run(world, days_until(world, s->faction[TINY_RIVER].pledge) - 1);
    for (int f = 0; f < TINY_FACTIONS; f++) assert_int_equal(s->bloc[f], f);
    tiny_run(world, 1);
    assert_int_equal(s->bloc[TINY_RIVER], TINY_LEAGUE);
    assert_int_equal(s->bloc[TINY_HILLS], TINY_LEAGUE);
    assert_int_equal(s->bloc[TINY_LEAGUE], TINY_LEAGUE);
    assert_int_equal(s->bloc[TINY_SAND], TINY_SAND);
    sah_world_free(world);
}

static void pledges_chain(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS("mechanisms.pledges=on", "factions.hills.parent=river",
             "factions.hills.pledge=2016-01-01", "factions.river.pledge=2016-01-03"));
    const struct sahel *s = sahel_of(world);
    tiny_run(world, 1);
    assert_int_equal(s->bloc[TINY_HILLS], TINY_RIVER);
    tiny_run(world, 2);
    assert_int_equal(s->bloc[TINY_HILLS], TINY_LEAGUE);
    sah_world_free(world);
}

/* ---- the log of allegiances ---- */

static void assert_turn(const struct sah_world *world, size_t row,
                        const struct sahel_turn *turn) {
    const struct sahel_allegiances *a = &sahel_of(world)->allegiances;
    assert_true(row < a->base.n);
    assert_int_equal(a->date[row], world->today);
    assert_int_equal(a->kind[row], turn->kind);
    assert_int_equal(a->cause[row], turn->cause);
    assert_int_equal(a->side_a[row], turn->side_a);
    assert_int_equal(a->side_b[row], turn->side_b);
    assert_int_equal(a->fighters[row], turn->fighters);
}

static void a_pledge_is_logged_on_its_day(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS("mechanisms.pledges=on"));
    const struct sahel *s = sahel_of(world);
    const struct sah_log *log = &world->logs[SAHEL_LOG_ALLEGIANCES];
    tiny_run(world, days_until(world, s->faction[TINY_RIVER].pledge) - 1);
    assert_int_equal(log->count, 0);
    tiny_run(world, 1);
    assert_int_equal(s->allegiances.base.n, 2);
    assert_turn(world, 0,
                &(struct sahel_turn){SAHEL_TURN_PLEDGE, SAHEL_BY_SCENARIO, TINY_RIVER,
                                     TINY_LEAGUE, 200});
    assert_turn(world, 1,
                &(struct sahel_turn){SAHEL_TURN_PLEDGE, SAHEL_BY_SCENARIO, TINY_HILLS,
                                     TINY_LEAGUE, 150});
    tiny_run(world, 30);
    assert_int_equal(log->count, 2);
    sah_world_free(world);
}

#define THREE_PLEDGE                                        \
    "mechanisms.pledges=on", "factions.sand.parent=league", \
        "factions.river.pledge=2016-01-01", "factions.hills.pledge=2016-01-01"

static void three_at_once_are_a_merger(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS(THREE_PLEDGE, "factions.sand.pledge=2016-01-01"));
    tiny_run(world, 1);
    assert_int_equal(sahel_of(world)->allegiances.base.n, 4);
    assert_turn(world, 2,
                &(struct sahel_turn){SAHEL_TURN_PLEDGE, SAHEL_BY_SCENARIO, TINY_SAND,
                                     TINY_LEAGUE, 120});
    assert_turn(world, 3,
                &(struct sahel_turn){SAHEL_TURN_MERGER, SAHEL_BY_SCENARIO, TINY_LEAGUE,
                                     SAHEL_NOBODY, 200 + 150 + 120});
    tiny_run(world, 30);
    assert_int_equal(world->logs[SAHEL_LOG_ALLEGIANCES].count, 4);
    sah_world_free(world);
}

/* One that was in force before the first day is told on it, but merges with nobody. */
static void pledges_in_force_are_told_on_the_first_day(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS(THREE_PLEDGE, "factions.sand.pledge=2015-06-01"));
    const struct sahel_allegiances *a = &sahel_of(world)->allegiances;
    tiny_run(world, 1);
    assert_int_equal(a->base.n, 3);
    for (size_t i = 0; i < 3; i++) assert_int_equal(a->kind[i], SAHEL_TURN_PLEDGE);
    sah_world_free(world);
}

static void pledges_off_leaves_no_turn(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(
        THREE_PLEDGE, "factions.sand.pledge=2016-01-01", "mechanisms.pledges=off"));
    tiny_run(world, 5);
    assert_int_equal(world->logs[SAHEL_LOG_ALLEGIANCES].count, 0);
    sah_world_free(world);
}

/* ---- money and people ---- */

/* River holds 100,000 above its reserve, hills lack 30,000: a gift of half the surplus
 * is capped by what is lacked, of a tenth it is not. League is content. */
static int64_t gift(const char *pooled) {
    struct sah_world *world = tiny_make_still(
        SETS("mechanisms.pledges=on", "pledges.reserve=100", pooled,
             "factions.river.pledge=2016-01-01", "factions.hills.pledge=2016-01-01"));
    struct sahel *s = sahel_of(world);
    int64_t books = s->treasury[TINY_RIVER] + s->treasury[TINY_HILLS];
    s->treasury[TINY_RIVER] = 10000 * tiny_fighters(world, TINY_RIVER) + 10000000;
    s->treasury[TINY_HILLS] = 10000 * tiny_fighters(world, TINY_HILLS) - 3000000;
    if (s->treasury[TINY_HILLS] < 0) s->treasury[TINY_HILLS] = 0;
    s->sum[SAHEL_SUM_MONEY_START] +=
        s->treasury[TINY_RIVER] + s->treasury[TINY_HILLS] - books;
    int64_t before = s->treasury[TINY_HILLS];
    tiny_run(world, 1);
    tiny_verify(world);
    int64_t given = s->treasury[TINY_HILLS] - before;
    assert_int_equal(s->money[SAHEL_SHARED * s->nfactions + TINY_HILLS], given);
    assert_int_equal(s->money[SAHEL_SHARED * s->nfactions + TINY_RIVER], -given);
    assert_int_equal(s->money[SAHEL_SHARED * s->nfactions + TINY_SAND], 0);
    sah_world_free(world);
    return given;
}

static void the_richer_give_to_the_poorer(void **state) {
    (void)state;
    assert_int_equal(gift("pledges.pooled=0"), 0);
    assert_int_equal(gift("pledges.pooled=0.05"), 500000);
    assert_int_equal(gift("pledges.pooled=1"),
                     1500000); /* 150 fighters at 100 dollars */
}

/* Signature: the umbrella shares money, so that its poor members are paid; nobody has
 * other income than what comes from outside. */
#define NO_INCOME \
    "mechanisms.gold=off", "mechanisms.predation=off", "mechanisms.attacks=off"

static double arrears_of_the_poor(struct sah_world *world) {
    double sum = 0;
    for (int k = 0; k < 300; k++) {
        tiny_run(world, 1);
        sum += (double)sahel_of(world)->arrears[TINY_HILLS];
    }
    return sum / 300;
}

static void the_umbrella_pays_its_poor(void **state) {
    (void)state;
    tiny_assert_below("pledges off -> on: arrears of the poorest member",
                      tiny_pair(arrears_of_the_poor,
                                SETS(NO_INCOME, "mechanisms.pledges=off"),
                                SETS(NO_INCOME), 6),
                      5);
}

/* Members stop competing: two of them on one spot draw the more from the same people. */
static double pull_of_two(struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Gao");
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_RIVER, cell, 100);
    tiny_add_band(world, TINY_HILLS, cell, 100);
    tiny_run(world, 3);
    return tiny_mean(s->contact + (size_t)cell * s->ngroups, s->ngroups);
}

static void members_do_not_compete(void **state) {
    (void)state;
    const char *const *on =
        SETS("factions.river.pledge=2016-01-01", "factions.hills.pledge=2016-01-01",
             "mechanisms.attacks=off", "mechanisms.spread=off");
    const char *const *off = SETS("mechanisms.pledges=off", "mechanisms.attacks=off",
                                  "mechanisms.spread=off");
    tiny_assert_above("pledges off -> on: pull of two members",
                      tiny_pair(pull_of_two, off, on, 3), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_belong_from_their_date),
        cmocka_unit_test(pledges_chain),
        cmocka_unit_test(a_pledge_is_logged_on_its_day),
        cmocka_unit_test(three_at_once_are_a_merger),
        cmocka_unit_test(pledges_in_force_are_told_on_the_first_day),
        cmocka_unit_test(pledges_off_leaves_no_turn),
        cmocka_unit_test(the_richer_give_to_the_poorer),
        cmocka_unit_test(the_umbrella_pays_its_poor),
        cmocka_unit_test(members_do_not_compete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
