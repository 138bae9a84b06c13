/* fcntl(2) with F_SETLK. */
#include "sim/study/claims.h"

#include "output/disk.h"
#include "sim/kernel/file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static struct flock lock_of(short type, size_t number) {
    return (struct flock){
        .l_type = type, .l_whence = SEEK_SET, .l_start = (off_t)number, .l_len = 1};
}

int sah_claims_open(struct sah_claims *claims, const char *path,
                    struct sah_error *err) {
    claims->fd = -1;
    return sah_file_open(path, O_RDWR | O_CREAT, &claims->fd, err);
}

void sah_claims_close(struct sah_claims *claims) {
    if (claims->fd >= 0) close(claims->fd);
    claims->fd = -1;
}

static int lock(struct sah_claims *claims, int how, size_t number,
                struct sah_error *err) {
    struct flock lock = lock_of(F_WRLCK, number);
    int done;
    do {
        done = fcntl(claims->fd, how, &lock);
    } while (done < 0 && errno == EINTR && how == F_SETLKW);
    if (done == 0) return SAH_OK;
    if (errno == EACCES || errno == EAGAIN) return SAH_EXISTS;
    return sah_disk_fail(err, "claims", "lock a file of the study");
}

int sah_claims_try(struct sah_claims *claims, size_t number, struct sah_error *err) {
    return lock(claims, F_SETLK, number, err);
}

int sah_claims_take(struct sah_claims *claims, size_t number, struct sah_error *err) {
    return lock(claims, F_SETLKW, number, err);
}

void sah_claims_drop(struct sah_claims *claims, size_t number) {
    struct flock freed = lock_of(F_UNLCK, number);
    fcntl(claims->fd, F_SETLK, &freed);
}

pid_t sah_claims_holder(const struct sah_claims *claims, size_t number) {
    struct flock held = lock_of(F_WRLCK, number);
    if (claims->fd < 0 || fcntl(claims->fd, F_GETLK, &held) < 0) return 0;
    if (held.l_type == F_UNLCK) return 0;
    return held.l_pid ? held.l_pid : -1;
}
