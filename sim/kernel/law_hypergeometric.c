/* Hypergeometric law:  P(k) = C(marked, k) C(others, draws-k) / C(marked+others, draws)
 *
 * Inversion from the mode: one uniform, from which probabilities are taken away at the
 * mode, then alternately above and below it, by the ratio of neighbours. Exact up to
 * rounding; the time grows with the standard deviation. Probability at the mode after
 * Loader 2000, see elementary.h. */
#include "sim/kernel/elementary.h"
#include "sim/kernel/law_range.h"

struct urn {
    double marked, others, draws;
};

/* log of the binomial probability of k among n, p the share drawn. */
static double log_binomial(double k, double n, double p) {
    if (n == 0) return 0;
    return sah_log_poisson(k, n * p) + sah_log_poisson(n - k, n * (1 - p)) -
           sah_log_poisson(n, n);
}

static double probability(struct urn urn, double k) {
    double all = urn.marked + urn.others, share = urn.draws / all;
    return sah_exp(log_binomial(k, urn.marked, share) +
                   log_binomial(urn.draws - k, urn.others, share) -
                   log_binomial(urn.draws, all, share));
}

/* P(k+1) / P(k) */
static double ratio_above(struct urn urn, double k) {
    return (urn.marked - k) / (k + 1) * (urn.draws - k) /
           (urn.others - urn.draws + k + 1);
}

/* The count whose share of 0..1 holds u. */
static double search(double u, struct urn urn, double least, double most) {
    double mode = (double)law_floor((urn.draws + 1) *
                                    ((urn.marked + 1) / (urn.marked + urn.others + 2)));
    mode = mode < least ? least : mode > most ? most : mode;
    double up = mode, down = mode;
    double p_up = probability(urn, mode), p_down = p_up;
    u -= p_up;
    while (u >= 0 && (p_up > 0 || p_down > 0)) {
        p_up = up < most ? p_up * ratio_above(urn, up) : 0;
        if (p_up > 0) up++;
        u -= p_up;
        if (u < 0) return up;
        p_down = down > least ? p_down / ratio_above(urn, down - 1) : 0;
        if (p_down > 0) down--;
        u -= p_down;
        if (u < 0) return down;
    }
    return mode;
}

int64_t sah_hypergeometric(struct sah_rng *rng, int64_t marked, int64_t others,
                           int64_t draws) {
    SAH_BUG_IF(marked < 0 || others < 0 || marked > SAH_LAW_COUNT_MAX ||
                   others > SAH_LAW_COUNT_MAX - marked,
               "urn of a hypergeometric law outside 0..2^53");
    SAH_BUG_IF(draws < 0 || draws > marked + others, "more draws than the urn holds");
    double u = sah_uniform(rng);
    int64_t least = draws > others ? draws - others : 0;
    int64_t most = draws < marked ? draws : marked;
    if (least == most) return least;
    struct urn urn = {(double)marked, (double)others, (double)draws};
    return (int64_t)search(u, urn, (double)least, (double)most);
}
