/* Records and claims, told as states. */
#include "sim/study/ledger.h"

#include "sim/study/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_claimed(const struct sah_study_folder *folder, size_t run) {
    return sah_claims_holder(&folder->claims, SAH_CLAIM_RUNS + run) != 0;
}

/* `message` is freed by the caller. */
static int look(const struct sah_study_folder *folder, struct sah_ledger_row *row,
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
        row->state = is_claimed(folder, row->run) ? SAH_RUN_RUNNING : SAH_RUN_WAITING;
        if (row->is_damaged) *message = strndup(found.text, strcspn(found.text, "\n"));
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
    int status = SAH_OK;
    for (size_t r = 0; !status && r < sah_study_runs(study); r++) {
        struct sah_ledger_row row = {.run = r};
        char *message = NULL;
        status = look(folder, &row, &message, err);
        row.message = message ? message : "";
        if (!status) show(user, &row);
        free(message);
    }
    return status;
}
