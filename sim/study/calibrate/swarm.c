/* Levels, moves, and picking points apart. */
#include "sim/study/calibrate/swarm.h"

#include "sim/kernel/elementary.h"
#include "sim/kernel/law.h"

#include <gsl/gsl_qrng.h>
#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Draws beside those of designs and of sensitivity (4000 to 4004). */
enum { PURPOSE_MOVE = 4010, PURPOSE_RESAMPLE = 4011, MOST_LEVELS = 40, SWEEPS = 4 };

/* ---- room ------------------------------------------------------------------------------ */

int sah_swarm_create(struct sah_swarm *swarm, struct sah_error *err) {
    size_t n = swarm->n, d = swarm->d;
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)d);
    swarm->at = malloc((n * d + 1) * sizeof *swarm->at);
    swarm->value = malloc((n + 1) * sizeof *swarm->value);
    swarm->room = malloc((n * d + 4 * n + d + 1) * sizeof *swarm->room);
    if (!sequence || !swarm->at || !swarm->value || !swarm->room) {
        gsl_qrng_free(sequence);
        return sah_error_add(err, SAH_MEMORY, "no memory for a sample");
    }
    for (size_t i = 0; i < n; i++) {
        gsl_qrng_get(sequence, swarm->at + i * d);
        swarm->value[i] = swarm->score(swarm->user, swarm->at + i * d);
    }
    gsl_qrng_free(sequence);
    return SAH_OK;
}

void sah_swarm_free(struct sah_swarm *swarm) {
    free(swarm->at);
    free(swarm->value);
    free(swarm->room);
    swarm->at = swarm->value = swarm->room = NULL;
}

/* ---- moves ----------------------------------------------------------------------------- */

struct level {
    double bound; /* on the score; or */
    double power; /* of exp(score); 0: it is a bound */
};

static double reflect(double x) {
    x = fabs(x);
    x -= 2 * floor(x / 2);
    return x > 1 ? 2 - x : x;
}

static bool is_taken(const struct level *level, double now, double then,
                     struct sah_rng *rng) {
    if (level->power == 0) return then <= level->bound;
    return sah_log(sah_uniform_fine(rng)) < level->power * (then - now);
}

/* Now and then a step of full length, from one cluster to another. */
static void propose(const struct sah_swarm *swarm, size_t i, struct sah_rng *rng,
                    double *to) {
    size_t d = swarm->d, n = swarm->n;
    size_t a = (size_t)sah_below(rng, (int64_t)n),
           b = (size_t)sah_below(rng, (int64_t)n);
    double reach = sah_bernoulli(rng, 0.1) ? 1 : 2.38 / sqrt(2 * (double)d);
    for (size_t j = 0; j < d; j++) {
        double step = swarm->at[a * d + j] - swarm->at[b * d + j];
        to[j] = reflect(swarm->at[i * d + j] + reach * step + sah_normal(rng, 0, 0.01));
    }
}

static void sweep(struct sah_swarm *swarm, const struct level *level) {
    size_t d = swarm->d;
    double *to = swarm->room;
    swarm->sweeps++;
    for (size_t i = 0; i < swarm->n; i++) {
        struct sah_rng rng;
        sah_rng_at(&rng, swarm->seed, PURPOSE_MOVE, i, swarm->sweeps);
        propose(swarm, i, &rng, to);
        double value = swarm->score(swarm->user, to);
        if (!is_taken(level, swarm->value[i], value, &rng)) continue;
        memcpy(swarm->at + i * d, to, d * sizeof *to);
        swarm->value[i] = value;
    }
}

/* Systematic resampling by weights that add up to 1. */
static void resample(struct sah_swarm *swarm, const double *weight) {
    struct sah_rng rng;
    size_t n = swarm->n, d = swarm->d, from = 0;
    double *at = swarm->room + d, *value = at + n * d, sum = weight[0];
    sah_rng_at(&rng, swarm->seed, PURPOSE_RESAMPLE, 0, swarm->sweeps);
    double first = sah_uniform(&rng);
    for (size_t i = 0; i < n; i++) {
        double mark = ((double)i + first) / (double)n;
        while (sum < mark && from + 1 < n) sum += weight[++from];
        memcpy(at + i * d, swarm->at + from * d, d * sizeof *at);
        value[i] = swarm->value[from];
    }
    memcpy(swarm->at, at, n * d * sizeof *at);
    memcpy(swarm->value, value, n * sizeof *value);
}

static void settle(struct sah_swarm *swarm, const double *weight,
                   const struct level *level) {
    resample(swarm, weight);
    for (int k = 0; k < SWEEPS; k++) sweep(swarm, level);
    swarm->levels++;
}

/* ---- into a region --------------------------------------------------------------------- */

