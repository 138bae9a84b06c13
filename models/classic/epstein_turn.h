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

/* What few turns need is kept out of the loop, whose registers it would take. */
#define RARELY __attribute__((noinline, cold))

/* Where a turn is: the cell and its column and row. */
struct spot {
    int x, y;
    int32_t cell;
};

/* ---- windows --------------------------------------------------------------------- */

typedef uint8_t row16 __attribute__((vector_size(16)));

static inline row16 load16(const uint8_t *at) {
    row16 row;
    memcpy(&row, at, sizeof row);
    return row;
}

/* The window's rows lie in one strip of 16 cells, or in two where it reaches around the
 * torus, first that of its west: from column `at` on, whose first cell lies `from` cells
 * east of the window's west end. */
struct strip {
    int at, from;
};

static inline int strips_of(const struct epstein_play *p, int x,
                            struct strip strip[2]) {
    int west = x - EPSTEIN_REACH, last = p->width - EPSTEIN_STRIP;
    strip[0] = (struct strip){west, 0};
    if (west >= 0 && west <= last) return 1;
    int first = west < 0 ? west + p->width : west;
    strip[0] = (struct strip){last, last - first};
    strip[1] = (struct strip){0, p->width - first};
    return 2;
}

/* Adds a strip of the window to a board of counts, or takes it away. */
static inline void stamp_row(uint8_t *row, const uint8_t *seen, bool add) {
    row16 mask = load16(seen), sum = add ? load16(row) + mask : load16(row) - mask;
    memcpy(row, &sum, sizeof sum);
}

static inline void stamp_strip(const struct epstein_play *p, uint8_t *near, int y,
                               struct strip strip, bool add) {
#pragma GCC unroll 15
    for (int r = -EPSTEIN_REACH; r <= EPSTEIN_REACH; r++)
        stamp_row(near + p->wrap_row[y + r] + strip.at,
                  p->citizen_mask[r + EPSTEIN_REACH] + EPSTEIN_STRIP + strip.from, add);
}

static inline void stamp(const struct epstein_play *p, bool inside, uint8_t *near,
                         struct spot at, bool add) {
    if (inside) {
        uint8_t *row =
            near + at.cell - (ptrdiff_t)EPSTEIN_REACH * p->width - EPSTEIN_REACH;
#pragma GCC unroll 15
        for (int r = 0; r < EPSTEIN_ROWS; r++, row += p->width)
            stamp_row(row, p->citizen_mask[r] + EPSTEIN_STRIP, add);
        return;
    }
    struct strip strip[2];
    int n = strips_of(p, at.x, strip);
    stamp_strip(p, near, at.y, strip[0], add);
    if (n > 1) stamp_strip(p, near, at.y, strip[1], add);
}

/* Number k of a window around a cell. */
static inline int32_t seen_cell(const struct epstein_play *p, bool inside,
                                const struct epstein_look *look, int k, int x, int y,
                                int32_t cell) {
    if (inside) return cell + look->step[k];
    return epstein_cell(p, x + look->window->dx[k], y + look->window->dy[k]);
}

/* The how-manieth cell of those whose kind, under `bits`, is `kind`; -1 beyond the last.
 * Fills the number there are where all were walked over. */
static inline int find(const struct epstein_play *p, bool inside,
                       const struct epstein_look *look, int x, int y, int32_t cell,
                       uint8_t bits, uint8_t kind, int which, int *count) {
    int seen = 0;
    for (int k = 0; k < look->window->n; k++) {
        bool is = (p->board[seen_cell(p, inside, look, k, x, y, cell)] & bits) == kind;
        if (is && seen == which) return k;
        seen += is;
    }
    *count = seen;
    return -1;
}

/* A word of a keyed draw that few turns need. */
static inline uint32_t draw(const struct epstein_play *p, unsigned purpose, size_t i,
                            uint32_t n) {
    struct sah_rng rng;
    sah_rng_at(&rng, p->seed, purpose, p->id[i], p->tick);
    return epstein_below(sah_rng_u32(&rng), n);
}

