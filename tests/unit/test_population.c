/* Populations: growth, stable sorting on any number of threads, splitting and merging
 * without loss, failures that leave all as it was. */
#include "sim/kernel/digest.h"
#include "sim/kernel/population.h"
#include "tests/support/alloc.h"
#include "tests/support/bug.h"
#include "tests/support/chance.h"
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define BAND_COLUMNS(X)                                          \
    X(uint64_t, id, "1", SAH_KEEP, "Identity")                   \
    X(int32_t, cell, "1", SAH_KEEP, "Grid cell")                 \
    X(int32_t, fighters, "persons", SAH_WEIGHT, "Fighters")      \
    X(int64_t, money, "USD", SAH_SUM, "Treasury, may be a debt") \
    X(uint8_t, mood, "1", SAH_MEAN, "0 low .. 255 high")         \
    X(uint16_t, mode, "1", SAH_KEEP, "What it does")             \
    X(float, supply, "kg", SAH_SUM, "Supplies")                  \
    X(double, skill, "1", SAH_MEAN, "0 none .. 1 full")
struct band {
    struct sah_population base;
    BAND_COLUMNS(SAH_COLUMN_POINTER)
};
#define SAH_COLUMN_STRUCT struct band
static const struct sah_column columns[] = {BAND_COLUMNS(SAH_COLUMN_ROW)};
enum { NCOLUMNS = sizeof columns / sizeof *columns, FIGHTERS = 2, MONEY = 3 };

static void init(struct band *band) {
    sah_population_init(&band->base, "bands", "Armed bands", columns, NCOLUMNS);
}

/* n agents in random cells -1 .. ncells-1, told apart by id and by every column. */
static void fill(struct band *band, size_t n, int64_t ncells, uint64_t seed) {
    size_t first;
    assert_int_equal(sah_population_add(&band->base, n, &first, NULL), 0);
    for (size_t i = first; i < first + n; i++) {
        band->id[i] = i;
        band->cell[i] = (int32_t)chance_below(&seed, ncells + 1) - 1;
        band->fighters[i] = (int32_t)chance_below(&seed, 1000) + 1;
        band->money[i] = chance_below(&seed, 2000001) - 1000000;
        band->mood[i] = (uint8_t)chance_below(&seed, 256);
        band->mode[i] = (uint16_t)i;
        band->supply[i] = (float)i;
        band->skill[i] = chance_between(&seed, 0.0, 1.0);
    }
}

static struct sah_digest digest_of(const struct band *band) {
    struct sah_digest_state state;
    sah_digest_init(&state);
    sah_digest_population(&state, &band->base);
    return sah_digest_final(&state);
}

static void lists_describe_columns(void **state) {
    (void)state;
    struct band band;
    init(&band);
    assert_int_equal(band.base.weight, FIGHTERS);
    assert_string_equal(columns[6].name, "supply");
    assert_int_equal(columns[6].type, SAH_F32);
    assert_int_equal(sah_population_find(&band.base, "money"), MONEY);
    assert_int_equal(sah_population_find(&band.base, "honey"), -1);
    assert_null(band.skill);
    sah_population_free(&band.base);
}

static void adds_zeroed_agents(void **state) {
    (void)state;
    struct band band;
    init(&band);
    fill(&band, 1000, 10, 1);
    sah_population_clear(&band.base);
    size_t first = 99;
    assert_int_equal(sah_population_add(&band.base, 700, &first, NULL), 0);
    assert_int_equal(first, 0);
    for (size_t i = 0; i < 700; i++)
        assert_true(band.id[i] == 0 && band.fighters[i] == 0 && band.skill[i] == 0.0);
    assert_int_equal(sah_population_add(&band.base, 1, &first, NULL), 0);
    assert_int_equal(first, 700);
    assert_int_equal(sah_population_add(&band.base, 0, NULL, NULL), 0);
    assert_int_equal(band.base.n, 701);
    assert_ptr_equal(sah_population_column(&band.base, MONEY), band.money);
    sah_population_free(&band.base);
}

