/* Mechanism 19, overstretch: a fixed force against a growing area.
 *
 *   response_f = min(1, soldiers in the field / (need_per_cell * troubled area))
 *
 * with the troubled area in cells of 1,000 km2 of the force's area where deaths are
 * remembered. A force that must answer everywhere answers less anywhere.
 *
 * Source: troops against population and area, facts 2.1 and 6.4; rule assumed. */
#include "models/sahel/world.h"

struct overstretch {
    double need, trouble;
};

#define AT(field) .at = offsetof(struct overstretch, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "need", .type = SAH_REAL, AT(need), .unit = "persons", .def = 60,
     .min = 0.1, .max = 10000, .source = "assumed",
     .doc = "Soldiers needed for 1,000 km2 of troubled land"},
    {.key = "trouble", .type = SAH_REAL, AT(trouble), .unit = "persons", .def = 1,
     .min = 0.001, .max = 1000, .source = "assumed",
     .doc = "Deaths remembered that make a cell troubled"},
    {0},
};
/* clang-format on */

static double troubled_area(const struct overstretch *own,
                            const struct sah_world *world,
                            const struct sahel_force *force) {
    const struct sahel *s = sahel_of(world);
    double area = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++)
        if (s->violence[c] > own->trouble && world->theatre[c] &&
            sahel_may_act(world, (int)(force - s->force), c))
            area += world->land->area_km2[c] / 1000;
    return area;
}

static int stretch(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct overstretch *own = self;
    struct sahel *s = sahel_of(world);
    if (world->tick % 5 != 0) return SAH_OK;
    for (size_t f = 0; f < s->nforces; f++) {
        double field = 0;
        for (size_t p = 0; p < s->posts.base.n; p++)
            if (s->posts.force[p] == (int16_t)f) field += s->posts.soldiers[p];
        double need = own->need * troubled_area(own, world, &s->force[f]);
        s->response[f] = (float)(need > field ? field / need : 1);
    }
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_NOTHING, NULL, stretch, "Response by force, every fifth day"},
    {0},
};

const struct sah_model sah_model_overstretch = {
    .name = "overstretch",
    .doc = "A fixed force answers less the larger the troubled area",
    .reference = "ODD 7.19",
    .acts = acts,
    .size = sizeof(struct overstretch),
    .params = params,
};
