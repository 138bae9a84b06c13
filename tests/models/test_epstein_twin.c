/* The turns of civil violence against a twin that is slow and obvious: it keeps no counts
 * and no lists, looks at every cell of a window whenever it wants to know, and takes
 * remainders around the torus. Both must leave the same board, cell by cell. */
#include "models/classic/epstein.h"
#include "models/classic/epstein_play.h"
#include "sim/kernel/rng.h"
#include "tests/support/classic_world.h"

#include <stdlib.h>

static const char netlogo[] =
    "title: Test\n"
    "run: {model: epstein, start: 2000-01-01, end: 2029-12-31}\n"
    "grid: {columns: 40, rows: 37}\n"
    "unrest: {ratio: floor, self_twice: on}\n";

/* ---- the twin ------------------------------------------------------------------------ */

struct twin {
    const struct sah_world *world;
    const struct epstein_unrest *rules;
    struct epstein_window citizen, police;
    uint8_t *board;
    int32_t *who, *cell, *free_at;
    bool kills;
};

static void *copy_of(const void *from, size_t size) {
    void *copy = malloc(size);
    assert_non_null(copy);
    memcpy(copy, from, size);
    return copy;
}

static struct twin twin_of(const struct sah_world *world,
                           const struct epstein_unrest *rules) {
    const struct epstein *e = epstein_of(world);
    size_t cells = (size_t)world->grid.ncells, n = e->people.base.n;
    struct twin t = {.world = world,
                     .rules = rules,
                     .board = copy_of(e->board, cells),
                     .who = copy_of(e->who, cells * sizeof *e->who),
                     .cell = copy_of(e->people.cell, n * sizeof *e->people.cell),
                     .free_at = copy_of(e->people.free_at, n * sizeof(int32_t)),
                     .kills = sah_world_model(world, "groups") != NULL};
    sah_epstein_window(&t.citizen, (enum epstein_shape)rules->shape,
                       rules->citizen_vision);
    sah_epstein_window(&t.police, (enum epstein_shape)rules->shape,
                       rules->police_vision);
    return t;
}

static void twin_free(struct twin *t) {
    free(t->board);
    free(t->who);
    free(t->cell);
    free(t->free_at);
}

static uint32_t word(const struct twin *t, unsigned purpose, uint64_t id, int number) {
    struct sah_rng rng;
    uint32_t drawn = 0;
    sah_rng_at(&rng, (uint64_t)t->world->run.seed, purpose, id, t->world->tick);
    for (int i = 0; i <= number; i++) drawn = sah_rng_u32(&rng);
    return drawn;
}

static int32_t around(const struct twin *t, int32_t cell, int dx, int dy) {
    int w = t->world->grid.nlon, h = t->world->grid.nlat;
    return (cell / w + dy + h) % h * w + (cell % w + dx + w) % w;
}

static int32_t window_cell(const struct twin *t, const struct epstein_window *window,
                           int32_t cell, int k) {
    return around(t, cell, window->dx[k], window->dy[k]);
}

static int kind(const struct twin *t, int32_t cell) {
    return t->board[cell] & EPSTEIN_KIND;
}

static uint64_t id_at(const struct twin *t, int32_t cell) {
    return epstein_of(t->world)->people.id[t->who[cell] - 1];
}

/* Cells in sight of a kind, in the order of the window; returns how many. */
static int in_sight(const struct twin *t, const struct epstein_window *window,
                    int32_t cell, int what, int32_t *found) {
    int n = 0;
    for (int k = 0; k < window->n; k++) {
        int32_t c = window_cell(t, window, cell, k);
        if (kind(t, c) == what) found[n++] = c;
    }
    return n;
}

/* Number j of the eight candidates: 16 bits, refused where not even; -1 if refused. */
static int candidate(const struct twin *t, const struct epstein_window *window,
                     int32_t begun, int j) {
    uint32_t drawn = word(t, EPSTEIN_DRAW_TURN, (uint64_t)begun + 1, j / 2);
    uint32_t half = j % 2 ? drawn >> 16 : drawn & 0xffff, n = (uint32_t)window->n;
    return half * n % 65536 < 65536 % n ? -1 : (int)(half * n / 65536);
}

