/* Mechanism 12, attack kinds: when bands act, and on whom.
 *
 * A band strikes people, forces and rivals at hazards per day side by side,
 *
 *   rate drive skill firepower (0.3 + 0.7 gear) (0.2 + 0.8 embedded) season
 *   (1 - operation/2) (1 - wary) (1 + prize) * draw
 *
 * where `draw` is what there is to strike: attack_targets.c. What it does to them:
 * attack_choice.c, attack_forces.c, attack_people.c, attack_rivals.c. Kinds and shares
 * after the record of 2017, facts 6.2. */
#include "models/sahel/attacks.h"

#define AT(field) .at = offsetof(struct sahel_attacks, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "rate", .type = SAH_REAL, AT(rate), .unit = "1/day", .def = 0.11, .max = 1,
     .source = "facts 6.2; calibrated (provisional)",
     .doc = "Hazard that a well armed band acts, in the dry season"},
    {.key = "half_density", .type = SAH_REAL, AT(half_density), .unit = "1/km2",
     .def = 80, .min = 0.001, .max = 1000, .source = "calibrated (provisional)",
     .doc = "People per square km that give a band half of its occasions"},
    {.key = "exposed", .type = SAH_REAL, AT(exposed), .unit = "persons", .def = 1600,
     .min = 0.001, .max = 1e9, .source = "calibrated (provisional)",
     .doc = "Soldiers felt that give a band half of its occasions against forces"},
    {.key = "foes_half", .type = SAH_REAL, AT(foes_half), .unit = "persons", .def = 150,
     .min = 0.001, .max = 1e9, .source = "calibrated (provisional)",
     .doc = "Foes felt, times enmity, that give a band half of its occasions against them"},
    {.key = "rivalry", .type = SAH_REAL, AT(rivalry), .unit = "1", .def = 1, .max = 10,
     .source = "assumed", .doc = "Weight of a foe on the spot in open war"},
    {.key = "fire", .type = SAH_REAL, AT(fire), .unit = "1", .def = 0.35, .max = 10,
     .source = "calibrated (provisional)", .doc = "Aimed fire of a band from cover"},
    {.key = "fire_back", .type = SAH_REAL, AT(fire_back), .unit = "1", .def = 0.25,
     .max = 10, .source = "calibrated (provisional)",
     .doc = "Fire of a surprised unit, times its lethality"},
    {.key = "civilian_base", .type = SAH_REAL, AT(civilian_dead), .unit = "persons",
     .def = 2, .max = 100, .source = "calibrated (provisional)",
     .doc = "Civilians killed in an attack on civilians, besides size"},
    {.key = "civilian_size", .type = SAH_REAL, AT(civilian_size), .unit = "1",
     .def = 0.17, .max = 10, .source = "calibrated (provisional)",
     .doc = "Civilians killed per fighter in an attack on civilians"},
    {.key = "device_dead", .type = SAH_REAL, AT(device_dead), .unit = "persons",
     .def = 2.2, .max = 100, .source = "facts 6.3",
     .doc = "Deaths by an explosive device without armour"},
    {.key = "indirect_dead", .type = SAH_REAL, AT(indirect_dead), .unit = "persons",
     .def = 0.4, .max = 100, .source = "assumed", .doc = "Deaths by indirect fire"},
    {.key = "kidnap_share", .type = SAH_REAL, AT(kidnap_share), .unit = "1",
     .def = 0.13, .max = 1, .source = "facts 6.2; calibrated (provisional)",
     .doc = "Share of kidnappings among acts against civilians"},
    {.key = "ransom", .type = SAH_REAL, AT(ransom_usd), .unit = "USD", .def = 20000,
     .max = 1e8, .source = "facts 1.4; assumed", .doc = "Ransom of a kidnapping"},
    {.key = "ransom_share", .type = SAH_REAL, AT(ransom_share), .unit = "1", .def = 0.3,
     .max = 1, .source = "assumed", .doc = "Share of kidnappings paid for"},
    {.key = "caution", .type = SAH_REAL, AT(caution), .unit = "1", .def = 3, .max = 50,
     .source = "assumed",
     .doc = "How strongly expected losses keep a band from a fight: e^(-this * share)"},
    {.key = "complex_share", .type = SAH_REAL, AT(complex_share), .unit = "1",
     .def = 0.6, .max = 1, .source = "assumed",
     .doc = "Share of complex attacks among assaults of a very large band"},
    {.key = "complex_size", .type = SAH_REAL, AT(complex_size), .unit = "persons",
     .def = 25, .min = 1, .max = 10000, .source = "facts 6.4",
     .doc = "Fighters from which on a band can make a complex attack"},
    {.key = "complex_fire", .type = SAH_REAL, AT(complex_fire), .unit = "1",
     .def = 1.5, .max = 10, .source = "assumed",
     .doc = "Fire of a complex attack against that of an assault"},
    {.key = "leaders", .type = SAH_REAL, AT(leaders), .unit = "1", .def = 0.3,
     .max = 1, .source = "assumed",
     .doc = "Share of assassinations among killings where everybody informs"},
    {.key = "leader_others", .type = SAH_REAL, AT(leader_others), .unit = "persons",
     .def = 0.2, .max = 100, .source = "assumed",
     .doc = "Others killed with a leader"},
    {.key = "hushed", .type = SAH_REAL, AT(hushed), .unit = "persons", .def = 20000,
     .max = 1e7, .source = "assumed",
     .doc = "People that the death of a leader silences"},
    {.key = "hush_half_life", .type = SAH_REAL, AT(hush_day), .unit = "day",
     .def = 180, .min = 1, .max = 3000, .source = "assumed",
     .doc = "Time in which half of the silenced talk again"},
    {0},
};
/* clang-format on */

