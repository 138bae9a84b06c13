/* Elementary functions that give the same bits everywhere.
 *
 * The C library's log, exp and pow differ between processors and releases; state must
 * not. These use IEEE + - * / and integer operations in a fixed order, nothing else,
 * and expect rounding to nearest. Largest errors found against a reference of 64 or
 * more bits, in units of the last place of the result (ulp):
 *
 *     sah_log     0.9   sah_log1p     0.9   sah_pow     1.4
 *     sah_exp     0.9   sah_expm1     1.8
 *     sah_logf    0.9   sah_expf      1.1   (all floats were tried)
 *
 * Special cases follow C17 annex F, but no exception flags are promised. */
#ifndef SAH_ELEMENTARY_H
#define SAH_ELEMENTARY_H
#include <stdint.h>
#include <string.h>

#define SAH_LN2 0.6931471805599453 /* log 2 */

double sah_log(double x);
double sah_log1p(double x); /* log(1 + x), precise near 0 */
double sah_exp(double x);
double sah_expm1(double x); /* exp(x) - 1, precise near 0 */
double sah_pow(double x, double y);

/* log(n!) - log(sqrt(2 pi n) (n/e)^n), the error of Stirling's formula; n >= 0, where
 * n = 0 gives 0 by convention. */
double sah_stirling_error(double n);

/* x log(x/m) + m - x >= 0, the deviance of a count x >= 0 from its mean m > 0,
 * precise also where x is near m. */
double sah_deviance(double x, double m);

/* log of the Poisson probability of the count k >= 0 at mean > 0. The binomial and
 * hypergeometric probabilities are products and quotients of it (Loader). */
double sah_log_poisson(double k, double mean);

static inline float sah_float_of_bits(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline uint32_t sah_bits_of_float(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* exp in single precision without branches, for vectorised loops. Any argument: from
 * 88.72284 on infinity; below -87.33654, where the result would be subnormal, 0; NaN
 * stays NaN.   x = k log 2 + r, |r| <= log(2)/2;  e^x = 2^k (1 + r + r^2 Q(r)). */
static inline float sah_expf(float x) {
    const float shift = 0x1.8p23f, high = 0x1.62e42ep6f, low = -0x1.5d589ep6f;
    float held = x < low ? low : x;
    held = held > high ? high : held;
    float shifted = held * 0x1.715476p0f + shift;
    float k = shifted - shift;
    float r = (held - k * 0x1.63p-1f) + k * 0x1.bd0106p-13f;
    float q = 0x1.6db3f4p-10f;
    q = q * r + 0x1.123b4ep-7f;
    q = q * r + 0x1.55545ep-5f;
    q = q * r + 0x1.555490p-3f;
    q = q * r + 0x1p-1f;
    float y = 1.0f + (r + r * r * q);
    uint32_t power = sah_bits_of_float(shifted) << 23; /* k in the exponent's place */
    y = sah_float_of_bits(sah_bits_of_float(y) + power);
    y = x > high ? sah_float_of_bits(0x7f800000u) : y;
    y = x < low ? 0.0f : y;
    return x != x ? x : y;
}

/* log in single precision without branches, for vectorised loops. Any argument: 0 gives
 * -infinity, negative and NaN give NaN, subnormals are exact cases like others.
 * x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2);  log x = k log 2 + f - f^2/2 + f^3
 * P(f). */
static inline float sah_logf(float x) {
    const float infinity = sah_float_of_bits(0x7f800000u);
    float lifted = x < 0x1p-126f ? x * 0x1p23f : x;
    float lift = x < 0x1p-126f ? -23.0f : 0.0f;
    uint32_t above = sah_bits_of_float(lifted) - 0x3f3504f3u; /* sqrt(1/2) becomes 0 */
    float k = (float)((int32_t)above >> 23) + lift;
    float f = sah_float_of_bits((above & 0x007fffffu) + 0x3f3504f3u) - 1.0f;
    float p = 0x1.1b7bb6p-4f;
    p = p * f - 0x1.e2892cp-4f;
    p = p * f + 0x1.e5ff04p-4f;
    p = p * f - 0x1.fb5002p-4f;
    p = p * f + 0x1.2339dep-3f;
    p = p * f - 0x1.5562b2p-3f;
    p = p * f + 0x1.99a4dap-3f;
    p = p * f - 0x1.ffffeep-3f;
    p = p * f + 0x1.555546p-2f;
    float square = f * f;
    float tail = f * square * p + k * -0x1.bd0106p-13f;
    float y = (f + (tail - 0.5f * square)) + k * 0x1.63p-1f;
    y = x == infinity ? infinity : y;
    y = x == 0.0f ? -infinity : y;
    y = x < 0.0f ? sah_float_of_bits(0x7fc00000u) : y;
    return x != x ? x : y;
}

#endif
