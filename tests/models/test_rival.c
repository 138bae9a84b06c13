/* Mechanism 17, rival: stances fall with overlap, war has two thresholds, spreads in a
 * bloc and moves fighters; nobody is lost. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

#define ALONE "mechanisms.rival=on", "factions.sand.stances={river: 0, hills: 0}"

static float stance(const struct sah_world *world, int a, int b) {
    return sahel_stance(sahel_of(world), a, b);
}
static bool war(const struct sah_world *world, int a, int b) {
    const struct sahel *s = sahel_of(world);
    return s->at_war[(size_t)a * s->nfactions + (size_t)b];
}
static void set_stance(struct sah_world *world, int a, int b, float to) {
    struct sahel *s = sahel_of(world);
    size_t n = s->nfactions;
    s->stance[(size_t)a * n + (size_t)b] = s->stance[(size_t)b * n + (size_t)a] = to;
}
static void set_given(struct sah_world *world, int a, int b, float to) {
    struct sahel *s = sahel_of(world);
    size_t n = s->nfactions;
    s->given[(size_t)a * n + (size_t)b] = s->given[(size_t)b * n + (size_t)a] = to;
}

/* ---- stances ---- */

static void without_competition_a_stance_returns(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS(ALONE, "rival.hostility=0", "rival.relax=100"));
    set_stance(world, TINY_RIVER, TINY_SAND, -0.4f);
    tiny_run(world, 100);
    assert_true(fabsf(stance(world, TINY_RIVER, TINY_SAND) + 0.2f) < 1e-3f);
    assert_false(war(world, TINY_RIVER, TINY_SAND));
    sah_world_free(world);
}

/* 100 fighters of each on one spot, unrooted: 40 felt, on an area that sums to one; of
 * 40, by presence alone at half 40, competition is a half. Cells sample the kernel. */
static void overlap_by_hand(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(ALONE, "rival.hostility=0.1", "rival.relax=100000", "rival.half=40",
             "rival.presence=1", "rival.recruits=0", "rival.sites=0"));
    tiny_clear_bands(world);
    int32_t cell = sah_grid_cell(&world->grid, -1.0, 15.0);
    tiny_add_band(world, TINY_RIVER, cell, 100);
    tiny_add_band(world, TINY_SAND, cell, 100);
    float before = 0, fell = 0;
    for (int k = 0; k < 12; k++) {
        before = stance(world, TINY_RIVER, TINY_SAND);
        tiny_run(world, 1);
        fell = (before - stance(world, TINY_RIVER, TINY_SAND)) / (1 + before);
    }
    assert_true(fell > 0.1f * 0.47f && fell < 0.1f * 0.53f);
    assert_true(stance(world, TINY_HILLS, TINY_SAND) >= 0); /* has nobody */
    sah_world_free(world);
}

/* The fall of a stance in 60 days beside each other. */
static float fall(const char *set) {
    struct sah_world *world =
        tiny_make_still(SETS(ALONE, "rival.hostility=0.01", "rival.half=40", set));
    tiny_clear_bands(world);
    int32_t cell = sah_grid_cell(&world->grid, -1.0, 15.0);
    tiny_add_band(world, TINY_RIVER, cell, 100);
    tiny_add_band(world, TINY_SAND, cell, 100);
    tiny_run(world, 60);
    float fell = -stance(world, TINY_RIVER, TINY_SAND);
    sah_world_free(world);
    return fell;
}

static void who_wants_the_same_competes_more(void **state) {
    (void)state;
    float like = fall("rival.across=0.1");
    assert_true(like > 0.1f);
    assert_true(fall("rival.recruits=0") < like);
    assert_true(fall("rival.sites=0") < like);
    assert_true(fall("factions.sand.aim=autonomy") < 0.2f * like);
    assert_true(fall("rival.half=4000") < 0.5f * like);
}

static void stances_are_mutual_and_bounded(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(SETS("rival.hostility=1", "attacks.rate=0.2"));
    for (int k = 0; k < 200; k++) {
        tiny_run(world, 1);
        for (int a = 0; a < TINY_FACTIONS; a++)
            for (int b = 0; b < TINY_FACTIONS; b++) {
                assert_memory_equal(&(float){stance(world, a, b)},
                                    &(float){stance(world, b, a)}, sizeof(float));
                assert_true(stance(world, a, b) >= -1 && stance(world, a, b) <= 1);
                assert_int_equal(war(world, a, b), war(world, b, a));
            }
    }
    tiny_verify(world);
    sah_world_free(world);
}

