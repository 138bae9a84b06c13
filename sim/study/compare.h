/* Two scenarios with the same chance, and what differs between them.
 *
 *     sah_compare_open     reads both, and the list of measures; runs nothing
 *     sah_compare_run      twins of every replicate (pair.h), effects and maps
 *     sah_compare_write    one file with all of it
 *     sah_compare_free
 *
 * What is measured is a list in a file (outcomes.h). What an arm does not have, such as a
 * faction that was taken away, is not defined there.
 *
 * The effect is the mean over replicates of b - a. Its interval is that of the bootstrap
 * over pairs (compare_bootstrap.c), with draws of its own. */
#ifndef SAH_STUDY_COMPARE_H
#define SAH_STUDY_COMPARE_H
#include "output/recorder.h"
#include "sim/study/outcomes.h"
#include "sim/study/pair.h"

enum { SAH_COMPARE_ARMS = 2 };

struct sah_compare_row {
    struct sah_measure measure;
    const char *name, *label; /* `label`: of the axis of `by`, or NULL */
    size_t slot[SAH_COMPARE_ARMS];
    bool there[SAH_COMPARE_ARMS]; /* can it be measured in that arm? */
    /* found */
    char unit[64];
    double mean[SAH_COMPARE_ARMS]; /* over the pairs that count */
    struct sah_effect effect;      /* low and high by the bootstrap */
    bool idle;                     /* 0 or not defined in all runs of both arms */
};

struct sah_compare_maps;
struct sah_compare_series;

struct sah_compare {
    /* filled by the caller */
    struct sah_twins twins; /* all but its arms */
    const char *scenario[SAH_COMPARE_ARMS];
    const char *overlay; /* laid upon both; a base that it names is not read; or NULL */
    const char *measures; /* the list; NULL: `folder`/<model>.yaml */
    const char *folder;
    size_t replicates;
    /* filled by sah_compare_open; freed by sah_compare_free */
    size_t arm[SAH_COMPARE_ARMS];
    struct sah_scenario *laid;
    struct sah_outcomes outcomes;
    size_t nrows;
    struct sah_compare_row **row;
    struct sah_compare_maps
        *maps; /* NULL where the arms have no days or cells in common */
    struct sah_compare_series *series; /* NULL where they have no days in common */
};

/* All mistakes are in `err`. Free in any case. */
int sah_compare_open(struct sah_compare *compare, struct sah_error *err);
int sah_compare_run(struct sah_compare *compare, const struct sah_twins_watch *watch,
                    struct sah_error *err);
/* `path` gets the whole file at once; what it lays over is the caller's affair. */
int sah_compare_write(const struct sah_compare *compare, const char *path,
                      const struct sah_provenance *provenance, struct sah_error *err);
void sah_compare_free(struct sah_compare *compare);

/* Do the arms speak of the same days, and of the same cells? */
bool sah_compare_same_days(const struct sah_compare *compare);
bool sah_compare_same_cells(const struct sah_compare *compare);

/* The 95 % interval of the mean of n >= 2 values, from resamples drawn with keys of
 * `seed`. Both NaN for fewer. */
int sah_bootstrap_mean(const double *value, size_t n, uint64_t seed, double *low,
                       double *high, struct sah_error *err);

#endif
