/* One page that shows a whole run: map with fields and events over time, series, groups,
 * ledger, scenario and provenance, in a single file that needs no network. */
#ifndef SAH_OUTPUT_ATLAS_H
#define SAH_OUTPUT_ATLAS_H
#include "sim/kernel/error.h"

#include <stdbool.h>

struct sah_atlas_options {
    const char *result; /* path of run.h5, study.h5 or of a comparison */
    const char *path;   /* of the page: .html */
    bool force;
};

int sah_atlas(const struct sah_atlas_options *options, struct sah_error *err);

#endif
