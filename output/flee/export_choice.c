/* Which towns are zones of conflict and which have a camp; others are left out. */
#include "output/flee/export_impl.h"

#include <math.h>
#include <stdlib.h>

/* A table has so many columns at most. */
enum { MOST_ZONES = 250 };

static int by_deaths(const void *a, const void *b) {
    const struct sah_flee_town *x = *(struct sah_flee_town *const *)a,
                               *y = *(struct sah_flee_town *const *)b;
    if (x->deaths > y->deaths || x->deaths < y->deaths)
        return x->deaths > y->deaths ? -1 : 1;
    return x < y ? -1 : 1;
}

/* A table has so many columns at most: the towns with most deaths have one. */
static int choose_zones(struct sah_flee_world *w) {
    struct sah_flee_town **order = calloc(w->ntowns + 1, sizeof *order);
    if (!order) return sah_error_add(w->err, SAH_MEMORY, "no memory for towns");
    for (size_t i = 0; i < w->ntowns; i++) order[i] = &w->town[i];
    qsort(order, w->ntowns, sizeof *order, by_deaths);
    for (size_t i = 0; i < w->ntowns && i < MOST_ZONES; i++)
        order[i]->zone = order[i]->deaths > 0;
    free(order);
    return SAH_OK;
}

int sah_flee_choose(struct sah_flee_world *w) {
    for (size_t i = 0; i < w->ntowns; i++) {
        struct sah_flee_town *t = &w->town[i];
        for (size_t p = 0; p < w->nperiods; p++) {
            t->deaths += w->deaths[p * w->ntowns + i];
            t->most = fmax(t->most, round(w->displaced[p * w->ntowns + i]));
        }
        t->camp = t->most > 0 && t->most >= w->to->least;
    }
    int code = choose_zones(w);
    w->kept = calloc(w->ntowns + 1, sizeof *w->kept);
    if (!code && !w->kept)
        code = sah_error_add(w->err, SAH_MEMORY, "no memory for towns");
    for (size_t i = 0; !code && i < w->ntowns; i++) {
        struct sah_flee_town *t = &w->town[i];
        w->to->displaced += t->most;
        w->to->in_camps += t->camp ? t->most : 0;
        w->to->ncamps += t->camp;
        w->to->nzones += t->zone;
        if (t->zone || t->camp) w->kept[w->to->nplaces++] = i;
    }
    if (!code && !w->to->ncamps)
        code = sah_error_add(w->err, SAH_INPUT,
                             "%s: nowhere are %g displaced people or more: there would "
                             "be no camp",
                             w->run->path, w->to->least);
    return code;
}
