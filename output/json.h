/* Writing JSON that may stand inside a page of HTML: nothing in it can end or begin an
 * element, whatever the texts hold. */
#ifndef SAH_OUTPUT_JSON_H
#define SAH_OUTPUT_JSON_H
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct sah_json {
    FILE *out;
    bool comma; /* before what comes next */
};

/* `key` is NULL inside a list and for the outermost. `kind` is '{' or '['. */
void sah_json_open(struct sah_json *json, const char *key, char kind);
void sah_json_close(struct sah_json *json, char kind);
void sah_json_text(struct sah_json *json, const char *key, const char *text);
/* Six digits; null where it is none. */
void sah_json_number(struct sah_json *json, const char *key, double number);
void sah_json_numbers(struct sah_json *json, const char *key, const double *number,
                      size_t n);
void sah_json_whole(struct sah_json *json, const char *key, long long number);
/* Bytes as base64 (RFC 4648). */
void sah_json_bytes(struct sah_json *json, const char *key, const unsigned char *data,
                    size_t n);

#endif
