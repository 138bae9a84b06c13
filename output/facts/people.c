/* F35 to F38: why people join, and how many have fled.
 *
 * Sources: reasons, UNDP 2017 and 2023; displaced people at the end of the year, Internal
 * Displacement Monitoring Centre. The first reasons abuse and feud of a run are the
 * triggers. */
#include "output/facts/families.h"
#include "output/facts/sift.h"

#include "sim/kernel/calendar.h"

double sah_fact_reason(const struct sah_facts_view *view,
                       const struct sah_fact_item *item, const char **why) {
    const double *n = view->reason;
    double trigger = n[SAH_REASON_ABUSE] + n[SAH_REASON_FEUD];
    if (!(view->recruits > 0)) {
        *why = "no reasons of recruits are known";
        return NAN;
    }
    if (item->arg == SAH_REASON_ABUSE)
        return sah_fact_share(n[SAH_REASON_ABUSE], trigger, why);
    if (item->arg == SAH_REASON_FEUD) return trigger / view->recruits;
    return n[item->arg] / view->recruits;
}

double sah_fact_at_year_end(const struct sah_fact_series *series, int year) {
    int32_t last = sah_day_of((struct sah_date){year, 12, 31});
    for (size_t i = 0; i < series->n; i++)
        if (series->day[i] == last) return series->value[i];
    return NAN;
}

static double displaced(const struct sah_facts_view *view, int country, int year,
                        const char **why) {
    double value = sah_fact_at_year_end(&view->displaced[country], year);
    if (isnan(value)) *why = "the number of displaced people is not known";
    return value;
}

double sah_fact_displaced(const struct sah_facts_view *view,
                          const struct sah_fact_item *item, const char **why) {
    return displaced(view, item->arg, item->from, why) / 1000;
}

double sah_fact_displaced_per_death(const struct sah_facts_view *view,
                                    const struct sah_fact_item *item,
                                    const char **why) {
    double gained = displaced(view, item->arg, item->to, why) -
                    displaced(view, item->arg, item->to - 1, why);
    double deaths = sah_fact_deaths(view, item->arg, item->to, why);
    if (*why) return NAN;
    if (deaths > 0) return gained / deaths;
    *why = "no deaths in the period";
    return NAN;
}
