/* Keyed numbers: Random123's known answers, the limits of a key, and one law for all
 * forms: scalar, bulk on every variant, GSL. */
#include "sim/kernel/isa.h"
#include "sim/kernel/rng.h"
#include "tests/support/bug.h"
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

static void expect_four(struct sah_rng *rng, const uint32_t expected[4]) {
    for (int i = 0; i < 4; i++) assert_int_equal(sah_rng_u32(rng), expected[i]);
}

/* Random123, tests/kat_vectors, philox4x32 of 10 rounds. */
static void gives_the_known_answers(void **state) {
    (void)state;
    struct sah_rng rng;
    sah_rng_at(&rng, 0, 0, 0, 0);
    expect_four(&rng, (uint32_t[]){0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u});

    sah_rng_at(&rng, UINT64_MAX, 0xfff, UINT64_MAX, UINT32_MAX);
    rng.ordinal = 0xfffff;
    expect_four(&rng, (uint32_t[]){0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu});

    sah_rng_at(&rng, 0x299f31d0a4093822u, 0x037, 0x85a308d3243f6a88u, 0x13198a2eu);
    rng.ordinal = 0x07344;
    expect_four(&rng, (uint32_t[]){0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u});
}

static void long_numbers_are_two_short_ones(void **state) {
    (void)state;
    struct sah_rng shorts, longs;
    sah_rng_at(&shorts, 1, 2, 3, 4);
    longs = shorts;
    assert_int_equal(sah_rng_u32(&longs), sah_rng_u32(&shorts)); /* an odd start */
    for (int i = 0; i < 10; i++) {
        uint64_t low = sah_rng_u32(&shorts);
        assert_true(sah_rng_u64(&longs) ==
                    (low | (uint64_t)sah_rng_u32(&shorts) << 32));
    }
}

static void a_key_is_exhausted_with_its_ordinals(void **state) {
    (void)state;
    struct sah_rng rng;
    sah_rng_at(&rng, 1, 2, 3, 4);
    rng.ordinal = (1u << SAH_RNG_ORDINAL_BITS) - 1;
    for (int i = 0; i < 4; i++) ASSERT_NO_BUG(sah_rng_u32(&rng));
    ASSERT_BUG(sah_rng_u32(&rng), "draws of one key are exhausted");
}

static void purposes_have_twelve_bits(void **state) {
    (void)state;
    const char *text = "purpose of a draw has over 12 bits";
    struct sah_rng rng;
    uint64_t id = 1;
    uint32_t out;
    ASSERT_NO_BUG(sah_rng_at(&rng, 1, 4095, 2, 3));
    ASSERT_BUG(sah_rng_at(&rng, 1, 4096, 2, 3), text);
    ASSERT_BUG(sah_rng_bulk(1, 4096, 2, &id, 1, &out), text);
}

enum { MOST = 100, GUARD = 0x5a };

struct bulk {
    uint32_t first[MOST], words[4][MOST];
    float unit[MOST], units[4][MOST];
};

static void fill(struct bulk *bulk, const uint64_t *id, size_t n) {
    uint32_t *const words[4] = {bulk->words[0], bulk->words[1], bulk->words[2],
                                bulk->words[3]};
    float *const units[4] = {bulk->units[0], bulk->units[1], bulk->units[2],
                             bulk->units[3]};
    memset(bulk, GUARD, sizeof *bulk);
    sah_rng_bulk(0x123456789abcdefu, 77, 12345, id, n, bulk->first);
    sah_rng_bulk4(0x123456789abcdefu, 77, 12345, id, n, words);
    sah_rng_bulk_unit(0x123456789abcdefu, 77, 12345, id, n, bulk->unit);
    sah_rng_bulk4_unit(0x123456789abcdefu, 77, 12345, id, n, units);
}

static void expect_scalar(const struct bulk *bulk, const uint64_t *id, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct sah_rng rng;
        sah_rng_at(&rng, 0x123456789abcdefu, 77, id[i], 12345);
        for (int w = 0; w < 4; w++) {
            uint32_t word = sah_rng_u32(&rng);
            assert_int_equal(bulk->words[w][i], word);
            assert_true(bulk->units[w][i] == sah_unit_float(word));
        }
        assert_int_equal(bulk->first[i], bulk->words[0][i]);
        assert_true(bulk->unit[i] == bulk->units[0][i]);
    }
}

