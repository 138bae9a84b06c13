/* Collected error messages and the handler of broken invariants. */
#include "sim/kernel/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT_MESSAGES = 200 };

/* Appends `line` and a newline to the collected text. */
static bool append(struct sah_error *err, const char *line, size_t n) {
    char *text = realloc(err->text, err->length + n + 2);
    if (!text) return false;
    memcpy(text + err->length, line, n);
    err->text = text;
    err->length += n + 1;
    text[err->length - 1] = '\n';
    text[err->length] = '\0';
    return true;
}

int(sah_error_add)(struct sah_error *err, int code, const char *format, ...) {
    if (!err || err->code == SAH_MEMORY) return code;
    if (err->code == SAH_OK || code == SAH_MEMORY) err->code = code;
    if (err->count++ >= KEPT_MESSAGES) return code;

    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *line = n < 0 ? NULL : malloc((size_t)n + 1);
    if (line) vsnprintf(line, (size_t)n + 1, format, again);
    va_end(again);
    if (!line || !append(err, line, (size_t)n)) err->code = SAH_MEMORY;
    free(line);
    return code;
}

void sah_error_clear(struct sah_error *err) {
    free(err->text);
    *err = (struct sah_error){0};
}

int sah_error_of_open(int number) {
    return number == ENOMEM ? SAH_MEMORY : SAH_MISSING;
}

const char *sah_code_text(int code) {
    switch (code) {
#define X(name, value, text, status) \
    case value:                      \
        return text;
        SAH_CODES(X)
#undef X
    default:
        return "unknown code";
    }
}

int sah_code_status(int code) {
    switch (code) {
#define X(name, value, text, status) \
    case value:                      \
        return status;
        SAH_CODES(X)
#undef X
    default:
        return 3;
    }
}

static void default_handler(const char *file, int line, const char *what) {
    fprintf(stderr, "%s:%d: broken invariant: %s\n", file, line, what);
}

static sah_bug_handler *bug_handler = default_handler;

void sah_bug_set_handler(sah_bug_handler *handler) {
    bug_handler = handler ? handler : default_handler;
}

void sah_bug(const char *file, int line, const char *what) {
    bug_handler(file, line, what);
    abort();
}