static int32_t move_of(struct twin *t, const struct epstein_window *window,
                       int32_t begun, int32_t at) {
    int32_t to = -1, found[EPSTEIN_WINDOW];
    for (int j = 0; j < 8 && to < 0; j++) {
        int k = candidate(t, window, begun, j);
        if (k < 0) continue;
        int32_t c = window_cell(t, window, at, k);
        if (t->board[c] == EPSTEIN_NOBODY) to = c;
    }
    for (int j = 0; j < 16 && to < 0; j++) {
        uint32_t k = epstein_below(word(t, EPSTEIN_DRAW_CHOICE, id_at(t, at), j),
                                   (uint32_t)window->n);
        int32_t c = window_cell(t, window, at, (int)k);
        if (t->board[c] == EPSTEIN_NOBODY) to = c;
    }
    int n = in_sight(t, window, at, EPSTEIN_NOBODY, found);
    if (to < 0 && n > 0)
        to = found[epstein_below(word(t, EPSTEIN_DRAW_CHOICE, id_at(t, at), 16),
                                 (uint32_t)n)];
    if (to < 0) return at;
    t->board[to] = t->board[at];
    t->who[to] = t->who[at];
    t->cell[t->who[at] - 1] = to;
    t->board[at] = EPSTEIN_NOBODY;
    t->who[at] = 0;
    return to;
}

static bool decides(const struct twin *t, int32_t at, int32_t agent, bool was) {
    const struct epstein_unrest *u = t->rules;
    const struct epstein_people *people = &epstein_of(t->world)->people;
    int32_t found[EPSTEIN_WINDOW];
    int police = in_sight(t, &t->citizen, at, EPSTEIN_OFFICER, found);
    int rebels = in_sight(t, &t->citizen, at, EPSTEIN_REBEL, found);
    float chance = sah_epstein_arrest_chance((enum epstein_ratio)u->ratio, u->k, police,
                                             1 + rebels + (u->self_twice && was));
    return people->hardship[agent] * (1.0f - (float)u->legitimacy) -
               people->risk[agent] * chance >
           (float)u->threshold;
}

static void kill_one(struct twin *t, int32_t at) {
    int32_t found[EPSTEIN_WINDOW];
    uint32_t n = 0;
    for (int k = 0; k < t->citizen.n; k++) {
        int32_t c = window_cell(t, &t->citizen, at, k);
        bool person = kind(t, c) == EPSTEIN_QUIET || kind(t, c) == EPSTEIN_REBEL;
        if (person && (t->board[c] ^ t->board[at]) & EPSTEIN_OTHER) found[n++] = c;
    }
    if (n == 0) return;
    int32_t c = found[epstein_below(word(t, EPSTEIN_DRAW_KILL, id_at(t, at), 0), n)];
    t->cell[t->who[c] - 1] = SAH_NOWHERE;
    t->board[c] = EPSTEIN_NOBODY;
    t->who[c] = 0;
}

static void citizen_turn(struct twin *t, int32_t at) {
    int32_t agent = t->who[at] - 1, begun = at;
    uint8_t done = epstein_done(t->world->tick);
    bool was = kind(t, at) == EPSTEIN_REBEL, now = false;
    uint8_t other = t->board[at] & EPSTEIN_OTHER;
    t->board[at] = EPSTEIN_QUIET | other; /* while it decides it is not counted */
    if (t->rules->first == EPSTEIN_ACT_FIRST) now = decides(t, at, agent, was);
    at = move_of(t, &t->citizen, begun, at);
    if (t->rules->first == EPSTEIN_MOVE_FIRST) now = decides(t, at, agent, was);
    t->board[at] = (uint8_t)((now ? EPSTEIN_REBEL : EPSTEIN_QUIET) | other | done);
    if (now && t->kills) kill_one(t, at);
}

