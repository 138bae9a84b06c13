/* Effects on others, in an order that no thread can change.
 *
 * While chunks run in parallel, each appends fixed-size records to its own drawer;
 * afterwards they are read drawer by drawer. As chunks are cut at the same places on
 * any number of threads, so is the order of the records. */
#ifndef SAH_OUTBOX_H
#define SAH_OUTBOX_H
#include "sim/kernel/error.h"

#include <stdint.h>

struct sah_outbox {
    size_t record_size;
    size_t ndrawers; /* of the last opening */
    size_t nmade;    /* drawers in memory, kept from day to day */
    struct sah_drawer *drawer;
};

void sah_outbox_init(struct sah_outbox *box, size_t record_size);
void sah_outbox_free(struct sah_outbox *box);
/* Empties the box and provides drawers 0 .. ndrawers-1; not inside a parallel part. */
int sah_outbox_open(struct sah_outbox *box, size_t ndrawers, struct sah_error *err);
/* Appends a copy of the record; each drawer has one writer at a time. A failed
 * allocation is remembered and reported by sah_outbox_check. */
void sah_outbox_put(struct sah_outbox *box, size_t drawer, const void *record);
/* Remembers that what a drawer's writer needed besides found no memory. */
void sah_outbox_fail(struct sah_outbox *box, size_t drawer);
int sah_outbox_check(const struct sah_outbox *box, struct sah_error *err);

/* Walks all records in order: start with a zeroed cursor; NULL at the end. */
struct sah_outbox_cursor {
    size_t drawer, record;
};
const void *sah_outbox_next(const struct sah_outbox *box,
                            struct sah_outbox_cursor *cursor);
size_t sah_outbox_count(const struct sah_outbox *box);

#endif
