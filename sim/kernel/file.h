/* Regular files: opened without ever waiting, read whole as text. */
#ifndef SAH_FILE_H
#define SAH_FILE_H
#include "sim/kernel/error.h"

/* As open(2), for a regular file alone: a pipe, a device or a folder is refused, and none
 * waited for. SAH_MISSING, or SAH_IO where a file to be written is there and cannot be. */
int sah_file_open(const char *path, int flags, int *fd, struct sah_error *err);

/* Reads a regular file of at most `limit` bytes; `text` gets a final zero that `length`
 * does not count. The caller frees it. */
int sah_file_read(const char *path, size_t limit, char **text, size_t *length,
                  struct sah_error *err);

#endif
