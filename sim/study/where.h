/* Which part of the world a measure looks at: `where:` of a measure.
 *
 *     where: {country: MLI, gold_km: [0, 60], lat: [8, 14], kind: [ambush, raid]}
 *
 * Every key must hold. A key is an axis of the observable (faction, country, kind ...)
 * with one label or a list of them; for what lies on the grid also country, region, a
 * layer of the land (those of struct sah_land, and lon, lat, gold_km, base_km: distance
 * to the nearest gold site, to the nearest base) with a range [least, most]; `near:
 * {Gao: [0, 60]}`, km from any of the places named; or a field of the family without
 * axes, with a range of its values on the first day measured. For events a column of
 * the log, with labels or a range. A range of one number, [12], has no upper end. */
#ifndef SAH_STUDY_WHERE_H
#define SAH_STUDY_WHERE_H
#include "sim/kernel/world.h"

/* Entries of an observable: fills mask[count] with 1 where all keys hold. `where` may
 * be NULL. Values of fields are those of `world` as it stands. `path` is for messages;
 * all mistakes are told. */
int sah_where_entries(const struct sah_world *world, const struct sah_observable *what,
                      const struct sah_node *where, const char *path, uint8_t *mask,
                      struct sah_error *err);

/* Rows of a log. */
struct sah_where_column { /* a column with codes or a range */
    size_t column;
    uint8_t *allowed; /* [n] codes; NULL: a range */
    size_t n;
    double least, most;
};
struct sah_where_events {
    uint8_t *cell;   /* [ncells] */
    int cell_column; /* -1: its rows have no place */
    size_t ncolumns;
    struct sah_where_column *column;
};
/* Free with sah_where_events_free in any case. */
int sah_where_events(const struct sah_world *world, const struct sah_log *log,
                     const struct sah_node *where, const char *path,
                     struct sah_where_events *events, struct sah_error *err);
void sah_where_events_free(struct sah_where_events *events);
bool sah_where_event(const struct sah_where_events *events,
                     const struct sah_population *log, size_t i);

/* A value of a column as a number. */
double sah_column_value(const struct sah_population *population, size_t column,
                        size_t i);

#endif
