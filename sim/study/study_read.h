/* The file of a study, read against the world of its scenario. */
#ifndef SAH_STUDY_STUDY_READ_H
#define SAH_STUDY_STUDY_READ_H
#include "sim/study/study.h"

struct sah_study_head { /* texts belong to the study's binding */
    char *title, *scenario, *measures;
    int64_t seed, replicates;
};
struct sah_study_design_head {
    int kind;
    int64_t levels;
};

/* All that can be told without the scenario: title, seed, what is kept. */
int sah_study_read_head(struct sah_study *study, struct sah_study_head *head,
                        struct sah_error *err);
/* Lays what is kept upon the scenario. */
int sah_study_lay_keep(struct sah_study *study, struct sah_scenario *scenario,
                       struct sah_error *err);
/* Factors and the design; `world` may be one whose scenario is wrong. */
int sah_study_read_design(struct sah_study *study, const struct sah_world *world,
                          struct sah_error *err);

#endif
