/* What epstein_order.c asks of epstein_box.c, its hot loops; for these files only. */
#ifndef CLASSIC_EPSTEIN_PLAY_H
#define CLASSIC_EPSTEIN_PLAY_H
#include "models/classic/epstein.h"
#include "sim/kernel/isa.h"

enum { EPSTEIN_STRIP = 16 };

/* A window on this grid. */
struct epstein_look {
    const struct epstein_window *window;
    /* To each cell where nothing reaches around the torus; the last: the cell itself. */
    int32_t step[EPSTEIN_WINDOW];
    uint16_t n, uneven; /* cells, and 2^16 modulo them */
};

/* What all turns of a step share. */
struct epstein_play {
    uint8_t *board, *police_near, *rebels_near;
    int32_t *who, *cell;
    int32_t *free_at;
    const uint64_t *id;
    const float *hardship, *risk;
    const uint8_t *role;
    const int32_t *wrap_x, *wrap_y, *wrap_row; /* from -REACH on; row: its first cell */
    int width;
    uint8_t done;
    bool waits[256]; /* by byte of the board: is a turn still to come? */
    /* Rows of windows with cells that are not seen on both sides. */
    uint8_t citizen_mask[EPSTEIN_ROWS][3 * EPSTEIN_STRIP];
    uint8_t police_mask[EPSTEIN_ROWS][3 * EPSTEIN_STRIP];
    struct epstein_look citizen, police;
    float discontent, threshold; /* 1 - legitimacy */
    const float *chance;         /* of arrest, by whole C/A */
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

/* Somebody about to take a turn. */
struct epstein_entry {
    uint16_t x, y;
    uint32_t agent;
    float hardship, risk;
    uint32_t candidates[2]; /* for a move: eight cells of the window, a byte each */
};

static inline int32_t epstein_cell(const struct epstein_play *p, int x, int y) {
    return p->wrap_row[y] + p->wrap_x[x];
}

static inline bool epstein_waits(uint8_t byte, uint8_t done) {
    int kind = byte & EPSTEIN_KIND;
    return kind >= EPSTEIN_QUIET && kind <= EPSTEIN_OFFICER &&
           (byte & EPSTEIN_DONE) != done;
}

/* Part of the torus; x1 and y1 lie beyond the last. */
struct epstein_box {
    int x0, x1, y0, y1;
    uint64_t key;                /* of the order */
    bool inside;                 /* no turn reaches around the torus */
    uint32_t *order;             /* room for as many as there are cells, and 16 more */
    struct epstein_entry *entry; /* as many */
};

/* Plays all turns that begin in the box and are still to come. */
typedef void sah_epstein_play_box(const struct epstein_play *play,
                                  const struct epstein_box *box,
                                  struct epstein_count *count);
#define SAH_EPSTEIN_PLAY_BOX                                         \
    (const struct epstein_play *play, const struct epstein_box *box, \
     struct epstein_count *count)
SAH_VARIANT_DECLARE(void, sah_epstein_play_box, SAH_EPSTEIN_PLAY_BOX)

#endif
