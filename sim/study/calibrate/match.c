/* Implausibility and likelihood; formulas at the head of match.h. */
#include "sim/study/calibrate/match.h"

#include "sim/kernel/elementary.h"

#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const sah_match_states[] = {"used", "undefined", "constant"};

static const double BAND = 0.25; /* variance of an observation */

static double own_variance(const struct sah_match *match, size_t aim) {
    double missed = match->fit->discrepancy;
    return BAND + missed * missed +
           match->aim[aim].chance / (double)match->cloud->replicates;
}

/* The share of runs that define the aim, and its standard deviation. */
static double share_known(struct sah_match *match, size_t aim, const double *x,
                          double *sd) {
    const struct sah_emulator *known = &match->aim[aim].known;
    double variance = 0;
    double share = known->n ? sah_emulator_at(known, x, &variance, match->room) : 1;
    *sd = sqrt(variance);
    return share;
}

/* ---- implausibility -------------------------------------------------------------------- */

static double implausibility(struct sah_match *match, size_t aim, const double *x) {
    double variance, sd;
    double share = share_known(match, aim, x, &sd);
    if (share + 2 * sd < 0.5) return INFINITY;
    double mean = sah_emulator_at(&match->aim[aim].value, x, &variance, match->room);
    variance += match->aim[aim].chance + own_variance(match, aim);
    return fabs(mean) / sqrt(variance);
}

double sah_match_implausibility(struct sah_match *match, const double *x) {
    if (!match->nused) return 0;
    double *all = match->room + match->cloud->n;
    size_t forgiven = (size_t)(match->fit->forgive * (double)match->nused);
    for (size_t k = 0; k < match->nused; k++)
        all[k] = implausibility(match, match->used[k], x);
    gsl_sort(all, 1, match->nused);
    return all[match->nused - 1 - forgiven];
}

/* ---- likelihood ------------------------------------------------------------------------ */

/* Cholesky in place; false where the matrix is not positive definite. */
static bool factorise(double *a, size_t n) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double known = 0;
#pragma omp simd reduction(+ : known)
            for (size_t k = 0; k < j; k++) known += a[i * n + k] * a[j * n + k];
            double sum = a[i * n + j] - known;
            if (i == j && !(sum > 0)) return false;
            a[i * n + j] = i == j ? sqrt(sum) : sum / a[j * n + j];
        }
    return true;
}

static double normal(const double *factor, double *off, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) off[i] -= factor[i * n + j] * off[j];
        off[i] /= factor[i * n + i];
        sum -= off[i] * off[i] / 2 + sah_log(factor[i * n + i]);
    }
    return sum;
}

static void fill(const struct sah_match *match, const double *variance, double *out) {
    size_t n = match->nused;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b <= a; b++) {
            double chance =
                match->aim[match->used[a]].chance * match->aim[match->used[b]].chance;
            out[a * n + b] = match->correlation[a * n + b] * sqrt(chance);
            if (a == b) out[a * n + b] += variance[a];
        }
}

double sah_match_likelihood(struct sah_match *match, const double *x) {
    size_t n = match->nused;
    double *off = match->room + match->cloud->n, *variance = off + n,
           *matrix = variance + n, sum = 0, sd;
    for (size_t k = 0; k < n; k++) {
        size_t aim = match->used[k];
        double share = share_known(match, aim, x, &sd);
        if (match->aim[aim].known.n) sum += sah_log(fmin(fmax(share, 1e-3), 1));
        off[k] = sah_emulator_at(&match->aim[aim].value, x, &variance[k], match->room);
        variance[k] += own_variance(match, aim);
    }
    fill(match, variance, matrix);
    return factorise(matrix, n) ? sum + normal(matrix, off, n) : -INFINITY;
}

double sah_match_mean(struct sah_match *match, size_t aim, const double *x) {
    return sah_emulator_at(&match->aim[aim].value, x, NULL, match->room);
}

void sah_match_free(struct sah_match *match) {
    for (size_t i = 0; match->aim && i < match->fit->naims; i++) {
        sah_emulator_free(&match->aim[i].value);
        sah_emulator_free(&match->aim[i].known);
        free(match->aim[i].point);
    }
    free(match->aim);
    free(match->used);
    free(match->correlation);
    free(match->room);
    *match = (struct sah_match){0};
}
