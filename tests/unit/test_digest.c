/* Digests: known answers, and every part of what enters shows. */
#include "sim/kernel/digest.h"
#include "tests/support/cmocka_all.h"

#include <string.h>

static struct sah_digest of(const char *name, enum sah_type type, const void *data,
                            size_t count) {
    struct sah_digest_state state;
    sah_digest_init(&state);
    sah_digest_update(&state, name, type, data, count);
    return sah_digest_final(&state);
}

static void known_answer(void **state) {
    (void)state;
    const int32_t values[] = {1, -2, 3};
    char text[33];
    sah_digest_text(of("values", SAH_I32, values, 3), text);
    assert_string_equal(text, "6a4577a64b43b4f080a8f0731bdd99ec");
}

static void every_part_shows(void **state) {
    (void)state;
    const int32_t a[] = {1, 2, 3, 4}, b[] = {1, 2, 4, 3};
    struct sah_digest base = of("a", SAH_I32, a, 4);
    assert_true(sah_digest_equal(base, of("a", SAH_I32, a, 4)));
    assert_false(sah_digest_equal(base, of("b", SAH_I32, a, 4)));
    assert_false(sah_digest_equal(base, of("a", SAH_U32, a, 4)));
    assert_false(sah_digest_equal(base, of("a", SAH_I32, a, 3)));
    assert_false(sah_digest_equal(base, of("a", SAH_I32, b, 4)));
    assert_false(sah_digest_equal(of("a", SAH_U8, a, 0), of("a", SAH_I8, NULL, 0)));
    assert_true(sah_digest_equal(of("a", SAH_U8, a, 0), of("a", SAH_U8, NULL, 0)));
}

static void order_shows_and_more_may_follow(void **state) {
    (void)state;
    struct sah_digest_state x, y;
    sah_digest_init(&x);
    sah_digest_init(&y);
    sah_digest_update_text(&x, "t", "one");
    struct sah_digest early = sah_digest_final(&x);
    sah_digest_update_text(&x, "t", "two");
    sah_digest_update_text(&y, "t", "two");
    sah_digest_update_text(&y, "t", "one");
    assert_false(sah_digest_equal(sah_digest_final(&x), sah_digest_final(&y)));
    assert_false(sah_digest_equal(sah_digest_final(&x), early));
}

static void text_goes_there_and_back(void **state) {
    (void)state;
    struct sah_digest digest = {0x0123456789abcdefu, 0xfedcba9876543210u}, back;
    char text[33];
    sah_digest_text(digest, text);
    assert_string_equal(text, "0123456789abcdeffedcba9876543210");
    assert_true(sah_digest_parse(text, &back));
    assert_true(sah_digest_equal(digest, back));
    assert_true(sah_digest_parse("0123456789ABCDEFFEDCBA9876543210", &back));
    assert_true(sah_digest_equal(digest, back));
}

static void bad_text_is_refused(void **state) {
    (void)state;
    struct sah_digest back;
    assert_false(sah_digest_parse("", &back));
    assert_false(sah_digest_parse("0123456789abcdeffedcba987654321", &back));
    assert_false(sah_digest_parse("0123456789abcdeffedcba98765432100", &back));
    assert_false(sah_digest_parse("0123456789abcdefgedcba9876543210", &back));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answer),
        cmocka_unit_test(every_part_shows),
        cmocka_unit_test(order_shows_and_more_may_follow),
        cmocka_unit_test(text_goes_there_and_back),
        cmocka_unit_test(bad_text_is_refused),
    };
    return cmocka_run_group_tests_name("digest", tests, NULL, NULL);
}
