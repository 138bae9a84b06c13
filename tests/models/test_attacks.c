/* Mechanism 12, attack kinds: who acts, on whom, and what it costs. */
#include "models/sahel/attacks.h"
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

/* ---- targets ---- */

/* A striker of `sand` beside the scenario's bands, with draws of its own. */
static struct sahel_striker striker(struct sah_world *world, int32_t cell) {
    struct sahel_striker band = {.i = tiny_add_band(world, TINY_SAND, cell, 100),
                                 .cell = cell,
                                 .faction = TINY_SAND};
    sah_rng_at(&band.choice, 7, 1, 1, 1);
    sah_rng_at(&band.loss, 7, 2, 1, 1);
    return band;
}

static void assert_near(double is, double should) {
    if (!(fabs(is - should) <= 1e-5)) fail_msg("%.7g, not %.7g", is, should);
}

/* Each factor has a value of its own; who shares a pact spares, and nobody is nothing. */
static void draws_by_hand(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS("factions.sand.civilian_share=0.25"));
    struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    size_t n = (size_t)world->grid.ncells;
    struct sahel_striker band = striker(world, cell);
    double area = world->land->area_km2[cell], draw[SAHEL_NTARGETS];
    struct sahel_attacks own = {.half_density = 3 * (double)s->people_now[cell] / area,
                                .exposed = 1200,
                                .foes_half = 90,
                                .rivalry = 0.5};
    s->coercion[cell] = 2;
    s->sheltered[cell] = 0.25F;
    s->vigil[cell] = 0.5F;
    s->cover[cell] = 100;
    s->soldiers_felt[cell] = 300;
    for (size_t f = 0; f < s->nfactions; f++) s->influence[f * n + (size_t)cell] = 0;
    s->influence[TINY_RIVER * n + (size_t)cell] = 10;
    s->influence[TINY_HILLS * n + (size_t)cell] = 20;
    s->influence[TINY_SAND * n + (size_t)cell] = 500;
    sah_attack_draws(&own, world, &band, draw);
    assert_near(draw[SAHEL_AT_PEOPLE], 0.25 * 0.25 * 2 * 0.75 * 0.5);
    assert_near(draw[SAHEL_AT_FORCES], 0.75 * 400 / 1600.0);
    assert_near(draw[SAHEL_AT_RIVALS], 0.75 * 0.5 * 30 / 120.0);
    s->pact[cell] = TINY_SAND; /* spared four fifths, and no coercion */
    s->spared[cell] = 0.8F;
    sah_attack_draws(&own, world, &band, draw);
    assert_near(draw[SAHEL_AT_PEOPLE], 0.25 * 0.25 * 0.2 * 0.75 * 0.5);
    s->people_now[cell] = 0;
    s->cover[cell] = s->soldiers_felt[cell] = 0;
    s->influence[TINY_RIVER * n + (size_t)cell] = 0;
    s->influence[TINY_HILLS * n + (size_t)cell] = 0;
    sah_attack_draws(&own, world, &band, draw);
    for (int k = 0; k < SAHEL_NTARGETS; k++) assert_true(draw[k] <= 0);
    sah_world_free(world);
}

/* Two units at Gao, of 100 and 300; where they stand all the others are empty. */
static int32_t two_units(struct sah_world *world, size_t unit[2]) {
    struct sahel_posts *p = &sahel_of(world)->posts;
    int32_t gao = tiny_cell(world, "Gao"), found = 0;
    for (size_t i = 0; i < p->base.n; i++) {
        p->soldiers[i] = 0;
        if (p->cell[i] != gao || found == 2) continue;
        unit[found] = i;
        p->soldiers[i] = found++ ? 300 : 100;
    }
    assert_int_equal(found, 2);
    return gao;
}

enum { MEETINGS = 4000 };

static void assert_share(double count, double all, double share) {
    assert_true(fabs(count - all * share) < 4.5 * sqrt(all * share * (1 - share)));
}

/* By soldiers; at its post with the weight of the way, else where the band is, and then
 * neither shelled nor stormed. */
static void units_are_met_at_posts_and_on_roads(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS("factions.sand.indirect_share=0.5"));
    struct sahel *s = sahel_of(world);
    struct sahel_attacks own = {.complex_share = 1, .complex_size = 1};
    size_t unit[2] = {0};
    int32_t gao = two_units(world, unit), road = gao + 1;
    double weight = exp(-sah_grid_distance_km(&world->grid, gao, road) / 20);
    double strong = 0, at_post = 0, shelled = 0;
    struct sahel_striker band = striker(world, road);
    for (int k = 0; k < MEETINGS; k++) {
        struct sahel_met met;
        assert_true(sah_attack_meets(world, &band, &met));
        assert_true(met.post == unit[0] || met.post == unit[1]);
        assert_int_equal(met.cell, met.at_post ? gao : road);
        strong += met.post == unit[1];
        at_post += met.at_post;
        enum sahel_kind kind = sah_attack_choose(&own, s, &band, &met);
        bool of_posts = kind == SAHEL_INDIRECT || kind == SAHEL_COMPLEX;
        assert_true(met.at_post || !of_posts);
        shelled += of_posts;
    }
    assert_share(strong, MEETINGS, 0.75);
    assert_share(at_post, MEETINGS, weight);
    assert_true(shelled > 0.5 * at_post);
    band.cell = gao;
    struct sahel_met met;
    for (int k = 0; k < 100; k++)
        assert_true(sah_attack_meets(world, &band, &met) && met.at_post);
    s->posts.soldiers[unit[0]] = s->posts.soldiers[unit[1]] = 0;
    assert_false(sah_attack_meets(world, &band, &met));
    sah_world_free(world);
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
        cmocka_unit_test(draws_by_hand),
        cmocka_unit_test(units_are_met_at_posts_and_on_roads),
        cmocka_unit_test(armour_saves_from_devices),
        cmocka_unit_test(armour_lowers_device_deaths),
        cmocka_unit_test(foreign_forces_draw_attacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
