/* What is measured of runs: a list in a file.
 *
 *     maps: [deaths, control]        # fields without axes
 *     measures:
 *       - {name: deaths, of: deaths}
 *       - {name: deaths, of: deaths_by_country, by: country}
 *
 * A measure is one of measure.h; `by` makes a row of it for every label of an axis, named
 * "deaths (MLI)". The list may be meant for two worlds; a label that one of them does not
 * have cannot be measured there. */
#ifndef SAH_STUDY_OUTCOMES_H
#define SAH_STUDY_OUTCOMES_H
#include "sim/study/measure.h"

enum { SAH_OUTCOME_WORLDS = 2 };

struct sah_outcome {
    struct sah_measure measure;
    const char *name, *label;       /* `label`: of the axis of `by`, or NULL */
    bool there[SAH_OUTCOME_WORLDS]; /* can it be measured in that world? */
};

struct sah_outcomes {
    size_t n;
    struct sah_outcome **row;
    struct sah_names maps;
    struct sah_scenario *list; /* owns what rows and maps point to, with the binding */
    struct sah_binding binding;
};

/* All mistakes of the list are in `err`, but for names that only a probe knows. Free in
 * any case. */
int sah_outcomes_read(struct sah_outcomes *all, const char *path,
                      const struct sah_world *const *world, size_t nworlds,
                      struct sah_error *err);
void sah_outcomes_free(struct sah_outcomes *all);

#endif
