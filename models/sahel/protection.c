/* Mechanism 14, protection: armour and escorts cut what explosive devices do.
 *
 *   protection_f = saved (armour_f + (1 - armour_f) armoured_f)
 *
 * is the share of device deaths that a force avoids in its vehicles; `armoured` is what
 * aid adds (29): aid that brings arms instead adds nothing here. Where F foreign
 * soldiers are counted on, they clear roads and escort convoys of national forces:
 *
 *   escorted_c = escorts F/(F + half)
 *
 * of the deaths that are left are avoided too. Without the mechanism a device does to
 * armoured and escorted forces what it does to others.
 *
 * Source: dead per casualty of protected and other forces, facts 6.3. */
#include "models/sahel/world.h"

struct protection {
    double saved, escorts, half;
};

#define AT(field) .at = offsetof(struct protection, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "saved", .type = SAH_REAL, AT(saved), .unit = "1", .def = 1, .max = 1,
     .source = "facts 6.3; assumed",
     .doc = "Share of device deaths that full armour avoids"},
    {.key = "escorts", .type = SAH_REAL, AT(escorts), .unit = "1", .def = 0.2,
     .max = 1, .source = "assumed",
     .doc = "Share of device deaths that escorts avoid where partners are many"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 200,
     .min = 0.1, .max = 1e5, .source = "assumed",
     .doc = "Foreign soldiers counted on that give half of it"},
    {0},
};
/* clang-format on */

static int protect(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct protection *own = self;
    struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nforces; f++) {
        double armour = s->force[f].armour;
        s->protection[f] =
            (float)(own->saved * (armour + (1 - armour) * (double)s->armoured[f]));
    }
    for (int32_t c = 0; c < world->grid.ncells; c++)
        s->escorted[c] =
            (float)own->escorts * sahel_pull(s->shield[c], (float)own->half);
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_NOTHING, NULL, protect, "Armour and escorts of forces"},
    {0},
};

const struct sah_model sah_model_protection = {
    .name = "protection",
    .doc = "Armour and escorts cut the losses by explosive devices",
    .reference = "ODD 7.14",
    .acts = acts,
    .size = sizeof(struct protection),
    .params = params,
};
