/* The most probable emulator of given points; formulas at the head of emulator.h. */
#include "sim/study/calibrate/emulator_impl.h"

#include "sim/kernel/elementary.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multimin.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIGNAL, SLOPE, NOISE, LENGTHS, MOST_STEPS = 40 };
static const double LEAST_NOISE = 1e-6, HOPELESS = 1e12;

/* Normal priors of the logarithms (assumed): lengths around the side of the cube, noise
 * near what replicates showed. */
struct prior {
    double middle, sd;
};
static const struct prior priors[] = {
    [SIGNAL] = {-0.7, 1.5}, [SLOPE] = {0, 2}, [NOISE] = {0, 0.5}, [LENGTHS] = {0.4, 1}};

struct fit {
    struct sah_emulator *em;
    const double *noise; /* [n], of the scaled values */
    gsl_vector *y, *weight;
    gsl_matrix *factor, *work;
};

static struct prior prior_of(size_t k) {
    return priors[k < LENGTHS ? k : LENGTHS];
}

static void take(struct sah_emulator *em, const gsl_vector *at) {
    em->signal = sah_exp(gsl_vector_get(at, SIGNAL));
    em->slope = sah_exp(gsl_vector_get(at, SLOPE));
    em->noise_factor = sah_exp(gsl_vector_get(at, NOISE));
    for (size_t j = 0; j < em->d; j++)
        em->length[j] = sah_exp(gsl_vector_get(at, LENGTHS + j));
}

/* The covariance of the points and its factor. */
static bool factorise(const struct fit *fit) {
    const struct sah_emulator *em = fit->em;
    for (size_t i = 0; i < em->n; i++)
        for (size_t j = 0; j <= i; j++) {
            const double *a = em->x + i * em->d, *b = em->x + j * em->d;
            double cov =
                1 + em->slope * sah_emulator_trend(a, b, em->d) +
                em->signal * sah_emulator_matern(a, b, em->length, em->d, NULL);
            if (i == j) cov += em->noise_factor * fit->noise[i] + LEAST_NOISE;
            gsl_matrix_set(fit->factor, i, j, cov);
            gsl_matrix_set(fit->factor, j, i, cov);
        }
    return gsl_linalg_cholesky_decomp1(fit->factor) == GSL_SUCCESS;
}

static double objective(const gsl_vector *at, void *user) {
    struct fit *fit = user;
    double sum = 0, product;
    for (size_t k = 0; k < at->size; k++) {
        double off = (gsl_vector_get(at, k) - prior_of(k).middle) / prior_of(k).sd;
        sum += off * off / 2;
        if (!(fabs(off) < 12)) return HOPELESS;
    }
    take(fit->em, at);
    if (!factorise(fit)) return HOPELESS;
    gsl_linalg_cholesky_solve(fit->factor, fit->y, fit->weight);
    gsl_blas_ddot(fit->y, fit->weight, &product);
    for (size_t i = 0; i < fit->em->n; i++)
        sum += sah_log(gsl_matrix_get(fit->factor, i, i));
    sum += product / 2;
    return isfinite(sum) ? sum : HOPELESS; /* GSL factorises what is no number */
}

/* Half the trace of (inverse - weight weight') times the derivative, pair by pair. */
static void add_pair(const struct fit *fit, size_t i, size_t j, gsl_vector *out) {
    const struct sah_emulator *em = fit->em;
    const double *a = em->x + i * em->d, *b = em->x + j * em->d;
    double slope, matern = sah_emulator_matern(a, b, em->length, em->d, &slope);
    double w = gsl_matrix_get(fit->work, i, j) -
               gsl_vector_get(fit->weight, i) * gsl_vector_get(fit->weight, j);
    if (i == j) w /= 2; /* others come twice */
    *gsl_vector_ptr(out, SIGNAL) += w * em->signal * matern;
    *gsl_vector_ptr(out, SLOPE) += w * em->slope * sah_emulator_trend(a, b, em->d);
    if (i == j) *gsl_vector_ptr(out, NOISE) += w * em->noise_factor * fit->noise[i];
    for (size_t k = 0; k < em->d; k++) {
        double step = (a[k] - b[k]) / em->length[k];
        *gsl_vector_ptr(out, LENGTHS + k) -= w * em->signal * slope * 2 * step * step;
    }
}

static void both(const gsl_vector *at, void *user, double *value, gsl_vector *out) {
    struct fit *fit = user;
    *value = objective(at, user);
    gsl_vector_set_zero(out);
    if (*value >= HOPELESS) return;
    gsl_matrix_memcpy(fit->work, fit->factor);
    gsl_linalg_cholesky_invert(fit->work);
    for (size_t i = 0; i < fit->em->n; i++)
        for (size_t j = 0; j <= i; j++) add_pair(fit, i, j, out);
    for (size_t k = 0; k < at->size; k++) {
        struct prior prior = prior_of(k);
        *gsl_vector_ptr(out, k) +=
            (gsl_vector_get(at, k) - prior.middle) / (prior.sd * prior.sd);
    }
}

static void gradient(const gsl_vector *at, void *user, gsl_vector *out) {
    double value;
    both(at, user, &value, out);
}

