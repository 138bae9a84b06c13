/* A small generator for property tests (SplitMix64, Steele, Lea, Flood 2014): fixed
 * seeds, independent of the generator under test. */
#ifndef SAH_TESTS_CHANCE_H
#define SAH_TESTS_CHANCE_H
#include <stdint.h>

static inline uint64_t chance_bits(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* 0 .. n-1 */
static inline int64_t chance_below(uint64_t *state, int64_t n) {
    return (int64_t)(chance_bits(state) % (uint64_t)n);
}

/* low .. high */
static inline double chance_between(uint64_t *state, double low, double high) {
    return low + (high - low) * ((double)(chance_bits(state) >> 11) * 0x1p-53);
}

#endif