/* ---- what all kinds share ---- */

/* Where an echo raises the kind, the excess is what it came from: drawn. */
static enum sahel_cause cause_of(const struct sahel *s, struct sahel_striker *band,
                                 enum sahel_kind kind) {
    double echo = sahel_echo(s, band->faction, kind, s->bands.fighters[band->i]);
    bool follows = echo > 1 && sah_bernoulli(&band->loss, 1 - 1 / echo);
    return follows ? SAHEL_CAUSE_ECHO : SAHEL_CAUSE_OPPORTUNITY;
}

struct sahel_happening sah_attack_by(const struct sahel *s, struct sahel_striker *band,
                                     enum sahel_kind kind) {
    return (struct sahel_happening){.kind = kind,
                                    .cause = cause_of(s, band, kind),
                                    .side_a = (int16_t)band->faction,
                                    .strength_a = s->bands.fighters[band->i],
                                    .band = s->bands.id[band->i]};
}

/* ---- the day of a band ---- */

/* The tempo of a band by its faction, its kit and the place, before targets. */
static double tempo(const struct sahel_attacks *own, const struct sahel *s,
                    const struct sahel_striker *band) {
    double kinds[SAHEL_NKINDS];
    return own->rate * sah_attack_habit(s, band, kinds) *
           (1 + (double)s->prize[band->cell]) * s->drive[band->faction] *
           s->skill[band->faction] * s->firepower[band->faction] *
           (0.3 + 0.7 * s->bands.gear[band->i]) *
           (0.2 + 0.8 * s->bands.embedded[band->i]) * s->season[band->cell] *
           (1 - 0.5 * s->operation[band->cell]) * (1 - s->wary[band->cell]);
}

static int act(const struct sahel_attacks *own, struct sah_world *world,
               struct sahel_striker *band, struct sah_error *err) {
    double draw[SAHEL_NTARGETS], sum = 0;
    sah_attack_draws(own, world, band, draw);
    for (int k = 0; k < SAHEL_NTARGETS; k++) sum += draw[k];
    double hazard = sum * tempo(own, sahel_of(world), band);
    if (!sah_bernoulli(&band->choice, hazard < 1 ? hazard : 1)) return SAH_OK;
    switch ((enum sahel_target)sah_discrete(&band->choice, draw, SAHEL_NTARGETS)) {
    case SAHEL_AT_PEOPLE:
        return sah_attack_people(own, world, band, err);
    case SAHEL_AT_FORCES:
        return sah_attack_unit(own, world, band, err);
    default:
        return sah_attack_rival(own, world, band, err);
    }
}

static int act_all(void *self, struct sah_world *world, struct sah_error *err) {
    const struct sahel_bands *b = &sahel_of(world)->bands;
    int status = SAH_OK;
    for (size_t i = 0; i < b->base.n && !status; i++) {
        if (b->cell[i] == SAH_NOWHERE) continue;
        struct sahel_striker band = {
            .i = i,
            .cell = b->cell[i],
            .faction = b->faction[i],
            .choice = sahel_rng(world, SAHEL_DRAW_ATTACK, b->id[i]),
            .loss = sahel_rng(world, SAHEL_DRAW_ATTACK_LOSS, b->id[i])};
        status = act(self, world, &band, err);
    }
    return status;
}

/* ---- leaders are silenced ---- */

static int silence(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct sahel_attacks *own = self;
    struct sahel *s = sahel_of(world);
    float keep = (float)sahel_left(own->hush_day, 1);
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        if (s->silenced[c] <= 0) continue;
        s->silenced[c] *= keep;
        s->tips[c] *= 1 - s->silenced[c];
    }
    return SAH_OK;
}

static const struct sah_act acts[] = {
    {SAHEL_INFORMATION, SAH_NOTHING, NULL, silence, "Where leaders died, fewer tell"},
    {SAHEL_ENCOUNTER, SAH_NOTHING, NULL, act_all, "Bands strike"},
    {0},
};

const struct sah_model sah_model_attacks = {
    .name = "attacks",
    .doc = "Bands attack forces, civilians and rivals, by kind",
    .reference = "ODD 7.12",
    .acts = acts,
    .size = sizeof(struct sahel_attacks),
    .params = params,
};
