/* Civil violence (Epstein 2002): what its files share.
 *
 * Citizens and police stand on a torus, one in a cell at most. The board says of each cell
 * who stands there in one byte; two further boards count the police and the rebels that a
 * citizen in that cell would see. Both are kept up as people move, so that to look around
 * costs one byte and not a walk over 149 cells. */
#ifndef CLASSIC_EPSTEIN_H
#define CLASSIC_EPSTEIN_H
#include "sim/kernel/rng.h"
#include "sim/kernel/world.h"

#define EPSTEIN_PEOPLE_COLUMNS(X)                                                  \
    X(uint64_t, id, "1", SAH_KEEP, "Identity, never reused")                       \
    X(int32_t, cell, "1", SAH_KEEP, "Cell, also of the arrest while in jail")      \
    X(float, hardship, "1", SAH_KEEP, "Perceived hardship, 0 to 1")                \
    X(float, risk, "1", SAH_KEEP, "Aversion to risk, 0 to 1")                      \
    X(int32_t, dies, "1", SAH_KEEP, "Step of natural death; 0: never")             \
    X(int32_t, free_at, "1", SAH_KEEP, "Step from which it is at large; 0: it is") \
    X(uint8_t, role, "1", SAH_KEEP,                                                \
      "0 citizen, 1 citizen of the other people, 2 police")

struct epstein_people {
    struct sah_population base;
    EPSTEIN_PEOPLE_COLUMNS(SAH_COLUMN_POINTER)
};

enum epstein_role { EPSTEIN_BLUE, EPSTEIN_RED, EPSTEIN_POLICE };

/* A byte of the board: kind, people, and whose turn is over. The mark of a turn changes
 * its meaning from step to step, so that nobody has to wipe it out. */
enum {
    EPSTEIN_NOBODY,
    EPSTEIN_QUIET,
    EPSTEIN_REBEL,
    EPSTEIN_OFFICER,
    EPSTEIN_PRISONER, /* holds a cell while in jail */
    EPSTEIN_KIND = 7,
    EPSTEIN_OTHER = 8,
    EPSTEIN_DONE = 128,
};

/* ---- windows ------------------------------------------------------------------------ */

enum {
    EPSTEIN_REACH = 7,
    EPSTEIN_MARGIN =
        3 * EPSTEIN_REACH + 1, /* how far from its beginning a turn counts */
    EPSTEIN_ROWS = 15,
    EPSTEIN_WINDOW = EPSTEIN_ROWS * EPSTEIN_ROWS
};

/* The cells that are seen from one, row by row from the south-west. */
struct epstein_window {
    int n; /* without the cell itself */
    int8_t dx[EPSTEIN_WINDOW], dy[EPSTEIN_WINDOW];
    uint8_t mask[EPSTEIN_ROWS][16]; /* 1 where seen, the cell itself too */
};

enum epstein_shape { EPSTEIN_DISC, EPSTEIN_DIAMOND, EPSTEIN_SQUARE };
void sah_epstein_window(struct epstein_window *window, enum epstein_shape shape,
                        double radius);

/* ---- the city ----------------------------------------------------------------------- */

enum epstein_tally {
    EPSTEIN_ARRESTS,
    EPSTEIN_KILLED,
    EPSTEIN_BORN,
    EPSTEIN_DIED,
    EPSTEIN_TALLIES
};

struct epstein {
    struct epstein_people people;
    /* state, by cell */
    uint8_t *board, *police_near, *rebels_near;
    int32_t *who; /* number of the agent + 1; 0: nobody */
    /* state: counts of today, and police there are */
    int64_t *today, *police;
    /* from parameters */
    struct epstein_window citizen_window, police_window;
    int32_t *wrap; /* columns, rows, first cells of rows, from -MARGIN on */
};

static inline struct epstein *epstein_of(const struct sah_world *world) {
    return world->state;
}

/* What the turns of a step obey; the parameters of section `unrest`. */
enum epstein_order { EPSTEIN_SEQUENTIAL, EPSTEIN_TILED };
enum epstein_first { EPSTEIN_MOVE_FIRST, EPSTEIN_ACT_FIRST };
enum epstein_ratio { EPSTEIN_EXACT, EPSTEIN_FLOOR, EPSTEIN_ROUND };
struct epstein_unrest {
    int order, first, shape, ratio;
    double citizen_vision, police_vision, legitimacy, threshold, k;
    int64_t jail;
    bool self_twice, stays, pursuit;
};

/* The mark of those whose turn of this step is over. */
static inline uint8_t epstein_done(uint32_t tick) {
    return (uint8_t)((tick & 1) * EPSTEIN_DONE);
}

/* Purposes of keyed draws. */
enum {
    EPSTEIN_DRAW_PLACE = 100,
    EPSTEIN_DRAW_TRAITS,
    EPSTEIN_DRAW_ORDER,
    EPSTEIN_DRAW_TURN,   /* by the cell where the turn begins */
    EPSTEIN_DRAW_CHOICE, /* a free cell, where the candidates of TURN are taken */
    EPSTEIN_DRAW_ARREST,
    EPSTEIN_DRAW_RELEASE,
    EPSTEIN_DRAW_KILL,
    EPSTEIN_DRAW_CLONE,
    EPSTEIN_DRAW_COLOUR,
    EPSTEIN_DRAW_POLICE,
    EPSTEIN_DRAW_TERM,
};

/* A whole number below n from one word: uniform up to n / 2^32. */
static inline uint32_t epstein_below(uint32_t word, uint32_t n) {
    return (uint32_t)((uint64_t)word * n >> 32);
}

/* C/A downwards, or to the nearest whole; halves to the even one, as Mesa does. */
static inline int epstein_whole(enum epstein_ratio ratio, int police, int rebels) {
    int down = police / rebels, twice = 2 * (police % rebels);
    bool up = twice > rebels || (twice == rebels && down % 2 == 1);
    return down + (ratio == EPSTEIN_ROUND && up);
}

/* Chance of arrest as citizens see it, police and rebels (with themselves) being so many. */
float sah_epstein_arrest_chance(enum epstein_ratio ratio, double k, int police,
                                int rebels);

/* Plays one step of all turns in either order. */
int sah_epstein_turns(struct sah_world *world, const struct epstein_unrest *unrest,
                      struct sah_error *err);
/* Tiles along a side of `cells`: even, so that colours alternate; 1 where it is short. */
int sah_epstein_tiles(int cells);

/* ---- changes of the board, for one thread -------------------------------------------- */

/* Adds `by` to a board of counts in the window around a cell. */
void sah_epstein_count(const struct sah_world *world, uint8_t *near,
                       const struct epstein_window *window, int32_t cell, int by);
/* Puts agent `i` on the free cell; `kind` may be REBEL. */
void sah_epstein_put(struct sah_world *world, size_t i, int32_t cell, uint8_t kind,
                     uint8_t done);
/* Takes whoever stands in the cell off the board. */
void sah_epstein_lift(struct sah_world *world, int32_t cell);
/* A free cell of a window around another, all equally probable; -1 where there is none. */
int32_t sah_epstein_free_cell(const struct sah_world *world,
                              const struct epstein_window *window, int32_t cell,
                              struct sah_rng *rng);
/* Sorts agents by cell, drops those that are nowhere, and numbers the board anew. */
int sah_epstein_sort(struct sah_world *world, struct sah_error *err);

int sah_epstein_verify(const struct sah_world *world, struct sah_error *err);
extern const struct sah_observable sah_epstein_observables[];
extern const struct sah_model sah_model_city, sah_model_unrest, sah_model_groups;
extern const struct sah_family sah_family_epstein;

#endif
