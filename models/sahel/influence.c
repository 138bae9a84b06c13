/* Who is felt where: fighters and soldiers weigh on the cells around them.
 *
 *   influence_f(c) = sum over bands b of f of fighters_b (0.4 + 0.6 embedded_b)
 *                    e^(-km / 20),   up to 60 km
 *
 * and likewise for soldiers. Deaths are remembered the same way, with a half-life;
 * bands take root where they stay, up to `hosted` times as fast where members of their
 * bloc are hosts. */
#include "models/sahel/world.h"

#include <string.h>

struct influence {
    double memory_day, root_day, hosted;
};

/* clang-format off */
static const struct sah_param params[] = {
    {.key = "memory", .type = SAH_REAL, .at = offsetof(struct influence, memory_day),
     .unit = "day", .def = 45, .min = 1, .max = 1000, .source = "assumed",
     .doc = "Time in which half of the memory of deaths fades"},
    {.key = "rooting", .type = SAH_REAL, .at = offsetof(struct influence, root_day),
     .unit = "day", .def = 1200, .min = 1, .max = 3000, .source = "calibrated (provisional)",
     .doc = "Time in which a band takes root half of the way"},
    {.key = "hosted", .type = SAH_REAL, .at = offsetof(struct influence, hosted),
     .unit = "1", .def = 3, .min = 1, .max = 100, .source = "assumed",
     .doc = "How much faster bands take root among hosts of their bloc"},
    {0},
};
/* clang-format on */

static void feel_bands(struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
    memset(s->influence, 0, s->nfactions * n * sizeof *s->influence);
    memset(s->insurgent, 0, n * sizeof *s->insurgent);
    memset(s->fighters_felt, 0, n * sizeof *s->fighters_felt);
    for (size_t b = 0; b < s->bands.base.n; b++) {
        int32_t cell = s->bands.cell[b];
        if (cell == SAH_NOWHERE) continue;
        float felt = (float)s->bands.fighters[b] * (0.4f + 0.6f * s->bands.embedded[b]);
        int faction = s->bands.faction[b];
        const struct sahel_reach reach[] = {
            {s->influence + (size_t)faction * n, felt},
            {s->fighters_felt, felt},
            {s->insurgent, felt * (float)sahel_habits(s, faction)->fights_state}};
        sah_reach_add_all(world, reach, sizeof reach / sizeof *reach, cell);
    }
}

static void feel_posts(struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
    memset(s->soldiers_felt, 0, n * sizeof *s->soldiers_felt);
    memset(s->cover, 0, n * sizeof *s->cover);
    for (size_t p = 0; p < s->posts.base.n; p++) {
        bool national = s->force[s->posts.force[p]].owner == SAHEL_NATIONAL;
        sah_reach_add(world, national ? s->soldiers_felt : s->cover, s->posts.cell[p],
                      (float)s->posts.soldiers[p]);
    }
    memcpy(s->shield, s->cover, n * sizeof *s->shield);
}

static void remember(const struct influence *own, struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    float keep = (float)sahel_left(own->memory_day, 1);
    for (int32_t c = 0; c < world->grid.ncells; c++) s->violence[c] *= keep;
    for (int32_t c = 0; c < world->grid.ncells; c++)
        if (s->deaths_cell[c])
            sah_reach_add(world, s->violence, c, (float)s->deaths_cell[c]);
}

static void take_root(const struct influence *own, struct sah_world *world) {
    struct sahel_bands *b = &sahel_of(world)->bands;
    size_t n = (size_t)world->grid.ncells;
    float root = (float)sahel_fading(own->root_day), faster = (float)own->hosted - 1;
    for (size_t i = 0; i < b->base.n; i++) {
        if (b->cell[i] == SAH_NOWHERE) continue;
        float hosts = sahel_hosts(sahel_of(world), b->faction[i], b->cell[i], n);
        float step = root * (1 + faster * hosts);
        b->embedded[i] += (step < 1 ? step : 1) * (1 - b->embedded[i]);
    }
}

static int weigh(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct influence *own = self;
    take_root(own, world);
    feel_bands(world);
    feel_posts(world);
    remember(own, world);
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_CONTROL, SAH_NOTHING, NULL, weigh, "Fighters, soldiers and deaths are felt"},
    {0},
};

const struct sah_model sah_model_influence = {
    .name = "influence",
    .doc = "Who is felt where",
    .reference = "ODD 7.0.5",
    .always = true,
    .acts = acts,
    .size = sizeof(struct influence),
    .params = params,
    .init = weigh,
};
