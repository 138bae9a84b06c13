/* Fights between armed groups: both sides fire as well as their weapons let them. */
#include "models/sahel/attacks.h"
#include "models/sahel/losses.h"

int sah_attack_rival(const struct sahel_attacks *own, struct sah_world *world,
                     struct sahel_striker *band, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int64_t foe = sah_attack_foe_near(world, band);
    if (foe < 0) return SAH_OK;
    size_t rival = (size_t)foe;
    int16_t other = s->bands.faction[rival];
    struct sahel_fight fight = {.striker = s->bands.fighters[band->i],
                                .struck = s->bands.fighters[rival],
                                .front = s->rates.front,
                                .fire = own->fire * s->firepower[band->faction],
                                .fire_back = own->fire * s->firepower[other]};
    struct sahel_happening h = {.cell = s->bands.cell[rival],
                                .kind = SAHEL_CLASH,
                                .cause = SAHEL_CAUSE_WAR,
                                .side_a = (int16_t)band->faction,
                                .side_b = other,
                                .strength_a = fight.striker,
                                .strength_b = fight.struck};
    sah_attrition(&fight, &band->loss);
    h.deaths_b = sah_deed_kill_fighters(world, rival, fight.struck_dead);
    h.deaths_a = sah_deed_kill_fighters(world, band->i, fight.striker_dead);
    return sah_deed_event(world, &h, err);
}
