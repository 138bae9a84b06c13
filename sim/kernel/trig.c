/* Sine, cosine and arc tangent by argument reduction and polynomials.
 *
 *   sin, cos:  x = k pi/2 + r, |r| <= pi/4; pi/2 is subtracted in three pieces, the
 *              first two of 33 bits, so that nothing is lost near its multiples.
 *   atan2:     the ratio t = min/max of the sides lies in 0..1; atan t = a + atan(r)
 *              with a = 0, atan 1/2 or pi/4 and |r| <= 7/16.
 *
 * Coefficients: FDLIBM 5.3 (k_sin.c, k_cos.c, e_rem_pio2.c, s_atan.c), Copyright (C)
 * 1993 by Sun Microsystems, Inc. All rights reserved. "Permission to use, copy, modify,
 * and distribute this software is freely granted, provided that this notice is
 * preserved." */
#include "sim/kernel/trig.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

static const double largest = 1e5;

/* c[0] + c[1] z + ... + c[n-1] z^(n-1) */
static double polynomial(double z, const double *c, size_t n) {
    double sum = c[n - 1];
    for (size_t i = n - 1; i-- > 0;) sum = sum * z + c[i];
    return sum;
}

/* sin r = r + r^3 S(r^2), |r| <= pi/4 */
static double sin_near_zero(double r) {
    static const double s[] = {-1.66666666666666324348e-01, 8.33333333332248946124e-03,
                               -1.98412698298579493134e-04, 2.75573137070700676789e-06,
                               -2.50507602534068634195e-08, 1.58969099521155010221e-10};
    double z = r * r;
    return r + r * z * polynomial(z, s, 6);
}

/* cos r = 1 - r^2/2 + r^4 C(r^2), |r| <= pi/4; what 1 - r^2/2 rounds off comes back */
static double cos_near_zero(double r) {
    static const double c[] = {4.16666666666666019037e-02, -1.38888888888741095749e-03,
                               2.48015872894767294178e-05, -2.75573143513906633035e-07,
                               2.08757232129817482790e-09, -1.13596475577881948265e-11};
    double z = r * r, half = 0.5 * z, w = 1.0 - half;
    return w + (((1.0 - w) - half) + z * z * polynomial(z, c, 6));
}

/* Writes the rest of x over multiples of pi/2; returns the multiple modulo 4. */
static int quadrant(double x, double *rest) {
    static const double first = 1.57079632673412561417e+00,
                        second = 6.07710050630396597660e-11,
                        third = 2.02226624879595063154e-21;
    const double shift = 0x1.8p52; /* adding it rounds to a whole number */
    double k = (x * 6.36619772367581382433e-01 + shift) - shift;
    *rest = ((x - k * first) - k * second) - k * third;
    return (int)k & 3;
}

static bool outside(double x) {
    return !(x >= -largest && x <= largest);
}

/* The sine of rest + quarters * pi/2. */
static double sin_in_quadrant(int quarters, double rest) {
    double y = quarters & 1 ? cos_near_zero(rest) : sin_near_zero(rest);
    return quarters & 2 ? -y : y;
}

double sah_sin(double x) {
    if (outside(x)) return NAN;
    double rest;
    int quarters = quadrant(x, &rest);
    return sin_in_quadrant(quarters, rest);
}

double sah_cos(double x) {
    if (outside(x)) return NAN;
    double rest;
    int quarters = quadrant(x, &rest);
    return sin_in_quadrant((quarters + 1) & 3, rest);
}

/* atan r = r - r^3 A(r^2), |r| <= 7/16 */
static double atan_near_zero(double r) {
    static const double a[] = {3.33333333333329318027e-01, -1.99999999998764832476e-01,
                               1.42857142725034663711e-01, -1.11111104054623557880e-01,
                               9.09088713343650656196e-02, -7.69187620504482999495e-02,
                               6.66107313738753120669e-02, -5.83357013379057348645e-02,
                               4.97687799461593236017e-02, -3.65315727442169155270e-02,
                               1.62858201153657823623e-02};
    double z = r * r;
    return r - r * z * polynomial(z, a, 11);
}

/* atan(y/x) for 0 <= y <= x, x > 0 */
static double atan_below_diagonal(double y, double x) {
    if (y < 0.4375 * x) return atan_near_zero(y / x);
    if (y < 0.6875 * x) {
        double r = atan_near_zero((2.0 * y - x) / (2.0 * x + y));
        return 4.63647609000806093515e-01 + (r + 2.26987774529616870924e-17);
    }
    double r = atan_near_zero((y - x) / (y + x));
    return 0.25 * SAH_PI + (r + 3.06161699786838301793e-17);
}

double sah_atan2(double y, double x) {
    if (isnan(x) || isnan(y)) return NAN;
    double width = fabs(x), height = fabs(y);
    if (width == 0.0 && height == 0.0) return 0.0;
    double angle;
    if (height <= width)
        angle = atan_below_diagonal(height, width);
    else
        angle = 0.5 * SAH_PI -
                (atan_below_diagonal(width, height) - 6.12323399573676603587e-17);
    if (x < 0.0) angle = SAH_PI - (angle - 1.22464679914735317723e-16);
    return y < 0.0 ? -angle : angle;
}
