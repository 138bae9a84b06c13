/* The base run, from the scenario to the result on disk, which is thrown away. */
#include "sim/cli/bench.h"

#include "models/registry.h"
#include "sim/cli/data.h"
#include "sim/kernel/schedule.h"
#include "sim/study/run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *chosen;

void sah_bench_use_scenario(const char *path) {
    chosen = path;
}

static const char *scenario_path(void) {
    return chosen ? chosen : sah_data_path("scenarios/sahel/base.yaml");
}

static double bytes_per_agent(const struct sah_world *world) {
    double bytes = 0;
    for (size_t i = 0; i < world->npopulations; i++) {
        const struct sah_population *p = world->population[i];
        for (size_t k = 0; k < p->ncolumns; k++)
            bytes += (double)(p->n * sah_type_size(p->columns[k].type));
    }
    size_t agents = sah_world_agents(world);
    return agents ? bytes / (double)agents : 0;
}

static void add_part(struct sah_bench_parts *parts, const char *name, double seconds) {
    if (parts->n == SAH_BENCH_PARTS) return;
    parts->part[parts->n++] = (struct sah_bench_part){name, seconds};
}

static void take_parts(struct sah_bench_row *row, const struct sah_run *run) {
    const struct sah_world *world = run->world;
    for (size_t i = 0; i < sah_run_phase_count(run); i++) {
        struct sah_run_phase phase = sah_run_phase(run, i);
        add_part(&row->phases, phase.name, phase.seconds);
    }
    for (size_t i = 0; i < world->family->ncast; i++)
        if (world->on[i])
            add_part(&row->mechanisms, world->family->cast[i]->name,
                     sah_schedule_member_seconds(world->schedule, i));
}

static void take(struct sah_bench_row *row, const struct sah_run *run) {
    row->agents = (double)sah_world_agents(run->world);
    row->steps = run->days;
    row->agent_steps = (double)run->cost.agent_steps;
    row->bytes_per_agent = bytes_per_agent(run->world);
    take_parts(row, run);
    row->seconds = sah_run_seconds(run);
}

static int run_into(struct sah_bench_row *row, const char *result,
                    struct sah_error *err) {
    char set[64];
    snprintf(set, sizeof set, "run.people_per_agent=%.17g", row->size);
    const char *sets[] = {set};
    struct sah_run_request request = {.scenario = scenario_path(),
                                      .set = sets,
                                      .nset = 1,
                                      .families = sah_families,
                                      .nfamilies = sah_family_count(),
                                      .geography =
                                          sah_data_path("scenarios/geography")};
    struct sah_run run = {0};
    int status = sah_run_open(&request, &run, err);
    if (!status) status = sah_run_record(&run, result, false, 0, err);
    if (!status) status = sah_run_days(&run, NULL, err);
    if (!status) status = sah_run_finish(&run, "sahel bench", err);
    if (!status) take(row, &run);
    sah_run_close(&run);
    return status;
}

int sah_bench_sahel(struct sah_bench_row *row, struct sah_error *err) {
    const char *where = getenv("TMPDIR");
    char folder[512], result[544];
    snprintf(folder, sizeof folder, "%s/sahel-bench-XXXXXX",
             where && *where ? where : "/tmp");
    if (!mkdtemp(folder))
        return sah_error_add(err, SAH_IO, "%s: no folder can be made there", folder);
    snprintf(result, sizeof result, "%s/run.h5", folder);
    int status = run_into(row, result, err);
    unlink(result);
    rmdir(folder);
    return status;
}
