/* Mark "SAHSEAL" and a zero, length, XXH3 (64 bits) of all before the mark. */
#include "output/seal.h"

#include "output/disk.h"
#include "sim/kernel/file.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum { BLOCK_BYTES = 1 << 20 };

struct seal {
    char mark[8];
    uint64_t length, check;
};

static const char mark[8] = "SAHSEAL";

/* Reads what ends the file; false where it is no seal. */
static bool read_seal(int fd, off_t size, struct seal *seal) {
    off_t at = size - (off_t)sizeof *seal;
    return at >= 0 && !sah_disk_read(fd, seal, sizeof *seal, at) &&
           !memcmp(seal->mark, mark, sizeof mark) && seal->length == (uint64_t)at;
}

static int hash_blocks(int fd, uint64_t length, XXH3_state_t *state, char *block) {
    for (uint64_t at = 0; at < length; at += BLOCK_BYTES) {
        uint64_t n = length - at < BLOCK_BYTES ? length - at : BLOCK_BYTES;
        if (sah_disk_read(fd, block, (size_t)n, (off_t)at)) return -1;
        XXH3_64bits_update(state, block, (size_t)n);
    }
    return 0;
}

static int hash(int fd, const char *path, uint64_t length, uint64_t *check,
                struct sah_error *err) {
    XXH3_state_t *state = XXH3_createState();
    char *block = malloc(BLOCK_BYTES);
    int status = SAH_OK;
    if (!state || !block)
        status = sah_error_add(err, SAH_MEMORY, "%s: no memory to read it", path);
    else if (XXH3_64bits_reset(state), hash_blocks(fd, length, state, block))
        status = sah_disk_fail(err, path, "read");
    else
        *check = XXH3_64bits_digest(state);
    free(block);
    XXH3_freeState(state);
    return status;
}

static int append(int fd, const char *path, off_t size, struct sah_error *err) {
    struct seal old, seal = {.length = (uint64_t)size};
    if (read_seal(fd, size, &old)) seal.length = old.length;
    memcpy(seal.mark, mark, sizeof mark);
    int status = hash(fd, path, seal.length, &seal.check, err);
    if (!status && sah_disk_write(fd, &seal, sizeof seal, (off_t)seal.length))
        status = sah_disk_fail(err, path, "write");
    return status;
}

int sah_seal_write(const char *path, struct sah_error *err) {
    struct stat info;
    int fd = -1, status = sah_file_open(path, O_RDWR, &fd, err);
    if (status) return status;
    status = fstat(fd, &info) ? sah_disk_fail(err, path, "read")
                              : append(fd, path, info.st_size, err);
    if (close(fd) && !status) status = sah_disk_fail(err, path, "write");
    return status;
}

static int compare(int fd, const char *path, off_t size, struct sah_error *err) {
    struct seal seal;
    uint64_t check = 0;
    if (!read_seal(fd, size, &seal))
        return sah_error_add(err, SAH_FORMAT,
                             "%s: is damaged or cut short, or no result of sahel: it "
                             "does not end in a seal",
                             path);
    int status = hash(fd, path, seal.length, &check, err);
    if (status || check == seal.check) return status;
    return sah_error_add(err, SAH_FORMAT,
                         "%s: is damaged, or another program changed it: its seal does "
                         "not fit its content",
                         path);
}

int sah_seal_check(const char *path, struct sah_error *err) {
    struct stat info;
    int fd = -1, status = sah_file_open(path, O_RDONLY, &fd, err);
    if (status) return status;
    status = fstat(fd, &info) ? sah_disk_fail(err, path, "read")
                              : compare(fd, path, info.st_size, err);
    close(fd);
    return status;
}
