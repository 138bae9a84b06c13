/* Mechanism 30, legitimacy: foreign forces are hoped for, outstay it, and are blamed.
 *
 * Support u of foreign forces by ethnic group g in cell c, -1 .. 1:
 *
 *   u = p ( hope (1 - a_g) w - weariness (1 - w) ) - blame H/(H + half_harm)
 *   p = F/(F + half)                F foreign soldiers felt
 *   w = 2^(-E/patience)             E days of full presence, fading over `forget`
 *
 * H civilians killed by foreign forces there and around, fading over `memory`. a_g is the
 * pull of those at war with states on the group: who sees its own in them hopes less.
 * People inform by (1 + mean of u over people); where u < 0, grievance at rest rises by
 * `sting` of -u.
 *
 * Source: who harms civilians is blamed, and foreign forces more than one's own, Condra
 * and Shapiro (2012), whose response in violence became one in information and grievance;
 * aid wins support only where it is safe, Beath, Christia and Enikolopov (2012): here
 * hope is not tied to aid. Decay with time, and the forms, assumed. */
#include "models/sahel/world.h"

struct legitimacy {
    double hope, weariness, patience, half, blame, half_harm, memory, forget, sting;
    double stay;
};

#define AT(field) .at = offsetof(struct legitimacy, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "hope", .type = SAH_REAL, AT(hope), .unit = "1", .def = 0.4, .max = 1,
     .source = "assumed", .doc = "Support of foreign forces that have just come"},
    {.key = "weariness", .type = SAH_REAL, AT(weariness), .unit = "1", .def = 0.4,
     .max = 1, .source = "assumed", .doc = "Support lost by forces that stay for ever"},
    {.key = "patience", .type = SAH_REAL, AT(patience), .unit = "day", .def = 500,
     .min = 1, .max = 36500, .source = "assumed",
     .doc = "Days of full presence in which half of hope turns"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 100, .min = 1,
     .max = 100000, .source = "assumed",
     .doc = "Foreign soldiers felt that are half of full presence"},
    {.key = "blame", .type = SAH_REAL, AT(blame), .unit = "1", .def = 0.5, .max = 1,
     .source = "Condra and Shapiro 2012; assumed",
     .doc = "Support lost by harm to civilians at most"},
    {.key = "half_harm", .type = SAH_REAL, AT(half_harm), .unit = "persons", .def = 8,
     .min = 0.1, .max = 10000, .source = "assumed",
     .doc = "Civilians killed and remembered that cost half of that"},
    {.key = "memory", .type = SAH_REAL, AT(memory), .unit = "day", .def = 700,
     .min = 10, .max = 36500, .source = "assumed",
     .doc = "Time in which half of that harm is forgotten"},
    {.key = "forget", .type = SAH_REAL, AT(forget), .unit = "day", .def = 1500,
     .min = 10, .max = 36500, .source = "assumed",
     .doc = "Time in which half of a foreign presence is forgotten"},
    {.key = "sting", .type = SAH_REAL, AT(sting), .unit = "1", .def = 0.2, .max = 1,
     .source = "assumed", .doc = "Grievance at rest where support is wholly lost"},
    {.key = "stay", .type = SAH_REAL, AT(stay), .unit = "day", .def = 0, .max = 36500,
     .fixed = true, .source = "definition",
     .doc = "Days that foreign forces have stood where they stand on the first day"},
    {0},
};
/* clang-format on */

enum { EVERY_DAY = 5 };

/* ---- harm of today ---- */

static int hear(void *self, struct sah_world *world, struct sah_error *err) {
    (void)self;
    (void)err;
    struct sahel *s = sahel_of(world);
    const struct sahel_events *e = &s->events;
    for (size_t i = 0; i < e->base.n; i++) {
        int force = e->side_a[i] - (int)s->nfactions;
        if (force < 0 || force >= (int)s->nforces) continue;
        if (s->force[force].owner == SAHEL_NATIONAL || !e->deaths_civilians[i])
            continue;
        sah_reach_add(world, s->wronged, e->cell[i], (float)e->deaths_civilians[i]);
    }
    return SAH_OK;
}

