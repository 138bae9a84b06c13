/* Mechanism 21, spread: bands stay in the theatre and follow each pull and push. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdlib.h>

#define NO_PULLS                                                                  \
    "spread.kin=0", "spread.state=0", "spread.shield=0", "spread.crowd=0",        \
        "spread.supply=0", "spread.lode=0", "spread.income=0", "spread.border=0", \
        "spread.distance=0", "spread.home=0", "spread.operation=0"

static void they_stay_in_the_theatre(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.spread=on", "spread.stay=1", NO_PULLS));
    const struct sahel_bands *b = &sahel_of(world)->bands;
    int64_t fighters = tiny_fighters(world, -1);
    for (int k = 0; k < 200; k++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < b->base.n; i++) assert_true(world->theatre[b->cell[i]]);
    }
    assert_int_equal(tiny_fighters(world, -1), fighters);
    tiny_verify(world);
    sah_world_free(world);
}

static void a_way_too_far_is_not_gone(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS("mechanisms.spread=on", "spread.stay=1", NO_PULLS, "spread.distance=20",
             "spread.ride=300", "factions.river.reach=0", "factions.hills.reach=0",
             "factions.sand.reach=0"));
    tiny_run(world, 10);
    const struct sahel_bands *b = &sahel_of(world)->bands;
    for (size_t i = 0; i < b->base.n; i++) assert_int_equal(b->cell[i], b->home[i]);
    sah_world_free(world);
}

/* Without pulls a move is as likely to any side: bands from the middle of the box. */
static void without_pulls_no_side_is_preferred(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(
        "mechanisms.spread=on", "spread.stay=1", NO_PULLS, "factions.sand.reach=100"));
    const struct sahel_bands *b = &sahel_of(world)->bands;
    const struct sah_grid *g = &world->grid;
    int32_t middle = sah_grid_cell(g, -1.0, 15.0);
    tiny_clear_bands(world);
    for (int k = 0; k < 400; k++) tiny_add_band(world, TINY_SAND, middle, 1);
    tiny_run(world, 1);
    double north = 0, square = 0;
    for (size_t i = 0; i < b->base.n; i++) {
        double dlat = sah_grid_lat(g, b->cell[i]) - sah_grid_lat(g, middle);
        north += dlat / 400;
        square += dlat * dlat / 400;
    }
    assert_true(square > 0.01);
    assert_true(fabs(north) < 4 * sqrt(square / 400));
    sah_world_free(world);
}

/* Mean of a field where bands stand, after a season of moving. */
static double mean_at_bands(struct sah_world *world, const float *field) {
    const struct sahel_bands *b = &sahel_of(world)->bands;
    double sum = 0;
    tiny_run(world, 90);
    for (size_t i = 0; i < b->base.n; i++) sum += (double)field[b->cell[i]];
    return b->base.n ? sum / (double)b->base.n : 0;
}
static double state_there(struct sah_world *world) {
    return mean_at_bands(world, sahel_of(world)->state_base);
}
static double border_there(struct sah_world *world) {
    return mean_at_bands(world, world->land->border_km);
}
static double shield_there(struct sah_world *world) {
    return mean_at_bands(world, sahel_of(world)->shield);
}
static double income_there(struct sah_world *world) {
    const struct sah_land *land = world->land;
    size_t n = (size_t)world->grid.ncells;
    float *income = calloc(n, sizeof *income);
    assert_non_null(income);
    for (size_t c = 0; c < n; c++)
        income[c] = (land->gold[c] > 0 ? 1.0f : 0.0f) + 0.5f * land->pasture[c] +
                    land->protected_share[c];
    double mean = mean_at_bands(world, income);
    free(income);
    return mean;
}
static double crowding(struct sah_world *world) {
    return mean_at_bands(world, sahel_of(world)->insurgent);
}

#define BASE                                                                  \
    "spread.stay=10", "mechanisms.attacks=off", "mechanisms.recruitment=off", \
        "mechanisms.severity=off", "mechanisms.foreign_force=off"

static void each_pull_and_push_has_its_sign(void **state) {
    (void)state;
    const char *const *none = SETS(BASE, NO_PULLS);
    tiny_assert_below(
        "state 0 -> 8: presence of the state at bands",
        tiny_pair(state_there, none, SETS(BASE, NO_PULLS, "spread.state=8"), 8), 5);
    tiny_assert_below(
        "border 0 -> 4: way to a border",
        tiny_pair(border_there, none, SETS(BASE, NO_PULLS, "spread.border=4"), 8), 5);
    tiny_assert_below(
        "shield 0 -> 8: foreign soldiers at bands",
        tiny_pair(shield_there, none, SETS(BASE, NO_PULLS, "spread.shield=8"), 8), 5);
    tiny_assert_above(
        "income 0 -> 8: gold, pasture and forest at bands",
        tiny_pair(income_there, none, SETS(BASE, NO_PULLS, "spread.income=8"), 8), 5);
    tiny_assert_below(
        "crowd 0 -> 20, against income: fighters felt at bands",
        tiny_pair(crowding, SETS(BASE, NO_PULLS, "spread.income=4"),
                  SETS(BASE, NO_PULLS, "spread.income=4", "spread.crowd=20"), 10),
        5);
}

/* The pull of the border fades where forces may cross it. */
static double from_border(struct sah_world *world) {
    return mean_at_bands(world, world->land->border_km);
}

static void who_may_cross_takes_the_sanctuary(void **state) {
    (void)state;
    tiny_assert_above(
        "armies stop at borders -> may cross: way to a border",
        tiny_pair(from_border,
                  SETS(BASE, NO_PULLS, "spread.border=6", "forces.partner.strength=0"),
                  SETS(BASE, NO_PULLS, "spread.border=6", "forces.partner.strength=0",
                       "forces.north.area=[MLI, BFA, NER]",
                       "forces.south.area=[MLI, BFA, NER]",
                       "forces.east.area=[MLI, BFA, NER]"),
                  8),
        5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_stay_in_the_theatre),
        cmocka_unit_test(a_way_too_far_is_not_gone),
        cmocka_unit_test(without_pulls_no_side_is_preferred),
        cmocka_unit_test(each_pull_and_push_has_its_sign),
        cmocka_unit_test(who_may_cross_takes_the_sanctuary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
