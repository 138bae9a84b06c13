/* Mechanism 22, displacement: flight from violence, and return.
 *
 *   people fleeing a cell a day ~ Poisson( sum over people of the hazard of flight ),
 *       fear = max(of forces, of insurgents)
 *
 * by the law of models/flight/law.h, V being deaths remembered and takeovers O:
 *
 *   O' = O 2^(-1/ousted_half_life) + conquest (fall of state's presence)+ I/(I + rulers)
 *
 * with I fighters felt; what is added is heard of at once, as menace. They go to towns.
 * A community splits: the part lives as a group in its host cell, keeps its origin, and
 * goes home with a hazard once deaths there are forgotten, a higher one where aid helps;
 * displaced people move on where it does not reach them (23). Those on the road join the
 * sorted cells with the next sorting.
 *
 * Source: that of the law; concentration in few towns, facts 5.4; flight from conquest,
 * Balcells and Steele (2016), changed: whom people stood with does not matter here. */
#include "models/flight/law.h"
#include "models/sahel/community_agent.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HOSTS = 6, MERGE_DAYS = 10, MOVE_DAYS = 30 };
enum { NPARTIES = SAHEL_MAX_GROUPS * SAHEL_LIVELIHOODS * HOSTS };

struct displacement {
    double rate, half, threshold, range_km, size, return_rate, calm;
    double conquest, rulers, ousted_day;
    float *seen;    /* [cell] presence of the state yesterday */
    float *ousted;  /* [cell] takeovers remembered, in deaths */
    int32_t *host;  /* [cell][HOSTS] cells of the towns, or nowhere */
    float *appeal;  /* [cell][HOSTS] */
    double *part;   /* scratch of `room` agents: their parts of those who flee */
    int64_t *count; /* scratch of twice as many: how many of each flee */
    size_t room;
    int64_t *party; /* [group][livelihood][HOSTS] latest agent that left a cell today */
};

#define AT(field) .at = offsetof(struct displacement, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "rate", .type = SAH_REAL, AT(rate), .unit = "1/day", .def = 0.0055, .max = 1,
     .source = "calibrated (provisional)",
     .doc = "Hazard of flight of a person in full fear amid violence"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 19,
     .min = 0.01, .max = 1000, .source = "calibrated (provisional)",
     .doc = "Deaths remembered that half reach it"},
    {.key = "threshold", .type = SAH_REAL, AT(threshold), .unit = "1", .def = 0.01,
     .max = 1, .source = "assumed", .doc = "Fear that people live with"},
    {.key = "range", .type = SAH_REAL, AT(range_km), .unit = "km", .def = 80, .min = 1,
     .max = 2000, .source = "assumed",
     .doc = "Distance over which a town's pull falls"},
    {.key = "size", .type = SAH_REAL, AT(size), .unit = "1", .def = 0.5, .max = 2,
     .fixed = true, .source = "assumed",
     .doc = "How a town's pull grows with its people: as their number to this power"},
    {.key = "return_rate", .type = SAH_REAL, AT(return_rate), .unit = "1/day",
     .def = 0.006, .max = 1, .source = "calibrated (provisional)",
     .doc = "Hazard of going home once it is calm there"},
    {.key = "calm", .type = SAH_REAL, AT(calm), .unit = "persons", .def = 0.5,
     .max = 1000, .source = "assumed",
     .doc = "Deaths remembered below which it is calm"},
    {.key = "conquest", .type = SAH_REAL, AT(conquest), .unit = "persons", .def = 8000,
     .max = 1e5, .source = "Balcells and Steele 2016; calibrated (provisional)",
     .doc = "Deaths that weigh as much as the takeover of a place by armed groups"},
    {.key = "rulers", .type = SAH_REAL, AT(rulers), .unit = "persons", .def = 400,
     .min = 0.1, .max = 1e5, .source = "calibrated (provisional)",
     .doc = "Insurgents felt that make half a takeover of what the state gives up"},
    {.key = "ousted_half_life", .type = SAH_REAL, AT(ousted_day), .unit = "day", .def = 60,
     .min = 1, .max = 3000, .source = "assumed",
     .doc = "Time in which half of a takeover is forgotten"},
    {0},
};
/* clang-format on */

