/* Records and claims, told as states. */
#include "sim/study/ledger.h"

#include "sim/study/packs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_claimed(const struct sah_study_folder *folder, size_t run) {
    return sah_claims_holder(&folder->claims, SAH_CLAIM_RUNS + run) != 0;
}

/* Where there is no record: what the pack says, if there is one. */
static void look_in_pack(const struct sah_study_folder *folder,
                         const struct sah_pack_index *pack, struct sah_ledger_row *row,
                         char **message) {
    size_t i = row->run - pack->first;
    if (!pack->state) {
        row->state = is_claimed(folder, row->run) ? SAH_RUN_RUNNING : SAH_RUN_WAITING;
        return;
    }
    row->state = pack->state[i] == SAH_RECORD_DONE ? SAH_RUN_DONE : SAH_RUN_FAILED;
    snprintf(row->check, sizeof row->check, "%s", pack->check[i]);
    *message = strdup(pack->message[i]);
}

/* `message` is freed by the caller. */
static int look(const struct sah_study_folder *folder,
                const struct sah_pack_index *pack, struct sah_ledger_row *row,
                char **message, struct sah_error *err) {
    struct sah_record record;
    struct sah_error found = {0};
    char *path = sah_study_folder_run(folder, row->run);
    if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = sah_record_load(path, folder->study, row->run, &record, &found);
    if (!status) {
        bool is_done = record.head.state == SAH_RECORD_DONE;
        row->state = is_done ? SAH_RUN_DONE : SAH_RUN_FAILED;
        sah_digest_text(record.check, row->check);
        *message = strndup(record.message, record.head.message);
    } else if (status == SAH_FORMAT || status == SAH_MISSING) {
        row->is_damaged = status == SAH_FORMAT;
        look_in_pack(folder, pack, row, message);
        if (row->is_damaged && !*message)
            *message = strndup(found.text, strcspn(found.text, "\n"));
        status = SAH_OK;
    } else {
        sah_error_add(err, status, "%s: cannot be read", path);
    }
    sah_error_clear(&found);
    sah_record_free(&record);
    free(path);
    return status;
}

int sah_ledger_walk(const struct sah_study *study,
                    const struct sah_study_folder *folder,
                    void (*show)(void *user, const struct sah_ledger_row *row),
                    void *user, struct sah_error *err) {
    size_t n = sah_study_runs(study), each = sah_pack_runs(n);
    struct sah_pack_index pack = {0};
    int status = SAH_OK;
    for (size_t r = 0; !status && r < n; r++) {
        struct sah_ledger_row row = {.run = r};
        char *message = NULL;
        if (r % each == 0) {
            sah_pack_index_free(&pack);
            status = sah_pack_index_read(folder, r / each, n, &pack, err);
            if (status == SAH_MISSING) {
                sah_pack_index_free(&pack);
                pack.first = r;
                status = SAH_OK;
            }
        }
        if (!status) status = look(folder, &pack, &row, &message, err);
        row.message = message ? message : "";
        if (!status) show(user, &row);
        free(message);
    }
    sah_pack_index_free(&pack);
    return status;
}
