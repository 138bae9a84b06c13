/* In which order turns are taken.
 *
 * `sequential` is the definition: all agents at large in one random order, on one thread.
 *
 * `tiled`: the torus is cut into tiles of 60 cells a side or more, coloured as a chessboard
 * in each direction, four colours in all. Colours come in random order; tiles of one
 * colour are played at the same time, for none of them reaches where another does; in a
 * tile, agents take turns one after another in random order. So everybody still sees what
 * others did before, a tile stays in the cache, and the number of threads changes nothing.
 * A side shorter than 120 cells is not cut. */
#include "models/classic/epstein_play.h"
#include "sim/kernel/elementary.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_TILE = 60, RATIOS = EPSTEIN_WINDOW + 1, SPARE = 16 };

float sah_epstein_arrest_chance(enum epstein_ratio ratio, double k, int police,
                                int rebels) {
    int down = police / rebels, nearest = (2 * police + rebels) / (2 * rebels);
    float r = ratio == EPSTEIN_FLOOR   ? (float)down
              : ratio == EPSTEIN_ROUND ? (float)nearest
                                       : (float)police / (float)rebels;
    return 1.0f - sah_expf(-(float)k * r);
}

int sah_epstein_tiles(int cells) {
    int pairs = cells / (2 * LEAST_TILE);
    return pairs > 0 ? 2 * pairs : 1;
}

/* ---- boxes --------------------------------------------------------------------------- */

static int edge(int i, int n, int cells) {
    return (int)((int64_t)i * cells / n);
}

/* A turn looks around from where it has moved to, and is counted out and in there. */
static bool inside(const struct sah_grid *grid, const struct epstein_box *box) {
    const int reach = 3 * EPSTEIN_REACH + 2;
    return box->x0 >= reach && box->x1 + reach <= grid->nlon && box->y0 >= reach &&
           box->y1 + reach <= grid->nlat;
}

static bool make_room(struct epstein_box *box, size_t ncells) {
    box->order = malloc((ncells + SPARE) * sizeof *box->order);
    box->entry = malloc((ncells + SPARE) * sizeof *box->entry);
    return box->order && box->entry;
}

static void free_room(struct epstein_box *box) {
    free(box->order);
    free(box->entry);
}

static int no_room(struct sah_error *err) {
    return sah_error_add(err, SAH_MEMORY, "no memory for the order of turns");
}

static sah_epstein_play_box *const play_boxes[] = SAH_VARIANTS(sah_epstein_play_box);

static int play_sequential(const struct epstein_play *p, const struct sah_world *world,
                           struct epstein_count *count, struct sah_error *err) {
    const struct sah_grid *grid = &world->grid;
    struct epstein_box box = {.x1 = grid->nlon, .y1 = grid->nlat};
    bool ok = make_room(&box, (size_t)grid->ncells);
    if (ok) play_boxes[sah_isa_best()](p, &box, count);
    free_room(&box);
    return ok ? SAH_OK : no_room(err);
}

/* ---- tiles --------------------------------------------------------------------------- */

/* The four colours in the order of this step. */
static void order_colours(const struct epstein_play *p, int colour[4]) {
    struct sah_rng rng;
    sah_rng_at(&rng, p->seed, EPSTEIN_DRAW_COLOUR, 1, p->tick);
    for (int i = 0; i < 4; i++) colour[i] = i;
    for (int i = 3; i > 0; i--) {
        int other = (int)epstein_below(sah_rng_u32(&rng), (uint32_t)i + 1);
        int swap = colour[i];
        colour[i] = colour[other];
        colour[other] = swap;
    }
}

struct tiling {
    int columns, rows;
};

static bool has_colour(const struct tiling *tiles, int tile, int colour) {
    return (tile % tiles->columns & 1) + 2 * (tile / tiles->columns & 1) == colour;
}

static void play_tile(const struct epstein_play *p, const struct sah_grid *grid,
                      const struct tiling *tiles, int tile, struct epstein_box *box,
                      struct epstein_count *count) {
    int column = tile % tiles->columns, row = tile / tiles->columns;
    box->x0 = edge(column, tiles->columns, grid->nlon);
    box->x1 = edge(column + 1, tiles->columns, grid->nlon);
    box->y0 = edge(row, tiles->rows, grid->nlat);
    box->y1 = edge(row + 1, tiles->rows, grid->nlat);
    box->key = (uint64_t)tile + 1;
    box->inside = inside(grid, box);
    play_boxes[sah_isa_best()](p, box, count);
}

