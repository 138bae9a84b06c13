/* One line a family. */
#include "models/registry.h"

#include "models/classic/bennett.h"
#include "models/classic/bohorquez.h"
#include "models/classic/epstein.h"
#include "models/classic/lanchester.h"
#include "models/sahel/family.h"

const struct sah_family *const sah_families[] = {
    &sah_family_sahel,   &sah_family_epstein,    &sah_family_bohorquez,
    &sah_family_bennett, &sah_family_lanchester, NULL};

size_t sah_family_count(void) {
    return sizeof sah_families / sizeof *sah_families - 1;
}
