/* What epstein_order.c asks of epstein_box.c, its hot loops; for these files only. */
#ifndef CLASSIC_EPSTEIN_PLAY_H
#define CLASSIC_EPSTEIN_PLAY_H
#include "models/classic/epstein.h"
#include "sim/kernel/isa.h"

enum { EPSTEIN_STRIP = 16, EPSTEIN_RATIOS = EPSTEIN_WINDOW + 1, EPSTEIN_BRAVE = 2 };

/* ---- the ground turns are played on -------------------------------------------------- */

/* The torus itself, or a patch of it: a tile and what its turns reach, copied to where it
 * lies close in memory and has no seam. Cells are numbered row by row. */
struct epstein_ground {
    uint8_t *board, *police_near, *rebels_near;
    int32_t *who;
    const int32_t *row, *column; /* the cell of the torus is row[y] + column[x] */
    bool patch;
};

enum {
    EPSTEIN_TILE = 60,                 /* cells along a side, at least */
    EPSTEIN_LINE = 64,                 /* bytes of a cache */
    EPSTEIN_STRIDE = 3 * EPSTEIN_LINE, /* from a row of a patch to the next */
    EPSTEIN_SIDE = 2 * EPSTEIN_TILE + 2 * EPSTEIN_MARGIN, /* of a patch, at most */
    EPSTEIN_AREA = EPSTEIN_SIDE * EPSTEIN_STRIDE,
};

struct epstein_patch {
    uint8_t board[EPSTEIN_AREA], police_near[EPSTEIN_AREA], rebels_near[EPSTEIN_AREA];
    int32_t who[EPSTEIN_AREA];
};

/* ---- what all turns of a step share -------------------------------------------------- */

/* A window. */
struct epstein_look {
    const struct epstein_window *window;
    int16_t
        step[EPSTEIN_WINDOW]; /* on a patch, to each cell; the last: the cell itself */
    uint16_t n, uneven;       /* cells, and 2^16 modulo them */
};

struct epstein_play {
    struct epstein_ground torus;
    int32_t *cell, *free_at;
    const uint64_t *id;
    const float *hardship, *risk;
    const uint8_t *nerve; /* the least C/A that keeps an agent quiet, 0 to BRAVE */
    const int32_t *wrap_x, *wrap_y; /* from -MARGIN on */
    int width;
    uint8_t done;
    bool waits[256]; /* by byte of the board: is a turn still to come? */
    /* Rows of windows with cells that are not seen on both sides. */
    uint8_t citizen_mask[EPSTEIN_ROWS][3 * EPSTEIN_STRIP];
    uint8_t police_mask[EPSTEIN_ROWS][3 * EPSTEIN_STRIP];
    struct epstein_look citizen, police;
    float discontent, threshold;  /* 1 - legitimacy */
    float chance[EPSTEIN_RATIOS]; /* of arrest, by whole C/A */
    double k;
    int64_t jail;
    enum epstein_ratio ratio;
    bool self_twice, stays, pursuit, act_first, same_vision, kills;
    uint64_t seed;
    uint32_t tick;
};

struct epstein_count {
    int64_t arrests, killed;
};

struct epstein_place {
    uint16_t x, y;
};

static inline bool epstein_waits(uint8_t byte, uint8_t done) {
    int kind = byte & EPSTEIN_KIND;
    return kind >= EPSTEIN_QUIET && kind <= EPSTEIN_OFFICER &&
           (byte & EPSTEIN_DONE) != done;
}

/* Part of a ground; x1 and y1 lie beyond the last. */
struct epstein_box {
    struct epstein_ground ground;
    int x0, x1, y0, y1;
    uint64_t key;                /* of the order */
    struct epstein_place *order; /* room for as many as there are cells, and one more */
};

/* The tile, a box of the torus, on a patch; and what has become of it, back. */
struct epstein_box sah_epstein_patch_take(const struct epstein_play *play,
                                          struct epstein_patch *patch,
                                          const struct epstein_box *tile);
void sah_epstein_patch_return(const struct epstein_play *play,
                              const struct epstein_box *box);

/* Plays all turns that begin in the box and are still to come. */
typedef void sah_epstein_play_box(const struct epstein_play *play,
                                  const struct epstein_box *box,
                                  struct epstein_count *count);
#define SAH_EPSTEIN_PLAY_BOX                                         \
    (const struct epstein_play *play, const struct epstein_box *box, \
     struct epstein_count *count)
SAH_VARIANT_DECLARE(void, sah_epstein_play_box, SAH_EPSTEIN_PLAY_BOX)

#endif
