/* People move: a community splits, the part lives in its host cell and keeps its origin.
 * Those of one kind who leave a cell for one town on one day go as one agent. */
#include "models/sahel/displacement.h"

/* May so many people join an agent that left with others today? */
static bool may_join(const struct sah_world *world, const int64_t *party,
                     int64_t count) {
    const int32_t *people = sahel_of(world)->communities.people;
    const int32_t small = sahel_small_agent(world);
    return party && *party >= 0 && count <= small && people[*party] <= small;
}

/* A part of agent `i` becomes an agent of its own in `to`. */
static int part_from(struct sah_world *world, size_t i, int64_t count, int32_t to,
                     int32_t origin, uint32_t number, int64_t *party,
                     struct sah_error *err) {
    struct sahel_communities *c = &sahel_of(world)->communities;
    size_t part;
    int status = sah_population_split(&c->base, i, count, &part, err);
    if (status) return status;
    c->id[part] = sah_id_child(c->id[i], world->tick, number);
    c->cell[part] = to;
    c->origin[part] = origin;
    if (party) *party = (int64_t)part;
    return SAH_OK;
}

/* A part of agent `i` goes from where it is to `to`; its origin becomes `origin`. With
 * others of its `party` (an agent, -1: none yet), if there is one. */
static int move_people(struct sah_world *world, size_t i, int64_t count, int32_t to,
                       int32_t origin, uint32_t number, int64_t *party,
                       struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    struct sahel_communities *c = &s->communities;
    int32_t from = c->cell[i], people = (int32_t)count;
    bool was_away = c->origin[i] != SAHEL_AT_HOME;
    size_t group = c->group[i];
    if (may_join(world, party, count)) {
        sah_population_pour(&c->base, i, count, (size_t)*party);
    } else {
        int status = part_from(world, i, count, to, origin, number, party, err);
        if (status) return status;
    }
    s->people_now[from] -= people;
    s->people_now[to] += people;
    s->people_group[(size_t)from * s->ngroups + group] -= people;
    s->people_group[(size_t)to * s->ngroups + group] += people;
    if (was_away) s->displaced_now[from] -= people;
    if (origin != SAHEL_AT_HOME) s->displaced_now[to] += people;
    return SAH_OK;
}

/* Where those of agent `i` who leave home today find the party to each host: NULL for
 * the displaced. */
static int64_t *parties_of(const struct sahel_displacement *own, const struct sahel *s,
                           size_t i) {
    const struct sahel_communities *c = &s->communities;
    if (c->origin[i] != SAHEL_AT_HOME) return NULL;
    return own->party +
           ((size_t)c->group[i] * SAHEL_LIVELIHOODS + c->livelihood[i]) * SAHEL_HOSTS;
}

int sah_displaced_send(const struct sahel_displacement *own, struct sah_world *world,
                       int32_t from, size_t i, int64_t count, enum sahel_move why,
                       struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    const struct sahel_communities *c = &s->communities;
    const int32_t *host = own->host + (size_t)from * SAHEL_HOSTS;
    double weight[SAHEL_HOSTS];
    int64_t share[SAHEL_HOSTS];
    for (int k = 0; k < SAHEL_HOSTS; k++) {
        bool there = host[k] != SAH_NOWHERE && host[k] != c->origin[i];
        weight[k] = there ? sah_flight_shunned(
                                own->appeal[(size_t)from * SAHEL_HOSTS + (size_t)k],
                                s->violence[host[k]], own->half)
                          : 0;
    }
    bool want = why == SAHEL_FLED_WANT;
    uint32_t number = want ? SAHEL_HOSTS + 1 : 0; /* an agent may do both on one day */
    struct sah_rng rng =
        sahel_rng(world, want ? SAHEL_DRAW_MOVE_ON : SAHEL_DRAW_FLEE_WHERE, c->id[i]);
    if (!sah_flight_spread(&rng, count, weight, SAHEL_HOSTS, share)) return SAH_OK;
    int32_t origin = c->origin[i] == SAHEL_AT_HOME ? from : c->origin[i];
    s->moved[(size_t)why * s->ncountries + (size_t)sahel_country_of(world, origin)] +=
        count;
    int64_t *party = parties_of(own, s, i);
    int status = SAH_OK;
    for (uint32_t k = 0; k < SAHEL_HOSTS && !status; k++)
        if (share[k])
            status = move_people(world, i, share[k], host[k], origin, number + k,
                                 party ? party + k : NULL, err);
    return status;
}

int sah_displaced_go_home(struct sah_world *world, size_t i, int64_t count,
                          struct sah_error *err) {
    int32_t home = sahel_of(world)->communities.origin[i];
    return move_people(world, i, count, home, SAHEL_AT_HOME, SAHEL_HOSTS, NULL, err);
}
