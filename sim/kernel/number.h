/* Decimal numbers as people write them in tables and scenarios.
 *
 * [+-] digits [. digits] [e [+-] digits], nothing else: no hexadecimal, no words such
 * as nan or inf, no blanks. The decimal point is a point in every locale, and the value
 * is the double nearest to the text. */
#ifndef SAH_NUMBER_H
#define SAH_NUMBER_H
#include <stdbool.h>

/* Reads the number that begins at `text` and tells where it ends. False where there is
 * none; a number beyond the range of double gives infinity, one too small 0. */
bool sah_number_read(const char *text, const char **end, double *value);

/* The whole text is one finite number. */
bool sah_number_parse(const char *text, double *value);

#endif
