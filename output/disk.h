/* Files written whole or not at all; every short write is an error with its reason. */
#ifndef SAH_OUTPUT_DISK_H
#define SAH_OUTPUT_DISK_H
#include "sim/kernel/error.h"

#include <stdbool.h>
#include <sys/types.h>

/* "cannot <what>: <reason of errno>" after the path; returns SAH_IO, or SAH_MISSING
 * where there is no such file or folder. */
int sah_disk_fail(struct sah_error *err, const char *path, const char *what);
#ifdef __clang_analyzer__ /* as for sah_error_add */
#define sah_disk_fail(...) (sah_disk_fail(__VA_ARGS__), SAH_IO)
#endif

/* All bytes at a place of an open file; 0, or -1 and errno. */
int sah_disk_write(int fd, const void *data, size_t length, off_t at);
int sah_disk_read(int fd, void *data, size_t length, off_t at);

/* By way of a temporary file beside it, brought to the disk and renamed. */
int sah_disk_save(const char *path, const void *data, size_t length,
                  struct sah_error *err);
/* The whole file and a zero behind it; caller frees. */
int sah_disk_load(const char *path, void **data, size_t *length, struct sah_error *err);
/* The same with a checksum (XXH3, 8 bytes) behind the content, which loading checks and
 * takes off. */
int sah_disk_save_sealed(const char *path, const void *data, size_t length,
                         struct sah_error *err);
int sah_disk_load_sealed(const char *path, void **data, size_t *length,
                         struct sah_error *err);
/* Makes a folder where there is none yet. */
int sah_disk_folder(const char *path, struct sah_error *err);
/* Brings a finished file to the disk, then gives it its name. */
int sah_disk_settle(const char *temporary, const char *path, struct sah_error *err);
/* The same, but never in the place of another file, and the first name stays: whoever
 * finds both knows them for one (sah_disk_is_same). Without links it goes. */
int sah_disk_share(const char *temporary, const char *path, struct sah_error *err);
bool sah_disk_is_same(const char *a, const char *b);

/* Removes the plain files of a folder except `but` (may be NULL); 0, or -1 and errno.
 */
int sah_disk_empty(const char *folder, const char *but);
bool sah_disk_is_bare(const char *folder); /* it holds nothing at all */
char *sah_disk_concat(const char *a, const char *b); /* NULL without memory */
char *sah_disk_join(const char *folder, const char *name);

#endif
