/* Measures stand in the packs of a study; facts are computed from what they hold. */
#include "sim/study/calibrate/values.h"

#include "output/disk.h"
#include "output/facts/view_study.h"
#include "output/h5_read.h"
#include "sim/study/packs.h"

#include <math.h>
#include <stdlib.h>

struct reader {
    const struct sah_fit *fit;
    const struct sah_study *wave;
    const char *path; /* of study.h5 */
    double *value;
    struct sah_error *err;
    /* of facts */
    struct sah_fact_ground ground;
    uint8_t *state; /* [runs] */
    size_t run;     /* the next that may be done */
};
enum { DONE = 1 };

/* ---- measures -------------------------------------------------------------------------- */

static void take_run(const struct reader *reader, size_t run, const double *row) {
    const struct sah_fit *fit = reader->fit;
    for (size_t i = 0; i < fit->naims; i++)
        if (!fit->aim[i].item)
            reader->value[run * fit->naims + i] = row[fit->aim[i].measure];
}

static int read_measures(struct reader *reader, const char *folder) {
    const struct sah_study_folder place = {.path = (char *)folder};
    size_t n = reader->wave->outcomes.n, runs = sah_study_runs(reader->wave);
    size_t each = sah_pack_runs(runs);
    double *row = malloc((each * n + 1) * sizeof *row);
    int status =
        row ? SAH_OK : sah_error_add(reader->err, SAH_MEMORY, "no memory for measures");
    for (size_t i = 0; !status && i < sah_pack_count(runs); i++) {
        size_t first = i * each, count = runs - first < each ? runs - first : each;
        status = sah_pack_values(&place, i, count * n, row, reader->err);
        for (size_t r = 0; !status && r < count; r++)
            take_run(reader, first + r, row + r * n);
    }
    free(row);
    return status;
}

/* ---- facts ----------------------------------------------------------------------------- */

/* Views come in the order of the runs that were done; each is measured and let go. */
static int take_view(struct sah_facts_view *view, void *user, struct sah_error *err) {
    struct reader *reader = user;
    const struct sah_fit *fit = reader->fit;
    size_t nruns = sah_study_runs(reader->wave);
    while (reader->run < nruns && reader->state[reader->run] != DONE) reader->run++;
    if (reader->run == nruns)
        return sah_error_add(err, SAH_FORMAT, "%s: has other runs", reader->path);
    sah_facts_view_settle(view, &reader->ground);
    double *value = reader->value + reader->run++ * fit->naims;
    for (size_t i = 0; i < fit->naims; i++) {
        const char *why;
        if (fit->aim[i].item) value[i] = sah_fact_of(view, fit->aim[i].item, &why);
    }
    sah_facts_view_free(view);
    return SAH_OK;
}

static int read_states(struct reader *reader) {
    struct sah_h5 h5;
    size_t n = sah_study_runs(reader->wave);
    int status = sah_h5_open(&h5, reader->path, reader->err);
    if (status) return status;
    hid_t dataset = sah_h5_object(&h5, h5.file, "runs/state");
    if (sah_h5_length(&h5, dataset) != n && !h5.status)
        h5.status =
            sah_error_add(reader->err, SAH_FORMAT, "%s: has other runs", reader->path);
    reader->state = sah_h5_room(&h5, n + 1, 1);
    if (reader->state) sah_h5_read(&h5, dataset, SAH_U8, reader->state);
    sah_h5_drop(dataset);
    return sah_h5_close(&h5);
}

static bool any_done(const struct reader *reader) {
    for (size_t r = 0; r < sah_study_runs(reader->wave); r++)
        if (reader->state[r] == DONE) return true;
    return false;
}

static int read_facts(struct reader *reader) {
    struct sah_facts_views views = {0};
    int status = read_states(reader);
    if (!status && any_done(reader)) {
        status = sah_fact_ground_open(&reader->ground, reader->wave->base.world->geo,
                                      reader->err);
        if (!status)
            status = sah_facts_view_study(reader->path, reader->fit->log,
                                          SAH_FACTS_ALL_DESIGNS, &views, take_view,
                                          reader, reader->err);
        sah_fact_ground_close(&reader->ground);
    }
    sah_facts_views_free(&views);
    free(reader->state);
    return status;
}

static bool has(const struct sah_fit *fit, bool facts) {
    for (size_t i = 0; i < fit->naims; i++)
        if ((fit->aim[i].item != NULL) == facts) return true;
    return false;
}

int sah_fit_values(const struct sah_fit *fit, const struct sah_study *wave,
                   const char *folder, double *value, struct sah_error *err) {
    char *path = sah_disk_join(folder, "study.h5");
    struct reader reader = {
        .fit = fit, .wave = wave, .path = path, .value = value, .err = err};
    int status = path ? SAH_OK : sah_error_add(err, SAH_MEMORY, "no memory for a path");
    for (size_t i = 0; i < sah_study_runs(wave) * fit->naims; i++) value[i] = NAN;
    if (!status && has(fit, false)) status = read_measures(&reader, folder);
    if (!status && has(fit, true)) status = read_facts(&reader);
    free(path);
    return status;
}
