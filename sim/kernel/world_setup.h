/* From a scenario to a bound, empty world: family, sections, grid, land, theatre. */
#ifndef SAH_WORLD_SETUP_H
#define SAH_WORLD_SETUP_H
#include "sim/kernel/world.h"

/* The first steps of sah_world_create, in this order. */

/* Chooses the family that world->scenario names and makes room for its members. */
int sah_world_cast(struct sah_world *world, const struct sah_world_request *request,
                   struct sah_error *err);
/* Binds all sections and the timeline of world->scenario into `world`. */
int sah_world_bind(struct sah_world *world, const struct sah_world_request *request,
                   struct sah_error *err);
/* Lays out the grid, reads the geography and lays the theatre. Goes as far as it can
 * with what was bound: a value that was refused is told already. */
int sah_world_lay_land(struct sah_world *world, const struct sah_world_request *request,
                       struct sah_error *err);

/* The same for a family on a plain grid. */
int sah_world_lay_plain(struct sah_world *world, struct sah_error *err);

/* The sections of a scenario of world->family, in the order they are shown: its own,
 * then those of a caller. The world may be empty but for its family, and then nothing
 * can be bound; it gets its table of switches. The caller frees; NULL without memory. */
struct sah_section *sah_world_sections(struct sah_world *world,
                                       const struct sah_section *more, size_t nmore,
                                       size_t *n);

#endif
