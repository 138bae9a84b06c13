/* Packing ahead: while the days go on, another thread packs the chunks of fields whose
 * periods are all recorded.
 *
 * What it makes is what would be made at the end, and what it did not come to (or could
 * not do, for whatever reason) is made at the end: it saves time and changes nothing. It
 * reads the records of the unfinished run, so it needs none of the memory of the world,
 * and after a restart it begins anew. */
#ifndef SAH_OUTPUT_AHEAD_H
#define SAH_OUTPUT_AHEAD_H
#include "output/chunk.h"

struct sah_ahead;

/* Bytes to keep what was packed in, taken as they are used. Five years take 5 MB on cells
 * of 0.25 degrees, 100 on cells of 0.05. */
enum { SAH_AHEAD_ROOM = 1 << 26 };

/* NULL where nothing is packed ahead: no fields, no memory, no thread to be had, or only
 * one wanted, which is to keep one processor busy and no other. `part` and `fields` must
 * last until the stop. */
struct sah_ahead *sah_ahead_start(const struct sah_part *part,
                                  const struct sah_watch *fields, size_t ncells,
                                  size_t room);
void sah_ahead_tell(struct sah_ahead *ahead, size_t n); /* so many records are there */
void sah_ahead_stop(struct sah_ahead *ahead); /* once its chunk is done; waits */
void sah_ahead_free(struct sah_ahead *ahead);

/* The first chunks of a variable, in order; after the stop. NULL: none. */
struct sah_packed {
    const struct sah_packed *next;
    size_t bytes;
    unsigned char data[];
};
const struct sah_packed *sah_ahead_first(const struct sah_ahead *ahead,
                                         size_t variable);

#endif
