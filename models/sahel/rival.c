/* Mechanism 17, rival: factions tolerate each other, make war and tire of it.
 *
 * Each pair of factions has a stance s, -1 war .. 1 allied. Per day
 *
 *   ds = - hostility P (1 + s)                    competition
 *        - blood D (1 + s)                        D: share of the smaller killed today
 *        + (given - s) k(relax)                   back to what the scenario says
 *        - s k(weary)                             in war: it tires
 *        + (s_ally - s) k(solidarity) cohesion    a war of an ally of the same bloc
 *
 *   P = O / (O + half),   O = sum over cells of m (presence + recruits r + sites w)
 *
 * m is how many fighters of the weaker of the two are felt there, r how alike the two
 * appeal to its people (sum of min over sum of max of their pulls), w what the land
 * gives; O counts in fighters and sums over the members of blocs, which compete as one.
 * Those with different aims compete for `across` of it; members of one bloc do not. War breaks out where s falls to -war and ends where it
 * rises to -truce: it does not flicker. In war fighters go over to the rival of like
 * aim that is felt with them, at
 *
 *   defection enmity I_b / (I_a + I_b) paid_b / (paid_a + paid_b)    a day.
 *
 * Source: competition among groups that claim the same people, Bloom (2004) on
 * outbidding, Fjelde and Nilsson (2012) on rebels against rebels; phases of tolerance
 * and war, facts 1.3. Changed: their covariates became one index of overlap; the form
 * with saturation and return is ours. */
#include "models/sahel/world.h"

#include <math.h>
#include <string.h>

struct rival {
    double hostility, presence, recruits, sites, half, across;
    double war, truce, relax_day, weary_day, solidarity_day, blood, defection;
    float *overlap; /* [bloc][bloc] O; the lower number first */
};

#define AT(field) .at = offsetof(struct rival, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "hostility", .type = SAH_REAL, AT(hostility), .unit = "1/day", .def = 0.0026,
     .max = 1, .source = "calibrated (provisional)",
     .doc = "Fall of a neutral stance at full competition"},
    {.key = "presence", .type = SAH_REAL, AT(presence), .unit = "1", .def = 0.3,
     .max = 10, .source = "assumed", .doc = "Weight of standing in the same places"},
    {.key = "recruits", .type = SAH_REAL, AT(recruits), .unit = "1", .def = 1,
     .max = 10, .source = "assumed", .doc = "Weight of drawing on the same people"},
    {.key = "sites", .type = SAH_REAL, AT(sites), .unit = "1", .def = 1, .max = 10,
     .source = "assumed", .doc = "Weight of contested gold, pasture and forest"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 100,
     .min = 1, .max = 1e5, .source = "calibrated (provisional)",
     .doc = "Overlap, in fighters of the weaker, of half competition"},
    {.key = "across", .type = SAH_REAL, AT(across), .unit = "1", .def = 0.1, .max = 1,
     .source = "assumed", .doc = "Competition between those with different aims"},
    {.key = "war", .type = SAH_REAL, AT(war), .unit = "1", .def = 0.5, .min = 0.01,
     .max = 1, .source = "assumed", .doc = "Enmity at which war breaks out"},
    {.key = "truce", .type = SAH_REAL, AT(truce), .unit = "1", .def = 0.2, .max = 1,
     .source = "assumed", .doc = "Enmity at which war ends"},
    {.key = "relax", .type = SAH_REAL, AT(relax_day), .unit = "day", .def = 4000,
     .min = 1, .max = 1e5, .source = "assumed",
     .doc = "Time in which a stance returns half of the way"},
    {.key = "weary", .type = SAH_REAL, AT(weary_day), .unit = "day", .def = 700,
     .min = 1, .max = 1e5, .source = "assumed",
     .doc = "Time in which a war that nothing feeds loses half of its enmity"},
    {.key = "solidarity", .type = SAH_REAL, AT(solidarity_day), .unit = "day",
     .def = 60, .min = 1, .max = 1e5, .source = "assumed",
     .doc = "Time in which a sworn ally takes over half of a war"},
    {.key = "blood", .type = SAH_REAL, AT(blood), .unit = "1", .def = 2, .max = 100,
     .source = "assumed", .doc = "Fall of a stance per share of a side killed"},
    {.key = "defection", .type = SAH_REAL, AT(defection), .unit = "1/day",
     .def = 0.004, .max = 0.1, .source = "assumed",
     .doc = "Most that fighters go over in war"},
    {0},
};
/* clang-format on */

