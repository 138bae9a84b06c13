/* Sums and last values over days, months, years. */
#include "output/watch.h"

#include "output/store.h"
#include "sim/kernel/calendar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const sah_place_names[] = {"fields", "series", "ledger"};
const char *const sah_every_names[] = {"day", "month", "year", NULL};

bool sah_every_ends(enum sah_every every, int32_t day) {
    switch (every) {
    case SAH_EVERY_DAY:
        return true;
    case SAH_EVERY_MONTH:
        return sah_day_ends_month(day);
    case SAH_EVERY_YEAR:
        return sah_day_ends_year(day);
    }
    return true;
}

static bool is_kept(const struct sah_names *keep, const char *name) {
    if (!keep || keep->n == 0) return true;
    for (size_t i = 0; i < keep->n; i++)
        if (strcmp(keep->name[i], name) == 0) return true;
    return false;
}

static bool is_watched(const struct sah_observable *what, enum sah_place place,
                       const struct sah_names *keep) {
    return what->place == place && is_kept(keep, what->name);
}

static int check_axes(const struct sah_world *world, const struct sah_observable *what,
                      struct sah_error *err) {
    for (int k = 0; k < 2; k++)
        if (what->axes[k] && !sah_world_find_axis(world, what->axes[k]))
            return sah_error_add(err, SAH_CHECK, "%s: there is no axis %s", what->name,
                                 what->axes[k]);
    if (what->place == SAH_FIELD && what->axes[1])
        return sah_error_add(err, SAH_CHECK, "%s: a field has one axis at most",
                             what->name);
    return SAH_OK;
}

/* Enters a variable behind those already there. */
static size_t enter(struct sah_watch *watch, const struct sah_world *world,
                    const struct sah_observable *what) {
    size_t count = sah_observable_count(world, what);
    watch->variable[watch->n++] = (struct sah_watched){
        .what = what,
        .count = count,
        .first = watch->nvalues,
        .offset = watch->payload_size,
    };
    watch->nvalues += count;
    watch->payload_size += count * sah_type_size(what->type);
    return count;
}

int sah_watch_init(struct sah_watch *watch, const struct sah_world *world,
                   enum sah_place place, enum sah_every every,
                   const struct sah_names *keep, struct sah_error *err) {
    const struct sah_family *family = world->family;
    *watch = (struct sah_watch){.place = place, .every = every};
    size_t n = 0, most = 0;
    for (const struct sah_observable *what = family->observables; what && what->name;
         what++)
        n++;
    watch->variable = calloc(n + 1, sizeof *watch->variable);
    for (size_t i = 0; watch->variable && i < n; i++) {
        const struct sah_observable *what = &family->observables[i];
        if (!is_watched(what, place, keep)) continue;
        int status = check_axes(world, what, err);
        if (status) return status;
        size_t count = enter(watch, world, what);
        if (count > most) most = count;
    }
    watch->sum = calloc(watch->nvalues + 1, sizeof *watch->sum);
    watch->today = calloc(most + 1, sizeof *watch->today);
    if (watch->variable && watch->sum && watch->today) return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory to watch %zu values",
                         watch->nvalues);
}

void sah_watch_free(struct sah_watch *watch) {
    free(watch->variable);
    free(watch->sum);
    free(watch->today);
    *watch = (struct sah_watch){0};
}

static void add_flow(struct sah_watch *watch, const struct sah_watched *variable,
                     const struct sah_world *world) {
    variable->what->read(world, watch->today);
    double *sum = watch->sum + variable->first;
    for (size_t i = 0; i < variable->count; i++) sum[i] += watch->today[i];
}

bool sah_watch_day(struct sah_watch *watch, const struct sah_world *world) {
    if (!watch->open) watch->begun = world->today;
    watch->open = true;
    for (size_t v = 0; v < watch->n; v++)
        if (watch->variable[v].what->nature == SAH_FLOW)
            add_flow(watch, &watch->variable[v], world);
    return sah_every_ends(watch->every, world->today);
}

/* Where there is no land, "nothing" of a field is undefined. What lies at sea against
 * expectation is kept, so that totals stay exact. */
static void mark_sea(const struct sah_world *world, const struct sah_watched *variable,
                     double *value) {
    size_t ncells = (size_t)world->grid.ncells;
    for (size_t i = 0, c = 0; i < variable->count; i++) {
        if (value[i] == 0 && world->land->country[c] < 0) value[i] = (double)NAN;
        c = c + 1 < ncells ? c + 1 : 0;
    }
}

static int check_defined(const struct sah_watched *variable, const double *value,
                         struct sah_error *err) {
    for (size_t i = 0; i < variable->count; i++)
        if (isnan(value[i]))
            return sah_error_add(err, SAH_CHECK, "%s: undefined, but a whole number",
                                 variable->what->name);
    return SAH_OK;
}

static int complain(const struct sah_observable *what, const struct sah_world *world,
                    double value, struct sah_error *err) {
    char day[11];
    sah_day_text(world->today, day);
    return sah_error_add(
        err, SAH_LIMIT,
        "%s: the value %g of the period to %s does not fit its stored type %s",
        what->name, value, day, sah_type_name(what->type));
}

static int encode(struct sah_watch *watch, const struct sah_watched *variable,
                  const struct sah_world *world, char *payload, struct sah_error *err) {
    const struct sah_observable *what = variable->what;
    double *value = watch->sum + variable->first;
    if (what->nature == SAH_STOCK) what->read(world, value);
    if (what->place == SAH_FIELD && world->land)
        mark_sea(world, variable, value);
    else if (what->place != SAH_FIELD && sah_type_is_whole(what->type))
        if (check_defined(variable, value, err)) return SAH_CHECK;
    size_t fit = sah_store_put_all(what->type, value, variable->count,
                                   payload + variable->offset);
    return fit == variable->count ? SAH_OK : complain(what, world, value[fit], err);
}

int sah_watch_end(struct sah_watch *watch, const struct sah_world *world, void *payload,
                  struct sah_error *err) {
    int status = SAH_OK;
    for (size_t v = 0; !status && v < watch->n; v++)
        status = encode(watch, &watch->variable[v], world, payload, err);
    memset(watch->sum, 0, watch->nvalues * sizeof *watch->sum);
    watch->open = false;
    return status;
}
