/* The sphere the grid lies on: radius 6371.0072 km, of equal area with WGS84.
 *
 * Longitudes and latitudes in degrees. Nothing here depends on the C library's
 * functions, so distances may feed state. */
#ifndef SAH_SPHERE_H
#define SAH_SPHERE_H
#include "sim/kernel/trig.h"

#include <stdint.h>

#define SAH_EARTH_RADIUS_KM 6371.0072

double sah_radians(double degrees);

/* Along the great circle; the same in both directions, precise from metres to the
 * antipodes. */
double sah_distance_km(double lon1, double lat1, double lon2, double lat2);

/* Of the rectangle between two meridians and two parallels. */
double sah_area_km2(double west, double south, double east, double north);

/* PRIO-GRID id (Tollefsen, Strand, Buhaug 2012) of the 0.5-degree cell around a point;
 * -1 off the globe. */
int32_t sah_priogrid(double lon, double lat);

#endif
