/* Mechanism 32, negotiation: offers, ceasefires and their end.
 *
 * Each row of the list `talks` lets one or more states offer talks to a faction, for
 * all who belong to it: on a date, and then, where it has a rate, again and again. An
 * offer stands a while. The row may name forces that must leave first: the condition is
 * met while their soldiers in these states are at most `left` of the most there were. An
 * offer is accepted at a rate of
 *
 *   accept C (patience + (1 - patience) W) L        a day,   W = x / (x + weary)
 *
 * C is 1 where the condition is met and `unmet` where not, L the leadership of the
 * faction (nobody else can commit it), x the share of its fighters lost within memory.
 * Those who belong to it follow with chance 1 - independence (1 - its cohesion), and
 * only as long as they belong. Who follows lays down, in these states,
 *
 *   truce = depth * cohesion of the member
 *
 * of its war on states (sahel_war_at; deeds against civilians and rivals go on). Fighters
 * held by the states come back once a ceasefire has lasted `exchange` days. It breaks
 * down at a rate of
 *
 *   ln 2 / lasting + spoil V        a day,   V = B / (B + half), 1 while C is not met
 *
 * B the deaths remembered of fights there between forces of whatever flag and those who
 * belong to the faction, followers or not: spoilers.
 *
 * Source: readiness by a hurting stalemate, Zartman 1989; the need of a credible
 * commitment, Walter 1997; more who can veto, longer wars, Cunningham 2006; strength of
 * leadership, Cunningham, Gleditsch and Salehyan 2009; spoilers, Stedman 1997; ceasefires
 * that last or not, Fortna 2003. Changed: their covariates became factors of one rate;
 * form and numbers assumed. */
#include "models/sahel/family.h"
#include "models/sahel/splinter.h"

#include <stdlib.h>
#include <string.h>

struct negotiation {
    double accept, unmet, patience, weary, memory_day, stands_day, pause_day;
    double independence, depth, exchange_day, lasting_day, spoil, half;
    uint8_t *phase;   /* [talk] */
    uint8_t *offered; /* [talk] 1 once the dated offer was made */
    int32_t *since;   /* [talk] days in this phase */
    int32_t *held;    /* [talk] fighters held */
    float *most;      /* [talk] soldiers who must leave, at most so far */
    float *blood;     /* [talk] deaths remembered */
    float *lost;      /* [faction] fighters lost, remembered */
    uint8_t *follows; /* [talk][faction] */
};

#define AT(field) .at = offsetof(struct negotiation, field)
#define SHARE(word, field, value, text)                                                \
    {                                                                                  \
        .key = word, .type = SAH_REAL, AT(field), .unit = "1", .def = value, .max = 1, \
        .source = "assumed", .doc = text                                               \
    }
#define DAYS(word, field, value, least, text)                                  \
    {                                                                          \
        .key = word, .type = SAH_REAL, AT(field), .unit = "day", .def = value, \
        .min = least, .max = 10000, .source = "assumed", .doc = text           \
    }
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "accept", .type = SAH_REAL, AT(accept), .unit = "1/day", .def = 0.03,
     .max = 1, .source = "assumed",
     .doc = "Rate at which a weary, well led faction accepts what it asked for"},
    SHARE("unmet", unmet, 0.03, "The same where its condition is not met, against that"),
    SHARE("patience", patience, 0.3, "Readiness of a faction that has lost nobody"),
    {.key = "weary", .type = SAH_REAL, AT(weary), .unit = "1", .def = 0.2, .min = 0.001,
     .max = 10, .source = "assumed",
     .doc = "Share of its fighters lost at which it is half weary"},
    DAYS("memory", memory_day, 90, 1, "Time in which half of the losses and deaths are forgotten"),
    DAYS("stands", stands_day, 180, 1, "Days an offer stands"),
    DAYS("pause", pause_day, 180, 0, "Days without further offers after one has failed"),
    SHARE("independence", independence, 1, "Weight of cohesion in whether members follow"),
    SHARE("depth", depth, 0.9, "Share of its war that a follower of one mind lays down"),
    DAYS("exchange", exchange_day, 30, 0, "Days of ceasefire before prisoners are exchanged"),
    DAYS("lasting", lasting_day, 700, 1, "Time in which half of undisturbed ceasefires end"),
    {.key = "spoil", .type = SAH_REAL, AT(spoil), .unit = "1/day", .def = 0.02,
     .max = 1, .source = "assumed", .doc = "Rate of breakdown at boundless violence"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 60,
     .min = 0.1, .max = 1e5, .source = "assumed",
     .doc = "Deaths remembered that do half of that"},
    {0},
};
/* clang-format on */

enum phase { IDLE, OPEN, HOLDS };

/* ---- what is told ---- */

