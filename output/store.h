/* Numbers as results store them: each element type keeps one value for "undefined".
 *
 * The fill values are those of netCDF for whole numbers and NaN for real ones. */
#ifndef SAH_OUTPUT_STORE_H
#define SAH_OUTPUT_STORE_H
#include "sim/kernel/type.h"

#include <stdbool.h>
#include <stddef.h>

/* Writes `value` at `at`; whole types take the nearest whole number, NaN becomes the
 * fill value. False, and the fill value written, where it does not fit. */
bool sah_store_put(enum sah_type type, double value, void *at);
/* The same for n values side by side, up to the first that does not fit; n if all do. */
size_t sah_store_put_all(enum sah_type type, const double *value, size_t n, void *at);
/* The value at `at`; NaN for the fill value when `filled`. */
double sah_store_get(enum sah_type type, const void *at, bool filled);
/* Writes the fill value. */
void sah_store_fill(enum sah_type type, void *at);

#endif
