/* Stored numbers come back; what does not fit or is undefined is never mistaken. */
#include "output/store.h"
#include "tests/support/cmocka_all.h"

#include <float.h>
#include <math.h>

static double there_and_back(enum sah_type type, double value) {
    uint64_t stored;
    assert_true(sah_store_put(type, value, &stored));
    return sah_store_get(type, &stored, true);
}

static void refuse(enum sah_type type, double value) {
    uint64_t stored;
    assert_false(sah_store_put(type, value, &stored));
    assert_true(isnan(sah_store_get(type, &stored, true)));
}

static void values_come_back(void **state) {
    (void)state;
    for (int t = SAH_U8; t <= SAH_F64; t++) {
        assert_true(there_and_back((enum sah_type)t, 0) == 0);
        assert_true(there_and_back((enum sah_type)t, 101) == 101);
    }
    assert_true(there_and_back(SAH_I8, -126) == -126);
    assert_true(there_and_back(SAH_U8, 254) == 254);
    assert_true(there_and_back(SAH_I64, -9007199254740992.0) == -9007199254740992.0);
    assert_true(there_and_back(SAH_F32, 0.5) == 0.5);
    assert_true(isinf(there_and_back(SAH_F64, INFINITY)));
}

static void whole_types_take_the_nearest(void **state) {
    (void)state;
    assert_true(there_and_back(SAH_I32, 2.4) == 2);
    assert_true(there_and_back(SAH_I32, -2.6) == -3);
}

static void undefined_is_the_fill_value(void **state) {
    (void)state;
    for (int t = SAH_U8; t <= SAH_F64; t++)
        assert_true(isnan(there_and_back((enum sah_type)t, (double)NAN)));
    int16_t stored;
    sah_store_fill(SAH_I16, &stored);
    assert_int_equal(stored, -32767);
    assert_true(sah_store_get(SAH_I16, &stored, false) == -32767);
}

static void what_does_not_fit_is_refused(void **state) {
    (void)state;
    refuse(SAH_U8, 255); /* that is the fill value */
    refuse(SAH_U8, -1);
    refuse(SAH_I8, 128);
    refuse(SAH_I16, -32767);
    refuse(SAH_U32, 4294967295.0);
    refuse(SAH_I64, 1e17);
    refuse(SAH_F32, 2.0 * (double)FLT_MAX);
    refuse(SAH_I32, INFINITY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_back),
        cmocka_unit_test(whole_types_take_the_nearest),
        cmocka_unit_test(undefined_is_the_fill_value),
        cmocka_unit_test(what_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
