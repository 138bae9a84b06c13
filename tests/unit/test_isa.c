/* Variants have names, are clipped to the processor, and the environment is heard. */
#include "sim/kernel/isa.h"
#include "tests/support/cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Must come first: the environment is read once. */
static void environment_lowers_the_choice(void **state) {
    (void)state;
    assert_int_equal(setenv("SAHEL_ISA", "baseline", 1), 0);
    assert_int_equal(sah_isa_best(), SAH_ISA_BASELINE);
    assert_int_equal(setenv("SAHEL_ISA", "avx512", 1), 0);
    assert_int_equal(sah_isa_best(), SAH_ISA_BASELINE);
}

/* Word for word in the list of flags of the system; false where it gives none. */
static bool system_tells(const char *flag) {
    static char line[8192];
    FILE *file = fopen("/proc/cpuinfo", "r");
    bool found = false;
    while (file && !found && fgets(line, sizeof line, file)) {
        if (strncmp(line, "flags", 5) != 0) continue;
        for (char *word = strtok(line, " \n"); word; word = strtok(NULL, " \n"))
            found = found || strcmp(word, flag) == 0;
    }
    if (file) fclose(file);
    return found;
}

/* Else the tests that run all variants up to the limit would pass over some. */
static void limit_is_what_the_system_tells(void **state) {
    (void)state;
    if (!system_tells("sse2")) skip(); /* no such list, or no such processor */
    bool wide = system_tells("avx512f") && system_tells("avx512bw") &&
                system_tells("avx512dq") && system_tells("avx512vl");
    enum sah_isa expected = system_tells("avx2") ? SAH_ISA_AVX2 : SAH_ISA_BASELINE;
    assert_int_equal(sah_isa_limit(), wide ? SAH_ISA_AVX512 : expected);
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
        cmocka_unit_test(limit_is_what_the_system_tells),
        cmocka_unit_test(choice_is_clipped_to_the_processor),
        cmocka_unit_test(names_are_read_back),
    };
    return cmocka_run_group_tests_name("isa", tests, NULL, NULL);
}
