/* The family of civil violence: its world, and what it shows of itself. */
#include "models/classic/epstein.h"

#include "sim/kernel/pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct sah_column columns[] = {
#define SAH_COLUMN_STRUCT struct epstein_people
    EPSTEIN_PEOPLE_COLUMNS(SAH_COLUMN_ROW)
#undef SAH_COLUMN_STRUCT
};

static const char *const phases[] = {"people", "turns", "jail"};
static const struct sah_model *const cast[] = {&sah_model_city, &sah_model_unrest,
                                               &sah_model_groups};

/* ---- the world ------------------------------------------------------------------------ */

/* Around the torus: index x + MARGIN gives the column of x = -MARGIN .. columns+MARGIN-1. */
static int make_wrap(struct epstein *e, const struct sah_grid *grid,
                     struct sah_error *err) {
    const int margin = EPSTEIN_MARGIN, width = grid->nlon, height = grid->nlat;
    size_t n = (size_t)width + 2 * (size_t)height + (size_t)6 * EPSTEIN_MARGIN;
    int32_t *at = e->wrap = malloc(n * sizeof *at);
    if (!at) return sah_error_add(err, SAH_MEMORY, "no memory for the torus");
    for (int x = -margin; x < width + margin; x++) *at++ = (x + width) % width;
    for (int y = -margin; y < height + margin; y++) *at++ = (y + height) % height;
    for (int y = -margin; y < height + margin; y++)
        *at++ = (y + height) % height * width;
    return SAH_OK;
}

static int make_boards(struct sah_world *world, struct sah_error *err) {
    struct epstein *e = epstein_of(world);
    size_t n = (size_t)world->grid.ncells;
    e->board = sah_world_array(world, "board", SAH_U8, n, "1", "Who stands there", err);
    e->police_near = sah_world_array(world, "police_near", SAH_U8, n, "persons",
                                     "Police that a citizen there sees", err);
    e->rebels_near = sah_world_array(world, "rebels_near", SAH_U8, n, "persons",
                                     "Rebels that a citizen there sees", err);
    e->who = sah_world_array(world, "who", SAH_I32, n, "1", "Agent there", err);
    e->today = sah_world_array(world, "today", SAH_I64, EPSTEIN_TALLIES, "persons",
                               "Counts of the step", err);
    e->police = sah_world_array(world, "police", SAH_I64, 1, "persons", "Police", err);
    return err->code;
}

/* A window must not reach around the torus to its own other side. */
static bool too_narrow(const struct sah_world *world, const char *path, int side,
                       struct sah_error *err) {
    enum { LEAST = 3 * EPSTEIN_ROWS / 2 };
    const struct sah_setting *at = sah_binding_find(&world->binding, path);
    if (side >= LEAST) return false;
    char text[24];
    snprintf(text, sizeof text, "%d", side);
    sah_scenario_complain(err, at->origin, path, text, "must be at least %d", LEAST);
    return true;
}

static int create(struct sah_world *world, struct sah_error *err) {
    struct epstein *e = epstein_of(world);
    const struct sah_grid *grid = &world->grid;
    if (too_narrow(world, "grid.columns", grid->nlon, err) ||
        too_narrow(world, "grid.rows", grid->nlat, err))
        return err->code;
    sah_population_init(&e->people.base, "people", "Citizens and police", columns,
                        COUNT(columns));
    int status = sah_world_people(world, &e->people.base, err);
    if (status < 0) return status;
    status = make_boards(world, err);
    return status ? status : make_wrap(e, grid, err);
}

static int begin_day(struct sah_world *world, struct sah_error *err) {
    (void)err;
    int64_t *today = epstein_of(world)->today;
    memset(today, 0, EPSTEIN_TALLIES * sizeof *today);
    return SAH_OK;
}

static double share(const struct sah_world *world, const char *path) {
    const struct sah_setting *setting = sah_binding_find(&world->binding, path);
    return setting ? sah_param_number(setting->param, setting->value) : 0;
}

static double agents(const struct sah_world *world) {
    return (share(world, "city.citizens") + share(world, "city.police")) *
           (double)world->grid.ncells;
}

static void free_all(struct sah_world *world) {
    struct epstein *e = epstein_of(world);
    sah_population_free(&e->people.base);
    free(e->wrap);
}

const struct sah_family sah_family_epstein = {
    .name = "epstein",
    .doc =
        "Civil violence: citizens, rebels and police (Epstein 2002, Models I and II)",
    .phases = phases,
    .nphases = COUNT(phases),
    .cast = cast,
    .ncast = COUNT(cast),
    .has_plain = true,
    .state_size = sizeof(struct epstein),
    .agents = agents,
    .agent_bytes = 45,
    .cell_bytes = 24,
    .create = create,
    .begin_day = begin_day,
    .verify = sah_epstein_verify,
    .free = free_all,
    .observables = sah_epstein_observables,
    .headline = {"rebels", "jailed", "arrests"},
};