static void grows_by_doubling_and_reserves_exactly(void **state) {
    (void)state;
    struct band band;
    init(&band);
    fill(&band, 17, 10, 1);
    assert_int_equal(band.base.capacity, 32);
    assert_int_equal(sah_population_reserve(&band.base, 1001, NULL), 0);
    assert_int_equal(band.base.capacity, 1001);
    assert_int_equal(sah_population_reserve(&band.base, 5, NULL), 0);
    assert_int_equal(band.base.capacity, 1001);
    sah_population_free(&band.base);
    assert_int_equal(band.base.capacity, 0);
    assert_null(band.id);
}

static void refuses_what_no_memory_holds(void **state) {
    (void)state;
    struct band band;
    init(&band);
    fill(&band, 3, 10, 1);
    struct sah_error err = {0};
    assert_int_equal(sah_population_add(&band.base, SIZE_MAX, NULL, &err), SAH_MEMORY);
    assert_int_equal(sah_population_add(&band.base, SIZE_MAX / 4, NULL, &err),
                     SAH_MEMORY);
    assert_int_equal(sah_population_reserve(&band.base, SIZE_MAX / 2, &err),
                     SAH_MEMORY);
    assert_non_null(strstr(err.text, "bands: no memory for"));
    assert_int_equal(band.base.n, 3);
    sah_error_clear(&err);
    sah_population_free(&band.base);
}

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
        init(&band);
        size_t n = sizes[k / 5], ncells = (size_t)cells[k % 5];
        fill(&band, n, (int64_t)ncells, k);
        int32_t *cell = malloc((n + 1) * sizeof *cell);
        if (n) memcpy(cell, band.cell, n * sizeof *cell);
        assert_int_equal(sah_population_sort(&band.base, ncells, NULL), 0);
        assert_int_equal(band.base.ncells, ncells);
        assert_sorted_as(&band, cell, n, (int32_t)ncells);
        struct sah_digest before = digest_of(&band);
        assert_int_equal(sah_population_sort(&band.base, ncells, NULL), 0);
        assert_true(sah_digest_equal(before, digest_of(&band)));
        free(cell);
        sah_population_free(&band.base);
    }
}

/* The first SETTLED stand in order, one of `every` has left; newcomers are behind them. */
enum { SETTLED = 4000, NEW = 300, ALL = SETTLED + NEW, CELLS = 90 };
static void stand_nearly_in_order(struct band *band, int64_t every, uint64_t seed) {
    init(band);
    fill(band, ALL, CELLS, seed);
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
    fill(band, came, CELLS, seed + 1);
    for (size_t i = 0; i < settled; i++) {
        band->id[i] = i; /* as fill() tells agents apart */
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
    assert_true(sah_digest_equal(digest_of(&band), digest_of(&anew)));
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
        init(&band);
        fill(&band, 500001, 900, 5);
        omp_set_num_threads(threads[t]);
        assert_int_equal(sah_population_sort(&band.base, 900, NULL), 0);
        fill(&band, 70000, 900, 6);
        assert_int_equal(sah_population_sort(&band.base, 900, NULL), 0);
        fill(&band, 7000, 900, 7);
        assert_int_equal(sah_population_sort(&band.base, 900, NULL), 0);
        digest[t] = digest_of(&band);
        assert_true(sah_digest_equal(digest[0], digest[t]));
        sah_population_free(&band.base);
    }
    omp_set_num_threads(before);
}

static void agents_keep_capacity_through_sorting(void **state) {
    (void)state;
    struct band band;
    init(&band);
    fill(&band, 100, 5, 3);
    sah_population_reserve(&band.base, 5000, NULL);
    assert_int_equal(sah_population_sort(&band.base, 5, NULL), 0);
    size_t n = band.base.n;
    fill(&band, 5000 - n, 5, 4); /* all columns are as long as they say */
    assert_int_equal(band.base.capacity, 5000);
    assert_int_equal(band.base.first[5], n);
    sah_population_clear(&band.base);
    assert_int_equal(band.base.first[5], 0);
    sah_population_free(&band.base);
}

static void agents_off_the_grid_are_a_bug(void **state) {
    (void)state;
    struct band band;
    init(&band);
    fill(&band, 10, 5, 3);
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
    init(&band);
    assert_int_equal(sah_population_sort(&band.base, (size_t)INT32_MAX + 1, NULL),
                     SAH_LIMIT);
    sah_population_free(&band.base);
}