/* Steps that run out end near the best, which is good enough: residuals of points left out
 * tell how good (keep). */
static int climb(struct fit *fit, gsl_vector *at) {
    gsl_multimin_function_fdf function = {
        .f = objective, .df = gradient, .fdf = both, .n = at->size, .params = fit};
    gsl_multimin_fdfminimizer *search = gsl_multimin_fdfminimizer_alloc(
        gsl_multimin_fdfminimizer_vector_bfgs2, at->size);
    if (!search) return SAH_MEMORY;
    int status = gsl_multimin_fdfminimizer_set(search, &function, at, 0.3, 0.1);
    for (int step = 0; status == GSL_SUCCESS && step < MOST_STEPS; step++) {
        status = gsl_multimin_fdfminimizer_iterate(search);
        if (gsl_multimin_test_gradient(search->gradient, 0.02) == GSL_SUCCESS) break;
    }
    gsl_vector_memcpy(at, search->x);
    gsl_multimin_fdfminimizer_free(search);
    return SAH_OK;
}

/* What is kept: weights, factor, and the residuals of points left out one by one
 * (Rasmussen and Williams, equation 5.12). */
static void keep(const struct fit *fit) {
    struct sah_emulator *em = fit->em;
    gsl_matrix_memcpy(fit->work, fit->factor);
    gsl_linalg_cholesky_invert(fit->work);
    for (size_t i = 0; i < em->n; i++) {
        em->weight[i] = gsl_vector_get(fit->weight, i);
        em->loo[i] = em->weight[i] / sqrt(gsl_matrix_get(fit->work, i, i));
        for (size_t j = 0; j < em->n; j++)
            em->factor[i * em->n + j] = gsl_matrix_get(fit->factor, i, j);
    }
}

static int find_most_probable(struct fit *fit) {
    gsl_vector *at = gsl_vector_alloc(LENGTHS + fit->em->d);
    if (!at) return SAH_MEMORY;
    for (size_t k = 0; k < at->size; k++) gsl_vector_set(at, k, prior_of(k).middle);
    int status = climb(fit, at);
    if (!status && objective(at, fit) >= HOPELESS) { /* the priors' own are sound */
        for (size_t k = 0; k < at->size; k++) gsl_vector_set(at, k, prior_of(k).middle);
        if (objective(at, fit) >= HOPELESS) status = SAH_CHECK;
    }
    if (!status) keep(fit);
    gsl_vector_free(at);
    return status;
}

/* Mean 0 and variance 1; values that are all the same keep their scale. */
static void scale(struct sah_emulator *em, const double *y, const double *noise,
                  gsl_vector *to, double *scaled_noise) {
    double sum = 0, square = 0, n = (double)em->n;
    for (size_t i = 0; i < em->n; i++) sum += y[i];
    em->centre = sum / n;
    for (size_t i = 0; i < em->n; i++)
        square += (y[i] - em->centre) * (y[i] - em->centre);
    em->scale = sqrt(square / n);
    if (!(em->scale > 1e-9 * (1 + fabs(em->centre)))) em->scale = 1;
    for (size_t i = 0; i < em->n; i++) {
        gsl_vector_set(to, i, (y[i] - em->centre) / em->scale);
        scaled_noise[i] = noise[i] / (em->scale * em->scale);
    }
}

static bool make_room(struct sah_emulator *em, size_t n, size_t d) {
    *em = (struct sah_emulator){.n = n, .d = d};
    em->x = malloc(n * d * sizeof *em->x + 1);
    em->weight = malloc(n * sizeof *em->weight);
    em->loo = malloc(n * sizeof *em->loo);
    em->factor = malloc(n * n * sizeof *em->factor);
    em->length = malloc(d * sizeof *em->length + 1);
    return em->x && em->weight && em->loo && em->factor && em->length;
}

int sah_emulator_fit(struct sah_emulator *em, size_t n, size_t d, const double *x,
                     const double *y, const double *noise, struct sah_error *err) {
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    double *scaled = calloc(n + 1, sizeof *scaled);
    struct fit fit = {.em = em, .noise = scaled};
    int status = make_room(em, n, d) && scaled ? SAH_OK : SAH_MEMORY;
    fit.y = gsl_vector_alloc(n), fit.weight = gsl_vector_alloc(n);
    fit.factor = gsl_matrix_alloc(n, n), fit.work = gsl_matrix_alloc(n, n);
    if (!fit.y || !fit.weight || !fit.factor || !fit.work) status = SAH_MEMORY;
    if (!status) {
        memcpy(em->x, x, n * d * sizeof *x);
        scale(em, y, noise, fit.y, scaled);
        status = find_most_probable(&fit);
    }
    gsl_vector_free(fit.y), gsl_vector_free(fit.weight);
    gsl_matrix_free(fit.factor), gsl_matrix_free(fit.work);
    free(scaled);
    gsl_set_error_handler(before);
    if (status == SAH_MEMORY)
        return sah_error_add(err, status, "no memory for an emulator of %zu points", n);
    if (status)
        sah_error_add(err, status,
                      "no emulator fits %zu points: their covariance cannot be "
                      "factorised; are all values and noises numbers?",
                      n);
    return status;
}
