/* A calibration: waves of runs that close in on the parameters which meet what is on record.
 *
 * Its folder holds
 *
 *     calibration.txt   what it is, line by line; sealed, never changed
 *     scenario.yaml     the scenario as resolved, with what the study lays upon it
 *     measures.yaml     its measures, where there are some
 *     wave-1.yaml       a study: the points of the first wave, then of the others
 *     wave-1/           its folder (study_folder.h)
 *     posterior.yaml    a study: the posterior medians, then a sample
 *     calibrate.h5      all that was found
 *
 * The file of a wave is made once, from the runs of those before it, and then stands: a
 * calibration that is started again takes waves as they are, and does what is missing. The
 * runs of a wave are a study like any other, also for other machines.
 *
 *     sah_calibration_begin   makes or finds the folder and the file of the first wave
 *     for each wave:
 *       sah_calibration_plan  makes its file where it is missing
 *       ... its runs: a study ...
 *       sah_calibration_take  what they gave
 *     sah_calibration_end     the posterior, and the files that tell it
 *     sah_calibration_free */
#ifndef SAH_STUDY_CALIBRATE_CALIBRATE_H
#define SAH_STUDY_CALIBRATE_CALIBRATE_H
#include "output/recorder.h"
#include "sim/study/calibrate/posterior.h"

struct sah_calibration {
    /* filled by the caller, and lent */
    const struct sah_study *study; /* open; its design is the first wave */
    const struct sah_fit *fit;
    const char *folder;
    /* found */
    struct sah_cloud cloud;
    struct sah_match match;
    struct sah_posterior posterior;
};

int sah_calibration_begin(struct sah_calibration *all, struct sah_error *err);
/* `share` of the prior that is not ruled out; NAN where the file was there already. */
int sah_calibration_plan(struct sah_calibration *all, size_t wave, double *share,
                         double *reached, struct sah_error *err);
/* `study` is the wave, open; its study.h5 is there. */
int sah_calibration_take(struct sah_calibration *all, size_t wave,
                         const struct sah_study *study, struct sah_error *err);
int sah_calibration_end(struct sah_calibration *all,
                        const struct sah_provenance *provenance, struct sah_error *err);
void sah_calibration_free(struct sah_calibration *all);

/* "<folder>/wave-2.yaml", "<folder>/wave-2", "<folder>/<name>"; the caller frees, NULL
 * without memory. */
char *sah_calibration_wave_file(const struct sah_calibration *all, size_t wave);
char *sah_calibration_wave(const struct sah_calibration *all, size_t wave);
char *sah_calibration_file(const struct sah_calibration *all, const char *name);

/* The value of a parameter at a place in 0..1 of its range. */
double sah_calibration_value(const struct sah_calibration *all, size_t parameter,
                             double at);

#endif