/* ---- towns ---- */

/* Keeps the HOSTS best of what is offered, best first. */
static void offer(int32_t *host, float *appeal, int32_t cell, float value) {
    for (int k = 0; k < HOSTS; k++) { /* one entry a cell: that of its largest town */
        if (host[k] != cell) continue;
        if (appeal[k] >= value) return;
        for (; k + 1 < HOSTS; k++) {
            host[k] = host[k + 1];
            appeal[k] = appeal[k + 1];
        }
        host[k] = SAH_NOWHERE;
        appeal[k] = 0;
    }
    for (int k = 0; k < HOSTS; k++) {
        if (value <= appeal[k]) continue;
        int32_t cell_down = host[k];
        float value_down = appeal[k];
        host[k] = cell;
        appeal[k] = value;
        cell = cell_down;
        value = value_down;
    }
}

struct town {
    int32_t cell;
    double size; /* log of what its people weigh: sah_flight_size */
};

static struct sah_flight_pull pull_of(const struct displacement *own) {
    return (struct sah_flight_pull){
        .size = own->size, .range_km = own->range_km, .near_km = 1};
}

/* Towns of the theatre; NULL without memory. */
static struct town *find_towns(const struct displacement *own,
                               const struct sah_world *world, size_t *n) {
    const struct sah_geography *geo = world->geo;
    const struct sah_flight_pull pull = pull_of(own);
    struct town *town = calloc(geo->nplaces + 1, sizeof *town);
    *n = 0;
    for (size_t p = 0; town && p < geo->nplaces; p++) {
        int32_t cell =
            sah_grid_cell(&world->grid, geo->place[p].lon, geo->place[p].lat);
        if (cell >= 0 && world->theatre[cell])
            town[(*n)++] =
                (struct town){cell, sah_flight_size(&pull, geo->place[p].people)};
    }
    return town;
}

static void find_hosts(struct displacement *own, const struct sah_world *world,
                       const struct town *town, size_t ntowns, int32_t from) {
    const struct sah_flight_pull pull = pull_of(own);
    int32_t *host = own->host + (size_t)from * HOSTS;
    float *appeal = own->appeal + (size_t)from * HOSTS;
    for (int k = 0; k < HOSTS; k++) host[k] = SAH_NOWHERE;
    for (size_t t = 0; t < ntowns; t++) {
        if (town[t].cell == from) continue;
        double km = sah_grid_distance_km(&world->grid, from, town[t].cell);
        if (km > 6 * own->range_km) continue;
        offer(host, appeal, town[t].cell,
              (float)sah_exp(sah_flight_log_appeal(&pull, town[t].size, km)));
    }
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct displacement *own = self;
    size_t n = (size_t)world->grid.ncells * HOSTS;
    own->host = calloc(n + 1, sizeof *own->host);
    own->appeal = calloc(n + 1, sizeof *own->appeal);
    own->seen =
        sah_world_array(world, "state_seen", SAH_F32, (size_t)world->grid.ncells, "1",
                        "Presence of the state when flight was last reckoned", err);
    own->ousted = sah_world_array(world, "ousted", SAH_F32, (size_t)world->grid.ncells,
                                  "persons", "Takeovers remembered, in deaths", err);
    if (!own->seen || !own->ousted) return SAH_MEMORY;
    for (int32_t c = 0; c < world->grid.ncells; c++)
        own->seen[c] = sahel_of(world)->state[c];
    own->party = calloc(NPARTIES, sizeof *own->party);
    if (!own->host || !own->appeal || !own->party)
        return sah_error_add(err, SAH_MEMORY, "no memory for host towns");
    size_t ntowns;
    struct town *town = find_towns(own, world, &ntowns);
    if (!town) return sah_error_add(err, SAH_MEMORY, "no memory for host towns");
    for (int32_t c = 0; c < world->grid.ncells; c++)
        if (world->theatre[c]) find_hosts(own, world, town, ntowns, c);
    free(town);
    return SAH_OK;
}

static void free_own(void *self) {
    struct displacement *own = self;
    free(own->host);
    free(own->appeal);
    free(own->part);
    free(own->count);
    free(own->party);
}

