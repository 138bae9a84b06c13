/* Ticks of a scale that counts days: years, quarters, months, weeks or days. */
#ifndef SAH_OUTPUT_DATE_TICKS_H
#define SAH_OUTPUT_DATE_TICKS_H
#include "output/scale.h"

#include <stdint.h>

/* About `want` named ticks. A year is named "2016", a month "Mar", a day "3 Mar"; the
 * first tick of a year shown by months is named by the year. */
size_t sah_date_ticks(const struct sah_scale *days, size_t want,
                      struct sah_tick ticks[static SAH_MAX_TICKS]);

/* "3 March 2016", "Mar". */
enum { SAH_DATE_WORDS = 32 };
void sah_date_words(int32_t day, char text[static SAH_DATE_WORDS]);
const char *sah_month_short(int month);

#endif
