/* The one list of all state: what digest and checkpoint walk.
 *
 * `visit` sees every array of a world in fixed order; it may read or fill it. A
 * population is announced by its number of agents, then shows its columns and where
 * cells begin. Scratch and what is derived from parameters are not listed. */
#ifndef SAH_STATE_H
#define SAH_STATE_H
#include "sim/kernel/world.h"

struct sah_state_visitor {
    void *to;
    /* An array; returns 0 or a code that ends the walk. */
    int (*array)(void *to, const char *name, enum sah_type type, void *data,
                 size_t count, struct sah_error *err);
    /* A population, before its columns; may change its size (NULL: nothing to do). */
    int (*population)(void *to, struct sah_population *population,
                      struct sah_error *err);
    bool world_only; /* leaves out logs that stand aside */
};

int sah_state_walk(struct sah_world *world, const struct sah_state_visitor *visitor,
                   struct sah_error *err);

#endif
