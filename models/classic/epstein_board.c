/* The board: who stands where, and how many police and rebels each cell sees. */
#include "models/classic/epstein.h"

#include "sim/kernel/rng.h"

#include <stdlib.h>
#include <string.h>

static bool seen(enum epstein_shape shape, double radius, int dx, int dy) {
    if (shape == EPSTEIN_DISC) return dx * dx + dy * dy <= radius * radius;
    if (shape == EPSTEIN_DIAMOND) return abs(dx) + abs(dy) <= radius;
    return abs(dx) <= radius && abs(dy) <= radius;
}

void sah_epstein_window(struct epstein_window *window, enum epstein_shape shape,
                        double radius) {
    *window = (struct epstein_window){0};
    for (int dy = -EPSTEIN_REACH; dy <= EPSTEIN_REACH; dy++)
        for (int dx = -EPSTEIN_REACH; dx <= EPSTEIN_REACH; dx++) {
            if (!seen(shape, radius, dx, dy)) continue;
            window->mask[dy + EPSTEIN_REACH][dx + EPSTEIN_REACH] = 1;
            if (dx == 0 && dy == 0) continue;
            window->dx[window->n] = (int8_t)dx;
            window->dy[window->n++] = (int8_t)dy;
        }
}

/* Cell number k of a window around another, over the edges of the torus. */
static int32_t beside(const struct sah_world *world,
                      const struct epstein_window *window, int x, int y, int k) {
    const int32_t *wrap_x = epstein_of(world)->wrap + EPSTEIN_MARGIN;
    const int32_t *wrap_y = wrap_x + world->grid.nlon + 2 * EPSTEIN_MARGIN;
    return wrap_y[y + window->dy[k]] * world->grid.nlon + wrap_x[x + window->dx[k]];
}

void sah_epstein_count(const struct sah_world *world, uint8_t *near,
                       const struct epstein_window *window, int32_t cell, int by) {
    int x = cell % world->grid.nlon, y = cell / world->grid.nlon;
    near[cell] = (uint8_t)(near[cell] + by);
    for (int k = 0; k < window->n; k++) {
        int32_t c = beside(world, window, x, y, k);
        near[c] = (uint8_t)(near[c] + by);
    }
}

void sah_epstein_put(struct sah_world *world, size_t i, int32_t cell, uint8_t kind,
                     uint8_t done) {
    struct epstein *e = epstein_of(world);
    SAH_BUG_IF(e->board[cell] != EPSTEIN_NOBODY, "two in one cell");
    uint8_t other = e->people.role[i] == EPSTEIN_RED ? EPSTEIN_OTHER : 0;
    e->board[cell] = kind | other | done;
    e->who[cell] = (int32_t)i + 1;
    e->people.cell[i] = cell;
    if (kind == EPSTEIN_OFFICER)
        sah_epstein_count(world, e->police_near, &e->citizen_window, cell, 1);
    if (kind == EPSTEIN_REBEL)
        sah_epstein_count(world, e->rebels_near, &e->citizen_window, cell, 1);
}

void sah_epstein_lift(struct sah_world *world, int32_t cell) {
    struct epstein *e = epstein_of(world);
    int kind = e->board[cell] & EPSTEIN_KIND;
    if (kind == EPSTEIN_OFFICER)
        sah_epstein_count(world, e->police_near, &e->citizen_window, cell, -1);
    if (kind == EPSTEIN_REBEL)
        sah_epstein_count(world, e->rebels_near, &e->citizen_window, cell, -1);
    e->board[cell] = EPSTEIN_NOBODY;
    e->who[cell] = 0;
}

enum { TRIES = 16 };

int32_t sah_epstein_free_cell(const struct sah_world *world,
                              const struct epstein_window *window, int32_t cell,
                              struct sah_rng *rng) {
    const struct epstein *e = epstein_of(world);
    int x = cell % world->grid.nlon, y = cell / world->grid.nlon;
    for (int i = 0; i < TRIES; i++) {
        uint32_t k = epstein_below(sah_rng_u32(rng), (uint32_t)window->n);
        int32_t c = beside(world, window, x, y, (int)k);
        if (e->board[c] == EPSTEIN_NOBODY) return c;
    }
    int32_t found[EPSTEIN_WINDOW];
    uint32_t n = 0;
    for (int k = 0; k < window->n; k++) {
        int32_t c = beside(world, window, x, y, k);
        if (e->board[c] == EPSTEIN_NOBODY) found[n++] = c;
    }
    return n ? found[epstein_below(sah_rng_u32(rng), n)] : -1;
}

int sah_epstein_sort(struct sah_world *world, struct sah_error *err) {
    struct epstein *e = epstein_of(world);
    size_t ncells = (size_t)world->grid.ncells;
    int status = sah_population_sort(&e->people.base, ncells, err);
    if (status) return status;
    for (size_t i = 0; i < e->people.base.n; i++) {
        bool away = e->people.free_at[i] != 0 &&
                    (e->board[e->people.cell[i]] & EPSTEIN_KIND) != EPSTEIN_PRISONER;
        if (!away) e->who[e->people.cell[i]] = (int32_t)i + 1;
    }
    return SAH_OK;
}

/* ---- recounting ---------------------------------------------------------------------- */

static int check_counts(const struct sah_world *world, uint8_t *recount, uint8_t kind,
                        const uint8_t *near, const char *what, struct sah_error *err) {
    const struct epstein *e = epstein_of(world);
    memset(recount, 0, (uint32_t)world->grid.ncells);
    for (int32_t c = 0; c < world->grid.ncells; c++)
        if ((e->board[c] & EPSTEIN_KIND) == kind)
            sah_epstein_count(world, recount, &e->citizen_window, c, 1);
    if (memcmp(recount, near, (uint32_t)world->grid.ncells) == 0) return SAH_OK;
    return sah_error_add(err, SAH_CHECK, "the counts of %s near cells are wrong", what);
}

/* Does agent `i` stand where it says? Prisoners may be off the board. */
static bool stands(const struct epstein *e, size_t i) {
    int32_t cell = e->people.cell[i];
    if (cell == SAH_NOWHERE) return true;
    int kind = e->board[cell] & EPSTEIN_KIND;
    bool there = e->who[cell] == (int32_t)i + 1;
    if (e->people.free_at[i] != 0) return !there || kind == EPSTEIN_PRISONER;
    return there &&
           (kind == EPSTEIN_OFFICER) == (e->people.role[i] == EPSTEIN_POLICE) &&
           kind != EPSTEIN_PRISONER && kind != EPSTEIN_NOBODY;
}

int sah_epstein_verify(const struct sah_world *world, struct sah_error *err) {
    const struct epstein *e = epstein_of(world);
    for (size_t i = 0; i < e->people.base.n; i++)
        if (!stands(e, i))
            return sah_error_add(err, SAH_CHECK, "agent %zu is not where it stands", i);
    for (int32_t c = 0; c < world->grid.ncells; c++)
        if ((e->board[c] == EPSTEIN_NOBODY) != (e->who[c] == 0))
            return sah_error_add(err, SAH_CHECK, "cell %d: board and agents differ", c);
    uint8_t *recount = malloc((size_t)world->grid.ncells + 1);
    if (!recount) return sah_error_add(err, SAH_MEMORY, "no memory to recount");
    int status =
        check_counts(world, recount, EPSTEIN_OFFICER, e->police_near, "police", err);
    if (!status)
        status =
            check_counts(world, recount, EPSTEIN_REBEL, e->rebels_near, "rebels", err);
    free(recount);
    return status;
}
