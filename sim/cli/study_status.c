/* sahel study status: how far, and what failed. */
#include "output/csv.h"
#include "sim/cli/say.h"
#include "sim/cli/study.h"
#include "sim/study/ledger.h"

static const char *const words[] = {
    [SAH_RUN_WAITING] = "waiting",
    [SAH_RUN_RUNNING] = "running",
    [SAH_RUN_DONE] = "done",
    [SAH_RUN_FAILED] = "failed",
};

struct tally {
    const struct sah_study *study;
    bool csv;
    size_t count[SAH_RUN_STATES], damaged;
};

static void print_row(const struct tally *tally, const struct sah_ledger_row *row) {
    const struct sah_study *study = tally->study;
    printf("%zu,%zu,%zu,%lld,%s,%s", row->run, sah_study_point(study, row->run),
           sah_study_replicate(study, row->run),
           (long long)sah_study_seed(study, row->run), words[row->state], row->check);
    sah_csv_put(stdout, row->message, false);
    putchar('\n');
}

static void take(void *user, const struct sah_ledger_row *row) {
    struct tally *tally = user;
    tally->count[row->state]++;
    tally->damaged += row->is_damaged;
    if (tally->csv)
        print_row(tally, row);
    else if (row->state == SAH_RUN_FAILED || row->is_damaged)
        printf("run %zu, point %zu, replicate %zu: %s: %s\n", row->run,
               sah_study_point(tally->study, row->run),
               sah_study_replicate(tally->study, row->run), words[row->state],
               row->message);
}

static void print_tally(const struct tally *tally) {
    printf("%zu runs:", sah_study_runs(tally->study));
    for (int s = 0; s < SAH_RUN_STATES; s++)
        printf("%s %zu %s", s ? "," : "", tally->count[s], words[s]);
    if (tally->damaged) printf("; %zu damaged", tally->damaged);
    putchar('\n');
}

int sah_study_status_verb(struct sah_study *study, const struct sah_study_call *call) {
    struct sah_study_folder folder;
    struct sah_error err = {0};
    struct tally tally = {.study = study, .csv = call->common.csv};
    int status = sah_study_folder_open(study, call->folder, false, &folder, &err);
    if (!status && call->common.csv)
        puts("run,point,replicate,seed,state,checksum,message");
    if (!status) status = sah_ledger_walk(study, &folder, take, &tally, &err);
    if (!status && !call->common.csv) print_tally(&tally);
    sah_study_folder_close(&folder);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
