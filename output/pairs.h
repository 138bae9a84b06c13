/* Pairs of parameters: how a sample of the posterior lies in the ranges of the prior.
 *
 * On the diagonal the share of the sample by parts of the range, the even prior as a line;
 * below it a dot for each point of the sample, the medians crossing. Frames are the whole
 * prior, so that what is left of it shows. */
#ifndef SAH_OUTPUT_PAIRS_H
#define SAH_OUTPUT_PAIRS_H
#include "output/canvas.h"

#include <stddef.h>

enum { SAH_PAIRS_MOST = 20 };

struct sah_pairs_axis {
    const char *name, *unit;
    double from, to; /* of the prior; from < to or the reverse */
    bool is_log;
    double median, low, high; /* and ends of the 90 % interval, in 0..1 of the range */
};

struct sah_pairs {
    const char *title, *subtitle;
    size_t nparameters;
    const struct sah_pairs_axis *axis;
    size_t nsample;
    const double *at; /* [nsample][nparameters] in 0..1 of the range */
};

/* The end of a name, from a dot on, that no other parameter has: "threshold", but
 * "attacks.rate" where there is "severity.rate" too. */
const char *sah_pairs_short_name(const struct sah_pairs *pairs, size_t parameter);

/* SAH_LIMIT beyond the most parameters. */
int sah_pairs_draw(const struct sah_pairs *pairs, const struct sah_picture *picture,
                   struct sah_error *err);

#endif
