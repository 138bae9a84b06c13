/* Records of some runs become one file. */
#include "sim/study/gather_impl.h"

#include "output/disk.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct packing {
    struct sah_gather_sheet sheet;
    size_t pack, first, n;
    hid_t run, measure;       /* dimension; dataset of values */
    hid_t *place[SAH_PLACES]; /* datasets [watch.n] */
    uint8_t *state;           /* [n] */
    char **digest, **check, **message;
};

/* ---- what it says of its runs ----------------------------------------------------------- */

static char *copy_digest(struct sah_digest digest) {
    char text[33];
    sah_digest_text(digest, text);
    return strdup(text);
}

static void note(struct packing *p, size_t i, const struct sah_record *record) {
    struct sah_h5 *h5 = &p->sheet.h5;
    bool is_done = record->head.state == SAH_RECORD_DONE;
    p->state[i] = (uint8_t)record->head.state;
    p->digest[i] = is_done ? copy_digest(record->head.state_digest) : strdup("");
    p->check[i] = copy_digest(record->check);
    p->message[i] = strndup(record->message, record->head.message);
    if (!p->digest[i] || !p->check[i] || !p->message[i])
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for a run");
}

static void put_texts(struct packing *p, hid_t group, const char *name, const char *doc,
                      char **texts) {
    sah_h5_drop(sah_h5_strings(&p->sheet.h5, group, name, doc, p->run,
                               (const char *const *)texts, p->n));
}

static void put_runs(struct packing *p) {
    struct sah_h5 *h5 = &p->sheet.h5;
    hid_t group = sah_h5_group(h5, h5->file, "run");
    p->run = sah_h5_dimension(h5, group, "run", p->n);
    hid_t log = sah_h5_dimension(h5, group, "log", SAH_MAX_LOGS);
    hid_t state = sah_h5_variable(h5, group,
                                  &(struct sah_h5_variable){.name = "state",
                                                            .doc = "1 done, 2 failed",
                                                            .type = SAH_U8,
                                                            .rank = 1,
                                                            .dim = {p->run}});
    hid_t rows = sah_h5_variable(h5, group,
                                 &(struct sah_h5_variable){.name = "rows",
                                                           .doc = "Rows of the logs",
                                                           .type = SAH_U64,
                                                           .rank = 1,
                                                           .dim = {log}});
    sah_h5_write(h5, state, SAH_U8, p->state);
    sah_h5_write(h5, rows, SAH_U64, p->sheet.all->rows[p->pack]);
    put_texts(p, group, "digest", "Digest of the last state", p->digest);
    put_texts(p, group, "checksum", "Checksum of the record", p->check);
    put_texts(p, group, "message", "Why it failed", p->message);
    sah_h5_drop(state);
    sah_h5_drop(rows);
    sah_h5_drop(log);
    sah_h5_drop(group);
}

/* ---- values --------------------------------------------------------------------------- */

static void create_all(struct packing *p) {
    struct sah_h5 *h5 = &p->sheet.h5;
    char study[33];
    sah_digest_text(p->sheet.all->folder->study, study);
    sah_h5_text(h5, h5->file, "study", study);
    put_runs(p);
    hid_t group = sah_h5_group(h5, h5->file, "measures");
    hid_t dim = sah_h5_dimension(h5, group, "measure", p->sheet.all->study->outcomes.n);
    p->measure = sah_h5_variable(h5, group,
                                 &(struct sah_h5_variable){.name = "value",
                                                           .type = SAH_F64,
                                                           .rank = 2,
                                                           .dim = {p->run, dim},
                                                           .fill = true});
    sah_h5_drop(dim);
    sah_h5_drop(group);
    for (int k = 0; k < SAH_PLACES; k++) {
        size_t n = p->sheet.all->watch[k].n;
        if (!n) continue;
        hid_t place = sah_h5_group(h5, h5->file, sah_gather_groups[k]);
        p->place[k] = calloc(n, sizeof *p->place[k]);
        if (!p->place[k])
            h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for a pack");
        else
            sah_gather_place(&p->sheet, (enum sah_place)k, place, &p->run, NULL,
                             p->place[k]);
        sah_h5_drop(place);
    }
}

/* One variable of one run: its bytes of every period, one after the other. */
static void put_variable(struct packing *p, int k, size_t v, size_t i,
                         const struct sah_record *record) {
    const struct sah_watched *variable = &p->sheet.all->watch[k].variable[v];
    struct sah_h5 *h5 = &p->sheet.h5;
    size_t bytes = variable->count * sah_type_size(variable->what->type);
    size_t periods = p->sheet.all->periods[k],
           step = sah_record_period(&record->head, k);
    hsize_t start[SAH_H5_RANK] = {i}, count[SAH_H5_RANK];
    char *block = malloc(periods * bytes + 1);
    if (!block) h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory to pack");
    for (size_t t = 0; block && t < periods; t++)
        memcpy(block + t * bytes,
               record->place[k] + t * step + 2 * sizeof(int32_t) + variable->offset,
               bytes);
    hid_t space = h5->status ? -1 : H5Dget_space(p->place[k][v]);
    if (space >= 0) H5Sget_simple_extent_dims(space, count, NULL);
    sah_h5_drop(space);
    count[0] = 1;
    if (bytes && periods)
        sah_h5_write_block(h5, p->place[k][v], variable->what->type, start, count,
                           block);
    free(block);
}