/* ---- the books of a move ---- */

/* Agents of few people: of one kind and in one place, they become one. */
static int32_t small_agent(const struct sah_world *world) {
    return (int32_t)(world->run.people_per_agent / 2);
}

/* May so many people join an agent that left with others today? */
static bool may_join(const struct sah_world *world, const int64_t *party,
                     int64_t count) {
    const int32_t *people = sahel_of(world)->communities.people;
    const int32_t small = small_agent(world);
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

/* ---- flight ---- */

/* How much of a place armed groups took over since yesterday, 0..1; felt as so many deaths,
 * and remembered. */
static void see_takeover(const struct displacement *own, struct sah_world *world,
                         int32_t cell, float keep) {
    const struct sahel *s = sahel_of(world);
    float fall = own->seen[cell] - s->state[cell];
    own->seen[cell] = s->state[cell];
    own->ousted[cell] *= keep;
    if (world->tick < 2)
        return; /* the first evening is no takeover: accords hold by then */
    if (fall <= 0 || s->insurgent[cell] <= 0 || s->people_now[cell] <= 0) return;
    float felt = (float)own->conquest * fall *
                 sahel_pull(s->insurgent[cell], (float)own->rulers);
    own->ousted[cell] += felt;
    sah_deed_hear(world, cell, felt, false);
}

static int set_rates(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct displacement *own = self;
    struct sahel *s = sahel_of(world);
    float keep = (float)sahel_left(own->ousted_day, 1);
    s->rates.flight_threshold = (float)own->threshold;
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        if (world->theatre[c]) see_takeover(own, world, c, keep);
        s->flight_rate[c] = sah_flight_rate(
            (float)own->rate, s->violence[c] + own->ousted[c], (float)own->half);
    }
    return SAH_OK;
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

/* Where those of agent `i` who leave home today find the party to each host: NULL for
 * the displaced. */
static int64_t *parties_of(const struct displacement *own, const struct sahel *s,
                           size_t i) {
    const struct sahel_communities *c = &s->communities;
    if (c->origin[i] != SAHEL_AT_HOME) return NULL;
    return own->party +
           ((size_t)c->group[i] * SAHEL_LIVELIHOODS + c->livelihood[i]) * HOSTS;
}

/* `count` people of an agent spread over host towns, calm ones first. */
static int send(const struct displacement *own, struct sah_world *world, int32_t from,
                size_t i, int64_t count, enum sahel_move why, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    const struct sahel_communities *c = &s->communities;
    const int32_t *host = own->host + (size_t)from * HOSTS;
    double weight[HOSTS];
    int64_t share[HOSTS];
    for (int k = 0; k < HOSTS; k++) {
        bool there = host[k] != SAH_NOWHERE && host[k] != c->origin[i];
        weight[k] =
            there ? sah_flight_shunned(own->appeal[(size_t)from * HOSTS + (size_t)k],
                                       s->violence[host[k]], own->half)
                  : 0;
    }
    bool want = why == SAHEL_FLED_WANT;
    uint32_t number = want ? HOSTS + 1 : 0; /* an agent may do both on one day */
    struct sah_rng rng =
        sahel_rng(world, want ? SAHEL_DRAW_MOVE_ON : SAHEL_DRAW_FLEE_WHERE, c->id[i]);
    if (!sah_flight_spread(&rng, count, weight, HOSTS, share)) return SAH_OK;
    int32_t origin = c->origin[i] == SAHEL_AT_HOME ? from : c->origin[i];
    s->moved[(size_t)why * s->ncountries + (size_t)sahel_country_of(world, origin)] +=
        count;
    int64_t *party = parties_of(own, s, i);
    int status = SAH_OK;
    for (uint32_t k = 0; k < HOSTS && !status; k++)
        if (share[k])
            status = move_people(world, i, share[k], host[k], origin, number + k,
                                 party ? party + k : NULL, err);
    return status;
}

/* Room for the parts and counts of n agents. */
static int make_room(struct displacement *own, size_t n, struct sah_error *err) {
    if (n <= own->room) return SAH_OK;
    double *part = realloc(own->part, 2 * n * sizeof *part);
    if (part) own->part = part;
    int64_t *count = part ? realloc(own->count, 4 * n * sizeof *count) : NULL;
    if (!count) return sah_error_add(err, SAH_MEMORY, "no memory for those who flee");
    own->count = count;
    own->room = 2 * n;
    return SAH_OK;
}

/* How many flee falls to the cell, who it is to agents in proportion to their parts. */
static int flee_cell(struct displacement *own, struct sah_world *world, int32_t cell,
                     struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_FLEE, (uint64_t)cell + 1);
    int64_t fleeing = sah_poisson(&rng, s->flight[cell]);
    size_t first = (size_t)s->communities.base.first[cell];
    size_t n = (size_t)s->communities.base.first[cell + 1] - first;
    if (!fleeing || !n) return SAH_OK;
    int status = make_room(own, n, err);
    if (status) return status;
    for (size_t k = 0; k < n; k++) own->part[k] = part_of_agent(s, cell, first + k);
    sah_flight_who(&rng, fleeing, own->part, s->communities.people + first, n,
                   own->count, own->count + n);
    for (size_t k = 0; k < NPARTIES; k++) own->party[k] = -1;
    for (size_t k = 0; k < n && !status; k++)
        if (own->count[k])
            status = send(own, world, cell, first + k, own->count[k],
                          feared(&s->communities, first + k), err);
    return status;
}