/* Counts of tiles are whole numbers: their sum does not depend on who added first. */
static int play_tiled(const struct epstein_play *p, const struct sah_world *world,
                      struct epstein_count *count, struct sah_error *err) {
    const struct sah_grid *grid = &world->grid;
    struct tiling tiles = {sah_epstein_tiles(grid->nlon),
                           sah_epstein_tiles(grid->nlat)};
    size_t room = ((size_t)(grid->nlon / tiles.columns) + 1) *
                  ((size_t)(grid->nlat / tiles.rows) + 1);
    int colour[4];
    int64_t arrests = 0, killed = 0;
    bool failed = false;
    order_colours(p, colour);
#pragma omp parallel reduction(+ : arrests, killed) reduction(|| : failed)
    {
        struct epstein_box box = {0};
        struct epstein_count own = {0};
        failed = !make_room(&box, room);
        for (int i = 0; i < 4; i++) {
#pragma omp for schedule(dynamic, 1)
            for (int tile = 0; tile < tiles.columns * tiles.rows; tile++)
                if (!failed && has_colour(&tiles, tile, colour[i]))
                    play_tile(p, grid, &tiles, tile, &box, &own);
        }
        arrests += own.arrests;
        killed += own.killed;
        free_room(&box);
    }
    *count = (struct epstein_count){arrests, killed};
    return failed ? no_room(err) : SAH_OK;
}

/* ---- what a step shares -------------------------------------------------------------- */

static void look_over(struct epstein_look *look, const struct epstein_window *window,
                      int width) {
    look->window = window;
    look->n = (uint16_t)window->n;
    look->uneven = (uint16_t)(65536 % window->n);
    for (int k = 0; k < window->n; k++)
        look->step[k] = window->dy[k] * width + window->dx[k];
    look->step[window->n] = 0;
}

static void widen(uint8_t mask[EPSTEIN_ROWS][3 * EPSTEIN_STRIP],
                  const struct epstein_window *window) {
    memset(mask, 0, EPSTEIN_ROWS * sizeof *mask);
    for (int r = 0; r < EPSTEIN_ROWS; r++)
        memcpy(mask[r] + EPSTEIN_STRIP, window->mask[r], EPSTEIN_STRIP);
}

static void set_rules(struct epstein_play *p, const struct epstein_unrest *u,
                      float *chance) {
    p->discontent = 1.0f - (float)u->legitimacy;
    p->threshold = (float)u->threshold;
    p->k = u->k;
    p->jail = u->jail;
    p->ratio = (enum epstein_ratio)u->ratio;
    p->self_twice = u->self_twice;
    p->stays = u->stays;
    p->pursuit = u->pursuit && !u->stays;
    p->act_first = u->first == EPSTEIN_ACT_FIRST;
    p->same_vision = u->citizen_vision == u->police_vision;
    for (int c = 0; c < RATIOS; c++)
        chance[c] = sah_epstein_arrest_chance(EPSTEIN_FLOOR, u->k, c, 1);
    p->chance = chance;
}

static void set_world(struct epstein_play *p, const struct sah_world *world) {
    const struct epstein *e = epstein_of(world);
    p->board = e->board;
    p->police_near = e->police_near;
    p->rebels_near = e->rebels_near;
    p->who = e->who;
    p->cell = e->people.cell;
    p->free_at = e->people.free_at;
    p->id = e->people.id;
    p->hardship = e->people.hardship;
    p->risk = e->people.risk;
    p->role = e->people.role;
    p->width = world->grid.nlon;
    p->wrap_x = e->wrap + EPSTEIN_REACH;
    p->wrap_y = p->wrap_x + p->width + EPSTEIN_REACHES;
    p->wrap_row = p->wrap_y + world->grid.nlat + EPSTEIN_REACHES;
    p->done = epstein_done(world->tick);
    p->kills = sah_world_model(world, "groups") != NULL;
    p->seed = (uint64_t)world->run.seed;
    p->tick = world->tick;
    for (int byte = 0; byte < 256; byte++)
        p->waits[byte] = epstein_waits((uint8_t)byte, p->done);
    widen(p->citizen_mask, &e->citizen_window);
    widen(p->police_mask, &e->police_window);
    look_over(&p->citizen, &e->citizen_window, p->width);
    look_over(&p->police, &e->police_window, p->width);
}

int sah_epstein_turns(struct sah_world *world, const struct epstein_unrest *unrest,
                      struct sah_error *err) {
    struct epstein_play play;
    struct epstein_count count = {0};
    float chance[RATIOS];
    set_world(&play, world);
    set_rules(&play, unrest, chance);
    int status = unrest->order == EPSTEIN_TILED
                     ? play_tiled(&play, world, &count, err)
                     : play_sequential(&play, world, &count, err);
    epstein_of(world)->today[EPSTEIN_ARRESTS] += count.arrests;
    epstein_of(world)->today[EPSTEIN_KILLED] += count.killed;
    return status;
}
