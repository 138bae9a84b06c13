/* Part of mechanism 2: how a faction breaks and mends.
 *
 * Rows of the scenario marked `splinter` are free slots: a part that breaks away takes
 * the first one that has no fighters, and gives it back when it returns. */
#ifndef SAHEL_SPLINTER_H
#define SAHEL_SPLINTER_H
#include "models/sahel/world.h"

struct sahel_middle { /* of some bands, weighted by fighters */
    int64_t fighters;
    double lon, lat, spread_km; /* mean distance from it */
};

/* Is `to` the faction itself or one it is pledged to, at whatever remove? */
bool sah_sahel_belongs(const struct sahel *s, int faction, int to);

/* Of a faction's bands, or with `members` of all that belong to it. */
struct sahel_middle sah_sahel_middle_of(const struct sah_world *world, int faction,
                                        bool members);

/* A row marked `splinter` that has no fighters, or -1. */
int sah_sahel_free_row(const struct sahel *s);

/* Marks in `leaves` the bands of a faction that are nearer to the farthest of them than
 * to its middle; returns their fighters. */
int64_t sah_sahel_far_part(const struct sah_world *world, int faction,
                           const struct sahel_middle *middle, bool *leaves);

/* The marked bands become faction `row`, with the habits, pull and stances of `from` and
 * a part of its treasury. */
void sah_sahel_break_away(struct sah_world *world, int from, int row,
                          const bool *leaves, double treasury_share);

/* All bands and money of `row` go to faction `to`; the row is free again. */
void sah_sahel_come_back(struct sah_world *world, int row, int to);

#endif
