/* Distances and areas on the sphere.
 *
 * Distance: with half differences u = (lat2-lat1)/2, v = (lon2-lon1)/2 and the half sum
 * w = (lat1+lat2)/2, the central angle c obeys (Delambre's analogies)
 *
 *   sin^2(c/2) = sin^2 u cos^2 v + cos^2 w sin^2 v
 *   cos^2(c/2) = cos^2 u cos^2 v + sin^2 w sin^2 v
 *
 * All terms are positive: no cancellation, near or far. Area: R^2 dlon (sin n - sin s),
 * the difference written as a product, which is exact for thin rows. */
#include "sim/kernel/sphere.h"

#include <math.h>

double sah_radians(double degrees) {
    return degrees * (SAH_PI / 180.0);
}

static double square(double x) {
    return x * x;
}

double sah_distance_km(double lon1, double lat1, double lon2, double lat2) {
    double u = sah_radians(0.5 * (lat2 - lat1));
    double v = sah_radians(0.5 * (lon2 - lon1));
    double w = sah_radians(0.5 * (lat1 + lat2));
    double across = square(sah_cos(v)), along = square(sah_sin(v));
    double sine = sqrt(square(sah_sin(u)) * across + square(sah_cos(w)) * along);
    double cosine = sqrt(square(sah_cos(u)) * across + square(sah_sin(w)) * along);
    return SAH_EARTH_RADIUS_KM * (2.0 * sah_atan2(sine, cosine));
}

double sah_area_km2(double west, double south, double east, double north) {
    double half_height = sah_radians(0.5 * (north - south));
    double middle = sah_radians(0.5 * (north + south));
    double rise = 2.0 * sah_cos(middle) * sah_sin(half_height); /* sin n - sin s */
    return square(SAH_EARTH_RADIUS_KM) * sah_radians(east - west) * rise;
}

int32_t sah_priogrid(double lon, double lat) {
    if (!(lon >= -180.0 && lon <= 180.0 && lat >= -90.0 && lat <= 90.0)) return -1;
    int32_t column = (int32_t)((lon + 180.0) * 2.0);
    int32_t row = (int32_t)((lat + 90.0) * 2.0);
    if (column == 720) column = 719;
    if (row == 360) row = 359;
    return row * 720 + column + 1;
}