static int flee(void *self, struct sah_world *world, struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    int status = SAH_OK;
    for (int32_t c = 0; c < world->grid.ncells && !status; c++)
        if (s->flight[c] > 0) status = flee_cell(self, world, c, err);
    return status;
}

/* ---- return, and those of one origin in one town become one agent ---- */

/* Displaced people whose home is calm, of a stretch of agents. */
enum { BLOCK = 512 };
struct ready {
    size_t n, agent[BLOCK];
    uint64_t id[BLOCK];
    uint32_t word[4][BLOCK]; /* the first numbers of their draws */
};

static void find_ready(const struct displacement *own, const struct sah_world *world,
                       size_t begin, size_t end, struct ready *ready) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_communities *c = &s->communities;
    ready->n = 0;
    for (size_t i = begin; i < end; i++) {
        int32_t origin = c->origin[i];
        if (origin == SAHEL_AT_HOME || c->cell[i] == SAH_NOWHERE) continue;
        if (s->violence[origin] > own->calm) continue;
        ready->agent[ready->n] = i;
        ready->id[ready->n++] = c->id[i];
    }
    uint32_t *const word[4] = {ready->word[0], ready->word[1], ready->word[2],
                               ready->word[3]};
    sah_rng_bulk4((uint64_t)world->run.seed, SAHEL_DRAW_RETURN, world->tick, ready->id,
                  ready->n, word);
}

/* Those whom aid brought back are those that it adds. */
static void book_return(struct sah_world *world, uint64_t id, int32_t origin,
                        int64_t count) {
    struct sahel *s = sahel_of(world);
    double aided = s->aided[origin];
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_RETURN_WHY, id);
    int64_t helped = sah_binomial(&rng, count, aided / (1 + aided));
    size_t country = (size_t)sahel_country_of(world, origin);
    s->moved[SAHEL_RETURNED_AID * s->ncountries + country] += helped;
    s->moved[SAHEL_RETURNED * s->ncountries + country] += count - helped;
}

/* Chance to go home in a period, with and without aid at home. */
static double chance_of_return(const struct displacement *own, double aided) {
    return sah_flight_chance(own->return_rate * (1 + aided), MOVE_DAYS);
}

static int go_home_of(const struct displacement *own, struct sah_world *world,
                      const struct ready *ready, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    const struct sahel_communities *c = &s->communities;
    double unaided = chance_of_return(own, 0);
    int status = SAH_OK;
    for (size_t k = 0; k < ready->n && !status; k++) {
        size_t i = ready->agent[k];
        int32_t origin = c->origin[i];
        double aided = s->aided[origin];
        double chance = aided > 0 ? chance_of_return(own, aided) : unaided;
        /* NOLINTNEXTLINE(clang-analyzer-core.*): sah_rng_bulk4 has filled the words */
        if (sah_binomial_is_none(ready->word[0][k], ready->word[1][k], c->people[i],
                                 chance))
            continue;
        struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_RETURN, c->id[i]);
        int64_t count = sah_binomial(&rng, c->people[i], chance);
        if (!count) continue;
        book_return(world, c->id[i], origin, count);
        status = move_people(world, i, count, origin, SAHEL_AT_HOME, HOSTS, NULL, err);
    }
    return status;
}