/* ---- war ---- */

static void war_does_not_flicker(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS(ALONE, "rival.hostility=0", "rival.relax=100000",
                             "rival.weary=100000", "rival.war=0.5", "rival.truce=0.2"));
    static const struct {
        float stance;
        bool war;
    } path[] = {{-0.3f, false}, {-0.49f, false}, {-0.51f, true}, {-0.3f, true},
                {-0.21f, true}, {-0.19f, false}, {-0.4f, false}, {-0.6f, true}};
    for (size_t k = 0; k < sizeof path / sizeof *path; k++) {
        set_stance(world, TINY_RIVER, TINY_SAND, path[k].stance);
        tiny_run(world, 1);
        assert_int_equal(war(world, TINY_RIVER, TINY_SAND), path[k].war);
    }
    sah_world_free(world);
}

static void a_war_that_nothing_feeds_tires(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(ALONE, "rival.hostility=0", "rival.relax=50", "rival.weary=50"));
    set_given(world, TINY_RIVER, TINY_SAND, -0.3f);
    set_stance(world, TINY_RIVER, TINY_SAND, -0.9f);
    tiny_run(world, 1);
    assert_true(war(world, TINY_RIVER, TINY_SAND));
    tiny_run(world, 300);
    assert_false(war(world, TINY_RIVER, TINY_SAND));
    assert_true(stance(world, TINY_RIVER, TINY_SAND) < -0.2f); /* and stays cool */
    sah_world_free(world);
}

static float stance_of_the_ally(const char *set, const char *pledge) {
    struct sah_world *world =
        tiny_make_still(SETS(ALONE, "rival.hostility=0", "rival.solidarity=20", set,
                             pledge, "factions.river.pledge=2016-01-01"));
    set_given(world, TINY_RIVER, TINY_SAND, -1);
    set_stance(world, TINY_RIVER, TINY_SAND, -1);
    tiny_run(world, 100);
    assert_int_equal(war(world, TINY_HILLS, TINY_SAND),
                     stance(world, TINY_HILLS, TINY_SAND) < -0.5f);
    float found = stance(world, TINY_HILLS, TINY_SAND);
    sah_world_free(world);
    return found;
}

static void sworn_allies_join_a_war(void **state) {
    (void)state;
    const char *now = "factions.hills.pledge=2016-01-01";
    assert_true(stance_of_the_ally("mechanisms.pledges=on", now) < -0.5f);
    assert_true(stance_of_the_ally("mechanisms.pledges=off", now) >= 0);
    assert_true(stance_of_the_ally("mechanisms.pledges=on",
                                   "factions.hills.pledge=2018-01-01") >= 0);
}

static void off_is_what_the_scenario_says(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(SETS("mechanisms.rival=off"));
    tiny_run(world, 100);
    assert_true(stance(world, TINY_RIVER, TINY_SAND) <= -1);
    assert_true(war(world, TINY_RIVER, TINY_SAND));
    assert_false(war(world, TINY_RIVER, TINY_HILLS));
    sah_world_free(world);
}

/* ---- defections ---- */

/* Ten of river among a hundred of sand, at war or not. */
static int64_t gone_over(const char *set, float to, int *back) {
    struct sah_world *world =
        tiny_make_still(SETS(ALONE, "rival.relax=100000", "rival.weary=100000", set));
    set_given(world, TINY_RIVER, TINY_SAND, to);
    set_stance(world, TINY_RIVER, TINY_SAND, to);
    tiny_clear_bands(world);
    int32_t cell = tiny_cell(world, "Gao");
    tiny_add_band(world, TINY_RIVER, cell, 20);
    tiny_add_band(world, TINY_SAND, cell, 200);
    const struct sahel *s = sahel_of(world);
    int64_t left = 0, found = 0;
    for (int k = 0; k < 60; k++) {
        tiny_run(world, 1);
        size_t row = SAHEL_EXIT_DEFECTED * s->nfactions;
        left += s->left_faction[row + TINY_RIVER];
        found += s->left_faction[row + TINY_SAND];
        tiny_verify(world);
    }
    assert_int_equal(tiny_fighters(world, TINY_RIVER), 20 - left + found);
    assert_int_equal(tiny_fighters(world, -1), 220);
    sah_world_free(world);
    *back = (int)found;
    return left;
}

