/* Mechanism 35, environment: seasons and shortage by hand, and what they do. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

static void the_rains_by_hand(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS("mechanisms.environment=on"));
    const struct sahel *s = sahel_of(world);
    for (int32_t day = 1; day <= 366; day++) {
        tiny_run(world, 1);
        double z = (day - 232) / 35.0, bump = 0.6 * exp(-0.5 * z * z);
        for (int32_t c = 0; c < world->grid.ncells; c++) {
            double wet = (20 - sah_grid_lat(&world->grid, c)) / 7;
            wet = wet > 1 ? 1 : wet;
            assert_true(fabs((double)s->season[c] - (1 - bump * wet)) < 1e-6);
        }
    }
    sah_world_free(world);
}

static void shortage_by_livelihood(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS("mechanisms.environment=on", "environment.drought=0.5",
             "environment.drought_threshold=5", "environment.farming_loss=0.6",
             "environment.herding_loss=0.8"));
    const struct sahel *s = sahel_of(world);
    tiny_run(world, 1);
    static const double lost[] = {0.3, 0.4, 0.35, 0.09};
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        if (!world->theatre[c]) continue;
        assert_true(fabs((double)s->drought[c] - 0.5) < 1e-6);
        for (size_t l = 0; l < SAHEL_LIVELIHOODS; l++)
            assert_true(fabs((double)s->shortage[(size_t)c * SAHEL_LIVELIHOODS + l] -
                             lost[l]) < 1e-6);
    }
    sah_world_free(world);
}

/* A harvest is one draw: the same from October to September, another year another. */
static void a_harvest_lasts_a_year(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS("mechanisms.environment=on", "environment.drought_threshold=0"));
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    tiny_run(world, 1);
    float first = s->drought[cell];
    tiny_run(world, 273); /* 30 September */
    assert_true(s->drought[cell] <= first && s->drought[cell] >= first);
    double changed = 0;
    tiny_run(world, 5);
    for (int32_t c = 0; c < world->grid.ncells; c++) changed += (double)s->drought[c];
    tiny_run(world, 366);
    for (int32_t c = 0; c < world->grid.ncells; c++) changed -= (double)s->drought[c];
    assert_true(fabs(changed) > 1e-3);
    sah_world_free(world);
}

static void no_rains_no_season(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.environment=on", "environment.rain_depth=0"));
    tiny_run(world, 230);
    size_t n = (size_t)world->grid.ncells;
    assert_true(tiny_mean(sahel_of(world)->season, n) >= 1);
    sah_world_free(world);
}

/* Signature: a low in the rains. */
static double events_in_the_rains(struct sah_world *world) {
    tiny_run(world, 182);
    return tiny_run_count(world, 92).events;
}

static void fewer_events_in_the_rains(void **state) {
    (void)state;
    tiny_assert_below("rain depth 0 -> 0.9: events in July to September",
                      tiny_pair(events_in_the_rains, SETS("environment.rain_depth=0"),
                                SETS("environment.rain_depth=0.9"), 12),
                      5);
}

/* Signature: drought raises joining. */
#define HELD                                                                      \
    "mechanisms.attacks=off", "mechanisms.spread=off", "mechanisms.severity=off", \
        "mechanisms.foreign_force=off", "recruitment.base_rate=3e-5",             \
        "environment.drought_threshold=5"

static double recruits(struct sah_world *world) {
    return tiny_run_count(world, 240).recruits;
}

static void drought_raises_joining(void **state) {
    (void)state;
    tiny_assert_above(
        "drought 0 -> 1: recruits",
        tiny_pair(recruits, SETS(HELD), SETS(HELD, "environment.drought=1"), 8), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rains_by_hand),
        cmocka_unit_test(shortage_by_livelihood),
        cmocka_unit_test(a_harvest_lasts_a_year),
        cmocka_unit_test(no_rains_no_season),
        cmocka_unit_test(fewer_events_in_the_rains),
        cmocka_unit_test(drought_raises_joining),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
