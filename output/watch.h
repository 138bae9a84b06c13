/* Watching one place of a family (its fields, its series or its ledger) through
 * periods.
 *
 * Every day the observables are read: a flow is added to the sum of its period, a stock
 * is read on the last day. What a period comes to is encoded as the payload of one
 * record: all variables after each other, in their stored types. */
#ifndef SAH_OUTPUT_WATCH_H
#define SAH_OUTPUT_WATCH_H
#include "sim/kernel/world.h"

enum { SAH_PLACES = 3 };                              /* of enum sah_place */
extern const char *const sah_place_names[SAH_PLACES]; /* "fields", "series", "ledger" */

enum sah_every { SAH_EVERY_DAY, SAH_EVERY_MONTH, SAH_EVERY_YEAR };
extern const char *const sah_every_names[]; /* "day", "month", "year", NULL */
bool sah_every_ends(enum sah_every every, int32_t day);

struct sah_watched {
    const struct sah_observable *what;
    size_t count;  /* of its values */
    size_t first;  /* of its values among the sums */
    size_t offset; /* bytes into the payload */
};

struct sah_watch {
    enum sah_place place;
    enum sah_every every;
    size_t n;
    struct sah_watched *variable;
    size_t nvalues, payload_size;
    double *sum;   /* [nvalues] of the open period */
    double *today; /* room for the largest observable */
    int32_t begun; /* first day of the open period */
    bool open;     /* days have been added since the last end */
};

/* Watches the observables of a place; of `keep` (NULL or empty: all) only those named.
 */
int sah_watch_init(struct sah_watch *watch, const struct sah_world *world,
                   enum sah_place place, enum sah_every every,
                   const struct sah_names *keep, struct sah_error *err);
void sah_watch_free(struct sah_watch *watch);

/* Adds the day just done. True when its period ends with it. */
bool sah_watch_day(struct sah_watch *watch, const struct sah_world *world);
/* Encodes the open period into payload_size bytes and begins a new one. */
int sah_watch_end(struct sah_watch *watch, const struct sah_world *world, void *payload,
                  struct sah_error *err);

#endif
