/* A checksum over a whole result, behind its last byte.
 *
 *     content | "SAHSEAL" and a zero byte | XXH3 of the content (u64, big-endian)
 *
 * HDF5 checks its headers and what it compressed, but neither plain values nor its
 * indices of chunks; a flipped bit there would be read as if it were true. Readers of
 * HDF5 do not look behind its end. A program that changes the file drops the seal, and a
 * file without one is taken as it is. */
#ifndef SAH_OUTPUT_SEAL_H
#define SAH_OUTPUT_SEAL_H
#include "sim/kernel/error.h"

/* Seals a finished file; `shown` stands in messages for its path. */
int sah_seal_put(const char *path, const char *shown, struct sah_error *err);
/* SAH_FORMAT where there is a seal that does not fit. */
int sah_seal_check(const char *path, struct sah_error *err);

#endif
