/* The choice between compiled variants, made once and then read by all threads. */
#include "sim/kernel/isa.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[SAH_ISA_COUNT] = {"baseline", "avx2", "avx512"};

enum { UNDECIDED = -1 };
static atomic_int chosen = UNDECIDED;

enum sah_isa sah_isa_limit(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2")) return SAH_ISA_BASELINE;
    bool wide =
        __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    return wide ? SAH_ISA_AVX512 : SAH_ISA_AVX2;
#else
    return SAH_ISA_BASELINE;
#endif
}

const char *sah_isa_name(enum sah_isa isa) {
    return (unsigned)isa < SAH_ISA_COUNT ? names[isa] : NULL;
}

bool sah_isa_parse(const char *name, enum sah_isa *isa) {
    for (int i = 0; i < SAH_ISA_COUNT; i++) {
        if (strcmp(name, names[i]) != 0) continue;
        *isa = (enum sah_isa)i;
        return true;
    }
    return false;
}

enum sah_isa sah_isa_set(enum sah_isa isa) {
    enum sah_isa limit = sah_isa_limit();
    if (isa > limit) isa = limit;
    atomic_store_explicit(&chosen, (int)isa, memory_order_relaxed);
    return isa;
}

enum sah_isa sah_isa_best(void) {
    int isa = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (isa != UNDECIDED) return (enum sah_isa)isa;

    enum sah_isa wanted = SAH_ISA_AVX512;
    const char *asked = getenv("SAHEL_ISA");
    if (asked) sah_isa_parse(asked, &wanted);
    return sah_isa_set(wanted);
}