/* Area over which a fighter is felt, weights summed: 2 pi L^2 (1 - 4 e^-3), L 20 km. */
#define FELT_KM2 2012.0

enum { OVERLAP_EVERY_DAY = 10 };

/* ---- overlap ---- */

/* How alike two factions appeal to the people of a cell, 0..1. */
static double likeness(const struct sahel *s, size_t a, size_t b, int32_t cell) {
    const int32_t *people = s->people_group + (size_t)cell * s->ngroups;
    const float *of_a = s->affinity + a * s->ngroups;
    const float *of_b = s->affinity + b * s->ngroups;
    double least = 0, most = 0;
    for (size_t g = 0; g < s->ngroups; g++) {
        least += people[g] * (double)(of_a[g] < of_b[g] ? of_a[g] : of_b[g]);
        most += people[g] * (double)(of_a[g] < of_b[g] ? of_b[g] : of_a[g]);
    }
    return most > 0 ? least / most : 0;
}

static double worth_of(const struct sah_land *land, int32_t cell) {
    double worth = (land->gold[cell] > 0) + land->pasture[cell] * 0.5 +
                   land->protected_share[cell];
    return worth < 1 ? worth : 1;
}

/* Blocs compete as one: the place of a pair of them in a table. */
static size_t blocs(const struct sahel *s, size_t a, size_t b) {
    size_t x = (size_t)s->bloc[a], y = (size_t)s->bloc[b];
    return x < y ? x * s->nfactions + y : y * s->nfactions + x;
}

static void meet_in_cell(const struct rival *own, const struct sah_world *world,
                         int32_t cell) {
    const struct sahel *s = sahel_of(world);
    size_t n = s->nfactions, ncells = (size_t)world->grid.ncells,
           here[SAHEL_MAX_FACTIONS], k = 0;
    for (size_t f = 0; f < n; f++)
        if (s->influence[f * ncells + (size_t)cell] > 0) here[k++] = f;
    double share = world->land->area_km2[cell] / FELT_KM2;
    double sites = own->sites * worth_of(world->land, cell);
    for (size_t i = 0; i < k; i++)
        for (size_t j = i + 1; j < k; j++) {
            size_t a = here[i], b = here[j];
            if (s->bloc[a] == s->bloc[b]) continue;
            double of_a = s->influence[a * ncells + (size_t)cell];
            double of_b = s->influence[b * ncells + (size_t)cell];
            double part = own->presence + own->recruits * likeness(s, a, b, cell);
            own->overlap[blocs(s, a, b)] +=
                (float)(share * (of_a < of_b ? of_a : of_b) * (part + sites));
        }
}

static void overlap(const struct rival *own, const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    size_t n = s->nfactions;
    memset(own->overlap, 0, n * n * sizeof *own->overlap);
    for (int32_t c = 0; c < world->grid.ncells; c++)
        if (s->fighters_felt[c] > 0) meet_in_cell(own, world, c);
}

static double competition(const struct rival *own, const struct sahel *s, size_t a,
                          size_t b) {
    if (s->bloc[a] == s->bloc[b]) return 0;
    bool alike = sahel_habits(s, (int)a)->aim == sahel_habits(s, (int)b)->aim;
    double met = (double)own->overlap[blocs(s, a, b)];
    return (alike ? 1 : own->across) * met / (met + own->half);
}

/* ---- stances ---- */

/* The worst stance that an ally of `a`, or of `b`, has in war against the other side;
 * `own` where there is none. */
static float stance_of_allies(const struct sahel *s, size_t a, size_t b, float own) {
    size_t n = s->nfactions;
    float worst = own;
    for (size_t x = 0; x < n; x++)
        for (size_t y = 0; y < n; y++) {
            if (s->bloc[x] != s->bloc[a] || s->bloc[y] != s->bloc[b]) continue;
            if (s->at_war[x * n + y] && s->stance[x * n + y] < worst)
                worst = s->stance[x * n + y];
        }
    return worst;
}

