/* The names that are taken. */
#include "output/names.h"

#include <stdio.h>
#include <string.h>

static const char *const groups[] = {"series",     "ledger",    "axes",
                                     "land",       "geography", "scenario",
                                     "parameters", "digest",    "provenance"};
static const char *const own[] = {"time", "time_bnds", "lat", "lat_bnds",
                                  "lon",  "lon_bnds",  "nv",  "crs",
                                  "x",    "x_bnds",    "y",   "y_bnds"};

static bool is_among(const char *name, const char *const *names, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0) return true;
    return false;
}

static bool is_group(const char *name) {
    return is_among(name, groups, sizeof groups / sizeof *groups);
}

static bool is_log(const struct sah_world *world, size_t n, const char *name) {
    for (size_t k = 0; k < n; k++)
        if (strcmp(world->logs[k].rows->name, name) == 0) return true;
    return false;
}

void sah_stored_name(const struct sah_world *world, enum sah_place place,
                     const char *name, char stored[static SAH_STORED_NAME]) {
    bool taken = is_group(name) || is_log(world, world->nlogs, name);
    snprintf(stored, SAH_STORED_NAME, "%s%s", name,
             place == SAH_FIELD && taken ? SAH_FIELD_SUFFIX : "");
}

/* Where the suffix begins in a name, NULL where it has none. */
static char *suffix_of(const char *name) {
    size_t length = strlen(name), tail = sizeof SAH_FIELD_SUFFIX - 1;
    if (length <= tail || strcmp(name + length - tail, SAH_FIELD_SUFFIX) != 0)
        return NULL;
    return (char *)(uintptr_t)name + length - tail;
}

void sah_plain_name(enum sah_place place, char *stored) {
    char *suffix = place == SAH_FIELD ? suffix_of(stored) : NULL;
    if (suffix) *suffix = '\0';
}

/* ---- observables --------------------------------------------------------------- */

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
    return is_among(name, own, sizeof own / sizeof *own);
}

static bool is_double(const struct sah_observable *all,
                      const struct sah_observable *what) {
    for (; all != what; all++)
        if (all->place == what->place && strcmp(all->name, what->name) == 0)
            return true;
    return false;
}

static bool is_no_name(const char *name) {
    return strlen(name) + sizeof SAH_FIELD_SUFFIX > SAH_STORED_NAME ||
           strchr(name, '/') || suffix_of(name);
}

static int check_observables(const struct sah_world *world, struct sah_error *err) {
    const struct sah_observable *all = world->family->observables;
    int status = SAH_OK;
    for (const struct sah_observable *what = all; what && what->name; what++) {
        if (is_no_name(what->name))
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

/* ---- logs ---------------------------------------------------------------------- */

/* A column of a log, or what is derived from its day and cell. */
static bool is_column(const struct sah_log *log, const char *name) {
    static const char *const derived[] = {"date", "lon", "lat", "gid"};
    return sah_population_find(log->rows, name) >= 0 ||
           is_among(name, derived, sizeof derived / sizeof *derived);
}

static int check_codes(const struct sah_world *world, const struct sah_log *log,
                       struct sah_error *err) {
    int status = SAH_OK;
    for (const struct sah_log_code *code = log->codes; code && code->column; code++) {
        int k = sah_population_find(log->rows, code->column);
        if (k < 0 || !sah_type_is_whole(log->rows->columns[k].type))
            status = sah_error_add(err, SAH_CHECK, "%s: has no codes in a column %s",
                                   log->rows->name, code->column);
        if (!sah_world_find_axis(world, code->axis))
            status = sah_error_add(err, SAH_CHECK, "%s.%s: there is no axis %s",
                                   log->rows->name, code->column, code->axis);
    }
    return status;
}

static int check_logs(const struct sah_world *world, struct sah_error *err) {
    int status = SAH_OK;
    for (size_t k = 0; k < world->nlogs; k++) {
        const struct sah_log *log = &world->logs[k];
        const char *name = log->rows->name;
        if (is_no_name(name) || strchr(name, ' ') || is_group(name) ||
            is_taken(world, name) || is_log(world, k, name))
            status = sah_error_add(err, SAH_CHECK, "%s: is no name for a log", name);
        if (is_column(log, log->row))
            status = sah_error_add(err, SAH_CHECK, "%s: has a column named as its rows",
                                   name);
        int codes = check_codes(world, log, err);
        if (codes) status = codes;
    }
    return status;
}

int sah_names_check(const struct sah_world *world, struct sah_error *err) {
    int status = check_observables(world, err), logs = check_logs(world, err);
    return status ? status : logs;
}
