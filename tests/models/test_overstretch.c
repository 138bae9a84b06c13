/* Mechanism 19, overstretch: a fixed force against a growing area, by hand. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

/* The response of Burkina Faso's army with its first `cells` cells troubled. */
static double response(int cells, const char *strength, double *expected) {
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.overstretch=on", "overstretch.need=400",
                             "overstretch.trouble=1", strength));
    struct sahel *s = sahel_of(world);
    const struct sahel_force *army = &s->force[TINY_SOUTH];
    double area = 0, soldiers = 0;
    for (int32_t c = 0; c < world->grid.ncells && cells; c++) {
        if (!army->may_act[sahel_country_of(world, c)] || !world->theatre[c]) continue;
        s->violence[c] = 2;
        area += (double)world->land->area_km2[c] / 1000;
        cells--;
    }
    tiny_run(world, 1);
    for (size_t p = 0; p < s->posts.base.n; p++)
        if (s->posts.force[p] == TINY_SOUTH) soldiers += s->posts.soldiers[p];
    double answer = (double)s->response[TINY_SOUTH];
    assert_true(s->response[TINY_EAST] >= 1);
    *expected = soldiers / (400 * area);
    sah_world_free(world);
    return answer;
}

static void doubling_the_area_halves_the_response(void **state) {
    (void)state;
    double expected, twice;
    double ten = response(10, "forces.south.strength=4000", &expected);
    assert_true(expected < 1);
    assert_true(fabs(ten - expected) < 1e-3);
    double twenty = response(20, "forces.south.strength=4000", &twice);
    assert_true(fabs(twenty - twice) < 1e-3);
    assert_true(fabs(twenty / ten - 0.5) < 0.01);
}

static void doubling_the_force_doubles_it(void **state) {
    (void)state;
    double expected;
    double once = response(20, "forces.south.strength=4000", &expected);
    double twice = response(20, "forces.south.strength=8000", &expected);
    assert_true(fabs(twice / once - 2) < 0.01);
}

static void in_peace_every_call_is_answered(void **state) {
    (void)state;
    double expected;
    assert_true(response(0, "forces.south.strength=4000", &expected) >= 1);
    assert_true(response(0, "forces.south.strength=0", &expected) >= 1);
}

static void without_soldiers_none_is(void **state) {
    (void)state;
    double expected;
    assert_true(response(5, "forces.south.strength=0", &expected) <= 0);
}

/* Signature: stretched forces find fewer bands. */
static double contacts(struct sah_world *world) {
    return tiny_run_count(world, 300).kind_events[SAHEL_PATROL];
}

static void stretched_forces_find_fewer_bands(void **state) {
    (void)state;
    tiny_assert_below("need 0.1 -> 2000: contacts",
                      tiny_pair(contacts, SETS("overstretch.need=0.1"),
                                SETS("overstretch.need=2000"), 16),
                      5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubling_the_area_halves_the_response),
        cmocka_unit_test(doubling_the_force_doubles_it),
        cmocka_unit_test(in_peace_every_call_is_answered),
        cmocka_unit_test(without_soldiers_none_is),
        cmocka_unit_test(stretched_forces_find_fewer_bands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
