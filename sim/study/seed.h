/* Seeds of replicates. */
#ifndef SAH_STUDY_SEED_H
#define SAH_STUDY_SEED_H
#include <stdint.h>

/* The seed of replicate `r` of work whose own seed is `base`: the output function of
 * SplitMix64 at state base + (r + 1) 0x9e3779b97f4a7c15, its upper 53 bits, so that
 * every scenario and every number format holds it. All arms of a comparison take the
 * same seed in the same replicate. Fixed for ever. */
int64_t sah_seed_of(uint64_t base, uint64_t r);

#endif
