/* Putting and checking the seal; the form stands in seal.h. */
#include "output/seal.h"

#include "output/disk.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

static const char magic[8] = "SAHSEAL";

struct seal {
    char magic[8];
    XXH64_canonical_t check; /* big-endian */
};

enum { BLOCK = 1 << 18 };

/* Feeds the first `length` bytes of the file; -1 and errno on failure. */
static int feed(int fd, off_t length, char *block, XXH3_state_t *state) {
    for (off_t at = 0; at < length; at += BLOCK) {
        size_t n = length - at < BLOCK ? (size_t)(length - at) : BLOCK;
        if (sah_disk_read(fd, block, n, at)) return -1;
        XXH3_64bits_update(state, block, n);
    }
    return 0;
}

/* What the seal over the first `length` bytes is. */
static int make_seal(int fd, off_t length, const char *shown, struct seal *seal,
                     struct sah_error *err) {
    char *block = malloc(BLOCK);
    XXH3_state_t *state = block ? XXH3_createState() : NULL;
    int status = SAH_OK;
    if (!state) {
        status = sah_error_add(err, SAH_MEMORY, "%s: no memory for a checksum", shown);
    } else {
        XXH3_64bits_reset(state);
        if (feed(fd, length, block, state)) status = sah_disk_fail(err, shown, "read");
        memcpy(seal->magic, magic, sizeof magic);
        XXH64_canonicalFromHash(&seal->check, XXH3_64bits_digest(state));
    }
    XXH3_freeState(state);
    free(block);
    return status;
}

int sah_seal_put(const char *path, const char *shown, struct sah_error *err) {
    struct seal seal;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) return sah_disk_fail(err, shown, "open");
    off_t length = lseek(fd, 0, SEEK_END);
    int status = length < 0 ? sah_disk_fail(err, shown, "measure")
                            : make_seal(fd, length, shown, &seal, err);
    if (!status && sah_disk_write(fd, &seal, sizeof seal, length))
        status = sah_disk_fail(err, shown, "write");
    if (close(fd) && !status) status = sah_disk_fail(err, shown, "write");
    return status;
}

static int check_open(int fd, const char *path, struct sah_error *err) {
    struct seal found, own;
    off_t length = lseek(fd, 0, SEEK_END) - (off_t)sizeof found;
    if (length < 0) return SAH_OK;
    if (sah_disk_read(fd, &found, sizeof found, length))
        return sah_disk_fail(err, path, "read");
    if (memcmp(found.magic, magic, sizeof magic) != 0) return SAH_OK;
    int status = make_seal(fd, length, path, &own, err);
    if (status || memcmp(&found, &own, sizeof own) == 0) return status;
    return sah_error_add(err, SAH_FORMAT,
                         "%s: is damaged: its checksum does not fit its content", path);
}

int sah_seal_check(const char *path, struct sah_error *err) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return sah_disk_fail(err, path, "open");
    int status = check_open(fd, path, err);
    close(fd);
    return status;
}
