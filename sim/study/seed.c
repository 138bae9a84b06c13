/* SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
 * OOPSLA 2014; constants of Vigna's reference code. */
#include "sim/study/seed.h"

int64_t sah_seed_of(uint64_t base, uint64_t r) {
    uint64_t z = base + (r + 1) * 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    z ^= z >> 31;
    return (int64_t)(z >> 11);
}
