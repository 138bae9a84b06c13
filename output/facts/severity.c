/* F8, F9: how deadly events are.
 *
 * The tail is a power law in whole numbers, fitted by maximum likelihood with the cut-off
 * that brings the least Kolmogorov-Smirnov distance: Clauset, Shalizi and Newman 2009;
 * output/power_tail.h. That insurgent events have such tails: Bohorquez et al. 2009. */
#include "output/facts/families.h"
#include "output/facts/sift.h"
#include "output/power_tail.h"

#include <gsl/gsl_statistics_double.h>

static struct sah_sample sizes(const struct sah_facts_view *view,
                               const struct sah_fact_item *item) {
    struct sah_sample sample = {0};
    SAH_SIFT(view, i, item->from, item->to, SAH_FACT_ALL)
    sah_sample_add(&sample, view->event[i].deaths);
    return sample;
}

/* Every size is tried as the cut-off; more of them are no list of events. */
enum { MOST_SIZES = 1000 };

static bool are_few(const struct sah_sample *sample) {
    struct sah_sample kinds = {0};
    for (size_t i = 0; i < sample->n; i++) sah_sample_add(&kinds, sample->value[i]);
    sah_sample_unique(&kinds);
    bool few = !kinds.failed && kinds.n <= MOST_SIZES;
    const char *why = NULL;
    sah_sample_end(&kinds, 0, &why);
    return few;
}

double sah_fact_tail_exponent(const struct sah_facts_view *view,
                              const struct sah_fact_item *item, const char **why) {
    struct sah_sample sample = sizes(view, item);
    struct sah_power_tail tail;
    bool few = are_few(&sample);
    bool fitted = few && sah_power_tail_fit(sample.value, sample.n, &tail);
    if (!fitted)
        *why = few ? "fewer than 30 events in the tail" : "events of too many sizes";
    return sah_sample_end(&sample, fitted ? tail.exponent : NAN, why);
}

double sah_fact_size(const struct sah_facts_view *view,
                     const struct sah_fact_item *item, const char **why) {
    static const double share[] = {[SAH_SIZE_MEDIAN] = 0.5,
                                   [SAH_SIZE_P90] = 0.9,
                                   [SAH_SIZE_P99] = 0.99,
                                   [SAH_SIZE_MAX] = 1};
    struct sah_sample sample = sizes(view, item);
    double value = NAN;
    if (sample.n && item->arg == SAH_SIZE_MEAN)
        value = gsl_stats_mean(sample.value, 1, sample.n);
    else if (sample.n)
        value = sah_sample_quantile(&sample, share[item->arg]);
    return sah_sample_end(&sample, value, why);
}
