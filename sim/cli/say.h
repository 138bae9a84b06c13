/* Speaking to people: errors, numbers, amounts. */
#ifndef SAH_CLI_SAY_H
#define SAH_CLI_SAY_H
#include "sim/kernel/error.h"

#include <stdint.h>
#include <stdio.h>

/* Exit statuses that belong to no code of error.h. */
enum { SAH_EXIT_USAGE = 2, SAH_EXIT_FAILED = 3 };

/* Prints all messages to standard error, then "2 errors, <after>" unless `after` is
 * NULL; clears them and returns the exit status of `code`. */
int sah_say_errors(struct sah_error *err, int code, const char *after);

/* Amounts as people read them; each is at most 32 bytes. */
struct sah_said {
    char text[32];
};
struct sah_said sah_say_count(double number);    /* 1,234,567 */
struct sah_said sah_say_large(double number);    /* 38.1 million */
struct sah_said sah_say_bytes(double bytes);     /* 213 MB */
struct sah_said sah_say_seconds(double seconds); /* 4 s, 2 min 10 s */
struct sah_said sah_say_day(int32_t day);        /* 2016-01-31 */

/* A path, number or word as JSON writes it, with its quotes. */
void sah_put_json(FILE *out, const char *text);

#endif
