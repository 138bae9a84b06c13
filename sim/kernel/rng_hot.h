/* What rng_bulk.c asks of rng_hot.c, its hot loops; for these two files only. */
#ifndef SAH_RNG_HOT_H
#define SAH_RNG_HOT_H
#include "sim/kernel/isa.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct sah_rng_bulk_key {
    uint64_t seed;
    uint32_t tick;
    uint32_t purpose; /* in its place in the fourth counter word, ordinal 0 */
};

typedef void sah_rng_hot_words(const struct sah_rng_bulk_key *key, const uint64_t *id,
                               size_t n, uint32_t *const *out);
typedef void sah_rng_hot_units(const struct sah_rng_bulk_key *key, const uint64_t *id,
                               size_t n, float *const *out);

#define SAH_RNG_HOT_WORDS                                              \
    (const struct sah_rng_bulk_key *key, const uint64_t *id, size_t n, \
     uint32_t *const *out)
#define SAH_RNG_HOT_UNITS                                              \
    (const struct sah_rng_bulk_key *key, const uint64_t *id, size_t n, \
     float *const *out)

SAH_VARIANT_DECLARE(void, sah_rng_hot_words1, SAH_RNG_HOT_WORDS)
SAH_VARIANT_DECLARE(void, sah_rng_hot_words4, SAH_RNG_HOT_WORDS)
SAH_VARIANT_DECLARE(void, sah_rng_hot_units1, SAH_RNG_HOT_UNITS)
SAH_VARIANT_DECLARE(void, sah_rng_hot_units4, SAH_RNG_HOT_UNITS)

#endif
