/* What the files of the population share and nobody else needs. */
#ifndef SAH_POPULATION_IMPL_H
#define SAH_POPULATION_IMPL_H
#include "sim/kernel/population.h"

/* Puts an array in the place of column k; the old one is not freed. */
void sah_population_set_column(struct sah_population *population, size_t k, void *data);
/* The cells of its agents; rows without cells are a bug. */
int32_t *sah_population_cells(const struct sah_population *population);

/* Sorts where that takes little: nearly all stand as first[] says. False, and nothing is
 * changed, where they do not; `code` tells of a failure. */
bool sah_population_mend(struct sah_population *population, int *code,
                         struct sah_error *err);

#endif
