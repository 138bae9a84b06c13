/* Days go in, periods come out; at the end they are packed. */
#include "output/recorder.h"

#include "output/disk.h"
#include "output/layout.h"
#include "output/log_rows.h"
#include "output/pack.h"
#include "output/settings.h"
#include "sim/kernel/calendar.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct sah_recorder {
    struct sah_part *part;
    struct sah_watch watch[SAH_PLACES];
    struct sah_ahead *ahead; /* may be NULL */
    struct sah_stream_plan plan[SAH_STREAM_COUNT];
    bool logs, force;
    char *target;
    void *scratch;     /* room for the largest record */
    int32_t first;     /* day recorded */
    int32_t last;      /* day recorded last */
    int32_t synced[2]; /* days that can be resumed from; newest first */
    int64_t started;
};

/* ---- beginning ----------------------------------------------------------------- */

static int check_target(const char *path, bool force, struct sah_error *err) {
    struct stat info;
    if (stat(path, &info) != 0)
        return errno == ENOENT ? SAH_OK : sah_disk_fail(err, path, "be written");
    if (S_ISREG(info.st_mode) && force) return SAH_OK;
    if (S_ISREG(info.st_mode))
        return sah_error_add(err, SAH_EXISTS,
                             "%s: exists already; --force overwrites it", path);
    return sah_error_add(err, SAH_EXISTS, "%s: is not a regular file", path);
}

static int watch_all(struct sah_recorder *recorder, const struct sah_world *world,
                     const struct sah_output_params *params, struct sah_error *err) {
    const int every[SAH_PLACES] = {
        [SAH_FIELD] = params->fields_every,
        [SAH_SERIES] = params->series_every,
        [SAH_LEDGER] = SAH_EVERY_MONTH,
    };
    int status = SAH_OK;
    for (int p = 0; !status && p < SAH_PLACES; p++)
        status = sah_watch_init(&recorder->watch[p], world, (enum sah_place)p,
                                (enum sah_every)every[p],
                                p == SAH_FIELD ? &params->fields_keep : NULL, err);
    return status;
}

static void plan_streams(struct sah_recorder *recorder, const struct sah_world *world) {
    struct sah_stream_plan *plan = recorder->plan;
    for (int p = 0; p < SAH_PLACES; p++)
        plan[sah_stream_of[p]] = (struct sah_stream_plan){
            sah_place_names[p], recorder->watch[p].payload_size};
    plan[SAH_STREAM_DIGEST] =
        (struct sah_stream_plan){"digest", sizeof(struct sah_digest)};
    for (size_t k = 0; recorder->logs && k < world->nlogs; k++) {
        const struct sah_population *rows = world->logs[k].rows;
        plan[SAH_STREAM_LOGS + k] =
            (struct sah_stream_plan){rows->name, sah_row_offset(rows, rows->ncolumns)};
    }
}

static int new_recorder(const struct sah_world *world,
                        const struct sah_output_params *params, const char *path,
                        bool force, struct sah_recorder **out, struct sah_error *err) {
    int status = sah_output_check(world, params, err);
    if (!status) status = check_target(path, force, err);
    if (status) return status;
    struct sah_recorder *recorder = calloc(1, sizeof *recorder);
    if (!recorder) return sah_error_add(err, SAH_MEMORY, "no memory for a recorder");
    *out = recorder;
    recorder->force = force;
    recorder->first = world->today + 1;
    recorder->last = world->today;
    recorder->synced[0] = recorder->synced[1] = world->today;
    recorder->started = (int64_t)time(NULL);
    recorder->logs = params->events;
    status = watch_all(recorder, world, params, err);
    if (status) return status;
    plan_streams(recorder, world);
    size_t most = 1;
    for (int s = 0; s < SAH_STREAM_COUNT; s++)
        if (recorder->plan[s].payload > most) most = recorder->plan[s].payload;
    recorder->scratch = malloc(most);
    recorder->target = sah_disk_concat(path, "");
    if (recorder->scratch && recorder->target) return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory for a record of %zu bytes", most);
}

