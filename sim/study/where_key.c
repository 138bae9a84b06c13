/* Reads a key of a `where`: labels and ranges, with the nearest name where one is wrong. */
#include "sim/study/where_impl.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/kernel/number.h"

struct sah_where_key sah_where_key(const struct sah_world *world,
                                   const struct sah_node *node, const char *path,
                                   struct sah_error *err) {
    struct sah_where_key key = {.world = world, .node = node, .err = err};
    snprintf(key.path, sizeof key.path, "%.160s.%.80s", path, node->key);
    return key;
}

int sah_where_refuse(const struct sah_node *where, const char *path,
                     struct sah_error *err) {
    return sah_scenario_complain(err, where->origin, path, NULL,
                                 "expected a mapping such as {country: MLI}");
}

int sah_where_complain(const struct sah_where_key *key, const struct sah_node *node,
                       const char *what) {
    const char *text = node->kind == SAH_SCALAR ? node->text : NULL;
    return sah_scenario_complain(key->err, node->origin, key->path, text, "%s", what);
}

static bool read_bound(const char *text, double *bound) {
    if (!strcmp(text, "inf") || !strcmp(text, "-inf")) {
        *bound = *text == '-' ? -INFINITY : INFINITY;
        return true;
    }
    return sah_number_parse(text, bound);
}

int sah_where_range(const struct sah_where_key *key, const struct sah_node *node,
                    double range[2]) {
    const struct sah_node *a = node->kind == SAH_SEQUENCE ? node->child : NULL;
    const struct sah_node *b = a ? a->next : NULL;
    range[0] = -INFINITY, range[1] = INFINITY;
    if (!a || !read_bound(a->text, &range[0]) ||
        (b && (!read_bound(b->text, &range[1]) || b->next)))
        return sah_where_complain(key, node,
                                  "expected a range such as [0, 60], or [12] and more");
    return range[0] <= range[1]
               ? SAH_OK
               : sah_where_complain(key, node, "the range is upside down");
}

static int read_label(const struct sah_where_key *key, const struct sah_node *node,
                      sah_where_label_of *label, const void *list, size_t n,
                      uint8_t *allowed) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        const char *name = label(list, i);
        if (node->kind == SAH_SCALAR && !strcmp(name, node->text)) {
            allowed[i] = 1;
            return SAH_OK;
        }
        sah_nearer(node->text, name, &best, &distance);
    }
    char what[256];
    snprintf(what, sizeof what, "no such %s%s%s%s", key->node->key,
             best ? "; did you mean " : "", best ? best : "", best ? "?" : "");
    return sah_where_complain(key, node, what);
}

int sah_where_labels(const struct sah_where_key *key, sah_where_label_of *label,
                     const void *list, size_t n, uint8_t *allowed) {
    if (key->node->kind == SAH_SCALAR)
        return read_label(key, key->node, label, list, n, allowed);
    int status = SAH_OK;
    if (key->node->kind != SAH_SEQUENCE || !key->node->child)
        return sah_where_complain(key, key->node, "expected a name or a list of names");
    for (const struct sah_node *item = key->node->child; item; item = item->next)
        if (read_label(key, item, label, list, n, allowed)) status = SAH_INPUT;
    return status;
}

const char *sah_where_axis_label(const void *axis, size_t i) {
    return ((const struct sah_axis *)axis)->label[i];
}
