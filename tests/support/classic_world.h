/* Worlds of the classics for tests: made from a text, stepped, read by name. */
#ifndef SAH_TESTS_CLASSIC_WORLD_H
#define SAH_TESTS_CLASSIC_WORLD_H
#include "models/registry.h"
#include "sim/kernel/world.h"
#include "tests/support/cmocka_all.h"

#include <stdio.h>
#include <string.h>

#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})

static inline void classic_done(int status, const struct sah_error *err) {
    if (status) fail_msg("%s", err->text ? err->text : "no message");
}

/* A failure to make or step a world fails the test; sah_world_free it. */
static inline struct sah_world *classic_make(const char *yaml, const char *const *sets,
                                             uint64_t seed) {
    char number[40];
    snprintf(number, sizeof number, "run.seed=%llu", (unsigned long long)seed);
    const char *all[40] = {number};
    size_t n = 1;
    for (; sets && *sets; sets++) all[n++] = *sets;
    struct sah_error err = {0};
    struct sah_scenario *scenario;
    struct sah_world *world = NULL;
    struct sah_world_request request = {.families = sah_families,
                                        .nfamilies = sah_family_count()};
    classic_done(
        sah_scenario_parse("test.yaml", yaml, strlen(yaml), all, n, &scenario, &err),
        &err);
    classic_done(sah_world_create(scenario, &request, &world, &err), &err);
    return world;
}

static inline void classic_run(struct sah_world *world, int steps) {
    struct sah_error err = {0};
    for (int i = 0; i < steps; i++) classic_done(sah_world_step(world, &err), &err);
    classic_done(sah_world_verify(world, &err), &err);
}

/* Today's value of a series without axes. */
static inline double classic_read(const struct sah_world *world, const char *name) {
    const struct sah_observable *o = world->family->observables;
    while (o->name && strcmp(o->name, name) != 0) o++;
    if (!o->name) fail_msg("no series %s", name);
    double value = 0;
    o->read(world, &value);
    return value;
}

/* Steps and returns the mean of a series over them. */
static inline double classic_mean(struct sah_world *world, const char *name,
                                  int steps) {
    double sum = 0;
    for (int i = 0; i < steps; i++) {
        classic_run(world, 1);
        sum += classic_read(world, name);
    }
    return sum / steps;
}

#endif
