/* Preloaded: the n-th call of one kind on files below a folder fails, once or from there
 * on.
 *
 *     FAULT_CALL    write, read, open, sync, close, rename, link, truncate, mkdir
 *     FAULT_HOW     ENOSPC, EIO or EDQUOT; or "short": half of the bytes, no error
 *     FAULT_UNDER   the folder
 *     FAULT_AT, FAULT_MODE, FAULT_REPORT   as in fail_alloc.c
 *
 * "write" and "read" take in stdio's, whose system calls cannot be stepped between. */
#define _GNU_SOURCE
#include "fault.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <sys/stat.h>

static struct fault fault;
static const char *call, *under;
static int error; /* what a failing call says */
static bool cut;  /* "short" */

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void open_books(void) {
    const char *how = getenv("FAULT_HOW");
    call = getenv("FAULT_CALL");
    under = getenv("FAULT_UNDER");
    cut = how && strcmp(how, "short") == 0;
    error = how && strcmp(how, "EIO") == 0      ? EIO
            : how && strcmp(how, "EDQUOT") == 0 ? EDQUOT
                                                : ENOSPC;
    if (call && under) fault_read(&fault);
}

__attribute__((destructor)) static void close_books(void) {
    fault_report_count(&fault);
}

/* ---- is it the one --------------------------------------------------------------- */

static bool hits(const char *kind, const char *path) {
    if (!fault.ready || strcmp(kind, call) != 0) return false;
    if (strncmp(path, under, strlen(under)) != 0 || !fault_due(&fault)) return false;
    char line[PATH_MAX + 32];
    snprintf(line, sizeof line, "failed %s %s\n", kind, path);
    fault_report(line);
    errno = error;
    return true;
}

static bool hits_fd(const char *kind, int fd) {
    char link_name[32], path[PATH_MAX];
    if (!fault.ready || strcmp(kind, call) != 0) return false;
    snprintf(link_name, sizeof link_name, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link_name, path, sizeof path - 1);
    if (n <= 0) return false;
    path[n] = '\0';
    return hits(kind, path);
}

/* Memory streams have no descriptor. */
static bool hits_stream(const char *kind, FILE *stream) {
    int before = errno, fd = fileno(stream);
    errno = before;
    return fd >= 0 && hits_fd(kind, fd);
}

/* How much of it passes: all, half or none. */
#define PASS(kind, fd, n)                   \
    do {                                    \
        if ((n) > 0 && hits_fd(kind, fd)) { \
            if (!cut || (n) < 2) return -1; \
            (n) /= 2;                       \
        }                                   \
    } while (0)

/* ---- descriptors ----------------------------------------------------------------- */

ssize_t write(int fd, const void *data, size_t n) {
    PASS("write", fd, n);
    return REAL(write)(fd, data, n);
}

ssize_t pwrite(int fd, const void *data, size_t n, off_t at) {
    PASS("write", fd, n);
    return REAL(pwrite)(fd, data, n, at);
}

ssize_t read(int fd, void *data, size_t n) {
    PASS("read", fd, n);
    return REAL(read)(fd, data, n);
}

ssize_t pread(int fd, void *data, size_t n, off_t at) {
    PASS("read", fd, n);
    return REAL(pread)(fd, data, n, at);
}

int open(const char *path, int flags, ...) {
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
    va_end(args);
    if (hits("open", path)) return -1;
    return REAL(open)(path, flags, mode);
}

int fsync(int fd) {
    return hits_fd("sync", fd) ? -1 : REAL(fsync)(fd);
}

/* A close that fails has closed all the same. */
int close(int fd) {
    bool failed = hits_fd("close", fd);
    int status = REAL(close)(fd);
    if (!failed) return status;
    errno = error;
    return -1;
}

int ftruncate(int fd, off_t length) {
    return hits_fd("truncate", fd) ? -1 : REAL(ftruncate)(fd, length);
}

/* ---- names ----------------------------------------------------------------------- */

int rename(const char *from, const char *to) {
    return hits("rename", from) ? -1 : REAL(rename)(from, to);
}

int link(const char *from, const char *to) {
    return hits("link", from) ? -1 : REAL(link)(from, to);
}

int mkdir(const char *path, mode_t mode) {
    return hits("mkdir", path) ? -1 : REAL(mkdir)(path, mode);
}

/* ---- streams --------------------------------------------------------------------- */

enum { ERROR_SEEN = 0x20 }; /* glibc's _IO_ERR_SEEN: what ferror() looks at */

FILE *fopen(const char *path, const char *mode) {
    return hits("open", path) ? NULL : REAL(fopen)(path, mode);
}

size_t fwrite(const void *data, size_t size, size_t n, FILE *stream) {
    if (!hits_stream("write", stream)) return REAL(fwrite)(data, size, n, stream);
    stream->_flags |= ERROR_SEEN;
    return REAL(fwrite)(data, size, n / 2, stream);
}

size_t fread(void *data, size_t size, size_t n, FILE *stream) {
    if (!hits_stream("read", stream)) return REAL(fread)(data, size, n, stream);
    stream->_flags |= ERROR_SEEN;
    return REAL(fread)(data, size, n / 2, stream);
}

int fclose(FILE *stream) {
    bool failed = hits_stream("close", stream);
    int status = REAL(fclose)(stream);
    if (!failed) return status;
    errno = error;
    return EOF;
}

int fflush(FILE *stream) {
    if (stream && hits_stream("sync", stream)) return EOF;
    return REAL(fflush)(stream);
}
