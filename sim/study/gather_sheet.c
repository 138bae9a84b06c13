/* study.h5. */
#include "sim/study/gather_impl.h"

#include "output/disk.h"
#include "sah_version.h"
#include "sim/kernel/calendar.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FORMAT = 1 };

static void put_day(struct sah_h5 *h5, const char *name, int32_t day) {
    char text[11];
    sah_day_text(day, text);
    sah_h5_text(h5, h5->file, name, text);
}

static void put_root(struct sah_gather_sheet *sheet) {
    struct sah_h5 *h5 = &sheet->h5;
    const struct sah_study *study = sheet->all->study;
    const struct sah_world *world = sheet->pack.world;
    sah_h5_text(h5, h5->file, "Conventions", "CF-1.10");
    sah_h5_text(h5, h5->file, "title", *study->title ? study->title : world->run.title);
    sah_h5_text(h5, h5->file, "source", "sahel " SAH_VERSION);
    sah_h5_whole(h5, h5->file, "study_format", FORMAT);
    sah_h5_text(h5, h5->file, "model", world->family->name);
    sah_h5_text(h5, h5->file, "design_kind", sah_design_names[study->design.kind]);
    char *factors = sah_gather_coordinates(sheet->all);
    sah_h5_text(h5, h5->file, "factors", factors);
    free(factors);
    sah_h5_whole(h5, h5->file, "seed", (int64_t)study->seed);
    put_day(h5, "start", world->run.start);
    put_day(h5, "end", world->run.end);
}

/* ---- the runs, one by one -------------------------------------------------------------- */

struct runs {
    struct sah_gather_sheet *sheet;
    hid_t group, run, state, digest, check, message;
};

static hid_t create_column(struct runs *runs, const char *name, const char *doc,
                           enum sah_type type) {
    return sah_h5_variable(&runs->sheet->h5, runs->group,
                           &(struct sah_h5_variable){.name = name,
                                                     .unit = "1",
                                                     .doc = doc,
                                                     .type = type,
                                                     .rank = 1,
                                                     .dim = {runs->run}});
}

/* Point, replicate and seed of every run. */
static void put_numbers(struct runs *runs) {
    static const char *const names[] = {"design", "replicate", "seed"};
    static const char *const docs[] = {"Point of the design", "Replicate",
                                       "Seed of the run"};
    const struct sah_study *study = runs->sheet->all->study;
    struct sah_h5 *h5 = &runs->sheet->h5;
    size_t n = runs->sheet->all->nruns;
    int64_t *value = malloc((n + 1) * sizeof *value);
    if (!value) h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for runs");
    for (int k = 0; value && k < 3; k++) {
        for (size_t r = 0; r < n; r++)
            value[r] = k == 0   ? (int64_t)sah_study_point(study, r)
                       : k == 1 ? (int64_t)sah_study_replicate(study, r)
                                : sah_study_seed(study, r);
        hid_t dataset = create_column(runs, names[k], docs[k], SAH_I64);
        sah_h5_write(h5, dataset, SAH_I64, value);
        sah_h5_drop(dataset);
    }
    free(value);
}

static void put_index(struct runs *runs, uint8_t *state, const char **text[3]) {
    static const char *const words[] = {"waiting", "done", "failed"};
    static const char *const names[] = {"digest", "checksum", "message"};
    static const char *const docs[] = {"Digest of the last state",
                                       "Checksum of what was kept", "Why it failed"};
    struct sah_h5 *h5 = &runs->sheet->h5;
    size_t n = runs->sheet->all->nruns;
    hid_t dataset = create_column(runs, "state", "What became of the run", SAH_U8);
    sah_pack_flags(&runs->sheet->pack, dataset, SAH_U8, words, 3);
    sah_h5_write(h5, dataset, SAH_U8, state);
    sah_h5_drop(dataset);
    for (int k = 0; k < 3; k++)
        sah_h5_drop(
            sah_h5_strings(h5, runs->group, names[k], docs[k], runs->run, text[k], n));
}

static int read_indexes(const struct sah_gather *all, struct sah_pack_index *index,
                        uint8_t *state, const char **text[3]) {
    int status = SAH_OK;
    for (size_t i = 0; !status && i < all->npacks; i++) {
        status = sah_pack_index_read(all->folder, i, all->nruns, &index[i], all->err);
        if (status == SAH_MISSING)
            sah_error_add(all->err, SAH_IO, "packs/%03zu.h5: cannot be read again", i);
        for (size_t k = 0; !status && k < index[i].n; k++) {
            size_t r = index[i].first + k;
            state[r] = index[i].state[k];
            text[0][r] = index[i].digest[k];
            text[1][r] = index[i].check[k];
            text[2][r] = index[i].message[k];
        }
    }
    return status == SAH_MISSING ? SAH_IO : status;
}

