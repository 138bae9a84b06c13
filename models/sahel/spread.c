/* Mechanism 21, spread: where bands go.
 *
 * Now and then a band weighs staying against eight places `ride` around it and
 * four farther ones drawn within its faction's reach, and takes one with probability
 * proportional to e^U:
 *
 *   U(c) =   kin        people there its profile appeals to (saturating)
 *          - state      presence of the state
 *          - shield     foreign soldiers people count on
 *          - crowd      own fighters there already
 *          + lode       what gold there is worth (9)
 *          + income     pasture, protected forest
 *          + border     e^(-km to a border / 30) (1 - crossing) (1 - followed):
 *                       sanctuary, but where forces may cross or follow (27)
 *          - distance   of the move, and from where the band was raised; up to half
 *                       of it spared where members of its bloc are hosts
 *          - supply     (km from where it was raised / reach)^2, spared likewise; reach
 *                       is the faction's, or its bloc's, times mobility (11)
 *          - operation  an area operation under way
 *          - rivals     felt there in open war, as far as they are the stronger
 *
 * `crossing` is the share, of all soldiers that go out after bands in the cell's country,
 * of those whose area holds the country across the border too.
 *
 * Those who are not after rule or gain stay within their reach of where they were raised.
 * Forces stop at borders unless their area says otherwise; bands do not.
 *
 * That strength is lost with distance: Boulding (1962), as a cost of far places. A border
 * shelters because the force behind must stop at it: Salehyan (2007), Transnational
 * Rebels; the measure of who may cross is ours. Drivers of spread are those named by
 * facts 1.2 to 1.4, 3.5; weights calibrated. */
#include "models/sahel/chances.h"

#include <math.h>
#include <stdlib.h>

#define KM_PER_DEGREE 111.195

struct spread {
    double stay_day, ride_km;
    double kin, state, shield, crowd, lode, income, border, distance, home, supply,
        operation, rivals;
    int16_t *across;  /* [cell] country across the nearest border, or -1 */
    float *crossing;  /* [country][country across] of today; scratch */
    double *soldiers; /* [force] of today; scratch */
};

#define AT(field) .at = offsetof(struct spread, field)
#define WEIGHT(word, field, value, text)                                         \
    {                                                                            \
        .key = word, .type = SAH_REAL, AT(field), .unit = "1", .def = value,     \
        .min = -20, .max = 20, .source = "calibrated (provisional)", .doc = text \
    }
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "stay", .type = SAH_REAL, AT(stay_day), .unit = "day", .def = 40, .min = 1,
     .max = 3000, .source = "calibrated (provisional)", .doc = "Days between two decisions to move"},
    {.key = "ride", .type = SAH_REAL, AT(ride_km), .unit = "km", .def = 35, .min = 5,
     .max = 300, .source = "assumed", .doc = "Distance of the places around"},
    WEIGHT("kin", kin, 2.5, "Pull of people its profile appeals to"),
    WEIGHT("state", state, 1.6, "Push of the state's presence"),
    WEIGHT("shield", shield, 1.0, "Push of foreign soldiers"),
    WEIGHT("crowd", crowd, 1.3, "Push of own fighters felt there"),
    WEIGHT("lode", lode, 3.0, "Pull of gold"),
    WEIGHT("income", income, 0.8, "Pull of pasture and forest"),
    WEIGHT("border", border, 1.2, "Pull of a border"),
    WEIGHT("distance", distance, 0.6, "Cost of 100 km of way"),
    WEIGHT("home", home, 0.8, "Cost of 100 km away from where it was raised"),
    WEIGHT("supply", supply, 1.0, "Cost of a place at the end of its reach"),
    WEIGHT("operation", operation, 2.0, "Push of an operation"),
    WEIGHT("rivals", rivals, 1.0, "Push of stronger, pull of weaker rivals in war"),
    {0},
};
/* clang-format on */

enum { AROUND = 8, FAR = 4, PLACES = 1 + AROUND + FAR, BORDER_KM = 60 };

/* ---- borders ---- */

/* The country of the nearest cell beyond a border; -1 where none is near. */
static int16_t across_of(const struct sah_world *world, int32_t cell) {
    const struct sah_land *land = world->land;
    double km = BORDER_KM + KM_PER_DEGREE * world->grid.cell_deg, least = INFINITY;
    int16_t best = -1, here = land->country[cell];
    struct sah_within w =
        sah_grid_within(&world->grid, sah_grid_lon(&world->grid, cell),
                        sah_grid_lat(&world->grid, cell), km);
    while (sah_within_next(&w)) {
        int16_t there = land->country[w.cell];
        if (there < 0 || there == here || w.km >= least) continue;
        least = w.km;
        best = there;
    }
    return best;
}