static int32_t arrest_of(struct twin *t, int32_t at) {
    int32_t found[EPSTEIN_WINDOW];
    int n = in_sight(t, &t->police, at, EPSTEIN_REBEL, found);
    if (n == 0) return at;
    uint64_t id = id_at(t, at);
    int32_t there =
        found[epstein_below(word(t, EPSTEIN_DRAW_ARREST, id, 0), (uint32_t)n)];
    int32_t term = (int32_t)epstein_below(word(t, EPSTEIN_DRAW_TERM, id, 0),
                                          (uint32_t)t->rules->jail);
    int32_t whom = t->who[there] - 1;
    t->free_at[whom] = term ? (int32_t)t->world->tick + term : 0;
    bool held = term && t->rules->stays;
    uint8_t rest = t->board[there] & (uint8_t)~EPSTEIN_KIND;
    t->board[there] = (uint8_t)(rest | (held ? EPSTEIN_PRISONER : EPSTEIN_QUIET));
    if (term == 0 || t->rules->stays) return at;
    t->board[there] = EPSTEIN_NOBODY;
    t->who[there] = 0;
    if (!t->rules->pursuit) return at;
    t->board[there] = t->board[at];
    t->who[there] = t->who[at];
    t->cell[t->who[at] - 1] = there;
    t->board[at] = EPSTEIN_NOBODY;
    t->who[at] = 0;
    return there;
}

static void officer_turn(struct twin *t, int32_t at) {
    int32_t begun = at;
    t->board[at] = EPSTEIN_OFFICER | epstein_done(t->world->tick);
    if (t->rules->first == EPSTEIN_ACT_FIRST) at = arrest_of(t, at);
    at = move_of(t, &t->police, begun, at);
    if (t->rules->first == EPSTEIN_MOVE_FIRST) arrest_of(t, at);
}

static bool waits(const struct twin *t, int32_t cell) {
    return epstein_waits(t->board[cell], epstein_done(t->world->tick));
}

/* Those of a box who wait, shuffled under its key, one after another. */
static void play_box(struct twin *t, int x0, int x1, int y0, int y1, uint64_t key) {
    int32_t *list = malloc((size_t)t->world->grid.ncells * sizeof *list);
    assert_non_null(list);
    size_t n = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            if (waits(t, y * t->world->grid.nlon + x))
                list[n++] = y * t->world->grid.nlon + x;
    for (size_t j = 0; j + 1 < n; j++) {
        uint32_t drawn =
            word(t, EPSTEIN_DRAW_ORDER, key * (1 << 24) + j / 4, (int)(j % 4));
        size_t last = n - 1 - j, other = epstein_below(drawn, (uint32_t)(n - j));
        int32_t swap = list[last];
        list[last] = list[other];
        list[other] = swap;
    }
    for (size_t j = 0; j < n; j++) {
        if (!waits(t, list[j])) continue;
        if (kind(t, list[j]) == EPSTEIN_OFFICER)
            officer_turn(t, list[j]);
        else
            citizen_turn(t, list[j]);
    }
    free(list);
}

static void play_tiles(struct twin *t) {
    const struct sah_grid *grid = &t->world->grid;
    int columns = sah_epstein_tiles(grid->nlon), rows = sah_epstein_tiles(grid->nlat);
    int colour[4] = {0, 1, 2, 3};
    for (int i = 3; i > 0; i--) {
        uint32_t drawn = word(t, EPSTEIN_DRAW_COLOUR, 1, 3 - i);
        int other = (int)epstein_below(drawn, (uint32_t)i + 1), swap = colour[i];
        colour[i] = colour[other];
        colour[other] = swap;
    }
    for (int i = 0; i < 4; i++)
        for (int tile = 0; tile < columns * rows; tile++) {
            int c = tile % columns, r = tile / columns;
            if (c % 2 + 2 * (r % 2) == colour[i])
                play_box(t, c * grid->nlon / columns, (c + 1) * grid->nlon / columns,
                         r * grid->nlat / rows, (r + 1) * grid->nlat / rows,
                         (uint64_t)tile + 1);
        }
}

