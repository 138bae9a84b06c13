/* Parts of mechanism 12: who strikes whom (attacks.c), by which kind (attack_choice.c),
 * and how it goes against forces, people and rivals. */
#ifndef SAHEL_ATTACKS_H
#define SAHEL_ATTACKS_H
#include "models/sahel/world.h"

struct sahel_attacks { /* parameters, in attacks.c */
    double rate, half_density, rivalry, fire, fire_back;
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

/* By habit and echo, before anybody is met: the sum is the tempo against habit. */
double sah_attack_habit(const struct sahel *s, const struct sahel_striker *band,
                        double weight[static SAHEL_NKINDS]);
/* Against a unit: habit times opportunity, thinned by expected cost. */
enum sahel_kind sah_attack_choose(const struct sahel_attacks *own,
                                  const struct sahel *s, struct sahel_striker *band,
                                  size_t post);

/* What came of it, as far as it is the same for all kinds. */
struct sahel_happening sah_attack_by(const struct sahel *s, struct sahel_striker *band,
                                     enum sahel_kind kind);

int sah_attack_unit(const struct sahel_attacks *own, struct sah_world *world,
                    struct sahel_striker *band, size_t post, struct sah_error *err);
int sah_attack_people(const struct sahel_attacks *own, struct sah_world *world,
                      struct sahel_striker *band, struct sah_error *err);
int sah_attack_rival(const struct sahel_attacks *own, struct sah_world *world,
                     struct sahel_striker *band, size_t rival, struct sah_error *err);

#endif
