/* Pack by pack, run by run. */
#include "output/facts/view_study.h"

#include "output/facts/study_pack.h"
#include "sim/kernel/calendar.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DONE = 1, FORMAT = 1, MOST_RUNS = 1 << 24 };

bool sah_facts_is_study(const char *path) {
    struct sah_h5 h5;
    bool is = false;
    if (access(path, R_OK) == 0 && !sah_h5_open(&h5, path, NULL)) {
        hid_t root = H5Gopen2(h5.file, "/", H5P_DEFAULT);
        is = root >= 0 && sah_h5_has_attribute(&h5, root, "study_format");
        sah_h5_drop(root);
        sah_h5_close(&h5);
    }
    return is;
}

struct study {
    const char *path, *log;
    long design; /* wanted; or all */
    int32_t start, end;
    double cell_deg;
    char *title;
    size_t nruns;
    int64_t *designs; /* [nruns] */
    struct sah_facts_views *views;
    sah_facts_settle *settle;
    void *user;
    struct sah_error *err;
};

static int no_memory(struct sah_error *err) {
    return sah_error_add(err, SAH_MEMORY, "no memory for facts");
}

/* ---- study.h5 ---------------------------------------------------------------------- */

static void read_designs(struct sah_h5 *h5, struct study *study) {
    hid_t dataset = sah_h5_object(h5, h5->file, "runs/design");
    study->nruns = sah_h5_length(h5, dataset);
    if (!h5->status && study->nruns > MOST_RUNS)
        h5->status =
            sah_error_add(h5->err, SAH_FORMAT, "%s: has too many runs", h5->path);
    study->designs = sah_h5_room(h5, study->nruns + 1, sizeof *study->designs);
    if (study->designs) sah_h5_read(h5, dataset, SAH_I64, study->designs);
    sah_h5_drop(dataset);
}

/* The side of a cell, from the first two of the grid's columns. */
static void read_cell(struct sah_h5 *h5, struct study *study) {
    double lon[2];
    if (h5->status || !sah_h5_has(h5, h5->file, "land/lon")) return;
    hid_t dataset = sah_h5_object(h5, h5->file, "land/lon");
    if (sah_h5_length(h5, dataset) >= 2) {
        sah_h5_read_block(h5, dataset, SAH_F64, (const hsize_t[]){0},
                          (const hsize_t[]){2}, lon);
        if (!h5->status) study->cell_deg = lon[1] - lon[0];
    }
    sah_h5_drop(dataset);
    bool sound = study->cell_deg >= 0 && study->cell_deg <= 1;
    if (!h5->status && !sound) sah_h5_fail(h5, "use", "land/lon");
}

static int read_study(struct study *study) {
    struct sah_h5 h5;
    int code = sah_h5_open(&h5, study->path, study->err);
    if (code) return code;
    hid_t root = sah_h5_object(&h5, h5.file, "/");
    if (sah_h5_get_whole(&h5, root, "study_format", -1) != FORMAT && !h5.status)
        h5.status = sah_error_add(study->err, SAH_FORMAT,
                                  "%s: is a study of a newer format", study->path);
    study->title = sah_h5_get_text(&h5, root, "title");
    study->start = sah_h5_get_day(&h5, root, "start");
    study->end = sah_h5_get_day(&h5, root, "end");
    read_designs(&h5, study);
    read_cell(&h5, study);
    sah_h5_drop(root);
    return sah_h5_close(&h5);
}

/* ---- a run ------------------------------------------------------------------------- */

/* Rows of a run, which lie together, runs in order. */
static struct sah_facts_rows rows_of(const struct sah_result_table *table,
                                     const char *log, size_t run) {
    const struct sah_result_column *of = sah_result_table_find(table, "run");
    struct sah_facts_rows rows = {.table = table, .log = log};
    if (!of) return rows;
    while (rows.first < table->nrows && sah_result_number(of, rows.first) < (double)run)
        rows.first++;
    while (rows.first + rows.n < table->nrows &&
           sah_result_number(of, rows.first + rows.n) == (double)run)
        rows.n++;
    return rows;
}

static const struct sah_facts_block *block_of(struct sah_pack_series *s, size_t i) {
    s->block.value = s->value ? s->value + i * s->of_run : NULL;
    return &s->block;
}

static int take_series(struct sah_study_pack *pack, size_t i,
                       struct sah_facts_view *view, struct sah_error *err) {
    int code = SAH_OK;
    if (pack->displaced.value)
        code = sah_facts_take_displaced(block_of(&pack->displaced, i), view, err);
    if (!code && pack->fighters.value && pack->pledged.value)
        code = sah_facts_take_strengths(block_of(&pack->fighters, i),
                                        block_of(&pack->pledged, i), view, err);
    if (!code && pack->reasons.value)
        sah_facts_take_reasons(block_of(&pack->reasons, i), view);
    return code;
}

static int take_run(const struct study *study, struct sah_study_pack *pack, size_t i) {
    struct sah_facts_view *view = sah_facts_views_add(study->views, study->err);
    if (!view) return SAH_MEMORY;
    view->name = strdup(study->title && *study->title ? study->title : study->path);
    if (!view->name) return no_memory(study->err);
    view->first = study->start, view->last = study->end;
    view->cell_deg = study->cell_deg;
    struct sah_facts_rows events = rows_of(&pack->events, "events", pack->first + i);
    struct sah_facts_rows record =
        rows_of(&pack->record, study->log ? study->log : "observed", pack->first + i);
    if (!study->log && record.n == 0 && events.n) { /* nothing was observed */
        record = events;
        study->views->fell_back++;
    }
    int code = sah_facts_take_logs(&events, &record, view, study->err);
    if (!code) code = take_series(pack, i, view, study->err);
    return code ? code : study->settle(view, study->user, study->err);
}

static bool is_wanted(const struct study *study, const struct sah_study_pack *pack,
                      size_t i) {
    size_t run = pack->first + i;
    if (pack->state[i] != DONE || run >= study->nruns) return false;
    return study->design == SAH_FACTS_ALL_DESIGNS ||
           study->designs[run] == study->design;
}

/* Tells how many runs were taken. */
static int take_packs(const struct study *study, size_t *taken) {
    int code = SAH_OK;
    size_t seen = 0;
    for (size_t k = 0; !code && seen < study->nruns; k++) {
        struct sah_study_pack pack = {.first = seen};
        code = sah_study_pack_open(study->path, study->log ? study->log : "observed",
                                   study->end, k, &pack, study->err);
        for (size_t i = 0; !code && i < pack.n; i++)
            if (is_wanted(study, &pack, i)) {
                code = take_run(study, &pack, i);
                ++*taken;
            }
        seen += pack.n;
        if (!code && pack.n == 0)
            code =
                sah_error_add(study->err, SAH_FORMAT, "%s: holds no runs", pack.path);
        sah_study_pack_close(&pack);
    }
    return code;
}

int sah_facts_view_study(const char *path, const char *log, long design,
                         struct sah_facts_views *views, sah_facts_settle *settle,
                         void *user, struct sah_error *err) {
    struct study study = {.path = path,
                          .log = log,
                          .design = design,
                          .views = views,
                          .settle = settle,
                          .user = user,
                          .err = err};
    size_t taken = 0;
    int code = read_study(&study);
    if (!code) code = take_packs(&study, &taken);
    if (!code && taken == 0)
        code = sah_error_add(err, SAH_INPUT, "%s: no run of it was done%s", path,
                             design < 0 ? "" : " at that point of the design");
    free(study.title);
    free(study.designs);
    return code;
}
