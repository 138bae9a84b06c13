/* Rows of comma-separated values (RFC 4180, lines ended by a newline). */
#ifndef SAH_OUTPUT_CSV_H
#define SAH_OUTPUT_CSV_H
#include "sim/kernel/error.h"

#include <stdio.h>

/* One value, quoted where it must be; a comma before it unless it is the first. */
void sah_csv_put(FILE *out, const char *text, bool first);
/* A later number of a row, to nine digits; "nan" where it is not defined. */
void sah_csv_put_number(FILE *out, double number);
/* What became of all that was written to `out`; `what` stands in the message. */
int sah_csv_check(FILE *out, const char *what, struct sah_error *err);

#endif
