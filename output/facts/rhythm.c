/* F27 to F29: the months: memory, over-dispersion, season.
 *
 * Deaths of a country by month, of the totals where there are some. The correlation at lag
 * one is that of log(1 + deaths) about the one mean of all months; the variance is that
 * about the mean, divided by n. */
#include "output/facts/families.h"
#include "output/facts/sift.h"

#include <gsl/gsl_statistics_double.h>

static void from_totals(const struct sah_facts_view *view,
                        const struct sah_fact_item *item, double *deaths) {
    for (int k = 0; k < (item->to - item->from + 1) * SAH_FACT_MONTHS; k++)
        deaths[k] =
            view->totals[item->arg]
                        [(item->from - view->totals_year) * SAH_FACT_MONTHS + k];
}

static void from_events(const struct sah_facts_view *view,
                        const struct sah_fact_item *item, double *deaths) {
    SAH_SIFT(view, i, item->from, item->to, item->arg) {
        const struct sah_fact_event *e = &view->event[i];
        deaths[(e->year - item->from) * SAH_FACT_MONTHS + e->month - 1] += e->deaths;
    }
}

/* Months of the period; 0 and a reason where they are not known. */
static size_t months(const struct sah_facts_view *view,
                     const struct sah_fact_item *item,
                     double deaths[static SAH_FACT_MOST_YEARS * SAH_FACT_MONTHS],
                     const char **why) {
    int n = (item->to - item->from + 1) * SAH_FACT_MONTHS;
    if (n > SAH_FACT_MOST_YEARS * SAH_FACT_MONTHS) n = 0;
    for (int k = 0; k < n; k++) deaths[k] = 0;
    bool totals = view->totals[item->arg] != NULL;
    int end = view->totals_year + (int)view->totals_years;
    if (totals && (item->from < view->totals_year || item->to >= end)) {
        *why = "the totals do not cover the period";
        return 0;
    }
    (totals ? from_totals : from_events)(view, item, deaths);
    return (size_t)n;
}

double sah_fact_lag_one(const struct sah_facts_view *view,
                        const struct sah_fact_item *item, const char **why) {
    double deaths[SAH_FACT_MOST_YEARS * SAH_FACT_MONTHS];
    size_t n = months(view, item, deaths, why);
    bool varied = false;
    for (size_t k = 0; k < n; k++) {
        deaths[k] = log1p(deaths[k]);
        varied |= deaths[k] != deaths[0];
    }
    if (varied) return gsl_stats_lag1_autocorrelation(deaths, 1, n);
    if (!*why) *why = "every month has the same deaths";
    return NAN;
}

double sah_fact_dispersion(const struct sah_facts_view *view,
                           const struct sah_fact_item *item, const char **why) {
    double deaths[SAH_FACT_MOST_YEARS * SAH_FACT_MONTHS];
    size_t n = months(view, item, deaths, why);
    double mean = n ? gsl_stats_mean(deaths, 1, n) : 0;
    if (mean > 0) return gsl_stats_variance_with_fixed_mean(deaths, 1, n, mean) / mean;
    if (!*why) *why = "no deaths in the period";
    return NAN;
}

/* Events per month of July to September over those of February to May. */
double sah_fact_season(const struct sah_facts_view *view,
                       const struct sah_fact_item *item, const char **why) {
    double rains = 0, dry = 0;
    SAH_SIFT(view, i, item->from, item->to, SAH_FACT_ALL) {
        int month = view->event[i].month;
        rains += month >= 7 && month <= 9;
        dry += month >= 2 && month <= 5;
    }
    if (dry > 0) return rains / 3 / (dry / 4);
    *why = "no event between February and May";
    return NAN;
}
