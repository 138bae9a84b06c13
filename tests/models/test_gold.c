/* Mechanism 9, gold: the formula by hand at one site, then what a price does. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <string.h>

static const struct sah_geo_gold *site_named(const struct sah_world *world,
                                             const char *name) {
    for (size_t k = 0; k < world->geo->ngold; k++)
        if (strcmp(world->geo->gold[k].name, name) == 0) return &world->geo->gold[k];
    fail_msg("no gold site %s", name);
    return NULL;
}

static int32_t site_cell(const struct sah_world *world, const char *name) {
    const struct sah_geo_gold *site = site_named(world, name);
    return sah_grid_cell(&world->grid, site->lon, site->lat);
}

/* A still world with two bands at the site and nobody else. */
static struct sah_world *at_site(const char *name, const char *set) {
    struct sah_world *world = tiny_make_still(SETS("mechanisms.gold=on", set));
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_RIVER, site_cell(world, name), 90);
    tiny_add_band(world, TINY_SAND, site_cell(world, name), 30);
    tiny_run(world, 1);
    return world;
}

static void income_by_hand(void **state) {
    (void)state;
    struct sah_world *world = at_site("Soum-Oudalan", "gold.price=1");
    const struct sahel *s = sahel_of(world);
    int32_t cell = site_cell(world, "Soum-Oudalan");
    double felt = (double)s->insurgent[cell];
    double soldiers = (double)s->soldiers_felt[cell] + (double)s->shield[cell];
    double cents = 100 * 60000 * site_named(world, "Soum-Oudalan")->weight * 0.04 *
                   felt / (felt + soldiers / 20 + 15);
    tiny_run(world, 1);
    const int64_t *gold = s->money + SAHEL_GOLD * s->nfactions;
    assert_true(cents > 1000);
    assert_true(fabs((double)gold[TINY_RIVER] - 0.75 * cents) < 2);
    assert_true(fabs((double)gold[TINY_SAND] - 0.25 * cents) < 2);
    assert_int_equal(gold[TINY_HILLS], 0);
    tiny_verify(world);
    sah_world_free(world);
}

static double usd(const char *site, const char *set) {
    struct sah_world *world = at_site(site, set);
    double income = tiny_run_count(world, 20).usd[SAHEL_GOLD];
    sah_world_free(world);
    return income;
}

static void a_price_of_zero_pays_nothing_a_double_one_twice(void **state) {
    (void)state;
    double once = usd("Soum-Oudalan", "gold.price=1");
    assert_true(usd("Soum-Oudalan", "gold.price=0") <= 0);
    assert_true(usd("Soum-Oudalan", "gold.share=0") <= 0);
    assert_true(fabs(usd("Soum-Oudalan", "gold.price=2") - 2 * once) < 1);
}

static void a_site_opens_in_its_year(void **state) {
    (void)state;
    assert_true(usd("Intahaka", "gold.price=1") <= 0);
    assert_true(usd("Intahaka", "run.start=2018-01-01") > 0);
}

/* Lode by hand at the cell of the site; prize where two blocs are felt alike. */
static void lode_and_prize_by_hand(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(
        "mechanisms.gold=on", "gold.worth=1200 USD/day", "gold.rapacity=4",
        "forces.south.strength=0", "forces.north.strength=0", "forces.east.strength=0",
        "forces.partner.strength=0", "forces.mission.strength=0"));
    const struct sahel *s = sahel_of(world);
    const struct sah_geo_gold *site = site_named(world, "Soum-Oudalan");
    int32_t cell = site_cell(world, "Soum-Oudalan");
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_RIVER, cell, 50);
    tiny_run(world, 2);
    double v = 60000 * 0.04 * site->weight;
    assert_true(s->lode[cell] >= v / (v + 1200) - 1e-5); /* others may reach it */
    assert_true(s->lode[cell] < 1 && s->prize[cell] <= 0);
    tiny_add_band(world, TINY_SAND, cell, 50);
    tiny_run(world, 2);
    assert_true(fabs(s->prize[cell] - 4 * s->lode[cell] * 0.5) < 1e-4);
    sah_world_free(world);
}

static void worthless_gold_draws_nobody(void **state) {
    (void)state;
    struct sah_world *world = at_site("Soum-Oudalan", "gold.price=0");
    const struct sahel *s = sahel_of(world);
    for (int32_t c = 0; c < world->grid.ncells; c++)
        assert_true(s->lode[c] <= 0 && s->prize[c] <= 0);
    sah_world_free(world);
}

/* Signature: doubling the price raises gold income and what it pays for. */
static double income(struct sah_world *world) {
    return tiny_run_count(world, 365).usd[SAHEL_GOLD];
}

static void doubling_the_price_raises_income(void **state) {
    (void)state;
    tiny_assert_above("price 1 -> 2: gold income",
                      tiny_pair(income, NULL, SETS("gold.price=2"), 40), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(income_by_hand),
        cmocka_unit_test(a_price_of_zero_pays_nothing_a_double_one_twice),
        cmocka_unit_test(a_site_opens_in_its_year),
        cmocka_unit_test(lode_and_prize_by_hand),
        cmocka_unit_test(worthless_gold_draws_nobody),
        cmocka_unit_test(doubling_the_price_raises_income),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
