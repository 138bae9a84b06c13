/* One run: a scenario becomes a world, its days are stepped and recorded, and what they
 * cost is counted. Prints nothing.
 *
 *     sah_run_open      reads and checks the scenario, builds the world of day 0
 *     sah_run_record    from here on a result is kept (left out: nothing is)
 *     sah_run_days      to the last day, or to the end of the day of a stop
 *     sah_run_finish    packs the result
 *     sah_run_close
 *
 * A branch is opened, takes up a state kept from another run, is recorded and goes on; see
 * branch.h. It keeps no checkpoints.
 *
 * A run that is stopped, fails or is killed leaves its work in `<result>.part/`, with a
 * checkpoint; sah_run_resume goes on from there to the same bytes. */
#ifndef SAH_STUDY_RUN_H
#define SAH_STUDY_RUN_H
#include "output/recorder.h"
#include "sim/kernel/checkpoint.h"

#include <stdatomic.h>

struct sah_run_request {
    const char *scenario;      /* path of the file */
    const char *yaml;          /* its text; NULL: it is read from the file */
    size_t length;             /* of the text */
    struct sah_scenario *tree; /* read already, settings and all; passes to the run */
    struct sah_geography *geo; /* its land; NULL: read too. Passes to the run ... */
    bool geo_lent;             /* ... unless it is only lent */
    const char *overlay;       /* a file laid upon it, without a base; may be NULL */
    const char *const *set;    /* "key.path=value", laid last */
    size_t nset;
    /* Asked before agents are made, and at the end, also where the scenario is wrong
     * (`check` of sim/kernel/world.h); both may be NULL. */
    int (*admit)(const struct sah_world *world, void *host, struct sah_error *err);
    int (*check)(const struct sah_world *world, void *host, struct sah_error *err);
    void *host;
    const struct sah_family *const *families;
    size_t nfamilies;
    const char *geography; /* folder for scenarios without one; may be NULL */
    const char *data;      /* folder where bases are sought too; may be NULL */
};

/* A series told while running: a flow summed so far, a stock as it stands. */
struct sah_headline {
    const struct sah_observable *what;
    double value;
};

enum { SAH_HEADLINES = 3, SAH_CHECKPOINT_AUTO = -1 };

struct sah_run_cost { /* seconds of wall clock, but for the processor's */
    double setup, stepping, recording, packing;
    double processor;     /* of all threads, since opening */
    uint64_t agent_steps; /* agents times days */
};

struct sah_run {
    struct sah_world *world;
    struct sah_output_params output; /* section `output` of the scenario */
    struct sah_recorder *recorder;   /* NULL: nothing is kept */
    struct sah_headline headline[SAH_HEADLINES];
    size_t nheadlines;
    double *scratch;            /* room for the largest headline */
    int32_t checkpoint_day;     /* days between checkpoints */
    double checkpoint_second;   /* when the latest was written */
    int32_t days;               /* from its first day to its last */
    struct sah_lineage lineage; /* of a branch, whose texts it borrows; else all zero */
    double opened, opened_processor, opened_thread; /* the clocks, when it was opened */
    struct sah_run_cost cost;
};

/* Looks on after every day; must change nothing. */
typedef void sah_run_observer(void *user, const struct sah_run *run);

struct sah_run_watch {
    sah_run_observer *day; /* may be NULL */
    void *user;
    const atomic_int *stop; /* not 0: stop at the day's end; may be NULL */
};

/* `run` is filled; close it in any case. All mistakes of the scenario are in `err`. */
int sah_run_open(const struct sah_run_request *request, struct sah_run *run,
                 struct sah_error *err);
/* Before the first day. `path` must not exist unless `force`. What a restart from the
 * first day needs is kept at once; checkpoints follow every `checkpoint_day` days (0: only
 * when stopped; SAH_CHECKPOINT_AUTO: after every half minute of work). */
int sah_run_record(struct sah_run *run, const char *path, bool force,
                   int32_t checkpoint_day, struct sah_error *err);
/* Instead of open and record: takes up what a killed or stopped run left beside `path`
 * at its latest checkpoint. SAH_MISSING where nothing is left. */
int sah_run_resume(const struct sah_family *const *families, size_t nfamilies,
                   const char *path, bool force, int32_t checkpoint_day,
                   struct sah_run *run, struct sah_error *err);
/* Instead of its day 0: the state of another run. `lineage` tells which, its texts outlive
 * the run; NULL where nothing is to be recorded. */
int sah_run_take_up(struct sah_run *run, const struct sah_snapshot *snapshot,
                    const struct sah_lineage *lineage, struct sah_error *err);
/* To the end of a day, at most the last. As sah_run_days. */
int sah_run_until(struct sah_run *run, int32_t day, const struct sah_run_watch *watch,
                  struct sah_error *err);
/* SAH_STOPPED, without a message, where `stop` was heard. `watch` may be NULL. */
int sah_run_days(struct sah_run *run, const struct sah_run_watch *watch,
                 struct sah_error *err);
/* `command` is the command line, for the result; may be NULL. */
int sah_run_finish(struct sah_run *run, const char *command, struct sah_error *err);
void sah_run_close(struct sah_run *run);

/* Parts of the time: building the world, the phases of the day, recording, packing. */
struct sah_run_phase {
    const char *name;
    double seconds;
};
/* Number of parts, or part `i` of them. */
size_t sah_run_phase_count(const struct sah_run *run);
struct sah_run_phase sah_run_phase(const struct sah_run *run, size_t i);
double sah_run_seconds(const struct sah_run *run); /* since it was opened */
/* Agent-steps per second of stepping and recording; 0 before the first day. */
double sah_run_speed(const struct sah_run *run);

#endif
