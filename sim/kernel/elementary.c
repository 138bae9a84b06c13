/* log, exp and their kin with fixed operations.
 *
 * Reduction and shape of the sums follow Tang, "Table-driven implementation of the
 * logarithm / exponential function in IEEE floating-point arithmetic" (ACM TOMS 1989,
 * 1990) without his tables, as is usual since fdlibm; the polynomials are our own
 * minimax fits (Remez, 60 digits). pow takes the logarithm in pairs of doubles (Dekker,
 * "A floating-point technique for extending the available precision", 1971). The error
 * of Stirling's formula and the deviance are those of Loader, "Fast and accurate
 * computation of binomial probabilities" (2000). */
#include "sim/kernel/elementary.h"

#include <float.h>
#include <math.h> /* INFINITY and NAN only */
#include <stdbool.h>

static const double ln2_high =
    0x1.62e42fee00000p-1; /* 32 bits: k * ln2_high is exact */
static const double ln2_low = 0x1.a39ef35793c76p-33;
static const double inverse_ln2 = 0x1.71547652b82fep+0;
static const double overflow_at = 0x1.62e42fefa39efp+9; /* log of the largest double */
static const double underflow_at = -0x1.74910d52d3053p+9; /* log of 2^-1075 */

static uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static double of_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* 2^k, -1022 <= k <= 1023. */
static double power_of_two(int k) {
    return of_bits((uint64_t)(k + 1023) << 52);
}

/* x * 2^k for 1/2 < x < 2 and -1076 <= k <= 1025; only the last product rounds. */
static double scale(double x, int k) {
    if (k > 1023) return x * 0x1p1023 * power_of_two(k - 1023);
    if (k < -1022) return x * power_of_two(k + 54) * 0x1p-54;
    return x * power_of_two(k);
}

/* The integer nearest to x, |x| < 2^31. */
static int nearest(double x) {
    return (int)(x + (x < 0 ? -0.5 : 0.5));
}

/* ---- log ------------------------------------------------------------------------ */

/* x = 2^k m with sqrt(1/2) <= m < sqrt(2), for positive finite x; returns m. */
static double split_power(double x, int *k) {
    const uint64_t root_half = 0x3fe6a09e667f3bcdu;
    int lift = 0;
    if (x < DBL_MIN) {
        x *= 0x1p54;
        lift = -54;
    }
    uint64_t above = bits_of(x) - root_half;
    *k = (int)((int64_t)above >> 52) + lift;
    return of_bits((above & 0x000fffffffffffffu) + root_half);
}

/* (log((1+s)/(1-s)) - 2s) / s for z = s^2, s up to that of a ratio sqrt(2). */
static double log_series(double z) {
    double r = 0x1.2b6d46d819920p-3;
    r = r * z + 0x1.39fca0618e067p-3;
    r = r * z + 0x1.7462c2a10958cp-3;
    r = r * z + 0x1.c71c62b261ef4p-3;
    r = r * z + 0x1.2492492e1b632p-2;
    r = r * z + 0x1.999999999514ep-2;
    r = r * z + 0x1.5555555555558p-1;
    return r * z;
}

/* k log 2 + log(1 + f) + low. With s = f / (2 + f):
 * log(1 + f) = f - (f^2/2 - s (f^2/2 + R(s^2))). */
static double log_sum(int k, double f, double low) {
    double s = f / (2.0 + f);
    double half = 0.5 * f * f;
    double tail = s * (half + log_series(s * s)) + (k * ln2_low + low);
    return k * ln2_high - ((half - tail) - f);
}

double sah_log(double x) {
    if (!(x > 0)) return x == 0 ? -INFINITY : NAN;
    if (x > DBL_MAX) return x;
    int k;
    double m = split_power(x, &k);
    return log_sum(k, m - 1.0, 0.0);
}

double sah_log1p(double x) {
    if (!(x > -1)) return x == -1 ? -INFINITY : NAN;
    if (x > DBL_MAX) return x;
    if (x > -0.25 && x < 0.375) return x == 0 ? x : log_sum(0, x, 0.0);
    double u = 1.0 + x;
    double lost = x > 1.0 ? 1.0 - (u - x) : x - (u - 1.0); /* what rounding u dropped */
    int k;
    double m = split_power(u, &k);
    return log_sum(k, m - 1.0, lost / u);
}

/* ---- exp ------------------------------------------------------------------------ */

