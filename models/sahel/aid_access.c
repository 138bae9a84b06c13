/* Mechanism 23, aid access: aid reaches where it can, and who is not reached suffers.
 *
 *   access(c) = level ways order safe
 *   ways      = 1 - (1 - e^(-town_km/town)) (1 - by_road road)
 *   order     = apart + (1 - apart) state
 *   safe      = (1 - V/(V + half)) (1 - denied max(0, control)/2)
 *
 * with V deaths remembered. It acts on displaced people and those they live with:
 *
 *   hardship  = burden d/(d + crowd) (1 - access)      share of wealth lost in the cell
 *   forsaken  = move_on (1 - access)                   hazard that displaced move on
 *   aided     = help access                            added to the hazard of return there
 *
 * d is the share of displaced among the people of the cell. Want draws into armed groups
 * through livelihoods (6). Where nobody is displaced it changes nothing.
 *
 * Source: aid brought into contested places draws violence and is kept out, Crost, Felter
 * and Johnston (2014); armed groups live from aid, Nunn and Qian (2014), which is left
 * out; host towns and onward flight as in Suleimenova et al. (2017). Forms assumed. */
#include "models/sahel/world.h"

struct aid_access {
    double level, town_km, by_road, apart, half, denied, burden, crowd, move_on, help;
};

#define AT(field) .at = offsetof(struct aid_access, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "level", .type = SAH_REAL, AT(level), .unit = "1", .def = 0.8, .max = 1,
     .source = "assumed", .doc = "Needs met where nothing stands in the way"},
    {.key = "town", .type = SAH_REAL, AT(town_km), .unit = "km", .def = 60, .min = 1,
     .max = 1000, .source = "assumed", .doc = "Distance from towns over which it falls"},
    {.key = "by_road", .type = SAH_REAL, AT(by_road), .unit = "1", .def = 0.5, .max = 1,
     .source = "assumed", .doc = "Access that a road gives far from towns"},
    {.key = "apart", .type = SAH_REAL, AT(apart), .unit = "1", .def = 0.5, .max = 1,
     .source = "assumed", .doc = "Share of aid that goes where there is no state"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 15,
     .min = 0.1, .max = 1000, .source = "assumed",
     .doc = "Deaths remembered that keep out half of it"},
    {.key = "denied", .type = SAH_REAL, AT(denied), .unit = "1", .def = 0.7, .max = 1,
     .source = "assumed", .doc = "Share kept out where insurgents rule alone"},
    {.key = "burden", .type = SAH_REAL, AT(burden), .unit = "1", .def = 0.6, .max = 1,
     .source = "assumed",
     .doc = "Share of wealth lost in a place of displaced people that gets no aid"},
    {.key = "crowd", .type = SAH_REAL, AT(crowd), .unit = "1", .def = 0.3, .min = 0.001,
     .max = 1, .source = "assumed",
     .doc = "Share of displaced people that is half of that burden"},
    {.key = "move_on", .type = SAH_REAL, AT(move_on), .unit = "1/day", .def = 0.001,
     .max = 0.1, .source = "assumed",
     .doc = "Hazard that a displaced person without aid moves on"},
    {.key = "help", .type = SAH_REAL, AT(help), .unit = "1", .def = 1, .max = 10,
     .source = "assumed",
     .doc = "Returns added where aid reaches home, against those without it"},
    {0},
};
/* clang-format on */

enum { EVERY_DAY = 5 };

static double access_to(const struct aid_access *own, const struct sah_world *world,
                        int32_t cell) {
    const struct sahel *s = sahel_of(world);
    double near = sah_exp(-world->land->town_km[cell] / own->town_km);
    double ways = 1 - (1 - near) * (1 - own->by_road * world->land->road[cell]);
    double order = own->apart + (1 - own->apart) * s->state[cell];
    double ruled = s->control[cell] > 0 ? s->control[cell] / 2.0 : 0;
    double calm = 1 - (double)sahel_pull(s->violence[cell], (float)own->half);
    return own->level * ways * order * calm * (1 - own->denied * ruled);
}

static void reach(void *self, struct sah_world *world, struct sah_span span) {
    const struct aid_access *own = self;
    struct sahel *s = sahel_of(world);
    if (world->tick % EVERY_DAY) return;
    for (int32_t c = (int32_t)span.begin; c < span.end; c++) {
        if (!world->theatre[c]) continue;
        double access = access_to(own, world, c), people = s->people_now[c];
        double share = people > 0 ? s->displaced_now[c] / people : 0;
        s->hardship[c] =
            (float)(own->burden * share / (share + own->crowd) * (1 - access));
        s->forsaken[c] = (float)(own->move_on * (1 - access));
        s->aided[c] = (float)(own->help * access);
    }
}

static const struct sah_act acts[] = {
    {SAHEL_ECONOMY, SAH_OVER_CELLS, reach, NULL, "Where aid reaches, every fifth day"},
    {0},
};

const struct sah_model sah_model_aid_access = {
    .name = "aid_access",
    .doc = "Aid reaches where it can; who is not reached loses, moves on, stays away",
    .reference = "ODD 7.23; Crost et al. 2014",
    .acts = acts,
    .size = sizeof(struct aid_access),
    .params = params,
};
