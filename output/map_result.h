/* Maps from result files: what `sahel map` and `sahel run --maps` draw. */
#ifndef SAH_OUTPUT_MAP_RESULT_H
#define SAH_OUTPUT_MAP_RESULT_H
#include "output/canvas.h"

#include <stdint.h>

/* From the first or to the last day of the run. */
#define SAH_MAP_FIRST INT32_MIN
#define SAH_MAP_LAST  INT32_MAX

struct sah_map_options {
    const char *result; /* path of run.h5 */
    const char *field;
    int32_t from, to;     /* days, both belong; a stock is shown at the last */
    const char *multiple; /* NULL: one map; "year" or an axis of the field, such as
                             "faction": a panel each */
    struct sah_picture picture;
};

int sah_map_from_result(const struct sah_map_options *options, struct sah_error *err);

/* The usual set into a folder, which is made if missing: events and deaths by year,
 * control, presence, presence of each actor, displaced people and population at the
 * end. Fields the result does not have are left out. `suffix` is ".png", ".svg" or
 * ".pdf". */
int sah_map_set(const char *result, const char *folder, const char *suffix, bool force,
                struct sah_error *err);

#endif
