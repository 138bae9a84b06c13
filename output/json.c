/* Texts are escaped for JSON (RFC 8259) and, beyond it, for HTML: < > & and the line
 * separators of Unicode. Bytes that are no UTF-8 become the replacement character. */
#include "output/json.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static void put_text(FILE *out, const char *text) {
    char *valid = g_utf8_make_valid(text ? text : "", -1);
    fputc('"', out);
    for (const char *c = valid; *c; c = g_utf8_next_char(c)) {
        gunichar code = g_utf8_get_char(c);
        bool plain = code >= 0x20 && code != '"' && code != '\\' && code != '<' &&
                     code != '>' && code != '&' && code != 0x2028 && code != 0x2029 &&
                     code != 0x7F;
        if (plain)
            fwrite(c, 1, (size_t)(g_utf8_next_char(c) - c), out);
        else
            fprintf(out, "\\u%04x", (unsigned)code);
    }
    fputc('"', out);
    g_free(valid);
}

static void begin(struct sah_json *json, const char *key) {
    if (json->comma) fputc(',', json->out);
    json->comma = true;
    if (!key) return;
    put_text(json->out, key);
    fputc(':', json->out);
}

void sah_json_open(struct sah_json *json, const char *key, char kind) {
    begin(json, key);
    fputc(kind, json->out);
    json->comma = false;
}

void sah_json_close(struct sah_json *json, char kind) {
    fputc(kind == '{' ? '}' : ']', json->out);
    json->comma = true;
}

void sah_json_text(struct sah_json *json, const char *key, const char *text) {
    begin(json, key);
    put_text(json->out, text);
}

static void put_number(FILE *out, double number) {
    if (isfinite(number))
        fprintf(out, fabs(number) < 1e15 && number == floor(number) ? "%.0f" : "%.6g",
                number == 0 ? 0.0 : number);
    else
        fputs("null", out);
}

void sah_json_number(struct sah_json *json, const char *key, double number) {
    begin(json, key);
    put_number(json->out, number);
}

void sah_json_whole(struct sah_json *json, const char *key, long long number) {
    begin(json, key);
    fprintf(json->out, "%lld", number);
}

void sah_json_numbers(struct sah_json *json, const char *key, const double *number,
                      size_t n) {
    begin(json, key);
    for (size_t i = 0; i < n; i++) {
        fputc(i ? ',' : '[', json->out);
        put_number(json->out, number[i]);
    }
    fputs(n ? "]" : "[]", json->out);
}

void sah_json_bytes(struct sah_json *json, const char *key, const unsigned char *data,
                    size_t n) {
    gchar *text = g_base64_encode(data, n);
    begin(json, key);
    fprintf(json->out, "\"%s\"", text);
    g_free(text);
}
