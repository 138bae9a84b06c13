/* Unrest: turns of citizens and police, and jail.
 *
 * Terms are whole and uniform over 0 .. jail-1; the step of the
 * arrest counts. Those in jail are off the board and come back to the cell
 * of the arrest, or to a free one in sight where somebody stands there; where all are
 * taken they wait. With `stays` they hold their cell meanwhile.
 * Source: Epstein 2002; terms, cells and order as in NetLogo Rebellion (Wilensky 2004),
 * where several may stand in one cell after a release: here one at most, as in Epstein. */
#include "models/classic/epstein.h"

#include "sim/kernel/rng.h"

/* clang-format off */
static const char *const orders[] = {"sequential", "tiled", NULL};
static const char *const firsts[] = {"move", "act", NULL};
static const char *const shapes[] = {"disc", "diamond", "square", NULL};
static const char *const ratios[] = {"exact", "floor", "round", NULL};

#define AT(field) .at = offsetof(struct epstein_unrest, field)
static const struct sah_param params[] = {
    {.key = "order", .type = SAH_CHOICE, AT(order), .unit = "1", .choices = orders,
     .fixed = true, .source = "Epstein 2002; tiles: design",
     .doc = "Turns one after another over all, or tile by tile on all threads"},
    {.key = "first", .type = SAH_CHOICE, AT(first), .unit = "1", .choices = firsts,
     .fixed = true, .source = "Epstein 2002; act: Mesa",
     .doc = "What comes first in a turn"},
    {.key = "shape", .type = SAH_CHOICE, AT(shape), .unit = "1", .choices = shapes,
     .fixed = true, .source = "Epstein 2002; diamond: Mesa", .doc = "Shape of what is seen"},
    {.key = "citizen_vision", .type = SAH_REAL, AT(citizen_vision), .unit = "cells",
     .def = 7, .min = 1, .max = EPSTEIN_REACH, .fixed = true, .source = "Epstein 2002",
     .doc = "How far citizens see and move"},
    {.key = "police_vision", .type = SAH_REAL, AT(police_vision), .unit = "cells",
     .def = 7, .min = 1, .max = EPSTEIN_REACH, .fixed = true, .source = "Epstein 2002",
     .doc = "How far police see and move"},
    {.key = "legitimacy", .type = SAH_REAL, AT(legitimacy), .unit = "1", .def = 0.82,
     .max = 1, .source = "Epstein 2002", .doc = "Legitimacy of the government"},
    {.key = "threshold", .type = SAH_REAL, AT(threshold), .unit = "1", .def = 0.1,
     .max = 1, .source = "Epstein 2002",
     .doc = "Grievance beyond the risk that makes a rebel"},
    {.key = "k", .type = SAH_REAL, AT(k), .unit = "1", .def = 2.3, .max = 100,
     .source = "Epstein 2002", .doc = "Arrest is 1 - exp(-k C/A) probable"},
    {.key = "ratio", .type = SAH_CHOICE, AT(ratio), .unit = "1", .choices = ratios,
     .source = "Epstein 2002; floor: Wilensky 2004; round: Mesa",
     .doc = "How C/A is taken"},
    {.key = "self_twice", .type = SAH_SWITCH, AT(self_twice), .unit = "1",
     .source = "Wilensky 2004",
     .doc = "Who rebels already counts among the rebels in sight and once more"},
    {.key = "jail", .type = SAH_INT, AT(jail), .unit = "1", .def = 30, .min = 1,
     .max = 32000, .source = "Epstein 2002",
     .doc = "Terms in jail, in steps, are uniform from 0 to below this"},
    {.key = "stays", .type = SAH_SWITCH, AT(stays), .unit = "1", .fixed = true,
     .source = "Mesa", .doc = "Those in jail hold their cell"},
    {.key = "pursuit", .type = SAH_SWITCH, AT(pursuit), .unit = "1", .def = 1, .max = 1,
     .source = "Wilensky 2004", .doc = "Police go to the cell of an arrest"},
    {0},
};
/* clang-format on */

