/* A result described for people: what was run, what came of it, what the file holds. */
#ifndef SAH_OUTPUT_INFO_H
#define SAH_OUTPUT_INFO_H
#include "sim/kernel/error.h"

#include <stdio.h>

int sah_info(const char *path, FILE *out, struct sah_error *err);
/* The digest of the last state, one line, the hexadecimal digits last. */
int sah_info_digest(const char *path, FILE *out, struct sah_error *err);

#endif
