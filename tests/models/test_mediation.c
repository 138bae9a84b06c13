/* Mechanism 16, mediation: who judges, who is a party, and what becomes of the feud. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdio.h>

#define BRIDGING                                                                     \
    "{fulani: 0.6, tuareg: 0.6, arab: 0.6, mossi: 0.6, gurma: 0.6, dogon: 0.6, "     \
    "bambara: 0.6, senufo: 0.6, malinke: 0.6, bobo: 0.6, gurunsi: 0.6, bissa: 0.6, " \
    "lobi: 0.6, other: 0.6}"
#define HALFWAY                                                                      \
    "{fulani: 0.6, tuareg: 0.6, arab: 0.6, mossi: 0.3, gurma: 0.3, dogon: 0.3, "     \
    "bambara: 0.3, senufo: 0.3, malinke: 0.3, bobo: 0.3, gurunsi: 0.3, bissa: 0.3, " \
    "lobi: 0.3, other: 0.3}"
#define ONE_SIDED "{fulani: 0.9, tuareg: 0.9, arab: 0.9, mossi: 0, gurma: 0}"

static double felt_at(const struct sah_world *world, int32_t cell) {
    const struct sahel *s = sahel_of(world);
    return s->influence[TINY_HILLS * (size_t)world->grid.ncells + (size_t)cell];
}

/* A band of the hills at Djibo, with a profile and an aim, and how it was felt when it
 * judged. */
static struct sah_world *one_band(const char *profile, const char *aim, double *felt) {
    char of[512], after[64];
    snprintf(of, sizeof of, "factions.hills.profile=%s", profile);
    snprintf(after, sizeof after, "factions.hills.aim=%s", aim);
    struct sah_world *world = tiny_make_still(
        SETS("mechanisms.mediation=on", "mediation.calm=0.7", "mediation.inflame=0.3",
             "mediation.half=20", "mediation.bridge=0.5", "mediation.call=2",
             "feuds.tension=0.2", of, after));
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_HILLS, tiny_cell(world, "Djibo"), 40);
    tiny_run(world, 5); /* felt from the first evening; judged on the sixth morning */
    *felt = felt_at(world, tiny_cell(world, "Djibo"));
    tiny_run(world, 1);
    return world;
}

static double call_at(const struct sah_world *world, int32_t cell, const char *group) {
    const struct sahel *s = sahel_of(world);
    return s->feud_call[(size_t)cell * s->ngroups +
                        (size_t)sah_geography_group(world->geo, group)];
}

static void near(double is, double should) {
    if (fabs(is - should) > 1e-5 * should + 1e-9) fail_msg("%g, not %g", is, should);
}

static void who_bridges_and_rules_judges(void **state) {
    (void)state;
    double felt;
    struct sah_world *world = one_band(BRIDGING, "rule", &felt);
    int32_t cell = tiny_cell(world, "Djibo");
    assert_true(felt > 5);
    near((double)sahel_of(world)->calmed[cell], 0.7 * felt / (felt + 20));
    near((double)sahel_of(world)->inflamed[cell], 0);
    near(call_at(world, cell, "fulani"), 0);
    sah_world_free(world);
}

static void who_leans_is_a_party(void **state) {
    (void)state;
    double felt;
    struct sah_world *world = one_band(ONE_SIDED, "rule", &felt);
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    double part = felt / (felt + 20);
    near((double)s->inflamed[cell], 0.3 * part);
    near((double)s->calmed[cell], 0);
    near(call_at(world, cell, "mossi"), 0);
    near(call_at(world, cell, "fulani"), 2 * (double)s->feud_heat[cell] * part);
    sah_world_free(world);
}

static void half_a_bridge_does_nothing(void **state) {
    (void)state;
    double felt;
    struct sah_world *world = one_band(HALFWAY, "rule", &felt);
    int32_t cell = tiny_cell(world, "Djibo");
    assert_true((double)sahel_of(world)->calmed[cell] < 1e-5);
    assert_true((double)sahel_of(world)->inflamed[cell] < 1e-5);
    sah_world_free(world);
}

