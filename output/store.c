/* One row per element type: its fill value and the range beside it. */
#include "output/store.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define U64_FILL UINT64_C(18446744073709551614)
#define I64_FILL INT64_C(-9223372036854775806)

/* name, ctype, fill, smallest and largest value that may be stored */
#define STORES(X)                                                      \
    X(U8, uint8_t, 255, 0, 254)                                        \
    X(I8, int8_t, -127, -126, 127)                                     \
    X(I16, int16_t, -32767, -32766, 32767)                             \
    X(U16, uint16_t, 65535, 0, 65534)                                  \
    X(I32, int32_t, -2147483647, -2147483646, 2147483647)              \
    X(U32, uint32_t, 4294967295, 0, 4294967294.0)                      \
    X(I64, int64_t, I64_FILL, -9007199254740992.0, 9007199254740992.0) \
    X(U64, uint64_t, U64_FILL, 0, 9007199254740992.0)                  \
    X(F32, float, NAN, -FLT_MAX, FLT_MAX)                              \
    X(F64, double, NAN, -INFINITY, INFINITY)

void sah_store_fill(enum sah_type type, void *at) {
    switch (type) {
#define X(name, ctype, fill, low, high)                  \
    case SAH_##name:                                     \
        memcpy(at, &(const ctype){fill}, sizeof(ctype)); \
        break;
        STORES(X)
#undef X
    }
}

size_t sah_store_put_all(enum sah_type type, const double *value, size_t n, void *at) {
    const bool whole = sah_type_is_whole(type);
    switch (type) {
#define X(name, ctype, fill, low, high)                        \
    case SAH_##name: {                                         \
        char *out = at;                                        \
        for (size_t k = 0; k < n; k++, out += sizeof(ctype)) { \
            double v = whole ? nearbyint(value[k]) : value[k]; \
            bool fits = v >= (low) && v <= (high);             \
            ctype stored = fits ? (ctype)v : (ctype)(fill);    \
            memcpy(out, &stored, sizeof stored);               \
            if (!fits && !isnan(v)) return k;                  \
        }                                                      \
        return n;                                              \
    }
        STORES(X)
#undef X
    }
    return 0;
}

bool sah_store_put(enum sah_type type, double value, void *at) {
    return sah_store_put_all(type, &value, 1, at) == 1;
}

double sah_store_get(enum sah_type type, const void *at, bool filled) {
    switch (type) {
#define X(name, ctype, fill, low, high)                                \
    case SAH_##name: {                                                 \
        ctype value;                                                   \
        memcpy(&value, at, sizeof value);                              \
        return filled && value == (ctype)(fill) ? NAN : (double)value; \
    }
        STORES(X)
#undef X
    }
    return NAN;
}
