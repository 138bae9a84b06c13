/* Which kind of attack: habit, occasion, and what it may cost.
 *
 * A faction's habits say how its acts against forces divide into explosive devices,
 * indirect fire and assaults; of the assaults of a band of n fighters, well above
 * `complex_size`, up to `complex_share` are complex attacks. Against a unit,
 *
 *   weight = habit * echo * occasion * e^(-caution L)
 *
 * occasion is 0 for indirect fire and complex attacks on a unit that is not met at its
 * base, and 1 otherwise; L is the share of the band that the fight is expected to cost,
 * by the law of losses.h were all in contact, 0 for devices and indirect fire:
 *
 *   L = c/(1 + c),   c = fire back B/(A + B),   A strikers against B that are met.
 *
 * Changed from a choice by utility as in Epstein (2002), where an agent acts if gain
 * exceeds risk: a soft choice among kinds. Form and caution assumed. */
#include "models/sahel/attacks.h"

double sah_attack_habit(const struct sahel *s, const struct sahel_striker *band,
                        double weight[static SAHEL_NKINDS]) {
    const struct sahel_faction *f = sahel_habits(s, band->faction);
    int32_t fighters = s->bands.fighters[band->i];
    double device = f->device_share;
    double indirect = f->indirect_share < 1 - device ? f->indirect_share : 1 - device;
    double forces = 1 - f->civilian_share, sum = 0;
    for (int k = 0; k < SAHEL_NKINDS; k++) weight[k] = 0;
    weight[SAHEL_DEVICE] = forces * device;
    weight[SAHEL_INDIRECT] = forces * indirect;
    weight[SAHEL_ASSAULT] = forces * (1 - device - indirect);
    weight[SAHEL_KILLING] = f->civilian_share;
    for (int k = 0; k < SAHEL_NKINDS; k++)
        sum += weight[k] *= sahel_echo(s, band->faction, (enum sahel_kind)k, fighters);
    return sum;
}

/* Share of A strikers that a fight with B is expected to cost. */
static double cost(double fire_back, double a, double b) {
    double c = fire_back * b / (a + b);
    return c / (1 + c);
}

/* How much of its assaults a band of this size could make complex attacks. */
static double complex_part(const struct sahel_attacks *own, double fighters) {
    if (fighters <= own->complex_size) return 0;
    return own->complex_share * (1 - own->complex_size / fighters);
}

enum sahel_kind sah_attack_choose(const struct sahel_attacks *own,
                                  const struct sahel *s, struct sahel_striker *band,
                                  const struct sahel_met *unit) {
    double weight[SAHEL_NKINDS];
    sah_attack_habit(s, band, weight);
    weight[SAHEL_KILLING] = 0;
    size_t post = unit->post;
    bool at_base = unit->at_post && s->posts.cell[post] == s->posts.home[post];
    double a = s->bands.fighters[band->i], b = s->posts.soldiers[post];
    double back = own->fire_back * s->force[s->posts.force[post]].lethality;
    double met = 1.25 * a < b ? 1.25 * a : b;
    double complex_weight = at_base ? weight[SAHEL_ASSAULT] * complex_part(own, a) : 0;
    weight[SAHEL_ASSAULT] -= complex_weight;
    weight[SAHEL_ASSAULT] *= sah_exp(-own->caution * cost(back, a, met));
    weight[SAHEL_COMPLEX] = complex_weight * sah_exp(-own->caution * cost(back, a, b));
    if (!at_base) weight[SAHEL_INDIRECT] = 0;
    double sum = 0;
    for (int k = 0; k < SAHEL_NKINDS; k++) sum += weight[k];
    if (sum <= 0) return SAHEL_ASSAULT;
    return (enum sahel_kind)sah_discrete(&band->choice, weight, SAHEL_NKINDS);
}
