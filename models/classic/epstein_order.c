/* In which order turns are taken.
 *
 * `sequential` is the definition: all agents at large in one random order, on one thread.
 *
 * `tiled`: the torus is cut into tiles of 60 cells a side or more, coloured as a chessboard
 * in each direction, four colours in all. Colours come in random order; tiles of one
 * colour are played at the same time, for none of them reaches where another does; in a
 * tile, agents take turns one after another in random order. So everybody still sees what
 * others did before, a tile stays in the cache, and the number of threads changes nothing.
 * A side shorter than 120 cells is not cut; where both are, tiles are played on patches
 * (epstein_patch.c), which changes nothing either. */
#include "models/classic/epstein_play.h"
#include "sim/kernel/elementary.h"

#include <stdlib.h>
#include <string.h>

float sah_epstein_arrest_chance(enum epstein_ratio ratio, double k, int police,
                                int rebels) {
    float r = ratio == EPSTEIN_EXACT ? (float)police / (float)rebels
                                     : (float)epstein_whole(ratio, police, rebels);
    return 1.0f - sah_expf(-(float)k * r);
}

/* ---- tiles --------------------------------------------------------------------------- */

struct tiling {
    int columns, rows;
    uint64_t key; /* of the order in the first */
};

int sah_epstein_tiles(int cells) {
    int pairs = cells / (2 * EPSTEIN_TILE);
    return pairs > 0 ? 2 * pairs : 1;
}

static struct tiling tiling_of(const struct sah_grid *grid, enum epstein_order order) {
    if (order == EPSTEIN_SEQUENTIAL) return (struct tiling){1, 1, 0};
    return (struct tiling){sah_epstein_tiles(grid->nlon), sah_epstein_tiles(grid->nlat),
                           1};
}

