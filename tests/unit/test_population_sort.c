/* Sorting agents by cell: stable, on any number of threads, made anew or mended. */
#include "tests/support/alloc.h"
#include "tests/support/bands.h"
#include "tests/support/bug.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* The obvious reference: all agents of cell 0 in order, of cell 1 in order, ... */
static void assert_sorted_as(const struct band *band, const int32_t *cell, size_t n,
                             int32_t ncells) {
    size_t at = 0;
    for (int32_t c = 0; c < ncells; c++) {
        assert_int_equal(band->base.first[c], at);
        for (size_t i = 0; i < n; i++) {
            if (cell[i] != c) continue;
            assert_true(band->id[at] == i && band->cell[at] == c);
            assert_true(band->mode[at] == (uint16_t)i && band->supply[at] == (float)i);
            at++;
        }
    }
    assert_int_equal(band->base.first[ncells], at);
    assert_int_equal(band->base.n, at);
}

static void sorts_stably_and_drops(void **state) {
    (void)state;
    static const int64_t cells[] = {1, 2, 7, 50, 1000};
    static const size_t sizes[] = {0, 1, 2, 100, 3000};
    for (size_t k = 0; k < 25; k++) {
        struct band band;
        bands_init(&band);
        size_t n = sizes[k / 5], ncells = (size_t)cells[k % 5];
        bands_fill(&band, n, (int64_t)ncells, k);
        int32_t *cell = malloc((n + 1) * sizeof *cell);
        if (n) memcpy(cell, band.cell, n * sizeof *cell);
        assert_int_equal(sah_population_sort(&band.base, ncells, NULL), 0);
        assert_int_equal(band.base.ncells, ncells);
        assert_sorted_as(&band, cell, n, (int32_t)ncells);
        struct sah_digest before = bands_digest(&band);
        assert_int_equal(sah_population_sort(&band.base, ncells, NULL), 0);
        assert_true(sah_digest_equal(before, bands_digest(&band)));
        free(cell);
        sah_population_free(&band.base);
    }
}

/* The first SETTLED stand in order, one of `every` has left; newcomers are behind them. */
enum { SETTLED = 4000, NEW = 300, ALL = SETTLED + NEW, CELLS = 90 };
static void stand_nearly_in_order(struct band *band, int64_t every, uint64_t seed) {
    bands_init(band);
    bands_fill(band, ALL, CELLS, seed);
    for (int i = 0; i < SETTLED; i++)
        band->cell[i] = chance_below(&seed, every) ? i * CELLS / SETTLED : SAH_NOWHERE;
}

/* From few that move, whose neighbours are carried in runs, to most. */
static void sorts_what_is_nearly_in_order(void **state) {
    (void)state;
    static const int64_t every[] = {1000, 100, 20, 7, 2}; /* one of these leaves */
    static int32_t cell[ALL];
    for (size_t k = 0; k < 5; k++) {
        struct band band;
        stand_nearly_in_order(&band, every[k], k);
        memcpy(cell, band.cell, sizeof cell);
        assert_int_equal(sah_population_sort(&band.base, CELLS, NULL), 0);
        assert_sorted_as(&band, cell, ALL, CELLS);
        sah_population_free(&band.base);
    }
}

/* As in a run: sorted before, then some left, some came, a few went elsewhere. */
static void settle_and_move(struct band *band, int64_t every, size_t came,
                            size_t elsewhere, uint64_t seed) {
    stand_nearly_in_order(band, 1000000, seed);
    assert_int_equal(sah_population_sort(&band->base, CELLS, NULL), 0);
    size_t settled = band->base.n;
    bands_fill(band, came, CELLS, seed + 1);
    for (size_t i = 0; i < settled; i++) {
        band->id[i] = i; /* as bands_fill() tells agents apart */
        band->mode[i] = (uint16_t)i;
        band->supply[i] = (float)i;
        if (!chance_below(&seed, every)) band->cell[i] = SAH_NOWHERE;
    }
    for (size_t i = 0; i < elsewhere; i++)
        band->cell[chance_below(&seed, (int64_t)settled)] = 3;
}

static void sorts_again_where_some_have_moved(void **state) {
    (void)state;
    static const int64_t every[] = {1000000, 100, 9, 7, 2};
    static const size_t came[] = {0, 1, 40, 500, 2000}, elsewhere[] = {0, 2};
    for (size_t k = 0; k < 50; k++) {
        struct band band;
        settle_and_move(&band, every[k % 5], came[k / 5 % 5], elsewhere[k / 25], k);
        size_t n = band.base.n;
        int32_t *cell = malloc(n * sizeof *cell);
        memcpy(cell, band.cell, n * sizeof *cell);
        assert_int_equal(sah_population_sort(&band.base, CELLS, NULL), 0);
        assert_sorted_as(&band, cell, n, CELLS);
        free(cell);
        sah_population_free(&band.base);
    }
}

