/* Forces: armies, missions and partners as the scenario lists them.
 *
 * A force keeps a share of its strength in the field, in units at posts: first one at
 * each of its bases, then in the towns nearest to them. Losses and changes of strength
 * (which the timeline gives) are made good slowly: as far as the force is funded (28),
 * and the slower the less a unit is supplied (29). */
#include "models/sahel/family.h"
#include "models/sahel/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const owners[] = {"national", "foreign", "mission", NULL};
static const char *const mandates[] = {"usual",  "fight", "protect",
                                       "advise", "air",   NULL};

#define AT(field) .at = offsetof(struct sahel_force, field)
/* clang-format off */
const struct sah_param sah_sahel_force_table[] = {
    {.key = "title", .type = SAH_TEXT, AT(title), .unit = "1", .def_text = "",
     .fixed = true, .source = "design", .doc = "Name shown to people"},
    {.key = "owner", .type = SAH_CHOICE, AT(owner), .unit = "1", .choices = owners,
     .fixed = true, .source = "facts 2", .doc = "Whose force it is"},
    {.key = "mandate", .type = SAH_CHOICE, AT(mandate), .unit = "1",
     .choices = mandates, .fixed = true, .source = "facts 2.3",
     .doc = "What it is there for; usual: a mission protects, others fight"},
    {.key = "country", .type = SAH_TEXT, AT(country), .unit = "1", .def_text = "",
     .fixed = true, .source = "facts 2.1",
     .doc = "State a national force serves (ISO 3166 alpha-3)"},
    {.key = "strength", .type = SAH_REAL, AT(strength), .unit = "persons", .def = 0,
     .max = 200000, .source = "facts 2", .doc = "Strength in persons"},
    {.key = "field_share", .type = SAH_REAL, AT(field_share), .unit = "1", .def = 0.3,
     .max = 1, .source = "assumed", .doc = "Share of it in units in the field"},
    {.key = "unit_size", .type = SAH_REAL, AT(unit_size), .unit = "persons", .def = 100,
     .min = 10, .max = 2000, .fixed = true, .source = "assumed",
     .doc = "Soldiers of a unit at one post"},
    {.key = "bases", .type = SAH_NAMES, AT(bases), .unit = "1", .def_text = "",
     .fixed = true, .source = "facts 2.5", .doc = "Towns and bases it stands at"},
    {.key = "area", .type = SAH_NAMES, AT(area), .unit = "1", .def_text = "",
     .fixed = true, .source = "facts 2.3",
     .doc = "Countries it may act in; empty: its own"},
    {.key = "lethality", .type = SAH_REAL, AT(lethality), .unit = "1", .def = 1,
     .max = 10, .source = "assumed",
     .doc = "Fire against that of a band of equal size"},
    {.key = "armour", .type = SAH_REAL, AT(armour), .unit = "1", .def = 0, .max = 1,
     .source = "facts 6.3", .doc = "Protection: share of losses armour avoids"},
    {.key = "patrol_rate", .type = SAH_REAL, AT(patrol_rate), .unit = "1/day",
     .def = 0.001, .max = 1, .source = "calibrated (provisional)",
     .doc = "Chance a day that 100 soldiers find a band within reach"},
    {.key = "raid_rate", .type = SAH_REAL, AT(raid_rate), .unit = "1/day", .def = 0,
     .max = 1, .source = "calibrated (provisional)",
     .doc = "Raids and air strikes a day of 1,000 persons"},
    {.key = "raid_range", .type = SAH_REAL, AT(raid_range_km), .unit = "km", .def = 300,
     .max = 2000, .source = "assumed", .doc = "Reach of raids from a base"},
    {.key = "harm", .type = SAH_REAL, AT(harm), .unit = "persons", .def = 0.3,
     .max = 20, .source = "calibrated (provisional)",
     .doc = "Civilians killed per contact at unit fire, where nobody informs"},
    {.key = "command", .type = SAH_TEXT, AT(command), .unit = "1", .def_text = "",
     .fixed = true, .source = "facts 2.4",
     .doc = "Joint command it is a member of; empty: none"},
    {.key = "budget", .type = SAH_REAL, AT(budget), .unit = "1", .def = 1, .max = 10,
     .source = "facts 2.3; assumed",
     .doc = "Share of its upkeep that is paid in the mean of months"},
    {.key = "volatility", .type = SAH_REAL, AT(volatility), .unit = "1", .def = 0,
     .max = 3, .source = "assumed",
     .doc = "Standard deviation of the logarithm of a month's money"},
    {.key = "aid", .type = SAH_REAL, AT(aid_usd_year), .unit = "USD/year", .def = 0,
     .max = 1e10, .source = "facts 2.3",
     .doc = "Aid of partners to it: training, equipment and airlift"},
    {0},
};
/* clang-format on */

