/* Mechanism 9, gold: whoever is felt at a site takes a share of what it yields.
 *
 *   income_f = yield weight(site) price * share * I / (I + S/20 + half) * I_f / I
 *
 * with I fighters and S soldiers felt there: a cut of the output in return for access
 * and protection. Sites open in the year their table says.
 *
 * Source: practice and trade volumes, facts 1.4; sites, facts 3.4. */
#include "models/sahel/world.h"

struct gold {
    double yield_usd_day, price, share, half;
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
    {0},
};
/* clang-format on */

static void tax_site(const struct gold *own, struct sah_world *world, size_t number) {
    struct sahel *s = sahel_of(world);
    const struct sah_geo_gold *site = &world->geo->gold[number];
    int32_t cell = sah_grid_cell(&world->grid, site->lon, site->lat);
    if (cell < 0 || site->from_year > sah_date_of(world->today).year) return;
    double felt = s->fighters_felt[cell];
    if (felt <= 0) return;
    double soldiers = s->soldiers_felt[cell] + s->shield[cell];
    double cents = 100 * own->yield_usd_day * site->weight * own->price * own->share *
                   felt / (felt + soldiers / 20 + own->half);
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

static const struct sah_act acts[] = {
    {SAHEL_ECONOMY, SAH_NOTHING, NULL, tax, "Gold sites are taxed"},
    {0},
};

const struct sah_model sah_model_gold = {
    .name = "gold",
    .doc = "Armed groups tax gold sites",
    .reference = "ODD 7.9",
    .acts = acts,
    .size = sizeof(struct gold),
    .params = params,
};
