/* What the readers of a fit share. */
#ifndef SAH_STUDY_CALIBRATE_FIT_IMPL_H
#define SAH_STUDY_CALIBRATE_FIT_IMPL_H
#include "sim/kernel/scenario_tree.h"
#include "sim/study/calibrate/fit.h"

struct sah_fit_reader {
    struct sah_fit *fit;
    struct sah_study *study;
    struct sah_node *node; /* `fit` */
    struct sah_error *err;
    int status; /* the first mistake */
};

void sah_fit_note(struct sah_fit_reader *reader, int status);
/* NULL without memory, which is told. */
struct sah_aim *sah_fit_add(struct sah_fit_reader *reader);
/* Places the band on its axis. */
void sah_aim_settle(struct sah_aim *aim);

void sah_fit_read_facts(struct sah_fit_reader *reader);    /* fit_facts.c */
void sah_fit_read_observed(struct sah_fit_reader *reader); /* fit_observed.c */

#endif
