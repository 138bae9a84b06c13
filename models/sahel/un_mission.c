/* Mechanism 26, UN mission: it protects people around its posts and seeks no fight.
 *
 *   sheltered(c) = most S / (S + half) e^(-town_km/town)
 *
 * with S soldiers of missions, forces whose mandate is to protect, felt there (e^(-km/20), to 60 km), less by what money lets
 * them do (funding). It is the share of attacks on civilians that do not come about:
 * near its posts and towns, by presence and escorts. A mission is attacked like any other
 * force, most by explosive devices (attacks), but does not patrol for contacts and does
 * not pursue: its `restraint` is 1.
 *
 * Source: more peacekeepers, fewer civilians killed: Hultman, Kathman and Shannon (2013);
 * the effect is local: Fjelde, Hultman and Nilsson (2019). Saturation, distance to towns
 * and the numbers assumed. */
#include "models/sahel/world.h"

#include <string.h>

struct un_mission {
    double most, half, town_km;
};

#define AT(field) .at = offsetof(struct un_mission, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "most", .type = SAH_REAL, AT(most), .unit = "1", .def = 0.85, .max = 1,
     .source = "Hultman et al. 2013; assumed",
     .doc = "Share of attacks on civilians that a mission in full presence prevents"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 150, .min = 1,
     .max = 100000, .source = "assumed",
     .doc = "Soldiers of missions felt that do half of it"},
    {.key = "town", .type = SAH_REAL, AT(town_km), .unit = "km", .def = 45, .min = 1,
     .max = 1000, .source = "assumed", .doc = "Distance from towns over which it falls"},
    {0},
};
/* clang-format on */

static bool is_mission(const struct sahel *s, size_t force) {
    return s->force[force].duty == SAHEL_PROTECT;
}

/* `sheltered` first holds the soldiers felt. */
static void feel_missions(struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    memset(s->sheltered, 0, (size_t)world->grid.ncells * sizeof *s->sheltered);
    for (size_t p = 0; p < s->posts.base.n; p++) {
        size_t force = (size_t)s->posts.force[p];
        if (is_mission(s, force) && s->posts.soldiers[p] > 0)
            sah_reach_add(world, s->sheltered, s->posts.cell[p],
                          (float)s->posts.soldiers[p] * s->funding[force]);
    }
}

static int protect(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct un_mission *own = self;
    struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nforces; f++) s->restraint[f] = is_mission(s, f);
    if (world->tick % 5 != 0) return SAH_OK;
    feel_missions(world);
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        if (s->sheltered[c] <= 0) continue;
        double near = sah_exp(-world->land->town_km[c] / own->town_km);
        s->sheltered[c] =
            (float)(own->most * near) * sahel_pull(s->sheltered[c], (float)own->half);
    }
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_NOTHING, NULL, protect,
     "Missions shelter people, every fifth day"},
    {0},
};

const struct sah_model sah_model_un_mission = {
    .name = "un_mission",
    .doc = "Missions protect towns and seek no fight",
    .reference = "ODD 7.26; Hultman et al. 2013",
    .acts = acts,
    .size = sizeof(struct un_mission),
    .params = params,
};
