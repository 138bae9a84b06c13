/* Scores of a forecast that is a sample of draws, against what came: lower is better.
 *
 * Those of the VIEWS prediction challenge (Hegre et al. 2025, Journal of Peace Research
 * 62(6):2070-2087), as its scoring code has them. Draws are sorted, lowest first. */
#ifndef SAH_OUTPUT_FORECAST_SCORE_H
#define SAH_OUTPUT_FORECAST_SCORE_H
#include <stddef.h>

enum sah_score_of { SAH_CRPS, SAH_IGN, SAH_MIS, SAH_SCORES };
extern const char *const sah_score_names[SAH_SCORES]; /* "CRPS", "IGN", "MIS" */

/* Continuous ranked probability score: the mean distance of the draws from what came,
 * less half the mean distance between two of them. In deaths. */
double sah_score_crps(const float *draw, size_t n, double came);
/* Ignorance: -log2 of the share of draws in the bin of what came, with one draw added
 * to each of the eleven bins. In bits. */
double sah_score_ignorance(const float *draw, size_t n, double came);
/* Interval score at 90 %: the width between the quantiles 0.05 and 0.95, and 20 times the
 * distance of what came outside them. In deaths. */
double sah_score_interval(const float *draw, size_t n, double came);
void sah_score_all(const float *draw, size_t n, double came,
                   double score[static SAH_SCORES]);

/* Quantile of sorted draws, linear between them. */
double sah_score_quantile(const float *draw, size_t n, double share);
enum { SAH_SCORE_BINS = 11 };
int sah_score_bin(double deaths); /* 0..10 */

#endif
