/* `run.h5.part/`: the raw blocks of a run that is not finished.
 *
 * Each stream is one file of equal records, appended whole:
 *
 *     first day (i32) | last day (i32) | payload | checksum of all before (u64)
 *
 * in the byte order of the machine. A record that a kill cut short has no valid
 * checksum; opening again cuts the streams back to a given day. `layout` is a text that
 * tells what the payloads hold; work with another layout is not gone on with.
 * docs/format.md describes the folder. */
#ifndef SAH_OUTPUT_PART_H
#define SAH_OUTPUT_PART_H
#include "sim/kernel/error.h"
#include "sim/kernel/log.h"

#include <stdbool.h>
#include <stdint.h>

/* The streams of a run; log number k of the world lies in SAH_STREAM_LOGS + k. */
enum sah_stream {
    SAH_STREAM_FIELDS,
    SAH_STREAM_SERIES,
    SAH_STREAM_LEDGER,
    SAH_STREAM_DIGEST,
    SAH_STREAM_LOGS,
    SAH_STREAM_COUNT = SAH_STREAM_LOGS + SAH_MAX_LOGS
};

/* What a stream is called, its file being `name`.raw, and the bytes of a payload; 0: it
 * is not kept. */
struct sah_stream_plan {
    const char *name;
    size_t payload;
};

/* The file of the layout: with it a folder is work that can be gone on with. */
#define SAH_PART_MARK "layout.txt"
/* The result while it is packed. Once it is the target as well, the work is done. */
#define SAH_PART_PACKED "packed.h5"

struct sah_part;

/* The folder beside `target`. A new one fails where unfinished work lies, unless
 * `force`, which throws that away. */
int sah_part_create(const char *target, const char *layout,
                    const struct sah_stream_plan plan[SAH_STREAM_COUNT], bool force,
                    struct sah_part **part, struct sah_error *err);
/* An existing one, cut back to the records that end on `day` or before. */
int sah_part_resume(const char *target, const char *layout,
                    const struct sah_stream_plan plan[SAH_STREAM_COUNT], int32_t day,
                    struct sah_part **part, struct sah_error *err);
void sah_part_close(struct sah_part *part);  /* leaves the folder */
void sah_part_remove(struct sah_part *part); /* and with it the folder */
/* Is there work to go on with? Not where its result is in place already. */
bool sah_part_is_work(const char *target);
/* Clears away what a kill left of work that was packed already: where the folder is there
 * but is no work, and nobody writes in it. */
void sah_part_sweep(const char *target);

/* Appends `n` records of the same days; `payloads` lie one after the other. */
int sah_part_append(struct sah_part *part, enum sah_stream stream, int32_t first,
                    int32_t last, const void *payloads, size_t n,
                    struct sah_error *err);
/* Brings all streams to the disk: before a checkpoint that counts on them. The first one
 * writes the layout too: what a run needs to be gone on with must lie in the folder by
 * then, and work that was stopped before is thrown away without asking. */
int sah_part_sync(struct sah_part *part, struct sah_error *err);

/* The path of the file of a stream that is kept. */
const char *sah_part_file(const struct sah_part *part, enum sah_stream stream);
size_t sah_part_count(const struct sah_part *part, enum sah_stream stream);
int sah_part_days(const struct sah_part *part, enum sah_stream stream, size_t record,
                  int32_t *first, int32_t *last, struct sah_error *err);
/* `bytes` of the payload of a record, from `offset`. */
int sah_part_read(const struct sah_part *part, enum sah_stream stream, size_t record,
                  size_t offset, size_t bytes, void *out, struct sah_error *err);

/* Small files of the folder, written whole or not at all, with a checksum behind them. Name as in the folder; the
 * caller frees what is loaded. `path` of a file in it: caller frees, NULL without
 * memory. */
int sah_part_save(struct sah_part *part, const char *name, const void *data,
                  size_t length, struct sah_error *err);
int sah_part_load(const struct sah_part *part, const char *name, void **data,
                  size_t *length, struct sah_error *err);
void sah_part_drop(struct sah_part *part, const char *name);
char *sah_part_path(const struct sah_part *part, const char *name);

#endif
