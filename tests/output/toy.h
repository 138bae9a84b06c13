/* A world small enough to check by hand: six by four cells, three kinds of event.
 *
 * Every day has a few events by simple arithmetic of the day number; all observables
 * count the same events, so that table, fields, series and ledger must agree. */
#ifndef SAH_TESTS_OUTPUT_TOY_H
#define SAH_TESTS_OUTPUT_TOY_H
#include "output/recorder.h"

enum { TOY_NLON = 6, TOY_NLAT = 4, TOY_CELLS = 24, TOY_KINDS = 3, TOY_COUNTRIES = 2 };
enum { TOY_SEA = 0 }; /* this cell is sea */

extern const struct sah_family toy_family;

/* Owns everything; `params` is what section `output` says. */
struct toy {
    struct sah_output_params params;
    struct sah_world *world;
};

/* A run from `start` to `end`, dates as text; `output` is the flow mapping of section
 * `output`, e.g. "{fields: {every: year}}". */
int toy_create(struct toy *toy, const char *start, const char *end, const char *output,
               struct sah_error *err);
void toy_free(struct toy *toy);
/* Gives the world two countries, one cell of sea and a table. */
void toy_lay_land(struct toy *toy);

/* What an event of day `day` is: the number of them, and the deaths of number `i`. */
int toy_events(int32_t day);
int toy_deaths(int32_t day, int i);
int toy_kind(int32_t day, int i);
int32_t toy_cell(int32_t day, int i);
/* The other log: is there a talk on that day? */
bool toy_talks(int32_t day);

/* Runs all days into `path`. */
int toy_run(struct toy *toy, const char *path, bool force, struct sah_error *err);

#endif
