/* Values of parameter rows, read from text and checked; and values as numbers. */
#include "sim/kernel/param.h"
#include "sim/kernel/calendar.h"
#include "sim/kernel/writer.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_inside(const struct sah_param *param, double number) {
    return number >= param->min && number <= param->max;
}

/* A default goes along with scalars only: lists would drown the message. */
static void put_default(struct sah_writer *writer, const struct sah_param *param) {
    if (param->required || param->type >= SAH_TEXT) return;
    char text[128];
    if (param->type == SAH_REAL || param->type == SAH_INT)
        sah_number_text(param->def, text);
    else if (sah_param_default_text(param, text, sizeof text) <= 0)
        return;
    sah_put(writer, " (default %s)", text);
}

static bool refuse_range(const struct sah_param *param, char *why, size_t size) {
    struct sah_writer writer = sah_writer_on(why, size);
    bool both = param->min > -INFINITY && param->max < INFINITY;
    char range[128];
    sah_param_bounds_text(param, range, sizeof range);
    sah_put(&writer, both ? "must lie in %s" : "must be %s", range);
    put_default(&writer, param);
    return false;
}

/* What the type wants, without unit, choices and default. */
static const char *wanted(enum sah_param_type type) {
    switch (type) {
    case SAH_REAL:
        return "expected a number";
    case SAH_INT:
        return "expected a whole number";
    case SAH_SWITCH:
        return "expected on or off";
    case SAH_CHOICE:
        return "expected one of ";
    case SAH_DATE:
        return "expected a date such as 2016-01-31";
    case SAH_TEXT:
        return "expected a text";
    case SAH_NAMES:
        return "expected a list of names such as [a, b]";
    case SAH_REALS:
        return "expected a list of numbers such as [1, 2]";
    case SAH_SHARES:
        return "expected names with numbers such as {a: 1}";
    }
    return "expected something else";
}

static bool is_measured(const struct sah_param *param) {
    bool is_numeric = param->type == SAH_REAL || param->type == SAH_INT ||
                      param->type == SAH_REALS || param->type == SAH_SHARES;
    return is_numeric && param->unit && strcmp(param->unit, "1") != 0;
}

int sah_param_expected(const struct sah_param *param, char *text, size_t size) {
    struct sah_writer writer = sah_writer_on(text, size);
    sah_put(&writer, "%s", wanted(param->type));
    if (param->type == SAH_CHOICE) {
        char words[256];
        sah_param_range_text(param, words, sizeof words);
        sah_put(&writer, "%s", words);
    }
    if (is_measured(param)) sah_put(&writer, " in %s", param->unit);
    put_default(&writer, param);
    return (int)writer.length;
}

/* Tells why a text is no quantity of the row. */
static bool refuse_quantity(const struct sah_param *param, enum sah_quantity fault,
                            const char *unit, char *why, size_t size) {
    if (fault == SAH_QUANTITY_NO_NUMBER)
        return sah_param_expected(param, why, size), false;
    if (fault == SAH_QUANTITY_NOT_FINITE) {
        struct sah_writer writer = sah_writer_on(why, size);
        sah_put(&writer, "expected a finite number");
        put_default(&writer, param);
        return false;
    }
    char known[160];
    sah_param_expected(param, known, sizeof known);
    snprintf(why, size,
             fault == SAH_QUANTITY_NO_UNIT ? "no such unit: %.40s; %s"
                                           : "%.40s is another kind of unit; %s",
             unit, known);
    return false;
}

bool sah_param_read_number(const struct sah_param *param, const char *text,
                           double *value, char *why, size_t size) {
    double number;
    const char *unit = "";
    enum sah_quantity fault = sah_quantity_read(text, param->unit, &number, &unit);
    if (fault != SAH_QUANTITY_OK) return refuse_quantity(param, fault, unit, why, size);
    if (!is_inside(param, number)) return refuse_range(param, why, size);
    *value = number;
    return true;
}

/* Digits alone are read exactly: a seed may have all its 63 bits. */
static bool read_whole(const char *text, int64_t *value) {
    char *end;
    if (*text != '-' && (*text < '0' || *text > '9')) return false;
    long long whole = strtoll(text, &end, 10);
    if (*end || whole == LLONG_MAX || whole == LLONG_MIN) return false;
    *value = whole;
    return true;
}

