/* Mechanism 27, joint command: members know more, decide sooner, follow across borders.
 *
 * Forces that name the same `command` are its members. With r = reach * the mean funding
 * of the members (at most 1), a is a cell of a country that belongs to a member, and
 * border_km its distance to the nearest border:
 *
 *   shared_tips(c) = r shared max over cells d around of another member's country of
 *                    tips(d) e^(-km/20)          where border_km <= strip
 *   strip_km_f     = r strip                     in countries of all members
 *   followed(c)    = r e^(-border_km/strip)      where a border divides members
 *   delay_f        = 1 - r faster
 *
 * So patrols may cross (patrols), calls are answered sooner and bands do not slip away
 * (response), and the border shelters less (spread). A border divides members where a
 * cell of another member lies within the strip.
 *
 * Source: strip of 50 km and a right of pursuit of 100 km, facts 2.3; aim of faster
 * response and shared intelligence, facts 2.4; the form of the rules assumed. */
#include "models/sahel/world.h"

#include <string.h>

struct joint_command {
    double reach, strip_km, shared, faster;
    float *near_km; /* [cell] to the nearest cell of another member */
};

#define AT(field) .at = offsetof(struct joint_command, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "reach", .type = SAH_REAL, AT(reach), .unit = "1", .def = 0, .max = 1,
     .source = "assumed", .doc = "How far the joint command is in place"},
    {.key = "strip", .type = SAH_REAL, AT(strip_km), .unit = "km", .def = 50,
     .max = 1000, .fixed = true, .source = "facts 2.3",
     .doc = "Depth on each side of borders in which members act"},
    {.key = "shared", .type = SAH_REAL, AT(shared), .unit = "1", .def = 0.7, .max = 1,
     .source = "assumed", .doc = "Share of what one member is told that others learn"},
    {.key = "faster", .type = SAH_REAL, AT(faster), .unit = "1", .def = 0.5, .max = 1,
     .source = "facts 2.4; assumed",
     .doc = "Share of the time to decide that members save"},
    {0},
};
/* clang-format on */

enum { NOBODY = -1, EVERY_DAY = 5 };

/* ---- members ---- */

static bool is_member(const struct sahel *s, size_t force) {
    return s->force[force].command[0] != 0;
}

static bool same_command(const struct sahel *s, size_t a, size_t b) {
    return is_member(s, a) && strcmp(s->force[a].command, s->force[b].command) == 0;
}

/* What the command has to work with: what money lets its members do. */
static double grip(const struct joint_command *own, const struct sahel *s,
                   size_t force) {
    double sum = 0, n = 0;
    for (size_t f = 0; f < s->nforces; f++) {
        if (!same_command(s, force, f)) continue;
        sum += s->funding[f];
        n++;
    }
    double funded = sum / n;
    return own->reach * (funded < 1 ? funded : 1);
}

/* A member whose home is the country: the first one; NOBODY where there is none. */
static int member_of(const struct sahel *s, int country) {
    for (size_t f = 0; f < s->nforces; f++)
        if (is_member(s, f) && s->force[f].country_index == country) return (int)f;
    return NOBODY;
}

/* Do two cells lie in different countries of one command? */
static bool divides(const struct sah_world *world, int32_t a, int32_t b) {
    const struct sahel *s = sahel_of(world);
    int here = sahel_country_of(world, a), there = sahel_country_of(world, b);
    if (here == there || !world->theatre[a] || !world->theatre[b]) return false;
    int mine = member_of(s, here), other = member_of(s, there);
    return mine >= 0 && other >= 0 && same_command(s, (size_t)mine, (size_t)other);
}

/* ---- along the borders ---- */

static struct sah_within around(const struct sah_world *world, int32_t cell,
                                double km) {
    return sah_grid_within(&world->grid, sah_grid_lon(&world->grid, cell),
                           sah_grid_lat(&world->grid, cell), km);
}

/* How far it is to the nearest cell of another member, up to twice the strip. */
static float near_of(const struct joint_command *own, const struct sah_world *world,
                     int32_t cell) {
    float least = SAH_NOWHERE;
    struct sah_within w = around(world, cell, 2 * own->strip_km);
    while (sah_within_next(&w))
        if ((least < 0 || w.km < (double)least) && divides(world, cell, w.cell))
            least = (float)w.km;
    return least;
}

static double told_by_others(const struct sah_world *world, int32_t cell) {
    const struct sahel *s = sahel_of(world);
    double most = 0;
    struct sah_within w = around(world, cell, 60);
    while (sah_within_next(&w)) {
        if (s->tips[w.cell] <= most) continue; /* nor is it from farther away */
        double told = s->tips[w.cell] * sah_exp(-w.km / 20);
        if (told > most && divides(world, cell, w.cell)) most = told;
    }
    return most;
}

static void share(const struct joint_command *own, struct sah_world *world,
                  int32_t cell) {
    struct sahel *s = sahel_of(world);
    double border_km = world->land->border_km[cell];
    s->shared_tips[cell] = s->followed[cell] = 0;
    if (own->near_km[cell] < 0 || border_km > own->strip_km) return;
    size_t member = (size_t)member_of(s, sahel_country_of(world, cell));
    double r = grip(own, s, member);
    if (r <= 0) return;
    s->followed[cell] = (float)(r * sah_exp(-border_km / own->strip_km));
    s->shared_tips[cell] = (float)(r * own->shared * told_by_others(world, cell));
}

/* ---- the day ---- */

/* Countries of all members are open to each of them, strip-deep. */
static void open_strips(struct sahel *s, size_t force) {
    for (size_t f = 0; f < s->nforces; f++) {
        int country = s->force[f].country_index;
        if (country >= 0 && same_command(s, force, f))
            s->allied[force * s->ncountries + (size_t)country] = 1;
    }
}

static int command(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct joint_command *own = self;
    struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nforces; f++) {
        if (!is_member(s, f)) continue;
        double r = grip(own, s, f);
        s->delay[f] = (float)(1 - r * own->faster);
        s->strip_km[f] = (float)(r * own->strip_km);
        open_strips(s, f);
    }
    return SAH_OK;
}

static void share_all(void *self, struct sah_world *world, struct sah_span span) {
    if (world->tick % EVERY_DAY != 0) return;
    for (int32_t c = (int32_t)span.begin; c < span.end; c++) share(self, world, c);
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct joint_command *own = self;
    size_t n = (size_t)world->grid.ncells;
    own->near_km = sah_world_array(world, "other_member_km", SAH_F32, n, "km",
                                   "To the nearest cell of another member, or -1", err);
    if (!own->near_km) return SAH_MEMORY;
    for (int32_t c = 0; c < world->grid.ncells; c++) own->near_km[c] = SAH_NOWHERE;
    for (int32_t c = 0; c < world->grid.ncells; c++)
        if (world->theatre[c] && world->land->border_km[c] <= own->strip_km)
            own->near_km[c] = near_of(own, world, c);
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_NOTHING, NULL, command, "Members decide and follow"},
    {SAHEL_DECIDE, SAH_OVER_CELLS, share_all, NULL,
     "They share what they know along borders, every fifth day"},
    {0},
};

const struct sah_model sah_model_joint_command = {
    .name = "joint_command",
    .doc = "Forces under one command share what they know and cross borders",
    .reference = "ODD 7.27",
    .acts = acts,
    .size = sizeof(struct joint_command),
    .params = params,
    .init = init,
};
