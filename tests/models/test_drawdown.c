/* Mechanism 31, drawdown: the shield is believed at once and missed slowly. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

/* The partner's soldiers go home, and the books say so. */
static void withdraw(struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    for (size_t p = 0; p < s->posts.base.n; p++) {
        if (s->force[s->posts.force[p]].owner == SAHEL_NATIONAL) continue;
        s->sum[SAHEL_SUM_SOLDIERS_WITHDRAWN] += s->posts.soldiers[p];
        s->posts.soldiers[p] = 0;
    }
    s->force[TINY_PARTNER].strength = s->force[TINY_MISSION].strength = 0;
}

static void half_of_it_in_a_half_life(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.drawdown=on", "drawdown.linger=50"));
    const struct sahel *s = sahel_of(world);
    int32_t gao = tiny_cell(world, "Gao");
    tiny_run(world, 1);
    float full = s->shield[gao];
    assert_true(full > 100);
    withdraw(world);
    tiny_run(world, 50);
    assert_true(s->cover[gao] <= 0);
    assert_true(fabsf(s->shield[gao] - full / 2) < 0.01f * full);
    tiny_run(world, 50);
    assert_true(fabsf(s->shield[gao] - full / 4) < 0.01f * full);
    tiny_verify(world);
    sah_world_free(world);
}

static void off_the_shield_goes_with_the_soldiers(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(NULL);
    const struct sahel *s = sahel_of(world);
    tiny_run(world, 1);
    withdraw(world);
    tiny_run(world, 1);
    assert_true(s->shield[tiny_cell(world, "Gao")] <= 0);
    sah_world_free(world);
}

static void newcomers_are_believed_at_once(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS("mechanisms.drawdown=on"));
    struct sahel *s = sahel_of(world);
    int32_t gao = tiny_cell(world, "Gao");
    tiny_run(world, 1);
    for (size_t p = 0; p < s->posts.base.n; p++)
        if (s->posts.force[p] == TINY_PARTNER) {
            s->sum[SAHEL_SUM_SOLDIERS_SENT] += s->posts.soldiers[p];
            s->posts.soldiers[p] *= 2;
        }
    tiny_run(world, 1);
    assert_true(s->shield[gao] >= s->cover[gao] && s->shield[gao] <= s->cover[gao]);
    sah_world_free(world);
}

/* Signature: gaps fill slowly. Fighters felt at the former base, half a year on. */
static double fighters_at_base(struct sah_world *world) {
    double felt = 0;
    tiny_run(world, 60);
    withdraw(world);
    for (int day = 0; day < 120; day++) {
        tiny_run(world, 1);
        felt += (double)sahel_of(world)->insurgent[tiny_cell(world, "Gao")] / 120;
    }
    return felt;
}

static void gaps_fill_slowly(void **state) {
    (void)state;
#define ONLY_MOVES                                                                     \
    "mechanisms.attacks=off", "mechanisms.recruitment=off", "mechanisms.severity=off", \
        "mechanisms.foreign_force=off", "spread.shield=6", "spread.stay=5",            \
        "spread.state=0", "spread.home=0"
    tiny_assert_below("drawdown off -> on: fighters at a former base",
                      tiny_pair(fighters_at_base,
                                SETS(ONLY_MOVES, "mechanisms.drawdown=off"),
                                SETS(ONLY_MOVES, "drawdown.linger=200"), 20),
                      5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_of_it_in_a_half_life),
        cmocka_unit_test(off_the_shield_goes_with_the_soldiers),
        cmocka_unit_test(newcomers_are_believed_at_once),
        cmocka_unit_test(gaps_fill_slowly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
