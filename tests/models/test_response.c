/* Response: who comes after an attack, how many hours later, and whom they find. */
#include "sim/study/branch.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

/* One band that strikes people all the time and loses nobody to them. */
#define ATTACKS                                                          \
    "mechanisms.response=on", "mechanisms.attacks=on", "attacks.rate=1", \
        "attacks.half_density=0.001", "attacks.exposed=0.001",           \
        "attacks.kidnap_share=0", "attacks.civilian_base=0",             \
        "attacks.civilian_size=0", "factions.sand.civilian_share=1",     \
        "factions.sand.stances={}", "response.answered=1"
/* No chance in the delay, and nobody flies. */
#define BY_HAND                                                                \
    "response.spread=0", "response.decision=6", "response.speed=10",           \
        "response.range=100", "response.find=0", "forces.partner.raid_rate=0", \
        "forces.mission.strength=0", "response.told=0"

static int32_t beside_gao(const struct sah_world *world) {
    return tiny_cell(world, "Gao") + 2 * world->grid.nlon;
}

static struct sah_world *one_band(const char *const *sets, int32_t *cell) {
    struct sah_world *world = tiny_make_still(sets);
    tiny_clear_bands(world);
    *cell = beside_gao(world);
    tiny_add_band(world, TINY_SAND, *cell, 20);
    return world;
}

/* ---- hours --------------------------------------------------------------------------- */

static double nearest_km(const struct sah_world *world, int force, int32_t cell) {
    const struct sahel_posts *p = &sahel_of(world)->posts;
    double least = 1e9;
    for (size_t i = 0; i < p->base.n; i++) {
        double km = sah_grid_distance_km(&world->grid, p->cell[i], cell);
        if (p->force[i] == force && p->soldiers[i] > 0 && km < least) least = km;
    }
    return least;
}

/* The hours of all attacks of some days; -1 where one was not answered. */
static int hours_of(struct sah_world *world, int days, double *least, double *most) {
    const struct sahel_events *e = &sahel_of(world)->events;
    int n = 0;
    *least = 1e9;
    *most = -1e9;
    for (int day = 0; day < days; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < e->base.n; i++) {
            double hours = (double)e->response_hours[i];
            if (!e->band[i]) continue;
            if (hours < *least) *least = hours;
            if (hours > *most) *most = hours;
            n++;
        }
    }
    return n;
}

static void assert_hours(const char *const *sets, double expected) {
    int32_t cell;
    double least, most;
    struct sah_world *world = one_band(sets, &cell);
    assert_true(hours_of(world, 40, &least, &most) > 5);
    assert_true(fabs(least - expected) < 1e-3 && fabs(most - expected) < 1e-3);
    sah_world_free(world);
}

static void hours_are_those_of_decision_and_way(void **state) {
    (void)state;
    int32_t cell;
    struct sah_world *world = one_band(SETS(ATTACKS, BY_HAND), &cell);
    double km = nearest_km(world, TINY_NORTH, cell);
    sah_world_free(world);
    assert_true(km > 20 && km < 100);
    assert_hours(SETS(ATTACKS, BY_HAND), 6 + km / 10);
    assert_hours(SETS(ATTACKS, BY_HAND, "response.speed=20"), 6 + km / 20);
    assert_hours(SETS(ATTACKS, BY_HAND, "response.range=20"), -1);
    assert_hours(SETS(ATTACKS, BY_HAND, "response.answered=0"), -1);
}

/* A partner that flies saves part of the decision, and comes where no army does. */
static void air_support_shortens_them(void **state) {
    (void)state;
    int32_t cell;
    struct sah_world *world = one_band(SETS(ATTACKS, BY_HAND), &cell);
    double km = nearest_km(world, TINY_NORTH, cell);
    double fly = nearest_km(world, TINY_PARTNER, cell);
    sah_world_free(world);
    assert_hours(
        SETS(ATTACKS, BY_HAND, "forces.partner.raid_rate=0.03", "response.air=0.5"),
        3 + km / 10);
    assert_hours(SETS(ATTACKS, BY_HAND, "forces.partner.raid_rate=0.03",
                      "forces.north.strength=0", "response.air=0.5",
                      "response.air_speed=100"),
                 3 + fly / 100);
    assert_hours(SETS(ATTACKS, BY_HAND, "forces.partner.raid_rate=0.03",
                      "forces.partner.raid_range=10", "response.air=0.5"),
                 6 + km / 10);
}

