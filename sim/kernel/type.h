/* The element types that state and results are made of. */
#ifndef SAH_TYPE_H
#define SAH_TYPE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* clang-format off */
#define SAH_TYPES(X)                                                             \
    X(U8, uint8_t, "u8") X(I8, int8_t, "i8") X(I16, int16_t, "i16")              \
    X(U16, uint16_t, "u16") X(I32, int32_t, "i32") X(U32, uint32_t, "u32")       \
    X(I64, int64_t, "i64") X(U64, uint64_t, "u64") X(F32, float, "f32")          \
    X(F64, double, "f64")
/* clang-format on */

enum sah_type {
#define X(name, ctype, text) SAH_##name,
    SAH_TYPES(X)
#undef X
};

/* The code of a C type, usable in static tables. */
/* clang-format off */
#define SAH_TYPE_OF(ctype)                                                       \
    _Generic((ctype){0}, uint8_t: SAH_U8, int8_t: SAH_I8, int16_t: SAH_I16,      \
             uint16_t: SAH_U16, int32_t: SAH_I32, uint32_t: SAH_U32,             \
             int64_t: SAH_I64, uint64_t: SAH_U64, float: SAH_F32, double: SAH_F64)
/* clang-format on */

size_t sah_type_size(enum sah_type type);
const char *sah_type_name(enum sah_type type); /* "f32" */
bool sah_type_is_whole(enum sah_type type);    /* not a floating type */

#endif
