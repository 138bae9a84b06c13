/* The world of the Sahel model: what its mechanisms share.
 *
 * A mechanism sees this header and the kernel, nothing else: what one does to another
 * goes through a slot (slots.h) or a deed (deeds.h). Words stand in codes.h, agents in
 * agents.h, factions and forces in organisations.h. */
#ifndef SAHEL_WORLD_H
#define SAHEL_WORLD_H
#include "models/sahel/agents.h"
#include "models/sahel/around.h"
#include "models/sahel/codes.h"
#include "models/sahel/deeds.h"
#include "models/sahel/organisations.h"
#include "models/sahel/slots.h"
#include "sim/sah.h"

/* ---- the shared state ---- */

/* Rates that hold everywhere, per day. Each morning they are set from parameters: by
 * communities, recruitment (weight; neutral 0), displacement (flight_threshold) and
 * losses (wounded). */
struct sahel_rates {
    float grievance, fear, support, wealth; /* relaxation */
    float tail;                             /* steepness of the tail of grievance */
    float weight[SAHEL_NREASONS];           /* hazard of joining at full driver */
    float flight_threshold;                 /* fear above which people flee */
    double wounded;                         /* per death */
    double front;                           /* most in contact at once */
};

struct sahel {
    struct sahel_communities communities;
    struct sahel_bands bands;
    struct sahel_posts posts;
    struct sahel_calls calls;
    struct sahel_events events;
    struct sahel_allegiances allegiances;
    struct sahel_observed observed; /* nothing in the model reads it */

    size_t nfactions, nforces, ngroups, ncountries, ntalks, nrecords;
    struct sahel_faction *faction;
    struct sahel_force *force;
    struct sahel_talk *talk;
    struct sahel_record *record;
    struct sahel_around *felt, *met; /* [nlat] */
    const char **names;       /* labels and titles of the axes made at run time */
    int32_t team_size;        /* smallest unit that acts on its own; bands */
    bool gathering;           /* bands may grow beyond teams; severity; neutral no */
    struct sahel_rates rates; /* of today, from parameters; not state */

#define SAHEL_SLOT_POINTER(owner, name, ctype, count, neutral, unit, doc) ctype *name;
    SAHEL_SLOTS(SAHEL_SLOT_POINTER)
#undef SAHEL_SLOT_POINTER
};

/* What slot `sum` counts. */
enum sahel_sum {
    SAHEL_SUM_PEOPLE_START,
    SAHEL_SUM_FIGHTERS_START,
    SAHEL_SUM_CIVILIANS_KILLED,
    SAHEL_SUM_FIGHTERS_KILLED,
    SAHEL_SUM_RECRUITS,
    SAHEL_SUM_LEFT,
    SAHEL_SUM_FREED,
    SAHEL_SUM_SOLDIERS_START,
    SAHEL_SUM_SOLDIERS_KILLED,
    SAHEL_SUM_SOLDIERS_SENT,
    SAHEL_SUM_SOLDIERS_WITHDRAWN,
    SAHEL_SUM_MONEY_START,
    SAHEL_SUM_MONEY_IN,
    SAHEL_SUM_MONEY_OUT,
    SAHEL_NSUMS
};

/* ---- questions ---- */

static inline struct sahel *sahel_of(const struct sah_world *world) {
    return world->state;
}

/* Actors are numbered: factions, then forces, then civilians. */
static inline int16_t sahel_actor_force(const struct sahel *s, int force) {
    return (int16_t)((int)s->nfactions + force);
}
static inline int16_t sahel_actor_civilians(const struct sahel *s) {
    return (int16_t)(s->nfactions + s->nforces);
}
static inline int sahel_country_of(const struct sah_world *world, int32_t cell) {
    int country = world->land->country[cell];
    return country < 0 ? 0 : country;
}
static inline struct sah_rng sahel_rng(const struct sah_world *world,
                                       enum sahel_draw draw, uint64_t id) {
    struct sah_rng rng;
    sah_rng_at(&rng, (uint64_t)world->run.seed, draw, id, world->tick);
    return rng;
}
/* What is left after `day` days, and what fades in one, at a half-life in days. */
static inline double sahel_left(double half_life, double day) {
    return sah_exp(-SAH_LN2 * day / half_life);
}
static inline double sahel_fading(double half_life) {
    return -sah_expm1(-SAH_LN2 / half_life);
}
/* The row that tells a faction's habits. */
static inline const struct sahel_faction *sahel_habits(const struct sahel *s,
                                                       int faction) {
    return &s->faction[s->line[faction]];
}
/* How far a faction is at war with states today, 0..1. */
static inline double sahel_war(const struct sahel *s, int faction) {
    return sahel_habits(s, faction)->fights_state * (1 - (double)s->truce[faction]);
}

