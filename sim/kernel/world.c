/* The life of a world: made, stepped, checked, digested, freed. */
#include "sim/kernel/world.h"

#include "sim/kernel/pages.h"
#include "sim/kernel/schedule.h"
#include "sim/kernel/state.h"
#include "sim/kernel/world_setup.h"

#include <stdlib.h>
#include <string.h>

void *sah_world_array(struct sah_world *world, const char *name, enum sah_type type,
                      size_t count, const char *unit, const char *doc,
                      struct sah_error *err) {
    struct sah_block *grown =
        realloc(world->block, (world->nblocks + 1) * sizeof *world->block);
    if (grown) world->block = grown;
    void *data = grown ? calloc(count + 1, sah_type_size(type)) : NULL;
    if (!data) {
        sah_error_add(err, SAH_MEMORY, "no memory for %zu values of %s", count, name);
        return NULL;
    }
    sah_pages_advise(data, (count + 1) * sah_type_size(type));
    world->block[world->nblocks++] = (struct sah_block){.name = name,
                                                        .unit = unit,
                                                        .doc = doc,
                                                        .type = type,
                                                        .count = count,
                                                        .data = data};
    return data;
}

int sah_world_axis(struct sah_world *world, struct sah_axis axis,
                   struct sah_error *err) {
    if (world->naxes == SAH_MAX_AXES)
        return sah_error_add(err, SAH_LIMIT, "more than %d axes", SAH_MAX_AXES);
    world->axis[world->naxes++] = axis;
    return SAH_OK;
}

const struct sah_axis *sah_world_find_axis(const struct sah_world *world,
                                           const char *name) {
    for (size_t i = 0; i < world->naxes; i++)
        if (strcmp(world->axis[i].name, name) == 0) return &world->axis[i];
    return NULL;
}

int sah_world_people(struct sah_world *world, struct sah_population *population,
                     struct sah_error *err) {
    if (world->npopulations == SAH_MAX_POPULATIONS)
        return sah_error_add(err, SAH_LIMIT, "more than %d populations",
                             SAH_MAX_POPULATIONS);
    world->population[world->npopulations] = population;
    return (int)world->npopulations++;
}

int sah_world_log(struct sah_world *world, struct sah_population *population,
                  const char *row, const struct sah_log_code *codes,
                  struct sah_error *err) {
    if (world->nlogs == SAH_MAX_LOGS)
        return sah_error_add(err, SAH_LIMIT, "more than %d logs", SAH_MAX_LOGS);
    world->logs[world->nlogs] =
        (struct sah_log){.rows = population, .row = row, .codes = codes};
    return (int)world->nlogs++;
}

const void *sah_world_model(const struct sah_world *world, const char *name) {
    for (size_t i = 0; i < world->family->ncast; i++)
        if (strcmp(world->family->cast[i]->name, name) == 0)
            return world->on[i] ? world->self[i] : NULL;
    return NULL;
}

/* Whoever is switched off rests. */
static void rest_models(struct sah_world *world) {
    for (size_t i = 0; i < world->family->ncast; i++)
        if (!world->on[i] && world->family->cast[i]->rest)
            world->family->cast[i]->rest(world->self[i], world);
}

/* The first mistake's code, after all have been told. */
static int resolve_models(struct sah_world *world, struct sah_error *err) {
    const struct sah_family *family = world->family;
    int status = SAH_OK;
    for (size_t i = 0; i < family->ncast; i++) {
        if (!family->cast[i]->resolve) continue;
        int code = family->cast[i]->resolve(world->self[i], world, err);
        if (!status) status = code;
    }
    return status;
}

static int start_models(struct sah_world *world, struct sah_error *err) {
    const struct sah_family *family = world->family;
    int status = family->create(world, err);
    if (!status) status = resolve_models(world, err);
    for (size_t i = 0; !status && i < family->ncast; i++)
        if (family->cast[i]->init)
            status = family->cast[i]->init(world->self[i], world, err);
    if (!status) rest_models(world);
    return status;
}

static int lay_ground(struct sah_world *world, const struct sah_world_request *request,
                      struct sah_error *err) {
    if (world->family->has_land) return sah_world_lay_land(world, request, err);
    return world->family->has_plain ? sah_world_lay_plain(world, err) : SAH_OK;
}

/* Values, land, then models, each upon sound ground only. */
static int build(struct sah_world *world, const struct sah_world_request *request,
                 struct sah_error *err) {
    int status = sah_world_bind(world, request, err);
    int land = lay_ground(world, request, err);
    if (status || land) return status ? status : land;
    status = request->admit ? request->admit(world, request->host, err) : SAH_OK;
    if (status) return status;
    world->today = world->run.start - 1;
    sah_timeline_apply(&world->timeline, world->run.start);
    status = sah_schedule_create(world->family, &world->schedule, err);
    return status ? status : start_models(world, err);
}

