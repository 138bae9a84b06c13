/* How the known fields want to be shown; anything else is shown by what it holds. */
#ifndef SAH_OUTPUT_MAP_FIELDS_H
#define SAH_OUTPUT_MAP_FIELDS_H
#include "output/palette.h"
#include "output/scale.h"

#include <stdbool.h>

enum sah_look {
    SAH_LOOK_CELLS,   /* a colour per cell from a ramp */
    SAH_LOOK_CIRCLES, /* a circle per cell, its area the number */
    SAH_LOOK_ZONES,   /* a colour per cell from a few named classes */
    SAH_LOOK_ACTORS,  /* the strongest actor's colour, denser where stronger */
    SAH_LOOK_OPEN,    /* cells; ramp and scale chosen from the values */
};

enum { SAH_MAX_ZONES = 5 };

struct sah_map_field {
    const char *name; /* of the field in a result; NULL in the row for all others */
    enum sah_look look;
    enum sah_ramp ramp;
    enum sah_scale_kind scale;
    double floor;      /* smallest value shown, on a log scale */
    const char *title; /* of the picture */
    const char *what;  /* in the legend, before "per cell"; NULL: the title */
    bool total;        /* a sum over cells makes sense, and is told */
    const char *where; /* a field that must be above 0 where this is shown; or NULL */
    double zone_low;   /* ZONES: value of the first name */
    const char *zone[SAH_MAX_ZONES];
};

/* Never NULL. */
const struct sah_map_field *sah_map_field_find(const char *name);

/* The look, ramp and scale for n values (NAN is skipped). For SAH_LOOK_OPEN the copy
 * returned has chosen: diverging around zero, log over more than three decades, linear.
 */
struct sah_map_field sah_map_field_settle(const struct sah_map_field *field,
                                          const double *value, size_t n,
                                          struct sah_scale *scale);

#endif