static void expect_untouched(const struct bulk *bulk, size_t n) {
    struct bulk guard;
    memset(&guard, GUARD, sizeof guard);
    size_t bytes = (MOST - n) * sizeof(uint32_t);
    assert_memory_equal(bulk->first + n, guard.first, bytes);
    assert_memory_equal(bulk->unit + n, guard.unit, bytes);
    for (int w = 0; w < 4; w++) {
        assert_memory_equal(bulk->words[w] + n, guard.words[w], bytes);
        assert_memory_equal(bulk->units[w] + n, guard.units[w], bytes);
    }
}

static void bulk_equals_scalar_on_every_variant(void **state) {
    (void)state;
    enum sah_isa before = sah_isa_best();
    uint64_t id[MOST];
    for (uint64_t i = 0; i < MOST; i++) id[i] = sah_id_child(i, 9, 9);
    id[0] = UINT64_MAX;
    id[1] = 0;
    for (int isa = 0; isa <= (int)sah_isa_limit(); isa++) {
        sah_isa_set((enum sah_isa)isa);
        for (size_t n = 0; n < MOST - 1; n++) {
            struct bulk bulk;
            fill(&bulk, id + n % 2, n);
            expect_scalar(&bulk, id + n % 2, n);
            expect_untouched(&bulk, n);
        }
    }
    sah_isa_set(before);
}

static void units_are_open_and_centred(void **state) {
    (void)state;
    assert_true(sah_unit_float(0) == 0x1p-24f);
    assert_true(sah_unit_float(UINT32_MAX) == 1 - 0x1p-24f);
    assert_true(sah_unit_double(0) == 0x1p-53);
    assert_true(sah_unit_double(UINT64_MAX) == 1 - 0x1p-53);
    assert_true(sah_unit_float(0x7fffffffu) + sah_unit_float(0x80000000u) == 1);
}

static int by_value(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void newcomers_have_ids_of_their_own(void **state) {
    (void)state;
    enum { SIDE = 40, COUNT = SIDE * SIDE * SIDE };
    uint64_t *id = calloc(COUNT, sizeof *id);
    assert_non_null(id);
    for (uint32_t i = 0; i < COUNT; i++)
        id[i] = sah_id_child(i % SIDE, i / SIDE % SIDE, i / SIDE / SIDE);
    qsort(id, COUNT, sizeof *id, by_value);
    assert_true(id[0] > 0);
    for (int i = 1; i < COUNT; i++) assert_true(id[i] != id[i - 1]);
    free(id);
    assert_true(sah_id_child(1, 2, 3) == 0xfd7b43b570f1dc28u);
    assert_true(sah_id_child(UINT64_C(1) << 32, 0, 0) != sah_id_child(1, 0, 0));
}

static void gsl_sees_the_same_numbers(void **state) {
    (void)state;
    struct sah_rng lent, own;
    sah_rng_at(&lent, 5, 6, 7, 8);
    own = lent;
    gsl_rng gsl = sah_rng_as_gsl(&lent);
    for (int i = 0; i < 9; i++) assert_int_equal(gsl_rng_get(&gsl), sah_rng_u32(&own));
    assert_true(gsl_rng_uniform(&gsl) == sah_rng_u32(&own) * 0x1p-32);
    assert_string_equal(gsl_rng_name(&gsl), "sahel-philox4x32-10");
    assert_true(gsl_rng_max(&gsl) == UINT32_MAX && gsl_rng_min(&gsl) == 0);
}

static void gsl_can_own_one(void **state) {
    (void)state;
    gsl_rng *gsl = gsl_rng_alloc(sah_rng_gsl_type);
    assert_non_null(gsl);
    gsl_rng_set(gsl, 42);
    struct sah_rng own;
    sah_rng_at(&own, 42, 0, 0, 0);
    gsl_rng *twin = gsl_rng_clone(gsl);
    for (int i = 0; i < 9; i++) {
        uint32_t expected = sah_rng_u32(&own);
        assert_int_equal(gsl_rng_get(gsl), expected);
        assert_int_equal(gsl_rng_get(twin), expected);
    }
    gsl_rng_free(twin);
    gsl_rng_free(gsl);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_known_answers),
        cmocka_unit_test(long_numbers_are_two_short_ones),
        cmocka_unit_test(a_key_is_exhausted_with_its_ordinals),
        cmocka_unit_test(purposes_have_twelve_bits),
        cmocka_unit_test(bulk_equals_scalar_on_every_variant),
        cmocka_unit_test(units_are_open_and_centred),
        cmocka_unit_test(newcomers_have_ids_of_their_own),
        cmocka_unit_test(gsl_sees_the_same_numbers),
        cmocka_unit_test(gsl_can_own_one),
    };
    return cmocka_run_group_tests_name("rng", tests, NULL, NULL);
}
