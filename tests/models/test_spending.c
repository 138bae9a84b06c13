/* Mechanism 11, spending: what is bought, what it is worth, and how it wears out. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

#define KIT                                                                \
    "mechanisms.spending=on", "treasury.pay=3", "spending.reserve=0",      \
        "spending.horizon=1", "spending.most=2", "spending.weapons=0.5",   \
        "spending.motorcycles=0.3", "spending.weapons_half=100",           \
        "spending.motorcycles_half=50", "spending.communications_half=40", \
        "spending.poorest=0.5", "spending.richest=1.5",                    \
        "spending.weapons_half_life=100", "spending.motorcycles_half_life=50"

static double spent(const struct sahel *s, enum sahel_stream stream) {
    return -(double)s->money[stream * s->nfactions + TINY_RIVER] / 100;
}

/* The first day by hand: two dollars a fighter in shares, on top of kit of habit. */
static void a_day_by_hand(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS(KIT, "factions.river.reserve=1 MUSD"));
    const struct sahel *s = sahel_of(world);
    tiny_run(world, 1);
    double n = s->ranks[TINY_RIVER], lost = 1 - pow(0.5, 1 / 100.0);
    assert_true(n > 0);
    assert_true(fabs(spent(s, SAHEL_WEAPONS) - n) < 0.02);
    assert_true(fabs(spent(s, SAHEL_MOTORCYCLES) - 0.6 * n) < 0.02);
    assert_true(fabs(spent(s, SAHEL_COMMUNICATIONS) - 0.4 * n) < 0.02);
    double x = 100 * (1 - lost) + 1;
    assert_true(fabs(s->kit[SAHEL_KITS * TINY_RIVER] / n - x) < 1e-3);
    assert_true(fabs(s->firepower[TINY_RIVER] - (0.5 + x / (x + 100))) < 1e-5);
    tiny_verify(world);
    sah_world_free(world);
}

/* Pay and a reserve of it come first. */
static void the_reserve_is_kept(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(KIT, "spending.reserve=60", "factions.river.reserve=40 kUSD"));
    const struct sahel *s = sahel_of(world);
    double least = 60 * 3.0 * (double)tiny_fighters(world, TINY_RIVER);
    for (int day = 0; day < 40; day++) {
        double before = (double)s->treasury[TINY_RIVER] / 100;
        tiny_run(world, 1);
        double bought = spent(s, SAHEL_WEAPONS) + spent(s, SAHEL_MOTORCYCLES) +
                        spent(s, SAHEL_COMMUNICATIONS);
        if (bought > 0) assert_true((double)s->treasury[TINY_RIVER] / 100 > least - 1);
        if (before < least) assert_true(bought <= 0);
    }
    sah_world_free(world);
}

/* Without money kit halves in its half-life, and levels fall to `poorest`. */
static void kit_wears_out(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(KIT, "factions.river.reserve=0"));
    const struct sahel *s = sahel_of(world);
    tiny_run(world, 50);
    double n = s->ranks[TINY_RIVER];
    const float *kit = s->kit + SAHEL_KITS * TINY_RIVER;
    assert_true(fabs(kit[0] / n - 100 * pow(0.5, 0.5)) < 0.01);
    assert_true(fabs(kit[1] / n - 25) < 0.01);
    assert_true(fabs(s->mobility[TINY_RIVER] - (0.5 + 25.0 / 75)) < 1e-4);
    tiny_run(world, 450);
    assert_true(s->mobility[TINY_RIVER] < 0.5 + 0.002);
    assert_true(s->mobility[TINY_RIVER] >= 0.5);
    sah_world_free(world);
}

/* However much money there is, levels stay below `richest`. */
static void money_saturates(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(KIT, "factions.river.reserve=100 MUSD", "spending.most=1000"));
    const struct sahel *s = sahel_of(world);
    tiny_run(world, 300);
    assert_true(s->firepower[TINY_RIVER] > 1.45f && s->firepower[TINY_RIVER] < 1.5f);
    assert_true(s->contactable[TINY_RIVER] > 1.45f &&
                s->contactable[TINY_RIVER] < 1.5f);
    tiny_verify(world);
    sah_world_free(world);
}

/* Signature: without kit reach falls. */
static double away(struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    double km = 0, fighters = 0;
    for (int day = 0; day < 240; day++) {
        tiny_run(world, 1);
        for (size_t b = 0; day >= 120 && b < s->bands.base.n; b++) {
            if (s->bands.cell[b] == SAH_NOWHERE) continue;
            km +=
                s->bands.fighters[b] *
                sah_grid_distance_km(&world->grid, s->bands.home[b], s->bands.cell[b]);
            fighters += s->bands.fighters[b];
        }
    }
    return km / fighters;
}

static void kit_is_reach(void **state) {
    (void)state;
    const char *const *none = SETS("mechanisms.spending=on", "spending.most=0");
    const char *const *much = SETS("mechanisms.spending=on", "spending.most=10");
    struct tiny_contrast c = tiny_pair(away, none, much, 30);
    tiny_assert_above("kit bought, none -> all: way from home", c, 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_by_hand), cmocka_unit_test(the_reserve_is_kept),
        cmocka_unit_test(kit_wears_out), cmocka_unit_test(money_saturates),
        cmocka_unit_test(kit_is_reach),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
