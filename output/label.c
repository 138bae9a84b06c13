/* Greedy placement of names around points. */
#include "output/label.h"

#include <math.h>
#include <stdlib.h>

/* Where the middle of a name lies from its point, in halves of its size; first wish
 * first. */
static const double WISH[8][2] = {{1, 0},  {1, -1},  {-1, 0}, {1, 1},
                                  {0, -1}, {-1, -1}, {0, 1},  {-1, 1}};

void sah_label_space_free(struct sah_label_space *space) {
    free(space->taken);
    space->taken = NULL;
    space->n = space->capacity = 0;
}

static bool apart(struct sah_box a, struct sah_box b) {
    return a.x1 <= b.x0 || b.x1 <= a.x0 || a.y1 <= b.y0 || b.y1 <= a.y0;
}

bool sah_label_free(const struct sah_label_space *space, struct sah_box box) {
    struct sah_box in = space->bounds;
    if (!(box.x0 >= in.x0 && box.x1 <= in.x1 && box.y0 >= in.y0 && box.y1 <= in.y1))
        return false;
    for (size_t i = 0; i < space->n; i++) {
        if (!apart(space->taken[i], box)) return false;
    }
    return true;
}

bool sah_label_take(struct sah_label_space *space, struct sah_box box) {
    if (space->n == space->capacity) {
        size_t capacity = 2 * space->capacity + 32;
        struct sah_box *grown = realloc(space->taken, capacity * sizeof *grown);
        if (!grown) return false;
        space->taken = grown, space->capacity = capacity;
    }
    space->taken[space->n++] = box;
    return true;
}

static struct sah_box mark_of(const struct sah_label *label) {
    return (struct sah_box){label->x - label->radius, label->y - label->radius,
                            label->x + label->radius, label->y + label->radius};
}

/* Beside the point the name clears the mark; on a diagonal it may come closer. */
static struct sah_box name_at(const struct sah_label *label, const double wish[2]) {
    double gap = label->radius * (wish[0] != 0 && wish[1] != 0 ? 1.0 : 1.4);
    double x = label->x + wish[0] * (gap + label->width / 2);
    double y = label->y + wish[1] * (gap + label->height / 2);
    return (struct sah_box){x - label->width / 2, y - label->height / 2,
                            x + label->width / 2, y + label->height / 2};
}

static bool place_one(struct sah_label_space *space, struct sah_label *label) {
    if (!sah_label_free(space, mark_of(label))) return false;
    for (size_t i = 0; i < sizeof WISH / sizeof WISH[0]; i++) {
        label->box = name_at(label, WISH[i]);
        if (!sah_label_free(space, label->box)) continue;
        return sah_label_take(space, label->box) &&
               sah_label_take(space, mark_of(label));
    }
    return false;
}

size_t sah_labels_place(struct sah_label_space *space, struct sah_label *labels,
                        size_t n, size_t most) {
    size_t placed = 0;
    for (size_t i = 0; i < n; i++) {
        labels[i].placed = placed < most && place_one(space, &labels[i]);
        placed += labels[i].placed;
    }
    return placed;
}