/* Is a faction after more than its own land: rule, or gain? */
static inline bool sahel_seeks_more(const struct sahel *s, int faction) {
    int aim = sahel_habits(s, faction)->aim;
    return aim == SAHEL_AIM_RULE || aim == SAHEL_AIM_GAIN;
}
/* The same in a cell: a ceasefire holds where the state is that made it. */
static inline double sahel_war_at(const struct sah_world *world, int faction,
                                  int32_t cell) {
    const struct sahel *s = sahel_of(world);
    size_t country = (size_t)sahel_country_of(world, cell);
    double held = s->truce_with[(size_t)faction * s->ncountries + country];
    return sahel_habits(s, faction)->fights_state * (1 - held);
}
/* How often a band does a kind against its habit. An echo is for larger attacks: of its
 * excess a band of one team takes up nothing, a large one almost all. */
static inline double sahel_echo(const struct sahel *s, int faction,
                                enum sahel_kind kind, int32_t fighters) {
    double excess = s->echo[(size_t)faction * SAHEL_NKINDS + kind] - 1.0;
    double large = 1 - (double)s->team_size / fighters;
    return 1 + excess * (large > 0 ? large : 0);
}
static inline float sahel_stance(const struct sahel *s, int a, int b) {
    return s->stance[(size_t)a * s->nfactions + (size_t)b];
}
/* How hostile a faction's bands are to another's today: 0 but in open war. */
static inline float sahel_enmity(const struct sahel *s, int a, int b) {
    float stance = sahel_stance(s, a, b);
    return s->at_war[(size_t)a * s->nfactions + (size_t)b] && stance < 0 ? -stance : 0;
}
static inline bool sahel_any_enemy(const struct sahel *s, int faction) {
    for (size_t f = 0; f < s->nfactions; f++)
        if (s->at_war[(size_t)faction * s->nfactions + f]) return true;
    return false;
}
/* What forces know of a cell: what people or armed villages tell, or allies do. */
static inline double sahel_known(const struct sahel *s, int32_t cell) {
    return 1 - (1 - (double)s->tips[cell]) * (1 - (double)s->shared_tips[cell]) *
                   (1 - (double)s->vigil[cell]);
}
/* May a force act in a cell: in its area, or in the strip it may pursue into? */
static inline bool sahel_may_act(const struct sah_world *world, int force,
                                 int32_t cell) {
    const struct sahel *s = sahel_of(world);
    size_t country = (size_t)sahel_country_of(world, cell);
    return s->force[force].may_act[country] ||
           (s->strip_km[force] > 0 &&
            s->allied[(size_t)force * s->ncountries + country] &&
            world->land->border_km[cell] <= s->strip_km[force] && world->theatre[cell]);
}
/* Is a faction, or its bloc, bound by the pact of a cell? */
static inline bool sahel_bound(const struct sahel *s, int faction, int32_t cell) {
    return s->pact[cell] >= 0 && s->bloc[s->pact[cell]] == s->bloc[faction];
}
/* Does it send out units: patrols, answers to attacks? */
static inline bool sahel_goes_out(const struct sahel_force *force) {
    return force->duty != SAHEL_ADVISE && force->duty != SAHEL_AIR;
}
static inline bool sahel_raids(const struct sahel_force *force) {
    return force->strength > 0 && force->raid_rate > 0 && force->duty != SAHEL_ADVISE;
}
/* Does it support others from the air within its raid range? */
static inline bool sahel_flies(const struct sahel_force *force) {
    return sahel_raids(force) || (force->strength > 0 && force->duty == SAHEL_AIR);
}
/* How far an accord keeps a force out of a cell, 0..1: those of states alone. */
static inline double sahel_kept_out(const struct sah_world *world, int force,
                                    int32_t cell) {
    const struct sahel *s = sahel_of(world);
    return s->force[force].owner == SAHEL_NATIONAL ? s->refuge[cell] : 0;
}
static inline float sahel_pull(float felt, float half) { /* saturates; half at `half` */
    return felt / (felt + half);
}

/* Hosts: how well a faction's bands are received in a cell by rooted members of its
 * bloc, 0..1; half where 20 of them are felt. */
static inline float sahel_hosts(const struct sahel *s, int faction, int32_t cell,
                                size_t ncells) {
    if (s->hosting[faction] <= 0) return 0;
    float felt = 0;
    for (size_t f = 0; f < s->nfactions; f++)
        if ((int)f != faction && s->bloc[f] == s->bloc[faction])
            felt += s->influence[f * ncells + (size_t)cell];
    return s->hosting[faction] * sahel_pull(felt, 20);
}

#endif
