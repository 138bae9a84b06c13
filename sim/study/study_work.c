/* Claim, look, run, save. */
#include "sim/study/study_work.h"

#include "sim/study/take.h"

#include <stdlib.h>
#include <string.h>

int sah_study_recorded(const struct sah_study_folder *folder, size_t run,
                       enum sah_record_state *state, struct sah_error *err) {
    struct sah_record record;
    struct sah_error found = {0};
    char *path = sah_study_folder_run(folder, run);
    if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = sah_record_load(path, folder->study, run, &record, &found);
    if (!status) *state = (enum sah_record_state)record.head.state;
    if (status == SAH_FORMAT)
        sah_error_add(err, SAH_MISSING, "%.*s", (int)strcspn(found.text, "\n"),
                      found.text);
    else if (status && status != SAH_MISSING)
        sah_error_add(err, status, "%s: cannot be read", path);
    if (status == SAH_FORMAT) status = SAH_MISSING;
    sah_error_clear(&found);
    sah_record_free(&record);
    free(path);
    return status;
}

/* A point at which the scenario is wrong, a value that does not fit: asked again it would
 * fail again. */
static bool is_by_design(int status) {
    return status == SAH_INPUT || status == SAH_LIMIT || status == SAH_CHECK ||
           status == SAH_FORMAT;
}

static int run_days(const struct sah_work_place *place, struct sah_run *run,
                    size_t number, const char *path, struct sah_error *err) {
    struct sah_take *take = NULL;
    int status = sah_take_begin(place->study, run, &take, err);
    struct sah_run_watch watch = {
        .day = sah_take_day, .user = take, .stop = place->stop};
    if (!status) status = sah_run_days(run, &watch, err);
    if (!status) status = sah_take_save(take, path, place->folder->study, number, err);
    sah_take_free(take);
    return status;
}

static int save_failure(const struct sah_work_place *place, size_t number,
                        const char *path, const struct sah_error *found,
                        struct sah_error *err) {
    const char *told = found->text ? found->text : "no reason was given";
    char *message = strndup(told, strcspn(told, "\n"));
    if (!message) return sah_error_add(err, SAH_MEMORY, "no memory for a message");
    int status =
        sah_take_save_failure(path, place->folder->study, number, message, err);
    free(message);
    return status;
}

static int do_run(const struct sah_work_place *place, size_t number,
                  enum sah_work_end *end, struct sah_error *err) {
    struct sah_run run;
    struct sah_error found = {0};
    char *path = sah_study_folder_run(place->folder, number);
    if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = sah_study_begin(place->study, number, &run, &found);
    if (!status) status = run_days(place, &run, number, path, &found);
    status = status ? sah_error_cause(&found, status) : status;
    sah_run_close(&run);
    *end = status ? SAH_WORK_FAILED : SAH_WORK_DONE;
    if (is_by_design(status))
        status = save_failure(place, number, path, &found, err);
    else if (status && found.text)
        sah_error_add(err, status, "%.*s", (int)strcspn(found.text, "\n"), found.text);
    sah_error_clear(&found);
    free(path);
    return status;
}

int sah_study_work(const struct sah_work_place *place, size_t run,
                   enum sah_work_end *end, struct sah_error *err) {
    enum sah_record_state state = SAH_RECORD_FAILED;
    struct sah_claims *claims = &place->folder->claims;
    int status = sah_claims_try(claims, SAH_CLAIM_RUNS + run, err);
    *end = SAH_WORK_BUSY;
    if (status) return status == SAH_EXISTS ? SAH_OK : status;
    struct sah_error found = {0};
    status = sah_study_recorded(place->folder, run, &state, &found);
    if (status == SAH_MISSING ||
        (!status && state == SAH_RECORD_FAILED && place->retry))
        status = do_run(place, run, end, err);
    else if (!status)
        *end = state == SAH_RECORD_DONE ? SAH_WORK_DONE : SAH_WORK_FAILED;
    else
        sah_error_add(err, status, "%.*s",
                      (int)strcspn(found.text ? found.text : "", "\n"),
                      found.text ? found.text : "");
    sah_error_clear(&found);
    sah_claims_drop(claims, SAH_CLAIM_RUNS + run);
    return status;
}