static int keep_settings(struct sah_recorder *recorder, const struct sah_world *world,
                         struct sah_error *err) {
    char *texts;
    size_t length;
    int status = sah_settings_take(&world->binding, &texts, &length, err);
    if (status) return status;
    status = sah_part_save(recorder->part, "settings", texts, length, err);
    free(texts);
    return status;
}

/* Begins with the records that are there already. */
static void pack_ahead(struct sah_recorder *recorder, const struct sah_world *world) {
    recorder->ahead = sah_ahead_start(recorder->part, &recorder->watch[SAH_FIELD],
                                      (size_t)world->grid.ncells, SAH_AHEAD_ROOM);
    sah_ahead_tell(recorder->ahead, sah_part_count(recorder->part, SAH_STREAM_FIELDS));
}

int sah_recorder_create(const struct sah_world *world,
                        const struct sah_output_params *params, const char *path,
                        bool force, struct sah_recorder **out, struct sah_error *err) {
    struct sah_recorder *recorder = NULL;
    int status = new_recorder(world, params, path, force, &recorder, err);
    char *layout =
        status ? NULL : sah_layout_text(world, recorder->watch, recorder->logs);
    if (!status && !layout)
        status = sah_error_add(err, SAH_MEMORY, "no memory for a layout");
    if (!status)
        status =
            sah_part_create(path, layout, recorder->plan, force, &recorder->part, err);
    free(layout);
    if (!status) status = keep_settings(recorder, world, err);
    if (!status) {
        pack_ahead(recorder, world);
        *out = recorder;
        return SAH_OK;
    }
    sah_recorder_discard(recorder);
    return status;
}

void sah_recorder_discard(struct sah_recorder *recorder) {
    if (!recorder) return;
    sah_ahead_stop(recorder->ahead);
    sah_part_remove(recorder->part);
    recorder->part = NULL;
    sah_recorder_free(recorder);
}

void sah_recorder_free(struct sah_recorder *recorder) {
    if (!recorder) return;
    sah_ahead_free(recorder->ahead);
    for (int p = 0; p < SAH_PLACES; p++) sah_watch_free(&recorder->watch[p]);
    sah_part_close(recorder->part);
    free(recorder->target);
    free(recorder->scratch);
    free(recorder);
}

/* ---- the days ------------------------------------------------------------------ */

static int end_period(struct sah_recorder *recorder, int p,
                      const struct sah_world *world, struct sah_error *err) {
    struct sah_watch *watch = &recorder->watch[p];
    int32_t begun = watch->begun;
    int status = sah_watch_end(watch, world, recorder->scratch, err);
    if (!status)
        status = sah_part_append(recorder->part, sah_stream_of[p], begun, world->today,
                                 recorder->scratch, 1, err);
    if (!status && p == SAH_FIELD)
        sah_ahead_tell(recorder->ahead,
                       sah_part_count(recorder->part, SAH_STREAM_FIELDS));
    return status;
}

static int record_log(struct sah_recorder *recorder, const struct sah_world *world,
                      size_t k, struct sah_error *err) {
    enum sah_stream stream = (enum sah_stream)(SAH_STREAM_LOGS + k);
    const struct sah_population *today = world->logs[k].rows;
    if (today->n == 0) return SAH_OK;
    void *rows = calloc(today->n, recorder->plan[stream].payload);
    if (!rows)
        return sah_error_add(err, SAH_MEMORY, "no memory for %zu rows of %s", today->n,
                             today->name);
    sah_row_encode(today, rows);
    int status = sah_part_append(recorder->part, stream, world->today, world->today,
                                 rows, today->n, err);
    free(rows);
    return status;
}

static int record_digest(struct sah_recorder *recorder, const struct sah_world *world,
                         struct sah_error *err) {
    struct sah_digest digest = sah_world_digest(world);
    return sah_part_append(recorder->part, SAH_STREAM_DIGEST, world->today,
                           world->today, &digest, 1, err);
}

