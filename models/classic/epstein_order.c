/* In which order turns are taken.
 *
 * `sequential` is the definition: all agents at large in one random order, on one thread.
 *
 * `tiled`: the torus is cut into tiles of 44 to 96 cells a side, coloured as a chessboard
 * in each direction, four colours in all. Colours come in random order; tiles of one
 * colour are played at the same time, for none of them reaches where another does; in a
 * tile, agents take turns one after another in random order. So everybody still sees what
 * others did before, a tile stays in the cache, and the number of threads changes nothing.
 * A side shorter than 88 cells is not cut. */
#include "models/classic/epstein_play.h"
#include "sim/kernel/elementary.h"
#include "sim/kernel/rng.h"

#include <stdlib.h>

enum {
    LEAST_TILE = 44,
    USUAL_TILE = 64,
    BLOCK = 256,    /* turns whose numbers are drawn together */
    KEYS = 1 << 24, /* keys of one tile's order */
    RATIOS = EPSTEIN_WINDOW + 1
};

int sah_epstein_tiles(int cells) {
    if (cells < 2 * LEAST_TILE) return 1;
    int pairs = (cells + USUAL_TILE) / (2 * USUAL_TILE);
    return 2 * (pairs > 1 ? pairs : 1);
}

/* A place on the board, packed. */
static inline uint32_t pack(int x, int y) {
    return (uint32_t)y << 16 | (uint32_t)x;
}

/* ---- who is at large --------------------------------------------------------------- */

struct box {
    int x0, x1, y0, y1; /* x1 and y1 beyond the last */
};

static size_t list(const struct epstein_play *p, const struct box *box,
                   uint32_t *place) {
    size_t n = 0;
    for (int y = box->y0; y < box->y1; y++) {
        const uint8_t *row = p->board + (size_t)y * (size_t)p->width;
        for (int x = box->x0; x < box->x1; x++) {
            place[n] = pack(x, y);
            n += epstein_waits(row[x], p->done);
        }
    }
    return n;
}

/* Fisher and Yates from the end; word j of the tile's keys decides place n-1-j. */
static void shuffle(const struct epstein_play *p, uint64_t tile, uint32_t *place,
                    size_t n) {
    uint64_t id[BLOCK / 4];
    uint32_t word[4][BLOCK / 4], *const out[] = {word[0], word[1], word[2], word[3]};
    size_t left = n;
    for (uint64_t first = 0; left > 1; first += BLOCK / 4) {
        for (size_t j = 0; j < BLOCK / 4; j++) id[j] = tile * KEYS + first + j;
        sah_rng_bulk4(p->seed, EPSTEIN_DRAW_ORDER, p->tick, id, BLOCK / 4, out);
        for (size_t j = 0; j < BLOCK && left > 1; j++, left--) {
            uint32_t other = epstein_below(word[j % 4][j / 4], (uint32_t)left);
            uint32_t swap = place[left - 1];
            place[left - 1] = place[other];
            place[other] = swap;
        }
    }
}

/* ---- turns in a given order ---------------------------------------------------------- */

static void fill(const struct epstein_play *p, const struct epstein_people *people,
                 const uint32_t *place, size_t n, struct epstein_entry *entry) {
    uint64_t id[BLOCK];
    uint32_t word[4][BLOCK], *const out[] = {word[0], word[1], word[2], word[3]};
    for (size_t j = 0; j < n; j++) {
        entry[j].x = (uint16_t)place[j];
        entry[j].y = (uint16_t)(place[j] >> 16);
        entry[j].agent =
            (uint32_t)p->who[(int32_t)entry[j].y * p->width + entry[j].x] - 1;
    }
    for (size_t j = 0; j < n; j++) id[j] = people->id[entry[j].agent];
    sah_rng_bulk4(p->seed, EPSTEIN_DRAW_TURN, p->tick, id, n, out);
    for (size_t j = 0; j < n; j++) {
        entry[j].hardship = people->hardship[entry[j].agent];
        entry[j].risk = people->risk[entry[j].agent];
        for (int w = 0; w < 4; w++) entry[j].word[w] = word[w][j];
    }
}

/* Who is gone or stands elsewhere when a block is filled was at large when listed; such a
 * place is empty or holds somebody whose turn is over, and is passed over. */
static size_t waiting(const struct epstein_play *p, const uint32_t *place, size_t n,
                      uint32_t *kept) {
    size_t m = 0;
    for (size_t j = 0; j < n; j++) {
        int32_t c = (int32_t)(place[j] >> 16) * p->width + (int32_t)(place[j] & 0xffff);
        kept[m] = place[j];
        m += epstein_waits(p->board[c], p->done);
    }
    return m;
}

