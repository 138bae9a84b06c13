/* The table of units, and the small grammar of their products:
 *
 *   unit   = factor { ("/" | "*" | "per") factor }      "/day" is "1/day"
 *   factor = name [ ["^"] ["-"] digit ] | "%" | "1"     "km2", "day-1", "day^-1" */
#include "sim/kernel/unit.h"
#include "sim/kernel/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct sah_unit table[] = {
    {"%", SAH_NDIMENSIONS, 1, 1, 100, "hundredth"},
    {"percent", SAH_NDIMENSIONS, 1, 1, 100, "hundredth"},
    {"s", SAH_TIME, 1, 1, 86400, "second"},
    {"min", SAH_TIME, 1, 1, 1440, "minute"},
    {"h", SAH_TIME, 1, 1, 24, "hour"},
    {"hour", SAH_TIME, 1, 1, 24, "hour"},
    {"hours", SAH_TIME, 1, 1, 24, "hour"},
    {"d", SAH_TIME, 1, 1, 1, "day"},
    {"day", SAH_TIME, 1, 1, 1, "day"},
    {"days", SAH_TIME, 1, 1, 1, "day"},
    {"week", SAH_TIME, 1, 7, 1, "7 days"},
    {"weeks", SAH_TIME, 1, 7, 1, "7 days"},
    {"month", SAH_TIME, 1, 487, 16, "a twelfth of a year, 30.4375 days"},
    {"months", SAH_TIME, 1, 487, 16, "a twelfth of a year, 30.4375 days"},
    {"year", SAH_TIME, 1, 1461, 4, "Julian year, 365.25 days"},
    {"years", SAH_TIME, 1, 1461, 4, "Julian year, 365.25 days"},
    {"mm", SAH_LENGTH, 1, 1, 1e6, "millimetre"},
    {"m", SAH_LENGTH, 1, 1, 1000, "metre"},
    {"km", SAH_LENGTH, 1, 1, 1, "kilometre"},
    {"ha", SAH_LENGTH, 2, 1, 100, "hectare"},
    {"deg", SAH_ANGLE, 1, 1, 1, "degree of arc"},
    {"arcmin", SAH_ANGLE, 1, 1, 60, "minute of arc"},
    {"g", SAH_MASS, 1, 1, 1000, "gram"},
    {"oz", SAH_MASS, 1, 311034768, 1e10, "troy ounce, 31.1034768 g"},
    {"kg", SAH_MASS, 1, 1, 1, "kilogram"},
    {"t", SAH_MASS, 1, 1000, 1, "tonne"},
    {"USD", SAH_MONEY, 1, 1, 1, "United States dollar"},
    {"kUSD", SAH_MONEY, 1, 1000, 1, "thousand dollars"},
    {"MUSD", SAH_MONEY, 1, 1e6, 1, "million dollars"},
    {"person", SAH_PERSON, 1, 1, 1, "person"},
    {"persons", SAH_PERSON, 1, 1, 1, "person"},
    {"people", SAH_PERSON, 1, 1, 1, "person"},
    {"fighter", SAH_PERSON, 1, 1, 1, "person under arms"},
    {"fighters", SAH_PERSON, 1, 1, 1, "person under arms"},
    {"soldiers", SAH_PERSON, 1, 1, 1, "person under arms"},
    {"head", SAH_ANIMAL, 1, 1, 1, "head of livestock"},
    {"event", SAH_EVENT, 1, 1, 1, "event"},
    {"events", SAH_EVENT, 1, 1, 1, "event"},
};
enum { NUNITS = sizeof table / sizeof *table, LONGEST_UNIT = 64 };

/* A product of units: base units to the `power`, times num / den. */
struct product {
    int power[SAH_NDIMENSIONS];
    double num, den;
};

