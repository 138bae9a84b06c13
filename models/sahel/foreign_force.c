/* Mechanism 25, foreign force: raids, air strikes and operations bounded in time.
 *
 * A foreign force with a raid rate strikes Poisson(rate strength / 1000) times a day.
 * It chooses among the bands within range of its posts and inside its area, in
 * proportion to size, times 1 + focus * operation where an operation is under way. Of
 * the band struck each fighter dies with a chance drawn uniformly up to `deadliness`;
 * civilians who die are counted apart (abuse.c).
 *
 * Every `period` a force opens an operation where most fighters are felt within range;
 * it lasts `length` and is felt e^(-km/extent) around. Bands inside lie low and move.
 *
 * Bands venture fewer attacks where foreign soldiers are counted on, F of them (`shield`):
 *
 *   wary = most F / (F + 200)
 *
 * Source: losses inflicted 2017-18, facts 2.3 and 6.4; operation rule assumed. That
 * insurgents hold back while foreign troops are near and strike once they have gone:
 * Fetzer, Souza, Vanden Eynde and Wright (2021), on Afghanistan; the form is ours. */
#include "models/sahel/world.h"

#include <string.h>

struct foreign_force {
    double wary, deadliness, focus, period_day, length_day, extent_km;
    int32_t *centre, *left; /* [force] cell of the running operation, days it lasts */
};

#define AT(field) .at = offsetof(struct foreign_force, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "wary", .type = SAH_REAL, AT(wary), .unit = "1", .def = 0.5, .max = 1,
     .source = "Fetzer et al. 2021; assumed",
     .doc = "Share of attacks not ventured where many foreign soldiers are counted on"},
    {.key = "deadliness", .type = SAH_REAL, AT(deadliness), .unit = "1", .def = 0.22,
     .max = 1, .source = "calibrated (provisional)",
     .doc = "Largest share of a band that a raid kills"},
    {.key = "focus", .type = SAH_REAL, AT(focus), .unit = "1", .def = 6, .min = 1,
     .max = 100, .source = "assumed",
     .doc = "How much readier to strike in an operation"},
    {.key = "period", .type = SAH_REAL, AT(period_day), .unit = "day", .def = 120,
     .min = 1, .max = 3000, .source = "assumed", .doc = "Days between two operations"},
    {.key = "length", .type = SAH_REAL, AT(length_day), .unit = "day", .def = 40,
     .min = 0, .max = 1000, .source = "assumed", .doc = "Days an operation lasts"},
    {.key = "extent", .type = SAH_REAL, AT(extent_km), .unit = "km", .def = 60,
     .min = 1, .max = 1000, .source = "assumed", .doc = "How far an operation is felt"},
    {0},
};
/* clang-format on */

/* Is a cell within range of a post of the force that has soldiers? */
static bool in_range(const struct sah_world *world, size_t force, int32_t cell) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_force *f = &s->force[force];
    if (!sahel_may_act(world, (int)force, cell)) return false;
    for (size_t p = 0; p < s->posts.base.n; p++)
        if (s->posts.force[p] == (int16_t)force && s->posts.soldiers[p] > 0 &&
            sah_grid_distance_km(&world->grid, s->posts.cell[p], cell) <=
                f->raid_range_km)
            return true;
    return false;
}

/* ---- operations ---- */

/* The band's cell within range where most fighters are felt; ties to the first. */
static int32_t worst_cell(const struct sah_world *world, size_t force) {
    const struct sahel *s = sahel_of(world);
    int32_t best = SAH_NOWHERE;
    for (size_t b = 0; b < s->bands.base.n; b++) {
        int32_t cell = s->bands.cell[b];
        if (cell == SAH_NOWHERE || cell == best) continue;
        if (best != SAH_NOWHERE && s->insurgent[cell] <= s->insurgent[best]) continue;
        if (in_range(world, force, cell)) best = cell;
    }
    return best;
}

static void be_felt(const struct foreign_force *own, struct sah_world *world,
                    int32_t centre) {
    struct sahel *s = sahel_of(world);
    struct sah_within around =
        sah_grid_within(&world->grid, sah_grid_lon(&world->grid, centre),
                        sah_grid_lat(&world->grid, centre), 4 * own->extent_km);
    while (sah_within_next(&around)) {
        float felt = (float)sah_exp(-around.km / own->extent_km);
        if (felt > s->operation[around.cell]) s->operation[around.cell] = felt;
    }
}

