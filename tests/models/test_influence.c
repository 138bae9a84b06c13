/* Who is felt where: one band, one unit, one death, by hand. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

static double weight(const struct sah_world *world, int32_t a, int32_t b) {
    double km = sah_grid_distance_km(&world->grid, a, b);
    return km > 60 ? 0 : exp(-km / 20);
}

static void a_band_is_felt_around(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS("influence.rooting=100"));
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo"), n = world->grid.ncells;
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_SAND, cell, 100);
    for (int day = 1; day <= 100; day++) {
        tiny_run(world, 1);
        double felt = 100 * (0.4 + 0.6 * (1 - exp2(-day / 100.0)));
        for (int32_t c = 0; c < n; c++) {
            double expected = felt * weight(world, cell, c);
            assert_true(fabs((double)s->insurgent[c] - expected) < 0.02);
            assert_true(fabs((double)s->influence[TINY_SAND * n + c] - expected) <
                        0.02);
        }
    }
    sah_world_free(world);
}

static void factions_add_up(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(NULL);
    const struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
    tiny_run(world, 200);
    for (size_t c = 0; c < n; c++) {
        float sum = 0;
        for (size_t f = 0; f < s->nfactions; f++) sum += s->influence[f * n + c];
        assert_true(fabsf(sum - s->insurgent[c]) <= 1e-4f * s->insurgent[c]);
    }
    sah_world_free(world);
}

static void own_and_foreign_soldiers_are_felt_apart(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(NULL);
    const struct sahel *s = sahel_of(world);
    tiny_run(world, 1);
    int32_t gao = tiny_cell(world, "Gao");
    double own = 0, foreign = 0;
    for (size_t p = 0; p < s->posts.base.n; p++) {
        double felt = s->posts.soldiers[p] * weight(world, s->posts.cell[p], gao);
        bool national = s->force[s->posts.force[p]].owner == SAHEL_NATIONAL;
        *(national ? &own : &foreign) += felt;
    }
    assert_true(fabs((double)s->soldiers_felt[gao] - own) < 1e-3 * own);
    assert_true(fabs((double)s->cover[gao] - foreign) < 1e-3 * foreign);
    sah_world_free(world);
}

static void half_of_the_deaths_are_forgotten(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS("influence.memory=40"));
    struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    s->violence[cell] = 16;
    tiny_run(world, 40);
    assert_true(fabsf(s->violence[cell] - 8) < 1e-3f);
    tiny_run(world, 40);
    assert_true(fabsf(s->violence[cell] - 4) < 1e-3f);
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_band_is_felt_around),
        cmocka_unit_test(factions_add_up),
        cmocka_unit_test(own_and_foreign_soldiers_are_felt_apart),
        cmocka_unit_test(half_of_the_deaths_are_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
