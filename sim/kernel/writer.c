/* Text into arrays of fixed size; numbers in their shortest exact form; YAML quotes. */
#include "sim/kernel/writer.h"
#include "sim/kernel/number.h"
#include "sim/kernel/param.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sah_writer sah_writer_on(char *text, size_t size) {
    if (size) text[0] = '\0';
    return (struct sah_writer){.text = text, .size = size};
}

/* The place to go on writing, and the room there. */
static char *tail(const struct sah_writer *writer, size_t *room) {
    *room = writer->length < writer->size ? writer->size - writer->length : 0;
    return *room ? writer->text + writer->length : NULL;
}

void sah_put(struct sah_writer *writer, const char *format, ...) {
    size_t room;
    char *at = tail(writer, &room);
    va_list args;
    va_start(args, format);
    int n = vsnprintf(at, room, format, args);
    va_end(args);
    if (n > 0) writer->length += (size_t)n;
}

void sah_number_text(double number, char text[static 32]) {
    const double all_digits = 1e15;
    double back;
    if (number == floor(number) && fabs(number) < all_digits) {
        snprintf(text, 32, "%.0f", number);
        return;
    }
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, 32, "%.*g", digits, number);
        if (sah_number_parse(text, &back) && back == number) return;
    }
}

void sah_put_number(struct sah_writer *writer, double number) {
    char text[32];
    sah_number_text(number, text);
    sah_put(writer, "%s", text);
}

/* What YAML 1.2 would read as something else than a text. */
static bool is_null_word(const char *raw) {
    static const char *const words[] = {"", "~", "null", "Null", "NULL"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(raw, words[i])) return true;
    return false;
}

/* Whether `raw` may stand without quotes, in flow context too: printable ASCII without
 * the indicators of YAML, no blank at its ends. */
static bool is_plain(const char *raw) {
    if (is_null_word(raw) || strchr(" %@`'\"!&*|>?-:", raw[0])) {
        bool is_negative = raw[0] == '-' && raw[1] && strchr("0123456789.", raw[1]);
        if (!is_negative || !strncmp(raw, "---", 3)) return false;
    }
    if (!strncmp(raw, "...", 3)) return false;
    for (const char *c = raw; *c; c++) {
        if (*c < 0x20 || *c > 0x7e || strchr("[]{},#\"\\", *c)) return false;
        if (*c == ':' && (c[1] == ' ' || c[1] == '\0')) return false;
    }
    return raw[strlen(raw) - 1] != ' ';
}

/* Characters that YAML wants escaped beyond ASCII: C1 controls, line and paragraph
 * separators, the byte order mark. Tells their length in bytes and their number. */
static size_t escaped_beyond_ascii(const unsigned char *c, unsigned *code) {
    if (c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0) return *code = c[1], 2;
    if (c[0] == 0xe2 && c[1] == 0x80 && (c[2] & 0xfe) == 0xa8)
        return *code = 0x2000U + (c[2] & 0x3fU), 3;
    if (c[0] == 0xef && c[1] == 0xbb && c[2] == 0xbf) return *code = 0xfeff, 3;
    return 0;
}

static void put_escaped(struct sah_writer *writer, const char *raw) {
    for (const unsigned char *c = (const unsigned char *)raw; *c; c++) {
        unsigned code;
        size_t length = escaped_beyond_ascii(c, &code);
        if (length) {
            sah_put(writer, "\\u%04x", code);
            c += length - 1;
        } else if (*c == '\n')
            sah_put(writer, "\\n");
        else if (*c < 0x20 || *c == 0x7f)
            sah_put(writer, "\\x%02x", *c);
        else if (*c == '"' || *c == '\\')
            sah_put(writer, "\\%c", *c);
        else
            sah_put(writer, "%c", *c);
    }
}

int sah_quoted_text(const char *raw, char *text, size_t size) {
    struct sah_writer writer = sah_writer_on(text, size);
    if (is_plain(raw)) {
        sah_put(&writer, "%s", raw);
        return (int)writer.length;
    }
    sah_put(&writer, "\"");
    put_escaped(&writer, raw);
    sah_put(&writer, "\"");
    return (int)writer.length;
}

void sah_put_quoted(struct sah_writer *writer, const char *raw) {
    size_t room;
    char *at = tail(writer, &room);
    int n = sah_quoted_text(raw, at, room);
    if (n > 0) writer->length += (size_t)n;
}
