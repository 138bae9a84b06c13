/* Mechanism 18, state presence: posts, services and distance.
 *
 *   state(c) = 1 - (1 - services(c)) (1 - S / (S + half))
 *   services = most e^(-town_km / town) (floor + (1 - floor) e^(-capital_km / capital))
 *
 * with S national soldiers felt. A unit that lost more than `breaking` of its strength
 * lately, less where it is short of supply (29), leaves its post for the nearest base of its force; it returns after `return`
 * days once the place is calmer or an operation clears it. Bases are held. Where deaths
 * are remembered services leave: services * (1 - V / (V + flight)).
 *
 * Source: posts filled in north and centre, facts 3.3; functional form assumed. */
#include "models/sahel/world.h"

struct state_presence {
    double most, floor, town_km, capital_km, half, breaking, return_day, calm, flight;
};

#define AT(field) .at = offsetof(struct state_presence, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "most", .type = SAH_REAL, AT(most), .unit = "1", .def = 0.8, .max = 1,
     .fixed = true, .source = "assumed", .doc = "Services in the capital"},
    {.key = "floor", .type = SAH_REAL, AT(floor), .unit = "1", .def = 0.3, .max = 1,
     .fixed = true, .source = "facts 3.3", .doc = "Share of that kept far from the capital"},
    {.key = "town", .type = SAH_REAL, AT(town_km), .unit = "km", .def = 60, .min = 1,
     .max = 1000, .fixed = true, .source = "assumed",
     .doc = "Distance over which a town serves"},
    {.key = "capital", .type = SAH_REAL, AT(capital_km), .unit = "km", .def = 250,
     .min = 1, .max = 3000, .fixed = true, .source = "assumed",
     .doc = "Distance over which the capital reaches"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 250, .min = 1,
     .max = 10000, .source = "assumed", .doc = "Soldiers felt that half fill it"},
    {.key = "breaking", .type = SAH_REAL, AT(breaking), .unit = "1", .def = 0.15,
     .max = 10, .source = "assumed",
     .doc = "Share of losses at which a unit withdraws"},
    {.key = "return", .type = SAH_REAL, AT(return_day), .unit = "day", .def = 120,
     .max = 3000, .source = "assumed", .doc = "Days before a unit returns to its post"},
    {.key = "calm", .type = SAH_REAL, AT(calm), .unit = "persons", .def = 3,
     .max = 1000, .source = "assumed",
     .doc = "Deaths remembered below which it returns"},
    {.key = "flight", .type = SAH_REAL, AT(flight), .unit = "persons", .def = 20,
     .min = 0.1, .max = 1000, .source = "assumed",
     .doc = "Deaths remembered at which half of the services have left"},
    {0},
};
/* clang-format on */

static float services(const struct state_presence *own, const struct sah_land *land,
                      int32_t cell) {
    double near = sah_exp(-land->town_km[cell] / own->town_km);
    double far = sah_exp(-land->capital_km[cell] / own->capital_km);
    return (float)(own->most * near * (own->floor + (1 - own->floor) * far));
}

static void be_present(void *self, struct sah_world *world, struct sah_span span) {
    const struct state_presence *own = self;
    struct sahel *s = sahel_of(world);
    for (int32_t c = (int32_t)span.begin; c < span.end; c++) {
        float serve = s->state_base[c] * (1 - s->refuge[c]) *
                      (1 - sahel_pull(s->violence[c], (float)own->flight));
        float guard =
            sahel_pull(s->soldiers_felt[c], (float)own->half) * (1 - s->refuge[c]);
        s->state[c] = 1 - (1 - serve) * (1 - guard);
    }
}

/* ---- units leave and return ---- */

static int32_t nearest_base(const struct sah_world *world, size_t post) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_force *f = &s->force[s->posts.force[post]];
    int32_t best = s->posts.home[post];
    double least = 1e9;
    for (size_t k = 0; k < f->bases.n; k++) {
        int32_t cell = f->base_cell[k];
        double km = sah_grid_distance_km(&world->grid, s->posts.home[post], cell);
        if (km < least) {
            least = km;
            best = cell;
        }
    }
    return best;
}

static void hold(const struct state_presence *own, struct sah_world *world, size_t i) {
    struct sahel *s = sahel_of(world);
    struct sahel_posts *p = &s->posts;
    p->since[i]++;
    if (p->mode[i] == SAHEL_AT_POST && p->pressure[i] > own->breaking * p->supply[i]) {
        p->pressure[i] = 0;
        int32_t base = nearest_base(world, i);
        if (base == p->home[i]) return; /* a base is held */
        p->cell[i] = base;
        p->mode[i] = SAHEL_WITHDRAWN;
        p->since[i] = 0;
    } else if (p->mode[i] == SAHEL_WITHDRAWN && p->since[i] > own->return_day &&
               (s->violence[p->home[i]] < own->calm ||
                s->operation[p->home[i]] > 0.5)) {
        p->cell[i] = p->home[i];
        p->mode[i] = SAHEL_AT_POST;
        p->since[i] = 0;
    }
}

static int hold_all(void *self, struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    for (size_t i = 0; i < s->posts.base.n; i++)
        if (s->force[s->posts.force[i]].owner == SAHEL_NATIONAL) hold(self, world, i);
    return sah_population_sort(&s->posts.base, (size_t)world->grid.ncells, err);
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    struct sahel *s = sahel_of(world);
    for (int32_t c = 0; c < world->grid.ncells; c++)
        s->state[c] = s->state_base[c] = services(self, world->land, c);
    return SAH_OK;
}

/* Without the mechanism the state is everywhere the same. */
static const struct sah_act acts[] = {
    {SAHEL_UNITS, SAH_NOTHING, NULL, hold_all, "Units leave posts and return"},
    {SAHEL_CONTROL, SAH_OVER_CELLS, be_present, NULL, "Presence of the state"},
    {0},
};

const struct sah_model sah_model_state_presence = {
    .name = "state_presence",
    .doc = "The state is present where it has posts, services and roads to them",
    .reference = "ODD 7.18",
    .acts = acts,
    .size = sizeof(struct state_presence),
    .params = params,
    .init = init,
};
