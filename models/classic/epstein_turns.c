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
 * and counts itself out and in within 22. So tiles of one colour may be played at the
 * same time where tiles between them are 44 wide or more; see epstein_order.c. */
#include "models/classic/epstein_play.h"

#include "sim/kernel/elementary.h"
#include "sim/kernel/rng.h"

#include <string.h>

float sah_epstein_arrest_chance(enum epstein_ratio ratio, double k, int police,
                                int rebels) {
    float r = (float)police / (float)rebels;
    if (ratio == EPSTEIN_FLOOR) r = (float)(police / rebels);
    if (ratio == EPSTEIN_ROUND) r = (float)((2 * police + rebels) / (2 * rebels));
    return 1.0f - sah_expf(-(float)k * r);
}

/* ---- windows --------------------------------------------------------------------- */

typedef uint8_t row16 __attribute__((vector_size(16)));

static inline row16 load16(const uint8_t *at) {
    row16 row;
    memcpy(&row, at, sizeof row);
    return row;
}

/* Adds the window to a board of counts, or takes it away; whole rows at a time where the
 * window does not reach around the torus. */
static inline void stamp(const struct epstein_play *p, uint8_t *near, int x, int y,
                         bool add) {
    const struct epstein_window *w = p->citizen_window;
    if (x >= EPSTEIN_REACH && x + EPSTEIN_REACH + 2 <= p->width) {
        for (int r = -p->rows; r <= p->rows; r++) {
            uint8_t *at =
                near + (size_t)p->wrap_y[y + r] * (size_t)p->width + x - EPSTEIN_REACH;
            row16 mask = load16(w->mask[r + EPSTEIN_REACH]);
            row16 row = add ? load16(at) + mask : load16(at) - mask;
            memcpy(at, &row, sizeof row);
        }
        return;
    }
    uint8_t by = add ? 1 : UINT8_MAX;
    uint8_t *own = near + (size_t)y * (size_t)p->width + x;
    *own = (uint8_t)(*own + by);
    for (int k = 0; k < w->n; k++) {
        uint8_t *at = near + epstein_cell(p, x + w->dx[k], y + w->dy[k]);
        *at = (uint8_t)(*at + by);
    }
}

/* Number k of a window around a cell. */
static inline int32_t seen_cell(const struct epstein_play *p,
                                const struct epstein_look *look, int k, int x, int y,
                                int32_t cell) {
    if (p->inside) return cell + look->step[k];
    return epstein_cell(p, x + look->window->dx[k], y + look->window->dy[k]);
}

/* The how-manieth cell of those whose kind, under `bits`, is `kind`; -1 beyond the last.
 * Fills the number there are where all were walked over. */
static inline int find(const struct epstein_play *p, const struct epstein_look *look,
                       int x, int y, int32_t cell, uint8_t bits, uint8_t kind,
                       int which, int *count) {
    int seen = 0;
    for (int k = 0; k < look->window->n; k++) {
        bool is = (p->board[seen_cell(p, look, k, x, y, cell)] & bits) == kind;
        if (is && seen == which) return k;
        seen += is;
    }
    *count = seen;
    return -1;
}

/* Numbers of a keyed draw that few turns need. */
static inline struct sah_rng draw(const struct epstein_play *p, unsigned purpose,
                                  size_t i) {
    struct sah_rng rng;
    sah_rng_at(&rng, p->seed, purpose, p->id[i], p->tick);
    return rng;
}

/* ---- moving ---------------------------------------------------------------------- */

/* A candidate among n from 16 bits, exactly uniform: -1 for the few that would not be
 * (Lemire 2019, "Fast random integer generation in an interval"). */
static inline int candidate(uint32_t half, uint32_t n, uint32_t uneven) {
    uint32_t product = half * n;
    return (product & 0xffff) < uneven ? -1 : (int)(product >> 16);
}

static inline bool is_free(const struct epstein_play *p,
                           const struct epstein_look *look, int k, int x, int y,
                           int32_t cell) {
    if (k < 0) return false;
    return p->board[seen_cell(p, look, k, x, y, cell)] == EPSTEIN_NOBODY;
}

