/* What a model family shows of itself, day by day.
 *
 * An observable reads the world and changes nothing: adding one never changes a run.
 * A field lies on the grid, a series has a value per item of its axes, a ledger is a
 * series that accounts for causes and whose rows must add up. */
#ifndef SAH_OBSERVABLE_H
#define SAH_OBSERVABLE_H
#include "sim/kernel/type.h"

struct sah_world;

/* A named list of things: factions, countries, causes. */
struct sah_axis {
    const char *name, *doc;
    size_t n;
    const char *const *label; /* short ids, unique */
    const char *const *title; /* for people; may be NULL, then label */
};

enum sah_place { SAH_FIELD, SAH_SERIES, SAH_LEDGER };
enum sah_nature {
    SAH_STOCK, /* an amount: its value at the end of a period */
    SAH_FLOW,  /* an amount per day: summed over a period */
};

struct sah_observable {
    const char *name, *unit, *doc; /* doc is the long_name: one short sentence */
    enum sah_place place;
    enum sah_nature nature;
    enum sah_type type;            /* how results store it */
    const char *axes[2];           /* names; NULL where unused; a field may have one */
    /* Today's values: out[axes[0]][axes[1]], a field out[axes[0]][cell]. */
    void (*read)(const struct sah_world *world, double *out);
};

#endif
