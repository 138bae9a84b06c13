/* Packs hold the rows of their runs one behind the other, and series as arrays over runs. */
#include "output/facts/study_pack.h"

#include "output/result_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void free_series(struct sah_pack_series *s) {
    sah_h5_free_texts(s->label, s->label ? s->block.items : 0);
    free(s->value);
    free(s->last);
}

void sah_study_pack_close(struct sah_study_pack *pack) {
    free_series(&pack->displaced), free_series(&pack->fighters);
    free_series(&pack->pledged), free_series(&pack->reasons);
    sah_result_table_clear(&pack->events);
    sah_result_table_clear(&pack->record);
    free(pack->state);
    sah_h5_close(&pack->h5);
    free(pack->path);
}

static void *read_numbers(struct sah_h5 *h5, const char *name, enum sah_type type,
                          size_t *n) {
    hid_t dataset = sah_h5_object(h5, h5->file, name);
    size_t length = sah_h5_length(h5, dataset);
    if (!h5->status && *n && length != *n) sah_h5_fail(h5, "use", name);
    void *values = sah_h5_room(h5, length + 1, sah_type_size(type));
    if (values) sah_h5_read(h5, dataset, type, values);
    sah_h5_drop(dataset);
    *n = h5->status ? 0 : length;
    return values;
}

static void read_log(struct sah_h5 *h5, const char *name,
                     struct sah_result_table *table) {
    if (h5->status) return;
    if (!sah_h5_has(h5, h5->file, name)) {
        h5->status = sah_error_add(
            h5->err, SAH_INPUT, "%s: holds no %s; the study must keep {events: true}",
            h5->path, name);
        return;
    }
    hid_t group = sah_h5_object(h5, h5->file, name);
    sah_result_table_read(h5, group, table);
    sah_h5_drop(group);
}

/* Periods begin on the days of `time`; the last ends with the run. */
static void read_periods(struct sah_h5 *h5, const char *place, int32_t end,
                         struct sah_pack_series *s) {
    char name[64];
    snprintf(name, sizeof name, "%.32s/time", place);
    s->last = read_numbers(h5, name, SAH_I32, &s->block.periods);
    for (size_t t = 0; s->last && t < s->block.periods; t++)
        s->last[t] = t + 1 < s->block.periods ? s->last[t + 1] - 1 : end;
}

/* Left empty where the pack has none. */
static void read_series(struct sah_h5 *h5, const char *place, const char *variable,
                        const char *axis, int32_t end, size_t runs,
                        struct sah_pack_series *s) {
    char name[128], labels[128];
    hsize_t extent[SAH_H5_RANK] = {0};
    snprintf(name, sizeof name, "%.32s/%.64s", place, variable);
    snprintf(labels, sizeof labels, "%.32s/%.64s", place, axis);
    if (h5->status || !sah_h5_has(h5, h5->file, name)) return;
    read_periods(h5, place, end, s);
    hid_t dataset = sah_h5_object(h5, h5->file, labels);
    s->label = sah_h5_read_texts(h5, dataset, &s->block.items);
    sah_h5_drop(dataset);
    dataset = sah_h5_object(h5, h5->file, name);
    int rank = sah_h5_extent(h5, dataset, extent);
    s->block.each = rank == 4 ? (size_t)extent[3] : 1;
    bool fits = (rank == 3 || rank == 4) && extent[0] == runs &&
                extent[1] == s->block.periods && extent[2] == s->block.items;
    if (!h5->status && !fits) sah_h5_fail(h5, "use", name);
    s->of_run = s->block.periods * s->block.items * s->block.each;
    s->value = sah_h5_room(h5, runs * s->of_run + 1, sizeof *s->value);
    if (s->value) sah_h5_read(h5, dataset, SAH_F64, s->value);
    sah_h5_drop(dataset);
    s->block.label = (const char *const *)s->label;
    s->block.last = s->last;
}

int sah_study_pack_open(const char *path, const char *log, int32_t end, size_t number,
                        struct sah_study_pack *pack, struct sah_error *err) {
    char name[32];
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    snprintf(name, sizeof name, "packs/%03zu.h5", number);
    pack->path = calloc(folder + sizeof name, 1);
    pack->h5 = (struct sah_h5){.file = -1};
    if (!pack->path) return sah_error_add(err, SAH_MEMORY, "no memory for a pack");
    memcpy(pack->path, path, folder);
    snprintf(pack->path + folder, sizeof name, "%s", name);
    struct sah_h5 *h5 = &pack->h5;
    if (sah_h5_open(h5, pack->path, err)) return h5->status;
    pack->state = read_numbers(h5, "run/state", SAH_U8, &pack->n);
    read_log(h5, "events", &pack->events);
    read_log(h5, log, &pack->record);
    read_series(h5, "series", "displaced_by_country", "country", end, pack->n,
                &pack->displaced);
    read_series(h5, "series", "fighters", "faction", end, pack->n, &pack->fighters);
    read_series(h5, "series", "pledged_to", "faction", end, pack->n, &pack->pledged);
    read_series(h5, "ledger", "recruits_by_reason", "reason", end, pack->n,
                &pack->reasons);
    return h5->status;
}
