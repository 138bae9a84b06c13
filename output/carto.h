/* The base map: land, water, lines, names, frame and scale.
 *
 * Plate carrée true to scale at the middle latitude (Snyder 1987, "Map projections: a
 * working manual", equidistant cylindrical): x = lon cos(lat_true), y = lat. Cells of
 * the grid stay rectangles, and over the Sahel (8 to 25.5 degrees north) east-west
 * lengths are right within 6 %. */
#ifndef SAH_OUTPUT_CARTO_H
#define SAH_OUTPUT_CARTO_H
#include "output/canvas.h"
#include "output/label.h"
#include "sim/kernel/geography.h"

struct sah_projection {
    double west, south, east, north; /* degrees shown */
    double x, y, width, height;      /* where on the canvas */
};
/* Width over height of a box of degrees. */
double sah_map_aspect(double west, double south, double east, double north);
void sah_project(const struct sah_projection *projection, double lon, double lat,
                 double *x, double *y);
double sah_projection_pt_per_km(const struct sah_projection *projection);

struct sah_carto {
    struct sah_canvas *canvas;
    const struct sah_geography *geo; /* may be NULL: only frame and graticule */
    struct sah_projection projection;
    double type_pt; /* of place names; all else follows */
    bool left_degrees, bottom_degrees, scale_bar, names;
};

/* The order of drawing: ground, the caller's values, water, lines, the caller's marks,
 * names and frame. */
void sah_carto_ground(const struct sah_carto *carto);
int sah_carto_water(const struct sah_carto *carto, struct sah_error *err);
void sah_carto_lines(const struct sah_carto *carto);
int sah_carto_names(const struct sah_carto *carto, struct sah_error *err);
void sah_carto_frame(const struct sah_carto *carto);

/* Room outside the frame for degrees at the left and below. */
double sah_carto_degrees_width(double type_pt);
double sah_carto_degrees_height(double type_pt);

#endif