static void play_all(const struct epstein_play *p, const struct epstein_people *people,
                     const uint32_t *place, size_t n, struct epstein_count *count) {
    struct epstein_entry entry[BLOCK];
    uint32_t kept[BLOCK];
    for (size_t first = 0; first < n; first += BLOCK) {
        size_t m = n - first < BLOCK ? n - first : BLOCK;
        m = waiting(p, place + first, m, kept);
        fill(p, people, kept, m, entry);
        sah_epstein_play(p, count, entry, m);
    }
}

/* ---- one tile, all tiles --------------------------------------------------------------- */

static int edge(int i, int n, int cells) {
    return (int)((int64_t)i * cells / n);
}

/* Turns that begin in the box reach so far from it. */
static bool inside(const struct sah_grid *grid, const struct box *box) {
    const int reach = 3 * EPSTEIN_REACH + 2;
    return box->x0 >= reach && box->x1 + reach <= grid->nlon && box->y0 >= reach &&
           box->y1 + reach <= grid->nlat;
}

static void play_box(const struct epstein_play *common, const struct sah_world *world,
                     const struct box *box, uint64_t tile, uint32_t *place,
                     struct epstein_count *count) {
    struct epstein_play p = *common;
    p.inside = inside(&world->grid, box);
    size_t n = list(&p, box, place);
    shuffle(&p, tile, place, n);
    play_all(&p, &epstein_of(world)->people, place, n, count);
}

static int play_sequential(const struct epstein_play *p, const struct sah_world *world,
                           struct epstein_count *count, struct sah_error *err) {
    const struct sah_grid *grid = &world->grid;
    uint32_t *place = malloc(((size_t)grid->ncells + 1) * sizeof *place);
    if (!place)
        return sah_error_add(err, SAH_MEMORY, "no memory for the order of turns");
    play_box(p, world, &(struct box){0, grid->nlon, 0, grid->nlat}, 0, place, count);
    free(place);
    return SAH_OK;
}

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

static void play_tile(const struct epstein_play *p, const struct sah_world *world,
                      const struct tiling *tiles, int tile, uint32_t *place,
                      struct epstein_count *count) {
    const struct sah_grid *grid = &world->grid;
    int column = tile % tiles->columns, row = tile / tiles->columns;
    struct box box = {edge(column, tiles->columns, grid->nlon),
                      edge(column + 1, tiles->columns, grid->nlon),
                      edge(row, tiles->rows, grid->nlat),
                      edge(row + 1, tiles->rows, grid->nlat)};
    play_box(p, world, &box, (uint64_t)tile + 1, place, count);
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
        uint32_t *place = malloc((room + 1) * sizeof *place);
        struct epstein_count own = {0};
        failed = !place;
        for (int i = 0; i < 4; i++) {
#pragma omp for schedule(dynamic, 1)
            for (int tile = 0; tile < tiles.columns * tiles.rows; tile++)
                if (place && has_colour(&tiles, tile, colour[i]))
                    play_tile(p, world, &tiles, tile, place, &own);
        }
        arrests += own.arrests;
        killed += own.killed;
        free(place);
    }
    *count = (struct epstein_count){arrests, killed};
    if (!failed) return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory for the order of turns");
}

/* ---- what a step shares ---------------------------------------------------------------- */

static void look_over(struct epstein_look *look, const struct epstein_window *window,
                      int width) {
    look->window = window;
    look->uneven = window->n ? 65536u % (uint32_t)window->n : 0;
    for (int k = 0; k < window->n; k++)
        look->step[k] = window->dy[k] * width + window->dx[k];
}

static int rows_of(const struct epstein_window *window) {
    int rows = 0;
    for (int k = 0; k < window->n; k++)
        if (window->dy[k] > rows) rows = window->dy[k];
    return rows;
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
    p->term = e->people.term;
    p->id = e->people.id;
    p->width = world->grid.nlon;
    p->wrap_x = e->wrap + EPSTEIN_REACH;
    p->wrap_y = p->wrap_x + p->width + 2 * EPSTEIN_REACH;
    p->done = epstein_done(world->tick);
    p->citizen_window = &e->citizen_window;
    p->rows = rows_of(&e->citizen_window);
    p->kills = sah_world_model(world, "groups") != NULL;
    p->seed = (uint64_t)world->run.seed;
    p->tick = world->tick;
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
