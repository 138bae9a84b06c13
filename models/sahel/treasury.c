/* Treasuries: what factions must pay, and what happens when they cannot.
 *
 * Each day a faction owes pay and upkeep per fighter; what it cannot pay becomes arrears
 * (smoothed). What money buys beyond pay: spending.c. Arrears cost gear and, in time,
 * people:  hazard of leaving = base * home + slope * arrears,  per fighter and day, home 1
 * for factions after rule or gain, `leave_home` for others. Who leaves goes back to the
 * people of the cell.
 *
 * Source: cost anchors, facts 6.5; home assumed. */
#include "models/sahel/chances.h"

struct treasury {
    double pay, memory_day, leave_base, leave_home, leave_arrears;
};

#define AT(field) .at = offsetof(struct treasury, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "pay", .type = SAH_REAL, AT(pay), .unit = "USD/person/day", .def = 3,
     .max = 1000, .source = "facts 6.5; assumed", .doc = "Pay and upkeep of a fighter"},
    {.key = "memory", .type = SAH_REAL, AT(memory_day), .unit = "day", .def = 60,
     .min = 1, .max = 1000, .source = "assumed",
     .doc = "Time in which half of old arrears is forgotten"},
    {.key = "leave", .type = SAH_REAL, AT(leave_base), .unit = "1/day", .def = 0.0006,
     .max = 0.1, .source = "calibrated (provisional)",
     .doc = "Hazard of leaving of a paid fighter"},
    {.key = "leave_home", .type = SAH_REAL, AT(leave_home), .unit = "1", .def = 0.25,
     .max = 1, .source = "assumed",
     .doc = "How readily those leave who fight for a home or a land, against others"},
    {.key = "leave_arrears", .type = SAH_REAL, AT(leave_arrears), .unit = "1/day",
     .def = 0.003, .max = 0.1, .source = "assumed",
     .doc = "Hazard of leaving added where no pay is met"},
    {0},
};
/* clang-format on */

static void receive(struct sah_world *world, int faction) {
    struct sah_rng rng =
        sahel_rng(world, SAHEL_DRAW_INCOME, 1000000 + (uint64_t)faction);
    double usd = sahel_of(world)->faction[faction].outside_usd_year / 365.25;
    sah_deed_earn(world, faction, SAHEL_OUTSIDE, sah_round_random(&rng, usd * 100));
}

static void muster(struct sahel *s) {
    for (size_t f = 0; f < s->nfactions; f++) s->ranks[f] = 0;
    for (size_t b = 0; b < s->bands.base.n; b++)
        s->ranks[s->bands.faction[b]] += s->bands.fighters[b];
}

static void pay(const struct treasury *own, struct sah_world *world, int faction) {
    struct sahel *s = sahel_of(world);
    int64_t due = (int64_t)(own->pay * 100 * s->ranks[faction]);
    int64_t met = sah_deed_spend(world, faction, SAHEL_PAY, due);
    double unmet = due > 0 ? 1 - (double)met / (double)due : 0;
    double k = sahel_fading(own->memory_day);
    s->arrears[faction] += (float)(k * (unmet - s->arrears[faction]));
}

static int pay_all(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    struct sahel *s = sahel_of(world);
    muster(s);
    for (int f = 0; f < (int)s->nfactions; f++) {
        if (!s->active[f]) continue;
        receive(world, f);
        pay(self, world, f);
    }
    for (size_t b = 0; b < s->bands.base.n; b++) {
        float goal = 1 - s->arrears[s->bands.faction[b]];
        s->bands.gear[b] += 0.02f * (goal - s->bands.gear[b]);
    }
    return SAH_OK;
}

/* People of the cell take back those of their own who leave: each goes to an agent in
 * proportion to its people. Returns how many were taken back. */
static int32_t take_back(struct sah_world *world, int32_t cell, int32_t count,
                         struct sah_rng *rng) {
    struct sahel *s = sahel_of(world);
    struct sahel_communities *c = &s->communities;
    for (int32_t k = 0; k < count; k++) {
        int64_t i = sah_deed_someone(world, cell, rng);
        if (i < 0) return k;
        size_t group = (size_t)cell * s->ngroups + c->group[i];
        c->people[i]++;
        s->people_now[cell]++;
        s->people_group[group]++;
        s->joined[group] = s->joined[group] > 1 ? s->joined[group] - 1 : 0;
        if (c->origin[i] != SAHEL_AT_HOME) s->displaced_now[cell]++;
    }
    return count;
}

/* Hazard of leaving, pay met; those who fight for a home are slower to. */
static double weariness(const struct treasury *own, const struct sahel *s,
                        size_t band) {
    return own->leave_base *
           (sahel_seeks_more(s, s->bands.faction[band]) ? 1 : own->leave_home);
}

static double hazard_of(const struct treasury *own, const struct sahel *s,
                        size_t band) {
    return weariness(own, s, band) +
           own->leave_arrears * s->arrears[s->bands.faction[band]];
}

static void leave(const struct treasury *own, struct sah_world *world, size_t i) {
    struct sahel *s = sahel_of(world);
    struct sahel_bands *b = &s->bands;
    double hazard = hazard_of(own, s, i);
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_DESERT, b->id[i]);
    int32_t count = (int32_t)sah_binomial(&rng, b->fighters[i], hazard);
    double unpaid = hazard > 0 ? 1 - weariness(own, s, i) / hazard : 0;
    count = take_back(world, b->cell[i], count, &rng);
    int64_t broke = sah_binomial(&rng, count, unpaid);
    size_t faction = (size_t)b->faction[i], n = s->nfactions;
    b->fighters[i] -= count;
    s->left_faction[SAHEL_EXIT_UNPAID * n + faction] += broke;
    s->left_faction[SAHEL_EXIT_WEARY * n + faction] += count - broke;
    s->sum[SAHEL_SUM_LEFT] += count;
    if (b->fighters[i] == 0) b->cell[i] = SAH_NOWHERE;
}

static void leave_some(const struct treasury *own, struct sah_world *world,
                       size_t begin) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_bands *b = &s->bands;
    struct sahel_chances chances;
    sahel_chances_of(world, SAHEL_DRAW_DESERT, b->id, begin, b->base.n, &chances);
    for (size_t k = 0; k < chances.n; k++) {
        size_t i = begin + k;
        if (b->cell[i] == SAH_NOWHERE) continue;
        double hazard = hazard_of(own, s, i);
        if (b->fighters[i] == 0 ||
            !sahel_chance_takes_none(&chances, k, b->fighters[i], hazard))
            leave(own, world, i);
    }
}

static int leave_all(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    size_t n = sahel_of(world)->bands.base.n;
    for (size_t i = 0; i < n; i += SAHEL_CHANCES) leave_some(self, world, i);
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_ECONOMY, SAH_NOTHING, NULL, pay_all, "Pay and arrears"},
    {SAHEL_RECRUIT, SAH_NOTHING, NULL, leave_all, "Fighters leave"},
    {0},
};

const struct sah_model sah_model_treasury = {
    .name = "treasury",
    .doc = "Pay and arrears of armed groups",
    .reference = "ODD 7.0.4",
    .always = true,
    .acts = acts,
    .size = sizeof(struct treasury),
    .params = params,
};
