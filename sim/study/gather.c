/* What is missing of packs and of study.h5 is made; what is packed is swept. */
#include "sim/study/gather_impl.h"

#include "output/disk.h"
#include "output/seal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- periods, as all runs have them --------------------------------------------------- */

static int list_periods(struct sah_gather *all, int p) {
    const struct sah_run_params *run = &all->study->base.world->run;
    const struct sah_watch *watch = &all->watch[p];
    size_t most = (size_t)(run->end - run->start) + 1, n = 0;
    int32_t(*days)[2] = malloc(most * sizeof *days), begun = run->start;
    if (!days) return sah_error_add(all->err, SAH_MEMORY, "no memory for periods");
    for (int32_t day = run->start; watch->n && day <= run->end; day++) {
        if (!sah_every_ends(watch->every, day) && day < run->end) continue;
        days[n][0] = begun;
        days[n++][1] = begun = day + 1;
    }
    all->days[p] = &days[0][0];
    all->periods[p] = n;
    return SAH_OK;
}

static int begin(struct sah_gather *all) {
    int status = SAH_OK;
    all->nruns = sah_study_runs(all->study);
    all->npacks = sah_pack_count(all->nruns);
    all->rows = calloc(all->npacks + 1, sizeof *all->rows);
    if (!all->rows) return sah_error_add(all->err, SAH_MEMORY, "no memory for packs");
    for (int p = 0; !status && p < SAH_PLACES; p++) {
        status = sah_take_watch(all->study, &all->study->base, (enum sah_place)p,
                                &all->watch[p], all->err);
        if (!status) status = list_periods(all, p);
    }
    return status;
}

static void end(struct sah_gather *all) {
    for (int p = 0; p < SAH_PLACES; p++) {
        sah_watch_free(&all->watch[p]);
        free(all->days[p]);
    }
    free(all->rows);
}

/* ---- what is there, what must be made -------------------------------------------------- */

enum need { PACK_SOUND, PACK_NEEDED, PACK_IMPOSSIBLE };

/* A pack is made where there is none, or where a record says otherwise. */
static int judge_run(const struct sah_gather *all, const struct sah_pack_index *index,
                     bool is_packed, size_t run, enum need *need) {
    struct sah_record record;
    struct sah_error found = {0};
    char *path = sah_study_folder_run(all->folder, run);
    if (!path) return sah_error_add(all->err, SAH_MEMORY, "no memory for a path");
    int status = sah_record_load(path, all->folder->study, run, &record, &found);
    if (!status && is_packed) {
        char check[33];
        sah_digest_text(record.check, check);
        if (strcmp(check, index->check[run - index->first]) != 0) *need = PACK_NEEDED;
    } else if (status == SAH_MISSING || status == SAH_FORMAT) {
        status = SAH_OK;
        if (!is_packed) *need = PACK_IMPOSSIBLE;
    } else if (status) {
        sah_error_add(all->err, status, "%s: cannot be read", path);
    }
    sah_error_clear(&found);
    sah_record_free(&record);
    free(path);
    return status;
}

static int judge_pack(struct sah_gather *all, size_t pack, enum need *need) {
    struct sah_pack_index index;
    int status = sah_pack_index_read(all->folder, pack, all->nruns, &index, all->err);
    bool is_packed = status == SAH_OK;
    *need = is_packed ? PACK_SOUND : PACK_NEEDED;
    if (status == SAH_MISSING) status = SAH_OK;
    memcpy(all->rows[pack], index.rows, sizeof index.rows);
    for (size_t i = 0; !status && i < index.n && *need != PACK_IMPOSSIBLE; i++)
        status = judge_run(all, &index, is_packed, index.first + i, need);
    sah_pack_index_free(&index);
    return status;
}

static int judge_all(struct sah_gather *all, enum need *need, bool *whole) {
    int status = SAH_OK;
    *whole = true;
    for (size_t i = 0; !status && *whole && i < all->npacks; i++) {
        status = judge_pack(all, i, &need[i]);
        *whole = need[i] != PACK_IMPOSSIBLE;
    }
    return status;
}

/* ---- sweeping ------------------------------------------------------------------------ */

static int sweep_pack(const struct sah_gather *all, size_t pack) {
    struct sah_pack_index index;
    int status = sah_pack_index_read(all->folder, pack, all->nruns, &index, all->err);
    bool has_failed = false;
    for (size_t i = 0; !status && i < index.n; i++)
        has_failed = has_failed || index.state[i] == SAH_RECORD_FAILED;
    for (size_t i = 0; !status && !has_failed && i < index.n; i++) {
        char *path = sah_study_folder_run(all->folder, index.first + i);
        if (path) unlink(path);
        free(path);
    }
    sah_pack_index_free(&index);
    return status;
}

/* ---- all of it ------------------------------------------------------------------------ */

static int make_packs(struct sah_gather *all, const enum need *need, bool *changed) {
    int status = SAH_OK;
    for (size_t i = 0; !status && i < all->npacks; i++) {
        if (need[i] == PACK_SOUND) continue;
        status = sah_gather_pack(all, i);
        *changed = true;
    }
    return status;
}

static int make_study(struct sah_gather *all, bool changed) {
    char *path = sah_study_folder_file(all->folder, "study.h5");
    struct sah_error unsound = {0};
    if (!path) return sah_error_add(all->err, SAH_MEMORY, "no memory for a path");
    if (!changed) changed = sah_seal_check(path, &unsound) != SAH_OK;
    sah_error_clear(&unsound);
    free(path);
    return changed ? sah_gather_study(all) : SAH_OK;
}

static int gather(struct sah_gather *all, bool *whole) {
    enum need *need = calloc(all->npacks + 1, sizeof *need);
    bool changed = false;
    if (!need) return sah_error_add(all->err, SAH_MEMORY, "no memory for packs");
    int status = judge_all(all, need, whole);
    if (!status && *whole) {
        status = make_packs(all, need, &changed);
        if (!status) status = make_study(all, changed);
        for (size_t i = 0; !status && i < all->npacks; i++) status = sweep_pack(all, i);
    }
    free(need);
    return status;
}

int sah_study_gather(const struct sah_study *study, struct sah_study_folder *folder,
                     const struct sah_provenance *provenance, bool *whole,
                     struct sah_error *err) {
    struct sah_gather all = {
        .study = study, .folder = folder, .provenance = provenance, .err = err};
    *whole = false;
    int status = sah_claims_take(&folder->claims, SAH_CLAIM_GATHER, err);
    if (status) return status;
    status = begin(&all);
    if (!status) status = gather(&all, whole);
    end(&all);
    sah_claims_drop(&folder->claims, SAH_CLAIM_GATHER);
    return status;
}
