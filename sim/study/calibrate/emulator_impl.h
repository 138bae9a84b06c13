/* What fitting and asking share. */
#ifndef SAH_STUDY_CALIBRATE_EMULATOR_IMPL_H
#define SAH_STUDY_CALIBRATE_EMULATOR_IMPL_H
#include "sim/study/calibrate/emulator.h"

/* Product of the trend, and the Matern part with `slope` its derivative by r^2 (or NULL). */
double sah_emulator_trend(const double *a, const double *b, size_t d);
double sah_emulator_matern(const double *a, const double *b, const double *length,
                           size_t d, double *slope);

#endif
