/* Loops over sah_expf and sah_logf, compiled per instruction set for test_elementary.c;
 * a digest of all results, NaN counted as one value. */
#include "sim/kernel/elementary.h"
#include "sim/kernel/isa.h"

SAH_VARIANT_DECLARE(uint64_t, test_float_digest, (float *in, float *out, int n))

static uint64_t add_all(uint64_t hash, const float *value, int n) {
    for (int i = 0; i < n; i++) {
        uint32_t bits =
            value[i] != value[i] ? 0x7fc00000u : sah_bits_of_float(value[i]);
        hash = (hash ^ bits) * 0x100000001b3u;
        hash ^= hash >> 29;
    }
    return hash;
}

uint64_t SAH_VARIANT_OF(test_float_digest)(float *in, float *out, int n) {
    for (int i = 0; i < n; i++) out[i] = sah_expf(in[i]);
    uint64_t hash = add_all(1, out, n);
    for (int i = 0; i < n; i++) out[i] = sah_logf(in[i]);
    return add_all(hash, out, n);
}