static void put_states(struct runs *runs) {
    const struct sah_gather *all = runs->sheet->all;
    struct sah_h5 *h5 = &runs->sheet->h5;
    size_t n = all->nruns;
    struct sah_pack_index *index = calloc(all->npacks + 1, sizeof *index);
    uint8_t *state = calloc(n + 1, 1);
    const char **text = calloc(3 * n + 1, sizeof *text);
    if (!index || !state || !text) {
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for runs");
    } else {
        const char **column[3] = {text, text + n, text + 2 * n};
        h5->status = read_indexes(all, index, state, column);
        if (!h5->status) put_index(runs, state, column);
    }
    for (size_t i = 0; index && i < all->npacks; i++) sah_pack_index_free(&index[i]);
    free(index);
    free(state);
    free(text);
}

static void put_runs(struct sah_gather_sheet *sheet) {
    struct runs runs = {.sheet = sheet};
    runs.group = sah_h5_group(&sheet->h5, sheet->h5.file, "runs");
    runs.run = sah_h5_dimension(&sheet->h5, runs.group, "run", sheet->all->nruns);
    put_numbers(&runs);
    if (!sheet->h5.status) put_states(&runs);
    sah_h5_drop(runs.run);
    sah_h5_drop(runs.group);
}

/* ---- fields, series, ledger ------------------------------------------------------------- */

static void put_place(struct sah_gather_sheet *sheet, enum sah_place place, hid_t group,
                      const hid_t lead[2]) {
    size_t n = 0;
    struct sah_h5_source *source = sah_gather_sources(sheet->all, &n);
    if (!source) {
        sheet->h5.status = sah_error_add(sheet->h5.err, SAH_MEMORY, "no memory");
        return;
    }
    struct sah_h5_sources sources = {.lead = 2, .n = n, .source = source};
    sah_gather_place(sheet, place, group, lead, &sources, NULL);
    free(source);
}

static void put_group(struct sah_gather_sheet *sheet, enum sah_place place) {
    hid_t lead[2];
    if (!sheet->all->watch[place].n) return;
    hid_t group = sah_h5_group(&sheet->h5, sheet->h5.file, sah_gather_groups[place]);
    sah_gather_points(sheet, group, lead);
    put_place(sheet, place, group, lead);
    if (place == SAH_SERIES && !sheet->h5.status)
        sah_gather_series_quantiles(sheet, group, lead[1]);
    sah_h5_drop(lead[0]);
    sah_h5_drop(lead[1]);
    sah_h5_drop(group);
}

static void put_fields(struct sah_gather_sheet *sheet) {
    hid_t lead[2], root = H5Gopen2(sheet->h5.file, "/", H5P_DEFAULT);
    sah_gather_points(sheet, root, lead);
    if (sheet->all->watch[SAH_FIELD].n) put_place(sheet, SAH_FIELD, root, lead);
    sah_h5_drop(lead[0]);
    sah_h5_drop(lead[1]);
    sah_h5_drop(root);
}

/* ---- what was asked -------------------------------------------------------------------- */

static void put_asked(struct sah_gather_sheet *sheet) {
    struct sah_h5 *h5 = &sheet->h5;
    const struct sah_study *study = sheet->all->study;
    char *asked = sah_scenario_yaml(study->file, false);
    hid_t group = sah_h5_group(h5, h5->file, "study");
    if (asked) sah_h5_document(h5, group, "yaml", "The study as read, YAML", asked);
    sah_h5_document(h5, group, "scenario", "Its scenario as resolved, YAML",
                    study->yaml);
    if (!asked) h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory");
    free(asked);
    sah_h5_drop(group);
}

static void put_all(struct sah_gather_sheet *sheet) {
    put_root(sheet);
    put_fields(sheet);
    put_group(sheet, SAH_SERIES);
    put_group(sheet, SAH_LEDGER);
    put_runs(sheet);
    if (!sheet->h5.status && sheet->all->study->keep.events)
        sah_gather_show_logs(sheet);
    if (!sheet->h5.status) sah_gather_outcomes(sheet);
    put_asked(sheet);
    sah_pack_land(&sheet->pack);
    sah_pack_provenance(&sheet->pack);
}

int sah_gather_study(struct sah_gather *all) {
    struct sah_gather_sheet sheet = {.all = all, .nlead = 2};
    char *target = sah_study_folder_file(all->folder, "study.h5");
    char *temporary = target ? sah_disk_concat(target, ".new") : NULL;
    sheet.pack =
        (struct sah_pack){.h5 = &sheet.h5,
                          .world = all->study->base.world,
                          .provenance = all->provenance,
                          .target = target,
                          .started = time(NULL) - (int64_t)all->provenance->seconds};
    int status = SAH_OK;
    if (!temporary)
        status = sah_error_add(all->err, SAH_MEMORY, "no memory for a path");
    if (!status) {
        if (!sah_h5_create_virtual(&sheet.h5, temporary, target, all->err))
            put_all(&sheet);
        status = sah_h5_close(&sheet.h5);
    }
    if (!status) status = sah_disk_settle(temporary, target, all->err);
    if (status && temporary) unlink(temporary);
    free(temporary);
    free(target);
    return status;
}
