/* Mechanism 12, attack kinds: who acts, on whom, and what it costs. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

static struct tiny_tally season(const char *const *sets, int days) {
    struct sah_world *world = tiny_make(sets);
    struct tiny_tally tally = tiny_run_count(world, days);
    tiny_verify(world);
    sah_world_free(world);
    return tally;
}

static double by_bands(const struct tiny_tally *t) {
    double sum = 0;
    for (int k = SAHEL_ASSAULT; k <= SAHEL_CLASH; k++) sum += t->kind_events[k];
    return sum;
}

static void a_rate_of_zero_is_peace(void **state) {
    (void)state;
    struct tiny_tally t = season(SETS("attacks.rate=0"), 120);
    assert_true(by_bands(&t) <= 0);
}

/* A band of full gear and root amid many people acts every day at rate 1. */
static void a_rate_of_one_is_once_a_day(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS("mechanisms.attacks=on", "attacks.rate=1", "attacks.half_density=0.001",
             "attacks.exposed=0.001", "factions.sand.civilian_share=1",
             "attacks.kidnap_share=1"));
    struct sahel *s = sahel_of(world);
    tiny_clear_bands(world);
    size_t band = tiny_add_band(world, TINY_SAND, tiny_cell(world, "Djibo"), 10);
    double events = 0;
    for (int k = 0; k < 200; k++) {
        s->bands.gear[band] = s->bands.embedded[band] = 1;
        tiny_run(world, 1);
        events += (double)s->events.base.n;
    }
    assert_true(events >= 198 && events <= 200);
    sah_world_free(world);
}

static void those_who_only_strike_civilians(void **state) {
    (void)state;
    struct tiny_tally t = season(
        SETS("factions.river.civilian_share=1", "factions.hills.civilian_share=1",
             "factions.sand.civilian_share=1", "attacks.rivalry=0"),
        120);
    assert_true(t.kind_events[SAHEL_KILLING] > 0);
    assert_true(t.kind_events[SAHEL_ASSASSINATION] > 0);
    assert_true(by_bands(&t) <= t.kind_events[SAHEL_KILLING] +
                                    t.kind_events[SAHEL_ASSASSINATION] +
                                    t.kind_events[SAHEL_KIDNAPPING]);
}

static void kidnappings_kill_nobody_and_pay(void **state) {
    (void)state;
    struct tiny_tally t =
        season(SETS("attacks.kidnap_share=1", "attacks.ransom_share=1",
                    "attacks.ransom=1000 USD", "attacks.rivalry=0"),
               120);
    assert_true(t.kind_events[SAHEL_KIDNAPPING] > 0);
    assert_true(t.kind_events[SAHEL_KILLING] + t.kind_events[SAHEL_ASSASSINATION] <= 0);
    assert_true(t.kind_deaths[SAHEL_KIDNAPPING] <= 0);
    assert_true(fabs(t.usd[SAHEL_RANSOM] - 1000 * t.kind_events[SAHEL_KIDNAPPING]) <
                0.5);
}

static void habits_choose_the_kind(void **state) {
    (void)state;
    const char *const *devices =
        SETS("factions.river.device_share=1", "factions.hills.device_share=1",
             "factions.sand.device_share=1");
    struct tiny_tally t = season(devices, 120);
    assert_true(t.kind_events[SAHEL_DEVICE] > 0);
    assert_true(t.kind_events[SAHEL_ASSAULT] + t.kind_events[SAHEL_INDIRECT] +
                    t.kind_events[SAHEL_COMPLEX] <=
                0);
}

