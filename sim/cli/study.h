/* sahel study and its verbs; each has a file of its own. */
#ifndef SAH_CLI_STUDY_H
#define SAH_CLI_STUDY_H
#include "sim/cli/options.h"
#include "sim/study/ranks.h"

struct sah_study_call {
    struct sah_options common; /* argument[0] is the verb, [1] the study */
    const char *folder;
    char *command; /* the command line */
    long jobs;     /* 0: as many as there are processors */
    struct sah_shard {
        long number, of; /* 1 of 1: all */
    } shard;
    bool fail_fast, retry;
    const char *table;      /* of export: runs, points, sensitivity */
    long parts;             /* of slurm; 0: as time suggests */
    struct sah_ranks ranks; /* rank 0 speaks */
};

/* Each gets an open study and returns the exit status. */
typedef int sah_study_verb(struct sah_study *study, const struct sah_study_call *call);
sah_study_verb sah_study_plan_verb, sah_study_run_verb, sah_study_status_verb,
    sah_study_export_verb, sah_study_slurm_verb;

/* A study to be opened, at `path`; `worlds` must outlive it. */
struct sah_study sah_study_asked(const struct sah_study_call *call, const char *path,
                                 double *worlds);

/* The workers of this machine and the threads of each. */
size_t sah_study_jobs(const struct sah_study_call *call);
int sah_study_threads(const struct sah_study_call *call);

/* The word for a value of a factor, without its unit. */
void sah_study_word(const struct sah_factor *factor,
                    const struct sah_factor_value *value,
                    char text[static SAH_FACTOR_TEXT]);

#endif
