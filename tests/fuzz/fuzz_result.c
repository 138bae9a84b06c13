/* Result files: any bytes, and all questions that the program asks of a result.
 *
 * With SAH_FUZZ_RESEAL in the environment every input gets a seal that fits, so that it
 * comes to HDF5: this finds HDF5's own faults, and sooner or later ends in one. */
#include "output/seal.h"
#include "tests/fuzz/ask.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *path = fuzz_file("result.h5", data, size);
    if (getenv("SAH_FUZZ_RESEAL")) sah_seal_write(path, NULL);
    for (unsigned which = 0; which < 4; which++) fuzz_ask(path, which);
    return 0;
}
