/* How far many runs are, on standard error. */
#ifndef SAH_CLI_PROGRESS_H
#define SAH_CLI_PROGRESS_H
#include <stdbool.h>
#include <stddef.h>

struct sah_progress {
    bool quiet, is_terminal;
    double begun;
    int told_tenths;
};

struct sah_progress sah_progress_begin(bool quiet);
/* `done` of struct sah_twins_watch; `user` is a struct sah_progress. */
void sah_progress_tell(void *user, size_t done, size_t runs);

#endif