/* (e^r - 1 - r) / r^2, |r| <= log(2) / 2. */
static double exp_series(double r) {
    double q = 0x1.1f9db52aa022bp-29;
    q = q * r + 0x1.af6c66b3f528bp-26;
    q = q * r + 0x1.27e4bf695ca9ep-22;
    q = q * r + 0x1.71ddefe146498p-19;
    q = q * r + 0x1.a01a01b42ceb0p-16;
    q = q * r + 0x1.a01a01b391fa9p-13;
    q = q * r + 0x1.6c16c16c1365cp-10;
    q = q * r + 0x1.111111110ec42p-7;
    q = q * r + 0x1.555555555555dp-5;
    q = q * r + 0x1.555555555555bp-3;
    q = q * r + 0x1.0000000000000p-1;
    return q;
}

/* x + low = k log 2 + r + rest, where `rest` is what r could not hold. */
static int reduce(double x, double low, double *r, double *rest) {
    int k = nearest(x * inverse_ln2);
    double high = x - k * ln2_high;
    double minus = k * ln2_low - low;
    *r = high - minus;
    *rest = (high - *r) - minus;
    return k;
}

/* exp(x + low) for a small `low`. */
static double exp_sum(double x, double low) {
    if (x > overflow_at + 1) return INFINITY;
    if (x < underflow_at - 1) return 0.0;
    double r, rest;
    int k = reduce(x, low, &r, &rest);
    return scale(1.0 + (r + (r * r * exp_series(r) + rest)), k);
}

double sah_exp(double x) {
    if (x != x) return x;
    if (x > overflow_at) return INFINITY;
    return exp_sum(x, 0.0);
}

double sah_expm1(double x) {
    if (x != x || x == 0) return x;
    if (x > 40.0) return sah_exp(x);
    if (x < -40.0) return -1.0;
    double r, rest;
    int k = reduce(x, 0.0, &r, &rest);
    double tail = r * r * exp_series(r) + rest;
    if (k == 0) return r + tail;
    double power = power_of_two(k); /* 2^k (1 + r + tail) - 1 */
    if (k == -1) return -0.5 + 0.5 * (r + tail);
    return k > 52 ? power * (r + (tail + 1.0)) - 1.0
                  : (power - 1.0) + power * (r + tail);
}

/* ---- pow ------------------------------------------------------------------------ */

struct pair {
    double high, low; /* the sum of both; |low| <= half the last place of high */
};

/* a + b as a pair, for |a| >= |b|. */
static struct pair pair_of(double a, double b) {
    double sum = a + b;
    return (struct pair){sum, b - (sum - a)};
}

/* a + b and a * b without loss. */
static struct pair sum_of(double a, double b) {
    double sum = a + b, part = sum - a;
    return (struct pair){sum, (a - (sum - part)) + (b - part)};
}

static struct pair product_of(double a, double b) {
    const double splitter = 0x1p27 + 1;
    double ta = a * splitter, tb = b * splitter;
    double ah = ta - (ta - a), bh = tb - (tb - b);
    double al = a - ah, bl = b - bh;
    double product = a * b;
    return (struct pair){product, ((ah * bh - product) + ah * bl + al * bh) + al * bl};
}

/* Products and sums of pairs, to about 2^-100. */
static struct pair times(struct pair a, struct pair b) {
    struct pair p = product_of(a.high, b.high);
    return pair_of(p.high, p.low + (a.high * b.low + a.low * b.high));
}

static struct pair plus(struct pair a, struct pair b) {
    struct pair s = sum_of(a.high, b.high);
    return pair_of(s.high, s.low + (a.low + b.low));
}

/* (atanh(s)/s - 1 - z/3) / z^2 for z = s^2. */
static double atanh_series(double z) {
    double p = 0x1.088ac6e22ec37p-4;
    p = p * z + 0x1.1017288b7716ep-4;
    p = p * z + 0x1.3b18c51749201p-4;
    p = p * z + 0x1.745d09c3d5627p-4;
    p = p * z + 0x1.c71c71d831940p-4;
    p = p * z + 0x1.249249248e3d0p-3;
    p = p * z + 0x1.999999999999fp-3;
    return p;
}

/* log x in about 65 bits:  2 s (1 + z/3 + z^2 P(z)) + k log 2,  s = (m-1)/(m+1). */
static struct pair log_pair(double x) {
    static const struct pair third = {0x1.5555555555555p-2, 0x1.5555555555555p-56};
    static const struct pair ln2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
    int k;
    double m = split_power(x, &k);

