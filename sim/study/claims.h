/* Who does what: a claim on a run is a lock on one byte of a file.
 *
 * POSIX record locks are atomic, hold across the machines of a shared file system (NFS,
 * Lustre, GPFS) and end with the process that holds them, however it ends; so there are no
 * stale claims and no clocks. Where a file system keeps locks to each machine, two machines
 * may do the same run; they find the same bytes, and the later one replaces the earlier.
 *
 * The locks belong to the process: each opens the file once, and a fork starts without. */
#ifndef SAH_STUDY_CLAIMS_H
#define SAH_STUDY_CLAIMS_H
#include "sim/kernel/error.h"

#include <stddef.h>
#include <sys/types.h>

enum { SAH_CLAIM_BEGIN, SAH_CLAIM_GATHER, SAH_CLAIM_RUNS = 16 }; /* + number of a run */

struct sah_claims {
    int fd;
};

int sah_claims_open(struct sah_claims *claims, const char *path, struct sah_error *err);
void sah_claims_close(struct sah_claims *claims);
/* SAH_EXISTS, without a message, where another process has it. */
int sah_claims_try(struct sah_claims *claims, size_t number, struct sah_error *err);
/* Waits for it. */
int sah_claims_take(struct sah_claims *claims, size_t number, struct sah_error *err);
void sah_claims_drop(struct sah_claims *claims, size_t number);
/* The process that holds a claim; 0: none. One of another machine has a number too. */
pid_t sah_claims_holder(const struct sah_claims *claims, size_t number);

#endif
