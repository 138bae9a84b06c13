/* A log of a result, such as its events, as a table of comma-separated values.
 *
 * Columns: date, lon,lat,gid if it has places, then those of the model in its own order. Dates are
 * written 2016-01-31, codes as their words (empty where there is none). */
#ifndef SAH_OUTPUT_LOG_CSV_H
#define SAH_OUTPUT_LOG_CSV_H
#include "sim/kernel/error.h"

#include <stdio.h>

int sah_log_csv(const char *path, const char *log, FILE *out, struct sah_error *err);

#endif
