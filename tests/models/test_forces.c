/* Forces: what a row of the scenario can say. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdio.h>

/* ---- mandates ----------------------------------------------------------------------- */

#define CALLS                                                                 \
    "mechanisms.response=on", "mechanisms.attacks=on", "attacks.rate=1",      \
        "attacks.half_density=0.001", "attacks.exposed=0.001",                \
        "attacks.kidnap_share=0", "attacks.civilian_base=0",                  \
        "attacks.civilian_size=0", "factions.sand.civilian_share=1",          \
        "factions.sand.stances={}", "response.answered=1", "response.find=0", \
        "response.spread=0", "response.told=0", "response.range=300",         \
        "response.decision=10", "response.air=0.5"

/* Median hours of thirty days of attacks near Gao; -1 where nobody ever came. */
static double hours(const char *const *sets) {
    struct sah_world *world = tiny_make_still(sets);
    const struct sahel_events *e = &sahel_of(world)->events;
    double most = -1;
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_SAND, tiny_cell(world, "Gao") + 1, 20);
    for (int day = 0; day < 30; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < e->base.n; i++)
            if ((double)e->response_hours[i] > most)
                most = (double)e->response_hours[i];
    }
    tiny_verify(world);
    sah_world_free(world);
    return most;
}

#define ALONE                                                    \
    CALLS, "forces.north.strength=0", "forces.south.strength=0", \
        "forces.east.strength=0", "forces.mission.strength=0"

static void who_fights_comes_and_who_advises_or_flies_does_not(void **state) {
    (void)state;
    assert_true(hours(SETS(ALONE, "forces.partner.raid_rate=0")) > 0);
    assert_true(hours(SETS(ALONE, "forces.partner.mandate=advise")) < 0);
    assert_true(hours(SETS(ALONE, "forces.partner.mandate=air")) < 0);
}

/* The decision of ten hours is halved by who flies, also without raids of its own. */
static void who_flies_supports_others(void **state) {
    (void)state;
    double alone = hours(SETS(CALLS, "forces.partner.strength=0"));
    double flown =
        hours(SETS(CALLS, "forces.partner.mandate=air", "forces.partner.raid_rate=0"));
    double told = hours(SETS(CALLS, "forces.partner.mandate=advise"));
    print_message("hours: alone %.2f, under wings %.2f, advised %.2f\n", alone, flown,
                  told);
    assert_true(fabs(alone - flown - 5) < 1e-3 && fabs(alone - told) < 1e-3);
}

static double seen(const char *mandate, enum sahel_kind kind, const char *rate) {
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.foreign_force=on", "mechanisms.un_mission=on",
                             mandate, rate, "forces.partner.strength=5000"));
    struct tiny_tally tally = tiny_run_count(world, 60);
    tiny_verify(world);
    sah_world_free(world);
    return tally.kind_events[kind];
}

static void patrols_and_raids_go_by_mandate(void **state) {
    (void)state;
    static const char patrols[] = "forces.partner.patrol_rate=0.5",
                      raids[] = "forces.partner.raid_rate=0.05";
    static const struct {
        const char *set;
        bool patrols, raids;
    } row[] = {{"forces.partner.mandate=usual", true, true},
               {"forces.partner.mandate=fight", true, true},
               {"forces.partner.mandate=protect", false, true},
               {"forces.partner.mandate=advise", false, false},
               {"forces.partner.mandate=air", false, true}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        print_message("%s\n", row[k].set);
        assert_true((seen(row[k].set, SAHEL_PATROL, patrols) > 0) == row[k].patrols);
        assert_true((seen(row[k].set, SAHEL_RAID, raids) > 0) == row[k].raids);
    }
}

/* A mission may be sent to fight: it shelters nobody and is not held back. */
static void an_owner_does_not_fix_the_mandate(void **state) {
    (void)state;
    struct sah_world *usual = tiny_make_still(SETS("mechanisms.un_mission=on"));
    struct sah_world *fights = tiny_make_still(
        SETS("mechanisms.un_mission=on", "forces.mission.mandate=fight"));
    tiny_run(usual, 1);
    tiny_run(fights, 1);
    int32_t gao = tiny_cell(usual, "Gao");
    assert_true(sahel_of(usual)->restraint[TINY_MISSION] >= 1);
    assert_true(sahel_of(usual)->sheltered[gao] > 0);
    assert_true(sahel_of(fights)->restraint[TINY_MISSION] <= 0);
    assert_true(sahel_of(fights)->sheltered[gao] <= 0);
    sah_world_free(usual);
    sah_world_free(fights);
}

/* 750 advisers of 40,000 a year over 10,000 soldiers: 3,000 each, of half at 3,000. */
static void advisers_train_national_forces_of_their_area(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS("mechanisms.assistance=on", "forces.partner.mandate=advise",
             "forces.partner.strength=750", "forces.partner.area=[MLI, NER]",
             "forces.east.strength=6000", "assistance.adviser=40000 USD/year",
             "assistance.half=3000", "assistance.saved=0.4", "assistance.learning=50"));
    tiny_run(world, 50);
    const struct sahel *s = sahel_of(world);
    assert_true(fabs((double)s->training[TINY_NORTH] - (1 - 0.4 * 0.25)) < 1e-5);
    assert_true(fabs((double)s->training[TINY_EAST] - (1 - 0.4 * 0.25)) < 1e-5);
    assert_true(s->training[TINY_SOUTH] >= 1 && s->training[TINY_PARTNER] >= 1);
    sah_world_free(world);
}

/* ---- many --------------------------------------------------------------------------- */

/* A hundred forces more: nothing in the model has a limit of its own. */
static void there_is_no_limit_of_forces(void **state) {
    (void)state;
    enum { MORE = 100, LONG = 120 };
    static char text[MORE * LONG + 16];
    size_t at = (size_t)snprintf(text, sizeof text, "forces=[");
    for (int k = 0; k < MORE; k++)
        at += (size_t)snprintf(text + at, sizeof text - at,
                               "%s{name: guard_%d, owner: foreign, strength: 40, "
                               "bases: [Gao], area: [MLI], raid_rate: 0.05}",
                               k ? ", " : "", k);
    snprintf(text + at, sizeof text - at, "]");
    struct sah_world *world =
        tiny_make(SETS(text, "mechanisms.funding=on", "mechanisms.assistance=on",
                       "mechanisms.response=on", "mechanisms.foreign_force=on"));
    assert_true(sahel_of(world)->nforces >= MORE);
    tiny_run(world, 30);
    tiny_verify(world);
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_fights_comes_and_who_advises_or_flies_does_not),
        cmocka_unit_test(who_flies_supports_others),
        cmocka_unit_test(patrols_and_raids_go_by_mandate),
        cmocka_unit_test(an_owner_does_not_fix_the_mandate),
        cmocka_unit_test(advisers_train_national_forces_of_their_area),
        cmocka_unit_test(there_is_no_limit_of_forces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
