/* Samples, by GSL's statistics. */
#include "output/facts/sift.h"

#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

void sah_sample_add(struct sah_sample *sample, double value) {
    if (sample->n == sample->room) {
        size_t room = sample->room ? 2 * sample->room : 64;
        double *grown = realloc(sample->value, room * sizeof *grown);
        sample->failed |= !grown;
        if (!grown) return;
        sample->value = grown, sample->room = room;
    }
    sample->value[sample->n++] = value;
}

void sah_sample_sort(struct sah_sample *sample) {
    if (sample->n) gsl_sort(sample->value, 1, sample->n);
}

void sah_sample_unique(struct sah_sample *sample) {
    size_t kept = 0;
    sah_sample_sort(sample);
    for (size_t i = 0; i < sample->n; i++)
        if (kept == 0 || sample->value[i] != sample->value[kept - 1])
            sample->value[kept++] = sample->value[i];
    sample->n = kept;
}

double sah_sample_quantile(struct sah_sample *sample, double share) {
    if (sample->n == 0) return NAN;
    sah_sample_sort(sample);
    return gsl_stats_quantile_from_sorted_data(sample->value, 1, sample->n, share);
}

double sah_sample_end(struct sah_sample *sample, double value, const char **why) {
    bool failed = sample->failed, empty = sample->n == 0;
    free(sample->value);
    *sample = (struct sah_sample){0};
    if (failed) *why = "no memory";
    if (!failed && isnan(value) && !*why)
        *why = empty ? "no event in the period" : "too few events in the period";
    return failed ? NAN : value;
}