/* A still world of one band at Djibo that only strikes forces, and acts daily. */
static struct sah_world *one_band(int fighters, const char *const *sets) {
    const char *all[24] = {"mechanisms.attacks=on",
                           "attacks.rate=1",
                           "attacks.half_density=0.001",
                           "attacks.exposed=0.001",
                           "attacks.rivalry=0",
                           "forces.south.strength=200000",
                           "forces.south.unit_size=2000",
                           "factions.sand.indirect_share=0",
                           "factions.sand.device_share=0",
                           "mechanisms.severity=on",
                           "severity.rate=0"}; /* bands stay whole */
    size_t n = 11;
    for (; *sets; sets++) all[n++] = *sets;
    struct sah_world *world = tiny_make_still(all);
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_SAND, tiny_cell(world, "Djibo"), fighters);
    return world;
}

static struct tiny_tally days_of_one_band(int fighters, const char *const *sets) {
    struct sah_world *world = one_band(fighters, sets);
    struct tiny_tally t = tiny_run_count(world, 300);
    tiny_verify(world);
    sah_world_free(world);
    return t;
}

/* Complex attacks are for large bands; with a share of 1 and size 1 they are all. */
static void complex_attacks_need_a_large_band(void **state) {
    (void)state;
    const char *const *sets =
        SETS("factions.sand.civilian_share=0", "attacks.complex_share=1",
             "attacks.complex_size=100", "attacks.fire_back=0", "attacks.fire=0");
    struct tiny_tally small = days_of_one_band(90, sets);
    assert_true(small.kind_events[SAHEL_COMPLEX] <= 0);
    assert_true(small.kind_events[SAHEL_ASSAULT] > 20);
    struct tiny_tally large = days_of_one_band(1000, sets);
    double all = large.kind_events[SAHEL_COMPLEX] + large.kind_events[SAHEL_ASSAULT];
    assert_true(fabs(large.kind_events[SAHEL_COMPLEX] - 0.9 * all) <
                4.5 * sqrt(0.09 * all));
    assert_true(large.kind_deaths[SAHEL_COMPLEX] > 0); /* by devices and fire */
    assert_true(large.kind_deaths[SAHEL_ASSAULT] <= 0);
}

/* Assaults lose to devices by e^(-caution c/(1 + c)), c = fire_back met/(A + met). */
static void cost_keeps_bands_from_fights(void **state) {
    (void)state;
    const char *const *bold =
        SETS("factions.sand.civilian_share=0", "factions.sand.device_share=0.5",
             "attacks.complex_share=0", "attacks.caution=0", "attacks.fire_back=0.001",
             "forces.south.lethality=10");
    const char *const *wary =
        SETS("factions.sand.civilian_share=0", "factions.sand.device_share=0.5",
             "attacks.complex_share=0", "attacks.caution=50", "attacks.fire_back=0.1",
             "forces.south.lethality=10");
    struct tiny_tally a = days_of_one_band(200, bold), b = days_of_one_band(200, wary);
    double all = a.kind_events[SAHEL_ASSAULT] + a.kind_events[SAHEL_DEVICE];
    assert_true(all > 40);
    assert_true(fabs(a.kind_events[SAHEL_ASSAULT] - all / 2) < 4.5 * sqrt(all / 4));
    assert_true(b.kind_events[SAHEL_DEVICE] > 40);
    assert_true(b.kind_events[SAHEL_ASSAULT] <= 0); /* e^-19 */
}

/* A leader's death silences hushed/(hushed + P) of those who still tell. */
static void assassinations_silence(void **state) {
    (void)state;
    struct sah_world *world =
        one_band(10, SETS("factions.sand.civilian_share=1", "attacks.leaders=1",
                          "attacks.kidnap_share=0", "attacks.leader_others=0",
                          "attacks.hush_half_life=3000 d", "attacks.hushed=20000"));
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    double told = 1, died = 0;
    for (int day = 0; day < 60; day++) {
        float people = (float)s->people_now[cell];
        tiny_run(world, 1);
        for (size_t i = 0; i < s->events.base.n; i++) {
            if (s->events.kind[i] != SAHEL_ASSASSINATION) continue;
            told *= 1 - 20000 / (20000 + (double)people);
            died += s->events.deaths[i];
            assert_int_equal(s->events.deaths[i], 1);
            assert_int_equal(s->events.violence[i], SAHEL_ONE_SIDED);
        }
    }
    assert_true(died >= 1);
    assert_true(fabs(1 - s->silenced[cell] - told) < 0.02);
    sah_world_free(world);
}