int sah_recorder_day(struct sah_recorder *recorder, const struct sah_world *world,
                     struct sah_error *err) {
    SAH_BUG_IF(world->today != recorder->last + 1, "days must be recorded in order");
    recorder->last = world->today;
    bool done = sah_world_done(world);
    int status = SAH_OK;
    for (int p = 0; !status && p < SAH_PLACES; p++)
        if (sah_watch_day(&recorder->watch[p], world) || done)
            status = end_period(recorder, p, world, err);
    for (size_t k = 0; !status && recorder->logs && k < world->nlogs; k++)
        status = record_log(recorder, world, k, err);
    if (!status && (done || sah_day_ends_month(world->today)))
        status = record_digest(recorder, world, err);
    return status;
}

/* ---- open periods, kept for a checkpoint --------------------------------------- */

struct pending_name {
    char text[24];
};

static struct pending_name pending_name(int32_t day) {
    struct pending_name name;
    char date[11];
    sah_day_text(day, date);
    snprintf(name.text, sizeof name.text, "pending-%s", date);
    return name;
}

static int save_pending(struct sah_recorder *recorder, int32_t day,
                        struct sah_error *err) {
    char *data = NULL;
    size_t length;
    FILE *out = open_memstream(&data, &length);
    if (!out) return sah_error_add(err, SAH_MEMORY, "no memory for open periods");
    for (int s = 0; s < SAH_STREAM_COUNT; s++) {
        uint64_t n = sah_part_count(recorder->part, (enum sah_stream)s);
        fwrite(&n, sizeof n, 1, out);
    }
    for (int p = 0; p < SAH_PLACES; p++) {
        const struct sah_watch *watch = &recorder->watch[p];
        int32_t head[2] = {watch->begun, watch->open};
        fwrite(head, sizeof head, 1, out);
        fwrite(watch->sum, sizeof *watch->sum, watch->nvalues, out);
    }
    bool whole = !ferror(out);
    int status = fclose(out) == 0 && whole
                     ? SAH_OK
                     : sah_error_add(err, SAH_MEMORY, "no memory for open periods");
    if (!status)
        status =
            sah_part_save(recorder->part, pending_name(day).text, data, length, err);
    free(data);
    return status;
}

static void restore_watch(struct sah_watch *watch, const char **from) {
    int32_t head[2];
    memcpy(head, *from, sizeof head);
    memcpy(watch->sum, *from + sizeof head, watch->nvalues * sizeof *watch->sum);
    watch->begun = head[0];
    watch->open = head[1] != 0;
    *from += sizeof head + watch->nvalues * sizeof *watch->sum;
}

/* A damaged last record looks like one that a kill cut short, and is gone by now. */
static int check_counts(const struct sah_recorder *recorder, const char **from,
                        struct sah_error *err) {
    int status = SAH_OK;
    for (int s = 0; s < SAH_STREAM_COUNT; s++, *from += sizeof(uint64_t)) {
        uint64_t wanted, found = sah_part_count(recorder->part, (enum sah_stream)s);
        memcpy(&wanted, *from, sizeof wanted);
        if (found == wanted) continue;
        status = sah_error_add(err, SAH_FORMAT,
                               "%s: damaged or cut short: %llu records, %llu expected",
                               sah_part_file(recorder->part, (enum sah_stream)s),
                               (unsigned long long)found, (unsigned long long)wanted);
    }
    return status;
}

static int load_pending(struct sah_recorder *recorder, int32_t day,
                        struct sah_error *err) {
    void *data;
    size_t length, expected = SAH_STREAM_COUNT * sizeof(uint64_t);
    struct pending_name name = pending_name(day);
    int status = sah_part_load(recorder->part, name.text, &data, &length, err);
    if (status) return status;
    for (int p = 0; p < SAH_PLACES; p++)
        expected += 2 * sizeof(int32_t) + recorder->watch[p].nvalues * sizeof(double);
    const char *from = data;
    if (length != expected)
        status = sah_error_add(err, SAH_FORMAT, "%s.part/%s: %zu bytes, expected %zu",
                               recorder->target, name.text, length, expected);
    if (!status) status = check_counts(recorder, &from, err);
    for (int p = 0; !status && p < SAH_PLACES; p++)
        restore_watch(&recorder->watch[p], &from);
    free(data);
    return status;
}

