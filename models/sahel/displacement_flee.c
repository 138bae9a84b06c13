/* Who flees today: chosen cell by cell, which may happen side by side, since nobody who
 * leaves one cell counts in another today; then all go in the order of cells.
 *
 * How many flee falls to the cell, who it is to agents in proportion to their parts. */
#include "models/sahel/displacement.h"

#include <stdlib.h>

struct scratch {    /* for the agents of a cell */
    double *part;   /* of those who flee */
    int64_t *count; /* how many flee; twice as long, as sah_flight_who wants it */
};

static bool make_scratch(size_t n, struct scratch *scratch) {
    scratch->part = malloc(n * sizeof *scratch->part);
    scratch->count = malloc(2 * n * sizeof *scratch->count);
    return scratch->part && scratch->count;
}

static void free_scratch(struct scratch *scratch) {
    free(scratch->part);
    free(scratch->count);
}

static size_t agents_in(const struct sahel *s, int32_t cell) {
    const int64_t *first = s->communities.base.first + cell;
    return (size_t)(first[1] - first[0]);
}

static size_t most_agents(const struct sahel *s, struct sah_span span) {
    size_t most = 0;
    for (int32_t c = (int32_t)span.begin; c < span.end; c++)
        if (s->flight[c] > 0 && agents_in(s, c) > most) most = agents_in(s, c);
    return most;
}

static double part_of_agent(const struct sahel *s, int32_t cell, size_t i) {
    const struct sahel_communities *c = &s->communities;
    if (c->cell[i] != cell) return 0;
    return (double)c->people[i] *
           sah_flight_hazard(s->flight_rate[cell], s->rates.flight_threshold,
                             c->fear_state[i], c->fear_insurgent[i]);
}

static enum sahel_move feared(const struct sahel_communities *c, size_t i) {
    return c->fear_state[i] > c->fear_insurgent[i] ? SAHEL_FLED_STATE
                                                   : SAHEL_FLED_INSURGENT;
}

static void choose_towns(struct sahel_displacement *own, const struct sah_world *world,
                         size_t drawer, size_t i, int64_t count) {
    const struct sahel_communities *c = &sahel_of(world)->communities;
    struct sahel_leave leave = {
        .agent = i, .from = c->cell[i], .why = (uint8_t)feared(c, i)};
    int64_t share[SAHEL_HOSTS];
    if (!sah_displaced_spread(own, world, i, count, leave.why, share)) return;
    for (leave.host = 0; leave.host < SAHEL_HOSTS; leave.host++) {
        leave.count = share[leave.host];
        if (leave.count) sah_outbox_put(&own->leaving, drawer, &leave);
    }
}

static void choose_in(struct sahel_displacement *own, const struct sah_world *world,
                      size_t drawer, int32_t cell, struct scratch scratch) {
    const struct sahel *s = sahel_of(world);
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_FLEE, (uint64_t)cell + 1);
    int64_t fleeing = sah_poisson(&rng, s->flight[cell]);
    size_t first = (size_t)s->communities.base.first[cell], n = agents_in(s, cell);
    if (!fleeing || !n) return;
    for (size_t k = 0; k < n; k++) scratch.part[k] = part_of_agent(s, cell, first + k);
    sah_flight_who(&rng, fleeing, scratch.part, s->communities.people + first, n,
                   scratch.count, scratch.count + n);
    for (size_t k = 0; k < n; k++)
        if (scratch.count[k])
            choose_towns(own, world, drawer, first + k, scratch.count[k]);
}

void sah_displaced_choose(void *self, struct sah_world *world, struct sah_span span) {
    struct sahel_displacement *own = self;
    const struct sahel *s = sahel_of(world);
    size_t most = most_agents(s, span);
    struct scratch scratch;
    if (!most) return;
    bool made = make_scratch(most, &scratch);
    if (!made) sah_outbox_fail(&own->leaving, span.chunk);
    for (int32_t c = (int32_t)span.begin; made && c < span.end; c++)
        if (s->flight[c] > 0) choose_in(own, world, span.chunk, c, scratch);
    free_scratch(&scratch);
}

int sah_displaced_flee(void *self, struct sah_world *world, struct sah_error *err) {
    struct sahel_displacement *own = self;
    const struct sah_population *agents = &sahel_of(world)->communities.base;
    struct sah_outbox_cursor cursor = {0};
    const struct sahel_leave *leave;
    int32_t from = SAH_NOWHERE;
    int status = sah_outbox_check(&own->leaving, err);
    *own->parties = (struct sahel_parties){0};
    while (!status && (leave = sah_outbox_next(&own->leaving, &cursor))) {
        if (leave->from != from) own->parties->begin = agents->n;
        from = leave->from;
        status = sah_displaced_leave(own, world, leave, own->parties, err);
    }
    return status;
}
