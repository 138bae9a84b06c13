/* Texts and stages of a past. */
#include "output/lineage.h"

#include <stdlib.h>

void sah_lineage_free(struct sah_lineage *lineage) {
    for (size_t i = 0; i < lineage->nstages; i++) free(lineage->stage[i].yaml);
    free(lineage->stage);
    free(lineage->parent);
    free(lineage->digest);
    free(lineage->overlay);
    *lineage = (struct sah_lineage){0};
}
