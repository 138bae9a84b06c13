/* The turns of a part of the torus: who is there, in which order, and turn by turn.
 * Compiled once per instruction set.
 *
 * Numbers are drawn for many at once, who then take their turns. */
#include "models/classic/epstein_turn.h"

enum { BLOCK = 256, WORDS = 4, KEYS = 1 << 24 };

/* ---- who is at large ----------------------------------------------------------------- */

static size_t list(const struct epstein_play *p, const struct epstein_box *box) {
    struct epstein_place *order = box->order;
    size_t n = 0;
    for (int y = box->y0; y < box->y1; y++) {
        ptrdiff_t row = row_of(box->ground, y);
        for (int x = box->x0; x < box->x1; x++) {
            order[n] = (struct epstein_place){(uint16_t)x, (uint16_t)y};
            n += p->waits[box->ground.board[row + x]];
        }
    }
    return n;
}

/* ---- their order --------------------------------------------------------------------- */

/* Fisher and Yates from the end; number j of the box's keys decides place n-1-j. */
static void shuffle(const struct epstein_play *p, uint64_t key,
                    struct epstein_place *order, size_t n) {
    uint64_t id[BLOCK / WORDS];
    uint32_t word[WORDS][BLOCK / WORDS];
    uint32_t *const out[WORDS] = {word[0], word[1], word[2], word[3]};
    size_t left = n;
    for (uint64_t first = 0; left > 1; first += BLOCK / WORDS) {
        for (size_t j = 0; j < BLOCK / WORDS; j++) id[j] = key * KEYS + first + j;
        sah_rng_bulk4(p->seed, EPSTEIN_DRAW_ORDER, p->tick, id, BLOCK / WORDS, out);
        for (size_t j = 0; j < BLOCK / WORDS; j++)
            for (size_t w = 0; w < WORDS && left > 1; w++, left--) {
                uint32_t other = epstein_below(word[w][j], (uint32_t)left);
                struct epstein_place swap = order[left - 1];
                order[left - 1] = order[other];
                order[other] = swap;
            }
    }
}

/* ---- their numbers ------------------------------------------------------------------- */

/* Cells of a window from 16 bits each, exactly uniform; where one would not be, the cell
 * itself (Lemire 2019, "Fast random integer generation in an interval"). */
static inline uint32_t candidate(uint32_t half, uint32_t n, uint32_t uneven) {
    uint32_t product = half * n;
    return (product & 0xffff) < uneven ? n : product >> 16;
}

static inline uint32_t four(uint32_t a, uint32_t b, uint32_t n, uint32_t uneven) {
    return candidate(a & 0xffff, n, uneven) | candidate(a >> 16, n, uneven) << 8 |
           candidate(b & 0xffff, n, uneven) << 16 | candidate(b >> 16, n, uneven) << 24;
}

/* Officers may see less or more than citizens. */
static void draw_police(const struct epstein_play *p, const struct epstein_box *box,
                        const struct epstein_place *place, uint32_t *const word[WORDS],
                        struct candidates *drawn, size_t n) {
    const struct epstein_look *look = &p->police;
    for (size_t j = 0; j < n; j++) {
        ptrdiff_t cell = cell_of(box->ground, place[j].x, place[j].y);
        if ((box->ground.board[cell] & EPSTEIN_KIND) != EPSTEIN_OFFICER) continue;
        drawn[j].half[0] = four(word[0][j], word[1][j], look->n, look->uneven);
        drawn[j].half[1] = four(word[2][j], word[3][j], look->n, look->uneven);
    }
}

static void draw_all(const struct epstein_play *p, const struct epstein_box *box,
                     const struct epstein_place *place, struct candidates *drawn,
                     size_t n) {
    const int32_t *row = box->ground.row, *column = box->ground.column;
    const uint32_t cells = p->citizen.n, uneven = p->citizen.uneven;
    uint64_t id[BLOCK];
    uint32_t word[WORDS][BLOCK];
    uint32_t *const out[WORDS] = {word[0], word[1], word[2], word[3]};
    for (size_t j = 0; j < n; j++)
        id[j] = (uint64_t)(row[place[j].y] + column[place[j].x]) + 1;
    sah_rng_bulk4(p->seed, EPSTEIN_DRAW_TURN, p->tick, id, n, out);
    for (size_t j = 0; j < n; j++) {
        drawn[j].half[0] = four(word[0][j], word[1][j], cells, uneven);
        drawn[j].half[1] = four(word[2][j], word[3][j], cells, uneven);
    }
    if (!p->same_vision) draw_police(p, box, place, out, drawn, n);
}

/* ---- turns --------------------------------------------------------------------------- */

/* What these turns will want of the columns is on its way while their numbers are drawn;
 * of those who leave before, nothing is wanted. */
ALWAYS void fetch(const struct epstein_play *p, const struct epstein_box *box,
                  const struct epstein_place *place, size_t n) {
    for (size_t j = 0; j < n; j++) {
        ptrdiff_t cell = cell_of(box->ground, place[j].x, place[j].y);
        ptrdiff_t i = box->ground.who[cell] - (box->ground.who[cell] > 0);
        bool armed = (box->ground.board[cell] & EPSTEIN_KIND) == EPSTEIN_OFFICER;
        __builtin_prefetch(&p->nerve[i]);
        __builtin_prefetch(&p->cell[i], 1);
        __builtin_prefetch(armed ? (const void *)&p->id[i] : &p->cell[i]);
    }
}

ALWAYS void play_all(const struct epstein_play *p, const struct epstein_box *box,
                     struct epstein_ground ground, size_t n,
                     struct epstein_count *count) {
    struct candidates drawn[BLOCK];
    for (size_t first = 0; first < n; first += BLOCK) {
        size_t m = n - first;
        if (m > BLOCK) m = BLOCK;
        const struct epstein_place *place = box->order + first;
        fetch(p, box, place, m);
        draw_all(p, box, place, drawn, m);
        for (size_t j = 0; j < m; j++) turn(p, ground, count, place[j], drawn[j]);
    }
}

void SAH_VARIANT_OF(sah_epstein_play_box) SAH_EPSTEIN_PLAY_BOX {
    struct epstein_ground ground = box->ground;
    size_t n = list(play, box);
    shuffle(play, box->key, box->order, n);
    ground.patch = true;
    if (box->ground.patch) play_all(play, box, ground, n, count);
    ground.patch = false;
    if (!box->ground.patch) play_all(play, box, ground, n, count);
}