static void fighters_go_over_in_war(void **state) {
    (void)state;
    int back;
    int64_t left = gone_over("rival.defection=0.1", -1, &back);
    assert_true(left >= 15);    /* the weak: 0.1 x 10/11 / 2 a day */
    assert_true(back < 5 * 20); /* the strong: ten times less a head */
    assert_int_equal(gone_over("rival.defection=0", -1, &back), 0);
    assert_int_equal(gone_over("rival.defection=0.1", 0, &back), 0);
    assert_int_equal(gone_over("factions.sand.aim=defence", -1, &back), 0);
}

/* ---- signatures ---- */

#define SHARED "factions.river.homes=[Gao]", "factions.hills.homes=[Gao]"
#define WARLIKE                              \
    "rival.hostility=0.05", "rival.half=30", \
        "factions.sand.stances={river: 0.2, hills: 0.2}"

/* Days until somebody is at war with sand; 300 where nobody is. */
static double days_of_peace(struct sah_world *world) {
    for (int k = 0; k < 300; k++) {
        tiny_run(world, 1);
        if (war(world, TINY_RIVER, TINY_SAND) || war(world, TINY_HILLS, TINY_SAND))
            return k;
    }
    return 300;
}

static void more_overlap_is_earlier_war(void **state) {
    (void)state;
    tiny_assert_below("homes apart -> shared: days until war",
                      tiny_pair(days_of_peace,
                                SETS(WARLIKE, SHARED, "factions.sand.homes=[Tera]"),
                                SETS(WARLIKE, SHARED, "factions.sand.homes=[Gao]"), 6),
                      5);
}

enum { CLASHES, DEFECTORS };

static void war_costs(struct sah_world *world, double measured[TINY_MEASURES]) {
    const struct sahel *s = sahel_of(world);
    struct tiny_tally tally = {0};
    for (int k = 0; k < 240; k++) {
        tiny_run(world, 1);
        tiny_count(world, &tally);
        for (size_t f = 0; f < s->nfactions; f++)
            measured[DEFECTORS] +=
                (double)s->left_faction[SAHEL_EXIT_DEFECTED * s->nfactions + f];
    }
    measured[CLASHES] = tally.kind_deaths[SAHEL_CLASH];
}

static void war_is_violence_and_defection(void **state) {
    (void)state;
    const char *const *peace = SETS(
        SHARED, "factions.sand.homes=[Gao]", "rival.hostility=0", "attacks.rivalry=1",
        "attacks.rate=0.3", "factions.sand.stances={river: 0.2, hills: 0.2}");
    const char *const *at_war = SETS(
        SHARED, "factions.sand.homes=[Gao]", "rival.hostility=0", "attacks.rivalry=1",
        "attacks.rate=0.3", "factions.sand.stances={river: -0.8, hills: -0.8}");
    struct tiny_sample before = tiny_sample(war_costs, peace, 14);
    struct tiny_sample after = tiny_sample(war_costs, at_war, 14);
    tiny_assert_above("peace -> war: deaths among factions",
                      tiny_compare(&before, &after, CLASHES), 5);
    tiny_assert_above("peace -> war: defections",
                      tiny_compare(&before, &after, DEFECTORS), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_competition_a_stance_returns),
        cmocka_unit_test(overlap_by_hand),
        cmocka_unit_test(who_wants_the_same_competes_more),
        cmocka_unit_test(stances_are_mutual_and_bounded),
        cmocka_unit_test(war_does_not_flicker),
        cmocka_unit_test(a_war_that_nothing_feeds_tires),
        cmocka_unit_test(sworn_allies_join_a_war),
        cmocka_unit_test(off_is_what_the_scenario_says),
        cmocka_unit_test(fighters_go_over_in_war),
        cmocka_unit_test(more_overlap_is_earlier_war),
        cmocka_unit_test(war_is_violence_and_defection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
