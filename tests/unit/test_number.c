/* Decimal numbers: the nearest double in every locale, and nothing but numbers. */
#include "sim/kernel/number.h"
#include "tests/support/chance.h"
#include "tests/support/cmocka_all.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void agrees_with_strtod(void **state) {
    (void)state;
    static const char *const texts[] = {"0",
                                        "-0",
                                        "1",
                                        "+7",
                                        "1.",
                                        ".5",
                                        "-12.125",
                                        "1e3",
                                        "1E-3",
                                        "5e-324",
                                        "1e22",
                                        "1e23",
                                        "9007199254740993",
                                        "123456789012345678901234567890",
                                        "1e-400",
                                        "00012.50",
                                        "0.000000000000000000000000123",
                                        "179769313486231570e291",
                                        "1e+5",
                                        "8.875"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value = -1;
        assert_true(sah_number_parse(texts[i], &value));
        double right = strtod(texts[i], NULL);
        assert_memory_equal(&value, &right, sizeof value);
    }
    uint64_t seed = 1;
    for (int i = 0; i < 100000; i++) {
        char text[64];
        double x =
            chance_between(&seed, -1, 1) * pow(10, chance_between(&seed, -30, 30));
        snprintf(text, sizeof text, "%.*g", 1 + i % 20, x);
        double value, right = strtod(text, NULL);
        assert_true(sah_number_parse(text, &value));
        assert_memory_equal(&value, &right, sizeof value);
    }
}

static void refuses_everything_else(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",    " 1",  "1 ",  "nan", "inf",  "-inf", "0x10", "1e400", "-1e99999999999",
        "1,5", "1e",  "1e+", "e5",  ".",    "-",    "--1",  "+-1",   "1.2.3",
        "1_0", "12a", "1d5", "\t1", "1e5.", "½"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value = 42;
        assert_false(sah_number_parse(texts[i], &value));
        assert_true(value == 42);
    }
}

static void tells_where_it_ends(void **state) {
    (void)state;
    const char *end, *text = "12.5 km";
    double value;
    assert_true(sah_number_read(text, &end, &value));
    assert_true(end == text + 4 && value == 12.5);
    text = "3east";
    assert_true(sah_number_read(text, &end, &value));
    assert_true(end == text + 1 && value == 3.0);
}

static void does_not_depend_on_the_locale(void **state) {
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "fr_FR"};
    const char *set = NULL;
    for (int i = 0; i < 4 && !set; i++) set = setlocale(LC_ALL, names[i]);
    double value;
    assert_true(sah_number_parse("1.5", &value));
    assert_true(value == 1.5);
    assert_true(sah_number_parse("0.12345678901234567890123", &value));
    assert_true(value == 0.12345678901234568);
    setlocale(LC_ALL, "C");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_strtod),
        cmocka_unit_test(refuses_everything_else),
        cmocka_unit_test(tells_where_it_ends),
        cmocka_unit_test(does_not_depend_on_the_locale),
    };
    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
