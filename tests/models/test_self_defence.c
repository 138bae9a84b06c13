/* Mechanism 24, self-defence: who is armed, what it keeps off and what it brings on. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

#define ON "mechanisms.self_defence=on"

static void default_is_off(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(SETS("self_defence.level=0.5"));
    tiny_run(world, 10);
    assert_true(tiny_mean(sahel_of(world)->under_arms, (size_t)world->grid.ncells) <=
                0);
    sah_world_free(world);
}

/* Only in the countries named, only the groups listed, each by its part. */
static void arms_go_where_they_are_sent(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(ON, "self_defence.level=0.4", "self_defence.countries=[BFA]",
             "self_defence.groups={mossi: 1, gurma: 0.5}"));
    const struct sahel *s = sahel_of(world);
    size_t mossi = (size_t)sah_geography_group(world->geo, "mossi");
    size_t gurma = (size_t)sah_geography_group(world->geo, "gurma");
    tiny_run(world, 1);
    int armed = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        size_t row = (size_t)c * s->ngroups;
        int country = world->land->country[c];
        if (country != sah_geography_country(world->geo, "BFA")) {
            assert_true(s->under_arms[c] <= 0 && s->vigil[c] <= 0);
            continue;
        }
        if (s->people_now[c] <= 0) continue;
        double share =
            0.4 * (s->people_group[row + mossi] + 0.5 * s->people_group[row + gurma]) /
            s->people_now[c];
        assert_true(fabs((double)s->under_arms[c] - share) < 1e-6);
        assert_true(fabs((double)s->vigil[c] - 0.6 * share / (share + 0.2)) < 1e-6);
        armed += share > 0.1;
    }
    assert_true(armed > 5);
    sah_world_free(world);
}

/* Nobody fights the state: nobody turns on villages. Else: as often as the law says. */
static double stormed(const char *war, double *expected) {
    struct sah_world *world = tiny_make_still(
        SETS(ON, "self_defence.level=1", "self_defence.provoke=0.5", war));
    const struct sahel *s = sahel_of(world);
    double events = 0;
    *expected = 0;
    for (int day = 0; day < 60; day++) {
        for (size_t b = 0; b < s->bands.base.n; b++)
            if (s->bands.cell[b] != SAH_NOWHERE && s->under_arms[s->bands.cell[b]] > 0)
                *expected += 0.5 * (double)s->under_arms[s->bands.cell[b]];
        tiny_run(world, 1);
        for (size_t i = 0; i < s->events.base.n; i++) {
            assert_int_equal(s->events.cause[i], SAHEL_CAUSE_ARMED_VILLAGE);
            assert_int_equal(s->events.violence[i], SAHEL_ONE_SIDED);
            events++;
        }
    }
    tiny_verify(world);
    sah_world_free(world);
    return events;
}

static void bands_turn_on_armed_villages(void **state) {
    (void)state;
    double expected, events = stormed("self_defence.dead=2", &expected);
    print_message("events %g, expected %g\n", events, expected);
    assert_true(expected > 100 && fabs(events - expected) < 5 * sqrt(expected) + 70);
}

static void harmless_where_nobody_is_at_war(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(ON, "self_defence.level=1", "self_defence.provoke=1",
             "factions.river.fights_state=0", "factions.hills.fights_state=0",
             "factions.sand.fights_state=0"));
    assert_true(tiny_run_count(world, 30).events <= 0);
    sah_world_free(world);
}

/* ---- signature ------------------------------------------------------------------------ */

#define NO_OTHER                                                               \
    ON, "mechanisms.mediation=off", "mechanisms.severity=off", "feuds.rate=2", \
        "feuds.tension=0.05", "self_defence.provoke=0.001"
#define ARMED NO_OTHER, "self_defence.level=0.3"

static double local_attacks(struct sah_world *world) {
    return tiny_run_count(world, 240).kind_events[SAHEL_KILLING];
}
static double feud_deaths(struct sah_world *world) {
    return tiny_run_count(world, 60).kind_deaths[SAHEL_STRIFE];
}

static void attacks_fall_and_feuds_rise(void **state) {
    (void)state;
    tiny_assert_below("attacks on civilians",
                      tiny_pair(local_attacks, SETS(NO_OTHER, "feuds.rate=0"),
                                SETS(ARMED, "feuds.rate=0"), 10),
                      5);
    tiny_assert_above("deaths of feuds",
                      tiny_pair(feud_deaths, SETS(NO_OTHER), SETS(ARMED), 5), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(default_is_off),
        cmocka_unit_test(arms_go_where_they_are_sent),
        cmocka_unit_test(bands_turn_on_armed_villages),
        cmocka_unit_test(harmless_where_nobody_is_at_war),
        cmocka_unit_test(attacks_fall_and_feuds_rise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
