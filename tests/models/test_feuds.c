/* The ground of feuds: heat by hand, counts, sides, memory. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

/* Feuds alone, often enough to be counted; settings of `sets` lie above. */
#define LONE                                                                 \
    "feuds.rate=5", "feuds.tension=0.2", "feuds.revenge=0", "feuds.half=40", \
        "feuds.half_life=100", "feuds.dry=0.4", "feuds.dead=2", "feuds.back=0.5"

static double share_of(const struct sah_world *world, int32_t cell, int livelihood) {
    const struct sahel *s = sahel_of(world);
    double people = 0;
    for (size_t g = 0; g < s->ngroups; g++)
        if ((int)world->geo->group[g].livelihood == livelihood)
            people += s->people_group[(size_t)cell * s->ngroups + g];
    return people / s->people_now[cell];
}

static void no_rate_no_feud(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(SETS("feuds.rate=0"));
    assert_true(tiny_run_count(world, 200).kind_events[SAHEL_STRIFE] <= 0);
    sah_world_free(world);
    world = tiny_make(SETS("feuds.rate=2"));
    assert_true(tiny_run_count(world, 100).kind_events[SAHEL_STRIFE] > 0);
    tiny_verify(world);
    sah_world_free(world);
}

/* Nobody felt, no drought: mixture (1 - state) tension. */
static void heat_is_as_computed_by_hand(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS("feuds.tension=0.2"));
    const struct sahel *s = sahel_of(world);
    tiny_run(world, 1);
    int mixed = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        if (s->people_now[c] <= 0) continue;
        double mixture =
            4 * share_of(world, c, SAH_HERDING) * share_of(world, c, SAH_FARMING);
        double heat = mixture * (1 - (double)SAHEL_STATE_NEUTRAL) * 0.2;
        assert_true(fabs((double)s->mixture[c] - mixture) < 1e-6);
        assert_true(fabs((double)s->feud_heat[c] - heat) < 1e-6);
        mixed += mixture > 0.2;
    }
    assert_true(mixed > 20);
    sah_world_free(world);
}

/* Sources add up as independent ones do, whatever their order; all at most: mixture. */
static void sources_join_and_saturate(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS("feuds.tension=0.2", "feuds.dry=0.4", "feuds.revenge=0.5", "feuds.half=40",
             "feuds.half_life=10000", "feuds.arms=0.5"));
    struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    tiny_run(world, 1);
    double bare = (double)s->mixture[cell] * (1 - (double)SAHEL_STATE_NEUTRAL);
    s->grudge[cell] = 40;
    tiny_run(world, 1);
    assert_true(fabs((double)s->feud_heat[cell] - bare * (1 - 0.8 * 0.75)) < 1e-4);
    s->grudge[cell] = 1e9f;
    tiny_run(world, 1);
    assert_true(fabs((double)s->feud_heat[cell] - bare * (1 - 0.8 * 0.5)) < 1e-4);
    sah_world_free(world);
}

/* As many events as the law says, and every one between communities. */
static void counts_follow_the_law(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(LONE));
    const struct sahel *s = sahel_of(world);
    double expected = 0, events = 0, deaths = 0;
    for (int day = 0; day < 100; day++) {
        tiny_run(world, 1);
        for (int32_t c = 0; c < world->grid.ncells; c++)
            expected += 5 * (double)s->feud_heat[c] * s->people_now[c] / 1e5;
        for (size_t i = 0; i < s->events.base.n; i++) {
            assert_int_equal(s->events.kind[i], SAHEL_STRIFE);
            assert_int_equal(s->events.violence[i], SAHEL_NON_STATE);
            assert_int_equal(s->events.cause[i], SAHEL_CAUSE_FEUD_HEAT);
            assert_true(s->events.deaths_civilians[i] >= 1);
            assert_int_equal(s->events.deaths_a[i] + s->events.deaths_b[i], 0);
            events++;
            deaths += s->events.deaths[i];
        }
    }
    print_message("events %g, expected %g; deaths each %g\n", events, expected,
                  deaths / events);
    assert_true(expected > 200 && fabs(events - expected) < 4.5 * sqrt(expected));
    assert_true(fabs(deaths / events - 4) < 0.5); /* 1 + 2 + 2/2 */
    tiny_verify(world);
    sah_world_free(world);
}

static double people_of(const struct sah_world *world, int livelihood) {
    double people = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++)
        if (sahel_of(world)->people_now[c] > 0)
            people += share_of(world, c, livelihood) * sahel_of(world)->people_now[c];
    return people;
}

/* Without arms both sides lose alike; nobody else loses anybody. */
static void both_sides_lose_alike(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(LONE));
    double herders = people_of(world, SAH_HERDING);
    double farmers = people_of(world, SAH_FARMING);
    double mixed = people_of(world, SAH_MIXED);
    double events = tiny_run_count(world, 100).kind_events[SAHEL_STRIFE];
    herders -= people_of(world, SAH_HERDING);
    farmers -= people_of(world, SAH_FARMING);
    print_message("lost: herders %g, farmers %g in %g events\n", herders, farmers,
                  events);
    assert_true(fabs(herders - farmers) < 4.5 * 3 * sqrt(events));
    assert_true(fabs(mixed - people_of(world, SAH_MIXED)) < 1e-3);
    sah_world_free(world);
}

static double strife(struct sah_world *world) {
    return tiny_run_count(world, 80).kind_deaths[SAHEL_STRIFE];
}

#define ALONE                                                               \
    LONE, "mechanisms.attacks=off", "mechanisms.recruitment=off",           \
        "mechanisms.gold=off", "mechanisms.predation=off", "feuds.rate=2", \
        "feuds.tension=0.05"

static void revenge_feeds_itself(void **state) {
    (void)state;
    tiny_assert_above(
        "revenge 0 -> 0.8: deaths",
        tiny_pair(strife, SETS(ALONE), SETS(ALONE, "feuds.revenge=0.8"), 4), 5);
}

static void drought_feeds_it(void **state) {
    (void)state;
    tiny_assert_above("shortage 0 -> 0.8: deaths",
                      tiny_pair(strife, SETS(ALONE, "environment.drought_threshold=5"),
                                SETS(ALONE, "environment.drought_threshold=5",
                                     "environment.drought=0.8"),
                                6),
                      5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_rate_no_feud),
        cmocka_unit_test(heat_is_as_computed_by_hand),
        cmocka_unit_test(sources_join_and_saturate),
        cmocka_unit_test(counts_follow_the_law),
        cmocka_unit_test(both_sides_lose_alike),
        cmocka_unit_test(revenge_feeds_itself),
        cmocka_unit_test(drought_feeds_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
