/* The maps of differences that a comparison holds: a field by year, what is clear of
 * chance alone. */
#ifndef SAH_OUTPUT_DIFFERENCE_H
#define SAH_OUTPUT_DIFFERENCE_H
#include "sim/kernel/error.h"
#include "sim/kernel/geography.h"
#include "sim/kernel/grid.h"

#include <stdbool.h>

struct sah_difference {
    struct sah_grid grid;
    struct sah_geography *geo; /* NULL where the file has none */
    size_t nyears;
    int32_t *day;  /* [nyears] first day */
    double *value; /* [year][cell] b less a; NAN where nothing can be */
    double *error; /* its standard error */
    double *arm;   /* [arm][year][cell] means of a and of b */
    bool flow;     /* summed over the year, else as on its last day */
    char *unit, *doc;
};

/* The fields that a comparison has maps of, with blanks between; caller frees. NULL on
 * failure. */
char *sah_difference_fields(const char *path, struct sah_error *err);

/* Of a field by name. A comparison without maps, or without this one, is told with those
 * there are. Free in any case. */
int sah_difference_read(const char *path, const char *field, struct sah_difference *d,
                        struct sah_error *err);
void sah_difference_free(struct sah_difference *d);

#endif
