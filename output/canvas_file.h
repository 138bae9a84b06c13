/* The last step of a picture: bytes in memory become a file. */
#ifndef SAH_OUTPUT_CANVAS_FILE_H
#define SAH_OUTPUT_CANVAS_FILE_H
#include "sim/kernel/error.h"

#include <stdbool.h>
#include <stddef.h>

struct sah_bytes {
    unsigned char *data;
    size_t n, capacity;
};

/* Appends; false without memory. */
bool sah_bytes_add(struct sah_bytes *bytes, const void *data, size_t n);
void sah_bytes_free(struct sah_bytes *bytes);

/* Writes beside `path`, then renames. Without `force` an existing file stays. */
int sah_bytes_save(const struct sah_bytes *bytes, const char *path, bool force,
                   struct sah_error *err);

/* Cairo numbers SVG elements by a counter of the process ("surface17"); this numbers
 * them by first appearance, so that equal drawings give equal files, and asks viewers
 * not to smooth images, which cairo forgets. */
bool sah_svg_settle(struct sah_bytes *svg);

/* Adds the physical size (chunk pHYs) that cairo leaves out. */
bool sah_png_add_dpi(struct sah_bytes *png, double dpi);

#endif
