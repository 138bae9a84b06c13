/* One thread, told how many records there are, and one room for all it makes: memory is
 * bounded, and taken at the start. */
#include "output/ahead.h"

#include <omp.h>
#include <pthread.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

struct line { /* the chunks of one variable */
    struct sah_cut cut;
    size_t done;
    struct sah_packed *first, *last;
};

struct sah_ahead {
    const struct sah_part *part;
    struct sah_packer packer;
    size_t n;
    struct line *line; /* [n] */
    char *room, *next; /* what is left of it */
    size_t left;
    pthread_t thread;
    bool runs;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t told;
    size_t records;
    bool stop;
};

/* ---- the thread ------------------------------------------------------------------ */

/* Waits for more than `*n` records; false: to stop. */
static bool hear(struct sah_ahead *ahead, size_t *n) {
    pthread_mutex_lock(&ahead->lock);
    while (!ahead->stop && ahead->records == *n)
        pthread_cond_wait(&ahead->told, &ahead->lock);
    *n = ahead->records;
    bool go_on = !ahead->stop;
    pthread_mutex_unlock(&ahead->lock);
    return go_on;
}

static bool is_stopped(struct sah_ahead *ahead) {
    pthread_mutex_lock(&ahead->lock);
    bool stop = ahead->stop;
    pthread_mutex_unlock(&ahead->lock);
    return stop;
}

/* The latest chunk of the packer goes into the room; false: it is full. */
static bool keep(struct sah_ahead *ahead, struct line *line) {
    const size_t unit = alignof(struct sah_packed);
    size_t bytes = sizeof(struct sah_packed) + ahead->packer.bytes;
    bytes = (bytes + unit - 1) / unit * unit;
    if (bytes > ahead->left) return false;
    struct sah_packed *packed = (void *)ahead->next;
    ahead->next += bytes;
    ahead->left -= bytes;
    packed->next = NULL;
    packed->bytes = ahead->packer.bytes;
    memcpy(packed->data, ahead->packer.packed, packed->bytes);
    if (line->last)
        line->last->next = packed;
    else
        line->first = packed;
    line->last = packed;
    line->done++;
    return true;
}

/* Packs what is whole by now; false where that is the end. */
static bool pack(struct sah_ahead *ahead, size_t n) {
    struct sah_error err = {0};
    bool good = true;
    for (size_t v = 0; v < ahead->n; v++) {
        struct line *line = &ahead->line[v];
        size_t whole = n / line->cut.periods * line->cut.items;
        while (good && line->done < whole)
            good = !is_stopped(ahead) &&
                   !sah_packer_pack(&ahead->packer, ahead->part, &line->cut, n,
                                    line->done, &err) &&
                   keep(ahead, line);
    }
    sah_error_clear(&err); /* who packs this chunk in the end will say it */
    return good;
}

static void *work(void *data) {
    struct sah_ahead *ahead = data;
    size_t n = 0;
    bool more = true;
    while (more) more = hear(ahead, &n) && pack(ahead, n);
    return NULL;
}

/* ---- who has it work ------------------------------------------------------------- */

/* All that will be needed: no allocation can fail later. */
static bool take_memory(struct sah_ahead *ahead, const struct sah_watch *fields,
                        size_t ncells, size_t room) {
    struct sah_error err = {0};
    size_t most = 0;
    ahead->line = calloc(fields->n, sizeof *ahead->line);
    ahead->room = ahead->next = malloc(room);
    ahead->left = room;
    for (size_t v = 0; ahead->line && v < fields->n; v++) {
        struct sah_cut cut = sah_cut_of(&fields->variable[v], ncells);
        ahead->line[v].cut = cut;
        if (cut.periods * cut.plane > most) most = cut.periods * cut.plane;
    }
    int status = sah_packer_init(&ahead->packer, most, &err);
    sah_error_clear(&err);
    return ahead->line && ahead->room && !status;
}

struct sah_ahead *sah_ahead_start(const struct sah_part *part,
                                  const struct sah_watch *fields, size_t ncells,
                                  size_t room) {
    if (omp_get_max_threads() == 1 || fields->n == 0 || ncells == 0) return NULL;
    struct sah_ahead *ahead = calloc(1, sizeof *ahead);
    if (!ahead) return NULL;
    ahead->part = part;
    ahead->n = fields->n;
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->told, NULL);
    ahead->runs = take_memory(ahead, fields, ncells, room) &&
                  pthread_create(&ahead->thread, NULL, work, ahead) == 0;
    if (ahead->runs) return ahead;
    sah_ahead_free(ahead);
    return NULL;
}

void sah_ahead_tell(struct sah_ahead *ahead, size_t n) {
    if (!ahead) return;
    pthread_mutex_lock(&ahead->lock);
    ahead->records = n;
    pthread_cond_signal(&ahead->told);
    pthread_mutex_unlock(&ahead->lock);
}

void sah_ahead_stop(struct sah_ahead *ahead) {
    if (!ahead || !ahead->runs) return;
    pthread_mutex_lock(&ahead->lock);
    ahead->stop = true;
    pthread_cond_signal(&ahead->told);
    pthread_mutex_unlock(&ahead->lock);
    pthread_join(ahead->thread, NULL);
    ahead->runs = false;
}

void sah_ahead_free(struct sah_ahead *ahead) {
    if (!ahead) return;
    sah_ahead_stop(ahead);
    pthread_cond_destroy(&ahead->told);
    pthread_mutex_destroy(&ahead->lock);
    sah_packer_free(&ahead->packer);
    free(ahead->room);
    free(ahead->line);
    free(ahead);
}

const struct sah_packed *sah_ahead_first(const struct sah_ahead *ahead,
                                         size_t variable) {
    return ahead ? ahead->line[variable].first : NULL;
}
