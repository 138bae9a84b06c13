/* Mechanism 6, recruitment: who joins, and for what reason.
 *
 * Hazard per person and day, a sum over reasons so that each can be told and taken
 * away:
 *
 *   h = base contact_g ( abuse S G + grievance e^(k(G-1)) + jobs (1-W)+ + belief
 *                        + ties kin_g + feud feud_g )
 *
 *   contact_g = P / (P + half) (1 - deterrence state) idle
 *               (1 - by_themselves_g / (pool people_g))
 *   P         = sum over factions f of I_f affinity_fg rivalry_f (1 - arrears_f) room_f
 *
 * Joiners are the tail: a place runs dry, and new cohorts refill it over `refill`. Kin
 * and friends draw in people who would not come by themselves: those who follow count
 * apart, and come from a pool `follow` times as large. Who is after rule or gain takes all who come; who
 * defends a home or a land takes as many as it needs there,
 *
 *   room_f = max(0, 1 - fighters_f / (size first strength_f)),
 *
 * and more come to who has money: room_f (1 + purse M / (M + purse_half)), M its treasury
 * per fighter.
 *
 * idle: young people out of school (20). G grievance, S fear of forces, W wealth
 * (models/sahel/community_phase.h); rivalry_f
 * is the share of f's bloc among fighters felt of the same aim or at war with f; kin_g
 * the share of a group who know one who joined (ties.c); feud_g = 4 x (1 - x) of the
 * group's share x of the people, 0.3 of that for others than herders, more in a drought
 * and in a running feud, and more where a group takes their side (mediation.c).
 * Numbers are Poisson by cell and reason, each with draws of its own, so that a reason
 * taken away leaves the others as they are; who it is falls to agents in proportion to
 * their part, which faction likewise.
 *
 * Source: that money at hand draws recruits, Weinstein (2007), form assumed; reasons of
 * joining, UNDP 2017, 2023 and ISS 2016 (facts 6.1); thinning by
 * cell because the hazard is some 1e-8 to 1e-6 a day. */
#include "models/sahel/chances.h"
#include "models/sahel/community_agent.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct recruitment {
    double base_rate, half, deterrence, pool, follow, refill_day, size, purse,
        purse_usd;
    double weight[SAHEL_NREASONS];
    double *chance;  /* scratch, one per faction */
    float *room;     /* of today, one per faction */
    uint8_t *pulled; /* [cell] 0 where contact is known to be nothing */
};

#define AT(field) .at = offsetof(struct recruitment, field)
#define WEIGHT(word, number, value, text)                                             \
    {                                                                                 \
        .key = word, .type = SAH_REAL, AT(weight[number]), .unit = "1", .def = value, \
        .max = 1000, .source = "calibrated (provisional)", .doc = text                \
    }
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "base_rate", .type = SAH_REAL, AT(base_rate), .unit = "1/day", .def = 1.4e-5,
     .max = 1e-3, .source = "calibrated (provisional)",
     .doc = "Hazard of joining per person at full contact and unit weight"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 40,
     .min = 0.1, .max = 10000, .source = "assumed",
     .doc = "Fighters felt that give half contact"},
    {.key = "deterrence", .type = SAH_REAL, AT(deterrence), .unit = "1", .def = 0.8,
     .max = 1, .source = "assumed", .doc = "Share of contact a present state prevents"},
    {.key = "pool", .type = SAH_REAL, AT(pool), .unit = "1", .def = 0.0005, .min = 1e-5,
     .max = 1, .source = "calibrated (provisional)",
     .doc = "Share of people who would ever join by themselves"},
    {.key = "follow", .type = SAH_REAL, AT(follow), .unit = "1", .def = 2, .min = 1,
     .max = 1000, .source = "calibrated (provisional)",
     .doc = "Share who would ever follow kin or friends, against that"},
    {.key = "refill", .type = SAH_REAL, AT(refill_day), .unit = "day", .def = 1500,
     .min = 1, .max = 100000, .source = "calibrated (provisional)",
     .doc = "Time in which new cohorts make good half of those who joined"},
    {.key = "size", .type = SAH_REAL, AT(size), .unit = "1", .def = 1.2, .min = 0.1,
     .max = 1000, .source = "assumed",
     .doc = "Fighters against its first strength at which a group that is after neither "
            "rule nor gain takes nobody more"},
    {.key = "purse", .type = SAH_REAL, AT(purse), .unit = "1", .def = 8, .max = 100,
     .source = "Weinstein 2007; calibrated (provisional)",
     .doc = "How many more come to a faction with boundless money, against 1"},
    {.key = "purse_half", .type = SAH_REAL, AT(purse_usd), .unit = "USD/person",
     .def = 8000, .min = 1, .max = 1e6, .source = "calibrated (provisional)",
     .doc = "Money per fighter at which half of these come"},
    WEIGHT("abuse", SAHEL_ABUSE, 590, "Weight of abuse suffered"),
    WEIGHT("grievance", SAHEL_GRIEVANCE, 1.1, "Weight of the tail of grievance"),
    WEIGHT("jobs", SAHEL_JOBS, 0.55, "Weight of want"),
    WEIGHT("ties", SAHEL_TIES, 1.5, "Weight of kin and friends who joined"),
    WEIGHT("feud", SAHEL_FEUD, 0.25, "Weight of a local feud"),
    WEIGHT("belief", SAHEL_BELIEF, 0.16, "Weight of belief"),
    {0},
};
/* clang-format on */