static int tell(struct sah_world *world, enum sahel_turn_kind kind,
                enum sahel_turn_cause cause, const struct sahel_talk *talk, int faction,
                int64_t fighters, struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    int16_t state = sahel_actor_force(s, talk->army);
    bool offer = kind == SAHEL_TURN_OFFER;
    return sah_deed_turn(
        world,
        &(struct sahel_turn){.kind = kind,
                             .cause = cause,
                             .side_a = offer ? state : (int16_t)faction,
                             .side_b = offer ? (int16_t)faction : state,
                             .fighters = (int32_t)fighters},
        err);
}

/* ---- what counts ---- */

static void count_fighters(const struct sahel *s, const struct sahel_talk *talk,
                           double *fighters, double *lost, const float *remembered) {
    *fighters = *lost = 0;
    for (size_t b = 0; b < s->bands.base.n; b++)
        if (sah_sahel_belongs(s, s->bands.faction[b], talk->faction_index))
            *fighters += s->bands.fighters[b];
    for (size_t f = 0; f < s->nfactions; f++)
        if (sah_sahel_belongs(s, (int)f, talk->faction_index))
            *lost += (double)remembered[f];
}

/* Soldiers of forces that must leave, where they must. */
static double still_there(const struct sah_world *world,
                          const struct sahel_talk *talk) {
    const struct sahel_posts *p = &sahel_of(world)->posts;
    double soldiers = 0;
    for (size_t i = 0; i < p->base.n; i++)
        if (talk->leaves[p->force[i]] &&
            talk->in_state[sahel_country_of(world, p->cell[i])])
            soldiers += p->soldiers[i];
    return soldiers;
}

static bool is_met(struct negotiation *own, const struct sah_world *world, size_t k) {
    const struct sahel_talk *talk = &sahel_of(world)->talk[k];
    double there = still_there(world, talk);
    if (there > (double)own->most[k]) own->most[k] = (float)there;
    return there <= talk->left * (double)own->most[k];
}

static double readiness(const struct negotiation *own, const struct sahel *s,
                        const struct sahel_talk *talk, bool met) {
    double fighters, lost;
    count_fighters(s, talk, &fighters, &lost, own->lost);
    double share = fighters > 0 ? lost / fighters : 0;
    double weary = share / (share + own->weary);
    return own->accept * (met ? 1 : own->unmet) *
           (own->patience + (1 - own->patience) * weary) *
           (double)s->leadership[talk->faction_index];
}

/* Does something with a rate per day happen today? */
static bool today(struct sah_rng *rng, double rate) {
    return sah_bernoulli(rng, -sah_expm1(-rate));
}

/* ---- the life of talks ---- */

static void enter(struct negotiation *own, size_t k, enum phase phase) {
    own->phase[k] = (uint8_t)phase;
    own->since[k] = 0;
}

static int64_t fighters_of(const struct sahel *s, int faction) {
    int64_t fighters = 0;
    for (size_t b = 0; b < s->bands.base.n; b++)
        if (s->bands.faction[b] == faction) fighters += s->bands.fighters[b];
    return fighters;
}

static int wait_for_offer(struct negotiation *own, struct sah_world *world, size_t k,
                          struct sah_rng *rng, struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_talk *talk = &s->talk[k];
    bool again = today(rng, talk->rate_year / 365.25);
    if (world->today < talk->offer || !s->active[talk->faction_index]) return SAH_OK;
    bool first = !own->offered[k];
    if (!first && (!again || own->since[k] < (int32_t)own->pause_day)) return SAH_OK;
    own->offered[k] = 1;
    enter(own, k, OPEN);
    return tell(world, SAHEL_TURN_OFFER, first ? SAHEL_BY_SCENARIO : SAHEL_BY_CHANCE,
                talk, talk->faction_index, 0, err);
}

/* One after another those who belong to the faction follow, or do not. */
static int lay_down(struct negotiation *own, struct sah_world *world, size_t k,
                    struct sah_rng *rng, struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_talk *talk = &s->talk[k];
    int party = talk->faction_index, status = SAH_OK;
    double loyal = 1 - own->independence * (1 - (double)s->cohesion[party]);
    enter(own, k, HOLDS);
    own->blood[k] = 0;
    for (int f = 0; f < (int)s->nfactions && !status; f++) {
        bool willing = sah_bernoulli(rng, f == party ? 1 : loyal);
        bool follows = willing && s->active[f] && sah_sahel_belongs(s, f, party);
        own->follows[k * s->nfactions + (size_t)f] = follows;
        if (follows)
            status = tell(world, SAHEL_TURN_CEASEFIRE, SAHEL_BY_TALKS, talk, f,
                          fighters_of(s, f), err);
    }
    return status;
}

