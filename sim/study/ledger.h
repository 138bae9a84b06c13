/* The state of every run of a study, as the folder tells it now. */
#ifndef SAH_STUDY_LEDGER_H
#define SAH_STUDY_LEDGER_H
#include "sim/study/study_folder.h"

enum sah_run_state {
    SAH_RUN_WAITING,
    SAH_RUN_RUNNING, /* a process has claimed it */
    SAH_RUN_DONE,
    SAH_RUN_FAILED,
    SAH_RUN_STATES
};

struct sah_ledger_row {
    size_t run;
    enum sah_run_state state;
    bool is_damaged;     /* there was a result, and it must be made again */
    char check[33];      /* of a result; else "" */
    const char *message; /* of a failure or damage; else "" */
};

/* Shows the runs in their order, one at a time. */
int sah_ledger_walk(const struct sah_study *study,
                    const struct sah_study_folder *folder,
                    void (*show)(void *user, const struct sah_ledger_row *row),
                    void *user, struct sah_error *err);

#endif
