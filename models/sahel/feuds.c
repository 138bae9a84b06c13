/* Feuds: communities of herders and farmers fight each other.
 *
 * Where herding and farming groups share a cell, a feud may run. Its heat is
 *
 *   heat    = mixture (1 - state) (1 - calmed) (1 - (1 - tension) (1 - dry D)
 *             (1 - revenge R/(R + half)) (1 - inflamed) (1 - arms A))
 *   mixture = 4 h f,   h, f: shares of herding and of farming groups among its people
 *
 * D: drought; R: deaths of feuds remembered around, fading with a half-life; A: share of
 * its people armed for defence; calmed, inflamed: what armed groups make of it
 * (mediation.c). The sources add up as independent ones do, so that heat stays below
 * its mixture. People are killed in
 *
 *   Poisson(rate heat (1 - sheltered) people / 100,000)   events a day,
 *
 * each between a herding and a farming group of the cell, drawn by people; who strikes
 * is even but for arms. The struck lose 1 + Poisson of an exponential mean, those who
 * strike a share `back` of that mean.
 *
 * Source: herders and farmers where access to land is contested, state absent and arms
 * near, Benjaminsen and Ba (2019) on central Mali; revenge as self-excitation, Mohler
 * et al. (2011). Changed: their kernel became a saturating memory. */
#include "models/sahel/chances.h"

struct feuds {
    double rate, tension, dry, revenge, half, half_life, arms, odds, dead, back;
};

#define AT(field) .at = offsetof(struct feuds, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "rate", .type = SAH_REAL, AT(rate), .unit = "1/day", .def = 0.01, .max = 100,
     .source = "calibrated (provisional)",
     .doc = "Events per 100,000 people and day at full heat; 0: no feuds"},
    {.key = "tension", .type = SAH_REAL, AT(tension), .unit = "1", .def = 0.005, .max = 1,
     .source = "calibrated (provisional)", .doc = "Heat that mixture alone gives"},
    {.key = "dry", .type = SAH_REAL, AT(dry), .unit = "1", .def = 0.02, .max = 1,
     .source = "assumed", .doc = "Heat that a full shortage gives"},
    {.key = "revenge", .type = SAH_REAL, AT(revenge), .unit = "1", .def = 0.5, .max = 1,
     .source = "assumed", .doc = "Most heat that remembered deaths give"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 40, .min = 0.1,
     .max = 10000, .source = "assumed", .doc = "Deaths remembered that give half of it"},
    {.key = "half_life", .type = SAH_REAL, AT(half_life), .unit = "day", .def = 150,
     .min = 1, .max = 10000, .source = "assumed",
     .doc = "Time in which half of the deaths is forgotten"},
    {.key = "arms", .type = SAH_REAL, AT(arms), .unit = "1", .def = 0.5, .max = 1,
     .source = "assumed", .doc = "Heat that villages give of which all are armed"},
    {.key = "odds", .type = SAH_REAL, AT(odds), .unit = "1", .def = 3, .max = 100,
     .source = "assumed", .doc = "How much readier to strike an armed side is"},
    {.key = "dead", .type = SAH_REAL, AT(dead), .unit = "persons", .def = 3.5,
     .max = 1000, .source = "calibrated (provisional)",
     .doc = "Deaths of the struck, besides one"},
    {.key = "back", .type = SAH_REAL, AT(back), .unit = "1", .def = 0.25, .max = 1,
     .source = "assumed", .doc = "Deaths of those who strike against these"},
    {0},
};
/* clang-format on */

static bool is_of(const struct sah_world *world, size_t group,
                  enum sah_livelihood livelihood) {
    return world->geo->group[group].livelihood == livelihood;
}

static double people_of(const struct sah_world *world, int32_t cell,
                        enum sah_livelihood livelihood) {
    const struct sahel *s = sahel_of(world);
    double people = 0;
    for (size_t g = 0; g < s->ngroups; g++)
        if (is_of(world, g, livelihood))
            people += s->people_group[(size_t)cell * s->ngroups + g];
    return people;
}

/* ---- heat ---- */

static int mix(void *self, struct sah_world *world, struct sah_error *err) {
    (void)self, (void)err;
    struct sahel *s = sahel_of(world);
    if (world->tick != 0 && sah_date_of(world->today).day != 1) return SAH_OK;
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        double people = s->people_now[c];
        s->mixture[c] = people > 0
                            ? (float)(4 * people_of(world, c, SAH_HERDING) / people *
                                      people_of(world, c, SAH_FARMING) / people)
                            : 0;
    }
    return SAH_OK;
}

static double heat_of(const struct feuds *own, const struct sahel *s, int32_t cell) {
    double calm =
        (1 - own->tension) * (1 - own->dry * (double)s->drought[cell]) *
        (1 - own->revenge * (double)sahel_pull(s->grudge[cell], (float)own->half)) *
        (1 - (double)s->inflamed[cell]) * (1 - own->arms * (double)s->under_arms[cell]);
    return s->mixture[cell] * (1 - (double)s->state[cell]) *
           (1 - (double)s->calmed[cell]) * (1 - calm);
}

