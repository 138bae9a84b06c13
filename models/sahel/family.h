/* What the files behind the Sahel family hand to family.c. */
#ifndef SAHEL_FAMILY_H
#define SAHEL_FAMILY_H
#include "sim/kernel/model.h"

extern const struct sah_family sah_family_sahel;

extern const struct sah_observable sah_sahel_observables[]; /* ends without name */

extern const struct sah_param sah_sahel_faction_table[], sah_sahel_force_table[],
    sah_sahel_talk_table[], sah_sahel_record_table[];

/* Communities that settling the land makes (communities.c). */
double sah_sahel_agents(const struct sah_world *world);

/* Names in the list of talks become numbers (talks.c); for negotiation. */
int sah_sahel_talks_resolve(struct sah_world *world, struct sah_error *err);

/* Arrays, axes and reach of the shared state (state.c). */
int sah_sahel_state_create(struct sah_world *world, struct sah_error *err);
void sah_sahel_state_free(struct sah_world *world);
void sah_sahel_begin_day(struct sah_world *world);
int sah_sahel_verify(const struct sah_world *world, struct sah_error *err);

#endif