static void splits_in_proportion(void **state) {
    (void)state;
    struct band band;
    init(&band);
    fill(&band, 1, 5, 3);
    band.fighters[0] = 10;
    band.money[0] = 101;
    band.mood[0] = 7;
    band.supply[0] = 5.0f;
    band.skill[0] = 0.25;
    size_t part;
    assert_int_equal(sah_population_split(&band.base, 0, 3, &part, NULL), 0);
    assert_int_equal(part, 1);
    assert_int_equal(band.fighters[1], 3);
    assert_int_equal(band.fighters[0], 7);
    assert_int_equal(band.money[1], 30); /* 30.3 rounded towards zero */
    assert_int_equal(band.money[0], 71);
    assert_int_equal(band.mood[1], 7);
    assert_true(fabsf(band.supply[1] - 1.5f) < 1e-6f);
    assert_true(band.supply[0] + band.supply[1] == 5.0f);
    assert_true(band.skill[1] == 0.25 && band.mode[1] == band.mode[0]);
    assert_true(band.id[1] == band.id[0] && band.cell[1] == band.cell[0]);
    sah_population_free(&band.base);
}

static void splits_debts_and_huge_sums(void **state) {
    (void)state;
    struct band band;
    init(&band);
    fill(&band, 1, 5, 3);
    band.fighters[0] = 3;
    band.money[0] = -100;
    size_t part;
    assert_int_equal(sah_population_split(&band.base, 0, 1, &part, NULL), 0);
    assert_int_equal(band.money[part], -33);
    assert_int_equal(band.money[0], -67);
    band.fighters[0] = INT32_MAX;
    band.money[0] = INT64_MAX;
    assert_int_equal(sah_population_split(&band.base, 0, INT32_MAX - 1, &part, NULL),
                     0);
    assert_true(band.money[0] + band.money[part] == INT64_MAX);
    assert_int_equal(band.fighters[0], 1);
    sah_population_free(&band.base);
}

static void merges_by_rule(void **state) {
    (void)state;
    struct band band;
    init(&band);
    fill(&band, 2, 5, 3);
    band.fighters[0] = 1, band.fighters[1] = 3;
    band.money[0] = 50, band.money[1] = -80;
    band.mood[0] = 10, band.mood[1] = 20;
    band.mode[0] = 4, band.mode[1] = 9;
    band.supply[0] = 1.5f, band.supply[1] = 2.0f;
    band.skill[0] = 0.0, band.skill[1] = 1.0;
    band.cell[0] = 2;
    sah_population_merge(&band.base, 0, 1);
    assert_int_equal(band.fighters[0], 4);
    assert_int_equal(band.money[0], -30);
    assert_int_equal(band.mood[0], 18); /* 17.5 */
    assert_int_equal(band.mode[0], 4);
    assert_true(band.supply[0] == 3.5f && band.skill[0] == 0.75);
    assert_int_equal(band.cell[1], SAH_NOWHERE);
    assert_int_equal(band.fighters[1], 0);
    assert_int_equal(sah_population_total(&band.base, FIGHTERS), 4);
    assert_int_equal(sah_population_sort(&band.base, 5, NULL), 0);
    assert_int_equal(band.base.n, 1);
    sah_population_free(&band.base);
}

static void means_without_weight_are_plain(void **state) {
    (void)state;
    struct band band;
    init(&band);
    fill(&band, 2, 5, 3);
    band.fighters[0] = band.fighters[1] = 0;
    band.skill[0] = 0.5, band.skill[1] = 1.0;
    sah_population_merge(&band.base, 0, 1);
    assert_true(band.skill[0] == 0.75);
    sah_population_free(&band.base);
}

