/* Numbers with few digits by one exact operation (Clinger 1990: mantissa below 2^53,
 * power of ten up to 10^22, both exact doubles); the rest by strtod in the C locale. */
#include "sim/kernel/number.h"

#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { EXACT_POWER = 22, MANY_DIGITS = 19, FAR_EXPONENT = 100000 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

struct decimal {
    bool negative, inexact; /* inexact: more digits than the mantissa holds */
    uint64_t mantissa;
    int digits, power;
};

static void take_digit(struct decimal *d, char c) {
    if (d->digits > 0 || c != '0') d->digits++;
    if (d->digits > MANY_DIGITS)
        d->inexact = true;
    else
        d->mantissa = 10 * d->mantissa + (uint64_t)(c - '0');
}

/* Returns the end of the exponent at `at`, or `at` where there is none. */
static const char *read_exponent(const char *at, struct decimal *d) {
    if (*at != 'e' && *at != 'E') return at;
    const char *p = at + 1;
    bool negative = *p == '-';
    if (*p == '+' || *p == '-') p++;
    if (!is_digit(*p)) return at;
    int exponent = 0;
    for (; is_digit(*p); p++)
        if (exponent < FAR_EXPONENT) exponent = 10 * exponent + (*p - '0');
    d->power += negative ? -exponent : exponent;
    return p;
}

/* Returns the end of the number, NULL where there is none. */
static const char *read_decimal(const char *at, struct decimal *d) {
    *d = (struct decimal){.negative = *at == '-'};
    if (*at == '+' || *at == '-') at++;
    bool any = is_digit(*at);
    for (; is_digit(*at); at++) take_digit(d, *at);
    if (*at == '.') {
        at++;
        any = any || is_digit(*at);
        for (; is_digit(*at); at++) {
            take_digit(d, *at);
            if (!d->inexact) d->power--;
        }
    }
    return any ? read_exponent(at, d) : NULL;
}

static double read_in_c_locale(const char *text) {
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = plain ? uselocale(plain) : (locale_t)0;
    double value = strtod(text, NULL);
    if (plain) {
        uselocale(before);
        freelocale(plain);
    }
    return value;
}

bool sah_number_read(const char *text, const char **end, double *value) {
    static const double ten[EXACT_POWER + 1] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    struct decimal d;
    const char *stop = read_decimal(text, &d);
    if (!stop) return false;
    if (end) *end = stop;
    bool exact = !d.inexact && d.mantissa < (UINT64_C(1) << 53);
    if (!exact || d.power < -EXACT_POWER || d.power > EXACT_POWER) {
        *value = read_in_c_locale(text);
        return true;
    }
    double size = (double)d.mantissa;
    size = d.power < 0 ? size / ten[-d.power] : size * ten[d.power];
    *value = d.negative ? -size : size;
    return true;
}

bool sah_number_parse(const char *text, double *value) {
    const char *end;
    double read;
    if (!sah_number_read(text, &end, &read) || *end != '\0' || !isfinite(read))
        return false;
    *value = read;
    return true;
}
