/* Values, defaults and ranges of parameter rows as text. */
#include "sim/kernel/calendar.h"
#include "sim/kernel/param.h"
#include "sim/kernel/writer.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static bool has_unit(const struct sah_param *param) {
    return param->unit && strcmp(param->unit, "1") != 0;
}

static void put_unit(struct sah_writer *writer, const struct sah_param *param) {
    if (has_unit(param)) sah_put(writer, " %s", param->unit);
}

static void put_words(struct sah_writer *writer, const char *const *words) {
    for (size_t i = 0; words && words[i]; i++)
        sah_put(writer, "%s%s", i ? ", " : "", words[i]);
}

int sah_param_bounds_text(const struct sah_param *param, char *text, size_t size) {
    struct sah_writer on = sah_writer_on(text, size), *writer = &on;
    bool low = param->min > -INFINITY, high = param->max < INFINITY;
    if (low && high) {
        sah_put_number(writer, param->min);
        sah_put(writer, "..");
        sah_put_number(writer, param->max);
    } else if (low) {
        sah_put(writer, "at least ");
        sah_put_number(writer, param->min);
    } else if (high) {
        sah_put(writer, "at most ");
        sah_put_number(writer, param->max);
    }
    if (low || high) put_unit(writer, param);
    return (int)on.length;
}

static void put_names(struct sah_writer *writer, const struct sah_names *names) {
    sah_put(writer, "[");
    for (size_t i = 0; i < names->n; i++) {
        if (i) sah_put(writer, ", ");
        sah_put_quoted(writer, names->name[i]);
    }
    sah_put(writer, "]");
}

static void put_reals(struct sah_writer *writer, const struct sah_param *param,
                      const struct sah_reals *reals) {
    sah_put(writer, "[");
    for (size_t i = 0; i < reals->n; i++) {
        if (i) sah_put(writer, ", ");
        sah_put_number(writer, reals->value[i]);
        put_unit(writer, param);
    }
    sah_put(writer, "]");
}

static void put_shares(struct sah_writer *writer, const struct sah_param *param,
                       const struct sah_shares *shares) {
    sah_put(writer, "{");
    for (size_t i = 0; i < shares->n; i++) {
        if (i) sah_put(writer, ", ");
        sah_put_quoted(writer, shares->name[i]);
        sah_put(writer, ": ");
        if (param->choices && param->choices[0] && shares->share[i] == param->max) {
            sah_put(writer, "%s", param->choices[0]);
            continue;
        }
        sah_put_number(writer, shares->share[i]);
        put_unit(writer, param);
    }
    sah_put(writer, "}");
}

static const char *choice_word(const struct sah_param *param, int index) {
    for (int i = 0; param->choices && param->choices[i]; i++)
        if (i == index) return param->choices[i];
    return "";
}

int sah_param_text(const struct sah_param *param, const void *value, char *text,
                   size_t size) {
    struct sah_writer writer = sah_writer_on(text, size);
    char date[11];
    switch (param->type) {
    case SAH_REAL:
        sah_put_number(&writer, *(const double *)value);
        put_unit(&writer, param);
        break;
    case SAH_INT:
        sah_put(&writer, "%" PRId64, *(const int64_t *)value);
        put_unit(&writer, param);
        break;
    case SAH_SWITCH:
        sah_put(&writer, "%s", *(const bool *)value ? "on" : "off");
        break;
    case SAH_CHOICE:
        sah_put_quoted(&writer, choice_word(param, *(const int *)value));
        break;
    case SAH_DATE:
        sah_day_text(*(const int32_t *)value, date);
        sah_put(&writer, "%s", date);
        break;
    case SAH_TEXT:
        if (*(char *const *)value) sah_put_quoted(&writer, *(char *const *)value);
        break;
    case SAH_NAMES:
        put_names(&writer, value);
        break;
    case SAH_REALS:
        put_reals(&writer, param, value);
        break;
    case SAH_SHARES:
        put_shares(&writer, param, value);
        break;
    }
    return (int)writer.length;
}

int sah_param_default_text(const struct sah_param *param, char *text, size_t size) {
    struct sah_writer writer = sah_writer_on(text, size);
    union {
        double real;
        int64_t whole;
        bool on;
        int choice;
        int32_t day;
    } value;
    if (param->required) return 0;
    if (sah_param_is_number(param)) {
        return sah_param_default(param, &value)
                   ? sah_param_text(param, &value, text, size)
                   : 0;
    }
    const char *raw = param->def_text;
    if (!raw) return 0;
    if (param->type == SAH_TEXT)
        sah_put_quoted(&writer, raw);
    else
        sah_put(&writer, param->type == SAH_SHARES ? "{%s}" : "[%s]", raw);
    return (int)writer.length;
}

static void put_bounds(struct sah_writer *writer, const struct sah_param *param) {
    char bounds[128];
    sah_param_bounds_text(param, bounds, sizeof bounds);
    sah_put(writer, "%s", bounds);
}

int sah_param_range_text(const struct sah_param *param, char *text, size_t size) {
    struct sah_writer writer = sah_writer_on(text, size);
    switch (param->type) {
    case SAH_SWITCH:
        sah_put(&writer, "on, off");
        break;
    case SAH_CHOICE:
    case SAH_NAMES:
        put_words(&writer, param->choices);
        break;
    case SAH_REAL:
    case SAH_INT:
    case SAH_REALS:
        put_bounds(&writer, param);
        break;
    case SAH_SHARES:
        put_bounds(&writer, param);
        if (param->choices) sah_put(&writer, " or ");
        put_words(&writer, param->choices);
        break;
    default:
        break;
    }
    return (int)writer.length;
}

const char *sah_param_type_word(enum sah_param_type type) {
    switch (type) {
#define X(name, ctype, word) \
    case SAH_##name:         \
        return word;
        SAH_PARAM_TYPES(X)
#undef X
    }
    return "unknown";
}
