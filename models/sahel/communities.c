/* Communities: people of one ethnic group and livelihood in one cell.
 *
 * Makes them from the land on the first day and moves their attitudes each day. A
 * cell's people are shared out over the groups of its region, each group over
 * livelihoods, and each such part over as few agents as `people_per_agent` allows:
 * nobody is rounded away, and every agent of a part starts alike, so that the number of
 * people an agent stands for does not matter.
 *
 * Source of the attitudes: grievance after Epstein (2002), fear and anger after Bennett
 * (2008), both changed to continuous relaxation with a half-life. */
#include "models/sahel/community_phase.h"
#include "models/sahel/family.h"

#include <math.h>
#include <string.h>

struct communities {
    double half_life_grievance, half_life_fear, half_life_support, half_life_wealth;
    double tail, grievance_rest, grievance_remote, poverty;
};

/* clang-format off */
static const struct sah_param params[] = {
    {.key = "grievance_half_life", .type = SAH_REAL,
     .at = offsetof(struct communities, half_life_grievance), .unit = "day", .def = 540,
     .min = 10, .max = 10000, .source = "assumed",
     .doc = "Time in which half of a grievance fades"},
    {.key = "fear_half_life", .type = SAH_REAL,
     .at = offsetof(struct communities, half_life_fear), .unit = "day", .def = 90,
     .min = 5, .max = 10000, .source = "assumed",
     .doc = "Time in which half of a fear fades"},
    {.key = "support_half_life", .type = SAH_REAL,
     .at = offsetof(struct communities, half_life_support), .unit = "day", .def = 180,
     .min = 5, .max = 10000, .source = "assumed",
     .doc = "Time in which support follows half of the way"},
    {.key = "wealth_half_life", .type = SAH_REAL,
     .at = offsetof(struct communities, half_life_wealth), .unit = "day", .def = 120,
     .min = 5, .max = 10000, .source = "assumed",
     .doc = "Time in which wealth follows a good or bad season half of the way"},
    {.key = "grievance_tail", .type = SAH_REAL,
     .at = offsetof(struct communities, tail), .unit = "1", .def = 4, .min = 0.5,
     .max = 20, .source = "assumed",
     .doc = "Steepness of the tail of personal thresholds above which people join"},
    {.key = "grievance_rest", .type = SAH_REAL,
     .at = offsetof(struct communities, grievance_rest), .unit = "1", .def = 0.15,
     .min = 0, .max = 1, .fixed = true, .source = "assumed",
     .doc = "Grievance at rest where the state is fully present"},
    {.key = "grievance_remote", .type = SAH_REAL,
     .at = offsetof(struct communities, grievance_remote), .unit = "1", .def = 0.25,
     .min = 0, .max = 1, .fixed = true, .source = "assumed",
     .doc = "Grievance added at rest where the state is absent"},
    {.key = "poverty", .type = SAH_REAL, .at = offsetof(struct communities, poverty),
     .unit = "1", .def = 0.44, .min = 0, .max = 1, .fixed = true, .source = "facts 3.3",
     .doc = "Wealth short of the needs of life in a normal year, outside towns"},
    {0},
};
/* clang-format on */

static int set_rates(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct communities *own = self;
    struct sahel_rates *rates = &sahel_of(world)->rates;
    rates->grievance = (float)sahel_fading(own->half_life_grievance);
    rates->fear = (float)sahel_fading(own->half_life_fear);
    rates->support = (float)sahel_fading(own->half_life_support);
    rates->wealth = (float)sahel_fading(own->half_life_wealth);
    rates->tail = (float)own->tail;
    return SAH_OK;
}

/* ---- the first day ---- */

/* Splits `total` by shares that sum to 1: whole parts, the largest remainders first. */
static void apportion(int64_t total, const double *share, size_t n, int64_t *part) {
    SAH_BUG_IF(n == 0, "nobody to apportion to");
    int64_t left = total;
    for (size_t k = 0; k < n; k++) {
        part[k] = (int64_t)((double)total * share[k]);
        left -= part[k];
    }
    while (left > 0) {
        size_t best = 0;
        double most = -1;
        for (size_t k = 0; k < n; k++) {
            double rest = (double)total * share[k] - (double)part[k];
            if (share[k] > 0 && rest > most) {
                most = rest;
                best = k;
            }
        }
        part[best]++;
        left--;
    }
}

