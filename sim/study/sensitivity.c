/* Sums over trajectories and base samples, in their order. */
#include "sim/study/sensitivity.h"

#include "sim/kernel/law.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

/* Draws of resamples; beside those of designs (4001, 4002). */
enum { RESAMPLES = 1000, PURPOSE_SOBOL = 4003, PURPOSE_MORRIS = 4004 };

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void interval(double *draw, double *low, double *high) {
    qsort(draw, RESAMPLES, sizeof *draw, by_size);
    *low = gsl_stats_quantile_from_sorted_data(draw, 1, RESAMPLES, 0.025);
    *high = gsl_stats_quantile_from_sorted_data(draw, 1, RESAMPLES, 0.975);
}

/* ---- Morris ------------------------------------------------------------------------- */

struct moments {
    double n, mean, squares, sizes; /* Welford (1962); sum of sizes */
};

static void add(struct moments *m, double value) {
    double before = value - m->mean;
    m->n++;
    m->mean += before / m->n;
    m->squares += before * (value - m->mean);
    m->sizes += fabs(value);
}

/* The effect of a factor in a trajectory: the one step that moves it. */
static double effect(const struct sah_design *design, const double *y, size_t first,
                     size_t factor) {
    size_t k = design->nfactors;
    for (size_t p = first; p < first + k; p++) {
        const double *row = design->at + p * k;
        double step = row[k + factor] - row[factor];
        if (step != 0) return (y[p + 1] - y[p]) / step;
    }
    return NAN;
}

/* Sizes of the effects that are defined. */
static size_t take_sizes(const struct sah_design *design, const double *y,
                         size_t factor, struct moments *m, double *size) {
    size_t n = 0;
    for (size_t t = 0; t < design->base; t++) {
        double d = effect(design, y, t * (design->nfactors + 1), factor);
        if (isnan(d)) continue;
        add(m, d);
        size[n++] = fabs(d);
    }
    return n;
}

/* Trajectories are drawn again, the same ones for all factors. */
static void resample_sizes(const double *size, size_t n, uint64_t seed, double *draw,
                           struct sah_morris *out) {
    for (size_t r = 0; r < RESAMPLES; r++) {
        struct sah_rng rng;
        double sum = 0;
        sah_rng_at(&rng, seed, PURPOSE_MORRIS, r, (uint32_t)n);
        for (size_t i = 0; i < n; i++) sum += size[sah_below(&rng, (int64_t)n)];
        draw[r] = sum / (double)n;
    }
    interval(draw, &out->mu_star_low, &out->mu_star_high);
}

int sah_morris_effects(const struct sah_design *design, const double *y, uint64_t seed,
                       struct sah_morris *out, struct sah_error *err) {
    double *size = malloc((design->base + RESAMPLES) * sizeof *size);
    if (!size) return sah_error_add(err, SAH_MEMORY, "no memory for effects");
    for (size_t f = 0; f < design->nfactors; f++) {
        struct moments m = {0};
        size_t n = take_sizes(design, y, f, &m, size);
        out[f] = (struct sah_morris){.mu = n ? m.mean : NAN,
                                     .mu_star = n ? m.sizes / m.n : NAN,
                                     .sigma = n > 1 ? sqrt(m.squares / (m.n - 1)) : NAN,
                                     .mu_star_low = NAN,
                                     .mu_star_high = NAN,
                                     .n = n,
                                     .dropped = design->base - n};
        if (n > 1) resample_sizes(size, n, seed, size + design->base, &out[f]);
    }
    free(size);
    return SAH_OK;
}

/* ---- Sobol' ------------------------------------------------------------------------- */

struct sample {
    size_t k, n;      /* factors; base samples that are whole */
    const double **y; /* [n]: A, B, and k mixed, of each */
    size_t *pick;     /* [n] */
    double *draw;     /* [2][k][RESAMPLES] */
};

struct index {
    double first, total;
};

/* Over the base samples picked. */
static struct index index_of(const struct sample *s, const size_t *pick,
                             size_t factor) {
    double mean = 0, variance = 0, first = 0, total = 0;
    for (size_t i = 0; i < s->n; i++) mean += s->y[pick[i]][0] + s->y[pick[i]][1];
    mean /= 2 * (double)s->n;
    for (size_t i = 0; i < s->n; i++) {
        const double *y = s->y[pick[i]];
        double a = y[0] - mean, b = y[1] - mean, mixed = y[2 + factor] - mean;
        variance += a * a + b * b;
        first += b * (mixed - a);
        total += (a - mixed) * (a - mixed);
    }
    variance /= 2; /* now as the others: a sum over base samples */
    return (struct index){first / variance, total / (2 * variance)};
}

static bool is_whole(const double *y, size_t k) {
    for (size_t i = 0; i < k + 2; i++)
        if (isnan(y[i])) return false;
    return true;
}

static void pick_again(const struct sample *s, uint64_t seed, size_t resample) {
    struct sah_rng rng;
    sah_rng_at(&rng, seed, PURPOSE_SOBOL, resample, (uint32_t)s->n);
    for (size_t i = 0; i < s->n; i++)
        s->pick[i] = (size_t)sah_below(&rng, (int64_t)s->n);
}

static void estimate(const struct sample *s, uint64_t seed, struct sah_sobol *out) {
    for (size_t i = 0; i < s->n; i++) s->pick[i] = i;
    for (size_t f = 0; f < s->k; f++) {
        struct index index = index_of(s, s->pick, f);
        out[f].first = index.first;
        out[f].total = index.total;
    }
    for (size_t r = 0; r < RESAMPLES; r++) {
        pick_again(s, seed, r);
        for (size_t f = 0; f < s->k; f++) {
            struct index index = index_of(s, s->pick, f);
            s->draw[f * RESAMPLES + r] = index.first;
            s->draw[(s->k + f) * RESAMPLES + r] = index.total;
        }
    }
    for (size_t f = 0; f < s->k; f++) {
        interval(s->draw + f * RESAMPLES, &out[f].first_low, &out[f].first_high);
        interval(s->draw + (s->k + f) * RESAMPLES, &out[f].total_low,
                 &out[f].total_high);
    }
}

int sah_sobol_indices(const struct sah_design *design, const double *y, uint64_t seed,
                      struct sah_sobol *out, struct sah_error *err) {
    size_t k = design->nfactors, n = design->base;
    struct sample s = {.k = k};
    s.y = malloc((n + 1) * sizeof *s.y);
    s.pick = malloc((n + 1) * sizeof *s.pick);
    s.draw = malloc((2 * k * RESAMPLES + 1) * sizeof *s.draw);
    int status = s.y && s.pick && s.draw
                     ? SAH_OK
                     : sah_error_add(err, SAH_MEMORY, "no memory for resamples");
    for (size_t i = 0; !status && i < n; i++)
        if (is_whole(y + i * (k + 2), k)) s.y[s.n++] = y + i * (k + 2);
    for (size_t f = 0; !status && f < k; f++)
        out[f] = (struct sah_sobol){.first = NAN,
                                    .first_low = NAN,
                                    .first_high = NAN,
                                    .total = NAN,
                                    .total_low = NAN,
                                    .total_high = NAN,
                                    .n = s.n,
                                    .dropped = n - s.n};
    if (!status && s.n > 1) estimate(&s, seed, out);
    free(s.y);
    free(s.pick);
    free(s.draw);
    return status;
}
