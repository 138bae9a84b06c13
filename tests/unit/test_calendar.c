/* Every day of ten thousand years goes there and back. */
#include "sim/kernel/calendar.h"
#include "tests/support/cmocka_all.h"

static void known_days(void **state) {
    (void)state;
    assert_int_equal(sah_day_of((struct sah_date){1970, 1, 1}), 0);
    assert_int_equal(sah_day_of((struct sah_date){2000, 3, 1}), 11017);
    assert_int_equal(sah_day_of((struct sah_date){2016, 1, 1}), 16801);
    assert_int_equal(sah_day_of((struct sah_date){1969, 12, 31}), -1);
    assert_int_equal(sah_day_of((struct sah_date){1, 1, 1}), -719162);
    assert_int_equal(sah_day_of((struct sah_date){9999, 12, 31}), 2932896);
}

static void validity(void **state) {
    (void)state;
    assert_true(sah_date_valid((struct sah_date){2016, 2, 29}));
    assert_false(sah_date_valid((struct sah_date){2017, 2, 29}));
    assert_false(sah_date_valid((struct sah_date){1900, 2, 29}));
    assert_true(sah_date_valid((struct sah_date){2000, 2, 29}));
    assert_false(sah_date_valid((struct sah_date){2016, 13, 1}));
    assert_false(sah_date_valid((struct sah_date){2016, 0, 1}));
    assert_false(sah_date_valid((struct sah_date){2016, 4, 31}));
    assert_false(sah_date_valid((struct sah_date){0, 1, 1}));
    assert_false(sah_date_valid((struct sah_date){10000, 1, 1}));
}

/* Dates follow one another, and day counts restart where they should. */
static void all_days_in_order(void **state) {
    (void)state;
    int32_t last = sah_day_of((struct sah_date){9999, 12, 31});
    struct sah_date date = {1, 1, 1};
    int of_year = 0;
    for (int32_t day = sah_day_of(date); day <= last; day++) {
        struct sah_date got = sah_date_of(day);
        if (!sah_date_valid(got) || sah_day_of(got) != day) fail_msg("day %d", day);
        if (got.month == 1 && got.day == 1) of_year = 0;
        if (sah_day_of_year(day) != ++of_year) fail_msg("day of year of %d", day);
        struct sah_date next = sah_date_of(day + 1);
        if (sah_day_ends_month(day) != (next.day == 1)) fail_msg("month of %d", day);
        if (sah_day_ends_year(day) != (next.day == 1 && next.month == 1))
            fail_msg("year of %d", day);
    }
}

static void text(void **state) {
    (void)state;
    char written[11];
    int32_t day = 7;
    assert_true(sah_day_parse("2016-02-29", &day));
    sah_day_text(day, written);
    assert_string_equal(written, "2016-02-29");
    static const char *const bad[] = {"",           "2016",       "2016-2-29",
                                      "2016-02-30", "2016/02/29", "2016-02-29 ",
                                      " 2016-02-2", "0000-01-01", "20160-1-01",
                                      "+016-01-01", "2016-01-0a", "2016-01-01T00"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(sah_day_parse(bad[i], &day));
    sah_day_text(INT32_MAX, written);
    assert_string_equal(written, "0000-00-00");
    sah_day_text(INT32_MIN, written);
    assert_string_equal(written, "0000-00-00");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days),
        cmocka_unit_test(validity),
        cmocka_unit_test(all_days_in_order),
        cmocka_unit_test(text),
    };
    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
