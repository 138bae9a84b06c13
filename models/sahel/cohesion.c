/* Mechanism 2, autonomy and cohesion: factions strain, split, leak and mend.
 *
 * Cohesion C of a faction, with all who are pledged to it, follows a goal (k: fading of
 * `half_life`; every fifth day):
 *
 *   goal   = 1 - strain (1 - hold)
 *   strain = arrears A + leadership (1 - L) + distance D / (D + far) + variety V
 *   hold   = (1 - autonomy) L of the umbrella, for those under one; else 0
 *
 * A arrears, L leadership, D mean distance of the fighters from their middle, V = 1 -
 * sum of p_g^2 over the faction's pull on ethnic groups. What the leadership loses at
 * once, cohesion loses at once too. On the first of each month, below a threshold T,
 *
 *   a part splits off       at rate  split (1 - C/T)
 *   a member leaves         at rate  leave autonomy (1 - C/T),  C of its umbrella
 *   those who left return   at rate  mend, once C of what they left is above `mended`
 *
 * and each day fighters go over to rivals felt where their band stands, at a rate of
 * defect (1 - C) times the rivals' share of those felt. The part that splits off is
 * the bands nearer to the farthest of them than to the middle; it needs a free row of
 * the scenario (splinter.h). No one is lost.
 *
 * Source: command over distance, Johnston 2008; splits and cohesion, Asal, Brown and
 * Dalton 2012, Bakke, Cunningham and Seymour 2012; changing sides, Seymour 2014; pay and
 * loyalty, Weinstein 2007. Form and numbers assumed. */
#include "models/sahel/defection.h"
#include "models/sahel/splinter.h"

#include <stdlib.h>
#include <string.h>

struct cohesion {
    double half_life_day, autonomy, arrears, leadership, distance, far_km, variety;
    double threshold, split, least, pledge_kept, resentment;
    double leave, mend, mended, defect;
    float *led;      /* [faction] leadership when last looked at */
    int16_t *origin; /* [faction] whom it left, or -1 */
    int32_t *gone;   /* [from][to] defections of this month */
    bool *leaves;    /* scratch: one per band */
    size_t room;
};

enum { PERIOD_DAY = 5 };

#define AT(field) .at = offsetof(struct cohesion, field)
#define SHARE(word, field, value, text)                                                \
    {                                                                                  \
        .key = word, .type = SAH_REAL, AT(field), .unit = "1", .def = value, .max = 1, \
        .source = "assumed", .doc = text                                               \
    }
#define RATE(word, field, value, text)                                           \
    {                                                                            \
        .key = word, .type = SAH_REAL, AT(field), .unit = "1/day", .def = value, \
        .max = 1, .source = "assumed", .doc = text                               \
    }
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "half_life", .type = SAH_REAL, AT(half_life_day), .unit = "day", .def = 120,
     .min = 1, .max = 3000, .source = "assumed",
     .doc = "Time in which cohesion goes half of the way to its goal"},
    SHARE("autonomy", autonomy, 0.6, "Weight of local interest against the umbrella's command"),
    SHARE("arrears", arrears, 0.5, "Cohesion lost where no pay is met"),
    SHARE("leadership", leadership, 0.4, "Cohesion lost with the whole leadership"),
    SHARE("distance", distance, 0.4, "Cohesion lost by fighters infinitely far apart"),
    {.key = "far", .type = SAH_REAL, AT(far_km), .unit = "km", .def = 300, .min = 1,
     .max = 10000, .source = "assumed",
     .doc = "Mean distance from the middle that costs half of it"},
    SHARE("variety", variety, 0.2, "Cohesion lost where all groups are drawn alike"),
    SHARE("threshold", threshold, 0.5, "Cohesion below which factions split and members leave"),
    RATE("split", split, 0.004, "Rate of splits at no cohesion"),
    {.key = "least", .type = SAH_REAL, AT(least), .unit = "persons", .def = 20,
     .min = 1, .max = 1e5, .source = "assumed",
     .doc = "Fighters below which no part stands on its own"},
    SHARE("pledge_kept", pledge_kept, 0.5, "Chance that a splinter keeps the pledge"),
    {.key = "resentment", .type = SAH_REAL, AT(resentment), .unit = "1", .def = -0.2,
     .min = -1, .max = 1, .source = "assumed",
     .doc = "Stance between a splinter and whom it left"},
    RATE("leave", leave, 0.002, "Rate at which a member leaves an umbrella without cohesion"),
    RATE("mend", mend, 0.001, "Rate at which those who left return to a mended whole"),
    SHARE("mended", mended, 0.75, "Cohesion above which those who left may return"),
    RATE("defect", defect, 0.001, "Rate of going over, at no cohesion among rivals alone"),
    {0},
};
/* clang-format on */

