/* Mechanism 27, joint command: what members share, how soon they decide, where they
 * may follow. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdlib.h>

#define MEMBERS  "forces.north.command=g5", "forces.south.command=g5"
#define STILL_ON "mechanisms.joint_command=on", "mechanisms.drawdown=off"

static struct sah_world *after_a_day(const char *const *sets) {
    struct sah_world *world = tiny_make_still(sets);
    tiny_run(world, 6);
    return world;
}

static void assert_none(const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    for (int32_t c = 0; c < world->grid.ncells; c++)
        assert_true(s->shared_tips[c] <= 0 && s->followed[c] <= 0);
}

static void without_reach_nothing_is_shared(void **state) {
    (void)state;
    struct sah_world *world =
        after_a_day(SETS(STILL_ON, MEMBERS, "joint_command.reach=0"));
    const struct sahel *s = sahel_of(world);
    assert_none(world);
    for (size_t f = 0; f < s->nforces; f++)
        assert_true(s->delay[f] >= 1 && s->strip_km[f] <= 0);
    sah_world_free(world);
}

/* One member alone has no border to share, nor have two of different commands. */
static void nobody_shares_alone(void **state) {
    (void)state;
    struct sah_world *world =
        after_a_day(SETS(STILL_ON, "forces.north.command=g5", "joint_command.reach=1"));
    assert_none(world);
    sah_world_free(world);
    world = after_a_day(SETS(STILL_ON, "forces.north.command=a",
                             "forces.south.command=b", "joint_command.reach=1"));
    assert_none(world);
    sah_world_free(world);
}

static void members_decide_sooner_and_others_as_before(void **state) {
    (void)state;
    struct sah_world *world = after_a_day(
        SETS(STILL_ON, MEMBERS, "joint_command.reach=0.5", "joint_command.faster=0.4"));
    const struct sahel *s = sahel_of(world);
    assert_true(fabs((double)s->delay[TINY_NORTH] - 0.8) < 1e-6);
    assert_true(fabs((double)s->delay[TINY_SOUTH] - 0.8) < 1e-6);
    assert_true(fabs((double)s->strip_km[TINY_NORTH] - 25) < 1e-5);
    assert_true(s->delay[TINY_EAST] >= 1 && s->strip_km[TINY_EAST] <= 0);
    assert_true(s->delay[TINY_PARTNER] >= 1);
    sah_world_free(world);
}

/* Strip-deep into the other member's country, nowhere else. */
static void members_act_in_each_others_strips(void **state) {
    (void)state;
    struct sah_world *world =
        after_a_day(SETS(STILL_ON, MEMBERS, "joint_command.reach=1"));
    int mali = sah_geography_country(world->geo, "MLI");
    int faso = sah_geography_country(world->geo, "BFA"), open = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        int country = world->land->country[c];
        bool strip = country == faso && world->land->border_km[c] <= 50;
        if (country < 0 || !world->theatre[c]) continue;
        open += strip;
        assert_int_equal(sahel_may_act(world, TINY_NORTH, c), country == mali || strip);
    }
    assert_true(open > 10);
    sah_world_free(world);
}

/* Counted anew: the best of what the other member is told around. */
static void tips_are_those_of_the_other_side(void **state) {
    (void)state;
    struct sah_world *world = after_a_day(
        SETS(STILL_ON, MEMBERS, "joint_command.reach=1", "joint_command.shared=0.5"));
    const struct sahel *s = sahel_of(world);
    int faso = sah_geography_country(world->geo, "BFA"), told = 0;
    int mali = sah_geography_country(world->geo, "MLI");
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        if (s->shared_tips[c] <= 0) continue;
        int other = sahel_country_of(world, c) == mali ? faso : mali;
        double most = 0;
        for (int32_t d = 0; d < world->grid.ncells; d++) {
            double km = sah_grid_distance_km(&world->grid, c, d);
            double felt = (double)s->tips[d] * exp(-km / 20);
            if (world->land->country[d] == other && km <= 60 && felt > most)
                most = felt;
        }
        assert_true(world->land->border_km[c] <= 50);
        assert_true(fabs((double)s->shared_tips[c] - 0.5 * most) < 0.02);
        told++;
    }
    assert_true(told > 20);
    sah_world_free(world);
}

/* What money lets members do is what the command has. */
static void unpaid_members_share_less(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(STILL_ON, MEMBERS, "joint_command.reach=1", "mechanisms.funding=on",
             "forces.north.budget=0", "joint_command.faster=1"));
    tiny_run(world, 30);
    const struct sahel *s = sahel_of(world);
    double mean = 0.5 * ((double)s->funding[TINY_NORTH] + 1);
    assert_true(mean < 0.8);
    assert_true(fabs((double)s->delay[TINY_SOUTH] - (1 - mean)) < 1e-5);
    sah_world_free(world);
}

/* ---- signatures ---- */

#define ALL3                                               \
    MEMBERS, "forces.east.command=g5", "attacks.rate=0.2", \
        "forces.partner.raid_rate=0", "forces.partner.strength=0"

static int compare(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static double median_hours(struct sah_world *world) {
    const struct sahel_events *e = &sahel_of(world)->events;
    static float hours[10000];
    size_t n = 0;
    for (int day = 0; day < 150; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < e->base.n; i++)
            if (e->response_hours[i] >= 0 && n < 10000)
                hours[n++] = e->response_hours[i];
    }
    qsort(hours, n, sizeof *hours, compare);
    return n ? (double)hours[n / 2] : 0;
}

static void forces_answer_sooner(void **state) {
    (void)state;
    tiny_assert_below("reach 0 -> 1: median hours of response",
                      tiny_pair(median_hours, SETS(ALL3, "joint_command.reach=0"),
                                SETS(ALL3, "joint_command.reach=1"), 12),
                      5);
}

/* Share of fighters within 50 km of a border. */
static double at_borders(struct sah_world *world) {
    const struct sahel_bands *b = &sahel_of(world)->bands;
    double near = 0, all = 0;
    for (int day = 0; day < 240; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < b->base.n; i++) {
            if (b->cell[i] == SAH_NOWHERE || day < 60) continue;
            all += b->fighters[i];
            if (world->land->border_km[b->cell[i]] <= 50) near += b->fighters[i];
        }
    }
    return near / all;
}

static void sanctuary_shrinks(void **state) {
    (void)state;
#define QUIET                                                                  \
    "mechanisms.attacks=off", "mechanisms.recruitment=off", "spread.border=3", \
        "spread.stay=5", "mechanisms.severity=off"
    tiny_assert_below("reach 0 -> 1: share of fighters near borders",
                      tiny_pair(at_borders, SETS(ALL3, QUIET, "joint_command.reach=0"),
                                SETS(ALL3, QUIET, "joint_command.reach=1"), 10),
                      5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_reach_nothing_is_shared),
        cmocka_unit_test(nobody_shares_alone),
        cmocka_unit_test(members_decide_sooner_and_others_as_before),
        cmocka_unit_test(members_act_in_each_others_strips),
        cmocka_unit_test(tips_are_those_of_the_other_side),
        cmocka_unit_test(unpaid_members_share_less),
        cmocka_unit_test(forces_answer_sooner),
        cmocka_unit_test(sanctuary_shrinks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
