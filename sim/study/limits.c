/* Memory as Linux tells it under /proc and /sys/fs/cgroup; needs from measured constants.
 *
 *   bytes   = PROGRAM_BYTES + cells * cell_bytes + agents * agent_bytes
 *   seconds = setup + days * (measured seconds a day) * LATER + packing
 *
 * Seconds are the processor's: what waits for other work on the machine is not counted.
 *
 * The constants were measured on runs of 6,000 to 13 million agents and 80 to 50,000 cells;
 * tests/cli/test_limits.py holds them to a factor of 1.5. */
#include "sim/study/limits.h"

#include "output/watch.h"
#include "sim/study/cost.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const double PROGRAM_BYTES = 30e6; /* program, libraries, tables of the land */

/* ---- what there is ---------------------------------------------------------------- */

/* The number after `key` in a file of lines "key number"; NAN where there is none. The
 * empty key takes the first word, which may be "max". */
static double number_in(const char *path, const char *key) {
    FILE *in = fopen(path, "r");
    char line[512];
    double number = NAN;
    size_t length = strlen(key);
    while (in && isnan(number) && fgets(line, sizeof line, in))
        if (strncmp(line, key, length) == 0) {
            char *end;
            number = strtod(line + length, &end);
            if (end == line + length) number = NAN;
        }
    if (in) fclose(in);
    return number;
}

/* The path of the process in a hierarchy of control groups: of the line of /proc/self/cgroup
 * that names `controller` ("" in version 2). */
static bool find_group(const char *controller, char *group, size_t size) {
    FILE *in = fopen("/proc/self/cgroup", "r");
    char line[1024];
    bool found = false;
    while (in && !found && fgets(line, sizeof line, in)) {
        char *names = strchr(line, ':'), *path = names ? strchr(names + 1, ':') : NULL;
        if (!path) continue;
        *path++ = '\0';
        found = strcmp(names + 1, controller) == 0;
        if (found) snprintf(group, size, "%.*s", (int)strcspn(path, "\n"), path);
    }
    if (in) fclose(in);
    return found;
}

struct hierarchy {
    const char *controller, *root, *limit, *used, *cache;
};

/* What a group and all above it leave; memory of files can be had back. */
static double left_in(const struct hierarchy *h) {
    char group[512] = "", path[1024];
    double least = INFINITY;
    if (!find_group(h->controller, group, sizeof group)) return least;
    for (;;) {
        snprintf(path, sizeof path, "%s%s/%s", h->root, group, h->limit);
        double limit = number_in(path, "");
        snprintf(path, sizeof path, "%s%s/%s", h->root, group, h->used);
        double used = number_in(path, "");
        snprintf(path, sizeof path, "%s%s/memory.stat", h->root, group);
        double cache = number_in(path, h->cache);
        if (!isnan(limit) && !isnan(used))
            least = fmin(least, limit - used + (isnan(cache) ? 0 : cache));
        char *slash = strrchr(group, '/');
        if (!slash) return fmax(least, 0);
        *slash = '\0';
    }
}

static void take_least(struct sah_room *room, double bytes, const char *by) {
    if (isnan(bytes) || bytes >= room->bytes) return;
    *room = (struct sah_room){bytes, by};
}

struct sah_room sah_room_now(void) {
    static const struct hierarchy versions[] = {
        {"memory", "/sys/fs/cgroup/memory", "memory.limit_in_bytes",
         "memory.usage_in_bytes", "total_inactive_file "},
        {"", "/sys/fs/cgroup", "memory.max", "memory.current", "inactive_file "},
    };
    struct sah_room room = {INFINITY, "nothing"};
    struct rlimit space;
    double held = 1024 * number_in("/proc/self/status", "VmRSS:");
    double mapped = 1024 * number_in("/proc/self/status", "VmSize:");
    if (isnan(held)) held = 0;
    take_least(&room, 1024 * number_in("/proc/meminfo", "MemAvailable:") + held,
               "memory that is free");
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
        take_least(&room, left_in(&versions[i]) + held, "limit of the control group");
    if (getrlimit(RLIMIT_AS, &space) == 0 && space.rlim_cur != RLIM_INFINITY)
        take_least(&room, fmax((double)space.rlim_cur - mapped, 0) + held,
                   "limit of the address space, ulimit -v");
    return room;
}

