/* Items are computed where their period is covered, and laid beside the record. */
#include "output/facts/facts.h"

#include "sim/kernel/calendar.h"

#include <math.h>
#include <stdio.h>

const char *const sah_fact_verdicts[] = {"hit", "near", "miss", "na"};

bool sah_fact_covers(const struct sah_fact_item *item, int32_t first, int32_t last) {
    if (item->from == 0) return true;
    int from = item->from - item->fact->back;
    return first <= sah_day_of((struct sah_date){from, 1, 1}) &&
           last >= sah_day_of((struct sah_date){item->to, 12, 31});
}

double sah_fact_of(const struct sah_facts_view *view, const struct sah_fact_item *item,
                   const char **why) {
    *why = NULL;
    if (sah_fact_covers(item, view->first, view->last))
        return item->fact->value(view, item, why);
    *why = item->fact->back ? "does not cover the period and the year before"
                            : "does not cover the period";
    return NAN;
}

double sah_fact_off(const struct sah_fact_item *item, double value) {
    double width = item->fact->width;
    if (value >= item->low && value <= item->high) return 0;
    double end = value < item->low ? item->low : item->high;
    if (item->fact->band != SAH_BAND_FACTOR) return (value - end) / width;
    return value > 0 ? log(value / end) / log(width) : -INFINITY;
}

enum sah_fact_verdict sah_fact_judge(const struct sah_fact_item *item, double value) {
    const double rounding = 1e-9;
    if (isnan(value)) return SAH_FACT_NA;
    double off = fabs(sah_fact_off(item, value));
    if (item->fact->band == SAH_BAND_SIGN)
        return off <= 0 ? SAH_FACT_HIT : off <= 1 ? SAH_FACT_NEAR : SAH_FACT_MISS;
    if (off <= 1 + rounding) return SAH_FACT_HIT;
    return off <= 2 + rounding ? SAH_FACT_NEAR : SAH_FACT_MISS;
}

/* ---- in words ---------------------------------------------------------------------- */

void sah_fact_period(const struct sah_fact_item *item,
                     char text[static SAH_FACT_TEXT]) {
    if (item->from == 0)
        snprintf(text, SAH_FACT_TEXT, "all");
    else if (item->fact->since)
        snprintf(text, SAH_FACT_TEXT, "to %d", item->to);
    else if (item->from == item->to)
        snprintf(text, SAH_FACT_TEXT, "%d", item->from);
    else
        snprintf(text, SAH_FACT_TEXT, "%d-%d", item->from, item->to);
}

void sah_fact_observed(const struct sah_fact_item *item,
                       char text[static SAH_FACT_TEXT]) {
    if (isinf(item->high))
        snprintf(text, SAH_FACT_TEXT, "%g or more", item->low);
    else if (item->high > item->low)
        snprintf(text, SAH_FACT_TEXT, "%g..%g", item->low, item->high);
    else
        snprintf(text, SAH_FACT_TEXT, "%g", item->low);
}

void sah_fact_band_text(const struct sah_fact *fact, char text[static SAH_FACT_TEXT]) {
    if (fact->band == SAH_BAND_FACTOR)
        snprintf(text, SAH_FACT_TEXT, "factor %g", fact->width);
    else if (fact->band == SAH_BAND_DISTANCE)
        snprintf(text, SAH_FACT_TEXT, "within %g", fact->width);
    else
        snprintf(text, SAH_FACT_TEXT, "sign");
}
