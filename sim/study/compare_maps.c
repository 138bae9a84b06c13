/* Difference maps: each run leaves its years, which are added up replicate by replicate,
 * in their order, so that the number of threads does not matter. */
#include "sim/study/compare_impl.h"

#include "sim/kernel/calendar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- making -------------------------------------------------------------------------- */

static const struct sah_observable *find_field(const struct sah_world *world,
                                               const char *name) {
    const struct sah_observable *o = world->family->observables;
    for (; o && o->name; o++)
        if (o->place == SAH_FIELD && !o->axes[0] && strcmp(o->name, name) == 0)
            return o;
    return NULL;
}

static int find_fields(struct sah_compare_maps *maps, const struct sah_world *world,
                       const struct sah_names *names, const char *list,
                       struct sah_error *err) {
    int status = SAH_OK;
    for (size_t i = 0; i < names->n; i++) {
        const struct sah_observable *found = find_field(world, names->name[i]);
        if (found)
            maps->field[maps->nfields++] = found;
        else
            status = sah_error_add(err, SAH_INPUT, "%s: maps: %s: no such field", list,
                                   names->name[i]);
    }
    return status;
}

static size_t count_of(const struct sah_compare_maps *maps) {
    return maps->nfields * maps->nyears * maps->ncells;
}

static int make_room(struct sah_compare_maps *maps, struct sah_error *err) {
    bool good = true;
    maps->waiting =
        calloc(SAH_COMPARE_ARMS * maps->compare->replicates + 1, sizeof *maps->waiting);
    for (int k = 0; k < SAH_COMPARE_LAYERS; k++) {
        maps->layer[k] = calloc(count_of(maps) + 1, sizeof(double));
        good = good && maps->layer[k];
    }
    if (good && maps->waiting) return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory for maps");
}

int sah_compare_maps_create(struct sah_compare *compare, const struct sah_names *names,
                            struct sah_error *err) {
    const struct sah_world *world = sah_twins_world(&compare->twins, compare->arm[0]);
    if (names->n == 0 || !sah_compare_same_days(compare) ||
        !sah_compare_same_cells(compare))
        return SAH_OK;
    struct sah_compare_maps *maps = calloc(1, sizeof *maps);
    if (maps) maps->field = calloc(names->n, sizeof *maps->field);
    compare->maps = maps;
    if (!maps || !maps->field)
        return sah_error_add(err, SAH_MEMORY, "no memory for maps");
    maps->compare = compare;
    maps->start = world->run.start;
    maps->end = world->run.end;
    maps->first_year = sah_date_of(maps->start).year;
    maps->nyears = (size_t)(sah_date_of(maps->end).year - maps->first_year) + 1;
    maps->ncells = (size_t)world->grid.ncells;
    int status =
        find_fields(maps, world, names, sah_scenario_path(compare->outcomes.list), err);
    return status ? status : make_room(maps, err);
}

void sah_compare_maps_free(struct sah_compare_maps *maps) {
    if (!maps) return;
    for (size_t i = 0;
         maps->waiting && i < SAH_COMPARE_ARMS * maps->compare->replicates; i++)
        free(maps->waiting[i]);
    free(maps->waiting);
    for (int k = 0; k < SAH_COMPARE_LAYERS; k++) free(maps->layer[k]);
    free(maps->field);
    free(maps);
}

/* ---- one run --------------------------------------------------------------------------- */

struct kept {
    const struct sah_compare_maps *maps;
    size_t arm, replicate;
    double *value, *today; /* [field][year][cell]; [cell] */
};

static void drop(struct kept *kept) {
    free(kept->value);
    free(kept->today);
    free(kept);
}

static int begin(void *user, size_t arm, size_t replicate,
                 const struct sah_world *world, void **out, struct sah_error *err) {
    (void)world;
    const struct sah_compare_maps *maps = user;
    struct kept *kept = calloc(1, sizeof *kept);
    if (!kept) return sah_error_add(err, SAH_MEMORY, "no memory for maps");
    *kept = (struct kept){.maps = maps, .arm = arm, .replicate = replicate};
    kept->value = calloc(count_of(maps) + 1, sizeof *kept->value);
    kept->today = calloc(maps->ncells + 1, sizeof *kept->today);
    *out = kept;
    if (kept->value && kept->today) return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory for maps");
}

