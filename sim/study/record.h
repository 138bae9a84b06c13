/* What one run of a study left: a block of bytes, and the file it lies in.
 *
 *     head | message | measures (f64) | fields, series, ledger | logs | checksum
 *
 * Of a place every period is one record: first day (i32), last day (i32), payload as
 * output/watch.h encodes it. Of a log every row is the day (i32) and its columns. The
 * checksum is the digest of all before it. Byte order is that of the machine.
 *
 * A file appears whole, by way of a temporary one that is renamed; it need not have
 * reached the disk, for a run that a crash of the machine took is found by its checksum
 * and done again. The same run gives the same bytes. */
#ifndef SAH_STUDY_RECORD_H
#define SAH_STUDY_RECORD_H
#include "sim/kernel/digest.h"
#include "sim/kernel/error.h"
#include "sim/kernel/log.h"

enum { SAH_RECORD_PLACES = 3 };

enum sah_record_state { SAH_RECORD_DONE = 1, SAH_RECORD_FAILED = 2 };

struct sah_record_head {
    char magic[8];
    struct sah_digest study, state_digest; /* of the study; of the last state */
    uint64_t run, state, message, nmeasures;
    uint64_t periods[SAH_RECORD_PLACES], payload[SAH_RECORD_PLACES];
    uint64_t rows[SAH_MAX_LOGS], row[SAH_MAX_LOGS];
};

struct sah_record {
    struct sah_record_head head;
    struct sah_digest check;
    char *data; /* owned */
    size_t length;
    const char *message; /* not ended by a zero: head.message bytes */
    const double *measure;
    const char *place[SAH_RECORD_PLACES], *log[SAH_MAX_LOGS];
};

/* Bytes of a period and of a row as they lie in a record. */
static inline size_t sah_record_period(const struct sah_record_head *head, int place) {
    return 2 * sizeof(int32_t) + head->payload[place];
}
static inline size_t sah_record_row(const struct sah_record_head *head, size_t log) {
    return sizeof(int32_t) + head->row[log];
}

/* `head` and the bytes behind it, as they lie; magic is filled in. */
int sah_record_save(const char *path, const struct sah_record_head *head,
                    const void *body, size_t length, struct sah_error *err);
/* SAH_MISSING; SAH_FORMAT where it is cut short, damaged or of another study or run. Free
 * in any case. */
int sah_record_load(const char *path, struct sah_digest study, size_t run,
                    struct sah_record *record, struct sah_error *err);
void sah_record_free(struct sah_record *record);

#endif
