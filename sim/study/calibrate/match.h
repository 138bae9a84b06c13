/* How well a point of the prior may meet all aims, by emulators of what runs give.
 *
 * For aim i at point x, in half widths of its band (fit.h), m_i(x) and v_i(x) are mean and
 * variance of the emulator, c_i the variance of one run by chance, R the replicates, d the
 * discrepancy of the model. History matching rules a point out where its implausibility
 *
 *     I_i(x) = |m_i(x)| / sqrt(v_i(x) + c_i (1 + 1/R) + 1/4 + d^2)
 *
 * exceeds the cutoff for more aims than are forgiven (Craig et al. 1997; Vernon, Goldstein and
 * Bower 2010; with chance as a part: Andrianakis et al. 2015). A band is taken for two standard
 * deviations on each side, hence 1/4. c_i / R is there because replicates share their seeds
 * at all points of a wave, so that more points do not average it away.
 *
 * The posterior has the likelihood of a normal law (Kennedy and O'Hagan 2001, without their
 * second process) with these variances and the correlation of aims by chance, shrunk to the
 * unit matrix as far as Schaefer and Strimmer (2005) ask. History is one run: so the variance
 * of one run counts, not that of a mean.
 *
 * An aim that some runs do not define has a second emulator, of the share that do. Where that
 * share lies below one half by two standard deviations, a point is implausible; the likelihood
 * has it as a factor. */
#ifndef SAH_STUDY_CALIBRATE_MATCH_H
#define SAH_STUDY_CALIBRATE_MATCH_H
#include "sim/study/calibrate/cloud.h"
#include "sim/study/calibrate/emulator.h"

enum sah_match_state {
    SAH_MATCH_USED,
    SAH_MATCH_UNKNOWN, /* too few points define it */
    SAH_MATCH_STILL,   /* runs give the same everywhere */
};
extern const char *const sah_match_states[]; /* "used", "undefined", "constant" */

struct sah_match_aim {
    enum sah_match_state state;
    double chance;             /* variance of one run */
    struct sah_emulator value; /* of the means; of those points that define it */
    struct sah_emulator known; /* of the share that do; n = 0: all */
    size_t *point;             /* [value.n], its points in the cloud */
};

struct sah_match {
    const struct sah_fit *fit;
    const struct sah_cloud *cloud;
    struct sah_match_aim *aim; /* [naims] */
    size_t nused;
    size_t *used;        /* [nused] */
    double *correlation; /* [nused][nused] */
    double shrinkage;    /* 0..1 */
    double *room;        /* scratch */
};

/* Fits the emulators; fit and cloud are lent. Free in any case. */
int sah_match_create(struct sah_match *match, const struct sah_fit *fit,
                     const struct sah_cloud *cloud, struct sah_error *err);
void sah_match_free(struct sah_match *match);

/* The least implausibility that is not forgiven. */
double sah_match_implausibility(struct sah_match *match, const double *x);
/* Log of the likelihood, but for a constant. */
double sah_match_likelihood(struct sah_match *match, const double *x);
/* The mean of an aim. */
double sah_match_mean(struct sah_match *match, size_t aim, const double *x);

#endif