/* ---- moving ---------------------------------------------------------------------- */

/* Which of four candidates are free, as bits. One that was not drawn evenly is the cell
 * itself, which is not free. */
static inline unsigned free_of(const struct epstein_play *p, bool inside,
                               const struct epstein_look *look, uint32_t candidates,
                               int x, int y, int32_t cell) {
    unsigned free = 0;
    for (unsigned j = 0; j < 4; j++) {
        int k = (int)(candidates >> 8 * j & 0xff);
        int32_t c = seen_cell(p, inside, look, k, x, y, cell);
        free |= (unsigned)(p->board[c] == EPSTEIN_NOBODY) << j;
    }
    return free;
}

enum { MORE_CANDIDATES = 16 };

/* None of those drawn was free: the first that is of some more, else one of all that are,
 * or -1. */
RARELY static int choose_of_all(const struct epstein_play *p, bool inside,
                                const struct epstein_look *look, size_t i, int x, int y,
                                int32_t cell) {
    struct sah_rng rng;
    sah_rng_at(&rng, p->seed, EPSTEIN_DRAW_CHOICE, p->id[i], p->tick);
    for (int j = 0; j < MORE_CANDIDATES; j++) {
        int k = (int)epstein_below(sah_rng_u32(&rng), look->n);
        if (p->board[seen_cell(p, inside, look, k, x, y, cell)] == EPSTEIN_NOBODY)
            return k;
    }
    int count = 0;
    find(p, inside, look, x, y, cell, UINT8_MAX, EPSTEIN_NOBODY, -1, &count);
    if (count == 0) return -1;
    int which = (int)epstein_below(sah_rng_u32(&rng), (uint32_t)count);
    return find(p, inside, look, x, y, cell, UINT8_MAX, EPSTEIN_NOBODY, which, &count);
}

/* A free cell in sight: the first that is free of those drawn, else one of all that
 * are. Both are uniform over the free ones. */
static inline int choose_free(const struct epstein_play *p, bool inside,
                              const struct epstein_look *look,
                              const struct epstein_entry *entry, int x, int y,
                              int32_t cell) {
    for (int half = 0; half < 2; half++) {
        uint32_t drawn = entry->candidates[half];
        unsigned free = free_of(p, inside, look, drawn, x, y, cell);
        if (free) return (int)(drawn >> 8 * (unsigned)__builtin_ctz(free) & 0xff);
    }
    return choose_of_all(p, inside, look, entry->agent, x, y, cell);
}

static inline struct spot spot_of(const struct epstein_play *p, bool inside,
                                  const struct epstein_look *look, int k,
                                  struct spot from) {
    int x = from.x + look->window->dx[k], y = from.y + look->window->dy[k];
    if (inside) return (struct spot){x, y, from.cell + look->step[k]};
    return (struct spot){p->wrap_x[x], p->wrap_y[y], epstein_cell(p, x, y)};
}

static inline void leave(const struct epstein_play *p, int32_t cell) {
    p->board[cell] = EPSTEIN_NOBODY;
    p->who[cell] = 0;
}

static inline void enter(const struct epstein_play *p, size_t i, int32_t cell,
                         uint8_t byte) {
    p->board[cell] = byte;
    p->who[cell] = (int32_t)i + 1;
    p->cell[i] = cell;
}

/* Moves, the byte of the board with it; the counts are the caller's. */
static inline struct spot move(const struct epstein_play *p, bool inside,
                               const struct epstein_look *look,
                               const struct epstein_entry *entry, struct spot at) {
    int k = choose_free(p, inside, look, entry, at.x, at.y, at.cell);
    if (k < 0) return at;
    struct spot to = spot_of(p, inside, look, k, at);
    uint8_t byte = p->board[at.cell];
    leave(p, at.cell);
    enter(p, entry->agent, to.cell, byte);
    return to;
}

