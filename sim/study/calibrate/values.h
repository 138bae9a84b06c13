/* What the runs of a wave gave for every aim. */
#ifndef SAH_STUDY_CALIBRATE_VALUES_H
#define SAH_STUDY_CALIBRATE_VALUES_H
#include "sim/study/calibrate/fit.h"

/* value[run][aim] from the study.h5 in `folder`, which must be whole; NAN where a run failed
 * or does not define it. */
int sah_fit_values(const struct sah_fit *fit, const struct sah_study *wave,
                   const char *folder, double *value, struct sah_error *err);

#endif