/* Most stay: their draws are looked at in bulk, and only the others made one by one. */
static int go_home(const struct displacement *own, struct sah_world *world,
                   struct sah_error *err) {
    size_t n = sahel_of(world)->communities.base.n;
    int status = SAH_OK;
    for (size_t begin = 0; begin < n && !status; begin += BLOCK) {
        struct ready ready;
        find_ready(own, world, begin, begin + BLOCK < n ? begin + BLOCK : n, &ready);
        status = go_home_of(own, world, &ready, err);
    }
    return status;
}

/* Displaced people whom aid does not reach look for another town. */
static int move_on(const struct displacement *own, struct sah_world *world,
                   struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    const struct sahel_communities *c = &s->communities;
    size_t n = c->base.n;
    int status = SAH_OK;
    for (size_t i = 0; i < n && !status; i++) {
        int32_t cell = c->cell[i];
        if (c->origin[i] == SAHEL_AT_HOME || cell == SAH_NOWHERE) continue;
        if (s->forsaken[cell] <= 0) continue;
        double chance = sah_flight_chance(s->forsaken[cell], MOVE_DAYS);
        struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_MOVE_ON, ~c->id[i]);
        int64_t count = sah_binomial(&rng, c->people[i], chance);
        if (count) status = send(own, world, cell, i, count, SAHEL_FLED_WANT, err);
    }
    return status;
}

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
    const int32_t small = small_agent(world);
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

static int consolidate(struct sah_world *world, struct sah_error *err) {
    const struct sahel_communities *c = &sahel_of(world)->communities;
    if (world->run.people_per_agent < 2) return SAH_OK;
    int64_t most = 1;
    for (int32_t cell = 0; cell < world->grid.ncells; cell++) {
        int64_t n = c->base.first[cell + 1] - c->base.first[cell];
        most = n > most ? n : most;
    }
    struct kinds kinds = {.agent = calloc(4 * (size_t)most + 2, sizeof *kinds.agent)};
    if (!kinds.agent)
        return sah_error_add(err, SAH_MEMORY, "no memory to merge agents");
    for (int32_t cell = 0; cell < world->grid.ncells; cell++)
        consolidate_cell(world, &kinds, cell);
    free(kinds.agent);
    return SAH_OK;
}

static int settle(void *self, struct sah_world *world, struct sah_error *err) {
    int status = world->tick % MERGE_DAYS == 0 ? consolidate(world, err) : SAH_OK;
    if (status || world->tick % MOVE_DAYS != 0) return status;
    status = go_home(self, world, err);
    return status ? status : move_on(self, world, err);
}

/* Nobody minds who rules: a takeover is not made up for when it is switched on. */
static void rest(void *self, struct sah_world *world) {
    const struct displacement *own = self;
    size_t n = (size_t)world->grid.ncells;
    memcpy(own->seen, sahel_of(world)->state, n * sizeof *own->seen);
    memset(own->ousted, 0, n * sizeof *own->ousted);
}

static const struct sah_act acts[] = {
    {SAHEL_ENVIRONMENT, SAH_NOTHING, NULL, set_rates, "How readily people flee"},
    {SAHEL_AFTERMATH, SAH_NOTHING, NULL, flee, "People flee to towns"},
    {SAHEL_AFTERMATH, SAH_NOTHING, NULL, settle,
     "People return or move on, every thirtieth day"},
    {0},
};

const struct sah_model sah_model_displacement = {
    .name = "displacement",
    .doc = "People flee from violence to towns and return when it is calm",
    .reference = "ODD 7.22; Suleimenova et al. 2017",
    .acts = acts,
    .size = sizeof(struct displacement),
    .rest = rest,
    .params = params,
    .init = init,
    .free = free_own,
};
