/* Packs: files that hold the results of many runs, each a row of every dataset.
 *
 * Pack i holds the runs from i * sah_pack_runs(n) on. Its size depends on the number of runs
 * alone, so that the same study gives the same packs whoever did the runs. */
#ifndef SAH_STUDY_PACKS_H
#define SAH_STUDY_PACKS_H
#include "output/h5.h"
#include "sim/study/record.h"
#include "sim/study/study_folder.h"

static inline size_t sah_pack_runs(size_t runs) {
    enum { LEAST = 64, FILES = 256 };
    size_t even = (runs + FILES - 1) / FILES;
    return even > LEAST ? even : LEAST;
}
static inline size_t sah_pack_count(size_t runs) {
    return (runs + sah_pack_runs(runs) - 1) / sah_pack_runs(runs);
}

/* What a pack says of its runs. */
struct sah_pack_index {
    size_t first, n;
    uint8_t *state; /* enum sah_record_state */
    char **digest, **check, **message;
    uint64_t rows[SAH_MAX_LOGS];
};

/* SAH_MISSING, without a message, where there is no sound pack of this study. */
int sah_pack_index_read(const struct sah_study_folder *folder, size_t pack, size_t runs,
                        struct sah_pack_index *index, struct sah_error *err);
void sah_pack_index_free(struct sah_pack_index *index);

/* All values of measures of a pack, [run][measure]. Virtual datasets are no way to read
 * while study.h5 is written: HDF5 would open the packs to write them, and take off their
 * seals. */
int sah_pack_values(const struct sah_study_folder *folder, size_t pack, size_t count,
                    double *values, struct sah_error *err);

#endif