static void count_crossing(const struct spread *own, const struct sahel *s) {
    size_t n = s->ncountries;
    double *soldiers = own->soldiers;
    for (size_t f = 0; f < s->nforces; f++) soldiers[f] = 0;
    for (size_t p = 0; p < s->posts.base.n; p++) {
        size_t f = (size_t)s->posts.force[p];
        if (sahel_goes_out(&s->force[f]))
            soldiers[f] += s->posts.soldiers[p] * (1 - (double)s->restraint[f]);
    }
    for (size_t a = 0; a < n; a++) {
        double all = 0;
        for (size_t f = 0; f < s->nforces; f++)
            if (s->force[f].may_act[a]) all += soldiers[f];
        for (size_t b = 0; b < n; b++) {
            double both = 0;
            for (size_t f = 0; f < s->nforces && all > 0; f++)
                if (s->force[f].may_act[a] && s->force[f].may_act[b])
                    both += soldiers[f];
            own->crossing[a * n + b] = all > 0 ? (float)(both / all) : 0;
        }
    }
}

/* How far a border near the cell shelters, 0..1. */
static double sanctuary(const struct spread *own, const struct sah_world *world,
                        int32_t cell) {
    const struct sahel *s = sahel_of(world);
    if (own->across[cell] < 0) return 0;
    size_t pair = (size_t)sahel_country_of(world, cell) * s->ncountries +
                  (size_t)own->across[cell];
    return sah_exp(-world->land->border_km[cell] / 30.0) *
           (1 - (double)own->crossing[pair]) * (1 - (double)s->followed[cell]);
}

/* ---- places ---- */

/* Enemies felt in a cell: 1 where they are many and alone, below 0 where own fighters
 * outnumber them. */
static double threat(const struct sah_world *world, int faction, int32_t cell) {
    const struct sahel *s = sahel_of(world);
    size_t ncells = (size_t)world->grid.ncells;
    if (!sahel_any_enemy(s, faction)) return 0;
    double foes = 0, own = s->influence[(size_t)faction * ncells + (size_t)cell];
    for (size_t f = 0; f < s->nfactions; f++) {
        double enmity = sahel_enmity(s, faction, (int)f);
        if (enmity > 0) foes += enmity * s->influence[f * ncells + (size_t)cell];
    }
    return foes > 0 ? foes / (foes + 60) * (foes - own) / (foes + own) : 0;
}

static double utility(const struct spread *own, const struct sah_world *world,
                      size_t band, double reach, int32_t cell) {
    const struct sahel *s = sahel_of(world);
    const struct sah_land *land = world->land;
    const float *affinity = s->affinity + (size_t)s->bands.faction[band] * s->ngroups;
    double kin = 0;
    for (size_t g = 0; g < s->ngroups; g++)
        kin += (double)affinity[g] * s->people_group[(size_t)cell * s->ngroups + g];
    double crowd =
        s->influence[(size_t)s->bands.faction[band] * (size_t)world->grid.ncells +
                     (size_t)cell];
    double income = land->pasture[cell] * 0.5 + land->protected_share[cell];
    double km = sah_grid_distance_km(&world->grid, s->bands.cell[band], cell);
    double away = sah_grid_distance_km(&world->grid, s->bands.home[band], cell);
    double far = away / (reach + 1);
    double hosts =
        sahel_hosts(s, s->bands.faction[band], cell, (size_t)world->grid.ncells);
    return own->kin * kin / (kin + 5000) -
           own->state * s->state[cell] *
               sahel_war_at(world, s->bands.faction[band], cell) -
           own->shield * sahel_pull(s->shield[cell], 200) -
           own->crowd * crowd / (crowd + 60) + own->lode * s->lode[cell] +
           own->income * income + own->border * sanctuary(own, world, cell) -
           (1 - hosts / 2) * ((own->distance * km + own->home * away) / 100 +
                              own->supply * far * far) -
           own->operation * s->operation[cell] -
           own->rivals * threat(world, s->bands.faction[band], cell);
}

/* The farthest of its bloc, as far as reach is shared. */
static double reach_of(const struct sahel *s, int faction) {
    double reach = sahel_habits(s, faction)->reach_km, most = reach;
    for (size_t f = 0; f < s->nfactions; f++) {
        double other = sahel_habits(s, (int)f)->reach_km;
        bool ally = s->active[f] && s->bloc[f] == s->bloc[faction];
        if (ally && other > most) most = other;
    }
    return (reach + (double)s->hosting[faction] * (most - reach)) *
           s->mobility[faction];
}

/* May a band go to a cell? In the theatre; who defends or holds a land, near home. */
static bool passable(const struct sah_world *world, size_t band, double reach,
                     int32_t cell) {
    const struct sahel *s = sahel_of(world);
    if (cell == SAH_NOWHERE || !world->theatre[cell]) return false;
    return sahel_seeks_more(s, s->bands.faction[band]) ||
           sah_grid_distance_km(&world->grid, s->bands.home[band], cell) <= reach;
}

