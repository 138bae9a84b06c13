/* Attacks on people: killings, kidnappings, and leaders who cooperate with the state.
 *
 * Of the acts against civilians `kidnap_share` are kidnappings, paid for by chance. Of
 * the others leaders * tips are assassinations: where people tell, violence is selective
 * (Kalyvas 2006, ch. 7). One leader is killed, others by chance, and `hushed` people fall
 * silent:
 *
 *   silenced += (1 - silenced) hushed/(hushed + P),   halved every `hush_half_life`,
 *   tips *= 1 - silenced.
 *
 * A killing is Poisson of an exponential mean civilian_base + civilian_size n
 * firepower, n those of the band in contact (losses.h), of the group that the faction
 * appeals to least. */
#include "models/sahel/attacks.h"
#include "models/sahel/losses.h"

static struct sahel_happening
on_people(const struct sahel *s, struct sahel_striker *band, enum sahel_kind kind) {
    struct sahel_happening h = sah_attack_by(s, band, kind);
    h.cell = band->cell;
    h.cause = s->coercion[band->cell] > 1 && kind != SAHEL_KIDNAPPING
                  ? SAHEL_CAUSE_COERCION
                  : SAHEL_CAUSE_OPPORTUNITY;
    h.side_b = sahel_actor_civilians(s);
    return h;
}

static int kidnap(const struct sahel_attacks *own, struct sah_world *world,
                  struct sahel_striker *band, struct sah_error *err) {
    struct sahel_happening h = on_people(sahel_of(world), band, SAHEL_KIDNAPPING);
    if (sah_bernoulli(&band->loss, own->ransom_share))
        sah_deed_earn(world, band->faction, SAHEL_RANSOM,
                      (int64_t)(own->ransom_usd * 100));
    return sah_deed_event(world, &h, err);
}

/* The group that suffers: the less a faction appeals to it, the more it does. */
static int victims_of(const struct sah_world *world, struct sahel_striker *band) {
    const struct sahel *s = sahel_of(world);
    const float *affinity = s->affinity + (size_t)band->faction * s->ngroups;
    double weight[SAHEL_MAX_GROUPS], sum = 0;
    for (size_t g = 0; g < s->ngroups; g++) {
        weight[g] =
            s->people_group[(size_t)band->cell * s->ngroups + g] * (1.1 - affinity[g]);
        sum += weight[g];
    }
    return sum > 0 ? (int)sah_discrete(&band->choice, weight, s->ngroups) : -1;
}

static int kill(struct sah_world *world, struct sahel_striker *band,
                enum sahel_kind kind, int32_t hit, struct sah_error *err) {
    struct sahel_happening h = on_people(sahel_of(world), band, kind);
    h.deaths_civilians = sah_deed_kill_people(
        world, band->cell, victims_of(world, band), hit, false, &band->loss);
    return sah_deed_event(world, &h, err);
}

static int assassinate(const struct sahel_attacks *own, struct sah_world *world,
                       struct sahel_striker *band, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int32_t hit = 1 + (int32_t)sah_poisson(&band->loss, own->leader_others);
    double people = s->people_now[band->cell];
    float *silenced = &s->silenced[band->cell];
    *silenced += (1 - *silenced) * (float)(own->hushed / (own->hushed + people));
    return kill(world, band, SAHEL_ASSASSINATION, hit, err);
}

static int massacre(const struct sahel_attacks *own, struct sah_world *world,
                    struct sahel_striker *band, struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    double strong = sah_engaged(s->bands.fighters[band->i], s->rates.front) *
                    (double)s->firepower[band->faction];
    double mean = own->civilian_dead + own->civilian_size * strong;
    int32_t hit = (int32_t)sah_poisson(&band->loss, sah_exponential(&band->loss, mean));
    return kill(world, band, SAHEL_KILLING, hit, err);
}

int sah_attack_people(const struct sahel_attacks *own, struct sah_world *world,
                      struct sahel_striker *band, struct sah_error *err) {
    double tips = sahel_of(world)->tips[band->cell];
    if (sah_bernoulli(&band->choice, own->kidnap_share))
        return kidnap(own, world, band, err);
    if (sah_bernoulli(&band->choice, own->leaders * tips))
        return assassinate(own, world, band, err);
    return massacre(own, world, band, err);
}
