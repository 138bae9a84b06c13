/* A map of values on the grid: one panel or several under one legend.
 *
 * Plain numbers in, a picture file out. map_result.h makes requests from result files.
 */
#ifndef SAH_OUTPUT_MAP_H
#define SAH_OUTPUT_MAP_H
#include "output/canvas.h"
#include "output/map_fields.h"
#include "sim/kernel/geography.h"
#include "sim/kernel/observable.h"

struct sah_map_panel {
    const char *title;   /* such as "2016"; NULL for a single map */
    const double *value; /* [cell], for actors [actor][cell]; NAN: nothing there */
    int actor;           /* show this one only; -1: all (and without actors) */
};

struct sah_map {
    const char *title;    /* NULL: of the field */
    const char *subtitle; /* period, cell; may be NULL */
    const char *source;   /* name of the scenario, for the corner; may be NULL */
    const char *mark;     /* digest and version, kept whole there; may be NULL */
    const char *unit;     /* of the values; "1" for counts */
    const struct sah_map_field *field;
    const struct sah_grid *grid;
    const struct sah_geography *geo; /* may be NULL */
    const struct sah_axis *actors;   /* for SAH_LOOK_ACTORS */
    const struct sah_map_panel *panel;
    size_t npanels;
};

int sah_map_draw(const struct sah_map *map, const struct sah_picture *picture,
                 struct sah_error *err);

/* Where things stand on the sheet, in points. Panels go row by row; with a place left
 * in the last row the legend stands there, else below. */
struct sah_map_layout {
    size_t columns, rows;
    double width, height;             /* of the sheet */
    double left, top;                 /* of the first map frame */
    double panel_width, panel_height; /* of a frame */
    double step_x, step_y;            /* from frame to frame */
    double legend_x, legend_y, legend_width;
    double type_pt; /* of names and degrees */
};
int sah_map_layout(const struct sah_map *map, double width_pt,
                   struct sah_map_layout *layout, struct sah_error *err);

#endif
