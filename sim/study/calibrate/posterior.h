/* What a calibration found: a sample of the posterior, and what it says of parameters. */
#ifndef SAH_STUDY_CALIBRATE_POSTERIOR_H
#define SAH_STUDY_CALIBRATE_POSTERIOR_H
#include "sim/study/calibrate/match.h"

/* The wider its 90 % interval is beside that of the prior, the less is known: from this
 * share on, a parameter counts as not identified (assumed). */
#define SAH_POSTERIOR_WIDE 0.8

enum sah_posterior_quantile {
    SAH_POSTERIOR_P05,
    SAH_POSTERIOR_P25,
    SAH_POSTERIOR_P50,
    SAH_POSTERIOR_P75,
    SAH_POSTERIOR_P95,
    SAH_POSTERIOR_QUANTILES
};
extern const double sah_posterior_quantiles[SAH_POSTERIOR_QUANTILES];

struct sah_posterior {
    size_t n, d, naims;
    double *at;         /* [n][d] in the unit cube, of equal weight */
    double *likelihood; /* [n], log */
    double *quantile;   /* [d][SAH_POSTERIOR_QUANTILES] in the unit cube */
    double *left;       /* [d], 90 % interval over that of the prior */
    double *effect;     /* [naims][d]: off at the upper end of the range less off at the
                           lower, mean over the sample; NAN where not emulated */
    double *off;        /* [naims], emulated at the medians; NAN */
    double *out;        /* [n cloud][1], implausibility of the points of the waves */
    double share;       /* of the prior that is not ruled out */
    double reached;     /* the cutoff, or the least implausibility found */
};

/* Samples; free in any case. */
int sah_posterior_create(struct sah_posterior *posterior, struct sah_match *match,
                         uint64_t seed, struct sah_error *err);
void sah_posterior_free(struct sah_posterior *posterior);

/* The next wave: `n` points apart from each other and from those of the cloud, half of them
 * from the posterior as it stands, the others from all that is not ruled out. `share` and
 * `reached` as above. */
int sah_posterior_wave(struct sah_match *match, uint64_t seed, size_t n, double *at,
                       double *share, double *reached, struct sah_error *err);

#endif
