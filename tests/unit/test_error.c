/* Messages are collected, counted and bounded; every code has sentence and status. */
#include "sim/kernel/error.h"
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

static void collects_lines_and_keeps_the_first_code(void **state) {
    (void)state;
    struct sah_error err = {0};
    assert_int_equal(sah_error_add(&err, SAH_INPUT, "a.yaml:%d: bad", 3), SAH_INPUT);
    assert_int_equal(sah_error_add(&err, SAH_MISSING, "b.yaml: gone"), SAH_MISSING);
    assert_int_equal(err.code, SAH_INPUT);
    assert_int_equal(err.count, 2);
    assert_string_equal(err.text, "a.yaml:3: bad\nb.yaml: gone\n");
    sah_error_clear(&err);
    assert_null(err.text);
    assert_int_equal(err.count, 0);
}

static void keeps_a_bounded_number(void **state) {
    (void)state;
    struct sah_error err = {0};
    for (int i = 0; i < 1000; i++) sah_error_add(&err, SAH_INPUT, "x");
    assert_int_equal(err.count, 1000);
    assert_true(strlen(err.text) < 1000);
    sah_error_clear(&err);
}

static void accepts_no_collector(void **state) {
    (void)state;
    assert_int_equal(sah_error_add(NULL, SAH_IO, "nobody listens"), SAH_IO);
}

static void codes_have_sentence_and_status(void **state) {
    (void)state;
    assert_string_equal(sah_code_text(SAH_MEMORY), "out of memory");
    assert_int_equal(sah_code_status(SAH_OK), 0);
    assert_int_equal(sah_code_status(SAH_DIFFERS), 1);
    assert_int_equal(sah_code_status(SAH_INPUT), 2);
    assert_int_equal(sah_code_status(SAH_IO), 3);
    assert_int_equal(sah_code_status(-999), 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(collects_lines_and_keeps_the_first_code),
        cmocka_unit_test(keeps_a_bounded_number),
        cmocka_unit_test(accepts_no_collector),
        cmocka_unit_test(codes_have_sentence_and_status),
    };
    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
