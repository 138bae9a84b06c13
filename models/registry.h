/* All model families; with sim/cli/ the only place that knows the whole cast. */
#ifndef SAH_REGISTRY_H
#define SAH_REGISTRY_H
#include "sim/kernel/model.h"

extern const struct sah_family *const sah_families[]; /* ended by NULL */
size_t sah_family_count(void);

#endif
