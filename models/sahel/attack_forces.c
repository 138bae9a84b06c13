/* Attacks on units of states and their partners.
 *
 *   assault   on a detachment of half to twice the band, at most the unit; losses.h
 *             with a = fire gear firepower, b = fire_back lethality equipment
 *   complex   devices and indirect fire first, then a fight with the whole unit at
 *             `complex_fire` times the fire
 *   device    hit ~ Poisson(device_dead); armour and escorts spare each of them with
 *             chance 1 - (1 - protection) (1 - escorted); the spared are wounded
 *   indirect  dead ~ Poisson(indirect_dead)
 *
 * Source: losses by losses.h; devices and armour: facts 6.3; size of assaults on
 * bases: facts 6.4. */
#include "models/sahel/attacks.h"
#include "models/sahel/losses.h"

struct hit {
    int32_t dead, spared;
};

static struct sahel_happening on_unit(const struct sahel *s, struct sahel_striker *band,
                                      const struct sahel_met *unit,
                                      enum sahel_kind kind) {
    struct sahel_happening h = sah_attack_by(s, band, kind);
    h.cell = unit->cell;
    h.side_b = sahel_actor_force(s, s->posts.force[unit->post]);
    h.strength_b = s->posts.soldiers[unit->post];
    return h;
}

/* Armour spares whoever rides in it; partners nearby clear the roads of others. */
static struct hit device(const struct sahel_attacks *own, const struct sahel *s,
                         struct sahel_striker *band, const struct sahel_met *unit) {
    int16_t force = s->posts.force[unit->post];
    bool escorted = s->force[force].owner == SAHEL_NATIONAL;
    double cleared = escorted ? s->escorted[unit->cell] : 0;
    double spared = 1 - (1 - (double)s->protection[force]) * (1 - cleared);
    int32_t hit = (int32_t)sah_poisson(&band->loss, own->device_dead);
    int32_t safe = (int32_t)sah_binomial(&band->loss, hit, spared);
    return (struct hit){hit - safe, safe};
}

static int strike_from_afar(const struct sahel_attacks *own, struct sah_world *world,
                            struct sahel_striker *band, const struct sahel_met *unit,
                            enum sahel_kind kind, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    struct sahel_happening h = on_unit(s, band, unit, kind);
    struct hit hit = {0};
    if (kind == SAHEL_DEVICE)
        hit = device(own, s, band, unit);
    else
        hit.dead = (int32_t)sah_poisson(&band->loss, own->indirect_dead);
    h.deaths_b = sah_deed_kill_soldiers(world, unit->post, hit.dead);
    h.spared = hit.spared + (int32_t)sah_poisson(&band->loss, s->rates.wounded);
    return sah_deed_event(world, &h, err);
}

/* A fight at close range, after `before` have been killed from afar. */
static int fight(const struct sahel_attacks *own, struct sah_world *world,
                 struct sahel_striker *band, const struct sahel_met *unit,
                 enum sahel_kind kind, struct hit before, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    bool is_complex = kind == SAHEL_COMPLEX;
    size_t post = unit->post;
    int16_t force = s->posts.force[post];
    struct sahel_happening h = on_unit(s, band, unit, kind);
    int32_t fighters = s->bands.fighters[band->i];
    int32_t dead = sah_deed_kill_soldiers(world, post, before.dead);
    int32_t soldiers = s->posts.soldiers[post];
    int32_t met = (int32_t)(fighters * (0.5 + 1.5 * sah_uniform(&band->loss))) + 1;
    struct sahel_fight f = {
        .striker = fighters,
        .struck = is_complex || met > soldiers ? soldiers : met,
        .front = s->rates.front,
        .fire = own->fire * (is_complex ? own->complex_fire : 1) *
                s->bands.gear[band->i] * s->firepower[band->faction],
        .fire_back = own->fire_back * s->force[force].lethality * s->equipped[force]};
    sah_attrition(&f, &band->loss);
    h.strength_b = f.struck + dead;
    h.deaths_b = dead + sah_deed_kill_soldiers(world, post, f.struck_dead);
    h.deaths_a = sah_deed_kill_fighters(world, band->i, f.striker_dead);
    h.spared = before.spared;
    return sah_deed_event(world, &h, err);
}

static int complex_attack(const struct sahel_attacks *own, struct sah_world *world,
                          struct sahel_striker *band, const struct sahel_met *unit,
                          struct sah_error *err) {
    struct hit before = device(own, sahel_of(world), band, unit);
    before.dead += (int32_t)sah_poisson(&band->loss, own->indirect_dead);
    return fight(own, world, band, unit, SAHEL_COMPLEX, before, err);
}

int sah_attack_unit(const struct sahel_attacks *own, struct sah_world *world,
                    struct sahel_striker *band, struct sah_error *err) {
    struct sahel_met unit;
    if (!sah_attack_meets(world, band, &unit)) return SAH_OK;
    enum sahel_kind kind = sah_attack_choose(own, sahel_of(world), band, &unit);
    switch (kind) {
    case SAHEL_ASSAULT:
        return fight(own, world, band, &unit, kind, (struct hit){0}, err);
    case SAHEL_COMPLEX:
        return complex_attack(own, world, band, &unit, err);
    default:
        return strike_from_afar(own, world, band, &unit, kind, err);
    }
}
