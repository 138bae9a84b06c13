/* Reading, writing and renaming on POSIX. */
#include "output/disk.h"

#include "sim/kernel/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

int(sah_disk_fail)(struct sah_error *err, const char *path, const char *what) {
    int code = errno == ENOENT || errno == ENOTDIR ? SAH_MISSING
               : errno == ENOMEM                   ? SAH_MEMORY
                                                   : SAH_IO;
    return sah_error_add(err, code, "%s: cannot %s: %s", path, what, strerror(errno));
}

int sah_disk_write(int fd, const void *data, size_t length, off_t at) {
    const char *from = data;
    while (length > 0) {
        ssize_t n = pwrite(fd, from, length, at);
        if (n < 0 && errno == EINTR) continue;
        if (n == 0) errno = ENOSPC;
        if (n <= 0) return -1;
        from += n;
        at += n;
        length -= (size_t)n;
    }
    return 0;
}

int sah_disk_read(int fd, void *data, size_t length, off_t at) {
    char *to = data;
    while (length > 0) {
        ssize_t n = pread(fd, to, length, at);
        if (n < 0 && errno == EINTR) continue;
        if (n == 0) errno = EIO;
        if (n <= 0) return -1;
        to += n;
        at += n;
        length -= (size_t)n;
    }
    return 0;
}

char *sah_disk_concat(const char *a, const char *b) {
    size_t n = strlen(a), m = strlen(b);
    char *both = malloc(n + m + 1);
    if (!both) return NULL;
    memcpy(both, a, n);
    memcpy(both + n, b, m + 1);
    return both;
}

char *sah_disk_join(const char *folder, const char *name) {
    char *begin = sah_disk_concat(folder, "/");
    char *whole = begin ? sah_disk_concat(begin, name) : NULL;
    free(begin);
    return whole;
}

/* A rename lasts when its folder has reached the disk; where that cannot be asked for,
 * nothing is lost but the promise. */
static void sync_folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    int fd = folder ? open(folder, O_RDONLY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

int sah_disk_folder(const char *path, struct sah_error *err) {
    struct stat info;
    if (mkdir(path, 0777) == 0) return SAH_OK;
    if (errno != EEXIST)
        return sah_error_add(err, SAH_INPUT, "%s: no folder can be made there: %s",
                             path, strerror(errno));
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) return SAH_OK;
    return sah_error_add(err, SAH_EXISTS, "%s: exists and is no folder", path);
}

static int bring_to_disk(const char *path, struct sah_error *err) {
    int fd = -1, status = sah_file_open(path, O_RDONLY, &fd, err);
    if (status) return status;
    if (fsync(fd)) status = sah_disk_fail(err, path, "write");
    close(fd);
    return status;
}

int sah_disk_settle(const char *temporary, const char *path, struct sah_error *err) {
    int status = bring_to_disk(temporary, err);
    if (!status && rename(temporary, path) != 0)
        status = sah_disk_fail(err, path, "put the finished file in place");
    if (!status) sync_folder_of(path);
    return status;
}

int sah_disk_share(const char *temporary, const char *path, struct sah_error *err) {
    int status = bring_to_disk(temporary, err);
    if (status) return status;
    bool in_place = link(temporary, path) == 0;
    if (!in_place && (errno == EEXIST || access(path, F_OK) == 0))
        return sah_error_add(err, SAH_EXISTS, "%s: exists already", path);
    if (!in_place && rename(temporary, path) != 0) /* a file system without links */
        return sah_disk_fail(err, path, "put the finished file in place");
    sync_folder_of(path);
    return SAH_OK;
}

bool sah_disk_is_same(const char *a, const char *b) {
    struct stat one, two;
    return stat(a, &one) == 0 && stat(b, &two) == 0 && one.st_dev == two.st_dev &&
           one.st_ino == two.st_ino;
}

