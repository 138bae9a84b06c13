/* Mechanism 29, assistance: money for forces becomes training, equipment and airlift.
 *
 * A force gets `aid` a year for each of its `strength` persons, a = aid/strength, split
 * by the mix of the section. What money a' for one thing does saturates, a'/(a' + half):
 *
 *   trained  follows its goal with a half-life; training = 1 - saved trained, a factor
 *            on the civilians that its patrols harm
 *   equipped = 1 + gain a'/(a' + half), a factor on its fire
 *   armoured = a'/(a' + half), the lack of armour that protected vehicles make good
 *   airlift  = a'/(a' + half), the share of a cut that it makes good
 *
 * A force that advises (`mandate: advise`) adds `adviser` a year and person to the
 * training of the national forces of its area, shared among their soldiers.
 *
 * National posts away from a base live from the road to the nearest one. It is cut where
 * insurgents are felt on it, I of them at its worst place:
 *
 *   supply += (1 - I/(I + cut) (1 - airlift) - supply) k(stores)
 *
 * Units short of supply break sooner (state presence) and are not filled up (posts).
 * Airlift keeps them.
 *
 * Source: training and aid, facts 2.3; that training alone does not change conduct much:
 * Biddle, Macdonald and Baker (2018), hence the small `saved`; all numbers assumed. */
#include "models/sahel/world.h"

#include <string.h>

struct assistance {
    double training, airlift, protective, half_usd, adviser_usd, saved, learn_day, gain;
    double cut, stores_day;
    double *trained; /* [force] 0..1 */
};

#define AT(field) .at = offsetof(struct assistance, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "training", .type = SAH_REAL, AT(training), .unit = "1", .def = 0.3,
     .max = 1, .source = "assumed", .doc = "Share of aid that goes into training"},
    {.key = "airlift", .type = SAH_REAL, AT(airlift), .unit = "1", .def = 0.2, .max = 1,
     .source = "assumed",
     .doc = "Share that goes into airlift; what is left of aid, into equipment"},
    {.key = "protective", .type = SAH_REAL, AT(protective), .unit = "1", .def = 0.2,
     .max = 1, .source = "facts 6.3; assumed",
     .doc = "Share of equipment that protects: armoured vehicles, not arms"},
    {.key = "half", .type = SAH_REAL, AT(half_usd), .unit = "USD/year", .def = 2000,
     .min = 1, .max = 1e7, .source = "assumed",
     .doc = "Money per person for one thing that does half of what money can"},
    {.key = "adviser", .type = SAH_REAL, AT(adviser_usd), .unit = "USD/year",
     .def = 25000, .max = 1e7, .source = "facts 2.3; assumed",
     .doc = "Training that a person of an advising force is worth"},
    {.key = "saved", .type = SAH_REAL, AT(saved), .unit = "1", .def = 0.3, .max = 1,
     .source = "assumed", .doc = "Share of harm to civilians that full training avoids"},
    {.key = "learning", .type = SAH_REAL, AT(learn_day), .unit = "day", .def = 365,
     .min = 1, .max = 3000, .source = "assumed",
     .doc = "Time in which half of the training shows, or is lost again"},
    {.key = "gain", .type = SAH_REAL, AT(gain), .unit = "1", .def = 0.5, .max = 10,
     .source = "assumed", .doc = "Fire that full equipment adds"},
    {.key = "cut", .type = SAH_REAL, AT(cut), .unit = "persons", .def = 150,
     .min = 0.1, .max = 1e5, .source = "assumed",
     .doc = "Insurgents felt on a road that half cut it"},
    {.key = "stores", .type = SAH_REAL, AT(stores_day), .unit = "day", .def = 30,
     .min = 1, .max = 1000, .source = "assumed",
     .doc = "Time in which a post that is cut off uses up half of its stores"},
    {0},
};
/* clang-format on */

/* ---- money ---- */

/* Money a year per person of a force for one thing. */
static double usd_of(const struct sahel_force *force, double part) {
    if (force->strength <= 0 || part <= 0) return 0;
    return force->aid_usd_year * part / force->strength;
}

static double does(const struct assistance *own, double usd) {
    return usd / (usd + own->half_usd);
}

static bool trains(const struct sahel_force *adviser, const struct sahel_force *force) {
    return adviser->duty == SAHEL_ADVISE && force->owner == SAHEL_NATIONAL &&
           force->country_index >= 0 && adviser->may_act[force->country_index];
}

