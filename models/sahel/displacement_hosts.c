/* Towns that people of a cell would flee to: the best of the theatre by size and distance
 * (models/flight/law.h), one a cell. */
#include "models/sahel/displacement.h"

#include <stdlib.h>

/* Keeps the SAHEL_HOSTS best of what is offered, best first. */
static void offer(int32_t *host, float *appeal, int32_t cell, float value) {
    /* one entry a cell: that of its largest town */
    for (int k = 0; k < SAHEL_HOSTS; k++) {
        if (host[k] != cell) continue;
        if (appeal[k] >= value) return;
        for (; k + 1 < SAHEL_HOSTS; k++) {
            host[k] = host[k + 1];
            appeal[k] = appeal[k + 1];
        }
        host[k] = SAH_NOWHERE;
        appeal[k] = 0;
    }
    for (int k = 0; k < SAHEL_HOSTS; k++) {
        if (value <= appeal[k]) continue;
        int32_t cell_down = host[k];
        float value_down = appeal[k];
        host[k] = cell;
        appeal[k] = value;
        cell = cell_down;
        value = value_down;
    }
}

struct town {
    int32_t cell;
    double size; /* log of what its people weigh: sah_flight_size */
};

static struct sah_flight_pull pull_of(const struct sahel_displacement *own) {
    return (struct sah_flight_pull){
        .size = own->size, .range_km = own->range_km, .near_km = 1};
}

/* Towns of the theatre; NULL without memory. */
static struct town *find_towns(const struct sahel_displacement *own,
                               const struct sah_world *world, size_t *n) {
    const struct sah_geography *geo = world->geo;
    const struct sah_flight_pull pull = pull_of(own);
    struct town *town = calloc(geo->nplaces + 1, sizeof *town);
    *n = 0;
    for (size_t p = 0; town && p < geo->nplaces; p++) {
        int32_t cell =
            sah_grid_cell(&world->grid, geo->place[p].lon, geo->place[p].lat);
        if (cell >= 0 && world->theatre[cell])
            town[(*n)++] =
                (struct town){cell, sah_flight_size(&pull, geo->place[p].people)};
    }
    return town;
}

static void find_hosts(struct sahel_displacement *own, const struct sah_world *world,
                       const struct town *town, size_t ntowns, int32_t from) {
    const struct sah_flight_pull pull = pull_of(own);
    int32_t *host = own->host + (size_t)from * SAHEL_HOSTS;
    float *appeal = own->appeal + (size_t)from * SAHEL_HOSTS;
    for (int k = 0; k < SAHEL_HOSTS; k++) host[k] = SAH_NOWHERE;
    for (size_t t = 0; t < ntowns; t++) {
        if (town[t].cell == from) continue;
        double km = sah_grid_distance_km(&world->grid, from, town[t].cell);
        if (km > 6 * own->range_km) continue;
        offer(host, appeal, town[t].cell,
              (float)sah_exp(sah_flight_log_appeal(&pull, town[t].size, km)));
    }
}

int sah_displaced_find_hosts(struct sahel_displacement *own,
                             const struct sah_world *world, struct sah_error *err) {
    size_t n = (size_t)world->grid.ncells * SAHEL_HOSTS, ntowns;
    own->host = calloc(n + 1, sizeof *own->host);
    own->appeal = calloc(n + 1, sizeof *own->appeal);
    struct town *town = find_towns(own, world, &ntowns);
    if (!own->host || !own->appeal || !town) {
        free(town);
        return sah_error_add(err, SAH_MEMORY, "no memory for host towns");
    }
    for (int32_t c = 0; c < world->grid.ncells; c++)
        if (world->theatre[c]) find_hosts(own, world, town, ntowns, c);
    free(town);
    return SAH_OK;
}
