/* Populations: growth, splitting and merging without loss, failures that leave all as it
 * was. */
#include "tests/support/alloc.h"
#include "tests/support/bands.h"
#include "tests/support/bug.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void lists_describe_columns(void **state) {
    (void)state;
    struct band band;
    bands_init(&band);
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
    bands_init(&band);
    bands_fill(&band, 1000, 10, 1);
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
    bands_init(&band);
    bands_fill(&band, 17, 10, 1);
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
    bands_init(&band);
    bands_fill(&band, 3, 10, 1);
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

static void splits_in_proportion(void **state) {
    (void)state;
    struct band band;
    bands_init(&band);
    bands_fill(&band, 1, 5, 3);
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
    bands_init(&band);
    bands_fill(&band, 1, 5, 3);
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
    bands_init(&band);
    bands_fill(&band, 2, 5, 3);
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
    bands_init(&band);
    bands_fill(&band, 2, 5, 3);
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
            bands_init(&way[w]);
            bands_fill(&way[w], 2, 5, 3);
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
    bands_init(&band);
    bands_fill(&band, 200, 20, 3);
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
    bands_init(&band);
    bands_fill(&band, 1, 5, 3);
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
    bands_init(&band);
    bands_fill(&band, 2, 5, 3);
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

static void failed_growth_keeps_agents(void **state) {
    (void)state;
    for (long n = 1; n <= NCOLUMNS; n++) {
        struct band band;
        bands_init(&band);
        bands_fill(&band, 16, 20, 9);
        struct sah_digest before = bands_digest(&band);
        alloc_fail_at(n);
        assert_int_equal(sah_population_add(&band.base, 100, NULL, NULL), SAH_MEMORY);
        assert_true(sah_digest_equal(before, bands_digest(&band)));
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
        cmocka_unit_test(splits_in_proportion),
        cmocka_unit_test(splits_debts_and_huge_sums),
        cmocka_unit_test(merges_by_rule),
        cmocka_unit_test(means_without_weight_are_plain),
        cmocka_unit_test(pours_as_split_and_merge),
        cmocka_unit_test(nothing_is_lost_in_many_splits_and_merges),
        cmocka_unit_test(a_part_may_be_all),
        cmocka_unit_test(misuse_is_a_bug),
        cmocka_unit_test(lists_begin_with_id_and_cell),
        cmocka_unit_test(failed_growth_keeps_agents),
    };
    return cmocka_run_group_tests_name("population", tests, NULL, NULL);
}
