/* A step of civil violence: every citizen and officer at large takes one turn, one after
 * another, and each sees what those before did.
 *
 *   grievance  G = H (1 - L)             hardship H, legitimacy L
 *   net risk   N = R P                   aversion R, chance of arrest P
 *   P = 1 - exp(-k [C/A])                C police, A rebels in sight, oneself among them
 *   rebel      if G - N > T, else quiet
 *
 * Rule M: move to a free cell in sight, all equally probable. Rule C: an officer arrests
 * a rebel in sight, all equally probable, for a term in jail.
 * Source: Epstein 2002, "Modeling civil violence: an agent-based computational approach",
 * PNAS 99 (suppl. 3), 7243-7250; [C/A] taken whole and a cell left by those in jail as in
 * Wilensky 2004 (NetLogo Rebellion); both are parameters.
 *
 * A turn reads and moves within 14 cells of where it begins (an officer moves 7, sees 7)
 * and touches counts within 15 more. So tiles of one colour may be played at the same
 * time where 60 cells lie between them; see epstein_order.c. For epstein_box.c only. */
#ifndef CLASSIC_EPSTEIN_TURN_H
#define CLASSIC_EPSTEIN_TURN_H
#include "models/classic/epstein_play.h"

#include <string.h>

/* What few turns need is kept out of the loop, whose registers it would take; all else is
 * made anew for torus and patch. */
#define RARELY __attribute__((noinline, cold))
#define ALWAYS static inline __attribute__((always_inline))

/* ---- places ---------------------------------------------------------------------- */

/* Where a turn is: column and row, and the number of the cell on its ground. */
struct spot {
    ptrdiff_t x, y, cell;
};

/* The number of the first cell of a row, and of any cell in sight of the ground. */
ALWAYS ptrdiff_t row_of(struct epstein_ground g, ptrdiff_t y) {
    return g.patch ? y * EPSTEIN_STRIDE : g.row[y];
}

ALWAYS ptrdiff_t cell_of(struct epstein_ground g, ptrdiff_t x, ptrdiff_t y) {
    return row_of(g, y) + (g.patch ? x : g.column[x]);
}

/* Number k of a window around a spot. */
ALWAYS ptrdiff_t seen_cell(struct epstein_ground g, const struct epstein_look *look,
                           unsigned k, struct spot at) {
    if (g.patch) return at.cell + look->step[k];
    return cell_of(g, at.x + look->window->dx[k], at.y + look->window->dy[k]);
}

ALWAYS struct spot seen_spot(const struct epstein_play *p, struct epstein_ground g,
                             const struct epstein_look *look, unsigned k,
                             struct spot from) {
    ptrdiff_t x = from.x + look->window->dx[k], y = from.y + look->window->dy[k];
    ptrdiff_t cell = seen_cell(g, look, k, from);
    if (g.patch) return (struct spot){x, y, cell};
    return (struct spot){p->wrap_x[x], p->wrap_y[y], cell};
}

/* ---- windows --------------------------------------------------------------------- */

typedef uint8_t row16 __attribute__((vector_size(16)));

ALWAYS row16 load16(const uint8_t *at) {
    row16 row;
    memcpy(&row, at, sizeof row);
    return row;
}

/* The window's rows lie in one strip of 16 cells, or in two where it reaches around the
 * torus, first that of its west: from column `at` on, whose first cell lies `from` cells
 * east of the window's west end. */
struct strip {
    ptrdiff_t at, from;
};

ALWAYS int strips_of(const struct epstein_play *p, struct epstein_ground g, ptrdiff_t x,
                     struct strip strip[2]) {
    ptrdiff_t west = x - EPSTEIN_REACH, last = p->width - EPSTEIN_STRIP;
    strip[0] = (struct strip){west, 0};
    if (g.patch || (west >= 0 && west <= last)) return 1;
    ptrdiff_t first = west < 0 ? west + p->width : west;
    strip[0] = (struct strip){last, last - first};
    strip[1] = (struct strip){0, p->width - first};
    return 2;
}

