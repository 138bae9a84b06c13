/* The check of parameter tables: what every row owes to its readers. */
#include "sim/kernel/param.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A row under examination. */
struct row {
    const char *section;
    const struct sah_param *param;
    struct sah_error *err;
};

static int complain(const struct row *row, const char *what) {
    return sah_error_add(row->err, SAH_CHECK, "%s.%s: %s", row->section,
                         row->param->key, what);
}

static bool is_identifier(const char *key) {
    if (*key < 'a' || *key > 'z') return false;
    return key[strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

static bool is_empty(const char *text) {
    return !text || !*text;
}

static int verify_words(const struct row *row, const struct sah_param *params) {
    int code = SAH_OK;
    const struct sah_param *param = row->param;
    if (!is_identifier(param->key)) code = complain(row, "a key is written like_this");
    for (const struct sah_param *other = params; other != param; other++)
        if (!strcmp(other->key, param->key))
            code = complain(row, "the key stands twice");
    if (is_empty(param->doc)) code = complain(row, "has no sentence");
    if (is_empty(param->source)) code = complain(row, "has no source");
    if (is_empty(param->unit))
        code = complain(row, "has no unit");
    else if (!sah_unit_known(param->unit))
        code = complain(row, "has an unknown unit");
    return code;
}

static size_t count_choices(const struct sah_param *param) {
    size_t n = 0;
    while (param->choices && param->choices[n]) n++;
    return n;
}

static int verify_number(const struct row *row) {
    const struct sah_param *param = row->param;
    if (!(param->min < param->max)) return complain(row, "has no range");
    if (param->required || param->type >= SAH_TEXT) return SAH_OK;
    if (!(param->def >= param->min && param->def <= param->max))
        return complain(row, "its default lies outside its range");
    if (param->type == SAH_INT && param->def != floor(param->def))
        return complain(row, "its default is no whole number");
    return SAH_OK;
}

static int verify_choice(const struct row *row) {
    const struct sah_param *param = row->param;
    size_t n = count_choices(param);
    if (n < 2) return complain(row, "offers no choice");
    if (param->required) return SAH_OK;
    if (!(param->def >= 0 && param->def < (double)n && param->def == floor(param->def)))
        return complain(row, "its default is none of its choices");
    return SAH_OK;
}

/* Copies what stands before the next comma, without blanks around; false at the end. */
static bool next_item(const char **at, char *item, size_t size) {
    const char *begin = *at + strspn(*at, " ");
    if (!*begin) return false;
    size_t length = strcspn(begin, ",");
    *at = begin + length + (begin[length] == ',');
    while (length && begin[length - 1] == ' ') length--;
    snprintf(item, size, "%.*s", (int)length, begin);
    return true;
}

static bool is_choice(const struct sah_param *param, const char *word) {
    for (size_t i = 0; param->choices && param->choices[i]; i++)
        if (!strcmp(word, param->choices[i])) return true;
    return false;
}

static bool is_good_item(const struct sah_param *param, const char *item) {
    char why[256];
    double number;
    if (param->type == SAH_NAMES) return !param->choices || is_choice(param, item);
    if (param->type == SAH_SHARES) {
        item = strstr(item, ": ");
        if (!item) return false;
        item += 2 + strspn(item + 2, " ");
        if (is_choice(param, item)) return true;
    }
    return sah_param_read_number(param, item, &number, why, sizeof why);
}

static int verify_items(const struct row *row) {
    char item[128];
    if (row->param->required || !row->param->def_text) return SAH_OK;
    for (const char *at = row->param->def_text; next_item(&at, item, sizeof item);)
        if (!is_good_item(row->param, item))
            return complain(row, "its default cannot be read");
    return SAH_OK;
}

static int verify_value(const struct row *row) {
    const struct sah_param *param = row->param;
    int code = SAH_OK;
    switch (param->type) {
    case SAH_REAL:
    case SAH_INT:
        return verify_number(row);
    case SAH_REALS:
    case SAH_SHARES:
        code = verify_number(row);
        return code ? code : verify_items(row);
    case SAH_NAMES:
        return verify_items(row);
    case SAH_CHOICE:
        return verify_choice(row);
    case SAH_SWITCH:
        if (param->def == 0 || param->def == 1) return SAH_OK;
        return complain(row, "its default is neither on (1) nor off (0)");
    case SAH_DATE:
        if (param->required || sah_param_default(param, &(int32_t){0})) return SAH_OK;
        return complain(row, "its default is no date");
    case SAH_TEXT:
        return SAH_OK;
    }
    return complain(row, "has an unknown type");
}

int sah_params_verify(const struct sah_param *params, const char *section,
                      struct sah_error *err) {
    int code = SAH_OK;
    for (const struct sah_param *param = params; param && param->key; param++) {
        struct row row = {section, param, err};
        int words = verify_words(&row, params), value = verify_value(&row);
        if (words) code = words;
        if (value) code = value;
    }
    return code;
}
