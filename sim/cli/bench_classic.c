/* The classics, without a result: steps of a world after it has settled. */
#include "sim/cli/bench.h"

#include "models/registry.h"
#include "sim/cli/data.h"
#include "sim/kernel/schedule.h"
#include "sim/study/cost.h"
#include "sim/study/run.h"

#include <stdio.h>

static const double least_seconds = 0.5;

enum { WARM_UP = 100, LEAST_STEPS = 20 };

/* What stands in memory for an agent: its columns, and the arrays of the world. */
static double bytes_per_agent(const struct sah_world *world) {
    double bytes = 0, agents = (double)sah_world_agents(world);
    for (size_t i = 0; i < world->npopulations; i++)
        for (size_t k = 0; k < world->population[i]->ncolumns; k++)
            bytes += (double)world->population[i]->n *
                     (double)sah_type_size(world->population[i]->columns[k].type);
    for (size_t i = 0; i < world->nblocks; i++)
        bytes +=
            (double)world->block[i].count * (double)sah_type_size(world->block[i].type);
    return agents > 0 ? bytes / agents : 0;
}

static int step(struct sah_world *world, struct sah_error *err) {
    if (!sah_world_done(world)) return sah_world_step(world, err);
    return sah_error_add(err, SAH_LIMIT, "the run is too short to be measured");
}

static int measure(struct sah_bench_row *row, struct sah_world *world,
                   struct sah_error *err) {
    int status = SAH_OK;
    for (int i = 0; i < WARM_UP && !status; i++) status = step(world, err);
    double before[SAH_BENCH_PARTS] = {0}, begun = sah_wall_seconds();
    size_t phases = world->family->nphases;
    if (phases > SAH_BENCH_PARTS) phases = SAH_BENCH_PARTS;
    for (size_t i = 0; i < phases; i++)
        before[i] = sah_schedule_seconds(world->schedule, (int)i + 1);
    do {
        row->agent_steps += (double)sah_world_agents(world);
        status = step(world, err);
        row->steps++;
        row->seconds = sah_wall_seconds() - begun;
    } while (!status && (row->seconds < least_seconds || row->steps < LEAST_STEPS));
    for (size_t i = 0; i < phases; i++)
        row->phases.part[row->phases.n++] = (struct sah_bench_part){
            world->family->phases[i],
            sah_schedule_seconds(world->schedule, (int)i + 1) - before[i]};
    row->agents = (double)sah_world_agents(world);
    row->bytes_per_agent = bytes_per_agent(world);
    return status;
}

static int measure_scenario(struct sah_bench_row *row, const char *scenario,
                            const char *const *sets, size_t nsets,
                            struct sah_error *err) {
    struct sah_run_request request = {.scenario = sah_data_path(scenario),
                                      .set = sets,
                                      .nset = nsets,
                                      .families = sah_families,
                                      .nfamilies = sah_family_count()};
    struct sah_run run = {0};
    int status = sah_run_open(&request, &run, err);
    if (!status) status = measure(row, run.world, err);
    sah_run_close(&run);
    return status;
}

#define COUNT(array) (sizeof(array) / sizeof *(array))
static const char long_run[] = "run.end=9999-12-31";

/* Epstein's Model I with the parameters of NetLogo, `size` cells a side. */
int sah_bench_epstein(struct sah_bench_row *row, struct sah_error *err) {
    char columns[64], rows[64], order[64];
    snprintf(columns, sizeof columns, "grid.columns=%.0f", row->size);
    snprintf(rows, sizeof rows, "grid.rows=%.0f", row->size);
    snprintf(order, sizeof order, "unrest.order=%s", row->state);
    const char *sets[] = {columns, rows, order, long_run};
    return measure_scenario(row, "scenarios/classic/epstein-netlogo.yaml", sets,
                            COUNT(sets), err);
}

/* As many meetings in a day as there are fighters. */
int sah_bench_bohorquez(struct sah_bench_row *row, struct sah_error *err) {
    char fighters[64], meetings[64];
    snprintf(fighters, sizeof fighters, "gathering.fighters=%.0f", row->size);
    snprintf(meetings, sizeof meetings, "gathering.meetings=%.0f", row->size);
    const char *sets[] = {fighters, meetings, long_run};
    return measure_scenario(row, "scenarios/classic/bohorquez.yaml", sets, COUNT(sets),
                            err);
}

/* Inaccurate forces, so that the insurgency lasts. */
int sah_bench_bennett(struct sah_bench_row *row, struct sah_error *err) {
    char civilians[64], soldiers[64];
    snprintf(civilians, sizeof civilians, "insurgency.civilians=%.0f", row->size * 0.9);
    snprintf(soldiers, sizeof soldiers, "insurgency.soldiers=%.0f", row->size * 0.1);
    const char *sets[] = {civilians, soldiers, "insurgency.effectiveness=0", long_run};
    return measure_scenario(row, "scenarios/classic/bennett.yaml", sets, COUNT(sets),
                            err);
}

/* Two equal sides that hardly hurt each other, so that they last. */
int sah_bench_lanchester(struct sah_bench_row *row, struct sah_error *err) {
    char blue[64], red[64];
    snprintf(blue, sizeof blue, "attrition.blue=%.0f", row->size / 2);
    snprintf(red, sizeof red, "attrition.red=%.0f", row->size / 2);
    const char *sets[] = {blue, red, "attrition.blue_rate=1e-5",
                          "attrition.red_rate=1e-5", long_run};
    return measure_scenario(row, "scenarios/classic/lanchester-square.yaml", sets,
                            COUNT(sets), err);
}