static float next_stance(const struct rival *own, const struct sahel *s, size_t a,
                         size_t b, double blood) {
    size_t k = a * s->nfactions + b;
    double is = s->stance[k];
    double step = -(own->hostility * competition(own, s, a, b) + blood) * (1 + is) +
                  (s->given[k] - is) * sahel_fading(own->relax_day);
    if (s->at_war[k] && is < 0) step -= is * sahel_fading(own->weary_day);
    if (s->bloc[a] != s->bloc[b]) {
        float ally = stance_of_allies(s, a, b, s->stance[k]);
        double loyal =
            s->cohesion[a] < s->cohesion[b] ? s->cohesion[a] : s->cohesion[b];
        step += (ally - is) * sahel_fading(own->solidarity_day) * loyal;
    }
    is += step;
    return (float)(is < -1 ? -1 : is > 1 ? 1 : is);
}

/* War or truce between two factions, and the log of it. */
static int turn(struct sah_world *world, size_t a, size_t b, bool war,
                struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    s->at_war[a * s->nfactions + b] = s->at_war[b * s->nfactions + a] = war;
    return sah_deed_turn(
        world,
        &(struct sahel_turn){.kind = war ? SAHEL_TURN_WAR : SAHEL_TURN_TRUCE,
                             .cause = SAHEL_BY_RIVALRY,
                             .side_a = (int16_t)a,
                             .side_b = (int16_t)b},
        err);
}

static int judge(const struct rival *own, struct sah_world *world, size_t a, size_t b,
                 struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    size_t k = a * s->nfactions + b;
    double enmity = -(double)s->stance[k];
    if (!s->at_war[k] && enmity >= own->war) return turn(world, a, b, true, err);
    if (s->at_war[k] && enmity <= own->truce) return turn(world, a, b, false, err);
    return SAH_OK;
}

/* Share of the smaller of each pair that died today fighting the other. */
static void count_blood(const struct sahel *s, double *blood) {
    size_t n = s->nfactions;
    double fighters[SAHEL_MAX_FACTIONS] = {0};
    for (size_t i = 0; i < s->bands.base.n; i++)
        fighters[s->bands.faction[i]] += s->bands.fighters[i];
    const struct sahel_events *e = &s->events;
    for (size_t i = 0; i < e->base.n; i++) {
        if (e->kind[i] != SAHEL_CLASH) continue;
        size_t a = (size_t)e->side_a[i], b = (size_t)e->side_b[i];
        double least = fighters[a] < fighters[b] ? fighters[a] : fighters[b];
        double share = (e->deaths_a[i] + e->deaths_b[i]) / (least + e->deaths[i] + 1.0);
        blood[a < b ? a * n + b : b * n + a] += share;
    }
}

static int relate(void *self, struct sah_world *world, struct sah_error *err) {
    const struct rival *own = self;
    struct sahel *s = sahel_of(world);
    size_t n = s->nfactions;
    double blood[SAHEL_MAX_FACTIONS * SAHEL_MAX_FACTIONS];
    memset(blood, 0, n * n * sizeof *blood);
    if (world->tick % OVERLAP_EVERY_DAY == 0) overlap(own, world);
    count_blood(s, blood);
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++) {
            if (!s->active[a] || !s->active[b]) continue;
            s->stance[a * n + b] = s->stance[b * n + a] =
                next_stance(own, s, a, b, own->blood * blood[a * n + b]);
            int status = judge(own, world, a, b, err);
            if (status) return status;
        }
    return SAH_OK;
}

/* ---- defections ---- */

/* The band of a faction nearest to another within what is felt; -1: none. */
static int64_t band_near(const struct sah_world *world, size_t faction, int32_t cell) {
    const struct sahel_bands *b = &sahel_of(world)->bands;
    int64_t best = -1;
    double least = 60, far = sah_haversine_within(least);
    for (size_t i = 0; i < b->base.n; i++) {
        if (b->faction[i] != (int16_t)faction || b->cell[i] == SAH_NOWHERE) continue;
        if (sah_grid_haversine(&world->grid, b->cell[i], cell) > far) continue;
        double km = sah_grid_distance_km(&world->grid, b->cell[i], cell);
        if (km >= least) continue;
        least = km;
        far = sah_haversine_within(km);
        best = (int64_t)i;
    }
    return best;
}

