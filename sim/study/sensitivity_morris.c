/* Elementary effects (Morris 1991, Technometrics 33) and the mean of their absolute values
 * (Campolongo, Cariboni and Saltelli 2007, Environmental Modelling and Software 22):
 *
 *     EE_i = (y(x + d e_i) - y(x)) / d
 *     mu_i = mean EE_i     mu*_i = mean |EE_i|     sigma_i = standard deviation of EE_i
 */
#include "sim/study/sensitivity.h"

#include <math.h>
#include <stdlib.h>

/* The step of a trajectory that moves the factor; `steps` where none does. */
static size_t step_of(const double *unit, size_t factor, size_t nfactors) {
    size_t i = 0;
    for (; i < nfactors; i++, unit += nfactors)
        if (fabs(unit[nfactors + factor] - unit[factor]) > 0) break;
    return i;
}

/* Effects of one factor that can be told; returns how many. */
static size_t take_effects(const double *unit, const double *y, size_t trajectories,
                           size_t factor, size_t nfactors, double *effect) {
    size_t n = 0;
    for (size_t j = 0; j < trajectories; j++, y += nfactors + 1) {
        const double *row = unit + j * (nfactors + 1) * nfactors;
        size_t i = step_of(row, factor, nfactors);
        if (i == nfactors || isnan(y[i]) || isnan(y[i + 1])) continue;
        double step = row[(i + 1) * nfactors + factor] - row[i * nfactors + factor];
        effect[n++] = (y[i + 1] - y[i]) / step;
    }
    return n;
}

static double mean_size(const void *data, const size_t *pick, size_t n) {
    const double *effect = data;
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += fabs(effect[pick[i]]);
    return sum / (double)n;
}

static struct sah_morris moments(const double *effect, size_t n) {
    struct sah_morris m = {.n = n, .low = NAN, .high = NAN};
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        m.mu += effect[i] / (double)n;
        m.mu_star += fabs(effect[i]) / (double)n;
    }
    for (size_t i = 0; i < n; i++) squares += (effect[i] - m.mu) * (effect[i] - m.mu);
    m.sigma = n > 1 ? sqrt(squares / (double)(n - 1)) : (double)NAN;
    if (n == 0) m.mu = m.mu_star = NAN;
    return m;
}

int sah_sensitivity_morris(const double *unit, const double *y, size_t trajectories,
                           size_t nfactors, uint64_t seed, struct sah_morris *out,
                           struct sah_error *err) {
    double *effect = malloc((trajectories + 1) * sizeof *effect);
    int status = SAH_OK;
    if (!effect) return sah_error_add(err, SAH_MEMORY, "no memory for effects");
    for (size_t f = 0; !status && f < nfactors; f++) {
        size_t n = take_effects(unit, y, trajectories, f, nfactors, effect);
        out[f] = moments(effect, n);
        status =
            sah_bootstrap(mean_size, effect, n, seed, &out[f].low, &out[f].high, err);
    }
    free(effect);
    return status;
}