int sah_recorder_sync(struct sah_recorder *recorder, const struct sah_world *world,
                      struct sah_error *err) {
    int status = save_pending(recorder, world->today, err);
    if (!status) status = sah_part_sync(recorder->part, err);
    if (status || recorder->synced[0] == world->today) return status;
    if (recorder->synced[1] != recorder->synced[0])
        sah_part_drop(recorder->part, pending_name(recorder->synced[1]).text);
    recorder->synced[1] = recorder->synced[0];
    recorder->synced[0] = world->today;
    return SAH_OK;
}

int sah_recorder_save(struct sah_recorder *recorder, const char *name, const void *data,
                      size_t length, struct sah_error *err) {
    return sah_part_save(recorder->part, name, data, length, err);
}

char *sah_recorder_path(const struct sah_recorder *recorder, const char *name) {
    return sah_part_path(recorder->part, name);
}

int sah_recorder_resume(const struct sah_world *world,
                        const struct sah_output_params *params, const char *path,
                        bool force, struct sah_recorder **out, struct sah_error *err) {
    struct sah_recorder *recorder = NULL;
    int status = new_recorder(world, params, path, force, &recorder, err);
    char *layout =
        status ? NULL : sah_layout_text(world, recorder->watch, recorder->logs);
    if (!status && !layout)
        status = sah_error_add(err, SAH_MEMORY, "no memory for a layout");
    if (!status)
        status = sah_part_resume(path, layout, recorder->plan, world->today,
                                 &recorder->part, err);
    free(layout);
    if (!status) status = load_pending(recorder, world->today, err);
    if (!status) {
        recorder->first = world->run.start; /* branches are not resumed */
        pack_ahead(recorder, world);
        *out = recorder;
        return SAH_OK;
    }
    sah_recorder_free(recorder);
    return status;
}

/* ---- the end ------------------------------------------------------------------- */

static int close_periods(struct sah_recorder *recorder, const struct sah_world *world,
                         struct sah_error *err) {
    int status = SAH_OK;
    for (int p = 0; !status && p < SAH_PLACES; p++)
        if (recorder->watch[p].open) status = end_period(recorder, p, world, err);
    return status;
}

static int pack(struct sah_recorder *recorder, const struct sah_world *world,
                const struct sah_provenance *provenance, const char *temporary,
                struct sah_error *err) {
    struct sah_pack job = {
        .world = world,
        .part = recorder->part,
        .watch = recorder->watch,
        .ahead = recorder->ahead,
        .provenance = provenance,
        .target = recorder->target,
        .first = recorder->first,
        .started = recorder->started,
        .logs = recorder->logs,
    };
    int status = sah_pack_file(&job, temporary, err);
    if (!status) status = check_target(recorder->target, recorder->force, err);
    if (!status)
        status = recorder->force ? sah_disk_settle(temporary, recorder->target, err)
                                 : sah_disk_share(temporary, recorder->target, err);
    if (status) unlink(temporary);
    return status;
}

int sah_recorder_finish(struct sah_recorder *recorder, const struct sah_world *world,
                        const struct sah_provenance *provenance,
                        struct sah_error *err) {
    int status = close_periods(recorder, world, err);
    sah_ahead_stop(recorder->ahead);
    char *temporary = status ? NULL : sah_part_path(recorder->part, SAH_PART_PACKED);
    if (!status && !temporary)
        status = sah_error_add(err, SAH_MEMORY, "no memory for a path");
    if (!status) status = pack(recorder, world, provenance, temporary, err);
    free(temporary);
    if (status) return status;
    sah_part_remove(recorder->part);
    recorder->part = NULL;
    return SAH_OK;
}
