/* When all runs of a study are there: packs of them, and study.h5, which presents the packs
 * as arrays (virtual datasets) with what came of them. docs/studies.md tells what stands in
 * it.
 *
 * Memory is that of one run and of one block of values, however many runs there are. What
 * is sound already is left as it is. Records that are packed are removed, but for those of
 * packs with failed runs, which may be tried again. */
#ifndef SAH_STUDY_GATHER_H
#define SAH_STUDY_GATHER_H
#include "output/recorder.h"
#include "sim/study/study_folder.h"

/* `whole` is false, and nothing is done, where runs are missing yet. */
int sah_study_gather(const struct sah_study *study, struct sah_study_folder *folder,
                     const struct sah_provenance *provenance, bool *whole,
                     struct sah_error *err);

#endif
