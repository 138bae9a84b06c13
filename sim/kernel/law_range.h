/* What the laws ask of their arguments; for their own files only. */
#ifndef SAH_LAW_RANGE_H
#define SAH_LAW_RANGE_H
#include "sim/kernel/error.h"
#include "sim/kernel/law.h"

/* p, clipped to 0..1 where only rounding led it out. */
static inline double law_probability(double p) {
    const double rounding = 1e-12;
    SAH_BUG_IF(!(p >= -rounding && p <= 1 + rounding), "probability outside 0..1");
    return p < 0 ? 0 : p > 1 ? 1 : p;
}

/* The whole number not above x, |x| < 2^63. */
static inline int64_t law_floor(double x) {
    int64_t whole = (int64_t)x;
    return (double)whole > x ? whole - 1 : whole;
}

#endif
