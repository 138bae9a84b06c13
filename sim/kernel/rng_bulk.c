/* The same numbers as rng.c, for many ids at once. */
#include "sim/kernel/error.h"
#include "sim/kernel/rng.h"
#include "sim/kernel/rng_hot.h"

static sah_rng_hot_words *const words1[] = SAH_VARIANTS(sah_rng_hot_words1);
static sah_rng_hot_words *const words4[] = SAH_VARIANTS(sah_rng_hot_words4);
static sah_rng_hot_units *const units1[] = SAH_VARIANTS(sah_rng_hot_units1);
static sah_rng_hot_units *const units4[] = SAH_VARIANTS(sah_rng_hot_units4);

static struct sah_rng_bulk_key key_of(uint64_t seed, unsigned purpose, uint32_t tick) {
    SAH_BUG_IF(purpose >> SAH_RNG_PURPOSE_BITS, "purpose of a draw has over 12 bits");
    return (struct sah_rng_bulk_key){seed, tick,
                                     (uint32_t)purpose << SAH_RNG_ORDINAL_BITS};
}

void sah_rng_bulk(uint64_t seed, unsigned purpose, uint32_t tick, const uint64_t *id,
                  size_t n, uint32_t *out) {
    struct sah_rng_bulk_key key = key_of(seed, purpose, tick);
    words1[sah_isa_best()](&key, id, n, &out);
}

void sah_rng_bulk4(uint64_t seed, unsigned purpose, uint32_t tick, const uint64_t *id,
                   size_t n, uint32_t *const out[4]) {
    struct sah_rng_bulk_key key = key_of(seed, purpose, tick);
    words4[sah_isa_best()](&key, id, n, out);
}

void sah_rng_bulk_unit(uint64_t seed, unsigned purpose, uint32_t tick,
                       const uint64_t *id, size_t n, float *out) {
    struct sah_rng_bulk_key key = key_of(seed, purpose, tick);
    units1[sah_isa_best()](&key, id, n, &out);
}

void sah_rng_bulk4_unit(uint64_t seed, unsigned purpose, uint32_t tick,
                        const uint64_t *id, size_t n, float *const out[4]) {
    struct sah_rng_bulk_key key = key_of(seed, purpose, tick);
    units4[sah_isa_best()](&key, id, n, out);
}