static void check_shape(struct packing *p, const struct sah_record *record) {
    const struct sah_gather *all = p->sheet.all;
    bool fits = record->head.nmeasures == all->study->outcomes.n;
    for (int k = 0; k < SAH_PLACES; k++)
        fits = fits && record->head.periods[k] == all->periods[k] &&
               record->head.payload[k] == all->watch[k].payload_size;
    if (!fits)
        p->sheet.h5.status = sah_error_add(all->err, SAH_CHECK,
                                           "run %llu: what it kept has another shape",
                                           (unsigned long long)record->head.run);
}

static void put_run(struct packing *p, size_t i, const struct sah_record *record) {
    struct sah_h5 *h5 = &p->sheet.h5;
    if (record->head.state != SAH_RECORD_DONE) return;
    check_shape(p, record);
    if (record->head.nmeasures)
        sah_h5_write_block(h5, p->measure, SAH_F64, (const hsize_t[]){i, 0},
                           (const hsize_t[]){1, record->head.nmeasures},
                           record->measure);
    for (int k = 0; k < SAH_PLACES; k++)
        for (size_t v = 0; v < p->sheet.all->watch[k].n && !h5->status; v++)
            put_variable(p, k, v, i, record);
}

/* ---- the file ------------------------------------------------------------------------- */

static int load(const struct packing *p, size_t i, struct sah_record *record) {
    const struct sah_gather *all = p->sheet.all;
    char *path = sah_study_folder_run(all->folder, p->first + i);
    if (!path) return sah_error_add(all->err, SAH_MEMORY, "no memory for a path");
    int status =
        sah_record_load(path, all->folder->study, p->first + i, record, all->err);
    free(path);
    return status;
}

/* States and counts are known before anything is written. */
static int look(struct packing *p) {
    int status = SAH_OK;
    uint64_t *rows = p->sheet.all->rows[p->pack];
    memset(rows, 0, sizeof p->sheet.all->rows[p->pack]);
    for (size_t i = 0; !status && i < p->n; i++) {
        struct sah_record record;
        status = load(p, i, &record);
        if (!status) note(p, i, &record);
        for (size_t k = 0; !status && k < SAH_MAX_LOGS; k++)
            rows[k] += record.head.rows[k];
        sah_record_free(&record);
    }
    return status ? status : p->sheet.h5.status;
}

static void write_all(struct packing *p) {
    struct sah_h5 *h5 = &p->sheet.h5;
    create_all(p);
    for (size_t i = 0; i < p->n && !h5->status; i++) {
        struct sah_record record;
        h5->status = load(p, i, &record);
        if (!h5->status) put_run(p, i, &record);
        sah_record_free(&record);
    }
    sah_h5_drop(p->measure);
    for (int k = 0; k < SAH_PLACES; k++)
        for (size_t v = 0; p->place[k] && v < p->sheet.all->watch[k].n; v++)
            sah_h5_drop(p->place[k][v]);
    if (p->sheet.all->study->keep.events) sah_gather_put_logs(&p->sheet, p->pack);
    sah_h5_drop(p->run);
}

static int write_to(struct packing *p, const char *target) {
    struct sah_error *err = p->sheet.all->err;
    char *temporary = sah_disk_concat(target, ".new");
    if (!temporary) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    if (!sah_h5_create(&p->sheet.h5, temporary, target, err)) write_all(p);
    int status = sah_h5_close(&p->sheet.h5);
    if (!status) status = sah_disk_settle(temporary, target, err);
    if (status) unlink(temporary);
    free(temporary);
    return status;
}

static void free_packing(struct packing *p) {
    for (size_t i = 0; i < p->n; i++) {
        if (p->digest) free(p->digest[i]);
        if (p->check) free(p->check[i]);
        if (p->message) free(p->message[i]);
    }
    for (int k = 0; k < SAH_PLACES; k++) free(p->place[k]);
    free(p->digest);
    free(p->check);
    free(p->message);
    free(p->state);
}

int sah_gather_pack(struct sah_gather *all, size_t pack) {
    size_t each = sah_pack_runs(all->nruns), first = pack * each;
    struct packing p = {.sheet = {.all = all, .nlead = 1},
                        .pack = pack,
                        .first = first,
                        .n = all->nruns - first < each ? all->nruns - first : each};
    p.sheet.pack =
        (struct sah_pack){.h5 = &p.sheet.h5, .world = all->study->base.world};
    p.sheet.h5 = (struct sah_h5){.file = -1, .err = all->err};
    p.state = calloc(p.n + 1, 1);
    p.digest = calloc(p.n + 1, sizeof *p.digest);
    p.check = calloc(p.n + 1, sizeof *p.check);
    p.message = calloc(p.n + 1, sizeof *p.message);
    char *path = sah_study_folder_pack(all->folder, pack);
    int status = p.state && p.digest && p.check && p.message && path
                     ? look(&p)
                     : sah_error_add(all->err, SAH_MEMORY, "no memory for a pack");
    if (!status) status = write_to(&p, path);
    free_packing(&p);
    free(path);
    return status;
}
