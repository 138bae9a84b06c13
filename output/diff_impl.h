/* A comparison under way; shared by diff*.c only. */
#ifndef SAH_OUTPUT_DIFF_IMPL_H
#define SAH_OUTPUT_DIFF_IMPL_H
#include "output/diff.h"
#include "output/h5_read.h"

struct sah_diff {
    struct sah_h5 a, b;
    const struct sah_diff_options *options;
    FILE *out;
    size_t count, told;
    int depth; /* of groups under way */
    struct sah_error *err;
};

/* Reading of either file has failed. */
static inline int sah_diff_status(const struct sah_diff *diff) {
    return diff->a.status ? diff->a.status : diff->b.status;
}

/* Counts a difference and tells it while there are lines left. */
void sah_diff_tell(struct sah_diff *diff, const char *path, const char *format, ...)
    SAH_PRINTF(3, 4);

/* Compare what two open objects hold. */
void sah_diff_dataset(struct sah_diff *diff, const char *path, hid_t a, hid_t b);
void sah_diff_attribute(struct sah_diff *diff, const char *path, const char *name,
                        hid_t a, hid_t b);

#endif