    double f = m - 1.0;
    struct pair below = sum_of(m, 1.0);
    double s = f / below.high;
    struct pair back = product_of(s, below.high);
    double rest = ((f - back.high) - back.low - s * below.low) / below.high;
    struct pair ratio = pair_of(s, rest);

    struct pair z = times(ratio, ratio);
    struct pair series = times(z, third);
    series = plus(series, (struct pair){z.high * z.high * atanh_series(z.high), 0.0});
    series = plus((struct pair){1.0, 0.0}, series);
    struct pair value = times(ratio, series);
    value = (struct pair){2 * value.high, 2 * value.low};
    return plus(times((struct pair){k, 0.0}, ln2), value);
}

enum parity { NOT_INTEGER, EVEN, ODD };

static enum parity parity_of(double y) {
    double size = y < 0 ? -y : y;
    if (size >= 0x1p53) return EVEN;
    int64_t whole = (int64_t)size;
    if ((double)whole != size) return NOT_INTEGER;
    return whole & 1 ? ODD : EVEN;
}

/* x^y for positive finite x and finite y. */
static double pow_positive(double x, double y) {
    if (x == 1) return 1.0;
    if (y > 0x1p65) return x > 1 ? INFINITY : 0.0; /* keeps the splitting finite */
    if (y < -0x1p65) return x > 1 ? 0.0 : INFINITY;
    struct pair log = log_pair(x);
    if (y * log.high > overflow_at + 1) return INFINITY;
    if (y * log.high < underflow_at - 1) return 0.0;
    struct pair power = times(log, (struct pair){y, 0.0});
    return exp_sum(power.high, power.low);
}

double sah_pow(double x, double y) {
    if (y == 0 || x == 1) return 1.0;
    if (x != x || y != y) return NAN;
    bool negative = bits_of(x) >> 63;
    double size = negative ? -x : x;
    if (y > DBL_MAX || y < -DBL_MAX) {
        if (size == 1) return 1.0;
        return (size > 1) == (y > 0) ? INFINITY : 0.0;
    }
    enum parity parity = parity_of(y);
    double value;
    if (size == 0 || size > DBL_MAX) {
        value = (size == 0) == (y < 0) ? INFINITY : 0.0;
    } else {
        if (negative && parity == NOT_INTEGER) return NAN;
        value = pow_positive(size, y);
    }
    return negative && parity == ODD ? -value : value;
}

/* ---- factorials ----------------------------------------------------------------- */

double sah_stirling_error(double n) {
    static const double small[16] = {
        0.0,
        0x1.4c071bcda0a5bp-4,
        0x1.52a9b923ea649p-5,
        0x1.c579a268d80b3p-6,
        0x1.54a2662fd78a9p-6,
        0x1.10b4e513fcbedp-6,
        0x1.c6b167bebdf36p-7,
        0x1.85d4d612e4a86p-7,
        0x1.552805e7b3076p-7,
        0x1.2f4871b12ab64p-7,
        0x1.10f9d4c0743a7p-7,
        0x1.f0593088014f8p-8,
        0x1.c7018733aa9c6p-8,
        0x1.a40514700f36cp-8,
        0x1.86076c002d4a7p-8,
        0x1.6c08f6f194a10p-8,
    };
    if (n < 16) return small[(int)n];
    double i = 1.0 / (n * n);
    double series = 1.0 / 1188.0;
    series = 1.0 / 1680.0 - series * i;
    series = 1.0 / 1260.0 - series * i;
    series = 1.0 / 360.0 - series * i;
    return (1.0 / 12.0 - series * i) / n;
}

double sah_log_poisson(double k, double mean) {
    const double tau = 0x1.921fb54442d18p+2;
    if (k == 0) return -mean;
    return -sah_stirling_error(k) - sah_deviance(k, mean) - 0.5 * sah_log(tau * k);
}

double sah_deviance(double x, double m) {
    if (x == 0) return m;
    double gap = x - m;
    double v = gap / (x + m);
    if (v > 0.1 || v < -0.1) return x * sah_log(x / m) + m - x;
    double sum = gap * v; /* 2 x (atanh v - v) + gap v */
    double term = 2 * x * v, square = v * v;
    for (int j = 1; j < 50; j++) {
        term *= square;
        double next = sum + term / (2 * j + 1);
        if (next == sum) break;
        sum = next;
    }
    return sum;
}
