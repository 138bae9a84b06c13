/* sahel check: would this scenario run, and how large is it? */
#include "sim/cli/commands.h"
#include "sim/cli/say.h"
#include "sim/cli/scenario.h"
#include "sim/study/limits.h"

#include <omp.h>

static const struct sah_option rows[] = {
    SAH_OPTION_SET, SAH_OPTION_THREADS, SAH_OPTION_MEMORY, SAH_OPTION_QUIET, {0}};

static const struct sah_usage usage = {
    .options = rows,
    .least = 1,
    .most = 1,
    .arguments = "SCENARIO.yaml",
    .doc =
        "Check a scenario: all its mistakes are told with file, line and column, or "
        "its size and what it will take. Nothing is kept.\v"
        "Seconds are told from the first days, which are run for half a second: they "
        "hold for this machine when it has nothing else to do. Memory is told from the "
        "numbers of agents and cells. Exit status 0 when it could run, 2 when it is "
        "wrong.\n\n"
        "Example:\n  sahel check scenarios/sahel/base.yaml --set run.end=2016-12-31",
};

static void tell_grid(const struct sah_grid *grid) {
    if (grid->ncells == 0) return;
    printf("%14s  cells, %d x %d", sah_say_count((double)grid->ncells).text, grid->nlon,
           grid->nlat);
    if (grid->plain)
        puts(", a torus");
    else
        printf(" of %g degrees\n", grid->cell_deg);
}

static void tell(const struct sah_run *run) {
    const struct sah_world *world = run->world;
    for (size_t i = 0; i < world->npopulations; i++)
        printf("%14s  agents: %s\n",
               sah_say_count((double)world->population[i]->n).text,
               world->population[i]->name);
    if (world->family->has_land)
        printf("%14s  agents in all, %g people each at most\n",
               sah_say_count((double)sah_world_agents(world)).text,
               world->run.people_per_agent);
    tell_grid(&world->grid);
    printf("%14s  days, %s to %s\n", sah_say_count(run->days).text,
           sah_say_day(world->run.start).text, sah_say_day(world->run.end).text);
}

static void tell_memory(const struct sah_world *world) {
    struct sah_room room = sah_room_now();
    printf("%14s  of memory; there are %s (%s)\n",
           sah_say_bytes(sah_need_of(world).bytes).text, sah_say_bytes(room.bytes).text,
           room.by);
}

/* Last, as it steps the world. */
static int tell_cost(struct sah_run *run) {
    struct sah_disk_need disk;
    struct sah_error err = {0};
    double seconds = 0;
    tell_memory(run->world);
    int status = sah_disk_need_of(run, &disk, &err);
    if (!status) status = sah_run_forecast(run, &seconds, &err);
    if (status) return sah_say_errors(&err, status, NULL);
    printf("%14s  of disk for the result, %s more while it runs\n",
           sah_say_bytes(disk.result).text, sah_say_bytes(disk.work).text);
    printf("%14s  on %d thread%s\n", sah_say_seconds(seconds).text,
           omp_get_max_threads(), omp_get_max_threads() == 1 ? "" : "s");
    puts("ok");
    return 0;
}

int sah_cli_check(int argc, char **argv) {
    struct sah_options options = {0};
    struct sah_run run;
    sah_options_parse(&usage, argc, argv, &options);
    sah_options_apply_threads(&options);
    int status = sah_cli_open(&options, &run);
    if (!status) {
        if (!options.quiet) tell(&run);
        if (!options.quiet) status = tell_cost(&run);
        sah_run_close(&run);
    }
    sah_options_free(&options);
    return status;
}
