/* Day numbers from and to dates: eras of 400 years, years counted from March so that
 * the leap day comes last (the algorithm of H. Hinnant, "chrono-compatible low-level
 * date algorithms", 2013). */
#include "sim/kernel/calendar.h"

#include <string.h>

enum { DAYS_PER_ERA = 146097, DAYS_0000_03_01_TO_1970 = 719468 };

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool sah_date_valid(struct sah_date date) {
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= days_in_month(date.year, date.month);
}

int32_t sah_day_of(struct sah_date date) {
    int year = date.month <= 2 ? date.year - 1 : date.year;
    int era = year / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * ((date.month + 9) % 12) + 2) / 5 + date.day - 1;
    int day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_0000_03_01_TO_1970;
}

struct sah_date sah_date_of(int32_t day) {
    int64_t z = (int64_t)day + DAYS_0000_03_01_TO_1970;
    int64_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int day_of_era = (int)(z - era * DAYS_PER_ERA);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                       day_of_era / (DAYS_PER_ERA - 1)) /
                      365;
    int day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * day_of_year + 2) / 153;
    int month = from_march < 10 ? from_march + 3 : from_march - 9;
    return (struct sah_date){
        .year = (int)(year_of_era + era * 400) + (month <= 2),
        .month = month,
        .day = day_of_year - (153 * from_march + 2) / 5 + 1,
    };
}

/* Reads `n` digits; -1 where there is something else. */
static int digits(const char *text, int n) {
    int value = 0;
    for (int i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool sah_day_parse(const char *text, int32_t *day) {
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-') return false;
    struct sah_date date = {digits(text, 4), digits(text + 5, 2), digits(text + 8, 2)};
    if (!sah_date_valid(date)) return false;
    *day = sah_day_of(date);
    return true;
}

static void put_digits(char *text, int n, int value) {
    for (int i = n - 1; i >= 0; i--, value /= 10) text[i] = (char)('0' + value % 10);
}

void sah_day_text(int32_t day, char text[static 11]) {
    struct sah_date date = sah_date_of(day);
    memcpy(text, "0000-00-00", 11);
    if (!sah_date_valid(date)) return;
    put_digits(text, 4, date.year);
    put_digits(text + 5, 2, date.month);
    put_digits(text + 8, 2, date.day);
}

int sah_day_of_year(int32_t day) {
    struct sah_date date = sah_date_of(day);
    int n = date.day;
    for (int month = 1; month < date.month; month++)
        n += days_in_month(date.year, month);
    return n;
}

bool sah_day_ends_month(int32_t day) {
    struct sah_date date = sah_date_of(day);
    return date.day == days_in_month(date.year, date.month);
}

bool sah_day_ends_year(int32_t day) {
    struct sah_date date = sah_date_of(day);
    return date.month == 12 && date.day == 31;
}
