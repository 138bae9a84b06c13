/* Patrols: what state units do about bands.
 *
 * A unit finds a band in its cell or beside it with a hazard that grows with its size,
 * with what people tell (tips) and with the response its force can still give:
 *
 *   hazard = patrol_rate soldiers/100 (0.2 + 0.8 tips) response funding season
 *
 * It meets it with a detachment; the better informed, the better its fire. What people
 * suffer by it: abuse.c.
 *
 * Source: Kress and Szechtman (2009) on information. */
#include "models/sahel/losses.h"
#include "models/sahel/world.h"

struct patrols {
    double fire, fire_back, detachment;
};

#define AT(field) .at = offsetof(struct patrols, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "fire", .type = SAH_REAL, AT(fire), .unit = "1", .def = 0.25, .max = 10,
     .source = "calibrated (provisional)", .doc = "Aimed fire of an informed patrol"},
    {.key = "fire_back", .type = SAH_REAL, AT(fire_back), .unit = "1", .def = 0.25,
     .max = 10, .source = "calibrated (provisional)",
     .doc = "Fire of a surprised band"},
    {.key = "detachment", .type = SAH_REAL, AT(detachment), .unit = "persons",
     .def = 30, .min = 1, .max = 1000, .source = "assumed",
     .doc = "Soldiers of a patrol"},
    {0},
};
/* clang-format on */

struct unit {
    size_t i;
    int32_t cell;
    const struct sahel_force *force;
    struct sah_rng choice, loss;
};

static int contact(const struct patrols *own, struct sah_world *world,
                   struct unit *unit, size_t band, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int32_t cell = s->bands.cell[band], soldiers = s->posts.soldiers[unit->i];
    int32_t sent = (int32_t)own->detachment;
    double tips = sahel_known(s, cell);
    bool told = sah_bernoulli(&unit->loss, 0.8 * tips / (0.2 + 0.8 * tips));
    struct sahel_fight fight = {
        .striker = sent < soldiers ? sent : soldiers,
        .struck = s->bands.fighters[band],
        .front = s->rates.front,
        .fire = own->fire * unit->force->lethality *
                s->equipped[s->posts.force[unit->i]] * (0.3 + 0.7 * tips),
        .fire_back = own->fire_back * (1.3 - tips) * s->bands.gear[band]};
    sah_attrition(&fight, &unit->loss);
    int16_t faction = s->bands.faction[band];
    int32_t lost = sah_deed_kill_soldiers(world, unit->i, fight.striker_dead);
    int32_t killed = sah_deed_kill_fighters(world, band, fight.struck_dead);
    return sah_deed_event(world,
                          &(struct sahel_happening){
                              .cell = cell,
                              .kind = SAHEL_PATROL,
                              .cause = told ? SAHEL_CAUSE_TIP : SAHEL_CAUSE_CONTACT,
                              .side_a = sahel_actor_force(s, s->posts.force[unit->i]),
                              .side_b = faction,
                              .strength_a = fight.striker,
                              .strength_b = fight.struck,
                              .deaths_a = lost,
                              .deaths_b = killed},
                          err);
}

/* Every band within a day's way may be found. */
static int patrol(const struct patrols *own, struct sah_world *world, struct unit *unit,
                  struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    const struct sahel_bands *b = &s->bands;
    const struct sahel_around *met = &s->met[unit->cell / world->grid.nlon];
    int force = s->posts.force[unit->i];
    double able = (double)s->response[force] * s->funding[force] *
                  (1 - (double)s->restraint[force]);
    for (int32_t k = 0; k < met->n; k++) {
        int32_t cell = sahel_beside(&world->grid, met, unit->cell, k);
        if (cell == SAH_NOWHERE || b->base.first[cell] == b->base.first[cell + 1])
            continue;
        if (!sahel_may_act(world, force, cell)) continue;
        double known = sahel_known(s, cell);
        double hazard = met->weight[k] * unit->force->patrol_rate *
                        s->posts.soldiers[unit->i] / 100 * (0.2 + 0.8 * known) * able *
                        s->season[cell] * (1 - sahel_kept_out(world, force, cell));
        for (int64_t j = b->base.first[cell]; j < b->base.first[cell + 1]; j++) {
            if (b->cell[j] == SAH_NOWHERE || s->posts.soldiers[unit->i] <= 0) continue;
            double found = hazard * sahel_war_at(world, b->faction[j], cell);
            if (!sah_bernoulli(&unit->choice, found < 1 ? found : 1)) continue;
            int status = contact(own, world, unit, (size_t)j, err);
            if (status) return status;
        }
    }
    return SAH_OK;
}

static int patrol_all(void *self, struct sah_world *world, struct sah_error *err) {
    const struct patrols *own = self;
    struct sahel *s = sahel_of(world);
    struct sahel_posts *p = &s->posts;
    int status = SAH_OK;
    for (size_t i = 0; i < p->base.n && !status; i++) {
        struct unit unit = {.i = i,
                            .cell = p->cell[i],
                            .force = &s->force[p->force[i]],
                            .choice = sahel_rng(world, SAHEL_DRAW_PATROL, p->id[i]),
                            .loss = sahel_rng(world, SAHEL_DRAW_PATROL_LOSS, p->id[i])};
        p->pressure[i] *= 0.985f;
        if (p->soldiers[i] <= 0 || unit.force->patrol_rate <= 0) continue;
        if (!sahel_goes_out(unit.force)) continue;
        status = patrol(own, world, &unit, err);
    }
    return status;
}

static const struct sah_act acts[] = {
    {SAHEL_ENCOUNTER, SAH_NOTHING, NULL, patrol_all, "State units patrol"},
    {0},
};

const struct sah_model sah_model_patrols = {
    .name = "patrols",
    .doc = "State units look for bands",
    .reference = "ODD 7.0.6; Kress and Szechtman 2009",
    .always = true,
    .acts = acts,
    .size = sizeof(struct patrols),
    .params = params,
};
