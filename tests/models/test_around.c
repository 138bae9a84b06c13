/* Around a cell: the two laws of distance, and that the size of cells does not matter. */
#include "models/sahel/around.h"
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <stdlib.h>

struct table {
    struct sah_grid grid;
    struct sahel_around *felt, *met;
};

static struct table make(double cell_deg) {
    struct table t = {0};
    struct sah_error err = {0};
    int status = sah_grid_init(&t.grid, -6, 10, 6, 20, cell_deg, &err);
    assert_int_equal(status, SAH_OK);
    t.felt = calloc((size_t)t.grid.nlat, sizeof *t.felt);
    t.met = calloc((size_t)t.grid.nlat, sizeof *t.met);
    assert_int_equal(sah_around_make(&t.grid, t.felt, t.met, &err), SAH_OK);
    return t;
}

static void drop(struct table *t) {
    sah_around_free(t->felt, t->grid.nlat);
    sah_around_free(t->met, t->grid.nlat);
}

/* Sum of the weights around the middle of the box, times the size of a cell in degrees
 * squared: what all who are spread evenly there add up to. */
static double sum(const struct sah_grid *grid, const struct sahel_around *rows) {
    const struct sahel_around *around = &rows[grid->nlat / 2];
    double all = 0;
    for (int32_t k = 0; k < around->n; k++) all += (double)around->weight[k];
    return all * grid->cell_deg * grid->cell_deg;
}

static void laws_hold_on_quarter_degrees(void **state) {
    (void)state;
    struct table t = make(0.25);
    int32_t cell = 20 * t.grid.nlon + 24, inside = 0, met = 0;
    const struct sahel_around *felt = &t.felt[20];
    for (int32_t k = 0; k < felt->n; k++) {
        int32_t other = sahel_beside(&t.grid, felt, cell, k);
        double km = sah_grid_distance_km(&t.grid, cell, other);
        assert_true(km <= 60);
        assert_true(fabs((double)felt->weight[k] - exp(-km / 20)) < 1e-6);
        inside++;
    }
    for (int32_t c = 0; c < t.grid.ncells; c++) {
        double km = sah_grid_distance_km(&t.grid, cell, c);
        if (km <= 60) inside--;
        if (km <= 41) met++;
    }
    assert_int_equal(inside, 0);
    assert_int_equal(met, 9);
    assert_int_equal(t.met[20].n, 9);
    for (int k = 0; k < 9; k++) assert_true(t.met[20].weight[k] == 1.0f);
    drop(&t);
}

static void own_cell_comes_first(void **state) {
    (void)state;
    const double sizes[] = {0.1, 0.25, 0.5, 1};
    for (int i = 0; i < 4; i++) {
        struct table t = make(sizes[i]);
        int32_t cell = t.grid.nlon + 1;
        assert_int_equal(sahel_beside(&t.grid, &t.felt[1], cell, 0), cell);
        assert_int_equal(sahel_beside(&t.grid, &t.met[1], cell, 0), cell);
        drop(&t);
    }
}

static void nothing_lies_beyond_the_box(void **state) {
    (void)state;
    struct table t = make(0.25);
    int inside = 0;
    for (int32_t k = 0; k < t.met[0].n; k++)
        inside += sahel_beside(&t.grid, &t.met[0], 0, k) != SAH_NOWHERE;
    assert_int_equal(inside, 4); /* of nine, in a corner */
    drop(&t);
}

/* On cells of whole quarter degrees sums agree to the rounding of distances on the sphere;
 * on finer ones points lie elsewhere. */
static void the_size_of_cells_does_not_matter(void **state) {
    (void)state;
    struct table quarter = make(0.25);
    double felt = sum(&quarter.grid, quarter.felt),
           met = sum(&quarter.grid, quarter.met);
    const struct {
        double cell_deg, felt_within, met_within;
    } cases[] = {{0.1, 0.15, 0.25}, {0.5, 0.03, 0.001}, {1, 0.03, 0.001}};
    for (int i = 0; i < 3; i++) {
        struct table t = make(cases[i].cell_deg);
        assert_true(fabs(sum(&t.grid, t.felt) / felt - 1) < cases[i].felt_within);
        assert_true(fabs(sum(&t.grid, t.met) / met - 1) < cases[i].met_within);
        drop(&t);
    }
    drop(&quarter);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(laws_hold_on_quarter_degrees),
        cmocka_unit_test(own_cell_comes_first),
        cmocka_unit_test(nothing_lies_beyond_the_box),
        cmocka_unit_test(the_size_of_cells_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
