/* People move: a community splits, and the part lives elsewhere and keeps its origin. */
#include "models/sahel/displacement.h"

/* May so many people join an agent that left with others today? */
static bool may_join(const struct sah_world *world, const struct sahel_parties *parties,
                     size_t party, int64_t count) {
    const int32_t *people = sahel_of(world)->communities.people;
    const int32_t small = sahel_small_agent(world);
    return party >= parties->begin && count <= small && people[party] <= small;
}

/* A part of agent `i` becomes an agent of its own in `to`. */
static int part_from(struct sah_world *world, size_t i, int64_t count, int32_t to,
                     int32_t origin, uint32_t number, size_t *part,
                     struct sah_error *err) {
    struct sahel_communities *c = &sahel_of(world)->communities;
    int status = sah_population_split(&c->base, i, count, part, err);
    if (status) return status;
    c->id[*part] = sah_id_child(c->id[i], world->tick, number);
    c->cell[*part] = to;
    c->origin[*part] = origin;
    return SAH_OK;
}

/* `count` people of a group, who were away or not, have gone from one cell to another. */
static void book_move(struct sahel *s, size_t group, int32_t from, int32_t to,
                      int64_t count, bool was_away, bool is_away) {
    int32_t people = (int32_t)count;
    s->people_now[from] -= people;
    s->people_now[to] += people;
    s->people_group[(size_t)from * s->ngroups + group] -= people;
    s->people_group[(size_t)to * s->ngroups + group] += people;
    if (was_away) s->displaced_now[from] -= people;
    if (is_away) s->displaced_now[to] += people;
}

bool sah_displaced_spread(const struct sahel_displacement *own,
                          const struct sah_world *world, size_t i, int64_t count,
                          enum sahel_move why, int64_t share[static SAHEL_HOSTS]) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_communities *c = &s->communities;
    const size_t row = (size_t)c->cell[i] * SAHEL_HOSTS;
    double weight[SAHEL_HOSTS];
    for (int k = 0; k < SAHEL_HOSTS; k++) {
        int32_t host = own->host[row + (size_t)k];
        bool there = host != SAH_NOWHERE && host != c->origin[i];
        weight[k] = there ? sah_flight_shunned(own->appeal[row + (size_t)k],
                                               s->violence[host], own->half)
                          : 0;
    }
    bool want = why == SAHEL_FLED_WANT;
    struct sah_rng rng =
        sahel_rng(world, want ? SAHEL_DRAW_MOVE_ON : SAHEL_DRAW_FLEE_WHERE, c->id[i]);
    return sah_flight_spread(&rng, count, weight, SAHEL_HOSTS, share);
}

/* The party that some leave with; NULL for the displaced, who go alone. */
static size_t *party_of(struct sahel_parties *parties,
                        const struct sahel_communities *c,
                        const struct sahel_leave *leave) {
    size_t i = leave->agent;
    if (!parties || c->origin[i] != SAHEL_AT_HOME) return NULL;
    return &parties->agent[c->group[i]][c->livelihood[i]][leave->host];
}

/* The number of the child that a part becomes: an agent may flee and move on, on one day. */
static uint32_t number_of(const struct sahel_leave *leave) {
    uint32_t after = leave->why == SAHEL_FLED_WANT ? SAHEL_HOSTS + 1 : 0;
    return after + leave->host;
}

int sah_displaced_leave(const struct sahel_displacement *own, struct sah_world *world,
                        const struct sahel_leave *leave, struct sahel_parties *parties,
                        struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    struct sahel_communities *c = &s->communities;
    const size_t i = leave->agent, group = c->group[i];
    const int32_t to = own->host[(size_t)leave->from * SAHEL_HOSTS + leave->host];
    const bool was_away = c->origin[i] != SAHEL_AT_HOME;
    const int32_t origin = was_away ? c->origin[i] : leave->from;
    size_t alone, *party = party_of(parties, c, leave);
    int status = SAH_OK;
    if (party && may_join(world, parties, *party, leave->count))
        sah_population_pour(&c->base, i, leave->count, *party);
    else
        status = part_from(world, i, leave->count, to, origin, number_of(leave),
                           party ? party : &alone, err);
    if (status) return status;
    book_move(s, group, leave->from, to, leave->count, was_away, true);
    size_t country = (size_t)sahel_country_of(world, origin);
    s->moved[(size_t)leave->why * s->ncountries + country] += leave->count;
    return SAH_OK;
}

int sah_displaced_go_home(struct sah_world *world, size_t i, int64_t count,
                          struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    const struct sahel_communities *c = &s->communities;
    int32_t from = c->cell[i], home = c->origin[i];
    size_t group = c->group[i], part;
    int status =
        part_from(world, i, count, home, SAHEL_AT_HOME, SAHEL_HOSTS, &part, err);
    if (!status) book_move(s, group, from, home, count, true, false);
    return status;
}
