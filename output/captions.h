/* What the scenario does on its dates, for captions: the `why` of its timeline. */
#ifndef SAH_OUTPUT_CAPTIONS_H
#define SAH_OUTPUT_CAPTIONS_H
#include "output/result.h"

struct sah_caption {
    int32_t day;
    char *text;
};
struct sah_captions {
    size_t n;
    struct sah_caption *caption; /* by date; those of a date are one, "; " between */
};

/* Free in any case. A scenario without a timeline has none. */
int sah_captions_read(struct sah_result *result, struct sah_captions *captions,
                      struct sah_error *err);
void sah_captions_free(struct sah_captions *captions);

#endif
