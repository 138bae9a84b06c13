/* Watches and probes on a run; what they find grows in memory until it is saved. */
#include "sim/study/take.h"

#include "output/log_rows.h"

#include <stdlib.h>
#include <string.h>

struct block { /* of bytes, that grows */
    char *data;
    size_t length, capacity;
};

struct sah_take {
    const struct sah_study *study;
    const struct sah_run *run;
    struct sah_probes *probes; /* of the outcomes */
    struct sah_watch watch[SAH_RECORD_PLACES];
    struct block place[SAH_RECORD_PLACES], log[SAH_MAX_LOGS];
    struct sah_record_head head;
    int status;
    struct sah_error err;
};

/* Room for `n` bytes more at its end; NULL without memory. */
static char *grow(struct block *block, size_t n) {
    if (block->capacity - block->length < n) {
        size_t capacity = 2 * block->capacity + n;
        char *more = realloc(block->data, capacity);
        if (!more) return NULL;
        block->data = more;
        block->capacity = capacity;
    }
    block->length += n;
    return block->data + block->length - n;
}

static bool append(struct block *block, const void *data, size_t n) {
    if (!n) return true; /* a study without measures */
    char *room = grow(block, n);
    if (room) memcpy(room, data, n);
    return room != NULL;
}

/* ---- beginning ----------------------------------------------------------------------- */

int sah_take_watch(const struct sah_study *study, const struct sah_run *run,
                   enum sah_place place, struct sah_watch *watch,
                   struct sah_error *err) {
    const struct sah_output_params *output = &run->output;
    const int every[SAH_PLACES] = {[SAH_FIELD] = output->fields_every,
                                   [SAH_SERIES] = output->series_every,
                                   [SAH_LEDGER] = SAH_EVERY_MONTH};
    *watch = (struct sah_watch){0};
    if (!study->keep.place[place]) return SAH_OK;
    return sah_watch_init(watch, run->world, place, (enum sah_every)every[place],
                          place == SAH_FIELD ? &output->fields_keep : NULL, err);
}

static int open_probes(struct sah_take *take, struct sah_error *err) {
    const struct sah_outcomes *outcomes = &take->study->outcomes;
    int status = SAH_OK;
    take->probes = sah_probes_create(take->run->world);
    if (!take->probes) return sah_error_add(err, SAH_MEMORY, "no memory for probes");
    for (size_t i = 0; !status && i < outcomes->n; i++)
        status = sah_probes_add(take->probes, &outcomes->row[i]->measure, err);
    return status;
}

static int open_watches(struct sah_take *take, struct sah_error *err) {
    int status = SAH_OK;
    for (int p = 0; !status && p < SAH_RECORD_PLACES; p++) {
        status = sah_take_watch(take->study, take->run, (enum sah_place)p,
                                &take->watch[p], err);
        take->head.payload[p] = take->watch[p].payload_size;
    }
    const struct sah_world *world = take->run->world;
    for (size_t k = 0; take->study->keep.events && k < world->nlogs; k++)
        take->head.row[k] =
            sah_row_offset(world->logs[k].rows, world->logs[k].rows->ncolumns);
    return status;
}

int sah_take_begin(const struct sah_study *study, const struct sah_run *run,
                   struct sah_take **out, struct sah_error *err) {
    struct sah_take *take = calloc(1, sizeof *take);
    *out = take;
    if (!take) return sah_error_add(err, SAH_MEMORY, "no memory for a run");
    take->study = study;
    take->run = run;
    take->head.nmeasures = study->outcomes.n;
    int status = open_probes(take, err);
    return status ? status : open_watches(take, err);
}

/* ---- the days ------------------------------------------------------------------------- */

static int no_memory(struct sah_take *take) {
    return sah_error_add(&take->err, SAH_MEMORY, "no memory for what is kept of a run");
}

static int end_period(struct sah_take *take, int p, const struct sah_world *world) {
    struct sah_watch *watch = &take->watch[p];
    const int32_t days[2] = {watch->begun, world->today};
    if (!append(&take->place[p], days, sizeof days)) return no_memory(take);
    char *payload = grow(&take->place[p], watch->payload_size);
    if (!payload) return no_memory(take);
    take->head.periods[p]++;
    return sah_watch_end(watch, world, payload, &take->err);
}

