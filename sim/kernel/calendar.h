/* Real calendar dates as day numbers.
 *
 * A day number counts days since 1 January 1970 in the proleptic Gregorian calendar,
 * so that files can say "days since 1970-01-01". */
#ifndef SAH_CALENDAR_H
#define SAH_CALENDAR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sah_date {
    int year, month, day; /* month 1-12, day 1-31 */
};

bool sah_date_valid(struct sah_date date); /* years 1 to 9999 */
int32_t sah_day_of(struct sah_date date);  /* the date must be valid */
struct sah_date sah_date_of(int32_t day);
bool sah_day_parse(const char *text, int32_t *day); /* "2016-01-31", nothing else */
/* The same form; "0000-00-00" outside the years 1 to 9999. */
void sah_day_text(int32_t day, char text[static 11]);
int sah_day_of_year(int32_t day); /* 1-366 */
bool sah_day_ends_month(int32_t day);
bool sah_day_ends_year(int32_t day);

#endif