static int consider(struct negotiation *own, struct sah_world *world, size_t k,
                    bool met, struct sah_rng *rng, struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_talk *talk = &s->talk[k];
    if (today(rng, readiness(own, s, talk, met)))
        return lay_down(own, world, k, rng, err);
    if (own->since[k] < (int32_t)own->stands_day) return SAH_OK;
    enter(own, k, IDLE);
    return tell(world, SAHEL_TURN_REFUSAL, met ? SAHEL_BY_CHANCE : SAHEL_BY_CONDITION,
                talk, talk->faction_index, 0, err);
}

static int break_down(struct negotiation *own, struct sah_world *world, size_t k,
                      bool met, struct sah_rng *rng, struct sah_error *err) {
    const struct sahel_talk *talk = &sahel_of(world)->talk[k];
    double blood = own->blood[k];
    double fade = SAH_LN2 / own->lasting_day;
    double spoilt = own->spoil * (met ? blood / (blood + own->half) : 1);
    if (!today(rng, fade + spoilt)) return SAH_OK;
    bool by_itself = !sah_bernoulli(rng, spoilt / (fade + spoilt));
    enter(own, k, IDLE);
    return tell(world, SAHEL_TURN_BREAKDOWN,
                by_itself ? SAHEL_BY_CHANCE
                : met     ? SAHEL_BY_VIOLENCE
                          : SAHEL_BY_CONDITION,
                talk, talk->faction_index, 0, err);
}

/* ---- prisoners ---- */

static bool keeps_to(const struct negotiation *own, const struct sahel *s, size_t k,
                     int faction) {
    return own->phase[k] == HOLDS && own->follows[k * s->nfactions + (size_t)faction] &&
           sah_sahel_belongs(s, faction, s->talk[k].faction_index);
}

/* They go to bands of followers in these states, in proportion to size; they wait while
 * there is none. */
static int exchange(struct negotiation *own, struct sah_world *world, size_t k,
                    struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    const struct sahel_talk *talk = &s->talk[k];
    size_t n = s->bands.base.n;
    double *weight = calloc(n + 1, sizeof *weight), all = 0;
    if (!weight) return sah_error_add(err, SAH_MEMORY, "no memory for an exchange");
    for (size_t b = 0; b < n; b++) {
        int32_t cell = s->bands.cell[b];
        if (cell == SAH_NOWHERE || !talk->in_state[sahel_country_of(world, cell)] ||
            !keeps_to(own, s, k, s->bands.faction[b]))
            continue;
        all += weight[b] = s->bands.fighters[b];
    }
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_EXCHANGE, k + 1);
    int32_t freed = all > 0 ? own->held[k] : 0;
    for (int32_t i = 0; i < freed; i++)
        sah_deed_free_fighters(world, sah_discrete(&rng, weight, n), 1);
    own->held[k] -= freed;
    free(weight);
    if (!freed) return SAH_OK;
    return tell(world, SAHEL_TURN_EXCHANGE, SAHEL_BY_TALKS, talk, talk->faction_index,
                freed, err);
}

/* ---- the day ---- */

static int talk_today(struct negotiation *own, struct sah_world *world, size_t k,
                      struct sah_error *err) {
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_TALKS, k + 1);
    bool met = is_met(own, world, k);
    own->since[k]++;
    if (own->phase[k] == IDLE) return wait_for_offer(own, world, k, &rng, err);
    if (own->phase[k] == OPEN) return consider(own, world, k, met, &rng, err);
    int status = SAH_OK;
    if (own->held[k] > 0 && own->since[k] >= (int32_t)own->exchange_day)
        status = exchange(own, world, k, err);
    return status ? status : break_down(own, world, k, met, &rng, err);
}

/* What every follower lays down in every state. */
static bool lay_down_all(const struct negotiation *own, struct sahel *s) {
    bool any = false;
    size_t n = s->ncountries;
    memset(s->truce_with, 0, s->nfactions * n * sizeof *s->truce_with);
    memset(s->truce, 0, s->nfactions * sizeof *s->truce);
    for (size_t k = 0; k < s->ntalks; k++)
        for (size_t f = 0; f < s->nfactions; f++) {
            if (!keeps_to(own, s, k, (int)f)) continue;
            float share = (float)own->depth * s->cohesion[f];
            any = true;
            for (size_t c = 0; c < n; c++)
                if (s->talk[k].in_state[c] && share > s->truce_with[f * n + c])
                    s->truce_with[f * n + c] = share;
        }
    return any;
}

/* Over all states: by where its fighters stand. */
static void sum_up(const struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    const struct sahel_bands *b = &s->bands;
    for (size_t i = 0; i < b->base.n; i++) {
        if (b->cell[i] == SAH_NOWHERE) continue;
        size_t f = (size_t)b->faction[i];
        size_t c = (size_t)sahel_country_of(world, b->cell[i]);
        s->truce[f] += (float)b->fighters[i] * s->truce_with[f * s->ncountries + c];
    }
    for (size_t f = 0; f < s->nfactions; f++)
        if (s->truce[f] > 0) s->truce[f] /= (float)fighters_of(s, (int)f);
}