static void pours_as_split_and_merge(void **state) {
    (void)state;
    for (int64_t weight = 1; weight <= 10; weight++) {
        struct band way[2];
        for (int w = 0; w < 2; w++) {
            init(&way[w]);
            fill(&way[w], 2, 5, 3);
            struct band *band = &way[w];
            band->fighters[0] = 4, band->fighters[1] = 10;
            band->money[0] = -30, band->money[1] = 101;
            band->mood[0] = 10, band->mood[1] = 20;
            band->supply[0] = 1.3f, band->supply[1] = 2.1f;
            band->skill[0] = 0.1, band->skill[1] = 0.7;
            band->cell[0] = band->cell[1] = 2;
        }
        size_t part;
        assert_int_equal(sah_population_split(&way[0].base, 1, weight, &part, NULL), 0);
        sah_population_merge(&way[0].base, 0, part);
        sah_population_pour(&way[1].base, 1, weight, 0);
        for (size_t i = 0; i < 2; i++) {
            assert_int_equal(way[0].fighters[i], way[1].fighters[i]);
            assert_int_equal(way[0].money[i], way[1].money[i]);
            assert_int_equal(way[0].mood[i], way[1].mood[i]);
            assert_int_equal(way[0].cell[i], way[1].cell[i]);
            assert_true(way[0].supply[i] == way[1].supply[i]);
            assert_true(way[0].skill[i] == way[1].skill[i]);
        }
        assert_int_equal(way[1].cell[1], weight == 10 ? SAH_NOWHERE : 2);
        sah_population_free(&way[0].base);
        sah_population_free(&way[1].base);
    }
}

static void nothing_is_lost_in_many_splits_and_merges(void **state) {
    (void)state;
    struct band band;
    init(&band);
    fill(&band, 200, 20, 3);
    int64_t fighters = sah_population_total(&band.base, FIGHTERS);
    int64_t money = sah_population_total(&band.base, MONEY);
    uint64_t seed = 8;
    for (int k = 0; k < 5000; k++) {
        size_t n = band.base.n, part;
        size_t a = (size_t)chance_below(&seed, (int64_t)n);
        size_t b = (size_t)chance_below(&seed, (int64_t)n);
        if (chance_below(&seed, 2) && band.fighters[a] > 1) {
            int64_t weight = 1 + chance_below(&seed, band.fighters[a] - 1);
            assert_int_equal(sah_population_split(&band.base, a, weight, &part, NULL),
                             0);
            band.cell[part] = (int32_t)chance_below(&seed, 20);
        } else if (a != b && band.cell[a] >= 0 && band.cell[b] >= 0) {
            sah_population_merge(&band.base, a, b);
        }
        if (k % 500 == 0)
            for (size_t i = 0; i < band.base.n; i++) /* nobody leaves by chance */
                if (band.cell[i] < 0 && band.fighters[i] > 0) band.cell[i] = 0;
        if (k % 500 == 0)
            assert_int_equal(sah_population_sort(&band.base, 20, NULL), 0);
        assert_int_equal(sah_population_total(&band.base, FIGHTERS), fighters);
        assert_int_equal(sah_population_total(&band.base, MONEY), money);
    }
    sah_population_free(&band.base);
}

static void a_part_may_be_all(void **state) {
    (void)state;
    struct band band;
    init(&band);
    fill(&band, 1, 5, 3);
    size_t part;
    band.fighters[0] = 10;
    int64_t money = sah_population_total(&band.base, MONEY);
    assert_int_equal(sah_population_split(&band.base, 0, 10, &part, NULL), 0);
    assert_int_equal(band.fighters[0], 0);
    assert_int_equal(band.cell[0], SAH_NOWHERE);
    assert_int_equal(band.fighters[part], 10);
    assert_int_equal(sah_population_total(&band.base, MONEY), money);
    sah_population_free(&band.base);
}

static void misuse_is_a_bug(void **state) {
    (void)state;
    struct band band;
    init(&band);
    fill(&band, 2, 5, 3);
    size_t part;
    band.fighters[0] = 10;
    ASSERT_BUG(sah_population_split(&band.base, 0, 11, &part, NULL),
               "a part larger than its whole");
    ASSERT_BUG(sah_population_split(&band.base, 0, 0, &part, NULL),
               "a part larger than its whole");
    ASSERT_BUG(sah_population_split(&band.base, 2, 1, &part, NULL), "no such agent");
    ASSERT_BUG(sah_population_pour(&band.base, 0, 11, 1),
               "a part larger than its whole");
    ASSERT_BUG(sah_population_pour(&band.base, 1, 1, 1), "an agent merged with itself");
    ASSERT_BUG(sah_population_merge(&band.base, 1, 1), "an agent merged with itself");
    ASSERT_BUG(sah_population_merge(&band.base, 0, 2), "no such agent");
    ASSERT_BUG(sah_population_total(&band.base, 6),
               "the total of a column that is not whole");
    ASSERT_BUG(sah_population_column(&band.base, NCOLUMNS), "no such column");
    band.fighters[0] = band.fighters[1] = INT32_MAX;
    ASSERT_BUG(sah_population_merge(&band.base, 0, 1),
               "a merged sum is beyond the range of its column");
    sah_population_free(&band.base);
}

