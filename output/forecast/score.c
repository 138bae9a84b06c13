/* Three scores of a sorted sample.
 *
 * CRPS after Gneiting and Raftery (2007), eq. 21, over all pairs of draws; by order
 * statistics the pairs are one sum. The interval score is their eq. 43 at alpha = 0.1. */
#include "output/forecast/score.h"

#include <math.h>
#include <stdbool.h>

const char *const sah_score_names[SAH_SCORES] = {"CRPS", "IGN", "MIS"};

/* Most cells are so. */
static bool is_quiet(const float *draw, size_t n) {
    return draw[0] >= 0 && draw[n - 1] <= 0;
}

double sah_score_crps(const float *draw, size_t n, double came) {
    if (is_quiet(draw, n)) return fabs(came);
    double size = (double)n, off = 0, pairs = 0;
    for (size_t i = 0; i < n; i++) {
        off += fabs((double)draw[i] - came);
        pairs += (2.0 * (double)i + 1 - size) * (double)draw[i];
    }
    return off / size - pairs / (size * size);
}

int sah_score_bin(double deaths) {
    static const double edge[SAH_SCORE_BINS - 1] = {0.5,  2.5,   5.5,   10.5,  25.5,
                                                    50.5, 100.5, 250.5, 500.5, 1000.5};
    int bin = 0;
    while (bin < SAH_SCORE_BINS - 1 && deaths >= edge[bin]) bin++;
    return bin;
}

double sah_score_ignorance(const float *draw, size_t n, double came) {
    int bin = sah_score_bin(came);
    size_t hits = 1;
    if (is_quiet(draw, n))
        return -log2((double)(bin ? 1 : n + 1) / (double)(n + SAH_SCORE_BINS));
    for (size_t i = 0; i < n; i++) hits += sah_score_bin((double)draw[i]) == bin;
    return -log2((double)hits / (double)(n + SAH_SCORE_BINS));
}

double sah_score_quantile(const float *draw, size_t n, double share) {
    double at = share * (double)(n - 1), below = floor(at);
    size_t i = (size_t)below, j = i + 1 < n ? i + 1 : i;
    return (double)draw[i] + (at - below) * ((double)draw[j] - (double)draw[i]);
}

double sah_score_interval(const float *draw, size_t n, double came) {
    double low = sah_score_quantile(draw, n, 0.05);
    double high = sah_score_quantile(draw, n, 0.95);
    double outside = came < low ? low - came : came > high ? came - high : 0;
    return high - low + 2 / 0.1 * outside;
}

void sah_score_all(const float *draw, size_t n, double came,
                   double score[static SAH_SCORES]) {
    score[SAH_CRPS] = sah_score_crps(draw, n, came);
    score[SAH_IGN] = sah_score_ignorance(draw, n, came);
    score[SAH_MIS] = sah_score_interval(draw, n, came);
}
