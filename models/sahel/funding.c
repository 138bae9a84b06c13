/* Mechanism 28, funding: forces live from money that is steady, or is not.
 *
 * A force is promised `budget` of its upkeep. On the first of a month comes
 *
 *   m = budget e^(v x - v^2/2),   x' = persistence x + sqrt(1 - persistence^2) N(0,1)
 *
 * with v its `volatility`, so that the mean is `budget` however volatile it is. What it
 * can do, the slot `funding`, follows m, at most 1, and falls faster than it rises:
 *
 *   funding += (min(m, 1) - funding) k(wane) or k(build)
 *
 * A month unpaid costs more than a month of plenty gives: men go, vehicles stand still,
 * and both take long to come back. Funding multiplies the field strength that units are
 * filled up to (posts), patrols, answers to calls, and what a joint command can do.
 *
 * Source: pledges and payments to the joint force, facts 2.3; the waste of volatile aid
 * after Bulir and Hamann (2008); form and half-lives assumed. */
#include "models/sahel/world.h"

#include <math.h>
#include <string.h>

struct funding {
    double persistence, wane_day, build_day;
    double *shock, *money; /* [force] x, and m of this month */
    uint8_t begun;
};

#define AT(field) .at = offsetof(struct funding, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "persistence", .type = SAH_REAL, AT(persistence), .unit = "1", .def = 0.6,
     .max = 0.99, .source = "assumed",
     .doc = "What is left of a good or bad month in the next"},
    {.key = "wane", .type = SAH_REAL, AT(wane_day), .unit = "day", .def = 30, .min = 1,
     .max = 3000, .source = "assumed",
     .doc = "Time in which an unpaid force loses half of what it could do"},
    {.key = "build", .type = SAH_REAL, AT(build_day), .unit = "day", .def = 180,
     .min = 1, .max = 3000, .source = "assumed",
     .doc = "Time in which a paid force regains half of it"},
    {0},
};
/* clang-format on */

static const struct sah_field fields[] = {
    {"budget_begun", SAH_U8, offsetof(struct funding, begun), 1, "1",
     "1 once money has come"},
    {0},
};

/* The first month is drawn from the law that all months have. */
static void pay_month(struct funding *own, const struct sah_world *world, size_t f) {
    const struct sahel_force *force = &sahel_of(world)->force[f];
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_BUDGET, f + 1);
    double kept = own->begun ? own->persistence : 0, v = force->volatility;
    own->shock[f] =
        kept * own->shock[f] + sqrt(1 - kept * kept) * sah_normal(&rng, 0, 1);
    own->money[f] = force->budget * sah_exp(v * own->shock[f] - v * v / 2);
}

static int fund(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    struct funding *own = self;
    struct sahel *s = sahel_of(world);
    bool pay = !own->begun || sah_date_of(world->today).day == 1;
    double wane = sahel_fading(own->wane_day), build = sahel_fading(own->build_day);
    for (size_t f = 0; f < s->nforces; f++) {
        if (pay) pay_month(own, world, f);
        double met = own->money[f] < 1 ? own->money[f] : 1;
        double way = met - (double)s->funding[f];
        s->funding[f] += (float)(way * (way < 0 ? wane : build));
    }
    own->begun = 1;
    return SAH_OK;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct funding *own = self;
    size_t n = sahel_of(world)->nforces;
    own->shock =
        sah_world_array(world, "budget_shock", SAH_F64, n, "1",
                        "Fortune of each force's money, in standard deviations", err);
    own->money = sah_world_array(world, "budget_money", SAH_F64, n, "1",
                                 "Share of its upkeep that came this month", err);
    return own->shock && own->money ? SAH_OK : SAH_MEMORY;
}

static void rest(void *self, struct sah_world *world) {
    struct funding *own = self;
    size_t n = sahel_of(world)->nforces;
    memset(own->shock, 0, n * sizeof *own->shock);
    memset(own->money, 0, n * sizeof *own->money);
    own->begun = 0;
}

static const struct sah_act acts[] = {
    {SAHEL_ECONOMY, SAH_NOTHING, NULL, fund,
     "Money of forces, on the first of a month"},
    {0},
};

const struct sah_model sah_model_funding = {
    .name = "funding",
    .doc = "Forces are paid steadily or not, and wane faster than they build",
    .reference = "ODD 7.28; Bulir and Hamann 2008",
    .acts = acts,
    .size = sizeof(struct funding),
    .init = init,
    .rest = rest,
    .params = params,
    .fields = fields,
};
