/* The names that are taken. */
#include "output/names.h"

#include <stdio.h>
#include <string.h>

static const char *const groups[] = {"series", "ledger",    "events",   "axes",
                                     "land",   "geography", "scenario", "parameters",
                                     "digest", "provenance"};
static const char *const own[] = {"time", "time_bnds", "lat", "lat_bnds",
                                  "lon",  "lon_bnds",  "nv",  "crs"};
static const char suffix[] = "_per_cell";

static bool is_among(const char *name, size_t length, const char *const *names,
                     size_t n) {
    for (size_t i = 0; i < n; i++)
        if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0)
            return true;
    return false;
}

static bool is_group(const char *name, size_t length) {
    return is_among(name, length, groups, sizeof groups / sizeof *groups);
}

void sah_stored_name(enum sah_place place, const char *name,
                     char stored[static SAH_STORED_NAME]) {
    bool taken = place == SAH_FIELD && is_group(name, strlen(name));
    snprintf(stored, SAH_STORED_NAME, "%s%s", name, taken ? suffix : "");
}

void sah_plain_name(enum sah_place place, char *stored) {
    size_t length = strlen(stored), tail = sizeof suffix - 1;
    if (place != SAH_FIELD || length <= tail) return;
    if (strcmp(stored + length - tail, suffix) != 0) return;
    if (is_group(stored, length - tail)) stored[length - tail] = '\0';
}

/* "kind" and what stands beside it, "kind_title" and "kind_2". */
static bool is_of_axis(const char *name, const char *axis) {
    size_t length = strlen(axis);
    if (strncmp(name, axis, length) != 0) return false;
    const char *rest = name + length;
    return !*rest || strcmp(rest, "_title") == 0 || strncmp(rest, "_2", 2) == 0;
}

static bool is_taken(const struct sah_world *world, const char *name) {
    for (size_t i = 0; i < world->naxes; i++)
        if (is_of_axis(name, world->axis[i].name)) return true;
    return is_among(name, strlen(name), own, sizeof own / sizeof *own);
}

static bool is_double(const struct sah_observable *all,
                      const struct sah_observable *what) {
    for (; all != what; all++)
        if (all->place == what->place && strcmp(all->name, what->name) == 0)
            return true;
    return false;
}

int sah_names_check(const struct sah_world *world, struct sah_error *err) {
    const struct sah_observable *all = world->family->observables;
    int status = SAH_OK;
    for (const struct sah_observable *what = all; what && what->name; what++) {
        if (strlen(what->name) + sizeof suffix > SAH_STORED_NAME ||
            strchr(what->name, '/'))
            status = sah_error_add(err, SAH_CHECK, "%s: is no name for a result",
                                   what->name);
        if (is_taken(world, what->name))
            status = sah_error_add(err, SAH_CHECK, "%s: is the name of a dimension",
                                   what->name);
        if (is_double(all, what))
            status = sah_error_add(err, SAH_CHECK, "%s: stands twice among the results",
                                   what->name);
    }
    return status;
}