const struct sah_unit *sah_units(size_t *n) {
    *n = NUNITS;
    return table;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static const char *skip_blanks(const char *at) {
    while (*at == ' ' || *at == '\t') at++;
    return at;
}

static const struct sah_unit *find(const char *name, size_t length) {
    for (size_t i = 0; i < NUNITS; i++)
        if (strlen(table[i].name) == length && !memcmp(table[i].name, name, length))
            return &table[i];
    return NULL;
}

static void multiply(struct product *product, const struct sah_unit *unit, int power) {
    for (int i = 0; i < abs(power); i++) {
        product->num *= power > 0 ? unit->num : unit->den;
        product->den *= power > 0 ? unit->den : unit->num;
    }
    if (unit->dimension != SAH_NDIMENSIONS)
        product->power[unit->dimension] += power * unit->power;
}

/* Reads one factor and moves on; `sign` is -1 after a slash. */
static bool read_factor(const char **at, int sign, struct product *product) {
    const char *name = *at, *end = name;
    if (*name == '1' && !is_digit(name[1]) && name[1] != '.') {
        *at = name + 1;
        return true;
    }
    if (*end == '%')
        end++;
    else
        while (is_letter(*end)) end++;
    const struct sah_unit *unit = find(name, (size_t)(end - name));
    if (!unit) return false;
    int power = 1;
    if (*end == '^') end++;
    if (*end == '-' && is_digit(end[1])) {
        sign = -sign;
        end++;
    }
    if (is_digit(*end)) power = *end++ - '0';
    if (is_digit(*end) || power == 0) return false;
    multiply(product, unit, sign * power);
    *at = end;
    return true;
}

/* Reads what joins two factors: 1 for a product, -1 for a quotient, 0 for nothing. */
static int read_joint(const char **at) {
    const char *next = skip_blanks(*at);
    int sign = 0;
    if (*next == '/' || *next == '*') {
        sign = *next == '/' ? -1 : 1;
        next++;
    } else if (!strncmp(next, "per", 3) && (next[3] == ' ' || next[3] == '\t')) {
        sign = -1;
        next += 3;
    }
    if (sign) *at = skip_blanks(next);
    return sign;
}

static bool read_product(const char *text, struct product *product) {
    *product = (struct product){.num = 1, .den = 1};
    if (strlen(text) > LONGEST_UNIT) return false;
    const char *at = skip_blanks(text);
    int sign = read_joint(&at);
    if (sign == 0) sign = 1;
    do {
        if (!read_factor(&at, sign, product)) return false;
    } while ((sign = read_joint(&at)) != 0);
    return *skip_blanks(at) == '\0';
}

bool sah_unit_known(const char *unit) {
    struct product product;
    return unit && read_product(unit, &product);
}

static bool is_not_finite_word(const char *text) {
    if (*text == '+' || *text == '-') text++;
    if (*text == '.') text++;
    char low[4] = {0};
    for (int i = 0; i < 3 && text[i]; i++)
        low[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
    return !strcmp(low, "nan") || !strcmp(low, "inf");
}

enum sah_quantity sah_quantity_read(const char *text, const char *unit, double *value,
                                    const char **rest) {
    text = skip_blanks(text);
    const char *end = text;
    double number;
    bool is_number = sah_number_read(text, &end, &number);
    if (rest) *rest = skip_blanks(end);
    if (!is_number)
        return is_not_finite_word(text) ? SAH_QUANTITY_NOT_FINITE
                                        : SAH_QUANTITY_NO_NUMBER;
    const char *tail = skip_blanks(end);
    if (*tail) {
        struct product given, wanted;
        if (!read_product(tail, &given)) return SAH_QUANTITY_NO_UNIT;
        if (!read_product(unit, &wanted)) return SAH_QUANTITY_OTHER_KIND;
        if (memcmp(given.power, wanted.power, sizeof given.power) != 0)
            return SAH_QUANTITY_OTHER_KIND;
        number = number * (given.num * wanted.den) / (given.den * wanted.num);
    }
    if (!isfinite(number)) return SAH_QUANTITY_NOT_FINITE;
    *value = number;
    return SAH_QUANTITY_OK;
}

bool sah_quantity_parse(const char *text, const char *unit, double *value) {
    return sah_quantity_read(text, unit, value, NULL) == SAH_QUANTITY_OK;
}
