/* Mechanism 34, peace accord: while it is not implemented the state stays out.
 *
 * An accord was signed with some factions on a date. How far it is implemented, I,
 * follows its goal from 0 on with a half-life, `delay`:
 *
 *   I' = I + k(delay) (goal - I)
 *
 * Till then national forces and services stay out of where the signatories are felt and
 * are the stronger, S signatories and N national soldiers felt:
 *
 *   refuge(c) = most (1 - I) S / (S + half + N)
 *
 * Presence, patrols and answers of the state fall by that share; whoever else comes there
 * is sheltered. Partners and missions are not bound. Looked at every fifth day.
 *
 * Source: implementation of accords takes years and stalls, Joshi, Quinn and Regan 2015;
 * it matters for what follows, Jarstad and Nilsson 2008; orders between states and armed
 * groups that share land, Staniland 2012. Form and numbers assumed. */
#include "models/sahel/world.h"

#include <stdlib.h>
#include <string.h>

struct accord {
    int32_t signed_on;
    struct sah_names signatories;
    double delay_day, goal, most, half;
    double level;   /* I; below 0 before it is signed */
    uint8_t *signs; /* [faction] */
    bool due;       /* today: it goes on */
};

#define AT(field) .at = offsetof(struct accord, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "signed", .type = SAH_DATE, AT(signed_on), .unit = "1",
     .def_text = "2015-06-20", .fixed = true, .source = "facts 4",
     .doc = "Day it is signed"},
    {.key = "signatories", .type = SAH_NAMES, AT(signatories), .unit = "1",
     .def_text = "", .fixed = true, .source = "facts 1.2",
     .doc = "Factions that sign it with the state; empty: there is no accord"},
    {.key = "delay", .type = SAH_REAL, AT(delay_day), .unit = "day", .def = 3650,
     .min = 1, .max = 1e5, .source = "assumed",
     .doc = "Time in which half of what is missing is implemented"},
    {.key = "goal", .type = SAH_REAL, AT(goal), .unit = "1", .def = 1, .max = 1,
     .source = "assumed", .doc = "How far the parties mean to implement it"},
    {.key = "most", .type = SAH_REAL, AT(most), .unit = "1", .def = 0.9, .max = 1,
     .source = "assumed",
     .doc = "Share of the state kept out before anything is implemented"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 30,
     .min = 0.1, .max = 1000, .source = "assumed",
     .doc = "Signatories felt that keep out half of it where no soldiers are"},
    {0},
};
/* clang-format on */

static const struct sah_field fields[] = {
    {"implemented", SAH_F64, offsetof(struct accord, level), 1, "1",
     "How far the accord is implemented; -1 before it is signed"},
    {0},
};

enum { PERIOD_DAY = 5, UNSIGNED = -1 };

/* On its first day here an accord may have been in force for years. */
static void implement(struct accord *own, int32_t today) {
    bool known = own->level >= 0;
    double day = known ? PERIOD_DAY : today - own->signed_on;
    double is = known ? own->level : 0;
    own->level = is + (1 - sahel_left(own->delay_day, day)) * (own->goal - is);
}

static float kept_out(const struct accord *own, const struct sah_world *world,
                      int32_t cell) {
    const struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
    double felt = 0;
    for (size_t f = 0; f < s->nfactions; f++)
        if (own->signs[f]) felt += s->influence[f * n + (size_t)cell];
    double others = own->half + s->soldiers_felt[cell];
    return (float)(own->most * (1 - own->level) * felt / (felt + others));
}

static int go_on(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    struct accord *own = self;
    own->due = world->tick % PERIOD_DAY == 0 || own->level < 0;
    if (!own->signatories.n || world->today < own->signed_on) own->due = false;
    if (own->due) implement(own, world->today);
    return SAH_OK;
}

static void keep_out(void *self, struct sah_world *world, struct sah_span span) {
    const struct accord *own = self;
    struct sahel *s = sahel_of(world);
    for (int32_t c = (int32_t)span.begin; own->due && c < span.end; c++)
        s->refuge[c] = kept_out(own, world, c);
}

static int resolve(void *self, struct sah_world *world, struct sah_error *err) {
    struct accord *own = self;
    const struct sahel *s = sahel_of(world);
    own->signs = calloc(s->nfactions + 1, sizeof *own->signs);
    if (!own->signs) return sah_error_add(err, SAH_MEMORY, "no memory for an accord");
    for (size_t k = 0; k < own->signatories.n; k++) {
        const char *name = own->signatories.name[k];
        const struct sah_setting *at =
            sah_binding_find(&world->binding, "accord.signatories");
        bool found = false;
        for (size_t f = 0; f < s->nfactions; f++) {
            if (strcmp(s->faction[f].name, name) != 0) continue;
            own->signs[f] = 1;
            found = true;
        }
        if (!found)
            sah_scenario_complain(err, sah_setting_part(at, name), at->path, name,
                                  "must name a faction");
    }
    return err->code;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    (void)world;
    (void)err;
    ((struct accord *)self)->level = UNSIGNED;
    return SAH_OK;
}

static void free_own(void *self) {
    free(((struct accord *)self)->signs);
}

static void rest(void *self, struct sah_world *world) {
    (void)world;
    ((struct accord *)self)->level = UNSIGNED;
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_NOTHING, NULL, go_on, "An accord is implemented"},
    {SAHEL_DECIDE, SAH_OVER_CELLS, keep_out, NULL,
     "The state stays out, every fifth day"},
    {0},
};

const struct sah_model sah_model_accord = {
    .name = "accord",
    .doc = "Till an accord is implemented the state stays out of an area",
    .reference = "ODD 7.34; Joshi et al. 2015; Staniland 2012",
    .acts = acts,
    .size = sizeof(struct accord),
    .rest = rest,
    .params = params,
    .fields = fields,
    .resolve = resolve,
    .init = init,
    .free = free_own,
};
