/* One key of a `where` and what reads it: names and ranges (where_key.c), cells
 * (where_cells.c); used for entries (where.c) and for events (where_events.c). */
#ifndef SAH_STUDY_WHERE_IMPL_H
#define SAH_STUDY_WHERE_IMPL_H
#include "sim/study/where.h"

struct sah_where_key { /* and where to complain */
    const struct sah_world *world;
    const struct sah_node *node;
    char path[256];
    struct sah_error *err;
};
struct sah_where_key sah_where_key(const struct sah_world *world,
                                   const struct sah_node *node, const char *path,
                                   struct sah_error *err);

int sah_where_complain(const struct sah_where_key *key, const struct sah_node *node,
                       const char *what);
/* `where` is no mapping. */
int sah_where_refuse(const struct sah_node *where, const char *path,
                     struct sah_error *err);

/* [least] or [least, most]. */
int sah_where_range(const struct sah_where_key *key, const struct sah_node *node,
                    double range[2]);
static inline bool sah_where_inside(const double range[2], double value) {
    return value >= range[0] && value <= range[1];
}

/* Marks what one label or a list of them names among `n`. */
typedef const char *sah_where_label_of(const void *list, size_t i);
int sah_where_labels(const struct sah_where_key *key, sah_where_label_of *label,
                     const void *list, size_t n, uint8_t *allowed);
const char *sah_where_axis_label(const void *axis, size_t i);

/* One key over mask[ncells]; `known` is cleared where it says nothing of cells. */
int sah_where_cells(const struct sah_where_key *key, uint8_t *mask, bool *known);
/* A key that nobody knows, with the nearest that would do here. */
int sah_where_no_key(const struct sah_where_key *key,
                     const struct sah_axis *const *axes, size_t naxes, bool has_cells);

#endif
