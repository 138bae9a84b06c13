/* Mechanism 23, aid access: where it reaches, and what those not reached do. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

#define ON "mechanisms.aid_access=on"

static bool near(float is, double should) {
    return fabs((double)is - should) < 1e-5;
}

static void access_by_hand(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(ON, "aid_access.level=0.9", "aid_access.town=50", "aid_access.by_road=0.5",
             "aid_access.apart=0.4", "aid_access.half=10", "aid_access.denied=0.6",
             "aid_access.move_on=0.01", "aid_access.help=2"));
    struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Ansongo");
    s->control[cell] = 1; /* control is off: it stays */
    s->violence[cell] = 5;
    tiny_run(world, 1);
    double town = exp(-(double)world->land->town_km[cell] / 50);
    double ways = 1 - (1 - town) * (1 - 0.5 * (double)world->land->road[cell]);
    double order = 0.4 + 0.6 * (double)SAHEL_STATE_NEUTRAL;
    double access = 0.9 * ways * order * (10.0 / 15) * (1 - 0.6 * 0.5);
    assert_true(near(s->aided[cell], 2 * access));
    assert_true(near(s->forsaken[cell], 0.01 * (1 - access)));
    assert_true(near(s->hardship[cell], 0)); /* nobody is displaced */
    sah_world_free(world);
}

static void a_place_of_displaced_people_loses(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(
        ON, "aid_access.level=0", "aid_access.burden=0.5", "aid_access.crowd=0.2"));
    struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Gao");
    for (size_t i = 0; i < s->communities.base.n; i++)
        if (s->communities.cell[i] == cell && s->communities.group[i] % 2 == 0) {
            s->communities.origin[i] = tiny_cell(world, "Djibo");
            s->displaced_now[cell] += s->communities.people[i];
        }
    double share = (double)s->displaced_now[cell] / s->people_now[cell];
    assert_true(share > 0.05 && share < 1);
    tiny_run(world, 1);
    assert_true(near(s->hardship[cell], 0.5 * share / (share + 0.2)));
    sah_world_free(world);
}

struct moves {
    double fled, want, returned, aided, displaced;
};

/* Djibo flees, then it is calm. */
static struct moves after_flight(const char *const *sets, uint64_t days) {
    struct sah_world *world = tiny_make_still(sets);
    struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    s->violence[cell] = 20;
    for (size_t i = 0; i < s->communities.base.n; i++)
        if (s->communities.cell[i] == cell) s->communities.fear_insurgent[i] = 1;
    struct moves m = {0};
    for (uint64_t day = 0; day < days; day++) {
        tiny_run(world, 1);
        for (size_t k = 0; k < s->ncountries; k++) {
            m.fled += (double)(s->moved[SAHEL_FLED_INSURGENT * s->ncountries + k] +
                               s->moved[SAHEL_FLED_STATE * s->ncountries + k]);
            m.want += (double)s->moved[SAHEL_FLED_WANT * s->ncountries + k];
            m.returned += (double)s->moved[SAHEL_RETURNED * s->ncountries + k];
            m.aided += (double)s->moved[SAHEL_RETURNED_AID * s->ncountries + k];
        }
    }
    for (int32_t c = 0; c < world->grid.ncells; c++) m.displaced += s->displaced_now[c];
    tiny_verify(world);
    sah_world_free(world);
    return m;
}

#define FLIGHT "mechanisms.displacement=on", "displacement.return_rate=0.01"

static void those_not_reached_move_on(void **state) {
    (void)state;
    struct moves off = after_flight(SETS(FLIGHT, "mechanisms.aid_access=off"), 400);
    assert_true(off.fled > 1000 && off.returned > 100);
    assert_true(off.want <= 0 && off.aided <= 0);
    struct moves cut = after_flight(
        SETS(FLIGHT, ON, "aid_access.level=0", "aid_access.move_on=0.005"), 400);
    assert_true(cut.want > 100 && cut.aided <= 0);
    struct moves none = after_flight(
        SETS(FLIGHT, ON, "aid_access.level=0", "aid_access.move_on=0"), 400);
    assert_true(none.want <= 0);
    assert_true(fabs(none.returned - off.returned) <= 0);
}

/* Of those who return, aid has added `aided` for each one it has not. */
static void aid_brings_people_home(void **state) {
    (void)state;
    struct moves m = after_flight(SETS(FLIGHT, ON, "aid_access.level=1",
                                       "aid_access.apart=1", "aid_access.town=1000",
                                       "aid_access.half=1000", "aid_access.help=3",
                                       "aid_access.move_on=0", "displacement.calm=5"),
                                  300);
    double share = m.aided / (m.aided + m.returned);
    assert_true(m.aided + m.returned > 1000);
    assert_true(share > 0.70 && share < 0.76); /* 3/4 at full access */
    assert_true(fabs(m.fled - m.aided - m.returned - m.displaced) <= 0);
}

#define OFTEN "displacement.return_rate=0.01", "displacement.calm=5"

static double returns(struct sah_world *world) {
    return tiny_run_count(world, 240).returned;
}

static void without_access_fewer_return(void **state) {
    (void)state;
    tiny_assert_below("access 1 -> 0: returns",
                      tiny_pair(returns, SETS(OFTEN, "aid_access.level=1"),
                                SETS(OFTEN, "aid_access.level=0"), 16),
                      5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(access_by_hand),
        cmocka_unit_test(a_place_of_displaced_people_loses),
        cmocka_unit_test(those_not_reached_move_on),
        cmocka_unit_test(aid_brings_people_home),
        cmocka_unit_test(without_access_fewer_return),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