static int take_log(struct sah_take *take, size_t k, const struct sah_world *world) {
    const struct sah_population *rows = world->logs[k].rows;
    size_t size = take->head.row[k];
    char *today = malloc(rows->n * size + 1);
    if (!today) return no_memory(take);
    sah_row_encode(rows, today);
    bool good = true;
    for (size_t i = 0; good && i < rows->n; i++)
        good = append(&take->log[k], &world->today, sizeof world->today) &&
               append(&take->log[k], today + i * size, size);
    free(today);
    take->head.rows[k] += rows->n;
    return good ? SAH_OK : no_memory(take);
}

void sah_take_day(void *user, const struct sah_run *run) {
    struct sah_take *take = user;
    const struct sah_world *world = run->world;
    if (!take->status) take->status = sah_probes_day(take->probes, &take->err);
    bool done = sah_world_done(world);
    for (int p = 0; !take->status && p < SAH_RECORD_PLACES; p++)
        if (take->watch[p].n && (sah_watch_day(&take->watch[p], world) || done))
            take->status = end_period(take, p, world);
    for (size_t k = 0; !take->status && k < world->nlogs; k++)
        if (take->head.row[k] && world->logs[k].rows->n)
            take->status = take_log(take, k, world);
}

/* ---- the end -------------------------------------------------------------------------- */

static bool put_measures(const struct sah_take *take, struct block *body) {
    bool good = true;
    for (size_t i = 0; good && i < take->head.nmeasures; i++) {
        double value = sah_probes_value(take->probes, i);
        good = append(body, &value, sizeof value);
    }
    return good;
}

static bool put_all(const struct sah_take *take, struct block *body) {
    bool good = put_measures(take, body);
    for (int p = 0; good && p < SAH_RECORD_PLACES; p++)
        good = append(body, take->place[p].data, take->place[p].length);
    for (size_t k = 0; good && k < SAH_MAX_LOGS; k++)
        good = append(body, take->log[k].data, take->log[k].length);
    return good;
}

/* What went wrong on a day was kept until here. */
static int tell(struct sah_take *take, struct sah_error *err) {
    const char *text = take->err.text ? take->err.text : "a run failed";
    return sah_error_add(err, take->status, "%.*s", (int)strcspn(text, "\n"), text);
}

int sah_take_save(struct sah_take *take, const char *path, struct sah_digest study,
                  size_t number, struct sah_error *err) {
    struct block body = {0};
    if (take->status) return tell(take, err);
    take->head.study = study;
    take->head.run = number;
    take->head.state = SAH_RECORD_DONE;
    take->head.state_digest = sah_world_digest(take->run->world);
    int status = put_all(take, &body)
                     ? sah_record_save(path, &take->head, body.data ? body.data : "",
                                       body.length, err)
                     : sah_error_add(err, SAH_MEMORY, "no memory for a record");
    free(body.data);
    return status;
}

double sah_take_bytes(const struct sah_take *take) {
    double bytes = sizeof take->head + (double)take->head.nmeasures * sizeof(double);
    for (int p = 0; p < SAH_RECORD_PLACES; p++) bytes += (double)take->place[p].length;
    for (size_t k = 0; k < SAH_MAX_LOGS; k++) bytes += (double)take->log[k].length;
    return bytes;
}

void sah_take_free(struct sah_take *take) {
    if (!take) return;
    sah_probes_free(take->probes);
    for (int p = 0; p < SAH_RECORD_PLACES; p++) {
        sah_watch_free(&take->watch[p]);
        free(take->place[p].data);
    }
    for (size_t k = 0; k < SAH_MAX_LOGS; k++) free(take->log[k].data);
    sah_error_clear(&take->err);
    free(take);
}

int sah_take_save_failure(const char *path, struct sah_digest study, size_t number,
                          const char *message, struct sah_error *err) {
    size_t length = strlen(message), padded = (length + 7) / 8 * 8;
    const struct sah_record_head head = {
        .study = study, .run = number, .state = SAH_RECORD_FAILED, .message = length};
    char *body = calloc(padded + 1, 1);
    if (!body) return sah_error_add(err, SAH_MEMORY, "no memory for a message");
    memcpy(body, message, length);
    int status = sah_record_save(path, &head, body, padded, err);
    free(body);
    return status;
}