static double *weights_of(struct sah_swarm *swarm) {
    return swarm->room + swarm->d + swarm->n * swarm->d + swarm->n;
}

static size_t weigh_below(struct sah_swarm *swarm, double bound, double *weight) {
    size_t below = 0;
    for (size_t i = 0; i < swarm->n; i++) below += swarm->value[i] <= bound;
    for (size_t i = 0; i < swarm->n; i++)
        weight[i] = swarm->value[i] <= bound ? 1 / (double)below : 0;
    return below;
}

static double middle(struct sah_swarm *swarm, double *room) {
    memcpy(room, swarm->value, swarm->n * sizeof *room);
    gsl_sort(room, 1, swarm->n);
    return room[(swarm->n - 1) / 2];
}

void sah_swarm_enter(struct sah_swarm *swarm, double bound, double *share,
                     double *reached) {
    double *weight = weights_of(swarm);
    *share = 1, *reached = INFINITY;
    for (int k = 0; k < MOST_LEVELS; k++) {
        struct level level = {.bound = fmax(middle(swarm, weight), bound)};
        size_t below = weigh_below(swarm, level.bound, weight);
        bool stuck = k > 0 && level.bound > bound && level.bound > 0.995 * *reached;
        if (!below || stuck) break;
        *share *= (double)below / (double)swarm->n;
        *reached = level.bound;
        settle(swarm, weight, &level);
        if (level.bound <= bound) break;
    }
}

/* ---- to a law -------------------------------------------------------------------------- */

/* Weights for going from one power of the density to the next; how many points they are
 * worth. */
static double weigh(const struct sah_swarm *swarm, double step, double *weight) {
    double most = -INFINITY, sum = 0, square = 0;
    for (size_t i = 0; i < swarm->n; i++) most = fmax(most, swarm->value[i]);
    for (size_t i = 0; i < swarm->n; i++) {
        bool none = !isfinite(swarm->value[i]);
        weight[i] = none ? 0 : sah_exp(step * (swarm->value[i] - most));
        sum += weight[i];
    }
    for (size_t i = 0; i < swarm->n; i++) {
        weight[i] /= sum;
        square += weight[i] * weight[i];
    }
    return 1 / square;
}

static double next_step(const struct sah_swarm *swarm, double left, double *weight) {
    double low = 0, high = left, want = (double)swarm->n / 2;
    if (weigh(swarm, left, weight) >= want) return left;
    for (int k = 0; k < 50; k++) {
        double half = (low + high) / 2;
        if (weigh(swarm, half, weight) >= want)
            low = half;
        else
            high = half;
    }
    return high;
}

static bool is_nowhere(const struct sah_swarm *swarm) {
    for (size_t i = 0; i < swarm->n; i++)
        if (isfinite(swarm->value[i])) return false;
    return true;
}

int sah_swarm_weigh(struct sah_swarm *swarm, struct sah_error *err) {
    if (is_nowhere(swarm))
        return sah_error_add(err, SAH_CHECK,
                             "none of %zu points of the prior has a likelihood",
                             swarm->n);
    double *weight = weights_of(swarm), power = 0;
    for (int k = 0; k < MOST_LEVELS && power < 1; k++) {
        double step =
            k + 1 < MOST_LEVELS ? next_step(swarm, 1 - power, weight) : 1 - power;
        weigh(swarm, step, weight);
        power = step >= 1 - power ? 1 : power + step;
        settle(swarm, weight, &(struct level){.power = power});
    }
    return SAH_OK;
}

/* ---- apart from each other -------------------------------------------------------------- */

static double apart(const double *a, const double *b, size_t d) {
    double sum = 0;
    for (size_t j = 0; j < d; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
    return sum;
}

static void note(const struct sah_swarm *swarm, const double *point, double *nearest) {
    for (size_t i = 0; i < swarm->n; i++)
        nearest[i] = fmin(nearest[i], apart(swarm->at + i * swarm->d, point, swarm->d));
}

int sah_swarm_spread(const struct sah_swarm *swarm, const double *before,
                     size_t nbefore, size_t n, size_t *out, struct sah_error *err) {
    double *nearest = malloc((swarm->n + 1) * sizeof *nearest);
    if (!nearest) return sah_error_add(err, SAH_MEMORY, "no memory for a wave");
    for (size_t i = 0; i < swarm->n; i++) nearest[i] = INFINITY;
    for (size_t p = 0; p < nbefore; p++) note(swarm, before + p * swarm->d, nearest);
    for (size_t k = 0; k < n; k++) {
        size_t best = 0;
        for (size_t i = 1; i < swarm->n; i++)
            if (nearest[i] > nearest[best]) best = i;
        out[k] = best;
        note(swarm, swarm->at + best * swarm->d, nearest);
    }
    free(nearest);
    return SAH_OK;
}