/* Adds a strip of the window to a board of counts, or takes it away. */
ALWAYS void stamp_strip(const struct epstein_play *p, struct epstein_ground g,
                        uint8_t *near, ptrdiff_t y, struct strip strip, bool add) {
#pragma GCC unroll 15
    for (int r = -EPSTEIN_REACH; r <= EPSTEIN_REACH; r++) {
        uint8_t *row = near + row_of(g, y + r) + strip.at;
        row16 mask =
            load16(p->citizen_mask[r + EPSTEIN_REACH] + EPSTEIN_STRIP + strip.from);
        row16 sum = add ? load16(row) + mask : load16(row) - mask;
        memcpy(row, &sum, sizeof sum);
    }
}

ALWAYS void stamp(const struct epstein_play *p, struct epstein_ground g, uint8_t *near,
                  struct spot at, bool add) {
    struct strip strip[2];
    int n = strips_of(p, g, at.x, strip);
    stamp_strip(p, g, near, at.y, strip[0], add);
    if (n > 1) stamp_strip(p, g, near, at.y, strip[1], add);
}

/* Cells in sight whose byte, under `bits`, is `kind`; fills their numbers. */
ALWAYS unsigned find(struct epstein_ground g, const struct epstein_look *look,
                     struct spot at, uint8_t bits, uint8_t kind,
                     uint8_t found[EPSTEIN_WINDOW]) {
    unsigned n = 0;
    for (unsigned k = 0; k < look->n; k++) {
        found[n] = (uint8_t)k;
        n += (g.board[seen_cell(g, look, k, at)] & bits) == kind;
    }
    return n;
}

/* A word of a keyed draw that few turns need. */
static inline uint32_t draw(const struct epstein_play *p, unsigned purpose, int32_t i,
                            uint32_t n) {
    struct sah_rng rng;
    sah_rng_at(&rng, p->seed, purpose, p->id[i], p->tick);
    return epstein_below(sah_rng_u32(&rng), n);
}

/* ---- moving ---------------------------------------------------------------------- */

/* Eight cells of the window, a byte each, drawn beforehand. */
struct candidates {
    uint32_t half[2];
};

/* No cell of a window. */
enum { NONE = UINT8_MAX, MORE_CANDIDATES = 16 };

/* None of those drawn was free: the first that is of some more, else one of all that are,
 * or NONE. */
RARELY static unsigned choose_of_all(const struct epstein_play *p,
                                     struct epstein_ground g,
                                     const struct epstein_look *look, struct spot at) {
    struct sah_rng rng;
    uint8_t found[EPSTEIN_WINDOW];
    sah_rng_at(&rng, p->seed, EPSTEIN_DRAW_CHOICE, p->id[g.who[at.cell] - 1], p->tick);
    for (int j = 0; j < MORE_CANDIDATES; j++) {
        unsigned k = epstein_below(sah_rng_u32(&rng), look->n);
        if (g.board[seen_cell(g, look, k, at)] == EPSTEIN_NOBODY) return k;
    }
    unsigned n = find(g, look, at, UINT8_MAX, EPSTEIN_NOBODY, found);
    return n ? found[epstein_below(sah_rng_u32(&rng), n)] : NONE;
}

/* A free cell in sight: the first that is free of those drawn, else one of all that are.
 * Both are uniform over the free ones. One that was not drawn evenly is the cell itself,
 * which is not free. From the last to the first without branches: what is free cannot be
 * foreseen. */
ALWAYS unsigned choose_free(const struct epstein_play *p, struct epstein_ground g,
                            const struct epstein_look *look, struct candidates drawn,
                            struct spot at) {
    for (int half = 0; half < 2; half++) {
        unsigned first = NONE;
        for (int j = 3; j >= 0; j--) {
            unsigned k = drawn.half[half] >> 8 * j & 0xff;
            bool free = g.board[seen_cell(g, look, k, at)] == EPSTEIN_NOBODY;
            first = free ? k : first;
        }
        if (first != NONE) return first;
    }
    return choose_of_all(p, g, look, at);
}

ALWAYS void leave(struct epstein_ground g, ptrdiff_t cell) {
    uint8_t *kind = g.board + cell;
    int32_t *who = g.who + cell;
    *kind = EPSTEIN_NOBODY;
    *who = 0;
}

/* Brings whoever stands in one cell, and their byte, to another that is free; counts are
 * the caller's. */
ALWAYS void bring(const struct epstein_play *p, struct epstein_ground g,
                  struct spot from, struct spot to) {
    int32_t who = g.who[from.cell];
    g.board[to.cell] = g.board[from.cell];
    g.who[to.cell] = who;
    leave(g, from.cell);
    p->cell[who - 1] = g.row[to.y] + g.column[to.x];
}

