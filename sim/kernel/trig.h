/* Sine, cosine and arc tangent that give the same bits everywhere.
 *
 * Like elementary.h: IEEE + - * / in a fixed order, rounding to nearest, no C library.
 * Errors stay below 1.5 units of the last place (of sine and cosine for |x| <= 2 pi;
 * 2.5 up to their limit). */
#ifndef SAH_TRIG_H
#define SAH_TRIG_H

#define SAH_PI 3.14159265358979323846

/* Angles in radians, |x| <= 1e5; beyond it, and for NaN, the result is NaN. */
double sah_sin(double x);
double sah_cos(double x);

/* The angle of the point (x, y), -pi to pi; 0 for the origin, NaN for NaN. */
double sah_atan2(double y, double x);

#endif
