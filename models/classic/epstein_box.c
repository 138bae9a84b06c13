/* The turns of a part of the torus: who is there, in which order, and turn by turn.
 * Compiled once per instruction set.
 *
 * People are listed in the order of cells, so that memory is read in long runs, and what a
 * turn needs of them is put together; numbers are drawn for many at once. Only then is the
 * order shuffled. */
#include "models/classic/epstein_turn.h"

enum { BLOCK = 256, KEYS = 1 << 24, AHEAD = 8 };

/* ---- who is at large ----------------------------------------------------------------- */

static size_t list(const struct epstein_play *p, const struct epstein_box *box) {
    struct epstein_entry *entry = box->entry;
    size_t n = 0;
    for (int y = box->y0; y < box->y1; y++) {
        const uint8_t *row = p->board + (size_t)y * (size_t)p->width;
        for (int x = box->x0; x < box->x1; x++) {
            entry[n].x = (uint16_t)x;
            entry[n].y = (uint16_t)y;
            n += p->waits[row[x]];
        }
    }
    return n;
}

/* Four cells of a window from the 16 bits in two words, exactly uniform; where one would
 * not be, the cell itself (Lemire 2019, "Fast random integer generation in an interval"). */
static inline uint32_t candidate(uint32_t half, uint32_t n, uint32_t uneven) {
    uint32_t product = half * n;
    return (product & 0xffff) < uneven ? n : product >> 16;
}

static inline uint32_t candidates(uint32_t a, uint32_t b, uint32_t n, uint32_t uneven) {
    return candidate(a & 0xffff, n, uneven) | candidate(a >> 16, n, uneven) << 8 |
           candidate(b & 0xffff, n, uneven) << 16 | candidate(b >> 16, n, uneven) << 24;
}

/* Officers may see less or more than citizens. */
static void draw_police(const struct epstein_play *p, struct epstein_entry *entry,
                        uint32_t *const word[4], size_t n) {
    const struct epstein_look *look = &p->police;
    for (size_t j = 0; j < n; j++) {
        if (p->role[entry[j].agent] != EPSTEIN_POLICE) continue;
        for (size_t half = 0; half < 2; half++)
            entry[j].candidates[half] = candidates(
                word[2 * half][j], word[2 * half + 1][j], look->n, look->uneven);
    }
}

static void draw_block(const struct epstein_play *p, struct epstein_entry *entry,
                       const uint64_t *id, size_t n) {
    uint32_t word[4][BLOCK], *const out[] = {word[0], word[1], word[2], word[3]};
    uint32_t packed[2][BLOCK], cells = p->citizen.n, uneven = p->citizen.uneven;
    sah_rng_bulk4(p->seed, EPSTEIN_DRAW_TURN, p->tick, id, n, out);
    for (size_t j = 0; j < n; j++)
        packed[0][j] = candidates(word[0][j], word[1][j], cells, uneven);
    for (size_t j = 0; j < n; j++)
        packed[1][j] = candidates(word[2][j], word[3][j], cells, uneven);
    for (size_t j = 0; j < n; j++) {
        entry[j].candidates[0] = packed[0][j];
        entry[j].candidates[1] = packed[1][j];
    }
    if (!p->same_vision) draw_police(p, entry, out, n);
}

static void fill(const struct epstein_play *p, struct epstein_entry *entry, size_t n) {
    uint64_t id[BLOCK];
    for (size_t first = 0; first < n; first += BLOCK) {
        size_t m = n - first < BLOCK ? n - first : BLOCK;
        /* cppcheck-suppress knownConditionTrueFalse ; takes `first` for n */
        for (size_t j = 0; j < m; j++) {
            struct epstein_entry *e = &entry[first + j];
            int32_t cell = e->y * p->width + e->x;
            e->agent = (uint32_t)p->who[cell] - 1;
            e->hardship = p->hardship[e->agent];
            e->risk = p->risk[e->agent];
            id[j] = (uint64_t)cell + 1;
        }
        draw_block(p, entry + first, id, m);
    }
}

/* ---- their order --------------------------------------------------------------------- */

/* Fisher and Yates from the end; number j of the box's keys decides place n-1-j. */
static void shuffle(const struct epstein_play *p, uint64_t key, uint32_t *order,
                    size_t n) {
    uint64_t id[BLOCK / 4];
    uint32_t word[4][BLOCK / 4], *const out[] = {word[0], word[1], word[2], word[3]};
    size_t left = n;
    for (size_t j = 0; j < n; j++) order[j] = (uint32_t)j;
    for (size_t j = n; j < n + AHEAD; j++) order[j] = 0;
    for (uint64_t first = 0; left > 1; first += BLOCK / 4) {
        for (size_t j = 0; j < BLOCK / 4; j++) id[j] = key * KEYS + first + j;
        sah_rng_bulk4(p->seed, EPSTEIN_DRAW_ORDER, p->tick, id, BLOCK / 4, out);
        for (size_t j = 0; j < BLOCK && left > 1; j++, left--) {
            uint32_t other = epstein_below(word[j % 4][j / 4], (uint32_t)left);
            uint32_t swap = order[left - 1];
            order[left - 1] = order[other];
            order[other] = swap;
        }
    }
}

/* ---- turns --------------------------------------------------------------------------- */

/* Whoever was arrested or killed since the list was made left a cell that is empty, or in
 * which somebody stands whose turn is over. */
static inline void play_all(const struct epstein_play *p, bool inside,
                            const struct epstein_box *box, size_t n,
                            struct epstein_count *count) {
    const uint32_t *order = box->order;
    for (size_t j = 0; j < n; j++) {
        __builtin_prefetch(&box->entry[order[j + AHEAD]]);
        turn(p, inside, count, &box->entry[order[j]]);
    }
}

void SAH_VARIANT_OF(sah_epstein_play_box) SAH_EPSTEIN_PLAY_BOX {
    size_t n = list(play, box);
    fill(play, box->entry, n);
    shuffle(play, box->key, box->order, n);
    if (box->inside)
        play_all(play, true, box, n, count);
    else
        play_all(play, false, box, n, count);
}