/* ---- cohesion ---- */

/* Mean arrears of those who belong, and 1 - sum of squared shares of their pull. */
static void mix_of(const struct sahel *s, int faction, double *arrears,
                   double *variety) {
    double pull[SAHEL_MAX_GROUPS] = {0}, all = 0, fighters = 0, owed = 0, squares = 0;
    for (size_t i = 0; i < s->bands.base.n; i++) {
        int f = s->bands.faction[i];
        double n = s->bands.fighters[i];
        if (!sah_sahel_belongs(s, f, faction)) continue;
        fighters += n;
        owed += n * (double)s->arrears[f];
        for (size_t g = 0; g < s->ngroups; g++)
            pull[g] += n * (double)s->affinity[(size_t)f * s->ngroups + g];
    }
    for (size_t g = 0; g < s->ngroups; g++) all += pull[g];
    for (size_t g = 0; g < s->ngroups; g++) squares += pull[g] * pull[g];
    *arrears = fighters > 0 ? owed / fighters : 0;
    *variety = all > 0 ? 1 - squares / (all * all) : 0;
}

static double hold_of(const struct cohesion *own, const struct sahel *s, int faction) {
    int top = s->bloc[faction];
    return top == faction ? 0 : (1 - own->autonomy) * (double)s->leadership[top];
}

struct strain {
    double arrears, leadership, distance, variety;
};

static struct strain strain_of(const struct cohesion *own,
                               const struct sah_world *world, int faction) {
    const struct sahel *s = sahel_of(world);
    double arrears, variety;
    mix_of(s, faction, &arrears, &variety);
    double km = sah_sahel_middle_of(world, faction, true).spread_km;
    return (struct strain){.arrears = own->arrears * arrears,
                           .leadership =
                               own->leadership * (1 - (double)s->leadership[faction]),
                           .distance = own->distance * km / (km + own->far_km),
                           .variety = own->variety * variety};
}

static double goal_of(const struct cohesion *own, const struct sah_world *world,
                      int faction) {
    struct strain by = strain_of(own, world, faction);
    double all = by.arrears + by.leadership + by.distance + by.variety;
    double goal = 1 - all * (1 - hold_of(own, sahel_of(world), faction));
    return goal > 0 ? goal : 0;
}

/* What strains a faction most; the log has no word for variety. */
static enum sahel_turn_cause cause_of(const struct cohesion *own,
                                      const struct sah_world *world, int faction) {
    struct strain by = strain_of(own, world, faction);
    if (by.arrears > by.leadership && by.arrears > by.distance) return SAHEL_BY_ARREARS;
    return by.leadership > by.distance ? SAHEL_BY_LEADERSHIP : SAHEL_BY_DISTANCE;
}

static int tell(struct sah_world *world, enum sahel_turn_kind kind,
                enum sahel_turn_cause cause, int a, int b, int64_t fighters,
                struct sah_error *err) {
    return sah_deed_turn(world,
                         &(struct sahel_turn){.kind = kind,
                                              .cause = cause,
                                              .side_a = (int16_t)a,
                                              .side_b = (int16_t)b,
                                              .fighters = (int32_t)fighters},
                         err);
}

static void strain(const struct cohesion *own, struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    double k = 1 - sahel_left(own->half_life_day, PERIOD_DAY);
    for (int f = 0; f < (int)s->nfactions; f++) {
        double c = s->cohesion[f],
               lost = (double)own->led[f] - (double)s->leadership[f];
        own->led[f] = s->leadership[f];
        if (!s->active[f]) continue;
        if (lost > 0) c -= own->leadership * lost;
        if (c < 0) c = 0;
        s->cohesion[f] = (float)(c + k * (goal_of(own, world, f) - c));
    }
}

