/* Text written piece by piece into an array of fixed size, counting what does not fit
 * as snprintf does. Internal to the kernel. */
#ifndef SAH_WRITER_H
#define SAH_WRITER_H
#include "sim/kernel/error.h"

struct sah_writer {
    char *text;
    size_t size, length;
};

/* Begins with an empty text. */
struct sah_writer sah_writer_on(char *text, size_t size);
void sah_put(struct sah_writer *writer, const char *format, ...) SAH_PRINTF(2, 3);
void sah_put_number(struct sah_writer *writer, double number); /* shortest exact form */
void sah_put_quoted(struct sah_writer *writer, const char *raw);

#endif
