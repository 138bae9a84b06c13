/* How the state that a branch began with came about.
 *
 * A branch goes on from a day of another run, its parent. What it needs to be repeated
 * from its file alone, besides its own scenario, is the past: the scenarios that led to
 * that day one after the other, each with the last day it ran to. A run that began on
 * its scenario's first day has no past. */
#ifndef SAH_OUTPUT_LINEAGE_H
#define SAH_OUTPUT_LINEAGE_H
#include <stddef.h>
#include <stdint.h>

struct sah_stage {
    int32_t last; /* day; before its own first day where it ran for none */
    char *yaml;   /* the scenario as resolved */
};

struct sah_lineage {
    char *parent;  /* path of the result it goes on from */
    char *digest;  /* of the parent's last state, hexadecimal */
    char *overlay; /* what was laid upon the parent's scenario, as written */
    int32_t day;   /* the first of the branch */
    int64_t replicate;
    size_t nstages;
    struct sah_stage *stage; /* the oldest first */
};

/* All texts and stages are owned. An empty lineage is all zero. */
void sah_lineage_free(struct sah_lineage *lineage);

#endif
