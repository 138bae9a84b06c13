/* Regular files on POSIX. */
#include "sim/kernel/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int refuse(const char *path, struct sah_error *err) {
    return sah_error_add(err, SAH_MISSING, "%s: is not a regular file", path);
}

static int cannot_open(const char *path, int flags, struct sah_error *err) {
    int why = errno;
    if (why == ENXIO || why == EISDIR || why == ELOOP) return refuse(path, err);
    bool is_lost = (flags & O_ACCMODE) != O_RDONLY && why != ENOENT && why != ENOTDIR;
    int code = is_lost && why != ENOMEM ? SAH_IO : sah_error_of_open(why);
    return sah_error_add(err, code, "%s: %s", path, strerror(why));
}

/* O_NONBLOCK: a pipe answers at once, and means nothing to a regular file. */
int sah_file_open(const char *path, int flags, int *fd, struct sah_error *err) {
    struct stat about;
    int opened = open(path, flags | O_NONBLOCK | O_CLOEXEC, 0666);
    if (opened < 0) return cannot_open(path, flags, err);
    *fd = opened;
    if (fstat(opened, &about) == 0 && S_ISREG(about.st_mode)) return SAH_OK;
    close(opened);
    *fd = -1;
    return refuse(path, err);
}

/* ---- whole, as text ----------------------------------------------------------------- */

static int measure(FILE *file, const char *path, size_t limit, size_t *length,
                   struct sah_error *err) {
    struct stat about;
    if (fstat(fileno(file), &about) != 0 || about.st_size < 0 ||
        (uintmax_t)about.st_size > limit)
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
    int fd = -1;
    int code = sah_file_open(path, O_RDONLY, &fd, err);
    if (code) return code;
    FILE *file = fdopen(fd, "rb");
    if (!file) {
        close(fd);
        return sah_error_add(err, SAH_MEMORY, "%s: no memory to read it", path);
    }
    code = measure(file, path, limit, length, err);
    if (!code) code = read_all(file, path, text, *length, err);
    fclose(file);
    return code;
}
