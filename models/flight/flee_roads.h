/* Shortest open ways from every place to those that take people in. */
#ifndef SAH_FLEE_ROADS_H
#define SAH_FLEE_ROADS_H
#include "models/flight/flee_case.h"

struct flee_arc {
    int place; /* at the other end */
    double km;
};
struct flee_arcs {
    size_t *first; /* [nplaces + 1] */
    struct flee_arc *arc;
};

struct flee_roads {
    const struct sah_flee_case *flee;
    size_t nhosts;
    int *host;                  /* [nhosts], places: camps */
    double *km;                 /* [place][host], INFINITY where no way is open */
    bool *shut;                 /* [closure], in force */
    bool known;                 /* km is that of `shut` */
    struct flee_arcs into, out; /* open ones, by the place they lead to or from */
    double *upto;               /* scratch of a search, [nplaces] */
    bool *done;
};

int sah_flee_roads_open(struct flee_roads *roads, const struct sah_flee_case *flee,
                        struct sah_error *err);
void sah_flee_roads_close(struct flee_roads *roads);
/* Those of a day; true where something changed. */
bool sah_flee_roads_on(struct flee_roads *roads, int day);

#endif
