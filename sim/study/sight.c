#include "sim/study/sight.h"

#include <stdlib.h>

static struct sah_sight *make(const struct sah_world *world,
                              const struct sah_observable *what) {
    struct sah_sight *sight = calloc(1, sizeof *sight);
    if (!sight) return NULL;
    *sight = (struct sah_sight){
        .what = what, .count = sah_observable_count(world, what), .day = INT32_MIN};
    sight->value = calloc(sight->count + 1, sizeof *sight->value);
    if (sight->value) return sight;
    free(sight);
    return NULL;
}

struct sah_sight *sah_sights_of(struct sah_sights *sights,
                                const struct sah_world *world,
                                const struct sah_observable *what) {
    for (size_t i = 0; i < sights->n; i++)
        if (sights->row[i]->what == what) return sights->row[i];
    struct sah_sight **grown =
        realloc(sights->row, (sights->n + 1) * sizeof(struct sah_sight *));
    if (grown) sights->row = grown;
    struct sah_sight *sight = grown ? make(world, what) : NULL;
    if (sight) sights->row[sights->n++] = sight;
    return sight;
}

void sah_sights_free(struct sah_sights *sights) {
    for (size_t i = 0; i < sights->n; i++) {
        free(sights->row[i]->value);
        free(sights->row[i]);
    }
    free(sights->row);
    *sights = (struct sah_sights){0};
}

const double *sah_sight_today(struct sah_sight *sight, const struct sah_world *world) {
    if (sight->day != world->today) sight->what->read(world, sight->value);
    sight->day = world->today;
    return sight->value;
}
