/* F25, F26: burstiness of the days from one event of a country to the next,
 *
 *     B = (s - m) / (s + m),
 *
 * m their mean and s their standard deviation (n - 1): -1 for a clock, 0 for chance, 1
 * for bursts. Two events of a day are 0 days apart. Source: Goh and Barabasi 2008. */
#include "output/facts/families.h"
#include "output/facts/sift.h"

#include <gsl/gsl_statistics_double.h>

double sah_fact_burstiness(const struct sah_facts_view *view,
                           const struct sah_fact_item *item, const char **why) {
    struct sah_sample gaps = {0};
    const struct sah_fact_event *before = NULL;
    double value = NAN;
    SAH_SIFT(view, i, item->from, item->to, item->arg) {
        if (before) sah_sample_add(&gaps, view->event[i].day - before->day);
        before = &view->event[i];
    }
    if (gaps.n >= 2) {
        double mean = gsl_stats_mean(gaps.value, 1, gaps.n);
        double sd = gsl_stats_sd_m(gaps.value, 1, gaps.n, mean);
        if (sd + mean > 0) value = (sd - mean) / (sd + mean);
    }
    if (isnan(value)) *why = "fewer than two gaps between events";
    return sah_sample_end(&gaps, value, why);
}
