/* Sampling, and summing up. */
#include "sim/study/calibrate/posterior.h"

#include "sim/study/calibrate/swarm.h"

#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SWARM = 512, EFFECT_POINTS = 64 };
const double sah_posterior_quantiles[] = {0.05, 0.25, 0.5, 0.75, 0.95};

static double implausibility(void *user, const double *x) {
    return sah_match_implausibility(user, x);
}

static double likelihood(void *user, const double *x) {
    return sah_match_likelihood(user, x);
}

/* ---- the next wave --------------------------------------------------------------------- */

/* Points chosen so far, behind all that were run. */
struct choice {
    size_t n; /* all of them */
    double *at;
};

static int choose(const struct sah_swarm *swarm, size_t n, struct choice *choice,
                  struct sah_error *err) {
    size_t d = swarm->d, *picked = malloc((n + 1) * sizeof *picked);
    int status = picked ? sah_swarm_spread(swarm, choice->at, choice->n, n, picked, err)
                        : sah_error_add(err, SAH_MEMORY, "no memory for a wave");
    for (size_t i = 0; !status && i < n; i++)
        memcpy(choice->at + choice->n++ * d, swarm->at + picked[i] * d,
               d * sizeof *swarm->at);
    free(picked);
    return status;
}

static int choose_possible(struct sah_match *match, uint64_t seed, size_t n,
                           struct choice *choice, double *share, double *reached,
                           struct sah_error *err) {
    struct sah_swarm swarm = {.n = SWARM,
                              .d = match->cloud->d,
                              .seed = seed,
                              .score = implausibility,
                              .user = match};
    int status = sah_swarm_create(&swarm, err);
    if (!status) {
        sah_swarm_enter(&swarm, match->fit->cutoff, share, reached);
        status = choose(&swarm, n, choice, err);
    }
    sah_swarm_free(&swarm);
    return status;
}

static int choose_likely(struct sah_match *match, uint64_t seed, size_t n,
                         struct choice *choice, struct sah_error *err) {
    struct sah_swarm swarm = {.n = SWARM / 2,
                              .d = match->cloud->d,
                              .seed = seed,
                              .score = likelihood,
                              .user = match};
    int status = sah_swarm_create(&swarm, err);
    if (!status) {
        status = sah_swarm_weigh(&swarm, err);
        if (!status) status = choose(&swarm, n, choice, err);
    }
    sah_swarm_free(&swarm);
    return status;
}

int sah_posterior_wave(struct sah_match *match, uint64_t seed, size_t n, double *at,
                       double *share, double *reached, struct sah_error *err) {
    const struct sah_cloud *cloud = match->cloud;
    size_t d = cloud->d, likely = n / 2;
    struct choice choice = {.n = cloud->n,
                            .at = malloc(((cloud->n + n) * d + 1) * sizeof(double))};
    if (!choice.at) return sah_error_add(err, SAH_MEMORY, "no memory for a wave");
    memcpy(choice.at, cloud->at, cloud->n * d * sizeof *at);
    int status = choose_likely(match, seed, likely, &choice, err);
    if (!status)
        status = choose_possible(match, seed, n - likely, &choice, share, reached, err);
    if (!status) memcpy(at, choice.at + cloud->n * d, n * d * sizeof *at);
    free(choice.at);
    return status;
}

/* ---- the posterior --------------------------------------------------------------------- */

static bool make_room(struct sah_posterior *all, const struct sah_cloud *cloud) {
    size_t d = all->d, m = all->naims;
    all->at = malloc((all->n * d + 1) * sizeof *all->at);
    all->likelihood = malloc((all->n + 1) * sizeof *all->likelihood);
    all->quantile = malloc(d * SAH_POSTERIOR_QUANTILES * sizeof *all->quantile + 1);
    all->left = malloc((d + 1) * sizeof *all->left);
    all->effect = malloc((m * d + 1) * sizeof *all->effect);
    all->off = malloc((m + 1) * sizeof *all->off);
    all->out = malloc((cloud->n + 1) * sizeof *all->out);
    return all->at && all->likelihood && all->quantile && all->left && all->effect &&
           all->off && all->out;
}

