/* Mechanism 9, gold: sites pay whoever is felt there, draw bands, and are fought over.
 *
 * A site puts v = yield weight price share dollars a day within reach, and of that
 *
 *   income_f = v I/(I + S/20 + half) I_f/I
 *
 * goes to faction f, with I fighters and S soldiers felt there: a cut of the output in
 * return for access and protection. Sites open in the year their table says. Around it,
 *
 *   lode(c) = V/(V + worth),  V = sum of v e^(-km / 20),   draws bands (21), and
 *   prize(c) = rapacity lode(c) (1 - sum of shares^2)      raises the rate of acts (12)
 *
 * shares of all strength felt, by bloc and for states (S/20): the more a site is worth
 * and the more evenly it is contested, the more it is fought over. What the money buys
 * (11) acts elsewhere.
 *
 * Source: Berman, Couttenier, Rohner and Thoenig (2017), who find that prices of
 * minerals raise violence near mines, and farther away through groups that hold them;
 * Dube and Vargas (2013) on rapacity. Changed: their effects are estimated, ours are
 * rules with assumed form. Practice and trade volumes, facts 1.4; sites, facts 3.4. */
#include "models/sahel/world.h"

#include <string.h>

struct gold {
    double yield_usd_day, price, share, half, worth_usd, rapacity;
};

#define AT(field) .at = offsetof(struct gold, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "yield", .type = SAH_REAL, AT(yield_usd_day), .unit = "USD/day",
     .def = 60000, .max = 1e7, .source = "facts 1.4; calibrated (provisional)",
     .doc = "Output of a site of weight 1 at the price of the start"},
    {.key = "price", .type = SAH_REAL, AT(price), .unit = "1", .def = 1, .max = 10,
     .source = "scenario", .doc = "Price of gold against that of the start"},
    {.key = "share", .type = SAH_REAL, AT(share), .unit = "1", .def = 0.04, .max = 1,
     .source = "assumed", .doc = "Share taken where nobody contests a site"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 15,
     .min = 0.1, .max = 1000, .source = "assumed",
     .doc = "Fighters felt that take half of that share"},
    {.key = "worth", .type = SAH_REAL, AT(worth_usd), .unit = "USD/day", .def = 15000,
     .min = 1, .max = 1e7, .source = "assumed",
     .doc = "Money within reach that is worth half of what gold can be"},
    {.key = "rapacity", .type = SAH_REAL, AT(rapacity), .unit = "1", .def = 20,
     .max = 100, .source = "Berman et al. 2017; assumed",
     .doc = "Acts that full lode, fully contested, adds, against 1"},
    {0},
};
/* clang-format on */

/* The cell of an open site; SAH_NOWHERE where there is none in the box yet. */
static int32_t open_site(const struct sah_world *world,
                         const struct sah_geo_gold *site) {
    bool is_open = site->from_year <= sah_date_of(world->today).year;
    return is_open ? sah_grid_cell(&world->grid, site->lon, site->lat) : SAH_NOWHERE;
}

static double value_of(const struct gold *own, const struct sah_geo_gold *site) {
    return own->yield_usd_day * site->weight * own->price * own->share;
}

/* ---- what it pays ---- */

static void tax_site(const struct gold *own, struct sah_world *world, size_t number) {
    struct sahel *s = sahel_of(world);
    const struct sah_geo_gold *site = &world->geo->gold[number];
    int32_t cell = open_site(world, site);
    if (cell < 0) return;
    double felt = s->fighters_felt[cell];
    if (felt <= 0) return;
    double soldiers = s->soldiers_felt[cell] + s->shield[cell];
    double cents =
        100 * value_of(own, site) * felt / (felt + soldiers / 20 + own->half);
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_INCOME, number + 1);
    for (size_t f = 0; f < s->nfactions; f++) {
        double part =
            s->influence[f * (size_t)world->grid.ncells + (size_t)cell] / felt;
        if (part > 0)
            sah_deed_earn(world, (int)f, SAHEL_GOLD,
                          sah_round_random(&rng, cents * part));
    }
}

static int tax(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    for (size_t k = 0; k < world->geo->ngold; k++) tax_site(self, world, k);
    return SAH_OK;
}

/* ---- what it draws ---- */

/* One less the sum of squared shares of strength, by bloc and for states. */
static double contest(const struct sah_world *world, int32_t cell) {
    const struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
    double states = (s->soldiers_felt[cell] + s->shield[cell]) / 20.0;
    double sum = states, square = states * states;
    for (size_t f = 0; f < s->nfactions; f++) {
        double felt = s->influence[f * n + (size_t)cell];
        sum += felt;
        for (size_t g = 0; g < s->nfactions && felt > 0; g++)
            if (s->bloc[g] == s->bloc[f])
                square += felt * s->influence[g * n + (size_t)cell];
    }
    return sum > 0 ? 1 - square / (sum * sum) : 0;
}

static int draw(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct gold *own = self;
    struct sahel *s = sahel_of(world);
    memset(s->lode, 0, (size_t)world->grid.ncells * sizeof *s->lode);
    for (size_t k = 0; k < world->geo->ngold; k++) {
        int32_t cell = open_site(world, &world->geo->gold[k]);
        if (cell < 0) continue;
        double value = value_of(own, &world->geo->gold[k]);
        sah_reach_add(world, s->lode, cell, (float)value);
    }
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        s->lode[c] = sahel_pull(s->lode[c], (float)own->worth_usd);
        s->prize[c] = 0;
        if (s->lode[c] > 0)
            s->prize[c] = (float)(own->rapacity * s->lode[c] * contest(world, c));
    }
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_ECONOMY, SAH_NOTHING, NULL, tax, "Gold sites are taxed"},
    {SAHEL_ECONOMY, SAH_NOTHING, NULL, draw, "What gold is worth, and contested"},
    {0},
};

const struct sah_model sah_model_gold = {
    .name = "gold",
    .doc = "Gold pays armed groups, draws them and is fought over",
    .reference = "ODD 7.9; Berman et al. 2017",
    .acts = acts,
    .size = sizeof(struct gold),
    .params = params,
};