/* Livelihoods of a group in a cell: trade in towns; herding by custom and pasture. */
static void livelihood_shares(const struct sah_world *world, int32_t cell, int group,
                              double share[static SAHEL_LIVELIHOODS]) {
    const struct sah_land *land = world->land;
    double urban = land->urban[cell], pasture = land->pasture[cell];
    double arid = (sah_grid_lat(&world->grid, cell) - 13.0) / 3.0;
    arid = arid < 0 ? 0 : arid > 1 ? 1 : arid;
    const double herd[] = {[SAH_FARMING] = 0.05 + 0.35 * arid,
                           [SAH_HERDING] = 0.75,
                           [SAH_MIXED] = 0.25 + 0.5 * arid,
                           [SAH_TRADE] = 0.2};
    double herding = herd[world->geo->group[group].livelihood] * (0.6 + 0.4 * pasture);
    double mixed = 0.3 * (1 - herding);
    share[SAH_TRADE] = urban;
    share[SAH_HERDING] = (1 - urban) * herding;
    share[SAH_MIXED] = (1 - urban) * mixed;
    share[SAH_FARMING] = 1 - share[SAH_TRADE] - share[SAH_HERDING] - share[SAH_MIXED];
}

static double expect_in_cell(const struct sah_world *world, int32_t cell) {
    double people = sah_land_people(world->land, cell, world->run.start), agents = 0;
    size_t ngroups = world->geo->ngroups;
    const double *ethnic =
        world->geo->ethnic_share + (size_t)world->land->region[cell] * ngroups;
    for (size_t g = 0; g < ngroups; g++) {
        double share[SAHEL_LIVELIHOODS];
        livelihood_shares(world, cell, (int)g, share);
        for (int l = 0; l < SAHEL_LIVELIHOODS; l++) {
            double part = people * ethnic[g] * share[l];
            if (part >= 0.5) agents += ceil(part / world->run.people_per_agent);
        }
    }
    return agents;
}

double sah_sahel_agents(const struct sah_world *world) {
    double agents = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++)
        if (world->theatre[c] && world->land->region[c] >= 0)
            agents += expect_in_cell(world, c);
    return agents;
}

/* Adds the agents of one group and livelihood in one cell. */
static int settle(struct sah_world *world, int32_t cell, int group, int livelihood,
                  int64_t people, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    double most = world->run.people_per_agent;
    int64_t agents = (int64_t)((double)people / most);
    if ((double)agents * most < (double)people) agents++;
    size_t first = 0;
    int status = sah_population_add(&s->communities.base, (size_t)agents, &first, err);
    if (status) return status;
    struct sahel_communities *c = &s->communities;
    uint64_t part =
        ((uint64_t)cell * SAHEL_MAX_GROUPS + (uint64_t)group) * SAHEL_LIVELIHOODS +
        (uint64_t)livelihood;
    for (int64_t k = 0; k < agents; k++) {
        size_t i = first + (size_t)k;
        c->id[i] = sah_id_child(part + 1, 0, (uint32_t)k);
        c->cell[i] = cell;
        c->people[i] = (int32_t)(people / agents + (k < people % agents));
        c->origin[i] = SAHEL_AT_HOME;
        c->grievance[i] = s->rest[(size_t)cell * s->ngroups + (size_t)group];
        c->wealth[i] =
            s->wealth_rest[(size_t)cell * SAHEL_LIVELIHOODS + (size_t)livelihood];
        c->group[i] = (uint8_t)group;
        c->livelihood[i] = (uint8_t)livelihood;
    }
    return SAH_OK;
}

