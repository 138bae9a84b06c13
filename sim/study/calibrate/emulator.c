/* Asking an emulator. */
#include "sim/study/calibrate/emulator_impl.h"

#include "sim/kernel/elementary.h"

#include <math.h>
#include <stdlib.h>

double sah_emulator_trend(const double *a, const double *b, size_t d) {
    double sum = 0;
    for (size_t j = 0; j < d; j++) sum += (a[j] - 0.5) * (b[j] - 0.5);
    return sum;
}

double sah_emulator_matern(const double *a, const double *b, const double *length,
                           size_t d, double *slope) {
    double square = 0;
    for (size_t j = 0; j < d; j++) {
        double step = (a[j] - b[j]) / length[j];
        square += step * step;
    }
    double at = sqrt(5 * square), fall = sah_exp(-at);
    if (slope) *slope = -5.0 / 6 * (1 + at) * fall;
    return (1 + at + at * at / 3) * fall;
}

/* The length of the solution of L z = k: what the points say already. */
static double explained(const struct sah_emulator *em, double *k) {
    double sum = 0;
    for (size_t i = 0; i < em->n; i++) {
        const double *row = em->factor + i * em->n;
        double known = 0;
#pragma omp simd reduction(+ : known)
        for (size_t j = 0; j < i; j++) known += row[j] * k[j];
        k[i] = (k[i] - known) / row[i];
        sum += k[i] * k[i];
    }
    return sum;
}

double sah_emulator_at(const struct sah_emulator *em, const double *x, double *variance,
                       double *room) {
    double mean = 0;
    for (size_t i = 0; i < em->n; i++) {
        const double *at = em->x + i * em->d;
        room[i] = 1 + em->slope * sah_emulator_trend(x, at, em->d) +
                  em->signal * sah_emulator_matern(x, at, em->length, em->d, NULL);
        mean += room[i] * em->weight[i];
    }
    if (variance) {
        double own = 1 + em->slope * sah_emulator_trend(x, x, em->d) + em->signal;
        *variance = fmax(own - explained(em, room), 0) * em->scale * em->scale;
    }
    return em->centre + em->scale * mean;
}

void sah_emulator_free(struct sah_emulator *em) {
    free(em->x);
    free(em->weight);
    free(em->factor);
    free(em->loo);
    free(em->length);
    *em = (struct sah_emulator){0};
}
