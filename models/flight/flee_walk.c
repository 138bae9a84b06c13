/* Walking from place to place: see flee_walk.h. */
#include "models/flight/flee_walk.h"

#include "models/flight/law.h"

#include <stdlib.h>

static const double SOFTENING_KM = 10, ELSEWHERE = 0.3,
                    LOG_CONFLICT = -1.1512925464970229;
enum { MOST_HOPS = 64 }; /* ways of no length */

int sah_flee_walk_open(struct flee_walk *walk, const struct flee_roads *roads,
                       double speed, struct sah_error *err) {
    *walk = (struct flee_walk){.roads = roads, .speed = speed};
    walk->upto = calloc(2 * roads->flee->nlinks + 1, sizeof *walk->upto);
    walk->chance = calloc(roads->flee->nplaces, sizeof *walk->chance);
    return walk->upto && walk->chance
               ? SAH_OK
               : sah_error_add(err, SAH_MEMORY, "no memory for walks");
}

void sah_flee_walk_close(struct flee_walk *walk) {
    free(walk->upto);
    free(walk->chance);
    *walk = (struct flee_walk){0};
}

void sah_flee_walk_on(struct flee_walk *walk, const float *conflict, const double *room,
                      double move_on) {
    const struct sah_flee_case *flee = walk->roads->flee;
    const struct flee_arcs *out = &walk->roads->out;
    for (size_t i = 0; i < flee->nplaces; i++) {
        bool camp = flee->place[i].kind == SAH_FLEE_CAMP ||
                    flee->place[i].kind == SAH_FLEE_IDP_CAMP;
        double sum = 0;
        for (size_t k = out->first[i]; k < out->first[i + 1]; k++) {
            int to = out->arc[k].place;
            double score = sah_exp(LOG_CONFLICT * (double)conflict[to]);
            walk->upto[k] = sum += score / (SOFTENING_KM + out->arc[k].km) * room[to];
        }
        walk->chance[i] = camp ? move_on : conflict[i] > 0 ? 1 : ELSEWHERE;
    }
}

/* The number of an arc out of the place; that past the last where none is open. */
static size_t next_arc(const struct flee_walk *walk, int place, struct sah_rng *rng) {
    size_t k = walk->roads->out.first[place], end = walk->roads->out.first[place + 1];
    double sum = k < end ? walk->upto[end - 1] : 0, at = sah_uniform(rng) * sum;
    if (!(sum > 0)) return end;
    while (k < end && walk->upto[k] <= at) k++;
    return k;
}

struct flee_step sah_flee_walk_from(const struct flee_walk *walk, int place,
                                    struct sah_rng *rng) {
    struct flee_step step = {place, 0};
    double moved = 0;
    for (int hop = 0; hop < MOST_HOPS && moved < walk->speed; hop++) {
        size_t k = next_arc(walk, step.place, rng);
        if (k == walk->roads->out.first[step.place + 1]) break;
        const struct flee_arc *arc = &walk->roads->out.arc[k];
        step.place = arc->place;
        step.days = (int)(arc->km / walk->speed);
        moved += arc->km;
        if (step.days > 0 || !sah_bernoulli(rng, walk->chance[step.place])) break;
    }
    return step;
}
