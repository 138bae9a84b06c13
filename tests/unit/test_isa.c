/* Variants have names, are clipped to the processor, and the environment is heard. */
#include "sim/kernel/isa.h"
#include "tests/support/cmocka_all.h"

#include <stdlib.h>

/* Must come first: the environment is read once. */
static void environment_lowers_the_choice(void **state) {
    (void)state;
    assert_int_equal(setenv("SAHEL_ISA", "baseline", 1), 0);
    assert_int_equal(sah_isa_best(), SAH_ISA_BASELINE);
    assert_int_equal(setenv("SAHEL_ISA", "avx512", 1), 0);
    assert_int_equal(sah_isa_best(), SAH_ISA_BASELINE);
}

static void choice_is_clipped_to_the_processor(void **state) {
    (void)state;
    for (int isa = 0; isa < SAH_ISA_COUNT; isa++) {
        enum sah_isa limit = sah_isa_limit();
        enum sah_isa expected = (enum sah_isa)isa > limit ? limit : (enum sah_isa)isa;
        assert_int_equal(sah_isa_set((enum sah_isa)isa), expected);
        assert_int_equal(sah_isa_best(), expected);
    }
}

static void names_are_read_back(void **state) {
    (void)state;
    for (int i = 0; i < SAH_ISA_COUNT; i++) {
        enum sah_isa isa = SAH_ISA_COUNT;
        assert_true(sah_isa_parse(sah_isa_name((enum sah_isa)i), &isa));
        assert_int_equal(isa, i);
    }
    enum sah_isa kept = SAH_ISA_AVX2;
    assert_false(sah_isa_parse("avx1024", &kept));
    assert_false(sah_isa_parse("", &kept));
    assert_int_equal(kept, SAH_ISA_AVX2);
    assert_null(sah_isa_name(SAH_ISA_COUNT));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(environment_lowers_the_choice),
        cmocka_unit_test(choice_is_clipped_to_the_processor),
        cmocka_unit_test(names_are_read_back),
    };
    return cmocka_run_group_tests_name("isa", tests, NULL, NULL);
}
