/* The event log of a day as rows of bytes: its columns in order, without gaps. */
#ifndef SAH_OUTPUT_EVENT_ROWS_H
#define SAH_OUTPUT_EVENT_ROWS_H
#include "sim/kernel/world.h"

/* Bytes of a row; 0 where a family keeps no log. */
size_t sah_event_size(const struct sah_world *world);
/* Where column `k` begins in a row. */
size_t sah_event_offset(const struct sah_population *log, size_t k);
/* Encodes today's events, log->n rows. */
void sah_event_encode(const struct sah_population *log, void *rows);
/* The axis that names the codes of a column: the one of its name (kind), the one its
 * unit names (a column in unit "faction"), or, for a pure number, the one of its name
 * before the last underscore (side_a, side_b); NULL for plain numbers. */
const struct sah_axis *sah_event_axis(const struct sah_world *world,
                                      const struct sah_column *column);

#endif