static void sum_up(struct sah_posterior *all, size_t j, double *room) {
    double *q = all->quantile + j * SAH_POSTERIOR_QUANTILES;
    for (size_t i = 0; i < all->n; i++) room[i] = all->at[i * all->d + j];
    gsl_sort(room, 1, all->n);
    for (int k = 0; k < SAH_POSTERIOR_QUANTILES; k++)
        q[k] = gsl_stats_quantile_from_sorted_data(room, 1, all->n,
                                                   sah_posterior_quantiles[k]);
    all->left[j] = (q[SAH_POSTERIOR_P95] - q[SAH_POSTERIOR_P05]) / 0.9;
}

/* From end to end of one range, the others as in the sample. */
static double effect_of(const struct sah_posterior *all, struct sah_match *match,
                        size_t aim, size_t j, double *x) {
    size_t step = all->n / EFFECT_POINTS ? all->n / EFFECT_POINTS : 1, taken = 0;
    double sum = 0;
    for (size_t i = 0; i < all->n; i += step, taken++) {
        memcpy(x, all->at + i * all->d, all->d * sizeof *x);
        x[j] = 1;
        sum += sah_match_mean(match, aim, x);
        x[j] = 0;
        sum -= sah_match_mean(match, aim, x);
    }
    return sum / (double)taken;
}

static void explain(struct sah_posterior *all, struct sah_match *match, double *x) {
    for (size_t i = 0; i < all->naims; i++) {
        bool used = match->aim[i].state == SAH_MATCH_USED;
        for (size_t j = 0; j < all->d; j++)
            all->effect[i * all->d + j] = used ? effect_of(all, match, i, j, x) : NAN;
        for (size_t j = 0; j < all->d; j++)
            x[j] = all->quantile[j * SAH_POSTERIOR_QUANTILES + SAH_POSTERIOR_P50];
        all->off[i] = used ? sah_match_mean(match, i, x) : NAN;
    }
    for (size_t p = 0; p < match->cloud->n; p++)
        all->out[p] = sah_match_implausibility(match, match->cloud->at + p * all->d);
}

static int sample(struct sah_posterior *all, struct sah_match *match, uint64_t seed,
                  struct sah_error *err) {
    struct sah_swarm swarm = {
        .n = all->n, .d = all->d, .seed = seed, .score = likelihood, .user = match};
    int status = sah_swarm_create(&swarm, err);
    if (!status) status = sah_swarm_weigh(&swarm, err);
    if (!status) {
        memcpy(all->at, swarm.at, all->n * all->d * sizeof *all->at);
        memcpy(all->likelihood, swarm.value, all->n * sizeof *all->likelihood);
    }
    sah_swarm_free(&swarm);
    return status;
}

static int measure_left(struct sah_posterior *all, struct sah_match *match,
                        uint64_t seed, struct sah_error *err) {
    struct sah_swarm swarm = {
        .n = SWARM, .d = all->d, .seed = seed, .score = implausibility, .user = match};
    int status = sah_swarm_create(&swarm, err);
    if (!status)
        sah_swarm_enter(&swarm, match->fit->cutoff, &all->share, &all->reached);
    sah_swarm_free(&swarm);
    return status;
}

int sah_posterior_create(struct sah_posterior *all, struct sah_match *match,
                         uint64_t seed, struct sah_error *err) {
    *all = (struct sah_posterior){
        .n = SWARM, .d = match->cloud->d, .naims = match->fit->naims};
    double *room = malloc((all->n + all->d + 1) * sizeof *room);
    if (!room || !make_room(all, match->cloud)) {
        free(room);
        return sah_error_add(err, SAH_MEMORY, "no memory for a sample");
    }
    int status = sample(all, match, seed, err);
    if (!status) status = measure_left(all, match, seed, err);
    for (size_t j = 0; !status && j < all->d; j++) sum_up(all, j, room);
    if (!status) explain(all, match, room);
    free(room);
    return status;
}

void sah_posterior_free(struct sah_posterior *all) {
    free(all->at);
    free(all->likelihood);
    free(all->quantile);
    free(all->left);
    free(all->effect);
    free(all->off);
    free(all->out);
    *all = (struct sah_posterior){0};
}