ALWAYS struct spot move(const struct epstein_play *p, struct epstein_ground g,
                        const struct epstein_look *look, struct candidates drawn,
                        struct spot at) {
    unsigned k = choose_free(p, g, look, drawn, at);
    if (k == NONE) return at;
    struct spot to = seen_spot(p, g, look, k, at);
    bring(p, g, at, to);
    return to;
}

/* ---- citizens -------------------------------------------------------------------- */

/* By the formula. */
ALWAYS bool outweighs(const struct epstein_play *p, int32_t i, float chance) {
    return p->hardship[i] * p->discontent - p->risk[i] * chance > p->threshold;
}

/* Where C/A is taken downwards, nerve tells for almost all. */
ALWAYS bool rebels(const struct epstein_play *p, struct epstein_ground g, int nerve,
                   ptrdiff_t cell, bool was) {
    int a = 1 + g.rebels_near[cell] + (p->self_twice & was), c = g.police_near[cell];
    if (p->ratio == EPSTEIN_FLOOR && nerve < EPSTEIN_BRAVE) return c < nerve * a;
    int32_t i = g.who[cell] - 1;
    if (p->ratio != EPSTEIN_EXACT)
        return outweighs(p, i, p->chance[epstein_whole(p->ratio, c, a)]);
    return outweighs(p, i, sah_epstein_arrest_chance(EPSTEIN_EXACT, p->k, c, a));
}

/* Model II: a rebel kills one of the other people in sight. */
RARELY static void kill(const struct epstein_play *p, struct epstein_ground g,
                        struct epstein_count *count, struct spot at) {
    const struct epstein_look *look = &p->citizen;
    uint8_t other = (g.board[at.cell] & EPSTEIN_OTHER) ^ EPSTEIN_OTHER;
    uint8_t near[EPSTEIN_WINDOW];
    unsigned victims = 0;
    for (unsigned k = 0; k < look->n; k++) {
        uint8_t byte = g.board[seen_cell(g, look, k, at)];
        int kind = byte & EPSTEIN_KIND;
        bool is = (kind == EPSTEIN_QUIET || kind == EPSTEIN_REBEL) &&
                  (byte & EPSTEIN_OTHER) == other;
        near[victims] = (uint8_t)k;
        victims += is;
    }
    if (victims == 0) return;
    int32_t i = g.who[at.cell] - 1;
    unsigned k = near[draw(p, EPSTEIN_DRAW_KILL, i, victims)];
    struct spot victim = seen_spot(p, g, look, k, at);
    if ((g.board[victim.cell] & EPSTEIN_KIND) == EPSTEIN_REBEL)
        stamp(p, g, g.rebels_near, victim, false);
    p->cell[g.who[victim.cell] - 1] = SAH_NOWHERE;
    leave(g, victim.cell);
    count->killed++;
}

ALWAYS void citizen(const struct epstein_play *p, struct epstein_ground g,
                    struct epstein_count *count, struct candidates drawn,
                    struct spot at) {
    uint8_t byte = g.board[at.cell];
    int nerve = p->nerve[g.who[at.cell] - 1];
    bool was = (byte & EPSTEIN_KIND) == EPSTEIN_REBEL, now = false;
    if (was) stamp(p, g, g.rebels_near, at, false);
    if (p->act_first) now = rebels(p, g, nerve, at.cell, was);
    at = move(p, g, &p->citizen, drawn, at);
    if (!p->act_first) now = rebels(p, g, nerve, at.cell, was);
    g.board[at.cell] = (uint8_t)((byte & EPSTEIN_OTHER) | p->done |
                                 (now ? EPSTEIN_REBEL : EPSTEIN_QUIET));
    if (!now) return;
    stamp(p, g, g.rebels_near, at, true);
    if (p->kills) kill(p, g, count, at);
}

/* ---- police ---------------------------------------------------------------------- */

/* Bytes of 1 where a rebel stands and the window reaches, in one of its rows. */
ALWAYS row16 rebels_in_row(const struct epstein_play *p, struct epstein_ground g, int r,
                           ptrdiff_t y, struct strip strip) {
    row16 kind = load16(g.board + row_of(g, y + r) + strip.at) & EPSTEIN_KIND;
    return (row16)(kind == EPSTEIN_REBEL) &
           load16(p->police_mask[r + EPSTEIN_REACH] + EPSTEIN_STRIP + strip.from);
}

