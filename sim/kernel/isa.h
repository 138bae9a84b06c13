/* Which of the compiled variants of a hot loop runs on this processor.
 *
 * A hot loop stands in one source file that CMake compiles once per instruction set
 * (cmake/variants.cmake); SAH_VARIANT is then baseline, avx2 or avx512. Its functions
 * are named with SAH_VARIANT_OF and picked from a table made by SAH_VARIANTS:
 *
 *     SAH_VARIANT_DECLARE(void, sah_age_all, (int n, float *age))   in a header of both
 *     void SAH_VARIANT_OF(sah_age_all)(int n, float *age) {...}     in the hot file
 *     static age_all *const age_alls[] = SAH_VARIANTS(sah_age_all); in the calling one
 *     age_alls[sah_isa_best()](n, age);
 *
 * Every variant gives the same bits: no contraction to fused multiply-add, no
 * reassociation, sums over a number of lanes that does not depend on the variant.
 * The environment variable SAHEL_ISA lowers the choice, for tests and comparisons. */
#ifndef SAH_ISA_H
#define SAH_ISA_H
#include <stdbool.h>

enum sah_isa { SAH_ISA_BASELINE, SAH_ISA_AVX2, SAH_ISA_AVX512, SAH_ISA_COUNT };

/* What runs: the most the processor has, lowered by SAHEL_ISA at the first call or by
 * sah_isa_set. A word in SAHEL_ISA that names no variant
 * changes nothing here; a program finds it with sah_isa_parse and says so. */
enum sah_isa sah_isa_best(void);

/* The most the processor and its system can do, whatever was asked. */
enum sah_isa sah_isa_limit(void);

/* "baseline", "avx2", "avx512"; NULL for other values. */
const char *sah_isa_name(enum sah_isa isa);

/* The variant of that name; false, and nothing written, when there is none. */
bool sah_isa_parse(const char *name, enum sah_isa *isa);

/* Chooses a variant, clipped to what the processor has; returns the one chosen. */
enum sah_isa sah_isa_set(enum sah_isa isa);

#define SAH_VARIANT_PASTE(name, variant) name##_##variant
#define SAH_VARIANT_JOIN(name, variant)  SAH_VARIANT_PASTE(name, variant)
#define SAH_VARIANT_OF(name)             SAH_VARIANT_JOIN(name, SAH_VARIANT)

#if defined(__x86_64__)
#define SAH_VARIANT_DECLARE(type, name, arguments) \
    type name##_baseline arguments;                \
    type name##_avx2 arguments;                    \
    type name##_avx512 arguments;
#define SAH_VARIANTS(name) \
    { name##_baseline, name##_avx2, name##_avx512 }
#else
#define SAH_VARIANT_DECLARE(type, name, arguments) type name##_baseline arguments;
#define SAH_VARIANTS(name) \
    { name##_baseline, name##_baseline, name##_baseline }
#endif

#endif