/* The place `km` away in a direction given as a share of a full turn. */
static int32_t place_at(const struct sah_world *world, int32_t from, double km,
                        double turn) {
    double lon = sah_grid_lon(&world->grid, from),
           lat = sah_grid_lat(&world->grid, from);
    double angle = turn * 6.283185307179586;
    double dlat = km * sah_cos(angle) / KM_PER_DEGREE;
    double narrow = sah_cos(sah_radians(lat + dlat / 2));
    double dlon = km * sah_sin(angle) / (KM_PER_DEGREE * narrow);
    return sah_grid_cell(&world->grid, lon + dlon, lat + dlat);
}

static size_t list_places(const struct spread *own, const struct sah_world *world,
                          size_t band, double reach, struct sah_rng *rng,
                          int32_t place[PLACES]) {
    const struct sahel *s = sahel_of(world);
    int32_t here = s->bands.cell[band];
    size_t n = 0;
    place[n++] = here;
    for (int k = 0; k < AROUND; k++) {
        int32_t cell = place_at(world, here, own->ride_km, k / (double)AROUND);
        if (passable(world, band, reach, cell)) place[n++] = cell;
    }
    for (int k = 0; k < FAR; k++) {
        double km = reach * sqrt(sah_uniform(rng));
        int32_t cell = place_at(world, here, km, sah_uniform(rng));
        if (passable(world, band, reach, cell)) place[n++] = cell;
    }
    return n;
}

static double chance_to_move(const struct spread *own, const struct sahel *s,
                             int32_t cell) {
    double hurry = 1 + 4 * s->operation[cell];
    double ease = s->season[cell];
    return hurry * ease / own->stay_day;
}

static void move_band(const struct spread *own, struct sah_world *world, size_t band) {
    struct sahel_bands *b = &sahel_of(world)->bands;
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_BAND_MOVE, b->id[band]);
    double chance = chance_to_move(own, sahel_of(world), b->cell[band]);
    if (!sah_bernoulli(&rng, chance < 1 ? chance : 1)) return;
    double reach = reach_of(sahel_of(world), b->faction[band]);
    int32_t place[PLACES];
    double weight[PLACES];
    size_t n = list_places(own, world, band, reach, &rng, place);
    double stay = utility(own, world, band, reach, place[0]);
    for (size_t k = 0; k < n; k++)
        weight[k] = sah_exp(utility(own, world, band, reach, place[k]) - stay);
    int32_t to = place[sah_discrete(&rng, weight, n)];
    if (to != b->cell[band]) b->embedded[band] *= 0.5f;
    b->cell[band] = to;
}

static void move_some(const struct spread *own, struct sah_world *world, size_t begin) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_bands *b = &s->bands;
    struct sahel_chances chances;
    sahel_chances_of(world, SAHEL_DRAW_BAND_MOVE, b->id, begin, b->base.n, &chances);
    for (size_t k = 0; k < chances.n; k++) {
        int32_t cell = b->cell[begin + k];
        if (cell == SAH_NOWHERE) continue;
        if (!sahel_chance_is_no(&chances, k, chance_to_move(own, s, cell)))
            move_band(own, world, begin + k);
    }
}

static int move_all(void *self, struct sah_world *world, struct sah_error *err) {
    struct sahel_bands *b = &sahel_of(world)->bands;
    count_crossing(self, sahel_of(world));
    for (size_t i = 0; i < b->base.n; i += SAHEL_CHANCES) move_some(self, world, i);
    return sah_population_sort(&b->base, (size_t)world->grid.ncells, err);
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct spread *own = self;
    const struct sahel *s = sahel_of(world);
    int32_t n = world->grid.ncells;
    own->across = calloc((size_t)n + 1, sizeof *own->across);
    own->crossing = calloc(s->ncountries * s->ncountries + 1, sizeof *own->crossing);
    own->soldiers = calloc(s->nforces + 1, sizeof *own->soldiers);
    if (!own->across || !own->crossing || !own->soldiers)
        return sah_error_add(err, SAH_MEMORY, "no memory for borders");
    for (int32_t c = 0; c < n; c++)
        own->across[c] = world->theatre[c] ? across_of(world, c) : -1;
    return SAH_OK;
}

static void free_own(void *self) {
    struct spread *own = self;
    free(own->across);
    free(own->crossing);
    free(own->soldiers);
}

static const struct sah_act acts[] = {
    {SAHEL_MOVE, SAH_NOTHING, NULL, move_all, "Bands weigh places and move"},
    {0},
};

const struct sah_model sah_model_spread = {
    .name = "spread",
    .doc = "Bands move to kin, weak states, income and sanctuary",
    .reference = "ODD 7.21",
    .acts = acts,
    .size = sizeof(struct spread),
    .params = params,
    .init = init,
    .free = free_own,
};