/* The stable order is unique: no matter whether it is mended or made anew. */
static void mends_as_it_sorts(void **state) {
    (void)state;
    struct band band, anew;
    settle_and_move(&band, 50, 200, 0, 4);
    settle_and_move(&anew, 50, 200, 0, 4);
    memset(anew.base.first, 0, (CELLS + 1) * sizeof *anew.base.first); /* unknown */
    assert_int_equal(sah_population_sort(&band.base, CELLS, NULL), 0);
    assert_int_equal(sah_population_sort(&anew.base, CELLS, NULL), 0);
    assert_true(sah_digest_equal(bands_digest(&band), bands_digest(&anew)));
    assert_memory_equal(band.base.first, anew.base.first,
                        (CELLS + 1) * sizeof *band.base.first);
    sah_population_free(&band.base);
    sah_population_free(&anew.base);
}

static void sorts_alike_on_any_number_of_threads(void **state) {
    (void)state;
    static const int threads[] = {1, 2, 3, 7};
    struct sah_digest digest[4];
    int before = omp_get_max_threads();
    for (int t = 0; t < 4; t++) {
        struct band band;
        bands_init(&band);
        bands_fill(&band, 500001, 900, 5);
        omp_set_num_threads(threads[t]);
        assert_int_equal(sah_population_sort(&band.base, 900, NULL), 0);
        bands_fill(&band, 70000, 900, 6);
        assert_int_equal(sah_population_sort(&band.base, 900, NULL), 0);
        bands_fill(&band, 7000, 900, 7);
        assert_int_equal(sah_population_sort(&band.base, 900, NULL), 0);
        digest[t] = bands_digest(&band);
        assert_true(sah_digest_equal(digest[0], digest[t]));
        sah_population_free(&band.base);
    }
    omp_set_num_threads(before);
}

static void agents_keep_capacity_through_sorting(void **state) {
    (void)state;
    struct band band;
    bands_init(&band);
    bands_fill(&band, 100, 5, 3);
    sah_population_reserve(&band.base, 5000, NULL);
    assert_int_equal(sah_population_sort(&band.base, 5, NULL), 0);
    size_t n = band.base.n;
    bands_fill(&band, 5000 - n, 5, 4); /* all columns are as long as they say */
    assert_int_equal(band.base.capacity, 5000);
    assert_int_equal(band.base.first[5], n);
    sah_population_clear(&band.base);
    assert_int_equal(band.base.first[5], 0);
    sah_population_free(&band.base);
}

static void agents_off_the_grid_are_a_bug(void **state) {
    (void)state;
    struct band band;
    bands_init(&band);
    bands_fill(&band, 10, 5, 3);
    band.cell[4] = 5;
    ASSERT_BUG(sah_population_sort(&band.base, 5, NULL),
               "an agent stands outside the grid");
    band.cell[4] = -2;
    ASSERT_BUG(sah_population_sort(&band.base, 5, NULL),
               "an agent stands outside the grid");
    sah_population_free(&band.base);
}

static void too_many_cells_are_refused(void **state) {
    (void)state;
    struct band band;
    bands_init(&band);
    assert_int_equal(sah_population_sort(&band.base, (size_t)INT32_MAX + 1, NULL),
                     SAH_LIMIT);
    sah_population_free(&band.base);
}

static void failed_allocations_change_nothing(void **state) {
    (void)state;
    long n = 0;
    int code = SAH_MEMORY;
    while (code) {
        struct band band;
        bands_init(&band);
        bands_fill(&band, 1000, 20, 9);
        struct sah_digest before = bands_digest(&band);
        alloc_fail_at(++n);
        code = sah_population_sort(&band.base, 20, NULL);
        bool reached = alloc_failed();
        alloc_fail_at(0);
        assert_true(reached ? code == SAH_MEMORY || n > 4 : code == 0);
        if (code) assert_true(sah_digest_equal(before, bands_digest(&band)));
        sah_population_free(&band.base);
    }
    assert_true(n > 3);
}

static void failed_mending_changes_nothing(void **state) {
    (void)state;
    long n = 0;
    int code = SAH_MEMORY;
    while (code) {
        struct band band;
        settle_and_move(&band, 50, 200, 0, 4);
        struct sah_digest before = bands_digest(&band);
        alloc_fail_at(++n);
        code = sah_population_sort(&band.base, CELLS, NULL);
        assert_true(alloc_failed() ? code == SAH_MEMORY : code == 0);
        alloc_fail_at(0);
        if (code) assert_true(sah_digest_equal(before, bands_digest(&band)));
        sah_population_free(&band.base);
    }
    assert_true(n > 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_stably_and_drops),
        cmocka_unit_test(sorts_what_is_nearly_in_order),
        cmocka_unit_test(sorts_again_where_some_have_moved),
        cmocka_unit_test(mends_as_it_sorts),
        cmocka_unit_test(sorts_alike_on_any_number_of_threads),
        cmocka_unit_test(agents_keep_capacity_through_sorting),
        cmocka_unit_test(agents_off_the_grid_are_a_bug),
        cmocka_unit_test(too_many_cells_are_refused),
        cmocka_unit_test(failed_allocations_change_nothing),
        cmocka_unit_test(failed_mending_changes_nothing),
    };
    return cmocka_run_group_tests_name("population_sort", tests, NULL, NULL);
}