static bool has_colour(const struct tiling *tiles, int tile, int colour) {
    return (tile % tiles->columns & 1) + 2 * (tile / tiles->columns & 1) == colour;
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

static int edge(int i, int n, int cells) {
    return (int)((int64_t)i * cells / n);
}

/* ---- playing them -------------------------------------------------------------------- */

static int no_room(struct sah_error *err) {
    return sah_error_add(err, SAH_MEMORY, "no memory for the order of turns");
}

/* What a thread needs for itself. */
struct room {
    struct epstein_place *order;
    struct epstein_patch *patch; /* NULL: plays on the torus itself */
};

static bool make_room(struct room *room, const struct tiling *tiles,
                      const struct sah_grid *grid) {
    size_t cells = ((size_t)(grid->nlon / tiles->columns) + 1) *
                   ((size_t)(grid->nlat / tiles->rows) + 1);
    bool flat = tiles->columns > 1 && tiles->rows > 1;
    room->order = malloc((cells + 1) * sizeof *room->order);
    room->patch = flat ? aligned_alloc(EPSTEIN_LINE, sizeof *room->patch) : NULL;
    return room->order && (room->patch || !flat);
}

static void free_room(struct room *room) {
    free(room->order);
    free(room->patch);
}

static void play_tile(const struct epstein_play *p, const struct sah_grid *grid,
                      const struct tiling *tiles, int tile, const struct room *room,
                      struct epstein_count *count) {
    static sah_epstein_play_box *const play_boxes[] =
        SAH_VARIANTS(sah_epstein_play_box);
    int column = tile % tiles->columns, row = tile / tiles->columns;
    struct epstein_box box = {.ground = p->torus,
                              .x0 = edge(column, tiles->columns, grid->nlon),
                              .x1 = edge(column + 1, tiles->columns, grid->nlon),
                              .y0 = edge(row, tiles->rows, grid->nlat),
                              .y1 = edge(row + 1, tiles->rows, grid->nlat)};
    if (room->patch) box = sah_epstein_patch_take(p, room->patch, &box);
    box.key = tiles->key + (uint64_t)tile;
    box.order = room->order;
    play_boxes[sah_isa_best()](p, &box, count);
    if (room->patch) sah_epstein_patch_return(p, &box);
}

/* Counts of tiles are whole numbers: their sum does not depend on who added first. */
static int play_tiles(const struct epstein_play *p, const struct sah_grid *grid,
                      const struct tiling *tiles, struct epstein_count *count,
                      struct sah_error *err) {
    int colour[4], ntiles = tiles->columns * tiles->rows;
    int64_t arrests = 0, killed = 0;
    bool failed = false;
    order_colours(p, colour);
#pragma omp parallel if (ntiles > 1) reduction(+ : arrests, killed) \
    reduction(|| : failed)
    {
        struct room room;
        struct epstein_count own = {0};
        failed = !make_room(&room, tiles, grid);
        for (int i = 0; i < 4; i++) {
#pragma omp for schedule(dynamic, 1)
            for (int tile = 0; tile < ntiles; tile++)
                if (!failed && has_colour(tiles, tile, colour[i]))
                    play_tile(p, grid, tiles, tile, &room, &own);
        }
        arrests += own.arrests;
        killed += own.killed;
        free_room(&room);
    }
    *count = (struct epstein_count){arrests, killed};
    return failed ? no_room(err) : SAH_OK;
}

/* ---- what a step shares -------------------------------------------------------------- */

static void look_over(struct epstein_look *look, const struct epstein_window *window) {
    look->window = window;
    look->n = (uint16_t)window->n;
    look->uneven = (uint16_t)(65536 % window->n);
    for (int k = 0; k < window->n; k++)
        look->step[k] = (int16_t)(window->dy[k] * EPSTEIN_STRIDE + window->dx[k]);
    look->step[window->n] = 0;
}

static void widen(uint8_t mask[EPSTEIN_ROWS][3 * EPSTEIN_STRIP],
                  const struct epstein_window *window) {
    memset(mask, 0, EPSTEIN_ROWS * sizeof *mask);
    for (int r = 0; r < EPSTEIN_ROWS; r++)
        memcpy(mask[r] + EPSTEIN_STRIP, window->mask[r], EPSTEIN_STRIP);
}

static void set_rules(struct epstein_play *p, const struct epstein_unrest *u) {
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
    for (int c = 0; c < EPSTEIN_RATIOS; c++)
        p->chance[c] = sah_epstein_arrest_chance(EPSTEIN_FLOOR, u->k, c, 1);
}

static void set_ground(struct epstein_play *p, const struct sah_world *world) {
    const struct epstein *e = epstein_of(world);
    const struct sah_grid *grid = &world->grid;
    p->wrap_x = e->wrap + EPSTEIN_MARGIN;
    p->wrap_y = p->wrap_x + grid->nlon + 2 * EPSTEIN_MARGIN;
    p->width = grid->nlon;
    p->torus = (struct epstein_ground){
        .board = e->board,
        .police_near = e->police_near,
        .rebels_near = e->rebels_near,
        .who = e->who,
        .row = p->wrap_y + grid->nlat + 2 * EPSTEIN_MARGIN,
        .column = p->wrap_x,
    };
}

static void set_world(struct epstein_play *p, const struct sah_world *world) {
    const struct epstein *e = epstein_of(world);
    p->cell = e->people.cell;
    p->free_at = e->people.free_at;
    p->id = e->people.id;
    p->hardship = e->people.hardship;
    p->risk = e->people.risk;
    p->done = epstein_done(world->tick);
    p->kills = sah_world_model(world, "groups") != NULL;
    p->seed = (uint64_t)world->run.seed;
    p->tick = world->tick;
    for (int byte = 0; byte < 256; byte++)
        p->waits[byte] = epstein_waits((uint8_t)byte, p->done);
    widen(p->citizen_mask, &e->citizen_window);
    widen(p->police_mask, &e->police_window);
    look_over(&p->citizen, &e->citizen_window);
    look_over(&p->police, &e->police_window);
}

/* The chance of arrest never falls where C/A rises: to have weighed the least two chances
 * decides almost all turns, for one byte that lies close to those of neighbours. */
static void weigh(const struct epstein_play *p, size_t n, uint8_t *restrict nerve) {
    const float *restrict hardship = p->hardship, *restrict risk = p->risk;
    const float discontent = p->discontent, threshold = p->threshold;
    const float none = p->chance[0], one = p->chance[1];
#pragma omp parallel for simd schedule(static)
    for (size_t i = 0; i < n; i++) {
        float grievance = hardship[i] * discontent;
        nerve[i] = (uint8_t)((grievance - risk[i] * none > threshold) +
                             (grievance - risk[i] * one > threshold));
    }
}

int sah_epstein_turns(struct sah_world *world, const struct epstein_unrest *unrest,
                      struct sah_error *err) {
    struct epstein_play play;
    struct epstein_count count = {0};
    struct tiling tiles = tiling_of(&world->grid, (enum epstein_order)unrest->order);
    size_t n = epstein_of(world)->people.base.n;
    uint8_t *nerve = malloc(n + 1);
    if (!nerve) return no_room(err);
    set_ground(&play, world);
    set_world(&play, world);
    set_rules(&play, unrest);
    weigh(&play, n, nerve);
    play.nerve = nerve;
    int status = play_tiles(&play, &world->grid, &tiles, &count, err);
    free(nerve);
    epstein_of(world)->today[EPSTEIN_ARRESTS] += count.arrests;
    epstein_of(world)->today[EPSTEIN_KILLED] += count.killed;
    return status;
}
