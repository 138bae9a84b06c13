/* F1 to F5: deaths and events, year by year and country by country.
 *
 * Deaths of Mali and Burkina Faso are compared with totals of all places; those of a run
 * are the sum over its events. Source: UCDP, Sundberg and Melander 2013; Pettersson et
 * al. 2021. */
#include "output/facts/families.h"
#include "output/facts/sift.h"

static double of_totals(const struct sah_facts_view *view, int country, int year,
                        const char **why) {
    int k = year - view->totals_year;
    double sum = 0;
    if (k < 0 || (size_t)k >= view->totals_years) {
        *why = "the totals do not cover the period";
        return NAN;
    }
    for (int m = 0; m < SAH_FACT_MONTHS; m++)
        sum += view->totals[country][k * SAH_FACT_MONTHS + m];
    return sum;
}

double sah_fact_deaths(const struct sah_facts_view *view, int country, int year,
                       const char **why) {
    if (view->totals[country]) return of_totals(view, country, year, why);
    double sum = 0;
    SAH_SIFT(view, i, year, year, country) sum += view->event[i].deaths;
    return sum;
}

double sah_fact_deaths_total(const struct sah_facts_view *view,
                             const struct sah_fact_item *item, const char **why) {
    return sah_fact_deaths(view, item->arg, item->from, why);
}

double sah_fact_deaths_events(const struct sah_facts_view *view,
                              const struct sah_fact_item *item, const char **why) {
    (void)why;
    double sum = 0;
    SAH_SIFT(view, i, item->from, item->to, item->arg) sum += view->event[i].deaths;
    return sum;
}

double sah_fact_events(const struct sah_facts_view *view,
                       const struct sah_fact_item *item, const char **why) {
    (void)why;
    double n = 0;
    SAH_SIFT(view, i, item->from, item->to, item->arg) n++;
    return n;
}
