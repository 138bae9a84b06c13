/* Names inside a result file: what belongs to the file itself, and where a field goes
 * whose name a group already has. */
#ifndef SAH_OUTPUT_NAMES_H
#define SAH_OUTPUT_NAMES_H
#include "sim/kernel/world.h"

/* The field `events` cannot lie beside the group of the log `events`: it is stored as
 * `events_per_cell`. Other names are stored as they are. `stored` has room for
 * SAH_STORED_NAME characters. */
#define SAH_FIELD_SUFFIX "_per_cell"
enum { SAH_STORED_NAME = 96 };
void sah_stored_name(const struct sah_world *world, enum sah_place place,
                     const char *name, char stored[static SAH_STORED_NAME]);
/* Back again, in place. */
void sah_plain_name(enum sah_place place, char *stored);

/* Every observable of a family has a name of its own, no dimension's; its logs have
 * names that no group has, and codes of columns and axes there are. For tests of a
 * family and before a run, since HDF5 would tell only at its end. */
int sah_names_check(const struct sah_world *world, struct sah_error *err);

#endif