/* Each month some of those who joined are made good by new cohorts. */
static void refill(const struct recruitment *own, struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    float keep = (float)sahel_left(own->refill_day, 30.4);
    size_t n = (size_t)world->grid.ncells * s->ngroups;
    for (size_t k = 0; k < n; k++) {
        s->joined[k] *= keep;
        s->drawn[k] *= keep;
    }
}

/* How many more come to a faction for its money; shared by few it is worth more. */
static float lure(const struct recruitment *own, const struct sahel *s, size_t f) {
    float usd = (float)s->treasury[f] / 100 / (own->room[f] + 1);
    return 1 + (float)own->purse * sahel_pull(usd, (float)own->purse_usd);
}

/* Fighters by faction, then how far each still takes people, times its lure. */
static void make_room(const struct recruitment *own, const struct sahel *s) {
    for (size_t f = 0; f < s->nfactions; f++) own->room[f] = 0;
    for (size_t b = 0; b < s->bands.base.n; b++)
        own->room[s->bands.faction[b]] += (float)s->bands.fighters[b];
    for (size_t f = 0; f < s->nfactions; f++) {
        const struct sahel_faction *of = sahel_habits(s, (int)f);
        float most = (float)(own->size * of->strength) + 1e-3f;
        float left = sahel_seeks_more(s, (int)f) ? 1 : 1 - own->room[f] / most;
        own->room[f] = (left > 0 ? left : 0) * lure(own, s, f);
    }
}

static int set_weights(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct recruitment *own = self;
    float *weight = sahel_of(world)->rates.weight;
    for (int k = 0; k < SAHEL_NREASONS; k++)
        weight[k] = (float)(own->base_rate * own->weight[k]);
    if (sah_date_of(world->today).day == 1) refill(own, world);
    make_room(own, sahel_of(world));
    return SAH_OK;
}

/* ---- contact, each day and cell ---- */

/* How little a faction is hindered by rivals on the spot: its bloc's share. Who is after
 * something else and not at war with it does not hinder. */
static float rivalry(const struct sahel *s, size_t faction, int32_t cell,
                     size_t ncells) {
    float bloc = 0, rivals = 0;
    int aim = sahel_habits(s, (int)faction)->aim;
    for (size_t f = 0; f < s->nfactions; f++) {
        float felt = s->influence[f * ncells + (size_t)cell];
        if (s->bloc[f] == s->bloc[faction])
            bloc += felt;
        else if (sahel_habits(s, (int)f)->aim == aim ||
                 s->at_war[faction * s->nfactions + f])
            rivals += felt;
    }
    return bloc > 0 ? bloc / (bloc + rivals) : 0;
}

static float feud_of(const struct sah_world *world, int32_t cell, size_t group) {
    const struct sahel *s = sahel_of(world);
    float all = (float)s->people_now[cell];
    float share = (float)s->people_group[(size_t)cell * s->ngroups + group] / all;
    bool herders = world->geo->group[group].livelihood == SAH_HERDING;
    return 4 * share * (1 - share) * (herders ? 1.0f : 0.3f) *
           (1 + s->drought[cell] + s->feud_heat[cell]);
}

static float left_of(float used) {
    return used < 0 ? 1 : used < 1 ? 1 - used : 0;
}

