/* The sampled kinds: each fills design->at, whose size is settled. */
#ifndef SAH_STUDY_DESIGN_IMPL_H
#define SAH_STUDY_DESIGN_IMPL_H
#include "sim/study/design.h"

int sah_design_lhs(const struct sah_design *design, uint64_t seed,
                   struct sah_error *err);
int sah_design_sobol(const struct sah_design *design, struct sah_error *err);
void sah_design_morris(const struct sah_design *design, size_t levels, uint64_t seed);
int sah_design_saltelli(const struct sah_design *design, struct sah_error *err);

#endif
