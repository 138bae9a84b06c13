/* Which series add up over their items. */
#ifndef SAH_STUDY_SERIES_SUM_H
#define SAH_STUDY_SERIES_SUM_H
#include "sim/kernel/observable.h"

#include <stdbool.h>
#include <string.h>

/* Persons, money and flows do; shares, distances and moods do not. */
static inline bool sah_series_adds_up(const struct sah_observable *what) {
    if (!what->axes[0] || what->axes[1]) return false;
    return what->nature == SAH_FLOW || strstr(what->unit, "person") ||
           strstr(what->unit, "USD");
}

#endif