static void pull_of_cell(const struct recruitment *own, struct sah_world *world,
                         int32_t cell) {
    struct sahel *s = sahel_of(world);
    size_t ncells = (size_t)world->grid.ncells, row = (size_t)cell * s->ngroups;
    float open = (1 - (float)own->deterrence * s->state[cell]) * s->idle[cell];
    open = open < 1 ? open : 1;
    float strength[SAHEL_MAX_FACTIONS];
    size_t here[SAHEL_MAX_FACTIONS], nhere = 0; /* few of all are */
    for (size_t f = 0; f < s->nfactions; f++) {
        float felt = s->influence[f * ncells + (size_t)cell];
        if (felt <= 0) continue;
        strength[nhere] =
            felt * (1 - s->arrears[f]) * own->room[f] * rivalry(s, f, cell, ncells);
        here[nhere++] = f;
    }
    for (size_t g = 0; g < s->ngroups; g++) {
        if (s->people_group[row + g] <= 0) {
            s->contact[row + g] = s->tie[row + g] = s->feud[row + g] = 0;
            continue;
        }
        float felt = 0;
        for (size_t k = 0; k < nhere; k++)
            felt += strength[k] * s->affinity[here[k] * s->ngroups + g];
        float met = open * sahel_pull(felt, (float)own->half);
        float pool = (float)own->pool * (float)s->people_group[row + g] + 1e-3f;
        float drawn = s->drawn[row + g], by_themselves = s->joined[row + g] - drawn;
        float contact = met * left_of(by_themselves / pool);
        s->contact[row + g] = contact;
        s->tie[row + g] =
            met * left_of(drawn / (pool * (float)own->follow)) * s->kin[row + g];
        s->feud[row + g] = contact * (feud_of(world, cell, g) + s->feud_call[row + g]);
    }
}

static void pull(void *self, struct sah_world *world, struct sah_span span) {
    struct recruitment *own = self;
    struct sahel *s = sahel_of(world);
    for (int32_t c = (int32_t)span.begin; c < span.end; c++) {
        if (s->people_now[c] <= 0) continue;
        if (s->fighters_felt[c] > 0) {
            own->pulled[c] = 1;
            pull_of_cell(own, world, c);
            continue;
        }
        if (!own->pulled[c]) continue;
        own->pulled[c] = 0;
        size_t row = (size_t)c * s->ngroups, bytes = s->ngroups * sizeof(float);
        memset(s->contact + row, 0, bytes);
        memset(s->tie + row, 0, bytes);
        memset(s->feud + row, 0, bytes);
    }
}

/* ---- who ---- */

static float part_of_agent(const struct sahel *s, int32_t cell, int64_t i, int reason) {
    const struct sahel_communities *c = &s->communities;
    struct sahel_drivers d = sah_community_drivers(s, cell);
    if (c->cell[i] != cell) return 0;
    uint8_t g = c->group[i];
    float out[SAHEL_NREASONS];
    readiness(&s->rates, (float)c->people[i], d.contact[g], d.tie[g], d.feud[g],
              c->grievance[i], c->fear_state[i], c->wealth[i], out);
    return out[reason];
}

/* An agent of the cell in proportion to its part, or -1 where nobody is left. */
static int64_t who_joins(const struct sahel *s, int32_t cell, int reason,
                         struct sah_rng *rng) {
    int64_t first = s->communities.base.first[cell];
    int64_t end = s->communities.base.first[cell + 1];
    double sum = 0;
    for (int64_t i = first; i < end; i++) sum += part_of_agent(s, cell, i, reason);
    double at = sah_uniform(rng) * sum;
    for (int64_t i = first; i < end; i++) {
        double part = part_of_agent(s, cell, i, reason);
        if (at < part) return i;
        at -= part;
    }
    return -1;
}

static int which_faction(const struct recruitment *own, const struct sah_world *world,
                         int32_t cell, uint8_t group, struct sah_rng *rng) {
    const struct sahel *s = sahel_of(world);
    double sum = 0;
    for (size_t f = 0; f < s->nfactions; f++) {
        size_t ncells = (size_t)world->grid.ncells;
        own->chance[f] = s->influence[f * ncells + (size_t)cell] *
                         s->affinity[f * s->ngroups + group] * (1 - s->arrears[f]) *
                         own->room[f] * rivalry(s, f, cell, ncells);
        sum += own->chance[f];
    }
    return sum > 0 ? (int)sah_discrete(rng, own->chance, s->nfactions) : -1;
}

/* The band of the faction nearest to the cell; ties go to the earlier one. */
static int64_t nearest_band(const struct sah_world *world, int faction, int32_t cell) {
    const struct sahel_bands *b = &sahel_of(world)->bands;
    int64_t best = -1;
    double least = INFINITY, far = 1;
    for (size_t i = 0; i < b->base.n; i++) {
        if (b->faction[i] != faction || b->cell[i] == SAH_NOWHERE) continue;
        if (sah_grid_haversine(&world->grid, b->cell[i], cell) > far) continue;
        double km = sah_grid_distance_km(&world->grid, b->cell[i], cell);
        if (km < least) {
            least = km;
            far = sah_haversine_within(km);
            best = (int64_t)i;
        }
    }
    return best;
}