static void warm(void *self, struct sah_world *world, struct sah_span span) {
    const struct feuds *own = self;
    struct sahel *s = sahel_of(world);
    float keep = (float)sahel_left(own->half_life, 1);
    for (int32_t c = (int32_t)span.begin; c < span.end; c++) {
        s->grudge[c] *= keep;
        s->feud_heat[c] = s->mixture[c] > 0 ? (float)heat_of(own, s, c) : 0;
    }
}

/* ---- violence ---- */

/* A group of a livelihood, drawn by its people in the cell; there are some. */
static int group_of(const struct sah_world *world, int32_t cell,
                    enum sah_livelihood livelihood, struct sah_rng *rng) {
    const struct sahel *s = sahel_of(world);
    double weight[SAHEL_MAX_GROUPS];
    for (size_t g = 0; g < s->ngroups; g++)
        weight[g] = is_of(world, g, livelihood)
                        ? s->people_group[(size_t)cell * s->ngroups + g]
                        : 0;
    return (int)sah_discrete(rng, weight, s->ngroups);
}

static double readiness_to_strike(const struct feuds *own, const struct sahel *s,
                                  int32_t cell, int group) {
    size_t at = (size_t)cell * s->ngroups + (size_t)group;
    return 1 + own->odds * (double)(s->armed[at] + s->feud_call[at]);
}

static int strike(const struct feuds *own, struct sah_world *world, int32_t cell,
                  struct sah_rng *rng, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int a = group_of(world, cell, SAH_HERDING, rng);
    int b = group_of(world, cell, SAH_FARMING, rng);
    double of_a = readiness_to_strike(own, s, cell, a);
    double of_b = readiness_to_strike(own, s, cell, b);
    bool herders = sah_bernoulli(rng, of_a / (of_a + of_b));
    double mean = sah_exponential(rng, own->dead);
    int32_t hit = 1 + (int32_t)sah_poisson(rng, mean);
    int32_t back = (int32_t)sah_poisson(rng, mean * own->back);
    bool armed = s->armed[(size_t)cell * s->ngroups + (size_t)(herders ? a : b)] > 0;
    int32_t dead = sah_deed_kill_people(world, cell, herders ? b : a, hit, false, rng);
    dead += sah_deed_kill_people(world, cell, herders ? a : b, back, false, rng);
    if (!dead) return SAH_OK;
    sah_reach_add(world, s->grudge, cell, (float)dead);
    return sah_deed_event(
        world,
        &(struct sahel_happening){.cell = cell,
                                  .kind = SAHEL_STRIFE,
                                  .cause = armed ? SAHEL_CAUSE_ARMED_VILLAGE
                                                 : SAHEL_CAUSE_FEUD_HEAT,
                                  .side_a = sahel_actor_civilians(s),
                                  .side_b = sahel_actor_civilians(s),
                                  .deaths_civilians = dead},
        err);
}

/* Acts of strife expected in a cell today. */
static double expected(const struct feuds *own, const struct sahel *s, int32_t cell) {
    return own->rate * s->feud_heat[cell] * (1 - (double)s->sheltered[cell]) *
           s->people_now[cell] / 1e5;
}

static int fight_in(const struct feuds *own, struct sah_world *world, int32_t cell,
                    struct sah_error *err) {
    uint64_t id = (uint64_t)cell + 1;
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_STRIFE, id);
    struct sah_rng who = sahel_rng(world, SAHEL_DRAW_STRIFE_WHO, id);
    int64_t n = sah_poisson(&rng, expected(own, sahel_of(world), cell));
    int status = SAH_OK;
    for (int64_t k = 0; k < n && !status; k++)
        status = strike(own, world, cell, &who, err);
    return status;
}

static int fight_some(const struct feuds *own, struct sah_world *world,
                      struct sahel_chances *chances, struct sah_error *err) {
    int status = SAH_OK;
    sahel_chances_draw(world, SAHEL_DRAW_STRIFE, chances);
    for (size_t k = 0; k < chances->n && !status; k++) {
        int32_t cell = (int32_t)(chances->id[k] - 1);
        double mean = expected(own, sahel_of(world), cell);
        if (!sahel_chance_is_none(chances, k, mean))
            status = fight_in(own, world, cell, err);
    }
    chances->n = 0;
    return status;
}

static int fight(void *self, struct sah_world *world, struct sah_error *err) {
    struct sahel_chances chances = {.n = 0};
    int status = SAH_OK;
    for (int32_t c = 0; c < world->grid.ncells && !status; c++) {
        if (expected(self, sahel_of(world), c) > 0)
            chances.id[chances.n++] = (uint64_t)c + 1;
        if (chances.n == SAHEL_CHANCES) status = fight_some(self, world, &chances, err);
    }
    return status ? status : fight_some(self, world, &chances, err);
}

static const struct sah_act acts[] = {
    {SAHEL_ENVIRONMENT, SAH_NOTHING, NULL, mix,
     "How far herders and farmers live together, each month"},
    {SAHEL_ENVIRONMENT, SAH_OVER_CELLS, warm, NULL, "Heat of feuds"},
    {SAHEL_ENCOUNTER, SAH_NOTHING, NULL, fight, "Communities fight each other"},
    {0},
};

const struct sah_model sah_model_feuds = {
    .name = "feuds",
    .doc = "Herding and farming communities fight each other",
    .reference = "ODD 7.0.10; Benjaminsen and Ba 2019",
    .always = true,
    .acts = acts,
    .size = sizeof(struct feuds),
    .params = params,
};
