/* Parts of mechanism 12: who strikes whom (attacks.c), by which kind (attack_choice.c),
 * and how it goes against forces, people and rivals. */
#ifndef SAHEL_ATTACKS_H
#define SAHEL_ATTACKS_H
#include "models/sahel/world.h"

struct sahel_attacks { /* parameters, in attacks.c */
    double rate, half_density, exposed, foes_half, rivalry, fire, fire_back;
    double caution, complex_share, complex_size, complex_fire;
    double device_dead, indirect_dead;
    double civilian_dead, civilian_size, kidnap_share, ransom_usd, ransom_share;
    double leaders, leader_others, hushed, hush_day;
};

/* A band that may strike today. */
struct sahel_striker {
    size_t i;
    int32_t cell;
    int faction;
    struct sah_rng choice, loss;
};

enum sahel_target { SAHEL_AT_PEOPLE, SAHEL_AT_FORCES, SAHEL_AT_RIVALS, SAHEL_NTARGETS };

/* What is there to strike, 0 nothing: hazards against `rate` and tempo. */
void sah_attack_draws(const struct sahel_attacks *own, const struct sah_world *world,
                      const struct sahel_striker *band,
                      double draw[static SAHEL_NTARGETS]);

struct sahel_met { /* a unit that a band comes upon */
    size_t post;
    bool at_post; /* or a part of it on the road */
    int32_t cell; /* where it is met: at its post, or where the band is */
};
/* A unit in proportion to how strongly it is felt; false where none is. */
bool sah_attack_meets(const struct sah_world *world, struct sahel_striker *band,
                      struct sahel_met *unit);
/* A foe in the band's cell, else in one beside it; -1 where none stands. */
int64_t sah_attack_foe_near(const struct sah_world *world, struct sahel_striker *band);

/* By habit and echo, before anybody is met: the sum is the tempo against habit. */
double sah_attack_habit(const struct sahel *s, const struct sahel_striker *band,
                        double weight[static SAHEL_NKINDS]);
/* Against a unit: habit times opportunity, thinned by expected cost. */
enum sahel_kind sah_attack_choose(const struct sahel_attacks *own,
                                  const struct sahel *s, struct sahel_striker *band,
                                  const struct sahel_met *unit);

/* What came of it, as far as it is the same for all kinds. */
struct sahel_happening sah_attack_by(const struct sahel *s, struct sahel_striker *band,
                                     enum sahel_kind kind);

int sah_attack_unit(const struct sahel_attacks *own, struct sah_world *world,
                    struct sahel_striker *band, struct sah_error *err);
int sah_attack_people(const struct sahel_attacks *own, struct sah_world *world,
                      struct sahel_striker *band, struct sah_error *err);
int sah_attack_rival(const struct sahel_attacks *own, struct sah_world *world,
                     struct sahel_striker *band, struct sah_error *err);

#endif
