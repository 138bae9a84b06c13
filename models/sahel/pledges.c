/* Mechanism 1, pledges: factions under one umbrella.
 *
 * From the date of its pledge a faction belongs to the bloc of its parent, and of that
 * one's parent in turn. Members of a bloc do not hinder each other among recruits and
 * even out their treasuries: each month the richer give a share of what they hold
 * beyond a reserve to those who lack it. Bands of two factions do not become one.
 * Members host each other: where bands of one are rooted those of another find guides,
 * shelter and friends. What they share, `hosting`, makes the way there and the distance
 * from home cost up to half (spread), bands take root faster (influence), and all reach
 * as far as the member that reaches farthest.
 *
 * The log of allegiances gets each pledge on the day it comes into force, and a merger
 * where three or more to one umbrella are dated alike.
 *
 * Source: the merger of 2 March 2017 (facts 4) and the expansion that came after it
 * (facts 1.2); pooling and hosting rules assumed. */
#include "models/sahel/world.h"

struct pledges {
    double pooled, reserve_usd_head, shared;
};

#define AT(field) .at = offsetof(struct pledges, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "pooled", .type = SAH_REAL, AT(pooled), .unit = "1", .def = 0.2, .max = 1,
     .source = "assumed",
     .doc = "Share of the surplus that members hand over each month"},
    {.key = "reserve", .type = SAH_REAL, AT(reserve_usd_head), .unit = "USD/person",
     .def = 300, .max = 1e6, .source = "assumed",
     .doc = "Money per fighter that a member keeps for itself"},
    {.key = "shared", .type = SAH_REAL, AT(shared), .unit = "1", .def = 1, .max = 1,
     .source = "assumed",
     .doc = "How far members host each other: guides, shelter and reach"},
    {0},
};
/* clang-format on */

static int16_t bloc_of(const struct sahel *s, size_t faction) {
    size_t top = faction;
    for (size_t hop = 0; hop < s->nfactions && s->pledged[top] >= 0; hop++)
        top = (size_t)s->pledged[top];
    return (int16_t)top;
}

static void count_fighters(const struct sahel *s, int64_t *fighters) {
    for (size_t f = 0; f < s->nfactions; f++) fighters[f] = 0;
    for (size_t b = 0; b < s->bands.base.n; b++)
        fighters[s->bands.faction[b]] += s->bands.fighters[b];
}

/* ---- pledges in force ---- */

enum { MERGER = 3 }; /* pledges at once */

static int log_turn(struct sah_world *world, enum sahel_turn_kind kind, int a, int b,
                    int64_t fighters, struct sah_error *err) {
    return sah_deed_turn(world,
                         &(struct sahel_turn){.kind = kind,
                                              .cause = SAHEL_BY_SCENARIO,
                                              .side_a = (int16_t)a,
                                              .side_b = (int16_t)b,
                                              .fighters = (int32_t)fighters},
                         err);
}

/* The umbrella with all who pledge to it today, where they are many; those of pledges
 * that were in force before the first day came one by one. */
static int log_merger(struct sah_world *world, size_t umbrella, const int64_t *fighters,
                      struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    int64_t all = fighters[umbrella];
    int pledges = 0;
    for (size_t f = 0; f < s->nfactions; f++) {
        const struct sahel_faction *of = &s->faction[f];
        if (of->parent_index != (int)umbrella || of->pledge != world->today) continue;
        all += fighters[f];
        pledges++;
    }
    if (pledges < MERGER) return SAH_OK;
    return log_turn(world, SAHEL_TURN_MERGER, (int)umbrella, SAHEL_NOBODY, all, err);
}

/* A pledge comes into force on its date, or the first day after it on which its faction
 * is there and this is switched on; once cut it does not come back by itself. */
static int take_force(struct sah_world *world, const int64_t *fighters,
                      struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int status = SAH_OK;
    bool any = false;
    for (size_t f = 0; f < s->nfactions && !status; f++) {
        const struct sahel_faction *row = &s->faction[f];
        bool due = row->parent_index >= 0 && row->pledge <= world->today;
        if (!due || !s->active[f] || s->swore[f]) continue;
        s->pledged[f] = (int16_t)row->parent_index;
        s->swore[f] = any = true;
        status = log_turn(world, SAHEL_TURN_PLEDGE, (int)f, row->parent_index,
                          fighters[f], err);
    }
    for (size_t f = 0; f < s->nfactions && any && !status; f++)
        status = log_merger(world, f, fighters, err);
    return status;
}

/* ---- money ---- */

/* What a member holds beyond its reserve (negative: is short of), in cents. */
static int64_t surplus(const struct pledges *own, const struct sahel *s, size_t faction,
                       const int64_t *fighters) {
    return s->treasury[faction] -
           (int64_t)(own->reserve_usd_head * 100 * (double)fighters[faction]);
}

/* Every richer member gives to every poorer one, in the order of the list. */
static void pool(const struct pledges *own, struct sah_world *world,
                 const int64_t *fighters) {
    struct sahel *s = sahel_of(world);
    for (size_t from = 0; from < s->nfactions; from++)
        for (size_t to = 0; to < s->nfactions; to++) {
            if (from == to || s->bloc[from] != s->bloc[to]) continue;
            int64_t has = surplus(own, s, from, fighters);
            int64_t lacks = -surplus(own, s, to, fighters);
            if (has <= 0 || lacks <= 0) continue;
            int64_t gift = (int64_t)(own->pooled * (double)has);
            sah_deed_share(world, (int)from, (int)to, gift < lacks ? gift : lacks);
        }
}

/* ---- the day ---- */

/* Whoever is alone in its bloc has nobody to share with. */
static bool alone(const struct sahel *s, size_t faction) {
    for (size_t f = 0; f < s->nfactions; f++)
        if (f != faction && s->bloc[f] == s->bloc[faction]) return false;
    return true;
}

static int decide(void *self, struct sah_world *world, struct sah_error *err) {
    const struct pledges *own = self;
    struct sahel *s = sahel_of(world);
    int64_t fighters[SAHEL_MAX_FACTIONS] = {0};
    count_fighters(s, fighters);
    int status = take_force(world, fighters, err);
    for (size_t f = 0; f < s->nfactions; f++) s->bloc[f] = bloc_of(s, f);
    for (size_t f = 0; f < s->nfactions; f++)
        s->hosting[f] = alone(s, f) ? 0 : (float)own->shared * s->cohesion[f];
    if (!status && sah_date_of(world->today).day == 1) pool(self, world, fighters);
    return status;
}

static void rest(void *self, struct sah_world *world) {
    (void)self;
    struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nfactions; f++) s->bloc[f] = (int16_t)f;
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_NOTHING, NULL, decide,
     "Pledges in force; money pooled each month"},
    {0},
};

const struct sah_model sah_model_pledges = {
    .name = "pledges",
    .doc = "Factions pledge to an umbrella and stop competing",
    .reference = "ODD 7.1",
    .acts = acts,
    .size = sizeof(struct pledges),
    .rest = rest,
    .params = params,
};
