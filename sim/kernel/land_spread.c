/* Sites of a radius on cells of any size.
 *
 * A site's weight stands as a cone over its circle, h(d) = 1 - d/radius. The cone is
 * sampled on a lattice of its own around the site, fine against the radius and fixed to
 * the site, so that every cell size sees the same points. Sites are small: distances
 * are taken on the plane that touches the site (longitude shrunk by the cosine of its
 * latitude), where every point stands for the same area. */
#include "sim/kernel/geography.h"

#include <math.h>

enum { STEPS = 150 }; /* points from the middle to the rim */

/* The height of the cone over the point i steps east, j steps north of the middle; half
 * a step keeps the middle between four points. */
static double height(int i, int j) {
    double x = (i + 0.5) / STEPS, y = (j + 0.5) / STEPS;
    return fmax(1.0 - sqrt(x * x + y * y), 0.0);
}

static double all_heights(void) {
    double sum = 0.0;
    for (int j = -STEPS; j < STEPS; j++)
        for (int i = -STEPS; i < STEPS; i++) sum += height(i, j);
    return sum;
}

static void add(float *field, int32_t cell, double weight) {
    if (cell >= 0) field[cell] = (float)((double)field[cell] + weight);
}

void sah_land_spread(const struct sah_grid *grid, double lon, double lat,
                     double radius_km, double weight, float *field) {
    if (!(radius_km > 0.0)) {
        add(field, sah_grid_cell(grid, lon, lat), weight);
        return;
    }
    double unit = weight / all_heights();
    double lat_step = radius_km / STEPS / SAH_EARTH_RADIUS_KM * (180.0 / SAH_PI);
    double lon_step = lat_step / fmax(sah_cos(sah_radians(lat)), 0.01);
    for (int j = -STEPS; j < STEPS; j++)
        for (int i = -STEPS; i < STEPS; i++) {
            double h = height(i, j);
            if (h > 0.0)
                add(field,
                    sah_grid_cell(grid, lon + (i + 0.5) * lon_step,
                                  lat + (j + 0.5) * lat_step),
                    unit * h);
        }
}
