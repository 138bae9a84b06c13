/* Whole files as text. */
#include "sim/kernel/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Without waiting for somebody to write where it is a pipe. */
static FILE *open_now(const char *path) {
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "rb");
    if (!file && fd >= 0) close(fd);
    return file;
}

/* The size of an open regular file. */
static int measure(FILE *file, const char *path, size_t limit, size_t *length,
                   struct sah_error *err) {
    struct stat about;
    if (fstat(fileno(file), &about) != 0 || !S_ISREG(about.st_mode))
        return sah_error_add(err, SAH_MISSING, "%s: is not a regular file", path);
    if (about.st_size < 0 || (uintmax_t)about.st_size > limit)
        return sah_error_add(err, SAH_LIMIT, "%s: is larger than %zu bytes", path,
                             limit);
    *length = (size_t)about.st_size;
    return SAH_OK;
}

static int read_all(FILE *file, const char *path, char **text, size_t length,
                    struct sah_error *err) {
    char *read = malloc(length + 1);
    if (!read) return sah_error_add(err, SAH_MEMORY, "%s: no memory to read it", path);
    if (fread(read, 1, length, file) != length) {
        free(read);
        return sah_error_add(err, SAH_IO, "%s: reading failed", path);
    }
    read[length] = '\0';
    *text = read;
    return SAH_OK;
}

int sah_file_read(const char *path, size_t limit, char **text, size_t *length,
                  struct sah_error *err) {
    FILE *file = open_now(path);
    if (!file)
        return sah_error_add(err, sah_error_of_open(errno), "%s: %s", path,
                             strerror(errno));
    int code = measure(file, path, limit, length, err);
    if (!code) code = read_all(file, path, text, *length, err);
    fclose(file);
    return code;
}
