/* From a scenario to a bound, empty world: sections, grid, land, theatre. */
#ifndef SAH_WORLD_SETUP_H
#define SAH_WORLD_SETUP_H
#include "sim/kernel/world.h"

extern const struct sah_param sah_run_table[], sah_grid_table[];

/* Binds all sections and the timeline of world->scenario into `world`. */
int sah_world_bind(struct sah_world *world, const struct sah_world_request *request,
                   struct sah_error *err);
/* Lays out the grid and, for a family with land, reads the geography. */
int sah_world_lay_land(struct sah_world *world, struct sah_error *err);

#endif