/* Who is not after rule never judges: fair, it does nothing; unfair, it is a party. */
static void only_rulers_judge(void **state) {
    (void)state;
    double felt;
    struct sah_world *world = one_band(BRIDGING, "gain", &felt);
    int32_t cell = tiny_cell(world, "Djibo");
    near((double)sahel_of(world)->calmed[cell], 0);
    near((double)sahel_of(world)->inflamed[cell], 0);
    sah_world_free(world);
    world = one_band(HALFWAY, "defence", &felt);
    assert_true(sahel_of(world)->inflamed[cell] > 0);
    near((double)sahel_of(world)->calmed[cell], 0);
    sah_world_free(world);
}

/* Nobody there: feuds run as they would without the mechanism. */
static void nobody_neither_calms_nor_inflames(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS("mechanisms.mediation=on"));
    const struct sahel *s = sahel_of(world);
    tiny_clear_bands(world);
    tiny_run(world, 10);
    for (int32_t c = 0; c < world->grid.ncells; c++)
        assert_true(s->calmed[c] <= 0 && s->inflamed[c] <= 0);
    sah_world_free(world);
}

/* ---- signature: cells classed by profile and aim beforehand, in one run -------------- */

/* The hills, who bridge, stand at Djibo; the river, who does not, at Douentza. Nothing
 * but feuds happens. */
#define TWO_CLASSES                                                                   \
    "feuds.rate=3", "feuds.tension=0.1", "feuds.revenge=0.3",                         \
        "mechanisms.attacks=off", "mechanisms.spread=off", "mechanisms.severity=off", \
        "mechanisms.recruitment=off", "mechanisms.foreign_force=off",                 \
        "patrols.fire=0", "patrols.fire_back=0", "treasury.leave=0",                  \
        "treasury.leave_arrears=0", "factions.hills.profile=" BRIDGING,               \
        "factions.river.profile=" ONE_SIDED

enum { BY_JUDGES, BY_PARTIES };

static void feud_deaths(struct sah_world *world, double deaths[TINY_MEASURES]) {
    int32_t at[] = {[BY_JUDGES] = tiny_cell(world, "Djibo"),
                    [BY_PARTIES] = tiny_cell(world, "Douentza")};
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_HILLS, at[BY_JUDGES], 100);
    tiny_add_band(world, TINY_RIVER, at[BY_PARTIES], 100);
    for (int day = 0; day < 100; day++) {
        tiny_run(world, 1);
        const struct sahel_events *e = &sahel_of(world)->events;
        for (size_t i = 0; i < e->base.n; i++)
            for (int k = 0; k < 2 && e->kind[i] == SAHEL_STRIFE; k++)
                if (sah_grid_distance_km(&world->grid, e->cell[i], at[k]) < 40)
                    deaths[k] += e->deaths[i];
    }
}

static void judges_calm_and_parties_inflame(void **state) {
    (void)state;
    struct tiny_sample off =
        tiny_sample(feud_deaths, SETS(TWO_CLASSES, "mechanisms.mediation=off"), 6);
    struct tiny_sample on =
        tiny_sample(feud_deaths, SETS(TWO_CLASSES, "mediation.inflame=0.6"), 6);
    tiny_assert_below("feud deaths where a judge stands",
                      tiny_compare(&off, &on, BY_JUDGES), 5);
    tiny_assert_above("feud deaths where a party stands",
                      tiny_compare(&off, &on, BY_PARTIES), 5);
}

/* Who takes a side recruits from it. */
static double called(struct sah_world *world) {
    return tiny_run_count(world, 150).reason[SAHEL_FEUD];
}

static void parties_recruit_from_their_side(void **state) {
    (void)state;
#define FEW_REASONS                                                              \
    "mechanisms.attacks=off", "mechanisms.severity=off",                         \
        "mechanisms.foreign_force=off", "patrols.fire=0", "patrols.fire_back=0", \
        "recruitment.feud=5", "feuds.tension=0.3", "factions.hills.profile=" ONE_SIDED
    tiny_assert_above("recruits for a feud",
                      tiny_pair(called, SETS(FEW_REASONS, "mediation.call=0"),
                                SETS(FEW_REASONS, "mediation.call=10"), 6),
                      5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_bridges_and_rules_judges),
        cmocka_unit_test(who_leans_is_a_party),
        cmocka_unit_test(half_a_bridge_does_nothing),
        cmocka_unit_test(only_rulers_judge),
        cmocka_unit_test(nobody_neither_calms_nor_inflames),
        cmocka_unit_test(judges_calm_and_parties_inflame),
        cmocka_unit_test(parties_recruit_from_their_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
