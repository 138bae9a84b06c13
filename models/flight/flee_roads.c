/* Shortest ways (Dijkstra 1959) backwards from each camp, anew whenever a closure begins or
 * ends. A way may lead through other camps. */
#include "models/flight/flee_roads.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool make_arcs(struct flee_arcs *arcs, const struct sah_flee_case *flee) {
    arcs->first = calloc(flee->nplaces + 2, sizeof *arcs->first);
    arcs->arc = calloc(2 * flee->nlinks + 1, sizeof *arcs->arc);
    return arcs->first && arcs->arc;
}

int sah_flee_roads_open(struct flee_roads *roads, const struct sah_flee_case *flee,
                        struct sah_error *err) {
    size_t n = flee->nplaces;
    *roads = (struct flee_roads){.flee = flee};
    roads->host = calloc(n, sizeof *roads->host);
    roads->shut = calloc(flee->nclosures + 1, sizeof *roads->shut);
    bool arcs = make_arcs(&roads->into, flee) && make_arcs(&roads->out, flee);
    roads->upto = calloc(n, sizeof *roads->upto);
    roads->done = calloc(n, sizeof *roads->done);
    for (size_t i = 0; roads->host && i < n; i++)
        if (flee->place[i].kind == SAH_FLEE_CAMP ||
            flee->place[i].kind == SAH_FLEE_IDP_CAMP)
            roads->host[roads->nhosts++] = (int)i;
    roads->km = calloc(n * roads->nhosts + 1, sizeof *roads->km);
    if (roads->host && roads->shut && arcs && roads->upto && roads->done && roads->km)
        return SAH_OK;
    sah_flee_roads_close(roads);
    return sah_error_add(err, SAH_MEMORY, "no memory for ways");
}

void sah_flee_roads_close(struct flee_roads *roads) {
    free(roads->host);
    free(roads->km);
    free(roads->shut);
    free(roads->into.first);
    free(roads->into.arc);
    free(roads->out.first);
    free(roads->out.arc);
    free(roads->upto);
    free(roads->done);
    *roads = (struct flee_roads){0};
}

/* ---- which arcs are open ----------------------------------------------------------- */

static bool is_pair(int a, int b, int x, int y) {
    return (a == x && b == y) || (a == y && b == x);
}

static bool closes(const struct sah_flee_case *flee, const struct sah_flee_closure *c,
                   int from, int to) {
    switch (c->what) {
    case SAH_FLEE_COUNTRIES:
        return is_pair(flee->place[from].country, flee->place[to].country, c->a, c->b);
    case SAH_FLEE_PLACE:
        return from == c->a || to == c->a;
    case SAH_FLEE_LINK:
        return is_pair(from, to, c->a, c->b);
    case SAH_FLEE_INTO:
        return to == c->a;
    }
    return false;
}

static bool is_open(const struct flee_roads *roads, int from, int to) {
    for (size_t i = 0; i < roads->flee->nclosures; i++)
        if (roads->shut[i] && closes(roads->flee, &roads->flee->closure[i], from, to))
            return false;
    return true;
}

/* Open arcs by one of their ends: count, then place. */
static void lay_arcs(struct flee_roads *roads, struct flee_arcs *arcs, bool into) {
    const struct sah_flee_case *flee = roads->flee;
    size_t *first = arcs->first;
    memset(first, 0, (flee->nplaces + 2) * sizeof *first);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < 2 * flee->nlinks; i++) {
            const struct sah_flee_link *l = &flee->link[i / 2];
            int from = i % 2 ? l->b : l->a, to = i % 2 ? l->a : l->b;
            int at = into ? to : from, other = into ? from : to;
            if (!is_open(roads, from, to)) continue;
            if (pass)
                arcs->arc[first[at + 1]++] = (struct flee_arc){other, l->km};
            else
                first[at + 2]++;
        }
        for (size_t i = 1; !pass && i < flee->nplaces + 2; i++)
            first[i] += first[i - 1];
    }
}

/* ---- ways -------------------------------------------------------------------------- */

/* The nearest place not yet done, or -1. */
static int next_place(const struct flee_roads *roads) {
    int best = -1;
    for (size_t i = 0; i < roads->flee->nplaces; i++)
        if (!roads->done[i] && isfinite(roads->upto[i]) &&
            (best < 0 || roads->upto[i] < roads->upto[best]))
            best = (int)i;
    return best;
}

static void search(struct flee_roads *roads, size_t host) {
    size_t n = roads->flee->nplaces;
    for (size_t i = 0; i < n; i++) {
        roads->upto[i] = INFINITY;
        roads->done[i] = false;
    }
    roads->upto[roads->host[host]] = 0;
    for (int at; (at = next_place(roads)) >= 0;) {
        roads->done[at] = true;
        for (size_t k = roads->into.first[at]; k < roads->into.first[at + 1]; k++) {
            const struct flee_arc *arc = &roads->into.arc[k];
            double km = roads->upto[at] + arc->km;
            if (km < roads->upto[arc->place]) roads->upto[arc->place] = km;
        }
    }
    for (size_t i = 0; i < n; i++) roads->km[i * roads->nhosts + host] = roads->upto[i];
}

bool sah_flee_roads_on(struct flee_roads *roads, int day) {
    bool changed = !roads->known;
    for (size_t i = 0; i < roads->flee->nclosures; i++) {
        const struct sah_flee_closure *c = &roads->flee->closure[i];
        bool shut = day >= c->from && day < c->to;
        changed |= shut != roads->shut[i];
        roads->shut[i] = shut;
    }
    if (!changed) return false;
    roads->known = true;
    lay_arcs(roads, &roads->into, true);
    lay_arcs(roads, &roads->out, false);
    for (size_t h = 0; h < roads->nhosts; h++) search(roads, h);
    return true;
}