/* ---- what is needed --------------------------------------------------------------- */

struct sah_need sah_need_of(const struct sah_world *world) {
    const struct sah_family *family = world->family;
    double agents = family->agents ? family->agents(world) : 0;
    return (struct sah_need){agents, PROGRAM_BYTES +
                                         (double)world->grid.ncells *
                                             (double)family->cell_bytes +
                                         agents * (double)family->agent_bytes};
}

int sah_need_admit(const struct sah_world *world, void *host, struct sah_error *err) {
    const double *worlds = host;
    struct sah_need need = sah_need_of(world);
    if (worlds) need.bytes = PROGRAM_BYTES + *worlds * (need.bytes - PROGRAM_BYTES);
    struct sah_room room = sah_room_now();
    if (!world->family->agents || need.bytes <= room.bytes) return SAH_OK;
    const struct sah_setting *scale =
        sah_binding_find(&world->binding, "run.people_per_agent");
    char text[32];
    sah_number_text(world->run.people_per_agent, text);
    return sah_scenario_complain(
        err, scale->origin, scale->path, text,
        "%.0f agents on %d cells need about %.3g GB of memory, there are %.3g GB (%s); "
        "more people per agent need less; --no-memory-check tries nevertheless",
        need.agents, (int)world->grid.ncells, need.bytes / 1e9, room.bytes / 1e9,
        room.by);
}

/* ---- disk ------------------------------------------------------------------------- */

/* Of the tables that every result carries; and how far fields, mostly zeros, and series
 * shrink when they are packed. Measured on base runs of a month to five years. */
static const double TABLE_BYTES = 0.65e6, PACKED = 0.1;

static double periods(enum sah_every every, double days) {
    static const double length[] = {
        [SAH_EVERY_DAY] = 1, [SAH_EVERY_MONTH] = 30.44, [SAH_EVERY_YEAR] = 365.25};
    return ceil(days / length[every]);
}

int sah_disk_need_of(const struct sah_run *run, struct sah_disk_need *need,
                     struct sah_error *err) {
    const struct sah_output_params *output = &run->output;
    const enum sah_every every[SAH_PLACES] = {
        [SAH_FIELD] = (enum sah_every)output->fields_every,
        [SAH_SERIES] = (enum sah_every)output->series_every,
        [SAH_LEDGER] = SAH_EVERY_MONTH};
    double raw = 0;
    int status = SAH_OK;
    for (int p = 0; !status && p < SAH_PLACES; p++) {
        struct sah_watch watch;
        status = sah_watch_init(&watch, run->world, (enum sah_place)p, every[p],
                                p == SAH_FIELD ? &output->fields_keep : NULL, err);
        raw += (double)watch.payload_size * periods(every[p], run->days);
        sah_watch_free(&watch);
    }
    *need = (struct sah_disk_need){raw, TABLE_BYTES + PACKED * raw};
    return status;
}

/* ---- time ------------------------------------------------------------------------- */

/* Days to come are dearer than the first, with more bands and displaced people (1.1 to 1.3
 * measured over five years); packing has a part that is always there. */
static const double LATER = 1.2, PACKING_SECONDS = 0.15, PACKING_BYTES = 100e6;

enum { MOST_DAYS = 120 };
static const double ENOUGH_SECONDS = 0.5;

int sah_run_forecast(struct sah_run *run, double *seconds, struct sah_error *err) {
    struct sah_disk_need disk;
    int status = sah_disk_need_of(run, &disk, err);
    /* The first day is not like the others: all is touched for the first time. */
    if (!status && run->days > 0)
        status = sah_run_until(run, run->world->today + 1, NULL, err);
    double begun = sah_thread_seconds(), spent = 0;
    int32_t days = 0;
    while (!status && !sah_world_done(run->world) && days < MOST_DAYS &&
           spent < ENOUGH_SECONDS) {
        status = sah_run_until(run, run->world->today + 1, NULL, err);
        spent = sah_thread_seconds() - begun;
        days++;
    }
    *seconds = begun - run->opened_thread + PACKING_SECONDS + disk.work / PACKING_BYTES;
    if (days) *seconds += spent / days * (run->days - 1) * LATER;
    return status;
}
