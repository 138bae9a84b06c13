/* One line a family. */
#include "models/registry.h"

#include "models/sahel/family.h"

const struct sah_family *const sah_families[] = {&sah_family_sahel, NULL};

size_t sah_family_count(void) {
    return sizeof sah_families / sizeof *sah_families - 1;
}