struct forces {
    double fill_day;
};

/* clang-format off */
static const struct sah_param params[] = {
    {.key = "fill", .type = SAH_REAL, .at = offsetof(struct forces, fill_day),
     .unit = "day", .def = 90, .min = 1, .max = 3000, .source = "assumed",
     .doc = "Time scale on which a unit makes good a loss or change of strength"},
    {0},
};
/* clang-format on */

static int32_t field_strength(const struct sahel_force *f) {
    return (int32_t)(f->strength * f->field_share + 0.5);
}

static void resolve_force(struct sah_world *world, struct sahel_force *f,
                          struct sah_error *err) {
    char path[256];
    struct sahel *s = sahel_of(world);
    f->may_act = calloc(s->ncountries + 1, sizeof *f->may_act);
    f->base_cell = calloc(f->bases.n + 1, sizeof *f->base_cell);
    f->country_index = sah_geography_country(world->geo, f->country);
    f->duty = f->mandate != SAHEL_USUAL   ? f->mandate
              : f->owner == SAHEL_MISSION ? SAHEL_PROTECT
                                          : SAHEL_FIGHT;
    snprintf(path, sizeof path, "forces.%s.area", f->name);
    const struct sah_setting *area = sah_binding_find(&world->binding, path);
    if (!f->may_act || !f->base_cell) {
        sah_error_add(err, SAH_MEMORY, "no memory for countries and bases");
        return;
    }
    if (f->country[0] && f->country_index < 0)
        sah_scenario_complain(err, area->origin, f->name, f->country,
                              "country: no such country in countries.csv");
    if (!f->area.n && f->country_index >= 0) f->may_act[f->country_index] = true;
    if (!f->area.n && !f->country[0])
        sah_scenario_complain(err, area->origin, path, NULL,
                              "a force needs an area or a country to act in");
    for (size_t k = 0; k < f->area.n; k++) {
        int country = sah_geography_country(world->geo, f->area.name[k]);
        if (country >= 0)
            f->may_act[country] = true;
        else
            sah_scenario_complain(err, sah_setting_part(area, f->area.name[k]), path,
                                  f->area.name[k], "no such country in countries.csv");
    }
    snprintf(path, sizeof path, "forces.%s.bases", f->name);
    const struct sah_setting *bases = sah_binding_find(&world->binding, path);
    if (!f->bases.n)
        sah_scenario_complain(err, bases->origin, path, "", "a force needs a base");
    for (size_t k = 0; k < f->bases.n; k++) {
        f->base_cell[k] = sah_place_cell(world, f->bases.name[k]);
        if (f->base_cell[k] == SAH_NOWHERE)
            sah_place_complain(world, bases, f->bases.name[k], err);
    }
}

/* ---- posts ---- */

/* The nearest town of the force's area around a base that has no unit yet. */
static int32_t town_near(const struct sah_world *world, const struct sahel_force *f,
                         int32_t base, const uint8_t *taken) {
    const struct sah_geography *geo = world->geo;
    int32_t best = base;
    double least = 250;
    for (size_t k = 0; k < geo->nplaces; k++) {
        const struct sah_geo_place *place = &geo->place[k];
        int32_t cell = sah_grid_cell(&world->grid, place->lon, place->lat);
        if (cell < 0 || taken[cell] || !f->may_act[sahel_country_of(world, cell)])
            continue;
        double km = sah_grid_distance_km(&world->grid, base, cell);
        if (km < least) {
            least = km;
            best = cell;
        }
    }
    return best;
}

