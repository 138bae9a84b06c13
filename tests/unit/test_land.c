/* Land on grids of all sizes: people conserved, means and choices by hand, gold. */
#include "sim/kernel/geography.h"
#include "tests/support/alloc.h"
#include "tests/support/bug.h"
#include "tests/support/chance.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_geography.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static struct sah_geography *geo;

static int read_tiny(void **state) {
    (void)state;
    return tiny_parse(NULL, NULL, &geo, NULL);
}

static int free_tiny(void **state) {
    (void)state;
    sah_geography_free(geo);
    return 0;
}

static struct sah_land *land_on(const struct sah_grid *grid) {
    struct sah_land *land;
    assert_int_equal(sah_land_create(geo, grid, &land, NULL), 0);
    return land;
}

static struct sah_grid box(double west, double south, double east, double north,
                           double deg) {
    struct sah_grid grid;
    assert_int_equal(sah_grid_init(&grid, west, south, east, north, deg, NULL), 0);
    return grid;
}

static double sum(const double *value, int32_t n) {
    double s = 0.0;
    for (int32_t i = 0; i < n; i++) s += value[i];
    return s;
}

static void same_size_is_a_copy(void **state) {
    (void)state;
    struct sah_grid grid = box(-0.5, 10, 2, 10.5, 0.5);
    struct sah_land *land = land_on(&grid);
    assert_int_equal(land->ncells, 5);
    assert_true(land->country[0] == -1 && land->region[0] == -1 && land->land[0] == 0);
    assert_true(land->country[3] == -1 && land->people_2020[3] == 0);
    assert_true(land->country[1] == 0 && land->region[1] == 0);
    assert_true(land->country[2] == 0 && land->region[2] == 1);
    assert_true(land->country[4] == 1 && land->region[4] == 2);
    assert_true(fabs(land->people_2020[1] - 400) < 1e-9 * 400);
    assert_true(fabsf(land->land[2] - 0.5f) < 1e-6f);
    assert_true(land->elevation_m[2] == 600 && land->pasture[1] == 0.5f);
    assert_true(land->protected_share[4] == 1 && land->town_km[4] == 20);
    assert_true(fabs((double)land->area_km2[0] - sah_grid_area_km2(&grid, 0)) < 1e-3);
    sah_land_free(land);
    sah_land_free(NULL);
}

static void coarser_cells_take_means_by_land(void **state) {
    (void)state;
    struct sah_grid grid = box(0, 10, 2, 11, 1);
    struct sah_land *land = land_on(&grid);
    assert_true(fabs(land->people_2020[0] - 450) < 1e-9 * 450);
    assert_int_equal(land->country[0], 0);
    assert_int_equal(land->region[0], 0); /* land 1.0 against 0.5 */
    assert_true(fabsf(land->elevation_m[0] - 400.0f) < 1e-3f); /* (300 + 0.5*600)/1.5 */
    assert_true(fabsf(land->river[0] - 2.0f / 3.0f) < 1e-6f);
    double half_row = sah_area_km2(0, 10, 0.5, 10.5);
    assert_true(fabs((double)land->land[0] -
                     1.5 * half_row / sah_grid_area_km2(&grid, 0)) < 1e-6);
    assert_int_equal(land->region[1], 2);
    sah_land_free(land);
}

static void finer_cells_take_their_part(void **state) {
    (void)state;
    struct sah_grid grid = box(0, 10, 2, 10.5, 0.05);
    struct sah_land *land = land_on(&grid);
    for (int32_t c = 0; c < grid.ncells; c++) {
        int t = (int)(sah_grid_lon(&grid, c) / 0.5);
        static const int country[] = {0, 0, -1, 1};
        assert_int_equal(land->country[c], country[t]);
        if (t != 1) continue;
        assert_int_equal(land->region[c], 1);
        assert_true(land->elevation_m[c] == 600 && land->lake[c] == 0.25f);
        assert_true(fabsf(land->land[c] - 0.5f) < 1e-6f);
        assert_true(fabs(land->people_2020[c] - 0.5) < 1e-3);
    }
    assert_true(fabs(sum(land->people_2020, grid.ncells) - 460) < 1e-9 * 460);
    sah_land_free(land);
}

