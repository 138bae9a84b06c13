/* A folder of its own for the files of a test program. */
#ifndef SAH_TESTS_OUTPUT_SCRATCH_H
#define SAH_TESTS_OUTPUT_SCRATCH_H

/* Group set-up and tear-down of cmocka. */
int scratch_make(void **state);
int scratch_remove(void **state);

/* The path of a file in it; good until the eighth call after. */
const char *scratch(const char *name);
/* Bytes of a file, -1 where there is none. */
long scratch_size(const char *name);
/* Writes a file. */
void scratch_write(const char *name, const void *data, unsigned long length);
/* Removes a file or a folder of plain files. */
void scratch_drop(const char *name);

#endif