static int add_post(struct sah_world *world, int force, int32_t cell, int32_t soldiers,
                    uint32_t number, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    size_t i;
    int status = sah_population_add(&s->posts.base, 1, &i, err);
    if (status) return status;
    s->posts.id[i] = sah_id_child((uint64_t)force + 1001, 0, number);
    s->posts.cell[i] = s->posts.home[i] = cell;
    s->posts.soldiers[i] = soldiers;
    s->posts.force[i] = (int16_t)force;
    s->posts.supply[i] = 1;
    s->sum[SAHEL_SUM_SOLDIERS_START] += soldiers;
    return SAH_OK;
}

/* Posts are laid once, at least one at each base; later growth fills them. */
static int lay_posts(struct sah_world *world, int force, struct sah_error *err) {
    struct sahel_force *f = &sahel_of(world)->force[force];
    int32_t field = field_strength(f);
    int32_t units = (int32_t)((double)field / f->unit_size + 0.5);
    if (units < (int32_t)f->bases.n) units = (int32_t)f->bases.n;
    uint8_t *taken = calloc((size_t)world->grid.ncells + 1, 1);
    if (!taken) return sah_error_add(err, SAH_MEMORY, "no memory for posts");
    int status = SAH_OK;
    for (int32_t k = 0; k < units && !status; k++) {
        int32_t base = sah_place_cell(world, f->bases.name[k % (int32_t)f->bases.n]);
        int32_t cell =
            k < (int32_t)f->bases.n ? base : town_near(world, f, base, taken);
        taken[cell] = 1;
        int32_t soldiers = field / units + (k < field % units);
        status = add_post(world, force, cell, soldiers, (uint32_t)k, err);
    }
    free(taken);
    return status;
}

static int resolve(void *self, struct sah_world *world, struct sah_error *err) {
    (void)self;
    struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nforces; f++) resolve_force(world, &s->force[f], err);
    return err->code;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    (void)self;
    struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nforces && !err->code; f++) lay_posts(world, (int)f, err);
    return err->code
               ? err->code
               : sah_population_sort(&s->posts.base, (size_t)world->grid.ncells, err);
}

/* ---- strength in time ---- */

static void count_units(const struct sahel *s, int32_t *units) {
    for (size_t i = 0; i < s->posts.base.n; i++) units[s->posts.force[i]]++;
}

/* One unit moves towards its share of the force's field strength. */
static void fill(const struct forces *own, struct sah_world *world, size_t post,
                 int32_t units) {
    struct sahel *s = sahel_of(world);
    const struct sahel_force *f = &s->force[s->posts.force[post]];
    double goal =
        (double)field_strength(f) * (double)s->funding[s->posts.force[post]] / units;
    double step = (goal - s->posts.soldiers[post]) / own->fill_day;
    if (step > 0) step *= (double)s->posts.supply[post];
    struct sah_rng rng;
    sah_rng_at(&rng, (uint64_t)world->run.seed, SAHEL_DRAW_FILL, s->posts.id[post],
               world->tick);
    int32_t change = (int32_t)sah_round_random(&rng, step);
    if (change < -s->posts.soldiers[post]) change = -s->posts.soldiers[post];
    s->posts.soldiers[post] += change;
    s->sum[change > 0 ? SAHEL_SUM_SOLDIERS_SENT : SAHEL_SUM_SOLDIERS_WITHDRAWN] +=
        change > 0 ? change : -change;
}

static int fill_all(void *self, struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int32_t *units = calloc(s->nforces + 1, sizeof *units);
    if (!units) return sah_error_add(err, SAH_MEMORY, "no memory to count units");
    count_units(s, units);
    for (size_t i = 0; i < s->posts.base.n; i++)
        fill(self, world, i, units[s->posts.force[i]]);
    free(units);
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_NOTHING, NULL, fill_all, "Units are filled up or drawn down"},
    {0},
};

const struct sah_model sah_model_forces = {
    .name = "posts",
    .doc = "State and foreign forces take post",
    .reference = "ODD 7.0.3",
    .always = true,
    .acts = acts,
    .size = sizeof(struct forces),
    .params = params,
    .resolve = resolve,
    .init = init,
};
