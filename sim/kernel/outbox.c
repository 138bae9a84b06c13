/* Drawers of records. Each drawer fills a cache line of its own, so that writers of
 * neighbouring drawers do not disturb each other. */
#include "sim/kernel/outbox.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_LINE = 64, FIRST_RECORDS = 16 };

struct sah_drawer {
    unsigned char *data;
    size_t n, capacity; /* records */
    bool failed;
    unsigned char padding[CACHE_LINE - 3 * sizeof(size_t) - sizeof(bool)];
};

void sah_outbox_init(struct sah_outbox *box, size_t record_size) {
    SAH_BUG_IF(record_size == 0, "an outbox of empty records");
    *box = (struct sah_outbox){.record_size = record_size};
}

void sah_outbox_free(struct sah_outbox *box) {
    for (size_t i = 0; i < box->nmade; i++) free(box->drawer[i].data);
    free(box->drawer);
    sah_outbox_init(box, box->record_size);
}

/* Makes more drawers; those there are keep their memory. */
static int make_drawers(struct sah_outbox *box, size_t n, struct sah_error *err) {
    struct sah_drawer *drawer = NULL;
    if (n <= SIZE_MAX / sizeof *drawer)
        drawer = realloc(box->drawer, n * sizeof *drawer);
    if (!drawer) return sah_error_add(err, SAH_MEMORY, "no memory for %zu drawers", n);
    memset(drawer + box->nmade, 0, (n - box->nmade) * sizeof *drawer);
    box->drawer = drawer;
    box->nmade = n;
    return SAH_OK;
}

int sah_outbox_open(struct sah_outbox *box, size_t ndrawers, struct sah_error *err) {
    box->ndrawers = 0;
    if (ndrawers > box->nmade) {
        int code = make_drawers(box, ndrawers, err);
        if (code) return code;
    }
    box->ndrawers = ndrawers;
    for (size_t i = 0; i < ndrawers; i++) {
        box->drawer[i].n = 0;
        box->drawer[i].failed = false;
    }
    return SAH_OK;
}

static bool grow(struct sah_drawer *drawer, size_t record_size) {
    size_t capacity = drawer->capacity ? 2 * drawer->capacity : FIRST_RECORDS;
    if (capacity < drawer->capacity || capacity > SIZE_MAX / record_size) return false;
    unsigned char *data = realloc(drawer->data, capacity * record_size);
    if (!data) return false;
    drawer->data = data;
    drawer->capacity = capacity;
    return true;
}

void sah_outbox_put(struct sah_outbox *box, size_t drawer, const void *record) {
    SAH_BUG_IF(drawer >= box->ndrawers, "no such drawer");
    struct sah_drawer *d = &box->drawer[drawer];
    if (d->failed) return;
    if (d->n == d->capacity && !grow(d, box->record_size)) {
        d->failed = true;
        return;
    }
    memcpy(d->data + d->n++ * box->record_size, record, box->record_size);
}

void sah_outbox_fail(struct sah_outbox *box, size_t drawer) {
    SAH_BUG_IF(drawer >= box->ndrawers, "no such drawer");
    box->drawer[drawer].failed = true;
}

int sah_outbox_check(const struct sah_outbox *box, struct sah_error *err) {
    for (size_t i = 0; i < box->ndrawers; i++)
        if (box->drawer[i].failed)
            return sah_error_add(err, SAH_MEMORY,
                                 "no memory for the records of drawer %zu", i);
    return SAH_OK;
}

const void *sah_outbox_next(const struct sah_outbox *box,
                            struct sah_outbox_cursor *cursor) {
    while (cursor->drawer < box->ndrawers) {
        const struct sah_drawer *d = &box->drawer[cursor->drawer];
        if (cursor->record < d->n) return d->data + cursor->record++ * box->record_size;
        cursor->drawer++;
        cursor->record = 0;
    }
    return NULL;
}

size_t sah_outbox_count(const struct sah_outbox *box) {
    size_t n = 0;
    for (size_t i = 0; i < box->ndrawers; i++) n += box->drawer[i].n;
    return n;
}