/* Who is told of the place sets out sooner: by what is known there. */
static void information_shortens_them(void **state) {
    (void)state;
    int32_t cell;
    struct sah_world *world =
        one_band(SETS(ATTACKS, BY_HAND, "response.told=0.5"), &cell);
    double km = nearest_km(world, TINY_NORTH, cell), least, most;
    int n = hours_of(world, 40, &least, &most);
    double known = sahel_known(sahel_of(world), cell);
    print_message("known %.3f, hours %.3f .. %.3f\n", known, least, most);
    assert_true(n > 5 && known > 0.05);
    assert_true(fabs(most - km / 10 - 6 * (1 - 0.5 * known)) < 0.3);
    assert_true(most < 6 + km / 10 - 0.1);
    sah_world_free(world);
}

/* Half of the delays lie below the decision, one in six beyond a standard deviation. */
static void delays_are_log_normal(void **state) {
    (void)state;
    int32_t cell;
    struct sah_world *world = one_band(
        SETS(ATTACKS, BY_HAND, "response.spread=0.8", "response.speed=200"), &cell);
    double way = nearest_km(world, TINY_NORTH, cell) / 200;
    const struct sahel_events *e = &sahel_of(world)->events;
    int n = 0, below = 0, beyond = 0;
    for (int day = 0; day < 900; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < e->base.n; i++, n++) {
            double hours = (double)e->response_hours[i] - way;
            below += hours < 6;
            beyond += hours > 6 * exp(0.8);
        }
    }
    print_message("of %d answers %d below the median, %d beyond one deviation\n", n,
                  below, beyond);
    assert_true(n > 200);
    assert_true(fabs(below - 0.5 * n) < 4.5 * sqrt(0.25 * n));
    assert_true(fabs(beyond - 0.1587 * n) < 4.5 * sqrt(0.1335 * n));
    sah_world_free(world);
}

/* ---- pursuit ------------------------------------------------------------------------- */

#define FINDS                                                                         \
    "response.find=1", "response.trail=1000", "response.slip=0.1", "response.fire=0", \
        "response.fire_back=0"

static int pursuits_in(struct sah_world *world, int days) {
    return (int)tiny_run_count(world, days).kind_events[SAHEL_PURSUIT];
}

static int pursuits(const char *const *sets, int days) {
    int32_t cell;
    struct sah_world *world = one_band(sets, &cell);
    int n = pursuits_in(world, days);
    tiny_verify(world);
    sah_world_free(world);
    return n;
}

static void those_who_struck_are_found(void **state) {
    (void)state;
    assert_true(pursuits(SETS(ATTACKS, BY_HAND, FINDS), 60) > 5);
    assert_int_equal(pursuits(SETS(ATTACKS, BY_HAND), 60), 0);
    assert_int_equal(pursuits(SETS(ATTACKS, BY_HAND, FINDS, "response.trail=0.1"), 60),
                     0);
}

static void losses_are_booked(void **state) {
    (void)state;
    int32_t cell;
    struct sah_world *world =
        one_band(SETS(ATTACKS, BY_HAND, FINDS, "response.fire=1"), &cell);
    struct tiny_tally tally = tiny_run_count(world, 60);
    assert_true(tally.fighters_killed > 0);
    assert_true(tally.kind_deaths[SAHEL_PURSUIT] >= tally.fighters_killed);
    tiny_verify(world);
    sah_world_free(world);
}

