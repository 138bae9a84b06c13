/* A population with a column of each kind, to be filled at random. */
#ifndef SAH_TESTS_BANDS_H
#define SAH_TESTS_BANDS_H
#include "sim/kernel/digest.h"
#include "sim/kernel/population.h"
#include "tests/support/chance.h"
#include "tests/support/cmocka_all.h"

#define BAND_COLUMNS(X)                                          \
    X(uint64_t, id, "1", SAH_KEEP, "Identity")                   \
    X(int32_t, cell, "1", SAH_KEEP, "Grid cell")                 \
    X(int32_t, fighters, "persons", SAH_WEIGHT, "Fighters")      \
    X(int64_t, money, "USD", SAH_SUM, "Treasury, may be a debt") \
    X(uint8_t, mood, "1", SAH_MEAN, "0 low .. 255 high")         \
    X(uint16_t, mode, "1", SAH_KEEP, "What it does")             \
    X(float, supply, "kg", SAH_SUM, "Supplies")                  \
    X(double, skill, "1", SAH_MEAN, "0 none .. 1 full")
struct band {
    struct sah_population base;
    BAND_COLUMNS(SAH_COLUMN_POINTER)
};
#define SAH_COLUMN_STRUCT struct band
static const struct sah_column columns[] = {BAND_COLUMNS(SAH_COLUMN_ROW)};
enum { NCOLUMNS = sizeof columns / sizeof *columns, FIGHTERS = 2, MONEY = 3 };

static inline void bands_init(struct band *band) {
    sah_population_init(&band->base, "bands", "Armed bands", columns, NCOLUMNS);
}

/* n agents in random cells -1 .. ncells-1, told apart by id and by every column. */
static inline void bands_fill(struct band *band, size_t n, int64_t ncells,
                              uint64_t seed) {
    size_t first;
    assert_int_equal(sah_population_add(&band->base, n, &first, NULL), 0);
    for (size_t i = first; i < first + n; i++) {
        band->id[i] = i;
        band->cell[i] = (int32_t)chance_below(&seed, ncells + 1) - 1;
        band->fighters[i] = (int32_t)chance_below(&seed, 1000) + 1;
        band->money[i] = chance_below(&seed, 2000001) - 1000000;
        band->mood[i] = (uint8_t)chance_below(&seed, 256);
        band->mode[i] = (uint16_t)i;
        band->supply[i] = (float)i;
        band->skill[i] = chance_between(&seed, 0.0, 1.0);
    }
}

static inline struct sah_digest bands_digest(const struct band *band) {
    struct sah_digest_state state;
    sah_digest_init(&state);
    sah_digest_population(&state, &band->base);
    return sah_digest_final(&state);
}

#endif
