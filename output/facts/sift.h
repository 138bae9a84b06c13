/* Going through the events of a view; for the families of facts alone. */
#ifndef SAH_OUTPUT_FACTS_SIFT_H
#define SAH_OUTPUT_FACTS_SIFT_H
#include "output/facts/facts.h"

#include <math.h>

enum { SAH_FACT_ALL = -1 }; /* in the place of a country */

/* The next event from `i` on that lies in the years and the country; n at the end. */
static inline size_t sah_sift(const struct sah_facts_view *view, size_t i, int from,
                              int to, int country) {
    for (; i < view->n; i++) {
        const struct sah_fact_event *e = &view->event[i];
        if (e->year >= from && e->year <= to &&
            (country == SAH_FACT_ALL || e->country == country))
            break;
    }
    return i;
}
#define SAH_SIFT(view, i, from, to, country)                             \
    for (size_t i = sah_sift(view, 0, from, to, country); i < (view)->n; \
         i = sah_sift(view, i + 1, from, to, country))

static inline double sah_fact_share(double part, double whole, const char **why) {
    if (whole > 0) return part / whole;
    *why = "no event to take a share of";
    return NAN;
}

/* Values that are collected and then described; the first failure is remembered. */
struct sah_sample {
    size_t n, room;
    double *value;
    bool failed;
};
void sah_sample_add(struct sah_sample *sample, double value);
void sah_sample_sort(struct sah_sample *sample);
void sah_sample_unique(struct sah_sample *sample); /* sorts, keeps one of each */
/* Between the two middle values, as GSL takes quantiles; sorts. NAN without values. */
double sah_sample_quantile(struct sah_sample *sample, double share);
/* Gives `value` back after the room; NAN and a reason where memory was short. */
double sah_sample_end(struct sah_sample *sample, double value, const char **why);

/* Deaths of a country in a year, of the totals where there are some. */
double sah_fact_deaths(const struct sah_facts_view *view, int country, int year,
                       const char **why);
/* The value on 31 December, or NAN. */
double sah_fact_at_year_end(const struct sah_fact_series *series, int year);

#endif
