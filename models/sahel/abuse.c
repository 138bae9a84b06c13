/* Mechanism 8, abuse: operations that know or obey little harm civilians.
 *
 * Each contact of a patrol and each raid of today may kill people of the cell:
 *
 *   deaths ~ Poisson(Exponential(mean)),   mean = level harm_f F_f (1 - T)^2 V d_f
 *
 * harm_f of the force, F_f its fire (lethality, times what equipment adds), T what it knows of the cell, V the violence against civilians
 * that its zone of control calls for, d_f discipline and training (1: as usual). A national unit
 * that lost soldiers lately strikes back at people around its post,
 *
 *   chance a day = reprisal min(1, pressure),   mean = anger level harm_f F_f (1 - T) V d_f
 *
 * The victims are of the group it suspects: that of the fighters felt. Grievance and
 * fear of forces rise by what is heard of it (deeds.c).
 *
 * Source: Bennett (2008), where accuracy weighs more than effectiveness; Kress and
 * Szechtman (2009), where what misses insurgents hits people who then support them: the
 * more fire, the more of both, and only information and discipline part them.
 * Changed: information is local, and who suffers is drawn by suspicion. */
#include "models/sahel/world.h"

struct abuse {
    double level, reprisal, anger;
};

#define AT(field) .at = offsetof(struct abuse, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "level", .type = SAH_REAL, AT(level), .unit = "1", .def = 1, .max = 100,
     .source = "definition", .doc = "Harm against what the forces list"},
    {.key = "reprisal", .type = SAH_REAL, AT(reprisal), .unit = "1/day", .def = 0.08,
     .max = 1, .source = "calibrated (provisional)",
     .doc = "Hazard of harm to civilians by a unit that lost all it has lately"},
    {.key = "anger", .type = SAH_REAL, AT(anger), .unit = "1", .def = 5, .max = 100,
     .source = "assumed", .doc = "Harm of a reprisal against that of a contact"},
    {0},
};
/* clang-format on */

/* An occasion on which people may be harmed. */
struct occasion {
    int32_t cell, strength;
    int force;
    double mean; /* deaths, before the force's habits */
    enum sahel_cause cause;
};

/* The group that a force suspects: that of the fighters around. */
static int suspected(const struct sah_world *world, int32_t cell, struct sah_rng *rng) {
    const struct sahel *s = sahel_of(world);
    double weight[SAHEL_MAX_GROUPS], sum = 0;
    size_t ncells = (size_t)world->grid.ncells;
    for (size_t g = 0; g < s->ngroups; g++) {
        double suspicion = 0.05;
        for (size_t f = 0; f < s->nfactions; f++)
            if (s->influence[f * ncells + (size_t)cell] > 1)
                suspicion += s->affinity[f * s->ngroups + g];
        weight[g] = s->people_group[(size_t)cell * s->ngroups + g] * suspicion;
        sum += weight[g];
    }
    return sum > 0 ? (int)sah_discrete(rng, weight, s->ngroups) : -1;
}

static int harm(const struct abuse *own, struct sah_world *world,
                const struct occasion *at, struct sah_rng *rng, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    const struct sahel_force *force = &s->force[at->force];
    double fire = force->lethality * (double)s->equipped[at->force];
    double mean = at->mean * own->level * force->harm * fire *
                  s->coercion[world->grid.ncells + at->cell] *
                  s->discipline[at->force] * s->training[at->force];
    int32_t hit = (int32_t)sah_poisson(rng, sah_exponential(rng, mean));
    if (!hit || s->people_now[at->cell] <= 0) return SAH_OK;
    int group = suspected(world, at->cell, rng);
    int32_t killed = sah_deed_kill_people(world, at->cell, group, hit, true, rng);
    return sah_deed_event(
        world,
        &(struct sahel_happening){.cell = at->cell,
                                  .kind = SAHEL_SWEEP,
                                  .cause = at->cause,
                                  .side_a = sahel_actor_force(s, at->force),
                                  .side_b = sahel_actor_civilians(s),
                                  .strength_a = at->strength,
                                  .deaths_civilians = killed},
        err);
}

/* ---- contacts and raids of today ---- */

static bool alike(const struct sahel_events *e, size_t i, size_t j) {
    return e->cell[i] == e->cell[j] && e->side_a[i] == e->side_a[j] &&
           e->kind[i] == e->kind[j];
}

/* Keyed by place, force and kind: other events of the day do not change the draws. */
static struct sah_rng rng_of(const struct sah_world *world, size_t i) {
    const struct sahel_events *e = &sahel_of(world)->events;
    uint32_t before = 0;
    for (size_t j = 0; j < i; j++) before += alike(e, i, j);
    uint32_t actor = (uint32_t)e->side_a[i] * SAHEL_NKINDS + e->kind[i];
    uint64_t place = sah_id_child((uint64_t)e->cell[i] + 1, actor, before);
    return sahel_rng(world, SAHEL_DRAW_ABUSE, place);
}

static int after_contacts(void *self, struct sah_world *world, struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_events *e = &s->events; /* grows while people are harmed */
    size_t n = e->base.n;
    int status = SAH_OK;
    for (size_t i = 0; i < n && !status; i++) {
        if (e->kind[i] != SAHEL_PATROL && e->kind[i] != SAHEL_RAID) continue;
        double blind = 1 - sahel_known(s, e->cell[i]);
        struct occasion at = {.cell = e->cell[i],
                              .strength = e->strength_a[i],
                              .force = e->side_a[i] - (int)s->nfactions,
                              .mean = blind * blind,
                              .cause = SAHEL_CAUSE_BLIND};
        struct sah_rng rng = rng_of(world, i);
        status = harm(self, world, &at, &rng, err);
    }
    return status;
}

/* ---- reprisals ---- */

static int strike_back(void *self, struct sah_world *world, struct sah_error *err) {
    const struct abuse *own = self;
    const struct sahel *s = sahel_of(world);
    const struct sahel_posts *p = &s->posts;
    int status = SAH_OK;
    for (size_t i = 0; i < p->base.n && !status; i++) {
        const struct sahel_force *force = &s->force[p->force[i]];
        if (force->owner != SAHEL_NATIONAL || force->patrol_rate <= 0) continue;
        if (p->soldiers[i] <= 0 || p->pressure[i] <= 0) continue;
        double pressure = p->pressure[i] < 1 ? p->pressure[i] : 1;
        struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_REPRISAL, p->id[i]);
        if (!sah_bernoulli(&rng, own->reprisal * pressure)) continue;
        struct occasion at = {.cell = p->cell[i],
                              .strength = p->soldiers[i],
                              .force = p->force[i],
                              .mean = own->anger * (1 - sahel_known(s, p->cell[i])),
                              .cause = SAHEL_CAUSE_ANGER};
        status = harm(own, world, &at, &rng, err);
    }
    return status;
}

static const struct sah_act acts[] = {
    {SAHEL_ENCOUNTER, SAH_NOTHING, NULL, after_contacts, "People harmed by operations"},
    {SAHEL_ENCOUNTER, SAH_NOTHING, NULL, strike_back,
     "Units that lost many strike back"},
    {0},
};

const struct sah_model sah_model_abuse = {
    .name = "abuse",
    .doc = "Forces that know or obey little harm civilians",
    .reference = "ODD 7.8; Bennett 2008; Kress and Szechtman 2009",
    .acts = acts,
    .size = sizeof(struct abuse),
    .params = params,
};