/* Answers of 54 hours and the way come on the third day, and not before. */
static void calls_wait_for_their_day(void **state) {
    (void)state;
    int32_t cell;
    struct sah_world *world =
        one_band(SETS(ATTACKS, BY_HAND, FINDS, "response.decision=54"), &cell);
    const struct sahel *s = sahel_of(world);
    int first = -1;
    for (int day = 0; day < 60; day++) {
        tiny_run(world, 1);
        if (first < 0 && s->events.base.n) first = day;
        bool found = false;
        for (size_t i = 0; i < s->events.base.n; i++)
            found |= s->events.kind[i] == SAHEL_PURSUIT;
        if (found) assert_true(first >= 0 && day >= first + 2);
        for (size_t i = 0; i < s->calls.base.n; i++)
            assert_true(s->calls.cell[i] == SAH_NOWHERE ||
                        s->calls.due[i] >= (int32_t)world->tick);
    }
    assert_true(first >= 0);
    sah_world_free(world);
}

/* Near a border they slip across; a force does not follow where it may not act. */
static void borders_shelter(void **state) {
    (void)state;
    assert_int_equal(pursuits(SETS(ATTACKS, BY_HAND, FINDS, "forces.north.area=[BFA]",
                                   "forces.partner.strength=0"),
                              60),
                     0);
    int near = pursuits(SETS(ATTACKS, BY_HAND, FINDS, "response.slip=1000"), 200);
    int far = pursuits(SETS(ATTACKS, BY_HAND, FINDS), 200);
    print_message("pursuits with and without slipping: %d %d\n", near, far);
    assert_true(near < far / 2);
}

/* ---- state --------------------------------------------------------------------------- */

#define SLOW                                                       \
    "response.decision=60", "attacks.rate=0.5", "response.find=1", \
        "response.trail=1000", "response.told=0", "foreign_force.wary=0"

/* Calls under way are state: taken up by another world they end the same. */
static void calls_survive_a_checkpoint(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(SETS(SLOW));
    struct sah_snapshot eve;
    struct sah_error err = {0};
    for (int day = 0; day < 300 && sahel_of(world)->calls.base.n == 0; day++)
        tiny_run(world, 1);
    assert_true(sahel_of(world)->calls.base.n > 0);
    assert_int_equal(sah_snapshot_take(world, &eve, &err), SAH_OK);
    double straight = pursuits_in(world, 40);
    struct sah_digest whole = sah_world_digest(world);
    struct sah_world *other = tiny_make(SETS(SLOW));
    assert_int_equal(sah_snapshot_put(other, &eve, &err), SAH_OK);
    assert_true(straight > 0 && fabs(pursuits_in(other, 40) - straight) < 0.5);
    assert_true(sah_digest_equal(sah_world_digest(other), whole));
    sah_snapshot_free(&eve);
    sah_world_free(other);
    sah_world_free(world);
}

static void switched_off_nobody_is_on_the_way(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(
        SETS(SLOW, "attacks.caution=0", "response.decision=200",
             "timeline=[{date: 2016-03-01, what: mechanisms.response, to: off}]"));
    tiny_run(world, 59);
    assert_true(sahel_of(world)->calls.base.n > 0);
    tiny_run(world, 3);
    assert_int_equal(sahel_of(world)->calls.base.n, 0);
    sah_world_free(world);
}

/* ---- signature ----------------------------------------------------------------------- */

static double answered(struct sah_world *world) {
    const struct sahel_events *e = &sahel_of(world)->events;
    double n = 0;
    for (int day = 0; day < 200; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < e->base.n; i++) n += e->response_hours[i] >= 0;
    }
    return n;
}

static void stretched_forces_answer_less(void **state) {
    (void)state;
    tiny_assert_below("need 0.1 -> 2000: attacks answered",
                      tiny_pair(answered, SETS("overstretch.need=0.1"),
                                SETS("overstretch.need=2000"), 10),
                      5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_are_those_of_decision_and_way),
        cmocka_unit_test(air_support_shortens_them),
        cmocka_unit_test(information_shortens_them),
        cmocka_unit_test(delays_are_log_normal),
        cmocka_unit_test(those_who_struck_are_found),
        cmocka_unit_test(losses_are_booked),
        cmocka_unit_test(calls_wait_for_their_day),
        cmocka_unit_test(borders_shelter),
        cmocka_unit_test(calls_survive_a_checkpoint),
        cmocka_unit_test(switched_off_nobody_is_on_the_way),
        cmocka_unit_test(stretched_forces_answer_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
