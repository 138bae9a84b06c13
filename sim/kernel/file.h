/* Whole files as text. */
#ifndef SAH_FILE_H
#define SAH_FILE_H
#include "sim/kernel/error.h"

/* Reads a regular file of at most `limit` bytes; `text` gets a final zero that `length`
 * does not count. The caller frees it. */
int sah_file_read(const char *path, size_t limit, char **text, size_t *length,
                  struct sah_error *err);

#endif
