/* Grids of all sizes: numbering, neighbours, circles, refusals. */
#include "sim/kernel/grid.h"
#include "tests/support/bug.h"
#include "tests/support/chance.h"
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <string.h>

static struct sah_grid theatre(double cell_deg) {
    struct sah_grid grid;
    assert_int_equal(sah_grid_init(&grid, -12.5, 8, 16, 25.5, cell_deg, NULL), 0);
    return grid;
}

static void every_cell_holds_its_centre(void **state) {
    (void)state;
    static const double sizes[] = {0.05, 0.1, 0.25, 0.5};
    static const int nlon[] = {570, 285, 114, 57}, nlat[] = {350, 175, 70, 35};
    for (int k = 0; k < 4; k++) {
        struct sah_grid grid = theatre(sizes[k]);
        assert_int_equal(grid.nlon, nlon[k]);
        assert_int_equal(grid.nlat, nlat[k]);
        assert_int_equal(grid.ncells, nlon[k] * nlat[k]);
        for (int32_t c = 0; c < grid.ncells; c++)
            assert_int_equal(
                sah_grid_cell(&grid, sah_grid_lon(&grid, c), sah_grid_lat(&grid, c)),
                c);
    }
}

static void numbers_rise_from_the_south_west(void **state) {
    (void)state;
    struct sah_grid grid;
    assert_int_equal(sah_grid_init(&grid, 0, 10, 3, 12, 1, NULL), 0);
    assert_int_equal(grid.ncells, 6);
    assert_true(sah_grid_lon(&grid, 0) == 0.5 && sah_grid_lat(&grid, 0) == 10.5);
    assert_true(sah_grid_lon(&grid, 5) == 2.5 && sah_grid_lat(&grid, 5) == 11.5);
    assert_int_equal(sah_grid_cell(&grid, 0, 10), 0);
    assert_int_equal(sah_grid_cell(&grid, 1, 11), 4);
}

static void edges_and_outside(void **state) {
    (void)state;
    struct sah_grid grid = theatre(0.25);
    assert_int_equal(sah_grid_cell(&grid, -12.5, 8), 0);
    assert_int_equal(sah_grid_cell(&grid, 16, 10), -1);
    assert_int_equal(sah_grid_cell(&grid, 0, 25.5), -1);
    assert_int_equal(sah_grid_cell(&grid, -12.6, 10), -1);
    assert_int_equal(sah_grid_cell(&grid, 0, 7.99), -1);
    assert_int_equal(sah_grid_cell(&grid, NAN, 10), -1);
    assert_int_equal(sah_grid_cell(&grid, 1e300, -1e300), -1);
    ASSERT_BUG(sah_grid_lon(&grid, grid.ncells), "no such cell");
    ASSERT_BUG(sah_grid_lat(&grid, -1), "no such cell");
}

static void areas_fill_the_box(void **state) {
    (void)state;
    static const double sizes[] = {0.05, 0.1, 0.25, 0.5};
    for (int k = 0; k < 4; k++) {
        struct sah_grid grid = theatre(sizes[k]);
        double sum = 0.0, box = sah_area_km2(-12.5, 8, 16, 25.5);
        for (int32_t c = 0; c < grid.ncells; c++) sum += sah_grid_area_km2(&grid, c);
        assert_true(fabs(sum / box - 1.0) < 1e-12);
    }
}

static void neighbours_are_mutual_and_ordered(void **state) {
    (void)state;
    struct sah_grid grid;
    assert_int_equal(sah_grid_init(&grid, 0, 0, 5, 4, 1, NULL), 0);
    int32_t near[8], back[8];
    assert_int_equal(sah_grid_neighbours(&grid, 0, near), 3);
    assert_true(near[0] == 1 && near[1] == 5 && near[2] == 6);
    assert_int_equal(sah_grid_neighbours(&grid, 7, near), 8);
    assert_true(near[0] == 1 && near[3] == 6 && near[4] == 8 && near[7] == 13);
    for (int32_t c = 0; c < grid.ncells; c++) {
        int n = sah_grid_neighbours(&grid, c, near);
        for (int i = 0; i < n; i++) {
            int m = sah_grid_neighbours(&grid, near[i], back), found = 0;
            for (int j = 0; j < m; j++) found += back[j] == c;
            assert_int_equal(found, 1);
            assert_true(i == 0 || near[i] > near[i - 1]);
        }
    }
}

static void circles_hold_what_lies_within(void **state) {
    (void)state;
    uint64_t seed = 4;
    static const double sizes[] = {0.1, 0.25, 0.5};
    for (int k = 0; k < 60; k++) {
        struct sah_grid grid = theatre(sizes[k % 3]);
        double lon = chance_between(&seed, -14, 17), lat = chance_between(&seed, 7, 26);
        double radius = chance_between(&seed, 0, 300);
        int32_t home = sah_grid_cell(&grid, lon, lat);
        struct sah_within w = sah_grid_within(&grid, lon, lat, radius);
        for (int32_t c = 0; c < grid.ncells; c++) {
            double km = sah_distance_km(lon, lat, sah_grid_lon(&grid, c),
                                        sah_grid_lat(&grid, c));
            if (km > radius && c != home) continue;
            assert_true(sah_within_next(&w));
            assert_int_equal(w.cell, c);
            assert_true(w.km == km);
        }
        assert_false(sah_within_next(&w));
    }
}

