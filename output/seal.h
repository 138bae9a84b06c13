/* The seal at the end of a result: is it as it was written?
 *
 * HDF5 checks some of what it reads, and where bytes are damaged that it does not check
 * it may crash. So a file of ours ends in 24 bytes behind HDF5's own: a mark, the number
 * of bytes before it and their checksum. HDF5 and all its readers pass them over. */
#ifndef SAH_OUTPUT_SEAL_H
#define SAH_OUTPUT_SEAL_H
#include "sim/kernel/error.h"

/* Appends the seal to a closed file; an older one at its end is replaced. */
int sah_seal_write(const char *path, struct sah_error *err);
/* SAH_FORMAT where there is no seal or it does not fit. */
int sah_seal_check(const char *path, struct sah_error *err);

#endif
