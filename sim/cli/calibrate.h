/* sahel calibrate: what it prints of a calibration. */
#ifndef SAH_CLI_CALIBRATE_H
#define SAH_CLI_CALIBRATE_H
#include "output/canvas.h"
#include "sim/study/calibrate/calibrate.h"

/* parameters, effects, aims or waves; ended by NULL. */
extern const char *const sah_calibrate_tables[];

/* All of it for people; one table as comma-separated values. */
void sah_calibrate_print(const struct sah_calibration *all);
int sah_calibrate_csv(const struct sah_calibration *all, const char *table,
                      struct sah_error *err);
/* The pairs of parameters. */
int sah_calibrate_draw(const struct sah_calibration *all,
                       const struct sah_picture *picture, struct sah_error *err);

#endif
