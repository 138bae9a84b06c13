/* What the parts of a calibration share. */
#ifndef SAH_STUDY_CALIBRATE_CALIBRATE_IMPL_H
#define SAH_STUDY_CALIBRATE_CALIBRATE_IMPL_H
#include "sim/study/calibrate/calibrate.h"

/* ---- wave_file.c ---- */

/* A study of the points at[n][d]: kind list, with the names given or NULL. */
struct sah_wave_text {
    const struct sah_study *study;
    const char *title, *note; /* `note`: a comment at its head, or NULL */
    uint64_t seed;
    size_t n;
    const double *at;
    const char *first; /* name of the first point, or NULL */
};
/* The caller frees; NULL without memory. */
char *sah_wave_text(const struct sah_wave_text *wave);
/* The points of an open wave, back in the unit cube; at[n][d]. */
int sah_wave_points(const struct sah_study *study, const struct sah_study *wave,
                    double *at, struct sah_error *err);

/* ---- calibrate_file.c ---- */
int sah_calibration_write(const struct sah_calibration *all,
                          const struct sah_provenance *provenance, const char *path,
                          struct sah_error *err);

#endif