/* ---- splits, each month ---- */

/* Does something with a rate per day happen within a month? */
static bool this_month(struct sah_rng *rng, double rate) {
    return sah_bernoulli(rng, -sah_expm1(-30.4375 * (rate > 0 ? rate : 0)));
}

/* How far below the threshold, 0 .. 1. */
static double lacking(const struct cohesion *own, const struct sahel *s, int faction) {
    double share = own->threshold > 0 ? s->cohesion[faction] / own->threshold : 1;
    return share < 1 ? 1 - share : 0;
}

static int make_room(struct cohesion *own, size_t bands, struct sah_error *err) {
    if (bands <= own->room) return SAH_OK;
    bool *more = realloc(own->leaves, 2 * bands * sizeof *more);
    if (!more) return sah_error_add(err, SAH_MEMORY, "no memory for splits");
    own->leaves = more;
    own->room = 2 * bands;
    return SAH_OK;
}

/* Who had left a faction that is no more has left `to` instead (or nobody, -1). */
static void forget(const struct cohesion *own, const struct sahel *s, int row, int to) {
    for (int f = 0; f < (int)s->nfactions; f++)
        if (own->origin[f] == row) own->origin[f] = (int16_t)(f == to ? -1 : to);
}

static void resent(const struct cohesion *own, struct sahel *s, int a, int b) {
    size_t at = (size_t)a * s->nfactions + (size_t)b;
    s->stance[at] = s->given[at] = (float)own->resentment;
    s->at_war[at] = false;
}

static void settle_splinter(const struct cohesion *own, struct sahel *s, int from,
                            int row, bool keeps) {
    forget(own, s, row, -1);
    own->origin[row] = (int16_t)from;
    s->cohesion[row] = 1;
    s->pledged[row] = keeps ? s->pledged[from] : -1;
    s->bloc[row] = keeps && s->pledged[from] >= 0 ? s->bloc[from] : (int16_t)row;
    resent(own, s, from, row);
    resent(own, s, row, from);
}

static int split(struct cohesion *own, struct sah_world *world, int from,
                 struct sah_rng *rng, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int row = sah_sahel_free_row(s);
    int status = make_room(own, s->bands.base.n, err);
    if (row < 0 || status) return status;
    struct sahel_middle middle = sah_sahel_middle_of(world, from, false);
    int64_t part = sah_sahel_far_part(world, from, &middle, own->leaves);
    if ((double)part < own->least) return SAH_OK;
    if ((double)(middle.fighters - part) < own->least) return SAH_OK;
    enum sahel_turn_cause cause = cause_of(own, world, from);
    sah_sahel_break_away(world, from, row, own->leaves,
                         (double)part / (double)middle.fighters);
    settle_splinter(own, s, from, row, sah_bernoulli(rng, own->pledge_kept));
    return tell(world, SAHEL_TURN_SPLIT, cause, row, from, part, err);
}

static int leave(struct cohesion *own, struct sah_world *world, int member,
                 struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int umbrella = s->pledged[member];
    enum sahel_turn_cause cause = cause_of(own, world, umbrella);
    own->origin[member] = (int16_t)umbrella;
    s->pledged[member] = -1;
    int64_t all = sah_sahel_middle_of(world, member, true).fighters;
    return tell(world, SAHEL_TURN_SPLIT, cause, member, umbrella, all, err);
}

static int come_apart(struct cohesion *own, struct sah_world *world, int f,
                      struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_SPLIT, (uint64_t)f + 1);
    int status = SAH_OK;
    if (this_month(&rng, own->split * lacking(own, s, f)))
        status = split(own, world, f, &rng, err);
    if (status || s->pledged[f] < 0) return status;
    double hazard = own->leave * own->autonomy * lacking(own, s, s->pledged[f]);
    return this_month(&rng, hazard) ? leave(own, world, f, err) : SAH_OK;
}

/* ---- returns ---- */

