/* The city: who lives there and how many police there are.
 *
 * Citizens and police stand on the torus at random, one in a cell; hardship and aversion
 * to risk are uniform in (0,1) and never change. The share of police may be changed by
 * the timeline: officers then come to free cells, or go.
 * Source: Epstein 2002; numbers of NetLogo Rebellion (Wilensky 2004). */
#include "models/classic/epstein.h"

#include "sim/kernel/law.h"
#include "sim/kernel/pages.h"
#include "sim/kernel/rng.h"

#include <stdio.h>

struct city {
    double citizens, police, blue;
};

/* clang-format off */
#define AT(field) .at = offsetof(struct city, field)
static const struct sah_param params[] = {
    {.key = "citizens", .type = SAH_REAL, AT(citizens), .unit = "1", .def = 0.7, .max = 1,
     .fixed = true, .source = "Epstein 2002",
     .doc = "Citizens at the start, as a share of the cells"},
    {.key = "police", .type = SAH_REAL, AT(police), .unit = "1", .def = 0.04, .max = 1,
     .source = "Epstein 2002", .doc = "Police, as a share of the cells"},
    {.key = "blue", .type = SAH_REAL, AT(blue), .unit = "1", .def = 0.5, .max = 1,
     .fixed = true, .source = "Epstein 2002",
     .doc = "Share of the blue people among citizens, where there are two peoples"},
    {0},
};
/* clang-format on */

/* ---- the first day ----------------------------------------------------------------- */

static int64_t share_of(const struct sah_world *world, double share) {
    return (int64_t)(share * (double)world->grid.ncells + 0.5);
}

/* Everybody has a cell of their own with equal probability: walking over the cells, a cell
 * takes one of those still to come with the chance that they leave for it. */
static void settle(struct sah_world *world, size_t citizens, size_t police) {
    struct epstein *e = epstein_of(world);
    struct sah_rng rng;
    sah_rng_at(&rng, (uint64_t)world->run.seed, EPSTEIN_DRAW_PLACE, 1, 0);
    size_t at = 0, left = (size_t)world->grid.ncells;
    for (int32_t c = 0; c < world->grid.ncells; c++, left--) {
        if (c % 1024 == 0) /* a key holds four million numbers */
            sah_rng_at(&rng, (uint64_t)world->run.seed, EPSTEIN_DRAW_PLACE,
                       (uint64_t)c / 1024 + 1, 0);
        size_t draw = (size_t)(sah_uniform(&rng) * (double)left);
        if (draw >= citizens + police) continue;
        bool officer = draw >= citizens;
        if (officer)
            police--;
        else
            citizens--;
        e->people.id[at] = at + 1;
        e->people.cell[at] = c;
        e->people.role[at++] = officer ? EPSTEIN_POLICE : EPSTEIN_BLUE;
    }
    SAH_BUG_IF(at != e->people.base.n, "somebody has no cell");
}

static void endow(const struct sah_world *world, double blue) {
    struct epstein_people *people = &epstein_of(world)->people;
#pragma omp parallel for schedule(static)
    for (size_t i = 0; i < people->base.n; i++) {
        struct sah_rng rng;
        if (people->role[i] == EPSTEIN_POLICE) continue;
        sah_rng_at(&rng, (uint64_t)world->run.seed, EPSTEIN_DRAW_TRAITS, people->id[i],
                   0);
        people->hardship[i] = sah_unit_float(sah_rng_u32(&rng));
        people->risk[i] = sah_unit_float(sah_rng_u32(&rng));
        if (sah_uniform(&rng) >= blue) people->role[i] = EPSTEIN_RED;
    }
}

static int too_full(const struct sah_world *world, const struct city *city,
                    struct sah_error *err) {
    const struct sah_setting *at = sah_binding_find(&world->binding, "city.citizens");
    char text[24];
    snprintf(text, sizeof text, "%g", city->citizens);
    return sah_scenario_complain(err, at->origin, "city.citizens", text,
                                 "leaves no room for police of %g", city->police);
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    const struct city *city = self;
    struct epstein *e = epstein_of(world);
    int64_t citizens = share_of(world, city->citizens);
    int64_t police = share_of(world, city->police);
    if (citizens + police > world->grid.ncells) return too_full(world, city, err);
    int status =
        sah_population_add(&e->people.base, (size_t)(citizens + police), NULL, err);
    if (status) return status;
    *e->police = police;
    settle(world, (size_t)citizens, (size_t)police);
    endow(world, city->blue);
    return SAH_OK;
}

/* ---- more or fewer police ------------------------------------------------------------ */

static int hire(struct sah_world *world, int64_t n, struct sah_error *err) {
    struct epstein *e = epstein_of(world);
    for (int64_t k = 0; k < n; k++) {
        struct sah_rng rng;
        size_t i;
        uint64_t id = sah_id_child(EPSTEIN_DRAW_POLICE, world->tick, (uint32_t)k);
        sah_rng_at(&rng, (uint64_t)world->run.seed, EPSTEIN_DRAW_POLICE, id,
                   world->tick);
        int32_t cell = (int32_t)sah_below(&rng, world->grid.ncells), tries = 0;
        for (; e->board[cell] != EPSTEIN_NOBODY; tries++) {
            if (tries == world->grid.ncells) return SAH_OK; /* there is no room */
            cell = (cell + 1) % world->grid.ncells;
        }
        int status = sah_population_add(&e->people.base, 1, &i, err);
        if (status) return status;
        e->people.id[i] = id;
        e->people.role[i] = EPSTEIN_POLICE;
        sah_epstein_put(world, i, cell, EPSTEIN_OFFICER, epstein_done(world->tick + 1));
        (*e->police)++;
    }
    return SAH_OK;
}

static int dismiss(struct sah_world *world, int64_t n, struct sah_error *err) {
    struct epstein *e = epstein_of(world);
    struct sah_rng rng;
    sah_rng_at(&rng, (uint64_t)world->run.seed, EPSTEIN_DRAW_POLICE, 1, world->tick);
    int64_t left = *e->police, go = n;
    for (size_t i = 0; i < e->people.base.n && go > 0; i++) {
        if (e->people.role[i] != EPSTEIN_POLICE) continue;
        if (sah_below(&rng, left--) >= go) continue;
        sah_epstein_lift(world, e->people.cell[i]);
        e->people.cell[i] = SAH_NOWHERE;
        go--;
    }
    *e->police -= n;
    return sah_epstein_sort(world, err);
}

static int staff(void *self, struct sah_world *world, struct sah_error *err) {
    const struct city *city = self;
    const struct epstein *e = epstein_of(world);
    int64_t wanted = share_of(world, city->police);
    if (wanted > *e->police) return hire(world, wanted - *e->police, err);
    return wanted < *e->police ? dismiss(world, *e->police - wanted, err) : SAH_OK;
}

/* ---- keeping neighbours near each other in memory ------------------------------------ */

enum { SORT_PERIOD = 32 };

static int sort(void *self, struct sah_world *world, struct sah_error *err) {
    (void)self;
    if (world->tick % SORT_PERIOD != SORT_PERIOD - 1) return SAH_OK;
    return sah_epstein_sort(world, err);
}

static const struct sah_act acts[] = {
    {.phase = 1, .apply = staff, .doc = "Police come and go"},
    {.phase = 3, .apply = sort, .doc = "Who is near stands near in memory"},
    {0},
};

const struct sah_model sah_model_city = {
    .name = "city",
    .doc = "Citizens and police on a torus",
    .reference = "Epstein 2002; Wilensky 2004",
    .always = true,
    .acts = acts,
    .size = sizeof(struct city),
    .params = params,
    .init = init,
};
