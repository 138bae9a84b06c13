/* Quantities convert exactly, and what is no quantity is told apart. */
#include "sim/kernel/unit.h"
#include "tests/support/cmocka_all.h"

#include <string.h>

static double in(const char *text, const char *unit) {
    double value = -99;
    if (!sah_quantity_parse(text, unit, &value)) fail_msg("%s in %s", text, unit);
    return value;
}

/* Exact comparison is meant. */
static void assert_same(double a, double b) {
    if (!(a >= b && a <= b)) fail_msg("%.17g is not %.17g", a, b);
}

static void converts(void **state) {
    (void)state;
    assert_same(in("12 h", "day"), 0.5);
    assert_same(in("4.5 %", "1"), 0.045);
    assert_same(in("4.5%", "%"), 4.5);
    assert_same(in("0.5", "%"), 0.5);
    assert_same(in("0.25 deg", "deg"), 0.25);
    assert_same(in("180 d", "day"), 180);
    assert_same(in("5e-8 /day", "1/day"), 5e-8);
    assert_same(in("5e-8 1/day", "1/day"), 5e-8);
    assert_same(in("5e-8/day", "1/day"), 5e-8);
    assert_same(in("5 per day", "1/day"), 5);
    assert_same(in("50 km", "km"), 50);
    assert_same(in("500 m", "km"), 0.5);
    assert_same(in("365.25 /year", "/day"), 1);
    assert_same(in("1461 day", "year"), 4);
    assert_same(in("1 year", "month"), 12);
    assert_same(in("2 kUSD/person/year", "USD/person/day"), 2000 / 365.25);
    assert_same(in("100 ha", "km2"), 1);
    assert_same(in("3 persons/km^2", "person/km2"), 3);
    assert_same(in("3 km-2", "1/km2"), 3);
    assert_same(in("36 km/h", "km/day"), 864);
    assert_same(in("1 % per year", "1/year"), 0.01);
    assert_same(in("1 MUSD", "USD"), 1e6);
    assert_same(in(" 7 ", "km"), 7);
    assert_same(in("-.5", "1"), -0.5);
    assert_same(in("1200 mm", "m"), 1.2);
    assert_same(in("24 h/day", "1"), 1);
}

static void assert_fault(const char *text, const char *unit, enum sah_quantity fault) {
    double value = 17;
    const char *rest;
    if (sah_quantity_read(text, unit, &value, &rest) != fault) fail_msg("%s", text);
    if (fault) assert_same(value, 17); /* untouched */
}

static void refuses(void **state) {
    (void)state;
    static const char *const no_number[] = {"",   " ", "fast", "/day",
                                            "e5", ".", "-",    "--5"};
    for (size_t i = 0; i < sizeof no_number / sizeof *no_number; i++)
        assert_fault(no_number[i], "1/day", SAH_QUANTITY_NO_NUMBER);
    static const char *const not_finite[] = {
        "nan", "inf", "-inf", ".inf", "-.INF", ".NaN", "1e999", "-1e999", "1e308 year"};
    for (size_t i = 0; i < sizeof not_finite / sizeof *not_finite; i++)
        assert_fault(not_finite[i], "h", SAH_QUANTITY_NOT_FINITE);
    static const char *const no_unit[] = {
        "5 dya", "5 day/", "5 //day", "5 km22",        "0x10", "5 day day",
        "1,5",   "5 km0",  "5 1 000", "5 USD/person/", "5 *",  "5 ^2"};
    for (size_t i = 0; i < sizeof no_unit / sizeof *no_unit; i++)
        assert_fault(no_unit[i], "day", SAH_QUANTITY_NO_UNIT);
    assert_fault("5 km", "day", SAH_QUANTITY_OTHER_KIND);
    assert_fault("5 day", "1/day", SAH_QUANTITY_OTHER_KIND);
    assert_fault("5 km", "1", SAH_QUANTITY_OTHER_KIND);
    assert_fault("5 km", "furlong", SAH_QUANTITY_OTHER_KIND);
}

static void long_units_end(void **state) {
    (void)state;
    char text[4096] = "1 km";
    for (size_t i = 4; i + 3 < sizeof text; i += 3) memcpy(text + i, "*km", 4);
    assert_fault(text, "km", SAH_QUANTITY_NO_UNIT);
}

static void table_is_sound(void **state) {
    (void)state;
    size_t n;
    const struct sah_unit *unit = sah_units(&n);
    assert_true(n > 20);
    for (size_t i = 0; i < n; i++) {
        assert_true(sah_unit_known(unit[i].name));
        assert_true(unit[i].num > 0 && unit[i].den > 0 && unit[i].doc[0]);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(unit[i].name, unit[j].name);
    }
    assert_true(sah_unit_known("1"));
    assert_true(sah_unit_known("USD/person/day"));
    assert_false(sah_unit_known("furlong"));
    assert_false(sah_unit_known(""));
    assert_false(sah_unit_known(NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(converts),
        cmocka_unit_test(refuses),
        cmocka_unit_test(long_units_end),
        cmocka_unit_test(table_is_sound),
    };
    return cmocka_run_group_tests_name("unit", tests, NULL, NULL);
}
