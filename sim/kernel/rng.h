/* Chance is keyed, not queued.
 *
 * A number is a function of (seed, purpose, id, tick, how many were drawn before): the
 * counter-based generator Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel
 * random numbers: as easy as 1, 2, 3", SC 2011) with
 *
 *     key     = seed, 64 bits, low word first
 *     counter = id (64 bits, low word first), tick (32), purpose (12) | ordinal (20)
 *
 * Each ordinal gives four 32-bit numbers, so that one key holds 4 194 304 of them;
 * going beyond is a broken invariant. A generator lives on the stack, owns nothing, and
 * may be set anywhere, in any thread, in any order. */
#ifndef SAH_RNG_H
#define SAH_RNG_H
#include <stddef.h>
#include <stdint.h>

#include <gsl/gsl_rng.h>

enum {
    SAH_RNG_PURPOSE_BITS = 12, /* purposes are 0 .. 4095 */
    SAH_RNG_ORDINAL_BITS = 20,
};

struct sah_rng {
    uint32_t key[2];
    uint32_t counter[3]; /* id, id, tick */
    uint32_t purpose;    /* in its place in the fourth counter word */
    uint32_t ordinal;    /* the next block of four */
    uint32_t at;         /* the next number in `word`; 4 when used up */
    uint32_t word[4];
};

void sah_rng_at(struct sah_rng *rng, uint64_t seed, unsigned purpose, uint64_t id,
                uint32_t tick);

uint32_t sah_rng_u32(struct sah_rng *rng);
uint64_t sah_rng_u64(struct sah_rng *rng); /* two numbers, the first is the low one */

/* The first numbers of n ids at once: the bits that sah_rng_at and sah_rng_u32 give for
 * (seed, purpose, id[i], tick), with the widest instructions of the processor. */
void sah_rng_bulk(uint64_t seed, unsigned purpose, uint32_t tick, const uint64_t *id,
                  size_t n, uint32_t *out);

/* The first four numbers of each id: out[w][i] is number w of id[i]. One call gives
 * four independent draws at the price of one. */
void sah_rng_bulk4(uint64_t seed, unsigned purpose, uint32_t tick, const uint64_t *id,
                   size_t n, uint32_t *const out[4]);

/* As above, made uniform in the open interval (0,1) by sah_unit_float. */
void sah_rng_bulk_unit(uint64_t seed, unsigned purpose, uint32_t tick,
                       const uint64_t *id, size_t n, float *out);
void sah_rng_bulk4_unit(uint64_t seed, unsigned purpose, uint32_t tick,
                        const uint64_t *id, size_t n, float *const out[4]);

/* Uniform in (0,1) from 23 of 32 bits: odd multiples of 2^-24, mean exactly 1/2. Too
 * coarse to compare with a rate of 1e-7: draw how many first, then who. */
static inline float sah_unit_float(uint32_t word) {
    return ((float)(int32_t)(word >> 9) + 0.5f) * 0x1p-23f;
}

/* Uniform in (0,1) from 52 of 64 bits: odd multiples of 2^-53, mean exactly 1/2. */
static inline double sah_unit_double(uint64_t word) {
    return ((double)(int64_t)(word >> 12) + 0.5) * 0x1p-52;
}

/* The id of a newcomer: a hash of who it comes from, when, and as the how-manieth of
 * that day, so that twin runs give the same newcomer the same id whatever else
 * happened. Philox under a reserved key; never 0, which stands for nobody. Among n
 * newcomers two share an id with probability n^2 / 2^65. */
uint64_t sah_id_child(uint64_t parent, uint32_t tick, uint32_t ordinal);

/* The same numbers for GSL's laws, as reference. sah_rng_as_gsl lends a set generator
 * to GSL; gsl_rng_alloc(sah_rng_gsl_type) and gsl_rng_set(_, seed) give purpose, id,
 * tick 0. */
extern const gsl_rng_type *const sah_rng_gsl_type;
gsl_rng sah_rng_as_gsl(struct sah_rng *rng);

#endif
