/* Entries of an observable that a `where` keeps. */
#include "sim/study/where_impl.h"

#include <stdlib.h>
#include <string.h>

static void clear_others(uint8_t *mask, const uint8_t *allowed, size_t n, size_t outer,
                         size_t inner) {
    for (size_t o = 0; o < outer; o++)
        for (size_t i = 0; i < n; i++)
            if (!allowed[i]) memset(mask + (o * n + i) * inner, 0, inner);
}

/* An axis of the observable: [axis 0][axis 1], or [axis 0][cell]. */
static int keep_axis(const struct sah_where_key *key,
                     const struct sah_axis *const axes[2], int k, size_t count,
                     uint8_t *mask) {
    uint8_t *allowed = calloc(axes[k]->n + 1, 1);
    if (!allowed) return sah_error_add(key->err, SAH_MEMORY, "no memory for a mask");
    int status =
        sah_where_labels(key, sah_where_axis_label, axes[k], axes[k]->n, allowed);
    size_t outer = k && axes[0] ? axes[0]->n : 1;
    if (!status)
        clear_others(mask, allowed, axes[k]->n, outer, count / outer / axes[k]->n);
    free(allowed);
    return status;
}

static int keep_key(const struct sah_where_key *key, const struct sah_observable *what,
                    const struct sah_axis *const axes[2], size_t count, uint8_t *mask,
                    uint8_t *cells) {
    for (int k = 0; k < 2; k++)
        if (axes[k] && !strcmp(axes[k]->name, key->node->key))
            return keep_axis(key, axes, k, count, mask);
    bool known = false, has_cells = what->place == SAH_FIELD;
    int status = has_cells ? sah_where_cells(key, cells, &known) : SAH_OK;
    return known ? status : sah_where_no_key(key, axes, 2, has_cells);
}

int sah_where_entries(const struct sah_world *world, const struct sah_observable *what,
                      const struct sah_node *where, const char *path, uint8_t *mask,
                      struct sah_error *err) {
    size_t count = sah_observable_count(world, what);
    size_t ncells = what->place == SAH_FIELD ? (size_t)world->grid.ncells : 1;
    const struct sah_axis *axes[2] = {NULL, NULL};
    memset(mask, 1, count);
    if (!where || where->kind == SAH_NULL) return SAH_OK;
    if (where->kind != SAH_MAPPING) return sah_where_refuse(where, path, err);
    for (int k = 0; k < 2; k++)
        if (what->axes[k]) axes[k] = sah_world_find_axis(world, what->axes[k]);
    uint8_t *cells = malloc(ncells + 1);
    if (!cells) return sah_error_add(err, SAH_MEMORY, "no memory for a mask");
    memset(cells, 1, ncells);
    int status = SAH_OK;
    for (const struct sah_node *node = where->child; node; node = node->next) {
        struct sah_where_key key = sah_where_key(world, node, path, err);
        int fault = keep_key(&key, what, axes, count, mask, cells);
        if (fault) status = fault;
    }
    for (size_t i = 0; i < count; i++) mask[i] = mask[i] && cells[i % ncells];
    free(cells);
    return status;
}
