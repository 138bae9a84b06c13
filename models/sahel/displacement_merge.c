/* Every tenth day displaced people of one origin and kind in one town become one agent. */
#include "models/sahel/displacement.h"

#include <stdlib.h>

enum { MERGE_DAYS = 10 };

/* The latest agent of a kind met in a cell that has room, in an open hash table. */
struct kinds {
    size_t size;    /* a power of 2, at least twice the small agents of a cell */
    int64_t *agent; /* -1: empty */
};

static uint64_t kind_of(const struct sahel_communities *c, size_t i) {
    return ((uint64_t)(uint32_t)c->origin[i] << 16) | (uint64_t)(c->group[i] << 8) |
           c->livelihood[i];
}

static int64_t *slot_of(const struct kinds *kinds, const struct sahel_communities *c,
                        size_t i) {
    uint64_t kind = kind_of(c, i);
    size_t at = (size_t)((kind * 0x9e3779b97f4a7c15u) >> 32) & (kinds->size - 1);
    while (kinds->agent[at] >= 0 && kind_of(c, (size_t)kinds->agent[at]) != kind)
        at = (at + 1) & (kinds->size - 1);
    return &kinds->agent[at];
}

/* Small agents of one kind in one cell become one, as far as an agent may hold them. */
static void consolidate_cell(struct sah_world *world, struct kinds *kinds,
                             int32_t cell) {
    struct sahel_communities *c = &sahel_of(world)->communities;
    const int32_t small = sahel_small_agent(world);
    size_t first = (size_t)c->base.first[cell], end = (size_t)c->base.first[cell + 1];
    size_t nsmall = 0;
    for (size_t i = first; i < end; i++) nsmall += c->people[i] <= small;
    if (nsmall < 2) return;
    kinds->size = 2;
    while (kinds->size < 2 * nsmall) kinds->size *= 2;
    for (size_t k = 0; k < kinds->size; k++) kinds->agent[k] = -1;
    for (size_t i = first; i < end; i++) {
        if (c->cell[i] != cell || c->people[i] > small) continue;
        int64_t *slot = slot_of(kinds, c, i);
        if (*slot >= 0 &&
            c->people[*slot] + c->people[i] <= world->run.people_per_agent)
            sah_population_merge(&c->base, (size_t)*slot, i);
        else
            *slot = (int64_t)i;
    }
}

static size_t most_agents(const struct sahel *s, struct sah_span span) {
    const int64_t *first = s->communities.base.first;
    size_t most = 0;
    for (int64_t c = span.begin; c < span.end; c++)
        if ((size_t)(first[c + 1] - first[c]) > most)
            most = (size_t)(first[c + 1] - first[c]);
    return most;
}

void sah_displaced_merge(void *self, struct sah_world *world, struct sah_span span) {
    struct sahel_displacement *own = self;
    if (world->tick % MERGE_DAYS != 0 || world->run.people_per_agent < 2) return;
    size_t most = most_agents(sahel_of(world), span);
    struct kinds kinds = {.agent = malloc((4 * most + 2) * sizeof *kinds.agent)};
    if (!kinds.agent) {
        sah_outbox_fail(&own->leaving, span.chunk);
        return;
    }
    for (int32_t cell = (int32_t)span.begin; cell < span.end; cell++)
        consolidate_cell(world, &kinds, cell);
    free(kinds.agent);
}