static void without_a_rival_no_clash(void **state) {
    (void)state;
    struct tiny_tally t = season(SETS("attacks.rivalry=0"), 120);
    assert_true(t.kind_events[SAHEL_CLASH] <= 0);
}

/* Devices kill Poisson(mean (1 - armour)) of a large enough unit. */
static double device_deaths(const char *armour) {
    struct sah_world *world = tiny_make_still(
        SETS("mechanisms.attacks=on", "attacks.rate=1", "attacks.half_density=0.001",
             "attacks.exposed=0.001", "factions.sand.civilian_share=0",
             "factions.sand.device_share=1", "mechanisms.protection=on",
             "forces.south.strength=200000", "forces.south.unit_size=2000", armour));
    tiny_clear_bands(world);
    for (int k = 0; k < 5; k++)
        tiny_add_band(world, TINY_SAND, tiny_cell(world, "Djibo"), 10);
    struct tiny_tally t = tiny_run_count(world, 300);
    sah_world_free(world);
    assert_true(t.kind_events[SAHEL_DEVICE] > 300);
    return t.kind_deaths[SAHEL_DEVICE] / t.kind_events[SAHEL_DEVICE];
}

static void armour_saves_from_devices(void **state) {
    (void)state;
    double some = 4.5 * sqrt(2 / 300.0); /* of a mean of 300 or more */
    assert_true(fabs(device_deaths("forces.south.armour=0") - 2) < some);
    assert_true(fabs(device_deaths("forces.south.armour=0.75") - 0.5) < some / 2);
    assert_true(device_deaths("forces.south.armour=1") <= 0);
}

/* Signature of protection: device deaths fall, the others hardly change. */
static double device_losses(struct sah_world *world) {
    return tiny_run_count(world, 300).kind_deaths[SAHEL_DEVICE];
}

static void armour_lowers_device_deaths(void **state) {
    (void)state;
    const char *const *armoured =
        SETS("forces.north.armour=0.6", "forces.south.armour=0.6");
    tiny_assert_below("armour 0.1 -> 0.6: device deaths",
                      tiny_pair(device_losses, NULL, armoured, 28), 5);
}

/* Signature: foreign presence shifts targets to foreign forces. */
static double on_foreign_forces(struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    double events = 0;
    for (int day = 0; day < 240; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < s->events.base.n; i++)
            events += s->events.kind[i] <= SAHEL_COMPLEX &&
                      s->events.side_b[i] >= sahel_actor_force(s, TINY_PARTNER);
    }
    return events;
}

static void foreign_forces_draw_attacks(void **state) {
    (void)state;
    const char *const *none =
        SETS("forces.partner.strength=0", "forces.mission.strength=0");
    tiny_assert_above("foreign forces none -> some: attacks on them",
                      tiny_pair(on_foreign_forces, none, NULL, 20), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rate_of_zero_is_peace),
        cmocka_unit_test(a_rate_of_one_is_once_a_day),
        cmocka_unit_test(those_who_only_strike_civilians),
        cmocka_unit_test(kidnappings_kill_nobody_and_pay),
        cmocka_unit_test(habits_choose_the_kind),
        cmocka_unit_test(complex_attacks_need_a_large_band),
        cmocka_unit_test(cost_keeps_bands_from_fights),
        cmocka_unit_test(assassinations_silence),
        cmocka_unit_test(without_a_rival_no_clash),
        cmocka_unit_test(armour_saves_from_devices),
        cmocka_unit_test(armour_lowers_device_deaths),
        cmocka_unit_test(foreign_forces_draw_attacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
