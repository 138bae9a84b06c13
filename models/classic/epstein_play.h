/* What epstein_order.c asks of epstein_turns.c; for these two files only. */
#ifndef CLASSIC_EPSTEIN_PLAY_H
#define CLASSIC_EPSTEIN_PLAY_H
#include "models/classic/epstein.h"

/* A window on this grid. */
struct epstein_look {
    const struct epstein_window *window;
    int32_t
        step[EPSTEIN_WINDOW]; /* to each cell where the torus need not be thought of */
    uint32_t uneven;          /* 2^16 modulo the number of cells */
};

/* What all turns of a step share. */
struct epstein_play {
    uint8_t *board, *police_near, *rebels_near;
    int32_t *who, *cell;
    int16_t *term;
    const uint64_t *id;
    const int32_t *wrap_x, *wrap_y; /* from -REACH on */
    int width, rows; /* rows: those of the citizens' window above its cell */
    bool inside;     /* no turn reaches around the torus */
    uint8_t done;
    const struct epstein_window *citizen_window;
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
    uint32_t word[4];
};

static inline int32_t epstein_cell(const struct epstein_play *p, int x, int y) {
    return p->wrap_y[y] * p->width + p->wrap_x[x];
}

/* Is the turn of whoever stands there still to come? */
static inline bool epstein_waits(uint8_t byte, uint8_t done) {
    int kind = byte & EPSTEIN_KIND;
    return kind >= EPSTEIN_QUIET && kind <= EPSTEIN_OFFICER &&
           (byte & EPSTEIN_DONE) != done;
}

void sah_epstein_play(const struct epstein_play *play, struct epstein_count *count,
                      const struct epstein_entry *entry, size_t n);

#endif
