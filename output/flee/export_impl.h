/* A result as it is laid out for Flee: its towns and their people (export_towns.c), which
 * of them are kept as zones and camps (export_choice.c), ways between them
 * (export_routes.c), files (export_files.c). */
#ifndef SAH_FLEE_EXPORT_IMPL_H
#define SAH_FLEE_EXPORT_IMPL_H
#include "output/flee/export.h"

#include <stdio.h>

enum { SAH_FLEE_NAME = 128 };

struct sah_flee_town {
    char name[SAH_FLEE_NAME];
    const char *country;
    double lon, lat, people, deaths, most; /* most displaced */
    bool zone, camp;
};
struct sah_flee_world {
    struct sah_result *result;
    struct sah_flee_export *to;
    const struct sah_result_run *run;
    const struct sah_grid *grid;
    struct sah_geography *geo;
    size_t nperiods, ntowns;
    const struct sah_period *period;
    struct sah_flee_town *town;
    int *town_of;      /* [cell], or -1 */
    double *displaced; /* [period][town] */
    double *deaths;    /* [period][town] */
    double *cells;     /* scratch, [period][cell] */
    size_t *kept;      /* numbers of the towns that are kept */
    double *km;        /* [kept][kept] */
    struct sah_error *err;
};

/* Towns, and what their cells sum to in every period. */
int sah_flee_open_towns(struct sah_flee_world *w);
/* Zones, camps, and the list of both. */
int sah_flee_choose(struct sah_flee_world *w);
/* The table of routes, into `out`. */
int sah_flee_put_routes(struct sah_flee_world *w, FILE *out);
/* All files of the folder. */
int sah_flee_save(struct sah_flee_world *w);

#endif
