/* Reading what `sahel compare` left: the table of effects and the maps of differences. */
#ifndef SAH_OUTPUT_COMPARISON_H
#define SAH_OUTPUT_COMPARISON_H
#include "sim/kernel/error.h"
#include "sim/kernel/grid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SAH_COMPARISON_FORMAT = 1 }; /* the newest that is read */

struct sah_effect {
    char *measure, *unit;
    double a, b, effect, low, high; /* means of both; b less a, its 95 % interval */
};

/* Of both by period, over replicates; [quantile][period] of a, then of b. */
enum { SAH_COMPARISON_QUANTILES = 5 }; /* 5, 25, 50, 75, 95 % */
struct sah_arms_series {
    char *name, *unit, *doc;
    bool flow;
    double *quantile;
};

struct sah_comparison {
    char *title, *source; /* "B, against: A"; program */
    char *model;
    char *yaml[2]; /* both scenarios as resolved */
    int64_t seed;
    char *a, *b; /* titles of the two */
    int32_t start, end;
    int64_t replicates;
    size_t n;
    struct sah_effect *effect;
    size_t nseries, nperiods;
    struct sah_arms_series *series; /* NULL where none are kept */
    int32_t *day; /* [nperiods + 1] first days, the day after the last */
};

/* Is it one, rather than a result? Whatever is wrong with it is told by reading. */
bool sah_comparison_is(const char *path);

/* Free in any case. A file that is no comparison is told by name. */
int sah_comparison_read(const char *path, struct sah_comparison *comparison,
                        struct sah_error *err);
void sah_comparison_free(struct sah_comparison *comparison);

#endif