static int operate(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    struct foreign_force *own = self;
    struct sahel *s = sahel_of(world);
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        s->operation[c] = 0;
        s->wary[c] = (float)own->wary * sahel_pull(s->shield[c], 200);
    }
    uint32_t period = (uint32_t)own->period_day;
    for (size_t f = 0; f < s->nforces; f++) {
        if (!sahel_raids(&s->force[f])) continue;
        if ((world->tick + 1 + (uint32_t)f * 37) % period == 0) {
            own->centre[f] = worst_cell(world, f);
            own->left[f] = own->centre[f] == SAH_NOWHERE ? 0 : (int32_t)own->length_day;
        }
        if (own->left[f] > 0) {
            own->left[f]--;
            be_felt(own, world, own->centre[f]);
        }
    }
    return SAH_OK;
}

/* ---- raids ---- */

static int64_t choose_band(const struct foreign_force *own,
                           const struct sah_world *world, size_t force,
                           struct sah_rng *rng) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_bands *b = &s->bands;
    double all = 0;
    int64_t chosen = -1;
    for (size_t i = 0; i < b->base.n; i++) {
        if (b->cell[i] == SAH_NOWHERE || !in_range(world, force, b->cell[i])) continue;
        double weight = b->fighters[i] *
                        sahel_war_at(world, b->faction[i], b->cell[i]) *
                        (1 + own->focus * s->operation[b->cell[i]]);
        all += weight;
        if (sah_uniform(rng) * all < weight) chosen = (int64_t)i;
    }
    return chosen;
}

static int raid(const struct foreign_force *own, struct sah_world *world, size_t force,
                struct sah_rng *rng, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int64_t band = choose_band(own, world, force, rng);
    if (band < 0) return SAH_OK;
    int32_t fighters = s->bands.fighters[band], cell = s->bands.cell[band];
    int16_t faction = s->bands.faction[band];
    double chance = own->deadliness * sah_uniform(rng);
    int32_t hit = (int32_t)sah_binomial(rng, fighters, chance);
    int32_t killed = sah_deed_kill_fighters(world, (size_t)band, hit);
    return sah_deed_event(
        world,
        &(struct sahel_happening){.cell = cell,
                                  .kind = SAHEL_RAID,
                                  .cause = SAHEL_CAUSE_OPERATION,
                                  .side_a = sahel_actor_force(s, (int)force),
                                  .side_b = faction,
                                  .strength_b = fighters,
                                  .deaths_b = killed},
        err);
}

static int raid_all(void *self, struct sah_world *world, struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    int status = SAH_OK;
    for (size_t f = 0; f < s->nforces && !status; f++) {
        if (!sahel_raids(&s->force[f])) continue;
        struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_RAID, f + 1);
        int64_t n =
            sah_poisson(&rng, s->force[f].raid_rate * s->force[f].strength / 1000);
        for (int64_t k = 0; k < n && !status; k++)
            status = raid(self, world, f, &rng, err);
    }
    return status;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct foreign_force *own = self;
    size_t n = sahel_of(world)->nforces;
    own->centre = sah_world_array(world, "operation_centre", SAH_I32, n, "1",
                                  "Cell of the running operation of each force", err);
    own->left = sah_world_array(world, "operation_left", SAH_I32, n, "day",
                                "Days it still lasts", err);
    return own->centre && own->left ? SAH_OK : SAH_MEMORY;
}

static void rest(void *self, struct sah_world *world) {
    struct foreign_force *own = self;
    memset(own->left, 0, sahel_of(world)->nforces * sizeof *own->left);
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_NOTHING, NULL, operate,
     "Operations open, last and end; bands are wary"},
    {SAHEL_ENCOUNTER, SAH_NOTHING, NULL, raid_all, "Raids and air strikes"},
    {0},
};

const struct sah_model sah_model_foreign_force = {
    .name = "foreign_force",
    .doc = "Partners raid bands and run operations bounded in time",
    .reference = "ODD 7.25",
    .acts = acts,
    .size = sizeof(struct foreign_force),
    .rest = rest,
    .params = params,
    .init = init,
};
