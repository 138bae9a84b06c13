/* Deeds: what can be done to the world, with the books kept (deeds.c). */
#ifndef SAHEL_DEEDS_H
#define SAHEL_DEEDS_H
#include "models/sahel/codes.h"
#include "sim/sah.h"

/* One use of armed force; the log gets it with place, type and number. */
struct sahel_happening {
    int32_t cell;
    enum sahel_kind kind;
    enum sahel_cause cause;
    int16_t side_a, side_b;
    int32_t strength_a, strength_b, deaths_a, deaths_b, deaths_civilians;
    int32_t spared; /* wounded besides those that come with deaths */
    uint64_t band;  /* that struck, where forces may answer; else 0 */
};
int sah_deed_event(struct sah_world *world, const struct sahel_happening *happening,
                   struct sah_error *err);

/* One turn in the relations of armed groups; its log gets it with date and number. */
struct sahel_turn {
    enum sahel_turn_kind kind;
    enum sahel_turn_cause cause;
    int16_t side_a, side_b; /* actors; SAHEL_NOBODY */
    int32_t fighters;
};
enum { SAHEL_NOBODY = -1 };
int sah_deed_turn(struct sah_world *world, const struct sahel_turn *turn,
                  struct sah_error *err);

/* Kills `count` civilians of a cell (of one group, or of any if group < 0), chosen at
 * random; returns how many there were to kill. Harm is heard of around, most by their
 * group: as hurt where `by_state`, else as menace. */
int32_t sah_deed_kill_people(struct sah_world *world, int32_t cell, int group,
                             int32_t count, bool by_state, struct sah_rng *rng);
/* People hear of `count` civilians killed in a cell, nobody's in particular. */
void sah_deed_hear(struct sah_world *world, int32_t cell, double count, bool by_state);
/* The agent of a person of the cell drawn at random; -1 where nobody is present. */
int64_t sah_deed_someone(const struct sah_world *world, int32_t cell,
                         struct sah_rng *rng);
/* Removes killed fighters from a band, or killed soldiers from a post. */
int32_t sah_deed_kill_fighters(struct sah_world *world, size_t band, int32_t count);
int32_t sah_deed_kill_soldiers(struct sah_world *world, size_t post, int32_t count);
/* Fighters of a band go over to a band of another faction: no one is lost. */
int32_t sah_deed_defect(struct sah_world *world, size_t from, size_t to, int32_t count);

/* Fighters whom a state held come back to a band. */
void sah_deed_free_fighters(struct sah_world *world, size_t band, int32_t count);

/* A whole band changes its faction. */
void sah_deed_change_side(struct sah_world *world, size_t band, int faction,
                          enum sahel_exit exit);

/* Money in cents: earned from outside the world, spent out of it, handed over. */
void sah_deed_earn(struct sah_world *world, int faction, enum sahel_stream stream,
                   int64_t cents);
int64_t sah_deed_spend(struct sah_world *world, int faction, enum sahel_stream stream,
                       int64_t cents);
void sah_deed_share(struct sah_world *world, int from, int to, int64_t cents);

/* A new band of `fighters`, its id from `parent`; they are counted by the caller. */
int sah_deed_raise_band(struct sah_world *world, int faction, int32_t cell,
                        int32_t fighters, uint64_t parent, uint32_t ordinal,
                        struct sah_error *err);

/* The cell of a named town or base; SAH_NOWHERE where there is none in the box. */
int32_t sah_place_cell(const struct sah_world *world, const char *name);
/* Tells that a place named by a setting is unknown, with the nearest known one. */
void sah_place_complain(const struct sah_world *world, const struct sah_setting *at,
                        const char *name, struct sah_error *err);
/* The nearest cells around: weight falls by half every 14 km (e-fold 20 km), to 60 km.
 */
void sah_reach_add(const struct sah_world *world, float *field, int32_t cell,
                   float amount);
/* The same in n fields at once. */
struct sahel_reach {
    float *field;
    float amount;
};
void sah_reach_add_all(const struct sah_world *world, const struct sahel_reach *reach,
                       size_t n, int32_t cell);

#endif