static int settle_cell(struct sah_world *world, int32_t cell, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    double people = sah_land_people(world->land, cell, world->run.start);
    if (!(people < INT32_MAX))
        return sah_error_add(err, SAH_LIMIT, "%.3g people in one cell; at most %d",
                             people, INT32_MAX);
    int64_t total = (int64_t)(people + 0.5), by_group[SAHEL_MAX_GROUPS];
    const double *ethnic =
        world->geo->ethnic_share + (size_t)world->land->region[cell] * s->ngroups;
    apportion(total, ethnic, s->ngroups, by_group);
    int status = SAH_OK;
    for (int g = 0; g < (int)s->ngroups && !status; g++) {
        double share[SAHEL_LIVELIHOODS];
        int64_t part[SAHEL_LIVELIHOODS];
        livelihood_shares(world, cell, g, share);
        apportion(by_group[g], share, SAHEL_LIVELIHOODS, part);
        for (int l = 0; l < SAHEL_LIVELIHOODS && !status; l++)
            if (part[l] > 0) status = settle(world, cell, g, l, part[l], err);
        s->people_group[(size_t)cell * s->ngroups + (size_t)g] = (int32_t)by_group[g];
    }
    s->people_now[cell] = (int32_t)total;
    s->sum[SAHEL_SUM_PEOPLE_START] += total;
    return status;
}

static void set_rest(const struct communities *own, struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        double absent = 1 - (double)s->state_base[c];
        double rest = own->grievance_rest + own->grievance_remote * absent;
        for (size_t g = 0; g < s->ngroups; g++)
            s->rest[(size_t)c * s->ngroups + g] = (float)(rest < 1 ? rest : 1);
    }
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct communities *own = self;
    struct sahel *s = sahel_of(world);
    set_rest(own, world);
    /* Room for all at once: growing by doubles would hold twice as much. */
    int status = sah_population_reserve(&s->communities.base,
                                        (size_t)sah_sahel_agents(world), err);
    for (int32_t c = 0; c < world->grid.ncells && !status; c++) {
        for (int l = 0; l < SAHEL_LIVELIHOODS; l++)
            s->wealth_rest[(size_t)c * SAHEL_LIVELIHOODS + (size_t)l] =
                (float)(1 - own->poverty * (l == SAH_TRADE ? 0.5 : 1));
        if (world->theatre[c] && world->land->region[c] >= 0)
            status = settle_cell(world, c, err);
    }
    return status ? status
                  : sah_population_sort(&s->communities.base,
                                        (size_t)world->grid.ncells, err);
}

/* ---- each day ---- */

struct sahel_columns sah_community_columns(const struct sahel_communities *c,
                                           size_t first, size_t n) {
    return (struct sahel_columns){.n = n,
                                  .room = n,
                                  .people = c->people + first,
                                  .group = c->group + first,
                                  .livelihood = c->livelihood + first,
                                  .grievance = c->grievance + first,
                                  .fear_state = c->fear_state + first,
                                  .fear_insurgent = c->fear_insurgent + first,
                                  .support = c->support + first,
                                  .wealth = c->wealth + first};
}

struct sahel_drivers sah_community_drivers(const struct sahel *s, int32_t cell) {
    size_t row = (size_t)cell * s->ngroups;
    return (struct sahel_drivers){.ngroups = s->ngroups,
                                  .rest = s->rest + row,
                                  .hurt = s->hurt + row,
                                  .menace = s->menace + row,
                                  .contact = s->contact + row,
                                  .tie = s->tie + row,
                                  .feud = s->feud + row,
                                  .flight_rate = s->flight_rate[cell]};
}

/* Nobody was harmed, nobody is felt: then the tables of the cell hold zeros alone. */
static bool is_quiet(const struct sahel *s, const struct sahel_drivers *d) {
    static const float none[SAHEL_MAX_GROUPS];
    size_t bytes = s->ngroups * sizeof *none;
    return !(d->flight_rate > 0) && memcmp(d->hurt, none, bytes) == 0 &&
           memcmp(d->menace, none, bytes) == 0 &&
           memcmp(d->contact, none, bytes) == 0 && memcmp(d->tie, none, bytes) == 0;
}

/* What was pending has been felt. */
static void take_in(struct sahel *s, int32_t cell) {
    size_t row = (size_t)cell * s->ngroups;
    for (size_t g = 0; g < s->ngroups; g++) s->hurt[row + g] = s->menace[row + g] = 0;
}

