/* Uniform numbers and what follows from comparing one with a threshold.
 *
 * Integers below n without bias: Lemire, "Fast random integer generation in an
 * interval" (ACM TOMACS 2019). Bernoulli: the bits of p against random bits, 64 at a
 * time, so that the probability is p itself and not a rounded one. */
#include "sim/kernel/law_range.h"

double sah_uniform(struct sah_rng *rng) {
    return sah_unit_double(sah_rng_u64(rng));
}

double sah_uniform_fine(struct sah_rng *rng) {
    uint64_t word = sah_rng_u64(rng);
    if (word >> 44) return sah_unit_double(word);
    return ((double)(int64_t)(word >> 12) + sah_unit_double(sah_rng_u64(rng))) *
           0x1p-52;
}

/* Below n <= 2^32: the high half of word * n, where the low half tells the bias. */
static int64_t below_short(struct sah_rng *rng, uint64_t n) {
    uint64_t product = sah_rng_u32(rng) * n;
    if ((uint32_t)product < n) {
        uint64_t biased = (UINT64_C(1) << 32) % n;
        while ((uint32_t)product < biased) product = sah_rng_u32(rng) * n;
    }
    return (int64_t)(product >> 32);
}

/* Below larger n: as many bits as n - 1 has, until they are below. */
static int64_t below_long(struct sah_rng *rng, uint64_t n) {
    uint64_t mask = UINT64_MAX >> __builtin_clzll(n - 1), word;
    do word = sah_rng_u64(rng) & mask;
    while (word >= n);
    return (int64_t)word;
}

int64_t sah_below(struct sah_rng *rng, int64_t n) {
    SAH_BUG_IF(n < 1, "integer drawn below less than 1");
    bool is_short = n <= INT64_C(1) << 32;
    return is_short ? below_short(rng, (uint64_t)n) : below_long(rng, (uint64_t)n);
}

bool sah_bernoulli(struct sah_rng *rng, double p) {
    p = law_probability(p);
    for (;;) {
        uint64_t word = sah_rng_u64(rng);
        if (p == 1) return true;
        double scaled = p * 0x1p64; /* exact */
        uint64_t whole = (uint64_t)scaled;
        if (word != whole) return word < whole;
        p = scaled - (double)whole; /* equal so far: the next bits of p decide */
    }
}

int64_t sah_round_random(struct sah_rng *rng, double x) {
    SAH_BUG_IF(!(x >= -0x1p62 && x <= 0x1p62), "number to round outside 2^62");
    int64_t whole = law_floor(x);
    return whole + sah_bernoulli(rng, x - (double)whole);
}
