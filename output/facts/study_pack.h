/* A pack of a study: the logs and the series of many runs; for view_study.c alone. */
#ifndef SAH_OUTPUT_FACTS_STUDY_PACK_H
#define SAH_OUTPUT_FACTS_STUDY_PACK_H
#include "output/facts/view_result.h"
#include "output/h5_read.h"

/* A variable over an axis, for all runs of the pack. */
struct sah_pack_series {
    struct sah_facts_block block; /* of one run; value is set for each */
    double *value;
    char **label;
    int32_t *last;
    size_t of_run; /* values */
};

struct sah_study_pack {
    struct sah_h5 h5;
    char *path;
    size_t first, n; /* runs */
    uint8_t *state;
    struct sah_result_table events, record;
    struct sah_pack_series displaced, fighters, pledged, reasons;
};

/* Pack `number` of the study at `path`, whose runs end on the day `end`. Close in any
 * case; `first` is the caller's. */
int sah_study_pack_open(const char *path, const char *log, int32_t end, size_t number,
                        struct sah_study_pack *pack, struct sah_error *err);
void sah_study_pack_close(struct sah_study_pack *pack);

#endif