/* A random table of 0.25 degree over 0..5 east, 10..14 north. */
static void random_table(char *text, size_t size, double *people, double *land_km2) {
    uint64_t seed = 17;
    int n =
        snprintf(text, size,
                 "lon,lat,country,region,land,people_2000,people_2020,elevation_m,"
                 "ruggedness_m,river,lake,road,border_km,capital_km,town_km,pasture,"
                 "protected,urban\n");
    *people = *land_km2 = 0.0;
    for (int i = 0; i < 320; i++) {
        double lon = 0.125 + 0.25 * (i % 20), lat = 10.125 + 0.25 * (i / 20);
        if (i % 7 == 3) continue; /* the sea */
        int64_t count = chance_below(&seed, 100000), land = chance_below(&seed, 101);
        bool b = chance_below(&seed, 2);
        n += snprintf(text + n, size - (size_t)n,
                      "%g,%g,%s,%s,%.2f,1,%d,0,0,0,0,0,0,0,0,0,0,0\n", lon, lat,
                      b ? "BBB" : "AAA", b ? "BBB-1" : "AAA-1", (double)land / 100,
                      (int)count);
        *people += (double)count;
        *land_km2 += (double)land / 100 *
                     sah_area_km2(lon - 0.125, lat - 0.125, lon + 0.125, lat + 0.125);
    }
}

static void people_are_conserved(void **state) {
    (void)state;
    static char text[40000];
    double people, land_km2;
    random_table(text, sizeof text, &people, &land_km2);
    struct sah_geography *tiny = geo;
    assert_int_equal(tiny_parse("cells.csv", text, &geo, NULL), 0);
    static const double grids[][5] = {
        {0, 10, 5, 14, 0.05},     {0, 10, 5, 14, 0.1},   {0, 10, 5, 14, 0.25},
        {0, 10, 5, 14, 0.5},      {0, 10, 5, 14, 1},     {-0.13, 9.8, 5.57, 14.3, 0.3},
        {-1, 9.9, 6, 14.8, 0.07}, {-3, 2, 12, 20, 0.125}};
    for (size_t k = 0; k < sizeof grids / sizeof *grids; k++) {
        const double *g = grids[k];
        struct sah_grid grid = box(g[0], g[1], g[2], g[3], g[4]);
        struct sah_land *land = land_on(&grid);
        double km2 = 0.0;
        for (int32_t c = 0; c < grid.ncells; c++)
            km2 += (double)land->land[c] * (double)land->area_km2[c];
        assert_true(fabs(sum(land->people_2020, grid.ncells) / people - 1.0) < 1e-9);
        assert_true(fabs(km2 / land_km2 - 1.0) < 1e-6);
        sah_land_free(land);
    }
    sah_geography_free(geo);
    geo = tiny;
}

static void boxes_cut(void **state) {
    (void)state;
    struct sah_grid grid = box(0.25, 10, 0.5, 10.5, 0.05);
    struct sah_land *land = land_on(&grid);
    assert_true(fabs(sum(land->people_2020, grid.ncells) - 200) < 1e-9 * 200);
    sah_land_free(land);
    grid = box(40, -10, 41, -9, 0.5);
    land = land_on(&grid);
    for (int32_t c = 0; c < grid.ncells; c++)
        assert_true(land->country[c] == -1 && land->people_2020[c] == 0);
    sah_land_free(land);
}

static void gold_keeps_its_weight_on_every_grid(void **state) {
    (void)state;
    static const double sizes[] = {0.05, 0.1, 0.25, 0.5, 1};
    for (int k = 0; k < 5; k++) {
        struct sah_grid grid = box(-1, 9, 2, 12, sizes[k]);
        struct sah_land *land = land_on(&grid);
        double all = 0.0;
        for (int32_t c = 0; c < grid.ncells; c++) {
            all += (double)land->gold[c];
            double km = sah_distance_km(0.25, 10.25, sah_grid_lon(&grid, c),
                                        sah_grid_lat(&grid, c));
            if (km > 20 + 112 * sizes[k]) assert_true(land->gold[c] == 0);
            if (km < 18) assert_true(land->gold[c] > 0);
        }
        assert_true(fabs(all - 2.0) < 1e-5);
        sah_land_free(land);
    }
}