/* ---- citizens -------------------------------------------------------------------- */

static inline float arrest_chance(const struct epstein_play *p, int c, int a) {
    if (p->ratio == EPSTEIN_FLOOR) return p->chance[(int)((float)c / (float)a)];
    return sah_epstein_arrest_chance(p->ratio, p->k, c, a);
}

/* Without branches where C/A is taken whole: what people decide cannot be foreseen. */
static inline bool rebels(const struct epstein_play *p, float hardship, float risk,
                          int32_t cell, bool was) {
    int a = 1 + p->rebels_near[cell] + (p->self_twice & was);
    int c = p->police_near[cell];
    return hardship * p->discontent - risk * arrest_chance(p, c, a) > p->threshold;
}

/* Model II: a rebel kills one of the other people in sight. */
RARELY static void kill(const struct epstein_play *p, bool inside,
                        struct epstein_count *count, size_t i, struct spot at) {
    const struct epstein_look *look = &p->citizen;
    uint8_t other = (p->board[at.cell] & EPSTEIN_OTHER) ^ EPSTEIN_OTHER;
    int victims = 0, k = 0, n = 0;
    int32_t near[EPSTEIN_WINDOW];
    for (; k < look->window->n; k++) {
        int32_t c = seen_cell(p, inside, look, k, at.x, at.y, at.cell);
        int kind = p->board[c] & EPSTEIN_KIND;
        bool is = (kind == EPSTEIN_QUIET || kind == EPSTEIN_REBEL) &&
                  (p->board[c] & EPSTEIN_OTHER) == other;
        near[victims] = k;
        victims += is;
    }
    if (victims == 0) return;
    n = near[draw(p, EPSTEIN_DRAW_KILL, i, (uint32_t)victims)];
    struct spot victim = spot_of(p, inside, look, n, at);
    if ((p->board[victim.cell] & EPSTEIN_KIND) == EPSTEIN_REBEL)
        stamp(p, inside, p->rebels_near, victim, false);
    p->cell[p->who[victim.cell] - 1] = SAH_NOWHERE;
    leave(p, victim.cell);
    count->killed++;
}

static inline void citizen(const struct epstein_play *p, bool inside,
                           struct epstein_count *count,
                           const struct epstein_entry *entry, struct spot at) {
    uint8_t byte = p->board[at.cell];
    bool was = (byte & EPSTEIN_KIND) == EPSTEIN_REBEL;
    if (was) stamp(p, inside, p->rebels_near, at, false);
    bool now = false;
    if (p->act_first) now = rebels(p, entry->hardship, entry->risk, at.cell, was);
    at = move(p, inside, &p->citizen, entry, at);
    if (!p->act_first) now = rebels(p, entry->hardship, entry->risk, at.cell, was);
    p->board[at.cell] = (uint8_t)((byte & EPSTEIN_OTHER) | p->done |
                                  (now ? EPSTEIN_REBEL : EPSTEIN_QUIET));
    if (!now) return;
    stamp(p, inside, p->rebels_near, at, true);
    if (p->kills) kill(p, inside, count, entry->agent, at);
}

/* ---- police ---------------------------------------------------------------------- */

/* Bytes of 1 where a rebel stands and the window reaches, in one of its rows. */
static inline row16 rebels_in_row(const struct epstein_play *p, int r, int y,
                                  struct strip strip) {
    row16 kind = load16(p->board + p->wrap_row[y + r] + strip.at) & EPSTEIN_KIND;
    return (row16)(kind == EPSTEIN_REBEL) &
           load16(p->police_mask[r + EPSTEIN_REACH] + EPSTEIN_STRIP + strip.from);
}

static inline int sum_of(row16 ones) {
    uint64_t half[2];
    memcpy(half, &ones, sizeof half);
    return (int)((half[0] + half[1]) * UINT64_C(0x0101010101010101) >> 56);
}

/* The how-manieth rebel in sight, rows from the south, in each from the west; there are
 * more than `which`. */
