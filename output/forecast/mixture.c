/* Newton's method on the inside of the simplex (Boyd and Vandenberghe 2004, Convex
 * Optimization, sections 9.5 and 10.2): each step d solves
 *
 *   | H  1 | | d |   | g |     g slope, H curvature (with its sign turned),
 *   | 1' 0 | | m | = | 0 |     m what the sum of the weights is worth
 *
 * and is shortened until it stays inside and the function rises as its slope promises. */
#include "output/forecast/mixture.h"

#include <float.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

enum { MOST_HALVINGS = 40 };
static const double STILL = 1e-7; /* weights that move no further are found */
static const double INWARDS = 0.9, PROMISE = 1e-4;

struct newton {
    const struct sah_mixture *mixture;
    double *weight, *trial;
    gsl_matrix *kkt;
    gsl_vector *slope, *step;
    gsl_permutation *order;
};

static double chance_of(const struct sah_mixture *m, size_t i, const double *weight) {
    double chance = 0;
    for (size_t p = 0; p < m->np; p++) chance += weight[p] * m->chance[i * m->np + p];
    return chance;
}

double sah_mixture_likelihood(const struct sah_mixture *m, const double *weight) {
    double sum = 0;
    for (size_t i = 0; i < m->n; i++)
        sum += log(fmax(chance_of(m, i, weight), DBL_MIN));
    return sum;
}

static double objective(const struct sah_mixture *m, const double *weight) {
    double sum = sah_mixture_likelihood(m, weight);
    for (size_t p = 0; p < m->np; p++) sum += log(weight[p]);
    return sum;
}

static void fill(const struct newton *at) {
    const struct sah_mixture *m = at->mixture;
    gsl_matrix_set_zero(at->kkt);
    gsl_vector_set_zero(at->slope);
    double *h = at->kkt->data, *g = at->slope->data;
    size_t np = m->np, stride = at->kkt->tda;
    for (size_t i = 0; i < m->n; i++) {
        const double *row = m->chance + i * np;
        double chance = chance_of(m, i, at->weight);
        for (size_t p = 0; p < np; p++) {
            g[p] += row[p] / chance;
            for (size_t q = 0; q < np; q++)
                h[p * stride + q] += row[p] * row[q] / (chance * chance);
        }
    }
    for (size_t p = 0; p < np; p++) {
        g[p] += 1 / at->weight[p];
        h[p * stride + p] += 1 / (at->weight[p] * at->weight[p]);
        h[p * stride + np] = h[np * stride + p] = 1;
    }
}

/* GSL passes over what is no number, so the step is looked at. */
static bool solve(const struct newton *at) {
    int sign;
    if (gsl_linalg_LU_decomp(at->kkt, at->order, &sign) != GSL_SUCCESS ||
        gsl_linalg_LU_solve(at->kkt, at->order, at->slope, at->step) != GSL_SUCCESS)
        return false;
    for (size_t p = 0; p < at->step->size; p++)
        if (!isfinite(gsl_vector_get(at->step, p))) return false;
    return true;
}

/* How far the step may go: not over a border, nor so far that less is gained than a part
 * of what its slope promises. */
static double length_of(const struct newton *at) {
    size_t np = at->mixture->np;
    double length = 1, promise = 0, now = objective(at->mixture, at->weight);
    for (size_t p = 0; p < np; p++) {
        double step = gsl_vector_get(at->step, p);
        promise += PROMISE * step * gsl_vector_get(at->slope, p);
        if (step < 0) length = fmin(length, -INWARDS * at->weight[p] / step);
    }
    for (int k = 0; k < MOST_HALVINGS; k++, length /= 2) {
        for (size_t p = 0; p < np; p++)
            at->trial[p] = at->weight[p] + length * gsl_vector_get(at->step, p);
        if (objective(at->mixture, at->trial) >= now + length * promise) break;
    }
    return length;
}

/* Tells how far the weights moved; NAN where there is no step. */
static double move(const struct newton *at) {
    double most = 0;
    fill(at);
    if (!solve(at)) return NAN;
    double length = length_of(at);
    for (size_t p = 0; p < at->mixture->np; p++) {
        double step = length * gsl_vector_get(at->step, p);
        at->weight[p] += step;
        most = fmax(most, fabs(step));
    }
    return most;
}

static int climb(const struct newton *at, int steps, struct sah_error *err) {
    size_t np = at->mixture->np;
    double moved = 1;
    for (size_t p = 0; p < np; p++) at->weight[p] = 1 / (double)np;
    for (int k = 0; k < steps && moved >= STILL; k++) moved = move(at);
    if (isnan(moved))
        return sah_error_add(err, SAH_CHECK,
                             "the weights of %zu parts cannot be fitted: some of the "
                             "chances that parts give are no numbers above 0",
                             np);
    if (moved >= STILL)
        return sah_error_add(err, SAH_CHECK,
                             "the weights of %zu parts did not settle in %d steps: one "
                             "still moves by %.2g",
                             np, steps, moved);
    return SAH_OK;
}

int sah_mixture_fit(const struct sah_mixture *mixture, int steps, double *weight,
                    struct sah_error *err) {
    size_t np = mixture->np;
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    gsl_vector *trial = gsl_vector_alloc(np);
    struct newton at = {.mixture = mixture,
                        .weight = weight,
                        .trial = trial ? trial->data : NULL,
                        .kkt = gsl_matrix_alloc(np + 1, np + 1),
                        .slope = gsl_vector_alloc(np + 1),
                        .step = gsl_vector_alloc(np + 1),
                        .order = gsl_permutation_alloc(np + 1)};
    int code = trial && at.kkt && at.slope && at.step && at.order
                   ? climb(&at, steps, err)
                   : sah_error_add(err, SAH_MEMORY, "no memory for a fit");
    gsl_permutation_free(at.order);
    gsl_vector_free(at.step);
    gsl_vector_free(at.slope);
    gsl_matrix_free(at.kkt);
    gsl_vector_free(trial);
    gsl_set_error_handler(before);
    return code;
}