static void join(const struct recruitment *own, struct sah_world *world, int32_t cell,
                 int reason, struct sah_rng *rng) {
    struct sahel *s = sahel_of(world);
    int64_t agent = who_joins(s, cell, reason, rng);
    if (agent < 0) return;
    uint8_t group = s->communities.group[agent];
    int faction = which_faction(own, world, cell, group, rng);
    int64_t band = faction < 0 ? -1 : nearest_band(world, faction, cell);
    if (band < 0) return;
    s->bands.fighters[band]++;
    if (--s->communities.people[agent] == 0) s->communities.cell[agent] = SAH_NOWHERE;
    s->people_now[cell]--;
    s->people_group[(size_t)cell * s->ngroups + group]--;
    if (s->communities.origin[agent] != SAHEL_AT_HOME) s->displaced_now[cell]--;
    s->recruits[(size_t)reason * s->ncountries +
                (size_t)sahel_country_of(world, cell)]++;
    s->recruits_faction[faction]++;
    s->recruits_group[(size_t)faction * s->ngroups + group]++;
    s->recruits_cell[cell]++;
    s->joined[(size_t)cell * s->ngroups + group]++;
    s->drawn[(size_t)cell * s->ngroups + group] += reason == SAHEL_TIES;
    s->sum[SAHEL_SUM_RECRUITS]++;
}

/* `at`: of a cell and reason. */
static void recruit_for(const struct recruitment *own, struct sah_world *world,
                        size_t at) {
    int32_t cell = (int32_t)(at / SAHEL_NREASONS);
    int reason = (int)(at % SAHEL_NREASONS);
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_RECRUITS, (uint64_t)at + 1);
    struct sah_rng who = sahel_rng(world, SAHEL_DRAW_RECRUIT_WHO, (uint64_t)at + 1);
    int64_t count = sah_poisson(&rng, sahel_of(world)->readiness[at]);
    for (int64_t i = 0; i < count; i++) join(own, world, cell, reason, &who);
}

static void recruit_some(const struct recruitment *own, struct sah_world *world,
                         struct sahel_chances *chances) {
    const float *expected = sahel_of(world)->readiness;
    sahel_chances_draw(world, SAHEL_DRAW_RECRUITS, chances);
    for (size_t k = 0; k < chances->n; k++) {
        size_t at = (size_t)chances->id[k] - 1;
        if (!sahel_chance_is_none(chances, k, expected[at]))
            recruit_for(own, world, at);
    }
    chances->n = 0;
}

static int recruit(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct sahel *s = sahel_of(world);
    struct sahel_chances chances = {.n = 0};
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        if (s->fighters_felt[c] <= 0 || s->people_now[c] <= 0) continue;
        for (uint64_t k = 0; k < SAHEL_NREASONS; k++)
            chances.id[chances.n++] = (uint64_t)c * SAHEL_NREASONS + k + 1;
        if (chances.n + SAHEL_NREASONS > SAHEL_CHANCES)
            recruit_some(self, world, &chances);
    }
    recruit_some(self, world, &chances);
    return SAH_OK;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct recruitment *own = self;
    own->chance = calloc(sahel_of(world)->nfactions + 1, sizeof *own->chance);
    own->room = calloc(sahel_of(world)->nfactions + 1, sizeof *own->room);
    own->pulled = malloc((size_t)world->grid.ncells + 1);
    if (!own->chance || !own->room || !own->pulled)
        return sah_error_add(err, SAH_MEMORY, "no memory for recruitment");
    memset(own->pulled, 1, (size_t)world->grid.ncells);
    return SAH_OK;
}

static void free_own(void *self) {
    struct recruitment *own = self;
    free(own->chance);
    free(own->room);
    free(own->pulled);
}

static void rest(void *self, struct sah_world *world) {
    (void)self;
    struct sahel *s = sahel_of(world);
    memset(s->rates.weight, 0, sizeof s->rates.weight);
}

static const struct sah_act acts[] = {
    {SAHEL_ENVIRONMENT, SAH_NOTHING, NULL, set_weights, "Takes up today's weights"},
    {SAHEL_ECONOMY, SAH_OVER_CELLS, pull, NULL, "Contact with those present"},
    {SAHEL_RECRUIT, SAH_NOTHING, NULL, recruit, "People join, each for a reason"},
    {0},
};

const struct sah_model sah_model_recruitment = {
    .name = "recruitment",
    .doc = "People join armed groups at a hazard that adds up reasons",
    .reference = "ODD 7.6; UNDP 2017, 2023; ISS 2016",
    .acts = acts,
    .size = sizeof(struct recruitment),
    .rest = rest,
    .params = params,
    .init = init,
    .free = free_own,
};
