/* Philox4x32-10 for many ids at once; compiled per instruction set (isa.h).
 *
 * A lane is 64 bits wide and holds one 32-bit word of one id in its low half; the high
 * half may hold anything, as the product of low halves ignores it. A round is
 *
 *     p = 0xD2511F53 * c0    c0 = high(q) ^ c1 ^ k0    c1 = low(q)
 *     q = 0xCD9E8D57 * c2    c2 = high(p) ^ c3 ^ k1    c3 = low(p)
 *
 * (Salmon et al. 2011). Lanes do not touch, so their number may differ by variant. */
#include "sim/kernel/rng_hot.h"

#if defined(__AVX512F__)
#include <immintrin.h>
enum { LANES = 8 };
#elif defined(__AVX2__)
#include <immintrin.h>
enum { LANES = 4 };
#elif defined(__SSE2__)
#include <emmintrin.h>
enum { LANES = 2 };
#else
enum { LANES = 2 };
#endif
enum { ROUNDS = 10, GROUP = 2 * LANES };

typedef uint64_t lanes __attribute__((vector_size(8 * LANES)));
typedef uint32_t words __attribute__((vector_size(4 * GROUP)));
typedef int32_t whole __attribute__((vector_size(4 * GROUP)));
typedef float units __attribute__((vector_size(4 * GROUP)));

/* Full products of the low halves. */
static inline lanes product(lanes a, lanes b) {
#if defined(__AVX512F__)
    return (lanes)_mm512_mul_epu32((__m512i)a, (__m512i)b);
#elif defined(__AVX2__)
    return (lanes)_mm256_mul_epu32((__m256i)a, (__m256i)b);
#elif defined(__SSE2__)
    return (lanes)_mm_mul_epu32((__m128i)a, (__m128i)b);
#else
    return (a & UINT32_MAX) * (b & UINT32_MAX);
#endif
}

/* The low halves of a, then those of b. */
static inline words low_halves(lanes a, lanes b) {
#if defined(__AVX512F__)
    __m512i low = _mm512_castsi256_si512(_mm512_cvtepi64_epi32((__m512i)a));
    return (words)_mm512_inserti64x4(low, _mm512_cvtepi64_epi32((__m512i)b), 1);
#elif defined(__AVX2__)
    __m256 mixed = _mm256_shuffle_ps((__m256)a, (__m256)b, 0x88);
    return (words)_mm256_permute4x64_epi64((__m256i)mixed, 0xd8);
#elif defined(__SSE2__)
    return (words)_mm_shuffle_ps((__m128)a, (__m128)b, 0x88);
#else
    return (words){(uint32_t)a[0], (uint32_t)a[1], (uint32_t)b[0], (uint32_t)b[1]};
#endif
}

static inline lanes all(uint64_t value) {
    return value - (lanes){0};
}

static inline lanes load(const uint64_t *id) {
    lanes value;
    memcpy(&value, id, sizeof value);
    return value;
}

/* One id per lane. */
struct counter {
    lanes c0, c1, c2, c3;
};

static inline struct counter philox_round(struct counter c, lanes k0, lanes k1) {
    lanes p = product(c.c0, all(0xD2511F53u)), q = product(c.c2, all(0xCD9E8D57u));
    return (struct counter){(q >> 32) ^ (c.c1 ^ k0), q, (p >> 32) ^ (c.c3 ^ k1), p};
}

/* What is the same for all ids of a call. */
struct common {
    lanes tick, purpose;
    lanes k0[ROUNDS], k1[ROUNDS];
};

static struct common common_of(const struct sah_rng_bulk_key *key) {
    struct common common = {.tick = all(key->tick), .purpose = all(key->purpose)};
    uint32_t k0 = (uint32_t)key->seed, k1 = (uint32_t)(key->seed >> 32);
    for (int i = 0; i < ROUNDS; i++) {
        common.k0[i] = all(k0);
        common.k1[i] = all(k1);
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return common;
}

/* The four numbers of a group of ids; two vectors abreast, as one alone would wait for
 * its own products. */
static inline void philox(const struct common *common, const uint64_t *id,
                          words out[4]) {
    lanes first = load(id), second = load(id + LANES);
    struct counter a = {first, first >> 32, common->tick, common->purpose};
    struct counter b = {second, second >> 32, common->tick, common->purpose};
    for (int i = 0; i < ROUNDS; i++) {
        a = philox_round(a, common->k0[i], common->k1[i]);
        b = philox_round(b, common->k0[i], common->k1[i]);
    }
    out[0] = low_halves(a.c0, b.c0);
    out[1] = low_halves(a.c1, b.c1);
    out[2] = low_halves(a.c2, b.c2);
    out[3] = low_halves(a.c3, b.c3);
}

static inline words same(words word) {
    return word;
}

/* As sah_unit_float. */
static inline units unit(words word) {
    return (__builtin_convertvector((whole)(word >> 9), units) + 0.5f) * 0x1p-23f;
}

/* The loop over all ids for one kind of output. The last ids, fewer than a group, are
 * done in a group padded with zeros. */
#define LOOP(name, type, vector, columns, make)                                       \
    static inline void name##_group(const struct common *common, const uint64_t *id,  \
                                    size_t at, type *const *out) {                    \
        words word[4];                                                                \
        philox(common, id, word);                                                     \
        for (int w = 0; w < (columns); w++) {                                         \
            vector made = make(word[w]);                                              \
            memcpy(out[w] + at, &made, sizeof made);                                  \
        }                                                                             \
    }                                                                                 \
    void SAH_VARIANT_OF(name)(const struct sah_rng_bulk_key *key, const uint64_t *id, \
                              size_t n, type *const *out) {                           \
        struct common common = common_of(key);                                        \
        size_t at = 0;                                                                \
        for (; at + GROUP <= n; at += GROUP) name##_group(&common, id + at, at, out); \
        if (at == n) return;                                                          \
        uint64_t last[GROUP] = {0};                                                   \
        type kept[4][GROUP];                                                          \
        memcpy(last, id + at, (n - at) * sizeof *id);                                 \
        name##_group(&common, last, 0,                                                \
                     (type *const[]){kept[0], kept[1], kept[2], kept[3]});            \
        for (int w = 0; w < (columns); w++)                                           \
            memcpy(out[w] + at, kept[w], (n - at) * sizeof(type));                    \
    }

LOOP(sah_rng_hot_words1, uint32_t, words, 1, same)
LOOP(sah_rng_hot_words4, uint32_t, words, 4, same)
LOOP(sah_rng_hot_units1, float, units, 1, unit)
LOOP(sah_rng_hot_units4, float, units, 4, unit)
