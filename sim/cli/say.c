/* Words and numbers for a terminal. */
#include "sim/cli/say.h"

#include "sim/kernel/calendar.h"

#include <math.h>
#include <string.h>

int sah_say_errors(struct sah_error *err, int code, const char *after) {
    code = sah_error_cause(err, code);
    if (err->text)
        fputs(err->text, stderr);
    else
        fprintf(stderr, "sahel: %s\n", sah_code_text(code));
    size_t lines = err->text ? 0 : 1;
    for (const char *c = err->text; c && *c; c++) lines += *c == '\n';
    if (err->count > lines) fprintf(stderr, "and %zu more\n", err->count - lines);
    if (after)
        fprintf(stderr, "%zu error%s, %s\n", err->count, err->count == 1 ? "" : "s",
                after);
    sah_error_clear(err);
    return sah_code_status(code);
}

struct sah_said sah_say_count(double number) {
    char digits[24];
    struct sah_said said;
    size_t n = 0, length;
    if (!(fabs(number) < 1e15)) {
        snprintf(said.text, sizeof said.text, "%.3g", number);
        return said;
    }
    snprintf(digits, sizeof digits, "%.0f", fabs(number));
    length = strlen(digits);
    if (number <= -0.5) said.text[n++] = '-';
    for (size_t i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0) said.text[n++] = ',';
        said.text[n++] = digits[i];
    }
    said.text[n] = '\0';
    return said;
}

/* Three digits that count, whatever the size. */
static struct sah_said three(double number, const char *unit) {
    struct sah_said said = {0};
    int decimals = number < 10 ? 2 : number < 100 ? 1 : 0;
    snprintf(said.text, sizeof said.text, "%.*f %s", decimals, number, unit);
    return said;
}

struct sah_said sah_say_large(double number) {
    if (number >= 1e9) return three(number / 1e9, "billion");
    if (number >= 1e6) return three(number / 1e6, "million");
    return sah_say_count(number);
}

struct sah_said sah_say_bytes(double bytes) {
    if (bytes >= 1e9) return three(bytes / 1e9, "GB");
    if (bytes >= 1e6) return three(bytes / 1e6, "MB");
    if (bytes >= 1e3) return three(bytes / 1e3, "kB");
    struct sah_said said;
    snprintf(said.text, sizeof said.text, "%.0f bytes", bytes);
    return said;
}

struct sah_said sah_say_seconds(double seconds) {
    struct sah_said said;
    if (seconds < 9.95) {
        snprintf(said.text, sizeof said.text, "%.1f s", seconds);
        return said;
    }
    long s = seconds < 1e9 ? lround(seconds) : 1000000000L;
    if (s < 60)
        snprintf(said.text, sizeof said.text, "%ld s", s);
    else if (s < 3600)
        snprintf(said.text, sizeof said.text, "%ld min %ld s", s / 60, s % 60);
    else
        snprintf(said.text, sizeof said.text, "%ld h %ld min", s / 3600, s / 60 % 60);
    return said;
}

struct sah_said sah_say_day(int32_t day) {
    struct sah_said said;
    char text[11];
    sah_day_text(day, text);
    snprintf(said.text, sizeof said.text, "%s", text);
    return said;
}

void sah_put_json(FILE *out, const char *text) {
    fputc('"', out);
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '"' || *c == '\\')
            fprintf(out, "\\%c", *c);
        else if (*c < 0x20)
            fprintf(out, "\\u%04x", *c);
        else
            fputc(*c, out);
    }
    fputc('"', out);
}
