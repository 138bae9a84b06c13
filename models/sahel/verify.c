/* Re-counts the world: nobody and no cent is lost, and the books agree with the agents.
 */
#include "models/sahel/family.h"
#include "models/sahel/world.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int differ(struct sah_error *err, const char *what, int64_t is, int64_t should) {
    if (is == should) return SAH_OK;
    return sah_error_add(err, SAH_CHECK,
                         "%s: counted %" PRId64 ", the books say %" PRId64, what, is,
                         should);
}

/* People by cell, by cell and group, and displaced, counted anew. */
static int count_people(const struct sah_world *world, int32_t *count,
                        struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_communities *c = &s->communities;
    size_t n = (size_t)world->grid.ncells;
    int32_t *now = count, *displaced = count + n, *group = count + 2 * n;
    for (size_t i = 0; i < c->base.n; i++) {
        if (c->cell[i] == SAH_NOWHERE) continue;
        size_t cell = (size_t)c->cell[i];
        now[cell] += c->people[i];
        group[cell * s->ngroups + c->group[i]] += c->people[i];
        if (c->origin[i] != SAHEL_AT_HOME) displaced[cell] += c->people[i];
    }
    int status = SAH_OK;
    for (size_t cell = 0; cell < n; cell++) {
        status |= differ(err, "people of a cell", now[cell], s->people_now[cell]);
        status |=
            differ(err, "displaced of a cell", displaced[cell], s->displaced_now[cell]);
    }
    for (size_t k = 0; k < n * s->ngroups; k++)
        status |=
            differ(err, "people of a group in a cell", group[k], s->people_group[k]);
    return status ? SAH_CHECK : SAH_OK;
}

static int64_t total_weight(const struct sah_population *population) {
    for (size_t k = 0; k < population->ncolumns; k++)
        if (population->columns[k].merge == SAH_WEIGHT)
            return sah_population_total(population, k);
    return 0;
}

int sah_sahel_verify(const struct sah_world *world, struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
    int32_t *count = calloc(n * (2 + s->ngroups) + 1, sizeof *count);
    if (!count) return sah_error_add(err, SAH_MEMORY, "no memory to re-count");
    int status = count_people(world, count, err);
    free(count);

    const int64_t *sum = s->sum;
    int64_t money = 0;
    for (size_t f = 0; f < s->nfactions; f++) money += s->treasury[f];
    status |= differ(err, "people", total_weight(&s->communities.base),
                     sum[SAHEL_SUM_PEOPLE_START] - sum[SAHEL_SUM_CIVILIANS_KILLED] -
                         sum[SAHEL_SUM_RECRUITS] + sum[SAHEL_SUM_LEFT]);
    status |= differ(err, "fighters", total_weight(&s->bands.base),
                     sum[SAHEL_SUM_FIGHTERS_START] - sum[SAHEL_SUM_FIGHTERS_KILLED] +
                         sum[SAHEL_SUM_RECRUITS] - sum[SAHEL_SUM_LEFT] +
                         sum[SAHEL_SUM_FREED]);
    status |=
        differ(err, "soldiers", total_weight(&s->posts.base),
               sum[SAHEL_SUM_SOLDIERS_START] - sum[SAHEL_SUM_SOLDIERS_KILLED] +
                   sum[SAHEL_SUM_SOLDIERS_SENT] - sum[SAHEL_SUM_SOLDIERS_WITHDRAWN]);
    status |= differ(err, "money (cents)", money,
                     sum[SAHEL_SUM_MONEY_START] + sum[SAHEL_SUM_MONEY_IN] -
                         sum[SAHEL_SUM_MONEY_OUT]);
    return status ? SAH_CHECK : SAH_OK;
}
