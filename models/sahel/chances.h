/* Draws of many agents or cells at once, where nearly all of them come to nothing.
 *
 * The first number of each key is made in bulk (sah_rng_bulk4) and settles most: who may
 * have something to come draws by its own key as ever, so that results are the same bits
 * as without. */
#ifndef SAHEL_CHANCES_H
#define SAHEL_CHANCES_H
#include "models/sahel/world.h"

#include <string.h>

enum { SAHEL_CHANCES = 256 };

struct sahel_chances {
    size_t n;
    uint64_t id[SAHEL_CHANCES];
    uint32_t word[4][SAHEL_CHANCES];
};

/* Fills in the first numbers of all ids. */
static inline void sahel_chances_draw(const struct sah_world *world,
                                      enum sahel_draw draw, struct sahel_chances *of) {
    uint32_t *const word[4] = {of->word[0], of->word[1], of->word[2], of->word[3]};
    sah_rng_bulk4((uint64_t)world->run.seed, draw, world->tick, of->id, of->n, word);
}

/* Those of up to SAHEL_CHANCES agents from `begin` on, of n in all. */
static inline void sahel_chances_of(const struct sah_world *world, enum sahel_draw draw,
                                    const uint64_t *id, size_t begin, size_t n,
                                    struct sahel_chances *of) {
    of->n = n - begin < SAHEL_CHANCES ? n - begin : SAHEL_CHANCES;
    memcpy(of->id, id + begin, of->n * sizeof *of->id);
    sahel_chances_draw(world, draw, of);
}

/* Is it no, or none, for sure? */
static inline bool sahel_chance_is_no(const struct sahel_chances *of, size_t k,
                                      double p) {
    /* NOLINTNEXTLINE(clang-analyzer-core.*): sah_rng_bulk4 has filled the words */
    return sah_bernoulli_is_no(of->word[0][k], of->word[1][k], p);
}
static inline bool sahel_chance_is_none(const struct sahel_chances *of, size_t k,
                                        double mean) {
    /* NOLINTNEXTLINE(clang-analyzer-core.*): as above */
    return sah_poisson_is_none(of->word[0][k], of->word[1][k], mean);
}
/* The same of `n`, each with chance p. */
static inline bool sahel_chance_takes_none(const struct sahel_chances *of, size_t k,
                                           int64_t n, double p) {
    /* NOLINTNEXTLINE(clang-analyzer-core.*): as above */
    return sah_binomial_is_none(of->word[0][k], of->word[1][k], n, p);
}
#endif
