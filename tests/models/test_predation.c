/* Mechanism 10, predation: three streams in one cell by hand; effort shifts. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

/* A still world with one band in the cell of Djibo, as felt after its first day. */
static struct sah_world *at_djibo(const char *set) {
    struct sah_world *world = tiny_make_still(SETS("mechanisms.predation=on", set));
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_SAND, tiny_cell(world, "Djibo"), 200);
    tiny_run(world, 1);
    return world;
}

/* Dollars a year out of one cell, as the head of predation.c has it. */
static double cell_income(const struct sah_world *world, int32_t c) {
    const struct sahel *s = sahel_of(world);
    const struct sah_land *land = world->land;
    double people = s->people_now[c];
    double usd[3] = {(double)land->pasture[c] * people,
                     (1 + (double)land->road[c]) * people,
                     10 * (double)land->protected_share[c] * (double)land->area_km2[c]};
    double cube = 0, square = 0;
    for (int k = 0; k < 3; k++) {
        cube += usd[k] * usd[k] * usd[k];
        square += usd[k] * usd[k];
    }
    double felt = (double)s->insurgent[c];
    double grip = felt / (felt + 30) * (1 - (double)s->state[c]);
    return square > 0 ? cube / square * grip : 0;
}

static void income_by_hand(void **state) {
    (void)state;
    struct sah_world *world = at_djibo("predation.burden=0.15");
    const struct sahel *s = sahel_of(world);
    double expected = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++)
        if (world->theatre[c] && s->insurgent[c] > 0) expected += cell_income(world, c);
    struct tiny_tally tally = tiny_run_count(world, 1);
    double all =
        tally.usd[SAHEL_LIVESTOCK] + tally.usd[SAHEL_LEVY] + tally.usd[SAHEL_POACHING];
    assert_true(all > 10);
    assert_true(fabs(all - expected / 365.25) < 0.01 * all);
    tiny_verify(world);
    sah_world_free(world);
}

/* Who defends its own takes nothing, and does not make people poorer. */
static void who_defends_does_not_prey(void **state) {
    (void)state;
    struct sah_world *world = at_djibo("factions.sand.aim=defence");
    const struct sahel *s = sahel_of(world);
    struct tiny_tally tally = tiny_run_count(world, 30);
    assert_true(s->fighters_felt[tiny_cell(world, "Djibo")] > 0);
    assert_true(tally.usd[SAHEL_LIVESTOCK] + tally.usd[SAHEL_LEVY] <= 0);
    for (int32_t c = 0; c < world->grid.ncells; c++) assert_true(s->taken[c] <= 0);
    sah_world_free(world);
}

static void a_burden_on_people(void **state) {
    (void)state;
    struct sah_world *world = at_djibo("predation.burden=0.4");
    const struct sahel *s = sahel_of(world);
    tiny_run(world, 1);
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        assert_true(s->taken[c] >= 0 && s->taken[c] <= 0.4f);
        if (s->insurgent[c] <= 0) assert_true(s->taken[c] <= 0);
    }
    assert_true(s->taken[tiny_cell(world, "Djibo")] > 0);
    sah_world_free(world);
}

static struct tiny_tally month(const char *set) {
    struct sah_world *world = at_djibo(set);
    struct tiny_tally tally = tiny_run_count(world, 30);
    sah_world_free(world);
    return tally;
}

/* Signature: closing one stream shifts predation to the others. */
static void closing_a_stream_shifts_predation(void **state) {
    (void)state;
    struct tiny_tally all = month("predation.levy_rate=1");
    struct tiny_tally closed = month("predation.levy_rate=0");
    assert_true(all.usd[SAHEL_LEVY] > 0);
    assert_true(closed.usd[SAHEL_LEVY] <= 0);
    assert_true(closed.usd[SAHEL_LIVESTOCK] > 1.05 * all.usd[SAHEL_LIVESTOCK]);
    assert_true(closed.usd[SAHEL_LIVESTOCK] + closed.usd[SAHEL_POACHING] <
                all.usd[SAHEL_LIVESTOCK] + all.usd[SAHEL_POACHING] +
                    all.usd[SAHEL_LEVY]);
}

static void a_present_state_leaves_nothing(void **state) {
    (void)state;
    struct sah_world *world = at_djibo("mechanisms.state_presence=on");
    struct sahel *s = sahel_of(world);
    for (int32_t c = 0; c < world->grid.ncells; c++) s->state[c] = 1;
    struct tiny_tally tally = tiny_run_count(world, 1);
    assert_true(tally.usd[SAHEL_LIVESTOCK] + tally.usd[SAHEL_LEVY] <= 0);
    tally = tiny_run_count(world, 1);
    assert_true(tally.usd[SAHEL_LIVESTOCK] + tally.usd[SAHEL_LEVY] > 0);
    sah_world_free(world);
}

/* In a full world too. */
static double livestock(struct sah_world *world) {
    return tiny_run_count(world, 180).usd[SAHEL_LIVESTOCK];
}

static void the_shift_in_a_full_world(void **state) {
    (void)state;
    tiny_assert_above("levies closed: livestock theft",
                      tiny_pair(livestock, NULL, SETS("predation.levy_rate=0"), 8), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(income_by_hand),
        cmocka_unit_test(who_defends_does_not_prey),
        cmocka_unit_test(a_burden_on_people),
        cmocka_unit_test(closing_a_stream_shifts_predation),
        cmocka_unit_test(a_present_state_leaves_nothing),
        cmocka_unit_test(the_shift_in_a_full_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