static bool may_return(const struct cohesion *own, const struct sahel *s, int f) {
    int to = own->origin[f];
    return to >= 0 && s->active[to] && (double)s->cohesion[to] >= own->mended &&
           sahel_stance(s, f, to) >= (float)own->resentment &&
           !sah_sahel_belongs(s, to, f);
}

static int come_together(struct cohesion *own, struct sah_world *world, int f,
                         struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int to = own->origin[f];
    if (!may_return(own, s, f)) return SAH_OK;
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_REJOIN, (uint64_t)f + 1);
    if (!this_month(&rng, own->mend)) return SAH_OK;
    int64_t all = sah_sahel_middle_of(world, f, true).fighters;
    own->origin[f] = -1;
    if (s->faction[f].splinter) {
        sah_sahel_come_back(world, f, to);
        forget(own, s, f, to);
    } else {
        s->pledged[f] = (int16_t)to;
    }
    return tell(world, SAHEL_TURN_REJOIN, SAHEL_BY_CHANCE, f, to, all, err);
}

/* ---- defections ---- */

static int defect_all(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct cohesion *own = self;
    const struct sahel_bands *b = &sahel_of(world)->bands;
    for (size_t i = 0; i < b->base.n; i++)
        if (b->cell[i] != SAH_NOWHERE)
            sah_sahel_defect(world, i, own->defect, own->gone);
    return SAH_OK;
}

/* Those of the month are told as one turn from each faction to each. */
static int tell_defections(const struct cohesion *own, struct sah_world *world,
                           struct sah_error *err) {
    int n = (int)sahel_of(world)->nfactions, status = SAH_OK;
    for (int k = 0; k < n * n && !status; k++)
        if (own->gone[k] > 0)
            status = tell(world, SAHEL_TURN_DEFECTION, SAHEL_BY_RIVALRY, k / n, k % n,
                          own->gone[k], err);
    memset(own->gone, 0, (size_t)(n * n) * sizeof *own->gone);
    return status;
}

/* ---- the day ---- */

static int decide(void *self, struct sah_world *world, struct sah_error *err) {
    struct cohesion *own = self;
    const struct sahel *s = sahel_of(world);
    if (world->tick % PERIOD_DAY == 0) strain(own, world);
    if (sah_date_of(world->today).day != 1) return SAH_OK;
    int status = tell_defections(own, world, err);
    for (int f = 0; f < (int)s->nfactions && !status; f++)
        if (s->active[f]) status = come_together(own, world, f, err);
    for (int f = 0; f < (int)s->nfactions && !status; f++)
        if (s->active[f]) status = come_apart(own, world, f, err);
    return status;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct cohesion *own = self;
    size_t n = sahel_of(world)->nfactions;
    own->led = sah_world_array(world, "led", SAH_F32, n, "1",
                               "Leadership when cohesion last looked", err);
    own->origin = sah_world_array(world, "origin", SAH_I16, n, "1",
                                  "Whom a faction left, or -1", err);
    own->gone = sah_world_array(world, "defected", SAH_I32, n * n, "persons",
                                "Defections of this month", err);
    if (!own->led || !own->origin || !own->gone) return SAH_MEMORY;
    for (size_t f = 0; f < n; f++) {
        own->led[f] = 1;
        own->origin[f] = -1;
    }
    return SAH_OK;
}

static void free_own(void *self) {
    free(((struct cohesion *)self)->leaves);
}

/* What has split stays split. */
static void rest(void *self, struct sah_world *world) {
    const struct cohesion *own = self;
    struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nfactions; f++) own->led[f] = 1;
    memset(own->gone, 0, s->nfactions * s->nfactions * sizeof *own->gone);
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_NOTHING, NULL, decide,
     "Cohesion; splits and returns each month"},
    {SAHEL_RECRUIT, SAH_NOTHING, NULL, defect_all, "Fighters go over to rivals"},
    {0},
};

const struct sah_model sah_model_cohesion = {
    .name = "cohesion",
    .doc = "Factions strain, split, leak to rivals and mend",
    .reference = "ODD 7.2; Johnston 2008; Asal et al. 2012; Bakke et al. 2012",
    .acts = acts,
    .size = sizeof(struct cohesion),
    .rest = rest,
    .params = params,
    .init = init,
    .free = free_own,
};