static bool read_int(const struct sah_param *param, const char *text, int64_t *value,
                     char *why, size_t size) {
    const double exact = 9007199254740992.0; /* 2^53 */
    int64_t whole;
    if (read_whole(text, &whole)) {
        if (!is_inside(param, (double)whole)) return refuse_range(param, why, size);
        *value = whole;
        return true;
    }
    double number;
    if (!sah_param_read_number(param, text, &number, why, size)) return false;
    if (number != floor(number) || fabs(number) > exact)
        return sah_param_expected(param, why, size), false;
    *value = (int64_t)number;
    return true;
}

static bool read_switch(const struct sah_param *param, const char *text, bool *value,
                        char *why, size_t size) {
    bool on = !strcmp(text, "on") || !strcmp(text, "true");
    bool off = !strcmp(text, "off") || !strcmp(text, "false");
    if (!on && !off) return sah_param_expected(param, why, size), false;
    *value = on;
    return true;
}

static bool read_choice(const struct sah_param *param, const char *text, int *value,
                        char *why, size_t size) {
    size_t n = 0;
    for (; param->choices && param->choices[n]; n++) {
        if (strcmp(text, param->choices[n]) != 0) continue;
        *value = (int)n;
        return true;
    }
    struct sah_writer writer = sah_writer_on(why, size);
    writer.length = (size_t)sah_param_expected(param, why, size);
    const char *near = sah_nearest(text, param->choices, n);
    if (near) sah_put(&writer, "; did you mean %s?", near);
    return false;
}

static bool read_date(const struct sah_param *param, const char *text, int32_t *value,
                      char *why, size_t size) {
    if (sah_day_parse(text, value)) return true;
    sah_param_expected(param, why, size);
    return false;
}

bool sah_param_read(const struct sah_param *param, const char *text, void *value,
                    char *why, size_t size) {
    switch (param->type) {
    case SAH_REAL:
        return sah_param_read_number(param, text, value, why, size);
    case SAH_INT:
        return read_int(param, text, value, why, size);
    case SAH_SWITCH:
        return read_switch(param, text, value, why, size);
    case SAH_CHOICE:
        return read_choice(param, text, value, why, size);
    case SAH_DATE:
        return read_date(param, text, value, why, size);
    default:
        return sah_param_expected(param, why, size), false;
    }
}

bool sah_param_default(const struct sah_param *param, void *value) {
    if (param->type == SAH_DATE)
        return param->def_text && sah_day_parse(param->def_text, value);
    if (!sah_param_is_number(param)) return false;
    sah_param_set_number(param, value, param->def);
    return true;
}

bool sah_param_is_number(const struct sah_param *param) {
    return param->type < SAH_TEXT;
}

double sah_param_number(const struct sah_param *param, const void *value) {
    switch (param->type) {
    case SAH_REAL:
        return *(const double *)value;
    case SAH_INT:
        return (double)*(const int64_t *)value;
    case SAH_SWITCH:
        return *(const bool *)value ? 1 : 0;
    case SAH_CHOICE:
        return *(const int *)value;
    case SAH_DATE:
        return *(const int32_t *)value;
    default:
        return NAN;
    }
}

static int64_t nearest_whole(double number) {
    const double limit = 9223372036854775808.0; /* 2^63 */
    double whole = floor(number + 0.5);
    if (whole >= limit) return INT64_MAX;
    return whole < -limit ? INT64_MIN : (int64_t)whole;
}

void sah_param_set_number(const struct sah_param *param, void *value, double number) {
    switch (param->type) {
    case SAH_REAL:
        *(double *)value = number;
        break;
    case SAH_INT:
        *(int64_t *)value = nearest_whole(number);
        break;
    case SAH_SWITCH:
        *(bool *)value = number != 0;
        break;
    case SAH_CHOICE:
        *(int *)value = (int)number;
        break;
    case SAH_DATE:
        *(int32_t *)value = (int32_t)number;
        break;
    default:
        break;
    }
}