ALWAYS int sum_of(row16 ones) {
    uint64_t half[2];
    memcpy(half, &ones, sizeof half);
    return (int)((half[0] + half[1]) * UINT64_C(0x0101010101010101) >> 56);
}

/* The how-manieth rebel in sight, rows from the south, in each from the west; there are
 * more than `which`. */
ALWAYS struct spot find_rebel(const struct epstein_play *p, struct epstein_ground g,
                              struct spot at, int which) {
    struct strip strip[2];
    int strips = strips_of(p, g, at.x, strip), seen = 0, k = -1;
    row16 ones = {0};
    do {
        which -= seen;
        k++;
        ones = rebels_in_row(p, g, k / strips - EPSTEIN_REACH, at.y, strip[k % strips]);
        seen = sum_of(ones);
    } while (which >= seen);
    int column = 0;
    for (; which > 0 || !ones[column]; column++) which -= ones[column];
    ptrdiff_t x = strip[k % strips].at + column;
    ptrdiff_t y = at.y + k / strips - EPSTEIN_REACH;
    if (!g.patch) y = p->wrap_y[y];
    return (struct spot){x, y, row_of(g, y) + x};
}

/* Where a rebel in sight stands; cell -1: there is none. */
ALWAYS struct spot suspect(const struct epstein_play *p, struct epstein_ground g,
                           int32_t i, struct spot at) {
    uint8_t found[EPSTEIN_WINDOW];
    unsigned n = p->same_vision
                     ? g.rebels_near[at.cell]
                     : find(g, &p->police, at, EPSTEIN_KIND, EPSTEIN_REBEL, found);
    if (n == 0) return (struct spot){0, 0, -1};
    return find_rebel(p, g, at, (int)draw(p, EPSTEIN_DRAW_ARREST, i, n));
}

/* Returns where the officer then is. A term of 0 ends at once. */
ALWAYS struct spot arrest(const struct epstein_play *p, struct epstein_ground g,
                          struct epstein_count *count, struct spot at) {
    int32_t i = g.who[at.cell] - 1;
    struct spot there = suspect(p, g, i, at);
    if (there.cell < 0) return at;
    int32_t whom = g.who[there.cell] - 1;
    int32_t term = (int32_t)draw(p, EPSTEIN_DRAW_TERM, i, (uint32_t)p->jail);
    uint8_t byte = g.board[there.cell];
    stamp(p, g, g.rebels_near, there, false);
    count->arrests++;
    p->free_at[whom] = term > 0 ? (int32_t)p->tick + term : 0;
    uint8_t kind = term > 0 && p->stays ? EPSTEIN_PRISONER : EPSTEIN_QUIET;
    g.board[there.cell] = (uint8_t)((byte & ~EPSTEIN_KIND) | kind);
    if (term == 0 || p->stays) return at;
    leave(g, there.cell);
    if (!p->pursuit) return at;
    bring(p, g, at, there);
    return there;
}

ALWAYS void officer(const struct epstein_play *p, struct epstein_ground g,
                    struct epstein_count *count, struct candidates drawn,
                    struct spot at) {
    struct spot from = at;
    g.board[at.cell] = EPSTEIN_OFFICER | p->done;
    if (p->act_first) at = arrest(p, g, count, at);
    at = move(p, g, &p->police, drawn, at);
    if (!p->act_first) at = arrest(p, g, count, at);
    if (at.cell == from.cell) return;
    stamp(p, g, g.police_near, from, false);
    stamp(p, g, g.police_near, at, true);
}

/* ---- a turn ---------------------------------------------------------------------- */

/* Whoever was arrested or killed since the order was made left a cell that is empty, or
 * in which somebody stands whose turn is over. */
ALWAYS void turn(const struct epstein_play *p, struct epstein_ground g,
                 struct epstein_count *count, struct epstein_place place,
                 struct candidates drawn) {
    struct spot at = {place.x, place.y, cell_of(g, place.x, place.y)};
    uint8_t byte = g.board[at.cell];
    if (!p->waits[byte]) return;
    if ((byte & EPSTEIN_KIND) == EPSTEIN_OFFICER)
        officer(p, g, count, drawn, at);
    else
        citizen(p, g, count, drawn, at);
}

#endif
