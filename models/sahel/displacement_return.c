/* Every thirtieth day displaced people go home where it is calm, more of them where aid
 * helps; then others move on where it does not reach them (23).
 *
 * Most stay: the first numbers of their draws are looked at in bulk, and only the draws of
 * others made in whole. */
#include "models/sahel/displacement.h"

enum { MOVE_DAYS = 30, BLOCK = 512 };

/* One of the two ways to leave where they are. */
struct way {
    unsigned purpose;
    uint64_t flip; /* of the bits of an agent's id, in its draw */
    /* The hazard a day of one who is away; 0 for those who stay. */
    double (*hazard)(const struct sahel_displacement *own, const struct sahel *s,
                     size_t i);
    int (*go)(const struct sahel_displacement *own, struct sah_world *world, size_t i,
              int64_t count, struct sah_error *err);
};

/* ---- home ---- */

static double hazard_of_return(const struct sahel_displacement *own,
                               const struct sahel *s, size_t i) {
    int32_t origin = s->communities.origin[i];
    if (s->violence[origin] > own->calm) return 0;
    return own->return_rate * (1 + (double)s->aided[origin]);
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

static int go_home(const struct sahel_displacement *own, struct sah_world *world,
                   size_t i, int64_t count, struct sah_error *err) {
    const struct sahel_communities *c = &sahel_of(world)->communities;
    (void)own;
    book_return(world, c->id[i], c->origin[i], count);
    return sah_displaced_go_home(world, i, count, err);
}

/* ---- to another town ---- */

static double hazard_of_want(const struct sahel_displacement *own,
                             const struct sahel *s, size_t i) {
    (void)own;
    return s->forsaken[s->communities.cell[i]];
}

static int move_on(const struct sahel_displacement *own, struct sah_world *world,
                   size_t i, int64_t count, struct sah_error *err) {
    struct sahel_leave leave = {.agent = i,
                                .from = sahel_of(world)->communities.cell[i],
                                .why = SAHEL_FLED_WANT};
    int64_t share[SAHEL_HOSTS];
    if (!sah_displaced_spread(own, world, i, count, SAHEL_FLED_WANT, share))
        return SAH_OK;
    int status = SAH_OK;
    for (; leave.host < SAHEL_HOSTS && !status; leave.host++) {
        leave.count = share[leave.host];
        if (leave.count) status = sah_displaced_leave(own, world, &leave, NULL, err);
    }
    return status;
}

/* ---- both ---- */

static const struct way ways[] = {
    {SAHEL_DRAW_RETURN, 0, hazard_of_return, go_home},
    {SAHEL_DRAW_MOVE_ON, UINT64_MAX, hazard_of_want, move_on},
};

/* Some of those away who may leave, of a stretch of agents. */
struct ready {
    size_t n, agent[BLOCK];
    double chance[BLOCK];    /* within MOVE_DAYS */
    uint64_t id[BLOCK];      /* of the draw */
    uint32_t word[4][BLOCK]; /* its first numbers */
};

/* Neighbours have one hazard: its chance is reckoned once. */
struct chance {
    double hazard, within;
};

static double chance_of(double hazard, struct chance *last) {
    if (hazard < last->hazard || hazard > last->hazard)
        *last = (struct chance){hazard, sah_flight_chance(hazard, MOVE_DAYS)};
    return last->within;
}

static void find_ready(const struct sahel_displacement *own,
                       const struct sah_world *world, const struct way *way,
                       size_t begin, size_t end, struct ready *ready) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_communities *c = &s->communities;
    struct chance last = {0};
    ready->n = 0;
    for (size_t i = begin; i < end; i++) {
        if (c->origin[i] == SAHEL_AT_HOME || c->cell[i] == SAH_NOWHERE) continue;
        double hazard = way->hazard(own, s, i);
        if (!(hazard > 0)) continue;
        ready->agent[ready->n] = i;
        ready->chance[ready->n] = chance_of(hazard, &last);
        ready->id[ready->n++] = c->id[i] ^ way->flip;
    }
    uint32_t *const word[4] = {ready->word[0], ready->word[1], ready->word[2],
                               ready->word[3]};
    sah_rng_bulk4((uint64_t)world->run.seed, way->purpose, world->tick, ready->id,
                  ready->n, word);
}

static int leave_of(const struct sahel_displacement *own, struct sah_world *world,
                    const struct way *way, const struct ready *ready,
                    struct sah_error *err) {
    const struct sahel_communities *c = &sahel_of(world)->communities;
    int status = SAH_OK;
    for (size_t k = 0; k < ready->n && !status; k++) {
        size_t i = ready->agent[k];
        /* NOLINTNEXTLINE(clang-analyzer-core.*): sah_rng_bulk4 has filled the words */
        if (sah_binomial_is_none(ready->word[0][k], ready->word[1][k], c->people[i],
                                 ready->chance[k]))
            continue;
        struct sah_rng rng = sahel_rng(world, way->purpose, ready->id[k]);
        int64_t count = sah_binomial(&rng, c->people[i], ready->chance[k]);
        if (count) status = way->go(own, world, i, count, err);
    }
    return status;
}

/* Those who have come on this way wait behind the others for another day. */
static int leave_on(const struct sahel_displacement *own, struct sah_world *world,
                    const struct way *way, struct sah_error *err) {
    size_t n = sahel_of(world)->communities.base.n;
    int status = SAH_OK;
    for (size_t begin = 0; begin < n && !status; begin += BLOCK) {
        struct ready ready;
        size_t end = begin + BLOCK < n ? begin + BLOCK : n;
        find_ready(own, world, way, begin, end, &ready);
        status = leave_of(own, world, way, &ready, err);
    }
    return status;
}

int sah_displaced_return(void *self, struct sah_world *world, struct sah_error *err) {
    const struct sahel_displacement *own = self;
    int status = sah_outbox_check(&own->leaving, err); /* for those who merged */
    for (size_t k = 0; world->tick % MOVE_DAYS == 0 && k < 2 && !status; k++)
        status = leave_on(own, world, &ways[k], err);
    return status;
}