static int write_new(const char *path, const void *data, size_t length,
                     struct sah_error *err) {
    int fd = -1, status = sah_file_open(path, O_WRONLY | O_CREAT | O_TRUNC, &fd, err);
    if (status) return status;
    if (sah_disk_write(fd, data, length, 0)) status = sah_disk_fail(err, path, "write");
    if (close(fd) != 0 && !status) status = sah_disk_fail(err, path, "write");
    return status;
}

int sah_disk_save(const char *path, const void *data, size_t length,
                  struct sah_error *err) {
    char *temporary = sah_disk_concat(path, ".new");
    if (!temporary) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = write_new(temporary, data, length, err);
    if (!status) status = sah_disk_settle(temporary, path, err);
    if (status) unlink(temporary);
    free(temporary);
    return status;
}

static int read_whole(int fd, const char *path, char **text, size_t *length,
                      struct sah_error *err) {
    struct stat info;
    if (fstat(fd, &info)) return sah_disk_fail(err, path, "read");
    *length = (size_t)info.st_size;
    *text = malloc(*length + 1);
    if (!*text) return sah_error_add(err, SAH_MEMORY, "%s: no memory to read it", path);
    (*text)[*length] = '\0';
    if (!sah_disk_read(fd, *text, *length, 0)) return SAH_OK;
    int status = sah_disk_fail(err, path, "read");
    free(*text);
    return status;
}

int sah_disk_load(const char *path, void **data, size_t *length,
                  struct sah_error *err) {
    char *text = NULL;
    int fd = -1, status = sah_file_open(path, O_RDONLY, &fd, err);
    if (status) return status;
    status = read_whole(fd, path, &text, length, err);
    close(fd);
    if (!status) *data = text;
    return status;
}

int sah_disk_save_sealed(const char *path, const void *data, size_t length,
                         struct sah_error *err) {
    uint64_t seal = XXH3_64bits(data, length);
    char *sealed = malloc(length + sizeof seal);
    if (!sealed) return sah_error_add(err, SAH_MEMORY, "%s: no memory to write", path);
    memcpy(sealed, data, length);
    memcpy(sealed + length, &seal, sizeof seal);
    int status = sah_disk_save(path, sealed, length + sizeof seal, err);
    free(sealed);
    return status;
}

/* Takes the seal off; false where it does not fit. */
static bool unseal(void *data, size_t *length) {
    uint64_t seal;
    if (*length < sizeof seal) return false;
    *length -= sizeof seal;
    memcpy(&seal, (char *)data + *length, sizeof seal);
    ((char *)data)[*length] = '\0';
    return seal == XXH3_64bits(data, *length);
}

int sah_disk_load_sealed(const char *path, void **data, size_t *length,
                         struct sah_error *err) {
    int status = sah_disk_load(path, data, length, err);
    if (status || unseal(*data, length)) return status;
    free(*data);
    *data = NULL;
    return sah_error_add(err, SAH_FORMAT, "%s: is damaged or cut short", path);
}

/* Needs no memory, so that cleaning up cannot fail for want of it. */
static int remove_plain(int folder, const char *name) {
    struct stat info;
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0) return -1;
    if (!S_ISREG(info.st_mode) && !S_ISLNK(info.st_mode)) return 0;
    return unlinkat(folder, name, 0);
}

bool sah_disk_is_bare(const char *folder) {
    DIR *dir = opendir(folder);
    if (!dir) return false;
    struct dirent *entry = readdir(dir);
    while (entry && (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")))
        entry = readdir(dir);
    closedir(dir);
    return !entry;
}

int sah_disk_empty(const char *folder, const char *but) {
    DIR *dir = opendir(folder);
    if (!dir) return -1;
    int status = 0;
    for (struct dirent *entry; !status && (entry = readdir(dir));)
        if (!but || strcmp(entry->d_name, but) != 0)
            status = remove_plain(dirfd(dir), entry->d_name);
    closedir(dir);
    return status;
}