static double lure(const struct rival *own, const struct sah_world *world, size_t band,
                   size_t to) {
    const struct sahel *s = sahel_of(world);
    size_t ncells = (size_t)world->grid.ncells, cell = (size_t)s->bands.cell[band];
    size_t from = (size_t)s->bands.faction[band];
    double enmity = sahel_enmity(s, (int)from, (int)to);
    if (enmity <= 0 || sahel_habits(s, (int)from)->aim != sahel_habits(s, (int)to)->aim)
        return 0;
    double mine = s->influence[from * ncells + cell];
    double theirs = s->influence[to * ncells + cell];
    double pay = 1.01 - s->arrears[from], offer = 1.01 - s->arrears[to];
    return own->defection * enmity * theirs / (mine + theirs + 1e-9) * offer /
           (pay + offer);
}

static int go_over(const struct rival *own, struct sah_world *world, size_t band,
                   size_t to, struct sah_rng *rng, struct sah_error *err) {
    const struct sahel_bands *b = &sahel_of(world)->bands;
    int64_t count = sah_binomial(rng, b->fighters[band], lure(own, world, band, to));
    int64_t into = count > 0 ? band_near(world, to, b->cell[band]) : -1;
    if (into < 0) return SAH_OK;
    int16_t from = b->faction[band];
    int32_t gone = sah_deed_defect(world, band, (size_t)into, (int32_t)count);
    return sah_deed_turn(world,
                         &(struct sahel_turn){.kind = SAHEL_TURN_DEFECTION,
                                              .cause = SAHEL_BY_RIVALRY,
                                              .side_a = from,
                                              .side_b = (int16_t)to,
                                              .fighters = gone},
                         err);
}

/* Is there anybody around whom its fighters would go over to? */
static bool is_lured(const struct rival *own, const struct sah_world *world,
                     size_t band) {
    const struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nfactions; f++)
        if (sahel_enmity(s, s->bands.faction[band], (int)f) > 0 &&
            lure(own, world, band, f) > 0)
            return true;
    return false;
}

static int defect(void *self, struct sah_world *world, struct sah_error *err) {
    int status = SAH_OK;
    struct sahel *s = sahel_of(world);
    struct sahel_bands *b = &s->bands;
    for (size_t i = 0; i < b->base.n; i++) {
        if (b->cell[i] == SAH_NOWHERE || !sahel_any_enemy(s, b->faction[i])) continue;
        if (!is_lured(self, world, i)) continue;
        struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_DEFECT, b->id[i]);
        for (size_t f = 0; f < s->nfactions && b->cell[i] != SAH_NOWHERE && !status;
             f++)
            if (sahel_enmity(s, b->faction[i], (int)f) > 0)
                status = go_over(self, world, i, f, &rng, err);
    }
    return status;
}

/* ---- life ---- */

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct rival *own = self;
    size_t n = sahel_of(world)->nfactions;
    own->overlap = sah_world_array(world, "overlap", SAH_F32, n * n, "persons",
                                   "Overlap of two factions", err);
    return own->overlap ? SAH_OK : SAH_MEMORY;
}

static void rest(void *self, struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    size_t n = s->nfactions * s->nfactions;
    memset(((struct rival *)self)->overlap, 0, n * sizeof(float));
    memcpy(s->stance, s->given, n * sizeof *s->stance);
    for (size_t k = 0; k < n; k++) s->at_war[k] = s->given[k] < 0;
}

static const struct sah_act acts[] = {
    {SAHEL_AFTERMATH, SAH_NOTHING, NULL, relate, "Stances shift; wars begin and end"},
    {SAHEL_RECRUIT, SAH_NOTHING, NULL, defect, "In war fighters go over"},
    {0},
};

const struct sah_model sah_model_rival = {
    .name = "rival",
    .doc = "Factions tolerate each other, compete, make war and tire of it",
    .reference = "ODD 7.17; Fjelde and Nilsson 2012",
    .acts = acts,
    .size = sizeof(struct rival),
    .rest = rest,
    .params = params,
    .init = init,
};
