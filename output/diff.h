/* Do two results say the same?
 *
 * Every dataset and attribute is compared but those under /provenance/environment and
 * /provenance/resources (time, machine, threads, durations, paths), and what `ignore`
 * names: glob patterns over paths such as "/series/deaths", "/ledger*",
 * "/series/deaths@units". */
#ifndef SAH_OUTPUT_DIFF_H
#define SAH_OUTPUT_DIFF_H
#include "sim/kernel/error.h"

#include <stdio.h>

struct sah_diff_options {
    const char *const *ignore;
    size_t nignore;
    size_t max_lines; /* differences told one by one; 0: 20 */
};

/* Writes a line per difference to `out`, with the first place and the largest
 * difference of each dataset. SAH_OK when there is none, SAH_DIFFERS, or what kept it
 * from comparing. `options` may be NULL. */
int sah_diff(const char *a, const char *b, const struct sah_diff_options *options,
             FILE *out, struct sah_error *err);

#endif
