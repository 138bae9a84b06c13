/* Samples of the unit cube; sources at the head of design.h. */
#include "sim/study/design_impl.h"

#include "sim/kernel/law.h"

#include <gsl/gsl_qrng.h>
#include <stdlib.h>
#include <string.h>

/* Draws of designs, far from those of the models (which count from 1) and beside that of
 * the bootstrap of comparisons (4000). */
enum { PURPOSE_LHS = 4001, PURPOSE_MORRIS = 4002 };

/* Fisher and Yates. */
static void shuffle(size_t *order, size_t n, struct sah_rng *rng) {
    for (size_t i = 0; i < n; i++) order[i] = i;
    for (size_t i = n; i > 1; i--) {
        size_t j = (size_t)sah_below(rng, (int64_t)i), kept = order[j];
        order[j] = order[i - 1];
        order[i - 1] = kept;
    }
}

int sah_design_lhs(const struct sah_design *design, uint64_t seed,
                   struct sah_error *err) {
    size_t n = design->npoints, k = design->nfactors;
    size_t *order = malloc((n + 1) * sizeof *order);
    if (!order) return sah_error_add(err, SAH_MEMORY, "no memory for %zu points", n);
    for (size_t f = 0; f < k; f++) {
        struct sah_rng rng;
        sah_rng_at(&rng, seed, PURPOSE_LHS, f, 0);
        shuffle(order, n, &rng);
        for (size_t p = 0; p < n; p++)
            design->at[p * k + f] = ((double)order[p] + sah_uniform(&rng)) / (double)n;
    }
    free(order);
    return SAH_OK;
}

static gsl_qrng *open_sequence(size_t dimensions, struct sah_error *err) {
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)dimensions);
    if (!sequence) sah_error_add(err, SAH_MEMORY, "no memory for a Sobol' sequence");
    return sequence;
}

int sah_design_sobol(const struct sah_design *design, struct sah_error *err) {
    if (!design->nfactors) return SAH_OK;
    gsl_qrng *sequence = open_sequence(design->nfactors, err);
    if (!sequence) return err ? err->code : SAH_MEMORY;
    for (size_t p = 0; p < design->npoints; p++)
        gsl_qrng_get(sequence, design->at + p * design->nfactors);
    gsl_qrng_free(sequence);
    return SAH_OK;
}

/* The first points have equal halves. As is usual, as many are left out as the next power
 * of two (Campolongo, Saltelli and Cariboni 2011, Computer Physics Communications 182(4)). */
static void skip_first(gsl_qrng *sequence, size_t points, double *point) {
    enum { LEAST = 16 };
    size_t power = LEAST;
    while (power < points) power *= 2;
    for (size_t i = 1; i < power; i++) gsl_qrng_get(sequence, point);
}

/* `both` holds A and B of one base sample. */
static void mix(double *row, const double *both, size_t k) {
    memcpy(row, both, k * sizeof *row);
    memcpy(row + k, both + k, k * sizeof *row);
    for (size_t f = 0; f < k; f++) {
        double *mixed = row + (2 + f) * k;
        memcpy(mixed, both, k * sizeof *mixed);
        mixed[f] = both[k + f];
    }
}

int sah_design_saltelli(const struct sah_design *design, struct sah_error *err) {
    size_t k = design->nfactors;
    double both[40];
    if (!k) return SAH_OK;
    gsl_qrng *sequence = open_sequence(2 * k, err);
    if (!sequence) return err ? err->code : SAH_MEMORY;
    skip_first(sequence, design->base, both);
    for (size_t i = 0; i < design->base; i++) {
        gsl_qrng_get(sequence, both);
        mix(design->at + i * (k + 2) * k, both, k);
    }
    gsl_qrng_free(sequence);
    return SAH_OK;
}

/* From a start on the grid each factor in turn, in random order, takes one step of
 * levels / (2 (levels - 1)), up where there is room, else down. */
static void walk(double *row, size_t k, size_t levels, struct sah_rng *rng) {
    size_t half = levels / 2;
    double unit = 1 / (double)(levels - 1), step = unit * (double)half;
    uint8_t moved[SAH_DESIGN_FACTORS] = {0};
    for (size_t f = 0; f < k; f++)
        row[f] = unit * (double)sah_below(rng, (int64_t)levels);
    for (size_t left = k; left > 0; left--, row += k) {
        int64_t pick = sah_below(rng, (int64_t)left);
        size_t f = 0;
        while (moved[f] || pick-- > 0) f++;
        moved[f] = 1;
        memcpy(row + k, row, k * sizeof *row);
        row[k + f] += row[f] + step <= 1 + 1e-9 ? step : -step;
        if (row[k + f] > 1) row[k + f] = 1;
        if (row[k + f] < 1e-12) row[k + f] = 0;
    }
}

void sah_design_morris(const struct sah_design *design, size_t levels, uint64_t seed) {
    size_t k = design->nfactors;
    for (size_t t = 0; t < design->base; t++) {
        struct sah_rng rng;
        sah_rng_at(&rng, seed, PURPOSE_MORRIS, t, 0);
        walk(design->at + t * (k + 1) * k, k, levels, &rng);
    }
}
