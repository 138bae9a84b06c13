/* Every type has its C size and a name of its own. */
#include "sim/kernel/type.h"
#include "tests/support/cmocka_all.h"

#include <string.h>

static void sizes_are_those_of_c(void **state) {
    (void)state;
#define X(name, ctype, text)                                    \
    assert_int_equal(sah_type_size(SAH_##name), sizeof(ctype)); \
    assert_string_equal(sah_type_name(SAH_##name), text);       \
    assert_int_equal(SAH_TYPE_OF(ctype), SAH_##name);
    SAH_TYPES(X)
#undef X
}

static void names_differ(void **state) {
    (void)state;
    for (int a = SAH_U8; a <= SAH_F64; a++)
        for (int b = SAH_U8; b < a; b++)
            assert_string_not_equal(sah_type_name((enum sah_type)a),
                                    sah_type_name((enum sah_type)b));
}

static void floats_are_not_whole(void **state) {
    (void)state;
    for (int t = SAH_U8; t <= SAH_F64; t++)
        assert_int_equal(sah_type_is_whole((enum sah_type)t),
                         t != SAH_F32 && t != SAH_F64);
}

static void unknown_types_are_told(void **state) {
    (void)state;
    assert_int_equal(sah_type_size((enum sah_type)99), 0);
    assert_string_equal(sah_type_name((enum sah_type)99), "unknown");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_those_of_c),
        cmocka_unit_test(names_differ),
        cmocka_unit_test(floats_are_not_whole),
        cmocka_unit_test(unknown_types_are_told),
    };
    return cmocka_run_group_tests_name("type", tests, NULL, NULL);
}