static int negotiate(void *self, struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int status = SAH_OK;
    for (size_t k = 0; k < s->ntalks && !status; k++)
        status = talk_today(self, world, k, err);
    if (lay_down_all(self, s)) sum_up(world);
    return status;
}

/* ---- memory ---- */

/* Deaths of an event that weigh on a ceasefire. */
static int32_t spoils(const struct sah_world *world, const struct sahel_talk *talk,
                      size_t event) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_events *e = &s->events;
    int16_t a = e->side_a[event], b = e->side_b[event];
    int16_t first = (int16_t)s->nfactions, civilians = sahel_actor_civilians(s);
    bool forces = (a >= first && a < civilians) != (b >= first && b < civilians);
    int16_t faction = a < first ? a : b;
    bool theirs = forces && faction < first &&
                  sah_sahel_belongs(s, faction, talk->faction_index) &&
                  talk->in_state[sahel_country_of(world, e->cell[event])];
    return theirs ? e->deaths[event] : 0;
}

static int remember(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    struct negotiation *own = self;
    const struct sahel *s = sahel_of(world);
    if (!s->ntalks) return SAH_OK;
    float keep = (float)sahel_left(own->memory_day, 1);
    for (size_t f = 0; f < s->nfactions; f++)
        own->lost[f] = keep * own->lost[f] + (float)s->lost_faction[f];
    for (size_t k = 0; k < s->ntalks; k++) {
        own->blood[k] *= keep;
        for (size_t i = 0; i < s->events.base.n && own->phase[k] == HOLDS; i++)
            own->blood[k] += (float)spoils(world, &s->talk[k], i);
    }
    return SAH_OK;
}

/* ---- life ---- */

static int make_arrays(struct negotiation *own, struct sah_world *world,
                       struct sah_error *err) {
    size_t talks = sahel_of(world)->ntalks, n = sahel_of(world)->nfactions;
#define MAKE(field, type, count, unit, text)                                         \
    own->field =                                                                     \
        sah_world_array(world, "talks_" #field, SAH_##type, count, unit, text, err); \
    if (!own->field) return SAH_MEMORY;
    MAKE(phase, U8, talks, "1", "0 no offer, 1 one stands, 2 a ceasefire holds")
    MAKE(offered, U8, talks, "1", "1 once the first offer was made")
    MAKE(since, I32, talks, "day", "Days in this phase")
    MAKE(held, I32, talks, "persons", "Fighters held")
    MAKE(most, F32, talks, "persons", "Soldiers who must leave, at most so far")
    MAKE(blood, F32, talks, "persons", "Deaths that weigh on the ceasefire")
    MAKE(lost, F32, n, "persons", "Fighters lost, remembered")
    MAKE(follows, U8, talks * n, "1", "Who follows a ceasefire, by talks")
#undef MAKE
    return SAH_OK;
}

static int resolve(void *self, struct sah_world *world, struct sah_error *err) {
    (void)self;
    return sah_sahel_talks_resolve(world, err);
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct negotiation *own = self;
    const struct sahel *s = sahel_of(world);
    int status = make_arrays(own, world, err);
    for (size_t k = 0; k < s->ntalks && !status; k++)
        own->held[k] = (int32_t)(s->talk[k].prisoners + 0.5);
    return status;
}

/* Who is held stays held; all else is forgotten, and first offers may come again. */
static void rest(void *self, struct sah_world *world) {
    struct negotiation *own = self;
    const struct sahel *s = sahel_of(world);
    memset(own->phase, IDLE, s->ntalks);
    memset(own->offered, 0, s->ntalks);
    memset(own->since, 0, s->ntalks * sizeof *own->since);
    memset(own->blood, 0, s->ntalks * sizeof *own->blood);
    memset(own->most, 0, s->ntalks * sizeof *own->most);
    memset(own->lost, 0, s->nfactions * sizeof *own->lost);
    memset(own->follows, 0, s->ntalks * s->nfactions);
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_NOTHING, NULL, negotiate, "Offers, ceasefires, breakdowns"},
    {SAHEL_AFTERMATH, SAH_NOTHING, NULL, remember, "Losses weigh on talks"},
    {0},
};

const struct sah_model sah_model_negotiation = {
    .name = "negotiation",
    .doc = "States offer talks; ceasefires are made, followed or not, and break down",
    .reference = "ODD 7.32; Zartman 1989; Walter 1997; Stedman 1997",
    .acts = acts,
    .size = sizeof(struct negotiation),
    .rest = rest,
    .params = params,
    .resolve = resolve,
    .init = init,
};
