/* Mechanism 10, predation: livestock theft, forest use, levies on routes and harvests.
 *
 * In each cell where fighters of groups after rule or gain are felt they take, per head
 * of the people they reach,
 *
 *   livestock   herd * pasture,   levy   trade * (1 + road),   poaching per km2 of
 *   protected land,
 *
 * times I / (I + half) and what the state leaves them, 1 - state. Where they are felt
 * people lose up to `burden` of their wealth. A stream closed (rate 0) leaves more to
 * the others: fighters who find less in one turn to the next, total effort being
 * fixed. Groups after neither live from their own (`outside` of their row).
 *
 * Source: streams and rates, facts 1.4 and 6.5; effort rule assumed. */
#include "models/sahel/world.h"

struct predation {
    double herd, trade, forest, half, burden;
};

#define AT(field) .at = offsetof(struct predation, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "livestock_rate", .type = SAH_REAL, AT(herd), .unit = "USD/person/year",
     .def = 3.5, .max = 100, .source = "facts 1.4; calibrated (provisional)",
     .doc = "Livestock taken per head where pasture is best"},
    {.key = "levy_rate", .type = SAH_REAL, AT(trade), .unit = "USD/person/year",
     .def = 2.3, .max = 100, .source = "facts 1.4; calibrated (provisional)",
     .doc = "Levies per head off the roads; twice that on them"},
    {.key = "forest_rate", .type = SAH_REAL, AT(forest), .unit = "USD/km2/year",
     .def = 5, .max = 1000, .source = "calibrated (provisional)",
     .doc = "Poaching and forest use per km2 of protected land"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 30,
     .min = 0.1, .max = 1000, .source = "assumed",
     .doc = "Fighters felt that take half of it all"},
    {.key = "burden", .type = SAH_REAL, AT(burden), .unit = "1", .def = 0.15, .max = 1,
     .source = "assumed", .doc = "Share of people's wealth taken at most"},
    {0},
};
/* clang-format on */

enum { STREAMS = 3 };
static const enum sahel_stream streams[STREAMS] = {SAHEL_LIVESTOCK, SAHEL_LEVY,
                                                   SAHEL_POACHING};

/* Dollars a year that each stream could give in a cell. */
static void prospects(const struct predation *own, const struct sah_world *world,
                      int32_t cell, double usd[static STREAMS]) {
    const struct sah_land *land = world->land;
    double people = sahel_of(world)->people_now[cell];
    usd[0] = own->herd * land->pasture[cell] * people;
    usd[1] = own->trade * (1 + land->road[cell]) * people;
    usd[2] = own->forest * land->protected_share[cell] * land->area_km2[cell];
}

/* Effort goes to streams as they pay: total effort 1, shares by prospect squared. */
static double take(const double usd[static STREAMS], double out[static STREAMS]) {
    double square = 0, sum = 0;
    for (int k = 0; k < STREAMS; k++) square += usd[k] * usd[k];
    for (int k = 0; k < STREAMS; k++) {
        out[k] = square > 0 ? usd[k] * usd[k] * usd[k] / square : 0;
        sum += out[k];
    }
    return sum;
}

struct takers { /* factions that take, of all */
    size_t n, faction[SAHEL_MAX_FACTIONS];
};

static void list_takers(const struct sahel *s, struct takers *takers) {
    takers->n = 0;
    for (size_t f = 0; f < s->nfactions; f++)
        if (sahel_seeks_more(s, (int)f)) takers->faction[takers->n++] = f;
}

/* Those of them that are felt in a cell, and their fighters felt. */
static float takers_in(const struct sah_world *world, const struct takers *all,
                       int32_t cell, struct takers *here) {
    const float *influence = sahel_of(world)->influence + cell;
    float felt = 0;
    here->n = 0;
    for (size_t k = 0; k < all->n; k++) {
        float of = influence[all->faction[k] * (size_t)world->grid.ncells];
        if (of <= 0) continue;
        felt += of;
        here->faction[here->n++] = all->faction[k];
    }
    return felt;
}

static void prey(const struct predation *own, struct sah_world *world,
                 const struct takers *takers, int32_t cell) {
    struct sahel *s = sahel_of(world);
    struct takers here;
    float felt = takers_in(world, takers, cell, &here);
    if (felt <= 0) return;
    double grip = sahel_pull(felt, (float)own->half) * (1 - s->state[cell]);
    double lost = own->burden * grip * (1 + (double)s->dues[cell]);
    s->taken[cell] = (float)(lost < 1 ? lost : 1);
    double usd[STREAMS], out[STREAMS];
    prospects(own, world, cell, usd);
    if (take(usd, out) <= 0) return;
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_COERCE, (uint64_t)cell + 1);
    for (size_t i = 0; i < here.n; i++) {
        size_t f = here.faction[i];
        double part =
            s->influence[f * (size_t)world->grid.ncells + (size_t)cell] / felt;
        if (sahel_bound(s, (int)f, cell)) part *= 1 + (double)s->dues[cell];
        for (int k = 0; part > 0 && k < STREAMS; k++)
            sah_deed_earn(world, (int)f, streams[k],
                          sah_round_random(&rng, out[k] * part * grip * 100 / 365.25));
    }
}

static int prey_all(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    struct sahel *s = sahel_of(world);
    struct takers takers;
    list_takers(s, &takers);
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        s->taken[c] = 0;
        if (s->fighters_felt[c] > 0 && world->theatre[c]) prey(self, world, &takers, c);
    }
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_ECONOMY, SAH_NOTHING, NULL, prey_all, "Livestock, levies and forests"},
    {0},
};

const struct sah_model sah_model_predation = {
    .name = "predation",
    .doc = "Livestock theft, poaching and levies pay armed groups",
    .reference = "ODD 7.10",
    .acts = acts,
    .size = sizeof(struct predation),
    .params = params,
};
