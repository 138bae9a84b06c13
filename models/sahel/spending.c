/* Mechanism 11, spending: what money beyond pay buys, and what that is good for.
 *
 * A faction keeps `reserve` days of pay in hand. Of what it has beyond that it spends a
 * share 1/horizon a day, at most `most` per fighter (markets and smugglers give no
 * more), on weapons, motorcycles and communications. What is bought wears out and is
 * used up, each with its half-life:
 *
 *   kit_k += spent_k - kit_k fading(half_life_k),     x_k = kit_k / fighters
 *
 * and is worth, against habit,
 *
 *   level_k = poorest + (richest - poorest) x_k / (x_k + half_k):
 *
 *   weapons          firepower     tempo and fire of its bands
 *   motorcycles      mobility      reach of its moves, and what distance costs
 *   communications   contactable   distance over which its bands find each other
 *
 * A faction begins with kit of habit, x_k = half_k, where poorest and richest lie
 * evenly around 1.
 *
 * Source: money before grievance as what makes rebellion feasible: Collier and Hoeffler
 * (2004); motorcycles as the usual vehicle: facts 6.5. Form and numbers assumed. */
#include "models/sahel/world.h"

enum { WEAPONS, MOTORCYCLES, COMMUNICATIONS, KINDS = SAHEL_KITS };

struct spending {
    double reserve_day, horizon_day, most_usd, poorest, richest;
    double share[2]; /* of weapons and motorcycles; what is left, communications */
    double half_life[KINDS], half_usd[KINDS];
};

#define AT(field) .at = offsetof(struct spending, field)
/* clang-format off */
#define LASTING(word, kind, value, text)                                            \
    {.key = word "_half_life", .type = SAH_REAL, AT(half_life[kind]), .unit = "day", \
     .def = value, .min = 1, .max = 3000, .source = "assumed",                      \
     .doc = "Time in which half of " text " is worn out or used up"}
#define WORTH(word, kind, value, text)                                              \
    {.key = word "_half", .type = SAH_REAL, AT(half_usd[kind]), .unit = "USD/person", \
     .def = value, .min = 1, .max = 1e5, .source = "assumed",                       \
     .doc = "Worth of " text " of a fighter by habit"}
static const struct sah_param params[] = {
    {.key = "reserve", .type = SAH_REAL, AT(reserve_day), .unit = "day", .def = 50,
     .max = 3000, .source = "calibrated (provisional)", .doc = "Days of pay kept in hand"},
    {.key = "horizon", .type = SAH_REAL, AT(horizon_day), .unit = "day", .def = 30,
     .min = 1, .max = 3000, .source = "assumed",
     .doc = "Time over which money beyond the reserve is spent"},
    {.key = "most", .type = SAH_REAL, AT(most_usd), .unit = "USD/person/day", .def = 5.5,
     .max = 1000, .source = "calibrated (provisional)",
     .doc = "Most that markets let a faction spend per fighter"},
    {.key = "weapons", .type = SAH_REAL, AT(share[WEAPONS]), .unit = "1", .def = 0.4,
     .max = 1, .source = "assumed", .doc = "Share spent on weapons and ammunition"},
    {.key = "motorcycles", .type = SAH_REAL, AT(share[MOTORCYCLES]), .unit = "1",
     .def = 0.4, .max = 1, .source = "assumed",
     .doc = "Share spent on motorcycles and fuel; what is left, on communications"},
    {.key = "poorest", .type = SAH_REAL, AT(poorest), .unit = "1", .def = 0.25,
     .min = 0.05, .max = 1, .source = "assumed",
     .doc = "What those without kit do against habit"},
    {.key = "richest", .type = SAH_REAL, AT(richest), .unit = "1", .def = 1.75, .min = 1,
     .max = 10, .source = "assumed", .doc = "What those with all they could use do"},
    LASTING("weapons", WEAPONS, 180, "weapons and ammunition"),
    LASTING("motorcycles", MOTORCYCLES, 45, "motorcycles and fuel"),
    LASTING("communications", COMMUNICATIONS, 90, "phones, radios and credit"),
    WORTH("weapons", WEAPONS, 150, "weapons and ammunition"),
    WORTH("motorcycles", MOTORCYCLES, 40, "motorcycles and fuel"),
    WORTH("communications", COMMUNICATIONS, 40, "phones, radios and credit"),
    {0},
};
/* clang-format on */

static const enum sahel_stream streams[KINDS] = {SAHEL_WEAPONS, SAHEL_MOTORCYCLES,
                                                 SAHEL_COMMUNICATIONS};

/* Cents for all kinds today: pay comes first, and a reserve of it. */
static double budget(const struct spending *own, const struct sahel *s, int faction) {
    double paid = -(double)s->money[SAHEL_PAY * s->nfactions + (size_t)faction];
    double free = (double)s->treasury[faction] - own->reserve_day * paid;
    double most = 100 * own->most_usd * s->ranks[faction];
    double plan = free / own->horizon_day;
    return plan < 0 ? 0 : plan < most ? plan : most;
}

static void buy(const struct spending *own, struct sah_world *world, int faction) {
    struct sahel *s = sahel_of(world);
    float *kit = s->kit + (size_t)faction * KINDS;
    double cents = budget(own, s, faction), left = 1;
    for (int k = 0; k < KINDS; k++) {
        double share =
            k < COMMUNICATIONS && own->share[k] < left ? own->share[k] : left;
        left -= share;
        if (kit[k] <= 0) kit[k] = (float)(own->half_usd[k] * s->ranks[faction]);
        int64_t spent =
            sah_deed_spend(world, faction, streams[k], (int64_t)(cents * share));
        kit[k] +=
            (float)((double)spent / 100 - kit[k] * sahel_fading(own->half_life[k]));
    }
}

static float level(const struct spending *own, const struct sahel *s, int faction,
                   int k) {
    double kit = s->kit[(size_t)faction * KINDS + (size_t)k];
    double x = kit / s->ranks[faction];
    return (float)(own->poorest +
                   (own->richest - own->poorest) * x / (x + own->half_usd[k]));
}

static int spend(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct spending *own = self;
    struct sahel *s = sahel_of(world);
    for (int f = 0; f < (int)s->nfactions; f++) {
        if (s->ranks[f] <= 0) continue;
        buy(own, world, f);
        s->firepower[f] = level(own, s, f, WEAPONS);
        s->mobility[f] = level(own, s, f, MOTORCYCLES);
        s->contactable[f] = level(own, s, f, COMMUNICATIONS);
    }
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_ECONOMY, SAH_NOTHING, NULL, spend, "Money beyond pay buys kit"},
    {0},
};

const struct sah_model sah_model_spending = {
    .name = "spending",
    .doc = "Money beyond pay buys weapons, motorcycles and communications",
    .reference = "ODD 7.11",
    .acts = acts,
    .size = sizeof(struct spending),
    .params = params,
};
