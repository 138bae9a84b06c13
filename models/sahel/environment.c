/* Mechanism 35, environment: the rains and their failure.
 *
 *   season(c) = 1 - depth wet(lat) exp(-((day - peak) / width)^2 / 2)
 *
 * slows movement and attacks; wet(lat) falls from 1 at 13 N to 0 at 20 N, as the rains
 * do. Each year and region draws a rain anomaly (standard normal); what lies below
 * `threshold`, and what the scenario adds as `drought`, is a shortage of pasture and
 * harvest from October to the next September, felt by livelihood.
 *
 * Source: climate gradient and seasons, facts 3.3; depth and droughts assumed. */
#include "models/sahel/world.h"

struct environment {
    double depth, peak, width, threshold, slope, drought, farming, herding;
};

#define AT(field) .at = offsetof(struct environment, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "rain_depth", .type = SAH_REAL, AT(depth), .unit = "1", .def = 0.5,
     .max = 1, .source = "assumed",
     .doc = "How far the height of the rains slows movement and attacks"},
    {.key = "rain_peak", .type = SAH_REAL, AT(peak), .unit = "day", .def = 232,
     .min = 1, .max = 366, .source = "facts 3.3",
     .doc = "Day of the year of the height of the rains"},
    {.key = "rain_width", .type = SAH_REAL, AT(width), .unit = "day", .def = 35,
     .min = 5, .max = 120, .source = "facts 3.3", .doc = "Half width of the rains"},
    {.key = "drought_threshold", .type = SAH_REAL, AT(threshold), .unit = "1",
     .def = 0.8, .max = 5, .source = "assumed",
     .doc = "Rain anomaly below which a shortage begins, in standard deviations"},
    {.key = "drought_slope", .type = SAH_REAL, AT(slope), .unit = "1", .def = 0.3,
     .max = 1, .source = "assumed",
     .doc = "Shortage per standard deviation below the threshold"},
    {.key = "drought", .type = SAH_REAL, AT(drought), .unit = "1", .def = 0, .max = 1,
     .source = "scenario",
     .doc = "Shortage added everywhere, 0 none .. 1 nothing grows"},
    {.key = "farming_loss", .type = SAH_REAL, AT(farming), .unit = "1", .def = 0.6,
     .max = 1, .source = "assumed", .doc = "Wealth farmers lose in a full drought"},
    {.key = "herding_loss", .type = SAH_REAL, AT(herding), .unit = "1", .def = 0.8,
     .max = 1, .source = "assumed", .doc = "Wealth herders lose in a full drought"},
    {0},
};
/* clang-format on */

/* 1 in the rain belt, falling to 0 in the desert. */
static double wetness(double lat) {
    double w = (20.0 - lat) / 7.0;
    return w < 0 ? 0 : w > 1 ? 1 : w;
}

static void set_season(const struct environment *own, struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    double z = (sah_day_of_year(world->today) - own->peak) / own->width;
    double bump = own->depth * sah_exp(-0.5 * z * z);
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        bool new_row = c % world->grid.nlon == 0; /* along a parallel it is the same */
        s->season[c] = new_row
                           ? (float)(1 - bump * wetness(sah_grid_lat(&world->grid, c)))
                           : s->season[c - 1];
    }
}

/* The farming year that a day belongs to: from October on the harvest just grown. */
static int farming_year(int32_t day) {
    struct sah_date date = sah_date_of(day);
    return date.month >= 10 ? date.year : date.year - 1;
}

static double shortage_of(const struct environment *own, const struct sah_world *world,
                          int region) {
    struct sah_rng rng;
    sah_rng_at(&rng, (uint64_t)world->run.seed, SAHEL_DRAW_RAIN, (uint64_t)region + 1,
               (uint32_t)farming_year(world->today));
    double below = -sah_normal(&rng, 0, 1) - own->threshold;
    double shortage = own->drought + (below > 0 ? own->slope * below : 0);
    return shortage > 1 ? 1 : shortage;
}

static void set_drought(const struct environment *own, struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    const double loss[SAHEL_LIVELIHOODS] = {[SAH_FARMING] = own->farming,
                                            [SAH_HERDING] = own->herding,
                                            [SAH_MIXED] =
                                                0.5 * (own->farming + own->herding),
                                            [SAH_TRADE] = 0.3 * own->farming};
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        if (!world->theatre[c]) continue;
        double shortage = shortage_of(own, world, world->land->region[c]);
        s->drought[c] = (float)shortage;
        for (size_t l = 0; l < SAHEL_LIVELIHOODS; l++)
            s->shortage[(size_t)c * SAHEL_LIVELIHOODS + l] =
                (float)(shortage * loss[l]);
    }
}

static int turn(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    set_season(self, world);
    if (world->tick == 0 || sah_date_of(world->today).day == 1)
        set_drought(self, world);
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_ENVIRONMENT, SAH_NOTHING, NULL, turn,
     "Season each day, shortage each month"},
    {0},
};

const struct sah_model sah_model_environment = {
    .name = "environment",
    .doc = "Rains and drought act on movement, pasture and harvest",
    .reference = "ODD 7.35",
    .acts = acts,
    .size = sizeof(struct environment),
    .params = params,
};