static void circles_around_the_globe(void **state) {
    (void)state;
    struct sah_grid grid;
    assert_int_equal(sah_grid_init(&grid, -180, -90, 180, 90, 1, NULL), 0);
    static const double at[][3] = {{179.9, 10, 500}, {0, 88, 900}, {-180, -90, 300}};
    for (int k = 0; k < 3; k++) {
        struct sah_within w = sah_grid_within(&grid, at[k][0], at[k][1], at[k][2]);
        int32_t home = sah_grid_cell(&grid, at[k][0], at[k][1]);
        for (int32_t c = 0; c < grid.ncells; c++)
            if (c == home || sah_distance_km(at[k][0], at[k][1], sah_grid_lon(&grid, c),
                                             sah_grid_lat(&grid, c)) <= at[k][2])
                assert_true(sah_within_next(&w) && w.cell == c);
        assert_false(sah_within_next(&w));
    }
}

static void bad_boxes_are_refused(void **state) {
    (void)state;
    static const struct {
        double box[4], deg;
        const char *part;
    } bad[] = {
        {{5, 0, 5, 10}, 1, "must rise within -180..180"},
        {{-190, 0, 5, 10}, 1, "must rise within -180..180"},
        {{0, 0, 190, 10}, 1, "must rise within -180..180"},
        {{NAN, 0, 5, 10}, 1, "must rise within -180..180"},
        {{0, 10, 5, 0}, 1, "must rise within -90..90"},
        {{0, 0, 5, 91}, 1, "must rise within -90..90"},
        {{0, 0, 5, 10}, 0.04, "must lie in 0.05..1 degrees"},
        {{0, 0, 5, 10}, 2, "must lie in 0.05..1 degrees"},
        {{0, 0, 5, 10}, NAN, "must lie in 0.05..1 degrees"},
        {{0, 0, 5.1, 10}, 0.25, "must hold a whole number of cells"},
        {{0, 0, 5, 0.3}, 0.25, "must hold a whole number of cells"},
    };
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        struct sah_grid grid;
        struct sah_error err = {0};
        const double *b = bad[k].box;
        assert_int_equal(sah_grid_init(&grid, b[0], b[1], b[2], b[3], bad[k].deg, &err),
                         SAH_INPUT);
        assert_int_equal(err.count, 1);
        assert_non_null(strstr(err.text, bad[k].part));
        sah_error_clear(&err);
    }
}

/* Hastened distances are those of sphere.h: to the bit where a cell's side is a binary
 * fraction, else but for the rounding of coordinates. */
static void hastened_distances_are_the_same(void **state) {
    (void)state;
    static const double sizes[] = {0.05, 0.1, 0.25, 0.5};
    uint64_t chance = 5;
    for (int k = 0; k < 4; k++) {
        struct sah_grid plain = theatre(sizes[k]), fast = plain;
        assert_int_equal(sah_grid_hasten(&fast, NULL), 0);
        for (int i = 0; i < 20000; i++) {
            int32_t a = (int32_t)chance_below(&chance, plain.ncells);
            int32_t b = i % 3 ? (int32_t)chance_below(&chance, plain.ncells)
                              : (a + i % 7) % plain.ncells;
            double km = sah_grid_distance_km(&plain, a, b);
            double fast_km = sah_grid_distance_km(&fast, a, b);
            double haversine = sah_grid_haversine(&fast, a, b);
            assert_true(haversine <= sah_haversine_within(km));
            assert_true(km <= 0 || haversine > sah_haversine_within(km * 0.9999));
            assert_true(sah_grid_haversine(&plain, a, b) <= 0);
            assert_true(sizes[k] < 0.2 ? fabs(fast_km - km) < 1e-9 : fast_km == km);
        }
        sah_grid_free(&fast);
        assert_null(fast.squares);
    }
}

static void a_plain_grid_lies_nowhere(void **state) {
    (void)state;
    struct sah_error err = {0};
    struct sah_grid grid;
    assert_int_equal(sah_grid_init_plain(&grid, 7, 3, &err), SAH_OK);
    assert_true(grid.plain);
    assert_int_equal(grid.ncells, 21);
    assert_int_equal(sah_grid_cell(&grid, 2.5, 1.5), 9); /* by column and row */
    assert_true(fabs(sah_grid_lon(&grid, 9) - 2.5) < 1e-12);
    assert_true(fabs(sah_grid_lat(&grid, 9) - 1.5) < 1e-12);
    assert_int_equal(sah_grid_init_plain(&grid, 0, 3, &err), SAH_INPUT);
    assert_non_null(strstr(err.text, "0 columns, 3 rows: must lie in 1..32768"));
    sah_error_clear(&err);
    assert_int_equal(sah_grid_init_plain(&grid, 3, SAH_GRID_SIDE + 1, &err), SAH_INPUT);
    sah_error_clear(&err);
    assert_int_equal(sah_grid_init_plain(&grid, SAH_GRID_SIDE, SAH_GRID_SIDE, &err),
                     SAH_OK);
    assert_int_equal(grid.ncells, 1 << 30);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_holds_its_centre),
        cmocka_unit_test(numbers_rise_from_the_south_west),
        cmocka_unit_test(edges_and_outside),
        cmocka_unit_test(areas_fill_the_box),
        cmocka_unit_test(neighbours_are_mutual_and_ordered),
        cmocka_unit_test(circles_hold_what_lies_within),
        cmocka_unit_test(circles_around_the_globe),
        cmocka_unit_test(bad_boxes_are_refused),
        cmocka_unit_test(hastened_distances_are_the_same),
        cmocka_unit_test(a_plain_grid_lies_nowhere),
    };
    return cmocka_run_group_tests_name("grid", tests, NULL, NULL);
}
