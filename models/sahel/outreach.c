/* Mechanism 5, outreach: a faction's appeal to ethnic groups widens as it lives among
 * them and as they join it; an umbrella bridges the groups of its members.
 *
 *   A_fg' = A_fg + (1 - A_fg) (effort x_fg + gain r_fg) - k (A_fg - goal_fg)
 *   goal_fg = max(profile_fg, bridge max over members m of its bloc of A_mg)
 *
 * with x_fg the share of group g among people around its bands (weighted by fighters),
 * r_fg the recruits from g over its fighters, both over `PERIOD` days, and k from the
 * half-life. Effort counts fully for those who seek to rule, and `narrow` of it for
 * others. Saturates at 1.
 *
 * Source: JNIM's appeals beyond its founding groups, facts 1.2; changing identities of
 * armed groups' bases after Staniland (2014). Form and rates assumed. */
#include "models/sahel/world.h"

#include <stdlib.h>
#include <string.h>

enum { PERIOD = 10 };

struct outreach {
    double effort, gain, bridge, half_life_day, narrow;
    float *profile;   /* [faction][group] as the scenario gives it; not state */
    double *around;   /* [faction][group] scratch */
    double *fighters; /* [faction] scratch */
    int32_t *recent;  /* [faction][group] recruits since the last turn */
};

#define AT(field) .at = offsetof(struct outreach, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "effort", .type = SAH_REAL, AT(effort), .unit = "1/day", .def = 0.00015,
     .max = 0.1, .source = "assumed",
     .doc = "Rate at which living among a group alone widens the appeal to it"},
    {.key = "gain", .type = SAH_REAL, AT(gain), .unit = "1", .def = 0.3, .max = 10,
     .source = "assumed",
     .doc = "Appeal gained to a group if as many join as the faction has fighters"},
    {.key = "bridge", .type = SAH_REAL, AT(bridge), .unit = "1", .def = 0.4, .max = 1,
     .source = "assumed",
     .doc = "Share of its best member's appeal that an umbrella lends the others"},
    {.key = "half_life", .type = SAH_REAL, AT(half_life_day), .unit = "day",
     .def = 1000, .min = 1, .max = 100000, .source = "assumed",
     .doc = "Time in which appeal falls half of the way back"},
    {.key = "narrow", .type = SAH_REAL, AT(narrow), .unit = "1", .def = 0.1, .max = 1,
     .source = "assumed", .doc = "Effort of factions that do not seek to rule"},
    {0},
};
/* clang-format on */

/* ---- what a faction meets ---- */

/* Shares of groups among the people around each faction's bands, by fighters. */
static void look_around(const struct outreach *own, const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_bands *b = &s->bands;
    memset(own->around, 0, s->nfactions * s->ngroups * sizeof *own->around);
    memset(own->fighters, 0, s->nfactions * sizeof *own->fighters);
    for (size_t i = 0; i < b->base.n; i++) {
        if (b->cell[i] == SAH_NOWHERE) continue;
        size_t f = (size_t)b->faction[i], row = (size_t)b->cell[i] * s->ngroups;
        own->fighters[f] += b->fighters[i];
        if (s->people_now[b->cell[i]] <= 0) continue;
        double weight = (double)b->fighters[i] / s->people_now[b->cell[i]];
        for (size_t g = 0; g < s->ngroups; g++)
            own->around[f * s->ngroups + g] += weight * s->people_group[row + g];
    }
}

static float best_of_bloc(const struct sahel *s, size_t faction, size_t g) {
    float best = 0;
    for (size_t m = 0; m < s->nfactions; m++)
        if (s->bloc[m] == s->bloc[faction] && s->affinity[m * s->ngroups + g] > best)
            best = s->affinity[m * s->ngroups + g];
    return best;
}

static void widen(const struct outreach *own, struct sahel *s, size_t f) {
    double left = own->fighters[f];
    if (left <= 0) return;
    double will = sahel_habits(s, (int)f)->aim == SAHEL_AIM_RULE ? 1 : own->narrow;
    double back = 1 - sahel_left(own->half_life_day, PERIOD);
    for (size_t g = 0; g < s->ngroups; g++) {
        size_t at = f * s->ngroups + g;
        double met = own->effort * will * PERIOD * own->around[at] / left;
        double came = own->gain * own->recent[at] / left;
        double lent = own->bridge * (double)best_of_bloc(s, f, g);
        double first = own->profile[(size_t)s->line[f] * s->ngroups + g];
        double goal = lent > first ? lent : first, appeal = s->affinity[at];
        double up = met + came;
        appeal += (1 - appeal) * (up < 1 ? up : 1) - back * (appeal - goal);
        s->affinity[at] = (float)appeal;
    }
}

static int reach_out(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    struct outreach *own = self;
    struct sahel *s = sahel_of(world);
    size_t n = s->nfactions * s->ngroups;
    for (size_t k = 0; k < n; k++) own->recent[k] += (int32_t)s->recruits_group[k];
    if (world->tick % PERIOD != PERIOD - 1) return SAH_OK;
    look_around(own, world);
    for (size_t f = 0; f < s->nfactions; f++) widen(own, s, f);
    memset(own->recent, 0, n * sizeof *own->recent);
    return SAH_OK;
}

/* ---- life ---- */

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct outreach *own = self;
    struct sahel *s = sahel_of(world);
    size_t n = s->nfactions * s->ngroups;
    own->profile = calloc(n + 1, sizeof *own->profile);
    own->around = calloc(n + 1, sizeof *own->around);
    own->fighters = calloc(s->nfactions + 1, sizeof *own->fighters);
    own->recent = sah_world_array(world, "recent_recruits", SAH_I32, n, "persons",
                                  "Recruits by faction and group, lately", err);
    if (!own->profile || !own->around || !own->fighters)
        return sah_error_add(err, SAH_MEMORY, "no memory for outreach");
    memcpy(own->profile, s->affinity, n * sizeof *own->profile);
    return own->recent ? SAH_OK : SAH_MEMORY;
}

static void free_own(void *self) {
    struct outreach *own = self;
    free(own->profile);
    free(own->around);
    free(own->fighters);
}

/* Off, a faction appeals to whom its row (or that of its line) names. */
static void rest(void *self, struct sah_world *world) {
    struct outreach *own = self;
    struct sahel *s = sahel_of(world);
    size_t row = s->ngroups;
    memset(own->recent, 0, s->nfactions * row * sizeof *own->recent);
    for (size_t f = 0; f < s->nfactions; f++)
        memcpy(s->affinity + f * row, own->profile + (size_t)s->line[f] * row,
               row * sizeof *own->profile);
}

static const struct sah_act acts[] = {
    {SAHEL_OBSERVE, SAH_NOTHING, NULL, reach_out, "Appeals widen, every tenth day"},
    {0},
};

const struct sah_model sah_model_outreach = {
    .name = "outreach",
    .doc = "Appeal to ethnic groups widens with presence and recruits",
    .reference = "ODD 7.5; Staniland 2014",
    .acts = acts,
    .size = sizeof(struct outreach),
    .rest = rest,
    .params = params,
    .init = init,
    .free = free_own,
};
