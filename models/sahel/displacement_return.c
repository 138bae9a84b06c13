/* Every thirtieth day displaced people go home where it is calm, more of them where aid
 * helps, and move on where it does not reach them (23). */
#include "models/sahel/displacement.h"

enum { MOVE_DAYS = 30 };

/* Displaced people whose home is calm, of a stretch of agents. */
enum { BLOCK = 512 };
struct ready {
    size_t n, agent[BLOCK];
    uint64_t id[BLOCK];
    uint32_t word[4][BLOCK]; /* the first numbers of their draws */
};

static void find_ready(const struct sahel_displacement *own,
                       const struct sah_world *world, size_t begin, size_t end,
                       struct ready *ready) {
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
static double chance_of_return(const struct sahel_displacement *own, double aided) {
    return sah_flight_chance(own->return_rate * (1 + aided), MOVE_DAYS);
}

static int go_home_of(const struct sahel_displacement *own, struct sah_world *world,
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
        status = sah_displaced_go_home(world, i, count, err);
    }
    return status;
}

/* Most stay: their draws are looked at in bulk, and only the others made one by one. */
static int go_home(const struct sahel_displacement *own, struct sah_world *world,
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
static int move_on(const struct sahel_displacement *own, struct sah_world *world,
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
        if (count)
            status =
                sah_displaced_send(own, world, cell, i, count, SAHEL_FLED_WANT, err);
    }
    return status;
}

int sah_displaced_return(const struct sahel_displacement *own, struct sah_world *world,
                         struct sah_error *err) {
    if (world->tick % MOVE_DAYS != 0) return SAH_OK;
    int status = go_home(own, world, err);
    return status ? status : move_on(own, world, err);
}