/* On a fine grid the field is the cone: height 3/(pi r^2) at the middle. */
static void gold_is_a_cone(void **state) {
    (void)state;
    struct sah_grid grid = box(-1, 9, 2, 12, 0.05);
    float *field = calloc((size_t)grid.ncells, sizeof *field);
    sah_land_spread(&grid, 0.275, 10.275, 60, 1.0, field);
    for (int32_t c = 0; c < grid.ncells; c++) {
        double km = sah_distance_km(0.275, 10.275, sah_grid_lon(&grid, c),
                                    sah_grid_lat(&grid, c));
        double top = 3.0 / (SAH_PI * 60 * 60) * sah_grid_area_km2(&grid, c);
        double cone = top * fmax(1.0 - km / 60, 0.0);
        assert_true(fabs((double)field[c] - cone) < 0.12 * top);
    }
    free(field);
}

static void sites_at_the_rim_and_of_no_size(void **state) {
    (void)state;
    struct sah_grid grid = box(0, 10, 1, 11, 0.5);
    float field[4] = {0};
    sah_land_spread(&grid, 0.7, 10.2, 0, 3.0, field);
    assert_true(field[0] == 0 && field[1] == 3 && field[2] == 0 && field[3] == 0);
    sah_land_spread(&grid, 7, 10.2, 0, 3.0, field);
    assert_true(field[1] == 3);
    memset(field, 0, sizeof field);
    sah_land_spread(&grid, 0, 10.5, 10, 1.0, field); /* half outside, to the west */
    double inside = (double)field[0] + (double)field[1] + (double)field[2];
    assert_true(fabs(inside - 0.5) < 1e-3);
    assert_true(fabs((double)field[0] - 0.25) < 1e-3);
}

static void people_grow_geometrically(void **state) {
    (void)state;
    struct sah_grid grid = box(0, 10, 2, 10.5, 0.5);
    struct sah_land *land = land_on(&grid);
    int32_t middle_2000 = 11139, middle_2020 = 18444;
    double mean = 0.5 * (middle_2000 + middle_2020);
    assert_true(fabs(sah_land_people(land, 0, middle_2000) - 100) < 1e-9);
    assert_true(fabs(sah_land_people(land, 0, middle_2020) - 400) < 1e-9);
    assert_true(fabs(sah_land_people(land, 0, (int32_t)mean) - 200) < 0.1);
    assert_true(sah_land_people(land, 0, 20000) > 400);
    assert_true(fabs(sah_land_people(land, 1, (int32_t)mean) - 25) < 0.1); /* from 0 */
    assert_true(sah_land_people(land, 1, 0) == 0);
    assert_true(sah_land_people(land, 2, 15000) == 0);
    assert_true(fabs(sah_land_people(land, 3, 15000) - 10) < 1e-9);
    ASSERT_BUG(sah_land_people(land, 4, 0), "no such cell");
    sah_land_free(land);
}

static void failed_allocations_are_told(void **state) {
    (void)state;
    struct sah_grid grid = box(0, 10, 2, 10.5, 0.5);
    long n = 0;
    int code = SAH_MEMORY;
    while (code) {
        struct sah_land *land;
        alloc_fail_at(++n);
        code = sah_land_create(geo, &grid, &land, NULL);
        bool reached = alloc_failed();
        alloc_fail_at(0);
        assert_int_equal(code, reached ? SAH_MEMORY : 0);
        sah_land_free(land);
    }
    assert_true(n > 15);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_size_is_a_copy),
        cmocka_unit_test(coarser_cells_take_means_by_land),
        cmocka_unit_test(finer_cells_take_their_part),
        cmocka_unit_test(people_are_conserved),
        cmocka_unit_test(boxes_cut),
        cmocka_unit_test(gold_keeps_its_weight_on_every_grid),
        cmocka_unit_test(gold_is_a_cone),
        cmocka_unit_test(sites_at_the_rim_and_of_no_size),
        cmocka_unit_test(people_grow_geometrically),
        cmocka_unit_test(failed_allocations_are_told),
    };
    return cmocka_run_group_tests_name("land", tests, read_tiny, free_tiny);
}
