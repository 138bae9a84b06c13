/* Decoding, then each pair against its parameter row. */
#include "sim/explore/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 256 }; /* of a path or a value, with its end */

/* ---- what is offered --------------------------------------------------------------- */

static bool is_of_cast(const struct sah_world *world, const char *section, size_t n) {
    const struct sah_family *family = world->family;
    for (size_t i = 0; i < family->ncast; i++) {
        const char *name = family->cast[i]->name;
        if (strlen(name) == n && strncmp(name, section, n) == 0) return true;
    }
    return strncmp("mechanisms", section, n) == 0 && n == strlen("mechanisms");
}

const struct sah_setting *sah_form_offer(const struct sah_world *world,
                                         const char *path) {
    const char *dot = strchr(path, '.');
    if (!dot || strchr(dot + 1, '.')) return NULL;
    if (!is_of_cast(world, path, (size_t)(dot - path)) && strcmp(path, "run.seed") != 0)
        return NULL;
    const struct sah_setting *setting = sah_binding_find(&world->binding, path);
    bool fits = setting && sah_param_is_number(setting->param) &&
                setting->param->type != SAH_DATE;
    return fits ? setting : NULL;
}

static const char *near(const struct sah_world *world, const char *wrong) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < world->binding.n; i++)
        if (sah_form_offer(world, world->binding.setting[i].path))
            sah_nearer(wrong, world->binding.setting[i].path, &best, &distance);
    return best;
}

/* ---- decoding ---------------------------------------------------------------------- */

static int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* One piece of `n` bytes; false where it is too long, badly escaped or holds what is no
 * printable ASCII: no parameter and no value of one does. */
static bool decode(const char *raw, size_t n, char text[static PIECE]) {
    size_t length = 0;
    for (size_t i = 0; i < n; i++) {
        int c = (unsigned char)raw[i];
        if (c == '+') c = ' ';
        if (c == '%') {
            if (i + 2 >= n) return false;
            int high = hex(raw[i + 1]), low = hex(raw[i + 2]);
            if (high < 0 || low < 0) return false;
            c = high * 16 + low;
            i += 2;
        }
        if (c < 0x20 || c > 0x7e || length == PIECE - 1) return false;
        text[length++] = (char)c;
    }
    text[length] = '\0';
    return true;
}

/* ---- checking ---------------------------------------------------------------------- */

static int refuse(const struct sah_world *world, const char *path,
                  struct sah_error *err) {
    const char *best = near(world, path);
    return sah_error_add(err, SAH_INPUT, "%s: no such setting%s%s%s", path,
                         best ? "; did you mean " : "", best ? best : "",
                         best ? "?" : "");
}

static int check(const struct sah_world *world, const char *path, const char *value,
                 struct sah_error *err) {
    const struct sah_setting *setting = sah_form_offer(world, path);
    if (!setting) return refuse(world, path, err);
    union {
        double real;
        int64_t whole;
        bool on;
        int choice;
    } place;
    char why[256];
    if (sah_param_read(setting->param, value, &place, why, sizeof why)) return SAH_OK;
    return sah_error_add(err, SAH_INPUT, "%s = %s: %s", path, value, why);
}

static int keep(struct sah_form *form, const char *path, const char *value,
                struct sah_error *err) {
    size_t size = strlen(path) + strlen(value) + 2;
    char *text = malloc(size);
    if (!text) return sah_error_add(err, SAH_MEMORY, "no memory for a setting");
    snprintf(text, size, "%s=%s", path, value);
    form->set[form->n++] = text;
    return SAH_OK;
}

static int read_pair(const char *raw, size_t n, const struct sah_world *world,
                     struct sah_form *form, struct sah_error *err) {
    char path[PIECE], value[PIECE];
    const char *equals = memchr(raw, '=', n);
    if (!equals || !decode(raw, (size_t)(equals - raw), path) ||
        !decode(equals + 1, n - (size_t)(equals - raw) - 1, value))
        return sah_error_add(err, SAH_INPUT, "not a pair such as gold.price=2");
    if (form->n == SAH_FORM_MOST)
        return sah_error_add(err, SAH_INPUT, "more than %d settings", SAH_FORM_MOST);
    int status = check(world, path, value, err);
    return status ? status : keep(form, path, value, err);
}

int sah_form_read(const char *body, size_t length, const struct sah_world *world,
                  struct sah_form *form, struct sah_error *err) {
    *form = (struct sah_form){0};
    if (length > SAH_FORM_BYTES)
        return sah_error_add(err, SAH_INPUT, "more than %d bytes", SAH_FORM_BYTES);
    form->set = calloc(SAH_FORM_MOST, sizeof *form->set);
    if (!form->set) return sah_error_add(err, SAH_MEMORY, "no memory for settings");
    int status = SAH_OK;
    for (size_t at = 0; at < length;) {
        const char *end = memchr(body + at, '&', length - at);
        size_t n = end ? (size_t)(end - body) - at : length - at;
        int code = n ? read_pair(body + at, n, world, form, err) : SAH_OK;
        if (!status) status = code;
        at += n + 1;
    }
    return status;
}

void sah_form_free(struct sah_form *form) {
    for (size_t i = 0; i < form->n; i++) free((char *)(uintptr_t)form->set[i]);
    free(form->set);
    *form = (struct sah_form){0};
}