/* A free cell in sight: the first that is free of eight drawn, else one of all that are.
 * Both are uniform over the free ones. */
static inline int choose_free(const struct epstein_play *p,
                              const struct epstein_look *look, size_t i, int x, int y,
                              int32_t cell, const uint32_t word[4]) {
    for (int j = 0; j < 8; j++) {
        uint32_t half = j & 1 ? word[j / 2] >> 16 : word[j / 2] & 0xffff;
        int k = candidate(half, (uint32_t)look->window->n, look->uneven);
        if (is_free(p, look, k, x, y, cell)) return k;
    }
    int count = 0;
    find(p, look, x, y, cell, UINT8_MAX, EPSTEIN_NOBODY, -1, &count);
    if (count == 0) return -1;
    struct sah_rng rng = draw(p, EPSTEIN_DRAW_CHOICE, i);
    int which = (int)epstein_below(sah_rng_u32(&rng), (uint32_t)count);
    return find(p, look, x, y, cell, UINT8_MAX, EPSTEIN_NOBODY, which, &count);
}

/* Where a turn is: the cell and its column and row. */
struct spot {
    int x, y;
    int32_t cell;
};

static inline struct spot spot_of(const struct epstein_play *p,
                                  const struct epstein_look *look, int k,
                                  struct spot from) {
    struct spot to;
    to.x = p->wrap_x[from.x + look->window->dx[k]];
    to.y = p->wrap_y[from.y + look->window->dy[k]];
    to.cell = to.y * p->width + to.x;
    return to;
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
static inline struct spot move(const struct epstein_play *p,
                               const struct epstein_look *look, size_t i,
                               struct spot at, const uint32_t word[4]) {
    int k = choose_free(p, look, i, at.x, at.y, at.cell, word);
    if (k < 0) return at;
    struct spot to = spot_of(p, look, k, at);
    uint8_t byte = p->board[at.cell];
    leave(p, at.cell);
    enter(p, i, to.cell, byte);
    return to;
}

/* ---- citizens -------------------------------------------------------------------- */

/* Whoever has less grievance than the threshold is quiet whatever the risk. */
static inline bool rebels(const struct epstein_play *p, float hardship, float risk,
                          int32_t cell, bool was) {
    float grievance = hardship * p->discontent;
    if (grievance <= p->threshold) return false;
    int a = 1 + p->rebels_near[cell] + (p->self_twice && was);
    int c = p->police_near[cell];
    if (c == 0) return true;
    float chance = p->ratio == EPSTEIN_FLOOR
                       ? p->chance[(int)((float)c / (float)a)]
                       : sah_epstein_arrest_chance(p->ratio, p->k, c, a);
    return grievance - risk * chance > p->threshold;
}

/* Model II: a rebel kills one of the other people in sight. */
static inline void kill(const struct epstein_play *p, struct epstein_count *count,
                        size_t i, struct spot at) {
    const struct epstein_look *look = &p->citizen;
    uint8_t other = (p->board[at.cell] & EPSTEIN_OTHER) ^ EPSTEIN_OTHER;
    int victims = 0, k = 0, n = 0;
    int32_t near[EPSTEIN_WINDOW];
    for (; k < look->window->n; k++) {
        int32_t c = seen_cell(p, look, k, at.x, at.y, at.cell);
        int kind = p->board[c] & EPSTEIN_KIND;
        bool is = (kind == EPSTEIN_QUIET || kind == EPSTEIN_REBEL) &&
                  (p->board[c] & EPSTEIN_OTHER) == other;
        near[victims] = k;
        victims += is;
    }
    if (victims == 0) return;
    struct sah_rng rng = draw(p, EPSTEIN_DRAW_KILL, i);
    n = near[epstein_below(sah_rng_u32(&rng), (uint32_t)victims)];
    struct spot victim = spot_of(p, look, n, at);
    if ((p->board[victim.cell] & EPSTEIN_KIND) == EPSTEIN_REBEL)
        stamp(p, p->rebels_near, victim.x, victim.y, false);
    p->cell[p->who[victim.cell] - 1] = SAH_NOWHERE;
    leave(p, victim.cell);
    count->killed++;
}

static inline void citizen(const struct epstein_play *p, struct epstein_count *count,
                           const struct epstein_entry *entry, struct spot at) {
    uint8_t byte = p->board[at.cell];
    bool was = (byte & EPSTEIN_KIND) == EPSTEIN_REBEL;
    if (was) stamp(p, p->rebels_near, at.x, at.y, false);
    bool now = false;
    if (p->act_first) now = rebels(p, entry->hardship, entry->risk, at.cell, was);
    at = move(p, &p->citizen, entry->agent, at, entry->word);
    if (!p->act_first) now = rebels(p, entry->hardship, entry->risk, at.cell, was);
    p->board[at.cell] = (uint8_t)((byte & EPSTEIN_OTHER) | p->done |
                                  (now ? EPSTEIN_REBEL : EPSTEIN_QUIET));
    if (!now) return;
    stamp(p, p->rebels_near, at.x, at.y, true);
    if (p->kills) kill(p, count, entry->agent, at);
}

/* ---- police ---------------------------------------------------------------------- */

/* A rebel in sight, or -1. */
static inline int suspect(const struct epstein_play *p, struct spot at,
                          struct sah_rng *rng) {
    const struct epstein_look *look = &p->police;
    int rebels = 0;
    if (p->same_vision)
        rebels = p->rebels_near[at.cell];
    else
        find(p, look, at.x, at.y, at.cell, EPSTEIN_KIND, EPSTEIN_REBEL, -1, &rebels);
    if (rebels == 0) return -1;
    int which = (int)epstein_below(sah_rng_u32(rng), (uint32_t)rebels);
    return find(p, look, at.x, at.y, at.cell, EPSTEIN_KIND, EPSTEIN_REBEL, which,
                &rebels);
}

/* Returns where the officer then is. A term of 0 ends at once. */
static inline struct spot arrest(const struct epstein_play *p,
                                 struct epstein_count *count, size_t i,
                                 struct spot at) {
    struct sah_rng rng = draw(p, EPSTEIN_DRAW_ARREST, i);
    int k = suspect(p, at, &rng);
    if (k < 0) return at;
    struct spot there = spot_of(p, &p->police, k, at);
    int32_t whom = p->who[there.cell] - 1;
    int16_t term = (int16_t)epstein_below(sah_rng_u32(&rng), (uint32_t)p->jail);
    uint8_t byte = p->board[there.cell];
    stamp(p, p->rebels_near, there.x, there.y, false);
    count->arrests++;
    p->term[whom] = term;
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

static inline void officer(const struct epstein_play *p, struct epstein_count *count,
                           const struct epstein_entry *entry, struct spot at) {
    struct spot from = at;
    p->board[at.cell] = EPSTEIN_OFFICER | p->done;
    if (p->act_first) at = arrest(p, count, entry->agent, at);
    at = move(p, &p->police, entry->agent, at, entry->word);
    if (!p->act_first) at = arrest(p, count, entry->agent, at);
    if (at.cell == from.cell) return;
    stamp(p, p->police_near, from.x, from.y, false);
    stamp(p, p->police_near, at.x, at.y, true);
}

/* ---- a turn ---------------------------------------------------------------------- */

/* Whoever was arrested or killed meanwhile left a cell that is empty, or in which
 * somebody stands whose turn is over. */
static inline void turn(const struct epstein_play *p, struct epstein_count *count,
                        const struct epstein_entry *entry) {
    struct spot at = {entry->x, entry->y, entry->y * p->width + entry->x};
    uint8_t byte = p->board[at.cell];
    if (!epstein_waits(byte, p->done)) return;
    if ((byte & EPSTEIN_KIND) == EPSTEIN_OFFICER)
        officer(p, count, entry, at);
    else
        citizen(p, count, entry, at);
}

void sah_epstein_play(const struct epstein_play *play, struct epstein_count *count,
                      const struct epstein_entry *entry, size_t n) {
    for (size_t j = 0; j < n; j++) turn(play, count, &entry[j]);
}
