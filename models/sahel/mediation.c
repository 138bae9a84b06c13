/* Mechanism 16, mediation: an armed group calms a feud or takes a side in it.
 *
 * Where herding and farming groups share a cell, a faction felt there bridges them by
 *
 *   b = min(a_h, a_f) / max(a_h, a_f),   a_h, a_f: its mean pull on herders, farmers.
 *
 * Who seeks rule and bridges more than `bridge` judges between them, with weight
 * (b - bridge) / (1 - bridge); who bridges less is a party, with weight 1 - b/bridge. Who
 * seeks something else never judges: its weight as a party is 1 - b. With I fighters
 * felt,
 *
 *   calmed   = calm J/(J + half),      J = sum of I over judges, weighted
 *   inflamed = inflame K/(K + half),   K = the same over parties
 *   call_g   = call heat max over parties of I/(I + half) weight a_g / max(a_h, a_f)
 *
 * for the groups of the side it leans to: members of these join more (recruitment.c),
 * and strike more (feuds.c).
 *
 * Source: rebels who mean to govern settle disputes to win all, others mobilise along
 * a cleavage, Mampilly (2011), Weinstein (2007); one and the same group did both in
 * central Mali. Form assumed. */
#include "models/sahel/world.h"

#include <string.h>

struct mediation {
    double bridge, calm, inflame, call, half;
};

#define AT(field) .at = offsetof(struct mediation, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "bridge", .type = SAH_REAL, AT(bridge), .unit = "1", .def = 0.5, .min = 0.01,
     .max = 0.99, .source = "assumed",
     .doc = "Pull on the lesser against the favoured side above which one can judge"},
    {.key = "calm", .type = SAH_REAL, AT(calm), .unit = "1", .def = 0.7, .max = 1,
     .source = "assumed", .doc = "Most of a feud that judges settle"},
    {.key = "inflame", .type = SAH_REAL, AT(inflame), .unit = "1", .def = 0.25, .max = 1,
     .source = "calibrated (provisional)", .doc = "Most heat that parties give a feud"},
    {.key = "call", .type = SAH_REAL, AT(call), .unit = "1", .def = 1, .max = 20,
     .source = "assumed", .doc = "Pull on the side that a party takes, at full heat"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 20, .min = 0.1,
     .max = 10000, .source = "assumed", .doc = "Fighters felt that give half of it"},
    {0},
};
/* clang-format on */

enum { EVERY_DAY = 5 };

/* A faction in a cell: what it is to the feud there. */
struct role {
    double of_herders, of_farmers; /* pull */
    double weight;                 /* as a judge (positive) or a party (negative) */
};

static double pull_on(const struct sah_world *world, int32_t cell, size_t faction,
                      enum sah_livelihood livelihood) {
    const struct sahel *s = sahel_of(world);
    const int32_t *people = s->people_group + (size_t)cell * s->ngroups;
    double pull = 0, all = 0;
    for (size_t g = 0; g < s->ngroups; g++) {
        if (world->geo->group[g].livelihood != livelihood) continue;
        pull += people[g] * (double)s->affinity[faction * s->ngroups + g];
        all += people[g];
    }
    return all > 0 ? pull / all : 0;
}

static double weight_of(double bridge, int aim, double b) {
    if (aim != SAHEL_AIM_RULE) return b - 1;
    return b > bridge ? (b - bridge) / (1 - bridge) : b / bridge - 1;
}

static struct role role_of(const struct mediation *own, const struct sah_world *world,
                           int32_t cell, size_t faction) {
    struct role r = {.of_herders = pull_on(world, cell, faction, SAH_HERDING),
                     .of_farmers = pull_on(world, cell, faction, SAH_FARMING)};
    double least = r.of_herders < r.of_farmers ? r.of_herders : r.of_farmers;
    double most = r.of_herders < r.of_farmers ? r.of_farmers : r.of_herders;
    if (most > 0)
        r.weight =
            weight_of(own->bridge, sahel_habits(sahel_of(world), (int)faction)->aim,
                      least / most);
    return r;
}

/* Calls the side that a party leans to. */
static void call(const struct mediation *own, struct sah_world *world, int32_t cell,
                 size_t faction, const struct role *r, double felt) {
    struct sahel *s = sahel_of(world);
    bool herders = r->of_herders > r->of_farmers;
    double most = herders ? r->of_herders : r->of_farmers;
    for (size_t g = 0; g < s->ngroups; g++) {
        if (world->geo->group[g].livelihood != (herders ? SAH_HERDING : SAH_FARMING))
            continue;
        double share = (double)s->affinity[faction * s->ngroups + g] / most;
        float pull = (float)(own->call * s->feud_heat[cell] * felt * -r->weight *
                             (share < 1 ? share : 1));
        float *at = &s->feud_call[(size_t)cell * s->ngroups + g];
        if (pull > *at) *at = pull;
    }
}

static void meddle(const struct mediation *own, struct sah_world *world, int32_t cell) {
    struct sahel *s = sahel_of(world);
    double judges = 0, parties = 0;
    for (size_t f = 0; f < s->nfactions; f++) {
        double felt = s->influence[f * (size_t)world->grid.ncells + (size_t)cell];
        if (felt <= 0) continue;
        struct role r = role_of(own, world, cell, f);
        if (r.weight > 0) judges += felt * r.weight;
        if (r.weight >= 0) continue;
        parties -= felt * r.weight;
        call(own, world, cell, f, &r, felt / (felt + own->half));
    }
    s->calmed[cell] = (float)(own->calm * judges / (judges + own->half));
    s->inflamed[cell] = (float)(own->inflame * parties / (parties + own->half));
}

static void clear(struct sahel *s, int32_t cell) {
    s->calmed[cell] = s->inflamed[cell] = 0;
    memset(s->feud_call + (size_t)cell * s->ngroups, 0, s->ngroups * sizeof(float));
}

static void meddle_all(void *self, struct sah_world *world, struct sah_span span) {
    struct sahel *s = sahel_of(world);
    if (world->tick % EVERY_DAY) return;
    for (int32_t c = (int32_t)span.begin; c < span.end; c++) {
        clear(s, c);
        if (s->mixture[c] > 0 && s->fighters_felt[c] > 0) meddle(self, world, c);
    }
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_OVER_CELLS, meddle_all, NULL,
     "Groups judge in feuds or take a side, every fifth day"},
    {0},
};

const struct sah_model sah_model_mediation = {
    .name = "mediation",
    .doc = "Armed groups calm feuds between communities or take a side",
    .reference = "ODD 7.16; Mampilly 2011; Weinstein 2007",
    .acts = acts,
    .size = sizeof(struct mediation),
    .params = params,
};