/* Flows are summed over the year, stocks are those of its last day. */
static int day(void *user, const struct sah_world *world, struct sah_error *err) {
    (void)err;
    struct kept *kept = user;
    const struct sah_compare_maps *maps = kept->maps;
    size_t year = (size_t)(sah_date_of(world->today).year - maps->first_year);
    bool ends = world->today == maps->end || sah_day_ends_year(world->today);
    for (size_t f = 0; f < maps->nfields; f++) {
        bool is_flow = maps->field[f]->nature == SAH_FLOW;
        if (!is_flow && !ends) continue;
        double *into = kept->value + (f * maps->nyears + year) * maps->ncells;
        maps->field[f]->read(world, kept->today);
        for (size_t c = 0; c < maps->ncells; c++)
            into[c] = is_flow ? into[c] + kept->today[c] : kept->today[c];
    }
    return SAH_OK;
}

/* ---- all runs ------------------------------------------------------------------------- */

static void add_pair(struct sah_compare_maps *maps, const double *a, const double *b) {
    for (size_t i = 0; i < count_of(maps); i++) {
        double d = b[i] - a[i];
        maps->layer[SAH_COMPARE_OF_A][i] += a[i];
        maps->layer[SAH_COMPARE_OF_B][i] += b[i];
        maps->layer[SAH_COMPARE_DIFFERENCE][i] += d;
        maps->layer[SAH_COMPARE_ERROR][i] += d * d;
    }
    maps->added++;
}

/* As far as replicates are whole. */
static void add_waiting(struct sah_compare_maps *maps) {
    while (maps->added < maps->compare->replicates) {
        double **pair = maps->waiting + SAH_COMPARE_ARMS * maps->added;
        bool is_one = maps->compare->arm[0] == maps->compare->arm[1];
        const double *b = is_one ? pair[0] : pair[1];
        if (!pair[0] || !b) return;
        add_pair(maps, pair[0], b);
        free(pair[0]);
        free(pair[1]);
        pair[0] = pair[1] = NULL;
    }
}

static int end(void *user, void *run, bool good, struct sah_error *err) {
    (void)err;
    struct sah_compare_maps *maps = user;
    struct kept *kept = run;
    size_t side = kept->arm == maps->compare->arm[0] ? 0 : 1;
    if (good) {
        maps->waiting[SAH_COMPARE_ARMS * kept->replicate + side] = kept->value;
        kept->value = NULL;
    }
    drop(kept);
    add_waiting(maps);
    return SAH_OK;
}

struct sah_twins_eye sah_compare_maps_eye(struct sah_compare_maps *maps) {
    return (struct sah_twins_eye){begin, day, end, maps};
}

static bool is_sea(const struct sah_world *world, size_t cell) {
    return world->land && world->land->country[cell] < 0;
}

void sah_compare_maps_finish(struct sah_compare_maps *maps) {
    const struct sah_compare *compare = maps->compare;
    const struct sah_world *world = sah_twins_world(&compare->twins, compare->arm[0]);
    double n = (double)maps->added;
    for (size_t i = 0; i < count_of(maps); i++) {
        double sum = maps->layer[SAH_COMPARE_DIFFERENCE][i];
        double *squares = &maps->layer[SAH_COMPARE_ERROR][i];
        double variance = fmax(*squares - sum * sum / n, 0) / (n - 1);
        *squares = sqrt(variance / n);
        for (int k = 0; k < SAH_COMPARE_ERROR; k++) maps->layer[k][i] /= n;
        for (int k = 0; is_sea(world, i % maps->ncells) && k < SAH_COMPARE_LAYERS; k++)
            maps->layer[k][i] = NAN;
    }
}

const double *sah_compare_maps_of(const struct sah_compare_maps *maps, size_t field,
                                  enum sah_compare_layer layer) {
    return maps->layer[layer] + field * maps->nyears * maps->ncells;
}