/* After `city` has settled people: windows are known here. */
static int init(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct epstein_unrest *u = self;
    struct epstein *e = epstein_of(world);
    sah_epstein_window(&e->citizen_window, (enum epstein_shape)u->shape,
                       u->citizen_vision);
    sah_epstein_window(&e->police_window, (enum epstein_shape)u->shape,
                       u->police_vision);
    for (size_t i = 0; i < e->people.base.n; i++)
        sah_epstein_put(world, i, e->people.cell[i],
                        e->people.role[i] == EPSTEIN_POLICE ? EPSTEIN_OFFICER
                                                            : EPSTEIN_QUIET,
                        epstein_done(1));
    return SAH_OK;
}

static int turns(void *self, struct sah_world *world, struct sah_error *err) {
    return sah_epstein_turns(world, self, err);
}

/* ---- jail ---------------------------------------------------------------------------- */

static void set_free(struct sah_world *world, size_t i) {
    struct epstein *e = epstein_of(world);
    int32_t cell = e->people.cell[i];
    struct sah_rng rng;
    if ((e->board[cell] & EPSTEIN_KIND) == EPSTEIN_PRISONER) {
        sah_epstein_lift(world, cell);
    } else if (e->board[cell] != EPSTEIN_NOBODY) {
        sah_rng_at(&rng, (uint64_t)world->run.seed, EPSTEIN_DRAW_RELEASE,
                   e->people.id[i], world->tick);
        cell = sah_epstein_free_cell(world, &e->citizen_window, cell, &rng);
        if (cell < 0) {
            e->people.free_at[i]++;
            return;
        }
    }
    e->people.free_at[i] = 0;
    sah_epstein_put(world, i, cell, EPSTEIN_QUIET, epstein_done(world->tick));
}

enum { STRIDE = 16, BATCH = 256 };

/* Almost always nobody: looked through many at a time. */
static bool any_due(const int32_t *free_at, int32_t next) {
    int any = 0;
    for (size_t i = 0; i < STRIDE; i++) any |= free_at[i] == next;
    return any;
}

/* Lists those whose term is over, from agent `*from` on, until all are looked through or
 * the batch is full; what their release will want is fetched meanwhile. */
static size_t list_due(const struct epstein *e, int32_t next, size_t *from,
                       size_t due[BATCH]) {
    const struct epstein_people *people = &e->people;
    size_t n = people->base.n, found = 0, i = *from;
    for (; i < n && found + STRIDE <= BATCH; i += STRIDE) {
        if (i + STRIDE <= n && !any_due(people->free_at + i, next)) continue;
        for (size_t k = i; k < n && k < i + STRIDE; k++) {
            if (people->free_at[k] != next) continue;
            __builtin_prefetch(&people->cell[k]);
            __builtin_prefetch(&people->id[k]);
            due[found++] = k;
        }
    }
    for (size_t k = 0; k < found; k++) {
        int32_t cell = people->cell[due[k]];
        __builtin_prefetch(&e->board[cell]);
        __builtin_prefetch(&e->who[cell]);
    }
    *from = i;
    return found;
}

static int release(void *self, struct sah_world *world, struct sah_error *err) {
    (void)self, (void)err;
    const struct epstein *e = epstein_of(world);
    size_t due[BATCH];
    for (size_t from = 0; from < e->people.base.n;) {
        size_t n = list_due(e, (int32_t)world->tick + 1, &from, due);
        for (size_t k = 0; k < n; k++)
            if (e->people.cell[due[k]] != SAH_NOWHERE) set_free(world, due[k]);
    }
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {.phase = 2, .apply = turns, .doc = "Everybody at large moves, then rebels or not"},
    {.phase = 3, .apply = release, .doc = "Those whose term is over leave jail"},
    {0},
};

const struct sah_model sah_model_unrest = {
    .name = "unrest",
    .doc = "Citizens rebel where grievance outweighs the risk; police arrest",
    .reference = "Epstein 2002, Model I",
    .always = true,
    .acts = acts,
    .size = sizeof(struct epstein_unrest),
    .params = params,
    .init = init,
};