/* What advisers give each soldier of a national force in their area a year. */
static double advice_of(const struct assistance *own, const struct sahel *s,
                        const struct sahel_force *force) {
    double usd = 0;
    for (size_t a = 0; a < s->nforces; a++) {
        if (!trains(&s->force[a], force)) continue;
        double taught = 0;
        for (size_t f = 0; f < s->nforces; f++)
            if (trains(&s->force[a], &s->force[f])) taught += s->force[f].strength;
        double advisers = s->force[a].strength * (double)s->funding[a];
        if (taught > 0) usd += own->adviser_usd * advisers / taught;
    }
    return usd;
}

static int assist(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    struct assistance *own = self;
    struct sahel *s = sahel_of(world);
    double left = 1 - own->training - own->airlift,
           learn = sahel_fading(own->learn_day);
    for (size_t f = 0; f < s->nforces; f++) {
        double usd = usd_of(&s->force[f], own->training);
        double goal = does(own, usd + advice_of(own, s, &s->force[f]));
        own->trained[f] += (goal - own->trained[f]) * learn;
        s->training[f] = (float)(1 - own->saved * own->trained[f]);
        double armour = left * own->protective;
        double arms_usd = usd_of(&s->force[f], left - armour);
        s->equipped[f] = (float)(1 + own->gain * does(own, arms_usd));
        s->armoured[f] = (float)does(own, usd_of(&s->force[f], armour));
    }
    return SAH_OK;
}

/* ---- supply ---- */

static int32_t base_near(const struct sah_world *world, size_t post) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_force *force = &s->force[s->posts.force[post]];
    int32_t best = s->posts.cell[post];
    double least = 1e9;
    for (size_t k = 0; k < force->bases.n; k++) {
        double km = sah_grid_distance_km(&world->grid, s->posts.cell[post],
                                         force->base_cell[k]);
        if (km >= least) continue;
        least = km;
        best = force->base_cell[k];
    }
    return best;
}

/* Most insurgents felt on the straight way from a post to its base. */
static double on_the_road(const struct sah_world *world, int32_t from, int32_t to) {
    const struct sahel *s = sahel_of(world);
    const struct sah_grid *grid = &world->grid;
    double lon = sah_grid_lon(grid, from), lat = sah_grid_lat(grid, from), most = 0;
    double dlon = sah_grid_lon(grid, to) - lon, dlat = sah_grid_lat(grid, to) - lat;
    int steps = 1 + (int)(sah_grid_distance_km(grid, from, to) / 10);
    for (int k = 1; k <= steps; k++) {
        double part = (double)k / steps;
        int32_t c = sah_grid_cell(grid, lon + part * dlon, lat + part * dlat);
        if (c >= 0 && s->insurgent[c] > most) most = s->insurgent[c];
    }
    return most;
}

enum { SUPPLY_DAYS = 5 };

static int supply(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct assistance *own = self;
    struct sahel *s = sahel_of(world);
    if (world->tick % SUPPLY_DAYS != 0) return SAH_OK;
    double k = 1 - sahel_left(own->stores_day, SUPPLY_DAYS);
    for (size_t p = 0; p < s->posts.base.n; p++) {
        const struct sahel_force *force = &s->force[s->posts.force[p]];
        if (force->owner != SAHEL_NATIONAL) continue;
        int32_t base = base_near(world, p);
        double goal = 1;
        if (base != s->posts.cell[p]) {
            double felt = on_the_road(world, s->posts.cell[p], base);
            double lifted = does(own, usd_of(force, own->airlift));
            goal -= felt / (felt + own->cut) * (1 - lifted);
        }
        s->posts.supply[p] += (float)((goal - s->posts.supply[p]) * k);
    }
    return SAH_OK;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct assistance *own = self;
    own->trained = sah_world_array(world, "trained", SAH_F64, sahel_of(world)->nforces,
                                   "1", "How far each force is trained", err);
    return own->trained ? SAH_OK : SAH_MEMORY;
}

static void rest(void *self, struct sah_world *world) {
    struct assistance *own = self;
    struct sahel *s = sahel_of(world);
    memset(own->trained, 0, s->nforces * sizeof *own->trained);
    for (size_t p = 0; p < s->posts.base.n; p++) s->posts.supply[p] = 1;
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_NOTHING, NULL, assist, "Aid becomes training and equipment"},
    {SAHEL_DECIDE, SAH_NOTHING, NULL, supply, "Posts are supplied, every fifth day"},
    {0},
};

const struct sah_model sah_model_assistance = {
    .name = "assistance",
    .doc = "Aid trains and equips forces, and airlift keeps posts that are cut off",
    .reference = "ODD 7.29",
    .acts = acts,
    .size = sizeof(struct assistance),
    .rest = rest,
    .params = params,
    .init = init,
};
