/* The laws by which chance changes the state of the world.
 *
 * Each takes numbers from a keyed generator (rng.h) and stands on IEEE + - * / sqrt and
 * on elementary.h only, so that the same key gives the same value on every processor,
 * compiler and C library. One law per file, its formula and source above it.
 *
 * An argument outside the range told here is a broken invariant (SAH_BUG_IF), NaN
 * included. Probabilities may stray from 0..1 by rounding (1e-12) and are then clipped.
 *
 * Bernoulli, binomial and Poisson (below 10 expected), exponential and normal take one
 * number of a key, whatever comes of it, and are monotone in rate, mean and p: twin
 * runs that differ in a rate stay as alike as they can. */
#ifndef SAH_LAW_H
#define SAH_LAW_H
#include "sim/kernel/rng.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Counts up to here are exact in a double; more is refused. */
#define SAH_LAW_COUNT_MAX (INT64_C(1) << 53)

/* Uniform in the open interval (0,1): odd multiples of 2^-53. */
double sah_uniform(struct sah_rng *rng);

/* Uniform in the open interval (0,1), fine near zero: below 2^-20 it has steps of
 * 2^-104, so that a comparison with a tiny probability keeps its relative precision. */
double sah_uniform_fine(struct sah_rng *rng);

/* One of 0 .. n-1, all equally probable; n >= 1. */
int64_t sah_below(struct sah_rng *rng, int64_t n);

/* True with probability p, exact to the last bit of p. */
bool sah_bernoulli(struct sah_rng *rng, double p);

/* Whether it is false for sure for the key whose numbers begin with `low` and `high`, as
 * sah_binomial_is_none below. */
static inline bool sah_bernoulli_is_no(uint32_t low, uint32_t high, double p) {
    uint64_t word = low | (uint64_t)high << 32;
    return p >= 0 && p < 1 && word > (uint64_t)(p * 0x1p64);
}

/* Successes among n trials of probability p; 0 <= n <= SAH_LAW_COUNT_MAX. */
int64_t sah_binomial(struct sah_rng *rng, int64_t n, double p);

/* Whether the binomial of a key whose numbers begin with `low` and `high` is 0 for sure:
 * to ask of many keys at once (sah_rng_bulk4) before the others are drawn. False may mean
 * anything. */
static inline bool sah_binomial_is_none(uint32_t low, uint32_t high, int64_t n,
                                        double p) {
    double mean = (double)n * p;
    uint64_t word = low | (uint64_t)high << 32;
    return p <= 0.5 && mean < 10 && word >> 44 && sah_unit_double(word) >= mean;
}

/* Events when `mean` >= 0 are expected; mean <= 2^52. */
int64_t sah_poisson(struct sah_rng *rng, double mean);

/* As sah_binomial_is_none, for the Poisson law. */
static inline bool sah_poisson_is_none(uint32_t low, uint32_t high, double mean) {
    uint64_t word = low | (uint64_t)high << 32;
    return mean < 10 && word >> 44 && sah_unit_double(word) >= mean;
}

/* Marked ones among `draws` taken without return from `marked` + `others`. */
int64_t sah_hypergeometric(struct sah_rng *rng, int64_t marked, int64_t others,
                           int64_t draws);

/* Exponential waiting time; mean >= 0. */
double sah_exponential(struct sah_rng *rng, double mean);

/* Normal deviate, from exactly one uniform by inversion; sd >= 0. */
double sah_normal(struct sah_rng *rng, double mean, double sd);

/* Gamma deviate of mean shape * scale; shape > 0, scale >= 0. */
double sah_gamma(struct sah_rng *rng, double shape, double scale);

/* Index i with probability weight[i] / sum. Weights are >= 0 and finite, at least one
 * is positive; an index of weight 0 is never drawn. */
size_t sah_discrete(struct sah_rng *rng, const double *weight, size_t n);

/* Splits `total` over n weights, as `total` independent sah_discrete would; all of it
 * is handed out: the counts in out[0..n-1] add up to `total`. */
void sah_multinomial(struct sah_rng *rng, int64_t total, const double *weight, size_t n,
                     int64_t *out);

/* The integer below or above x, with expectation x; |x| <= 2^62. */
int64_t sah_round_random(struct sah_rng *rng, double x);

#endif