/* ---- side by side -------------------------------------------------------------------- */

static void assert_same_turns(struct sah_world *world) {
    const struct epstein *e = epstein_of(world);
    const struct epstein_unrest *rules = sah_world_model(world, "unrest");
    size_t cells = (size_t)world->grid.ncells, n = e->people.base.n;
    struct twin t = twin_of(world, rules);
    struct sah_error err = {0};
    if (rules->order == EPSTEIN_TILED)
        play_tiles(&t);
    else
        play_box(&t, 0, world->grid.nlon, 0, world->grid.nlat, 0);
    classic_done(sah_epstein_turns(world, rules, &err), &err);
    assert_memory_equal(t.board, e->board, cells);
    assert_memory_equal(t.who, e->who, cells * sizeof *t.who);
    assert_memory_equal(t.cell, e->people.cell, n * sizeof *t.cell);
    assert_memory_equal(t.free_at, e->people.free_at, n * sizeof *t.free_at);
    twin_free(&t);
}

/* Looks at the turns of three moments of a run. */
static void assert_same(const char *const *sets, int between) {
    for (int moment = 0; moment < 3; moment++) {
        struct sah_world *world = classic_make(netlogo, sets, 7 + (uint64_t)moment);
        classic_run(world, 1 + between * moment);
        assert_same_turns(world);
        sah_world_free(world);
    }
}

static void netlogo_is_its_twin(void **state) {
    (void)state;
    assert_same(NULL, 40);
    assert_same(SETS("city.citizens=0.95"), 40); /* candidates run out */
    assert_same(SETS("unrest.k=0.2", "unrest.legitimacy=0.5"), 20); /* many dare two */
}

static void mesa_is_its_twin(void **state) {
    (void)state;
    assert_same(SETS("unrest.shape=diamond", "unrest.first=act", "unrest.ratio=round",
                     "unrest.self_twice=off", "unrest.stays=on", "unrest.jail=1000",
                     "unrest.legitimacy=0.5"),
                20);
}

static void unequal_sight_is_its_twin(void **state) {
    (void)state;
    assert_same(SETS("unrest.police_vision=4.5", "unrest.pursuit=off",
                     "unrest.ratio=exact", "unrest.legitimacy=0.6"),
                20);
    assert_same(SETS("unrest.citizen_vision=3", "unrest.shape=square"), 20);
}

static void two_peoples_are_their_twin(void **state) {
    (void)state;
    assert_same(SETS("mechanisms.groups=on", "unrest.citizen_vision=1.7",
                     "unrest.police_vision=1.7", "unrest.ratio=exact"),
                10);
}

static void tiles_are_their_twin(void **state) {
    (void)state;
    /* Patches that almost meet themselves around the torus, and of any size. */
    assert_same(SETS("unrest.order=tiled", "grid.columns=120", "grid.rows=239"), 15);
    assert_same(SETS("unrest.order=tiled", "grid.columns=125", "grid.rows=241",
                     "unrest.ratio=round", "unrest.k=0.2", "unrest.legitimacy=0.5"),
                9);
    assert_same(SETS("unrest.order=tiled", "grid.columns=250", "grid.rows=245"), 9);
    assert_same(SETS("unrest.order=tiled", "grid.columns=250", "grid.rows=245",
                     "unrest.first=act", "mechanisms.groups=on"),
                9);
    /* A side is not cut: no patches. */
    assert_same(SETS("unrest.order=tiled", "grid.columns=40", "grid.rows=130",
                     "mechanisms.groups=on"),
                10);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(netlogo_is_its_twin),
                                       cmocka_unit_test(mesa_is_its_twin),
                                       cmocka_unit_test(unequal_sight_is_its_twin),
                                       cmocka_unit_test(two_peoples_are_their_twin),
                                       cmocka_unit_test(tiles_are_their_twin)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