int sah_world_create(struct sah_scenario *scenario,
                     const struct sah_world_request *request, struct sah_world **out,
                     struct sah_error *err) {
    struct sah_world *world = calloc(1, sizeof *world);
    if (!world) {
        sah_scenario_free(scenario);
        if (!request->geo_lent) sah_geography_free(request->geo);
        return sah_error_add(err, SAH_MEMORY, "no memory for a world");
    }
    world->scenario = scenario;
    world->geo = request->geo;
    world->geo_lent = request->geo && request->geo_lent;
    int status = sah_world_cast(world, request, err);
    if (!status) {
        status = build(world, request, err);
        int seen = request->check ? request->check(world, request->user, err) : SAH_OK;
        if (!status) status = seen;
    }
    if (status) {
        sah_world_free(world);
        return status;
    }
    *out = world;
    return SAH_OK;
}

static void free_members(struct sah_world *world) {
    const struct sah_family *family = world->family;
    if (family->free && world->state && world->schedule) family->free(world);
    for (size_t i = 0; world->self && i < family->ncast; i++) {
        if (family->cast[i]->free && world->self[i])
            family->cast[i]->free(world->self[i]);
    }
    sah_binding_free(&world->binding, world->lists, world->lists ? family->nlists : 0);
    for (size_t i = 0; world->self && i < family->ncast; i++) free(world->self[i]);
}

void sah_world_free(struct sah_world *world) {
    if (!world) return;
    sah_timeline_free(&world->timeline);
    if (world->family) free_members(world);
    sah_schedule_free(world->schedule);
    for (size_t i = 0; i < world->nblocks; i++) free(world->block[i].data);
    free(world->block);
    sah_land_free(world->land);
    sah_grid_free(&world->grid);
    if (!world->geo_lent) sah_geography_free(world->geo);
    sah_scenario_free(world->scenario);
    free(world->theatre);
    free(world->switches);
    free(world->lists);
    free(world->self);
    free(world->on);
    free(world->state);
    free(world);
}

int sah_world_step(struct sah_world *world, struct sah_error *err) {
    SAH_BUG_IF(sah_world_done(world), "a step beyond the last day");
    world->today++;
    sah_timeline_apply(&world->timeline, world->today);
    for (size_t i = 0; i < world->nlogs; i++) sah_log_begin_day(&world->logs[i]);
    int status =
        world->family->begin_day ? world->family->begin_day(world, err) : SAH_OK;
    if (!status) rest_models(world);
    if (!status) status = sah_schedule_day(world->schedule, world, err);
    if (status) return status;
    for (size_t i = 0; i < world->nlogs; i++) sah_log_end_day(&world->logs[i]);
    world->tick++;
    return SAH_OK;
}

bool sah_world_done(const struct sah_world *world) {
    return world->today >= world->run.end;
}

int sah_world_verify(const struct sah_world *world, struct sah_error *err) {
    return world->family->verify ? world->family->verify(world, err) : SAH_OK;
}

static int digest_array(void *to, const char *name, enum sah_type type, void *data,
                        size_t count, struct sah_error *err) {
    (void)err;
    sah_digest_update(to, name, type, data, count);
    return SAH_OK;
}

struct sah_digest sah_world_digest(const struct sah_world *world) {
    struct sah_digest_state state;
    const struct sah_state_visitor visitor = {
        .to = &state, .array = digest_array, .world_only = true};
    sah_digest_init(&state);
    /* The walk hands out arrays to fill; this visitor only reads them. */
    sah_state_walk((struct sah_world *)(uintptr_t)world, &visitor, NULL);
    return sah_digest_final(&state);
}

size_t sah_observables(const struct sah_world *world) {
    size_t n = 0;
    while (world->family->observables && world->family->observables[n].name) n++;
    return n;
}

size_t sah_observable_count(const struct sah_world *world,
                            const struct sah_observable *observable) {
    size_t count = observable->place == SAH_FIELD ? (size_t)world->grid.ncells : 1;
    for (size_t k = 0; k < 2; k++)
        if (observable->axes[k])
            count *= sah_world_find_axis(world, observable->axes[k])->n;
    return count;
}

size_t sah_world_agents(const struct sah_world *world) {
    size_t n = 0;
    for (size_t i = 0; i < world->npopulations; i++) n += world->population[i]->n;
    return n;
}
