/* The days of an open run, its result and its maps, told as they go: what `run` and
 * `resume` share. */
#ifndef SAH_CLI_WORK_H
#define SAH_CLI_WORK_H
#include "sim/cli/log.h"
#include "sim/cli/options.h"

struct sah_work {
    const char *result, *maps; /* maps may be NULL */
    char *command;             /* the command line, for the result */
    const char *log;           /* one of sah_work_logs; NULL: text */
    bool quiet, force;
    int32_t checkpoint_day; /* 0: only when stopped */
};

extern const char *const sah_work_logs[]; /* what --log may be */
sah_option_read sah_work_read_checkpoint;

/* Rows for a command's table of options; `work` is a member of its struct. */
#define SAH_OPTION_MAPS(type, work)                                  \
    {                                                                \
        "maps", 0, "DIR", "Draw the usual maps into DIR as well", 1, \
            SAH_TEXT(type, work.maps)                                \
    }
#define SAH_OPTION_LOG(type, work)                          \
    {                                                       \
        "log", 0, "json", "Log one JSON object a line", 90, \
            SAH_CHOICE(type, work.log, sah_work_logs)       \
    }
#define SAH_OPTION_CHECKPOINT(type, work)                                        \
    {                                                                            \
        "checkpoint-every", 0, "TIME",                                           \
            "Simulated time between two checkpoints, such as 90d; 0: only when " \
            "stopped (otherwise after every 30 seconds of work)",                \
            1, SAH_OWN(type, work.checkpoint_day, sah_work_read_checkpoint)      \
    }

/* `code` tells how opening `run` went: refused, or the work begins. Closes the run and
 * returns the exit status. `log` is open. */
int sah_work_do(const struct sah_work *work, struct sah_run *run, int code,
                struct sah_run_log *log, struct sah_error *err);
enum sah_log_kind sah_work_log(const struct sah_work *work);

#endif
