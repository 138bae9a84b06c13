/* Keyed numbers, one at a time, on Random123's own Philox. */
#include "sim/kernel/rng.h"

#include "sim/kernel/error.h"

#include <Random123/philox.h>

void sah_rng_at(struct sah_rng *rng, uint64_t seed, unsigned purpose, uint64_t id,
                uint32_t tick) {
    SAH_BUG_IF(purpose >> SAH_RNG_PURPOSE_BITS, "purpose of a draw has over 12 bits");
    *rng = (struct sah_rng){
        .key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
        .counter = {(uint32_t)id, (uint32_t)(id >> 32), tick},
        .purpose = (uint32_t)purpose << SAH_RNG_ORDINAL_BITS,
        .at = 4,
    };
}

/* The next four numbers. */
static void refill(struct sah_rng *rng) {
    SAH_BUG_IF(rng->ordinal >> SAH_RNG_ORDINAL_BITS, "draws of one key are exhausted");
    philox4x32_key_t key = {{rng->key[0], rng->key[1]}};
    philox4x32_ctr_t counter = {{rng->counter[0], rng->counter[1], rng->counter[2],
                                 rng->purpose | rng->ordinal}};
    philox4x32_ctr_t block = philox4x32(counter, key);
    for (int i = 0; i < 4; i++) rng->word[i] = block.v[i];
    rng->ordinal++;
    rng->at = 0;
}

uint32_t sah_rng_u32(struct sah_rng *rng) {
    if (rng->at == 4) refill(rng);
    return rng->word[rng->at++];
}

uint64_t sah_rng_u64(struct sah_rng *rng) {
    if (rng->at == 4) refill(rng);
    if (rng->at <= 2) { /* both of one block, as nearly always */
        uint64_t both = rng->word[rng->at] | (uint64_t)rng->word[rng->at + 1] << 32;
        rng->at += 2;
        return both;
    }
    uint64_t low = sah_rng_u32(rng);
    return low | (uint64_t)sah_rng_u32(rng) << 32;
}

uint64_t sah_id_child(uint64_t parent, uint32_t tick, uint32_t ordinal) {
    static const philox4x32_key_t newcomers = {{0x6e657763u, 0x6f6d6572u}};
    philox4x32_ctr_t counter = {
        {(uint32_t)parent, (uint32_t)(parent >> 32), tick, ordinal}};
    philox4x32_ctr_t block = philox4x32(counter, newcomers);
    uint64_t first = block.v[0] | (uint64_t)block.v[1] << 32;
    uint64_t second = block.v[2] | (uint64_t)block.v[3] << 32;
    return first ? first : second ? second : 1;
}

static void gsl_set(void *state, unsigned long seed) {
    sah_rng_at(state, seed, 0, 0, 0);
}

static unsigned long gsl_get(void *state) {
    return sah_rng_u32(state);
}

static double gsl_get_double(void *state) {
    return sah_rng_u32(state) * 0x1p-32;
}

static const gsl_rng_type gsl_type = {
    .name = "sahel-philox4x32-10",
    .max = UINT32_MAX,
    .min = 0,
    .size = sizeof(struct sah_rng),
    .set = gsl_set,
    .get = gsl_get,
    .get_double = gsl_get_double,
};

const gsl_rng_type *const sah_rng_gsl_type = &gsl_type;

gsl_rng sah_rng_as_gsl(struct sah_rng *rng) {
    return (gsl_rng){.type = sah_rng_gsl_type, .state = rng};
}
