/* Mechanism 15, control: zones, and the violence they call for. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

/* Control as good as fixed: a half-life far longer than a day. */
static struct sah_world *held_at(float value) {
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.control=on", "control.half_life=1000",
                             "control.least=0.3", "control.scale=2"));
    struct sahel *s = sahel_of(world);
    for (int32_t c = 0; c < world->grid.ncells; c++) s->control[c] = value;
    tiny_run(world, 1);
    return world;
}

static void assert_violence(float control, float of_insurgents, float of_forces) {
    struct sah_world *world = held_at(control);
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    assert_true(world->theatre[cell]);
    assert_true(fabsf(s->coercion[cell] - of_insurgents) < 0.02f);
    assert_true(fabsf(s->coercion[world->grid.ncells + cell] - of_forces) < 0.02f);
    sah_world_free(world);
}

/* Low at both ends and at parity, high for whoever has the upper hand (Kalyvas). */
static void violence_by_zone(void **state) {
    (void)state;
    assert_violence(-2, 0.3f, 0.3f);
    assert_violence(-1, 0.3f, 2);
    assert_violence(0, 0.3f, 0.3f);
    assert_violence(1, 2, 0.3f);
    assert_violence(2, 0.3f, 0.3f);
}

static void half_of_the_way_in_a_half_life(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.control=on", "control.half_life=1"));
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Kaya");
    tiny_run(world, 30);
    float goal = s->control[cell];
    sah_world_free(world);
    world = tiny_make_still(SETS("mechanisms.control=on", "control.half_life=20"));
    tiny_run(world, 20);
    assert_true(fabsf(sahel_of(world)->control[cell] - (goal - 1) / 2) < 0.01f);
    sah_world_free(world);
}

static void control_stays_within_its_zones(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(SETS("control.half_life=1"));
    const struct sahel *s = sahel_of(world);
    for (int k = 0; k < 365; k++) {
        tiny_run(world, 1);
        for (int32_t c = 0; c < world->grid.ncells; c++) {
            assert_true(s->control[c] >= -2 && s->control[c] <= 2);
            assert_true(s->coercion[c] >= 0.29f && s->coercion[c] <= 2.01f);
        }
    }
    sah_world_free(world);
}

/* Fighters pull control up, soldiers and services down. */
static double control_at(int fighters) {
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.control=on", "control.half_life=1"));
    int32_t cell = tiny_cell(world, "Djibo");
    tiny_clear_bands(world);
    if (fighters) tiny_add_band(world, TINY_SAND, cell, fighters);
    tiny_run(world, 20);
    double control = (double)sahel_of(world)->control[cell];
    sah_world_free(world);
    return control;
}

static void fighters_raise_control(void **state) {
    (void)state;
    double none = control_at(0), some = control_at(50), many = control_at(5000);
    assert_true(none < -1.5);
    assert_true(none + 0.1 < some && some + 0.1 < many);
}

/* Signature: with control held, civilians killed by bands are few at both ends and at
 * parity, many in between. */
static double held;
static double killings(struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    struct tiny_tally tally = {0};
    for (int day = 0; day < 150; day++) {
        for (int32_t c = 0; c < world->grid.ncells; c++)
            if (world->theatre[c]) s->control[c] = (float)held;
        if (day == 0) tiny_run(world, 1);
        tiny_run(world, 1);
        tiny_count(world, &tally);
    }
    return tally.kind_events[SAHEL_KILLING];
}

static double killings_at(double control) {
    const char *const *sets = SETS("control.half_life=1000", "mechanisms.spread=off");
    double sum = 0;
    held = control;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct sah_world *world = tiny_make_seed(seed, sets);
        sum += killings(world);
        sah_world_free(world);
    }
    return sum;
}

static void killings_by_zone(void **state) {
    (void)state;
    double low[3] = {killings_at(-2), killings_at(0), killings_at(2)};
    double high = killings_at(1);
    print_message("killings at -2, 0, 1, 2: %g %g %g %g\n", low[0], low[1], high,
                  low[2]);
    for (int k = 0; k < 3; k++) assert_true(high - low[k] > 5 * sqrt(high + low[k]));
}

static void control_can_be_held(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(SETS("control.held=on", "control.zone=1",
                                             "control.least=0.3", "control.scale=2"));
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    for (int k = 0; k < 60; k++) {
        tiny_run(world, 1);
        assert_true(fabsf(s->control[cell] - 1) <= 0);
        assert_true(fabsf(s->coercion[cell] - 2) < 1e-6f);
    }
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(violence_by_zone),
        cmocka_unit_test(half_of_the_way_in_a_half_life),
        cmocka_unit_test(control_stays_within_its_zones),
        cmocka_unit_test(fighters_raise_control),
        cmocka_unit_test(killings_by_zone),
        cmocka_unit_test(control_can_be_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
