/* A study: many runs of one scenario, each at a point of a design and with a seed.
 *
 *     scenario: ../sahel/coarse.yaml
 *     set: {run.end: 2018-12-31}
 *     seed: 7
 *     replicates: 32
 *     design:
 *       kind: grid                # grid, list, oat, lhs, sobol, morris, saltelli (design.h)
 *       vary: {recruitment.base_rate: {from: 1e-9, to: 1e-6, scale: log, levels: 5}}
 *     keep: {series: month, fields: year, events: true}
 *     measures: mine.yaml         # outcomes.h; else those of the model
 *
 * Runs are numbered replicate by replicate, in each point by point:
 *
 *     run = replicate * points + point,     seed of the run = sah_seed_of(seed, replicate)
 *
 * so that all points of a replicate share their draws, and a study that is stopped has
 * whole replicates.
 *
 *     sah_study_open     reads and checks all of it; builds the world of day 0
 *     sah_study_begin    one of its runs, on the first day
 *     sah_study_close */
#ifndef SAH_STUDY_STUDY_H
#define SAH_STUDY_STUDY_H
#include "sim/study/design.h"
#include "sim/study/factor.h"
#include "sim/study/outcomes.h"
#include "sim/study/run.h"

/* What is kept of every run, beside its measures. */
struct sah_study_keep {
    bool place[3]; /* by enum sah_place: fields, series, ledger */
    bool events;   /* and the other logs */
    bool is_sound; /* what the file says of it can be laid upon the scenario */
};

struct sah_study {
    /* filled by the caller; texts must outlive the study */
    const char *path;
    const struct sah_family *const *families;
    size_t nfamilies;
    const char *geography, *data; /* as in sah_run_request */
    const char *outcomes_folder;  /* where <model>.yaml lists the usual outcomes */
    int (*admit)(const struct sah_world *world, void *host, struct sah_error *err);
    void *host;
    /* States that runs go on from instead of their day 0, replicate by replicate in turn; lent.
     */
    const struct sah_snapshot *past;
    size_t npasts;
    /* filled by sah_study_open */
    struct sah_scenario *file; /* owns what is read, with the binding */
    struct sah_binding binding;
    const char *title;
    char *scenario; /* path from where one stands */
    uint64_t seed;
    size_t nreplicates;
    struct sah_study_keep keep;
    size_t nfactors;
    struct sah_factor *factor;
    const char **point_name; /* [design.npoints] of a list of points; else NULL */
    struct sah_design design;
    struct sah_run base; /* the scenario itself on its first day; lends its land */
    char *yaml;          /* the scenario as resolved */
    struct sah_outcomes outcomes;
};

/* `study` is filled; close it in any case. All mistakes of the study, its scenario and its
 * list of measures are in `err`. */
int sah_study_open(struct sah_study *study, struct sah_error *err);
void sah_study_close(struct sah_study *study);

size_t sah_study_runs(const struct sah_study *study);
size_t sah_study_point(const struct sah_study *study, size_t run);
size_t sah_study_replicate(const struct sah_study *study, size_t run);
int64_t sah_study_seed(const struct sah_study *study, size_t run);
/* What a factor is at a point; without text where the scenario's own value stands. */
struct sah_factor_value sah_study_value(const struct sah_study *study, size_t point,
                                        size_t factor);
/* Any run; `run` is filled, close it in any case. */
int sah_study_begin(const struct sah_study *study, size_t number, struct sah_run *run,
                    struct sah_error *err);

#endif