/* ---- support ---- */

/* Pull on a group of the one at war with states that pulls most. */
static void appeals(const struct sahel *s, double appeal[static SAHEL_MAX_GROUPS]) {
    for (size_t g = 0; g < s->ngroups; g++) {
        appeal[g] = 0;
        for (size_t f = 0; f < s->nfactions; f++) {
            double pull = s->active[f] ? sahel_war(s, (int)f) *
                                             (double)s->affinity[f * s->ngroups + g]
                                       : 0;
            if (pull > appeal[g]) appeal[g] = pull;
        }
    }
}

static void judge_cell(const struct legitimacy *own, struct sahel *s, int32_t cell,
                       const double *appeal) {
    size_t row = (size_t)cell * s->ngroups;
    double present = sahel_pull(s->cover[cell], (float)own->half);
    double fresh = sahel_left(own->patience, s->stay[cell]);
    double harm = own->blame * sahel_pull(s->wronged[cell], (float)own->half_harm);
    double all = 0, people = s->people_now[cell];
    for (size_t g = 0; g < s->ngroups; g++) {
        double support = present * (own->hope * (1 - appeal[g]) * fresh -
                                    own->weariness * (1 - fresh)) -
                         harm;
        support = support > -1 ? support : -1;
        s->resented[row + g] = support < 0 ? (float)(-own->sting * support) : 0;
        all += support * s->people_group[row + g];
    }
    s->backing[cell] = people > 0 ? (float)(all / people) : 0;
}

/* Harm and presence are remembered; then people judge. */
static void judge(void *self, struct sah_world *world, struct sah_span span) {
    const struct legitimacy *own = self;
    struct sahel *s = sahel_of(world);
    if (world->tick % EVERY_DAY) return;
    double appeal[SAHEL_MAX_GROUPS];
    appeals(s, appeal);
    float keep_harm = (float)sahel_left(own->memory, EVERY_DAY);
    float keep_stay = (float)sahel_left(own->forget, EVERY_DAY);
    for (int32_t c = (int32_t)span.begin; c < span.end; c++) {
        if (s->cover[c] <= 0 && s->stay[c] <= 0 && s->wronged[c] <= 0) continue;
        s->wronged[c] *= keep_harm;
        s->stay[c] = s->stay[c] * keep_stay +
                     EVERY_DAY * sahel_pull(s->cover[c], (float)own->half);
        judge_cell(own, s, c, appeal);
    }
}

/* Forces have stood at their posts before the first day. */
static int init(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct legitimacy *own = self;
    struct sahel *s = sahel_of(world);
    if (own->stay <= 0) return SAH_OK;
    for (size_t p = 0; p < s->posts.base.n; p++)
        if (s->force[s->posts.force[p]].owner != SAHEL_NATIONAL)
            sah_reach_add(world, s->stay, s->posts.cell[p],
                          (float)s->posts.soldiers[p]);
    for (int32_t c = 0; c < world->grid.ncells; c++)
        s->stay[c] = (float)own->stay * sahel_pull(s->stay[c], (float)own->half);
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_AFTERMATH, SAH_NOTHING, NULL, hear, "Harm by foreign forces is heard of"},
    {SAHEL_AFTERMATH, SAH_OVER_CELLS, judge, NULL,
     "Support of foreign forces, every fifth day"},
    {0},
};

const struct sah_model sah_model_legitimacy = {
    .name = "legitimacy",
    .doc = "Foreign forces are hoped for at first, then borne, then resented",
    .reference = "ODD 7.30; Condra and Shapiro 2012",
    .acts = acts,
    .size = sizeof(struct legitimacy),
    .params = params,
    .init = init,
};
