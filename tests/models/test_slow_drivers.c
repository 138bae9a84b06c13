/* Mechanism 20, slow drivers: what they act on, where, and how slowly. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

#define ON "mechanisms.slow_drivers=on"

static bool near(float is, double should) {
    return fabs((double)is - should) < 1e-4;
}

static void without_targets_nothing_changes(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(ON));
    tiny_run(world, 200);
    const struct sahel *s = sahel_of(world);
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        assert_true(s->relief[c] <= 0 && s->relief[c] >= 0);
        assert_true(s->probity[c] <= 0 && s->probity[c] >= 0);
        assert_true(s->idle[c] <= 1 && s->idle[c] >= 1);
    }
    sah_world_free(world);
}

/* Twelve firsts of a month in a year; the first of the first day is one of them. */
static void a_year_by_hand(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(ON, "slow_drivers.poverty=0.5", "slow_drivers.corruption=1",
             "slow_drivers.schooling=-0.5", "slow_drivers.blame=0.4",
             "slow_drivers.youth=0.6", "slow_drivers.poverty_half_life=1000",
             "slow_drivers.corruption_half_life=2000",
             "slow_drivers.schooling_half_life=500"));
    tiny_run(world, 360);
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Gao");
    double days = 12 * 30.4;
    assert_true(near(s->relief[cell], 0.5 * (1 - exp2(-days / 1000))));
    assert_true(near(s->probity[cell], 0.4 * (1 - exp2(-days / 2000))));
    assert_true(near(s->idle[cell], 1 + 0.3 * (1 - exp2(-days / 500))));
    sah_world_free(world);
}

/* A region comes before its country; who is not named gets nothing. */
static void a_programme_has_places(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(ON, "slow_drivers.poverty=1", "slow_drivers.poverty_half_life=30",
             "slow_drivers.poverty_in={MLI: 0.5, MLI-gao: 0.2, BFA: 1}"));
    tiny_run(world, 1000);
    const struct sahel *s = sahel_of(world);
    assert_true(near(s->relief[tiny_cell(world, "Gao")], 0.2));
    assert_true(near(s->relief[tiny_cell(world, "Douentza")], 0.5));
    assert_true(near(s->relief[tiny_cell(world, "Djibo")], 1));
    assert_true(near(s->relief[tiny_cell(world, "Tillaberi")], 0));
    sah_world_free(world);
}

/* Mean grievance and wealth of people when all has gone its way. */
static void people_after(const char *poverty, const char *corruption, double *grievance,
                         double *wealth) {
    struct sah_world *world = tiny_make_still(
        SETS(ON, poverty, corruption, "slow_drivers.poverty_half_life=30",
             "slow_drivers.corruption_half_life=30", "slow_drivers.blame=1",
             "communities.grievance_half_life=10", "communities.wealth_half_life=5"));
    tiny_run(world, 900);
    const struct sahel_communities *c = &sahel_of(world)->communities;
    double people = *grievance = *wealth = 0;
    for (size_t i = 0; i < c->base.n; i++) {
        people += c->people[i];
        *grievance += c->people[i] * (double)c->grievance[i];
        *wealth += c->people[i] * (double)c->wealth[i];
    }
    *grievance /= people;
    *wealth /= people;
    sah_world_free(world);
}

static void they_move_what_people_fall_back_to(void **state) {
    (void)state;
    double g0, w0, g, w;
    people_after("slow_drivers.poverty=0", "slow_drivers.corruption=0", &g0, &w0);
    people_after("slow_drivers.poverty=1", "slow_drivers.corruption=0.5", &g, &w);
    assert_true(fabs(w - 1) < 1e-3);
    assert_true(fabs(g - g0 / 2) < 1e-3);
    people_after("slow_drivers.poverty=-1", "slow_drivers.corruption=-1", &g, &w);
    assert_true(fabs((1 - w) - 2 * (1 - w0)) < 2e-3);
    assert_true(g > g0 && g <= 1);
}

static void off_is_as_before(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(ON, "slow_drivers.poverty=1", "slow_drivers.schooling=1",
             "timeline=[{date: 2016-03-05, what: mechanisms.slow_drivers, to: off}]"));
    tiny_run(world, 60);
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Gao");
    assert_true(s->relief[cell] > 0 && s->idle[cell] < 1);
    tiny_run(world, 10);
    assert_true(s->relief[cell] <= 0 && s->idle[cell] >= 1);
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_targets_nothing_changes),
        cmocka_unit_test(a_year_by_hand),
        cmocka_unit_test(a_programme_has_places),
        cmocka_unit_test(they_move_what_people_fall_back_to),
        cmocka_unit_test(off_is_as_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
