/* Series of both arms by month: what each run leaves is kept until all are done, then told as
 * quantiles over replicates. Series over items that add up are told as their sum; others
 * are left out. */
#include "sim/study/compare_impl.h"

#include "output/watch.h"
#include "sim/study/series_sum.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const double sah_compare_quantiles[SAH_COMPARE_QUANTILES] = {0.05, 0.25, 0.5, 0.75,
                                                             0.95};

/* ---- making -------------------------------------------------------------------------- */

static size_t count_items(const struct sah_world *world,
                          const struct sah_observable *what) {
    return what->axes[0] ? sah_world_find_axis(world, what->axes[0])->n : 1;
}

static bool is_told(const struct sah_observable *o) {
    return o->place == SAH_SERIES && (!o->axes[0] || sah_series_adds_up(o));
}

static void list_series(struct sah_compare_series *s, const struct sah_world *world) {
    for (const struct sah_observable *o = world->family->observables; o && o->name; o++)
        if (is_told(o)) s->series[s->nseries++] = o;
}

static int list_months(struct sah_compare_series *s, const struct sah_world *world,
                       struct sah_error *err) {
    int32_t begun = world->run.start;
    s->first = calloc((size_t)(world->run.end - begun) + 1, sizeof *s->first);
    if (!s->first) return sah_error_add(err, SAH_MEMORY, "no memory for series");
    for (int32_t today = begun; today <= world->run.end; today++) {
        if (!sah_every_ends(SAH_EVERY_MONTH, today) && today < world->run.end) continue;
        s->first[s->nmonths++] = begun;
        begun = today + 1;
    }
    return SAH_OK;
}

static size_t count_of(const struct sah_compare_series *s) {
    return s->nseries * s->nmonths;
}

int sah_compare_series_create(struct sah_compare *compare, struct sah_error *err) {
    const struct sah_world *world = sah_twins_world(&compare->twins, compare->arm[0]);
    size_t n = 0;
    for (const struct sah_observable *o = world->family->observables; o && o->name; o++)
        n += is_told(o);
    if (n == 0 || !sah_compare_same_days(compare)) return SAH_OK;
    struct sah_compare_series *s = calloc(1, sizeof *s);
    compare->series = s;
    if (s) s->series = calloc(n, sizeof *s->series);
    if (!s || !s->series) return sah_error_add(err, SAH_MEMORY, "no memory for series");
    s->compare = compare;
    list_series(s, world);
    int status = list_months(s, world, err);
    if (status) return status;
    size_t each = count_of(s);
    s->value =
        calloc(SAH_COMPARE_ARMS * compare->replicates * each + 1, sizeof *s->value);
    s->quantile = calloc(each * SAH_COMPARE_ARMS * SAH_COMPARE_QUANTILES + 1,
                         sizeof *s->quantile);
    if (s->value && s->quantile) return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory for series");
}

void sah_compare_series_free(struct sah_compare_series *s) {
    if (!s) return;
    free(s->series);
    free(s->first);
    free(s->value);
    free(s->quantile);
    free(s);
}

/* ---- one run --------------------------------------------------------------------------- */

struct kept {
    const struct sah_compare_series *s;
    size_t month;
    double *value; /* [series][month], those of the run among all */
    double *today;
};

static double *values_of(struct sah_compare_series *s, size_t side, size_t replicate) {
    return s->value + (side * s->compare->replicates + replicate) * count_of(s);
}

static int begin(void *user, size_t arm, size_t replicate,
                 const struct sah_world *world, void **out, struct sah_error *err) {
    struct sah_compare_series *s = user;
    struct kept *kept = calloc(1, sizeof *kept);
    size_t side = arm == s->compare->arm[0] ? 0 : 1, most = 1;
    for (size_t i = 0; i < s->nseries; i++) {
        size_t n = count_items(world, s->series[i]);
        most = n > most ? n : most;
    }
    *out = kept;
    if (!kept) return sah_error_add(err, SAH_MEMORY, "no memory for series");
    *kept = (struct kept){.s = s,
                          .value = values_of(s, side, replicate),
                          .today = calloc(most, sizeof *kept->today)};
    return kept->today ? SAH_OK
                       : sah_error_add(err, SAH_MEMORY, "no memory for series");
}

/* Flows are summed over the month, stocks are those of its last day. */
static int day(void *user, const struct sah_world *world, struct sah_error *err) {
    (void)err;
    struct kept *kept = user;
    const struct sah_compare_series *s = kept->s;
    bool ends = sah_every_ends(SAH_EVERY_MONTH, world->today);
    if (kept->month == s->nmonths) return SAH_OK;
    for (size_t i = 0; i < s->nseries; i++) {
        const struct sah_observable *o = s->series[i];
        if (o->nature != SAH_FLOW && !ends && world->today != world->run.end) continue;
        double sum = 0;
        o->read(world, kept->today);
        for (size_t k = 0, n = count_items(world, o); k < n; k++)
            if (!isnan(kept->today[k])) sum += kept->today[k];
        double *into = &kept->value[i * s->nmonths + kept->month];
        *into = o->nature == SAH_FLOW ? *into + sum : sum;
    }
    kept->month += ends;
    return SAH_OK;
}

static int end(void *user, void *run, bool good, struct sah_error *err) {
    (void)user, (void)good, (void)err;
    struct kept *kept = run;
    free(kept->today);
    free(kept);
    return SAH_OK;
}

struct sah_twins_eye sah_compare_series_eye(struct sah_compare_series *s) {
    return (struct sah_twins_eye){begin, day, end, s};
}

/* ---- all runs ------------------------------------------------------------------------- */

double *sah_compare_series_of(const struct sah_compare_series *s, size_t series,
                              size_t side) {
    return s->quantile +
           (series * SAH_COMPARE_ARMS + side) * SAH_COMPARE_QUANTILES * s->nmonths;
}

int sah_compare_series_finish(struct sah_compare_series *s, struct sah_error *err) {
    size_t n = s->compare->replicates;
    bool is_one = s->compare->arm[0] == s->compare->arm[1];
    double *sorted = malloc((n + 1) * sizeof *sorted);
    if (!sorted) return sah_error_add(err, SAH_MEMORY, "no memory for series");
    for (size_t i = 0; i < count_of(s) * SAH_COMPARE_ARMS; i++) {
        size_t side = i % SAH_COMPARE_ARMS, at = i / SAH_COMPARE_ARMS;
        size_t series = at / s->nmonths, month = at % s->nmonths;
        for (size_t r = 0; r < n; r++)
            sorted[r] = values_of(s, is_one ? 0 : side, r)[at];
        gsl_sort(sorted, 1, n);
        double *out = sah_compare_series_of(s, series, side) + month;
        for (size_t q = 0; q < SAH_COMPARE_QUANTILES; q++)
            out[q * s->nmonths] = gsl_stats_quantile_from_sorted_data(
                sorted, 1, n, sah_compare_quantiles[q]);
    }
    free(sorted);
    return SAH_OK;
}
