/* Mixed attrition against its mean, worked out by hand.
 *
 * With t exponential of mean 1 a part 1 - e^(-x t) is x / (1 + x) in the mean. */
#include "models/sahel/losses.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

enum { FIGHTS = 20000 };

static struct sahel_fight fight(struct sahel_fight fight, uint32_t number) {
    struct sah_rng rng;
    sah_rng_at(&rng, 7, 1, 1, number);
    if (fight.front <= 0) fight.front = 1e12; /* everybody in contact */
    sah_attrition(&fight, &rng);
    return fight;
}

static void without_fire_nobody_dies(void **state) {
    (void)state;
    for (uint32_t k = 0; k < 1000; k++) {
        struct sahel_fight f =
            fight((struct sahel_fight){.striker = 50, .struck = 80}, k);
        assert_int_equal(f.struck_dead + f.striker_dead, 0);
    }
}

static void nobody_dies_twice(void **state) {
    (void)state;
    for (uint32_t k = 0; k < 1000; k++) {
        struct sahel_fight f = fight(
            (struct sahel_fight){
                .striker = 50, .struck = 80, .fire = 1e6, .fire_back = 1e6},
            k);
        assert_in_range(f.struck_dead, 0, 80);
        assert_in_range(f.striker_dead, 0, 50);
    }
}

static void nobody_fights_nobody(void **state) {
    (void)state;
    struct sahel_fight alone = {.striker = 50, .fire = 1, .fire_back = 1};
    alone = fight(alone, 1);
    assert_int_equal(alone.struck_dead + alone.striker_dead, 0);
}

/* No more than the front of either side can fall; a small side is all in contact. */
static void only_the_front_dies(void **state) {
    (void)state;
    assert_int_equal(sah_engaged(100, 100), 50);
    assert_int_equal(sah_engaged(100000, 100), 100);
    assert_int_equal(sah_engaged(1, 100), 1);
    assert_int_equal(sah_engaged(0, 100), 0);
    for (uint32_t k = 0; k < 1000; k++) {
        struct sahel_fight f = fight((struct sahel_fight){.striker = 3000,
                                                          .struck = 2000,
                                                          .fire = 1e6,
                                                          .fire_back = 1e6,
                                                          .front = 100},
                                     k);
        assert_in_range(f.struck_dead, 90, 95);
        assert_in_range(f.striker_dead, 90, 97);
    }
}

static void assert_mean(double sum, double square, double expected) {
    double mean = sum / FIGHTS, variance = square / FIGHTS - mean * mean;
    assert_true(fabs(mean - expected) < 4.5 * sqrt(variance / FIGHTS));
}

/* A strikes B: x = fire A / B on B, y = fire_back B / (A + B) on A. */
static void means(void **state) {
    (void)state;
    const struct sahel_fight start = {
        .striker = 40, .struck = 100, .fire = 0.5, .fire_back = 0.3};
    double sum[2] = {0}, square[2] = {0};
    for (uint32_t k = 0; k < FIGHTS; k++) {
        struct sahel_fight f = fight(start, k);
        sum[0] += f.struck_dead;
        sum[1] += f.striker_dead;
        square[0] += (double)f.struck_dead * f.struck_dead;
        square[1] += (double)f.striker_dead * f.striker_dead;
    }
    double x = 0.5 * 40 / 100, y = 0.3 * 100 / 140;
    assert_mean(sum[0], square[0], 100 * x / (1 + x));
    assert_mean(sum[1], square[1], 40 * y / (1 + y));
}

/* Whatever kind an event is of, the ratio of wounded to dead is that of the parameter. */
static void every_death_has_its_wounded(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(
        SETS("losses.wounded=2", "factions.river.device_share=0",
             "factions.river.indirect_share=0", "factions.hills.device_share=0",
             "factions.hills.indirect_share=0", "factions.sand.device_share=0",
             "factions.sand.indirect_share=0", "attacks.complex_share=0"));
    const struct sahel_events *e = &sahel_of(world)->events;
    double dead[SAHEL_NKINDS] = {0}, hurt[SAHEL_NKINDS] = {0};
    for (int day = 0; day < 400; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < e->base.n; i++) {
            dead[e->kind[i]] += e->deaths[i];
            hurt[e->kind[i]] += e->wounded[i];
        }
    }
    int tried = 0;
    for (int k = 0; k < SAHEL_NKINDS; k++) {
        if (dead[k] < 30) continue;
        tried++;
        assert_true(fabs(hurt[k] - 2 * dead[k]) < 4.5 * sqrt(2 * dead[k]));
    }
    assert_true(tried >= 4);
    sah_world_free(world);
}

static void without_a_ratio_nobody_is_wounded(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make(SETS("losses.wounded=0", "mechanisms.protection=off"));
    const struct sahel_events *e = &sahel_of(world)->events;
    size_t seen = 0;
    for (int day = 0; day < 200; day++) {
        tiny_run(world, 1);
        seen += e->base.n;
        for (size_t i = 0; i < e->base.n; i++) assert_int_equal(e->wounded[i], 0);
    }
    assert_true(seen > 50);
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_fire_nobody_dies),
        cmocka_unit_test(nobody_dies_twice),
        cmocka_unit_test(nobody_fights_nobody),
        cmocka_unit_test(only_the_front_dies),
        cmocka_unit_test(means),
        cmocka_unit_test(every_death_has_its_wounded),
        cmocka_unit_test(without_a_ratio_nobody_is_wounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