/* What the season and armed groups leave of a normal year's wealth, by livelihood. */
static void wealth_goals(const struct sahel *s, int32_t cell,
                         float goal[static SAHEL_LIVELIHOODS]) {
    const float *rest = s->wealth_rest + (size_t)cell * SAHEL_LIVELIHOODS;
    const float *shortage = s->shortage + (size_t)cell * SAHEL_LIVELIHOODS;
    const float relief = s->relief[cell], left = 1 - s->taken[cell];
    const float reached = 1 - s->hardship[cell];
    for (size_t l = 0; l < SAHEL_LIVELIHOODS; l++) {
        float normal = rest[l] + (1 - rest[l]) * relief;
        goal[l] = (normal > 0 ? normal : 0) * (1 - shortage[l]) * left * reached;
    }
}

/* The grievance that groups of a cell fall back to, in `rest` where it has changed. */
static const float *grievance_goal(const struct sahel *s, int32_t cell, float *rest) {
    size_t row = (size_t)cell * s->ngroups;
    float kept = 1 - s->probity[cell];
    if (kept >= 1 && kept <= 1 && s->stay[cell] <= 0 && s->wronged[cell] <= 0)
        return s->rest + row;
    for (size_t g = 0; g < s->ngroups; g++) {
        float own = s->rest[row + g] * kept;
        own = own < 1 ? own : 1;
        rest[g] = own + s->resented[row + g] * (1 - own);
    }
    return rest;
}

static void feel(void *self, struct sah_world *world, struct sah_span span) {
    (void)self;
    struct sahel *s = sahel_of(world);
    sahel_community_day *day = sah_community_day_best();
    const size_t end = (size_t)s->communities.base.first[span.end];
    for (int32_t c = (int32_t)span.begin; c < span.end; c++) {
        size_t first = (size_t)s->communities.base.first[c];
        size_t n = (size_t)s->communities.base.first[c + 1] - first;
        if (!n) continue;
        struct sahel_columns agents = sah_community_columns(&s->communities, first, n);
        agents.room = end - first;
        struct sahel_drivers drivers = sah_community_drivers(s, c);
        float goal[SAHEL_LIVELIHOODS], rest[SAHEL_MAX_GROUPS];
        drivers.rest = grievance_goal(s, c, rest);
        wealth_goals(s, c, goal);
        drivers.goal = goal;
        drivers.quiet = is_quiet(s, &drivers);
        float answer[SAHEL_NANSWERS];
        day(&s->rates, &drivers, &agents, answer);
        for (int k = 0; k < SAHEL_NREASONS; k++)
            s->readiness[(size_t)c * SAHEL_NREASONS + (size_t)k] = answer[k];
        s->flight[c] = answer[SAHEL_ANSWER_FLIGHT];
        float people = (float)s->people_now[c]; /* 0 where all have just left */
        float will = people > 0 ? answer[SAHEL_ANSWER_TIPS] / people : 0;
        float told = will * (0.3f + 0.7f * s->state[c]) * (1 + s->backing[c]);
        s->tips[c] = told < 1 ? told : 1;
        if (!drivers.quiet) take_in(s, c);
    }
}

sahel_community_day *sah_community_day_best(void) {
    static sahel_community_day *const variant[] = SAH_VARIANTS(sah_community_day);
    return variant[sah_isa_best()];
}

static const struct sah_act acts[] = {
    {SAHEL_ENVIRONMENT, SAH_NOTHING, NULL, set_rates, "Takes up today's half-lives"},
    {SAHEL_INFORMATION, SAH_OVER_CELLS, feel, NULL,
     "Attitudes relax and take in yesterday's harm"},
    {0},
};

const struct sah_model sah_model_communities = {
    .name = "communities",
    .doc = "Attitudes and livelihoods of people",
    .reference = "ODD 7.0.1; Epstein 2002; Bennett 2008",
    .always = true,
    .acts = acts,
    .size = sizeof(struct communities),
    .params = params,
    .init = init,
};
