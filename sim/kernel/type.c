/* Size and name of each element type, from the one list. */
#include "sim/kernel/type.h"

size_t sah_type_size(enum sah_type type) {
    static const size_t size[] = {
#define X(name, ctype, text) sizeof(ctype),
        SAH_TYPES(X)
#undef X
    };
    return (size_t)type < sizeof size / sizeof *size ? size[type] : 0;
}

const char *sah_type_name(enum sah_type type) {
    static const char *const name[] = {
#define X(name, ctype, text) text,
        SAH_TYPES(X)
#undef X
    };
    return (size_t)type < sizeof name / sizeof *name ? name[type] : "unknown";
}

bool sah_type_is_whole(enum sah_type type) {
    return type != SAH_F32 && type != SAH_F64;
}
