/* Mechanism 14, protection: armour cuts what explosive devices do.
 *
 *   protection_f = saved armour_f
 *
 * is the share of device deaths a force avoids. Without the mechanism a device does to
 * armoured forces what it does to others.
 *
 * Source: dead per casualty of protected and other forces, facts 6.3. */
#include "models/sahel/world.h"

struct protection {
    double saved;
};

/* clang-format off */
static const struct sah_param params[] = {
    {.key = "saved", .type = SAH_REAL, .at = offsetof(struct protection, saved),
     .unit = "1", .def = 1, .max = 1, .source = "facts 6.3; assumed",
     .doc = "Share of device deaths that full armour avoids"},
    {0},
};
/* clang-format on */

static int protect(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct protection *own = self;
    struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nforces; f++)
        s->protection[f] = (float)(own->saved * s->force[f].armour);
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_NOTHING, NULL, protect, "Armour of forces"},
    {0},
};

const struct sah_model sah_model_protection = {
    .name = "protection",
    .doc = "Armour cuts the losses by explosive devices",
    .reference = "ODD 7.14",
    .acts = acts,
    .size = sizeof(struct protection),
    .params = params,
};
