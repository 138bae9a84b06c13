/* The days of an open run, its result and its maps, told as they go: what `run` and
 * `resume` share. */
#ifndef SAH_CLI_WORK_H
#define SAH_CLI_WORK_H
#include "sim/cli/log.h"
#include "sim/cli/options.h"

struct sah_work {
    const char *result, *maps; /* maps may be NULL */
    char *command;             /* the command line, for the result */
    bool quiet, json, force;
    int32_t checkpoint_day; /* 0: only when stopped */
};

enum { SAH_KEY_MAPS = 0x200, SAH_KEY_LOG, SAH_KEY_CHECKPOINT };

/* Rows for a command's table of options. */
#define SAH_OPTION_MAPS \
    { "maps", SAH_KEY_MAPS, "DIR", 0, "Draw the usual maps into DIR as well", 1 }
#define SAH_OPTION_LOG \
    { "log", SAH_KEY_LOG, "json", 0, "Log one JSON object a line", 90 }
#define SAH_OPTION_CHECKPOINT                                                    \
    {                                                                            \
        "checkpoint-every", SAH_KEY_CHECKPOINT, "TIME", 0,                       \
            "Simulated time between two checkpoints, such as 90d; 0: only when " \
            "stopped (otherwise after every 30 seconds of work)",                \
            1                                                                    \
    }
/* Takes one of the options above; ARGP_ERR_UNKNOWN where it is none of them. */
error_t sah_work_key(struct sah_work *work, int key, char *arg,
                     struct argp_state *state);

/* `code` tells how opening `run` went: refused, or the work begins. Closes the run and
 * returns the exit status. `log` is open. */
int sah_work_do(const struct sah_work *work, struct sah_run *run, int code,
                struct sah_run_log *log, struct sah_error *err);
enum sah_log_kind sah_work_log(const struct sah_work *work);

#endif
