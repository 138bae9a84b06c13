/* Names on a map that never lie on each other: greedy placement, most important first.
 *
 * A name takes the first free one of eight places around its point, in the order of
 * Imhof 1975, "Positioning names on maps" (right and above first); a name without a
 * free place is left out. Plain geometry in any unit, y downwards. */
#ifndef SAH_OUTPUT_LABEL_H
#define SAH_OUTPUT_LABEL_H
#include <stdbool.h>
#include <stddef.h>

struct sah_box {
    double x0, y0, x1, y1;
};

/* What is taken already, inside the bounds. Initialise bounds, rest zero. */
struct sah_label_space {
    struct sah_box bounds;
    struct sah_box *taken;
    size_t n, capacity;
};
void sah_label_space_free(struct sah_label_space *space);
bool sah_label_free(const struct sah_label_space *space, struct sah_box box);
bool sah_label_take(struct sah_label_space *space, struct sah_box box); /* memory? */

struct sah_label {
    double x, y, radius;  /* the point and its mark */
    double width, height; /* of the name */
    bool placed;
    struct sah_box box; /* of the name, when placed */
};

/* Places labels in order, at most `most` of them; the marks of placed ones are taken
 * too. Returns how many were placed. */
size_t sah_labels_place(struct sah_label_space *space, struct sah_label *labels,
                        size_t n, size_t most);

#endif