static inline struct spot find_rebel(const struct epstein_play *p, struct spot at,
                                     int which) {
    struct strip strip[2];
    int strips = strips_of(p, at.x, strip), seen = 0, k = -1;
    row16 ones = {0};
    do {
        which -= seen;
        k++;
        ones = rebels_in_row(p, k / strips - EPSTEIN_REACH, at.y, strip[k % strips]);
        seen = sum_of(ones);
    } while (which >= seen);
    int column = 0;
    for (; which > 0 || !ones[column]; column++) which -= ones[column];
    struct spot there = {strip[k % strips].at + column,
                         p->wrap_y[at.y + k / strips - EPSTEIN_REACH], 0};
    there.cell = there.y * p->width + there.x;
    return there;
}

/* Where a rebel in sight stands; cell -1: there is none. */
static inline struct spot suspect(const struct epstein_play *p, bool inside, size_t i,
                                  struct spot at) {
    const struct epstein_look *look = &p->police;
    int seen = 0;
    if (p->same_vision)
        seen = p->rebels_near[at.cell];
    else
        find(p, inside, look, at.x, at.y, at.cell, EPSTEIN_KIND, EPSTEIN_REBEL, -1,
             &seen);
    if (seen == 0) return (struct spot){0, 0, -1};
    int which = (int)draw(p, EPSTEIN_DRAW_ARREST, i, (uint32_t)seen);
    return find_rebel(p, at, which);
}

/* Returns where the officer then is. A term of 0 ends at once. */
static inline struct spot arrest(const struct epstein_play *p, bool inside,
                                 struct epstein_count *count, size_t i,
                                 struct spot at) {
    struct spot there = suspect(p, inside, i, at);
    if (there.cell < 0) return at;
    int32_t whom = p->who[there.cell] - 1;
    int32_t term = (int32_t)draw(p, EPSTEIN_DRAW_TERM, i, (uint32_t)p->jail);
    uint8_t byte = p->board[there.cell];
    stamp(p, inside, p->rebels_near, there, false);
    count->arrests++;
    p->free_at[whom] = term > 0 ? (int32_t)p->tick + term : 0;
    uint8_t kind = term > 0 && p->stays ? EPSTEIN_PRISONER : EPSTEIN_QUIET;
    p->board[there.cell] = (uint8_t)((byte & ~EPSTEIN_KIND) | kind);
    if (term == 0 || p->stays) return at;
    leave(p, there.cell);
    if (!p->pursuit) return at;
    byte = p->board[at.cell];
    leave(p, at.cell);
    enter(p, i, there.cell, byte);
    return there;
}

static inline void officer(const struct epstein_play *p, bool inside,
                           struct epstein_count *count,
                           const struct epstein_entry *entry, struct spot at) {
    struct spot from = at;
    p->board[at.cell] = EPSTEIN_OFFICER | p->done;
    if (p->act_first) at = arrest(p, inside, count, entry->agent, at);
    at = move(p, inside, &p->police, entry, at);
    if (!p->act_first) at = arrest(p, inside, count, entry->agent, at);
    if (at.cell == from.cell) return;
    stamp(p, inside, p->police_near, from, false);
    stamp(p, inside, p->police_near, at, true);
}

/* ---- a turn ---------------------------------------------------------------------- */

/* Whoever was arrested or killed meanwhile left a cell that is empty, or in which
 * somebody stands whose turn is over. */
static inline void turn(const struct epstein_play *p, bool inside,
                        struct epstein_count *count,
                        const struct epstein_entry *entry) {
    struct spot at = {entry->x, entry->y, entry->y * p->width + entry->x};
    uint8_t byte = p->board[at.cell];
    if (!p->waits[byte]) return;
    if ((byte & EPSTEIN_KIND) == EPSTEIN_OFFICER)
        officer(p, inside, count, entry, at);
    else
        citizen(p, inside, count, entry, at);
}

#endif