static void lists_begin_with_id_and_cell(void **state) {
    (void)state;
    struct band band;
    ASSERT_BUG(sah_population_init(&band.base, "x", "x", columns + 1, NCOLUMNS - 1),
               "the first column must be uint64_t id");
    struct sah_column bad[NCOLUMNS];
    memcpy(bad, columns, sizeof bad);
    bad[1].type = SAH_I64;
    ASSERT_BUG(sah_population_init(&band.base, "x", "x", bad, NCOLUMNS),
               "the second column must be int32_t cell");
    memcpy(bad, columns, sizeof bad);
    bad[MONEY].merge = SAH_WEIGHT;
    ASSERT_BUG(sah_population_init(&band.base, "x", "x", bad, NCOLUMNS),
               "two weights in one population");
}

static void failed_allocations_change_nothing(void **state) {
    (void)state;
    long n = 0;
    int code = SAH_MEMORY;
    while (code) {
        struct band band;
        init(&band);
        fill(&band, 1000, 20, 9);
        struct sah_digest before = digest_of(&band);
        alloc_fail_at(++n);
        code = sah_population_sort(&band.base, 20, NULL);
        bool reached = alloc_failed();
        alloc_fail_at(0);
        assert_true(reached ? code == SAH_MEMORY || n > 4 : code == 0);
        if (code) assert_true(sah_digest_equal(before, digest_of(&band)));
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
        struct sah_digest before = digest_of(&band);
        alloc_fail_at(++n);
        code = sah_population_sort(&band.base, CELLS, NULL);
        assert_true(alloc_failed() ? code == SAH_MEMORY : code == 0);
        alloc_fail_at(0);
        if (code) assert_true(sah_digest_equal(before, digest_of(&band)));
        sah_population_free(&band.base);
    }
    assert_true(n > 4);
}

static void failed_growth_keeps_agents(void **state) {
    (void)state;
    for (long n = 1; n <= NCOLUMNS; n++) {
        struct band band;
        init(&band);
        fill(&band, 16, 20, 9);
        struct sah_digest before = digest_of(&band);
        alloc_fail_at(n);
        assert_int_equal(sah_population_add(&band.base, 100, NULL, NULL), SAH_MEMORY);
        assert_true(sah_digest_equal(before, digest_of(&band)));
        assert_int_equal(sah_population_add(&band.base, 100, NULL, NULL), 0);
        sah_population_free(&band.base);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_describe_columns),
        cmocka_unit_test(adds_zeroed_agents),
        cmocka_unit_test(grows_by_doubling_and_reserves_exactly),
        cmocka_unit_test(refuses_what_no_memory_holds),
        cmocka_unit_test(sorts_stably_and_drops),
        cmocka_unit_test(sorts_what_is_nearly_in_order),
        cmocka_unit_test(sorts_again_where_some_have_moved),
        cmocka_unit_test(mends_as_it_sorts),
        cmocka_unit_test(sorts_alike_on_any_number_of_threads),
        cmocka_unit_test(agents_keep_capacity_through_sorting),
        cmocka_unit_test(agents_off_the_grid_are_a_bug),
        cmocka_unit_test(too_many_cells_are_refused),
        cmocka_unit_test(splits_in_proportion),
        cmocka_unit_test(splits_debts_and_huge_sums),
        cmocka_unit_test(merges_by_rule),
        cmocka_unit_test(means_without_weight_are_plain),
        cmocka_unit_test(pours_as_split_and_merge),
        cmocka_unit_test(nothing_is_lost_in_many_splits_and_merges),
        cmocka_unit_test(a_part_may_be_all),
        cmocka_unit_test(misuse_is_a_bug),
        cmocka_unit_test(lists_begin_with_id_and_cell),
        cmocka_unit_test(failed_allocations_change_nothing),
        cmocka_unit_test(failed_mending_changes_nothing),
        cmocka_unit_test(failed_growth_keeps_agents),
    };
    return cmocka_run_group_tests_name("population", tests, NULL, NULL);
}
