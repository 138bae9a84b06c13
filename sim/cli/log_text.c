/* The log as small tables: opened by who and what, closed by where the time went. */
#include "sim/cli/log.h"
#include "sim/cli/say.h"
#include "sim/kernel/isa.h"
#include "sim/study/cost.h"

#include "sah_version.h"

#include <omp.h>

static void put(const char *name, const char *value) {
    fprintf(stderr, "  %-10s %s\n", name, value);
}

static void put_agents(const struct sah_world *world) {
    fprintf(stderr, "  %-10s %s", "agents",
            sah_say_count((double)sah_world_agents(world)).text);
    if (world->family->has_land)
        fprintf(stderr, " of %g people, on %s cells of %g degrees",
                world->run.people_per_agent, sah_say_count(world->grid.ncells).text,
                world->grid.cell_deg);
    else if (world->grid.plain)
        fprintf(stderr, ", on a torus of %d x %d cells", world->grid.nlon,
                world->grid.nlat);
    fputs("\n", stderr);
}

void sah_log_text_start(const struct sah_run_log *log, const struct sah_run *run) {
    const struct sah_world *world = run->world;
    fprintf(stderr, "sahel %s (%s)\n", SAH_VERSION, SAH_COMMIT);
    if (*world->run.title) put("title", world->run.title);
    put("scenario", sah_scenario_path(world->scenario));
    fprintf(stderr, "  %-10s %s to %s, %s days\n", "period",
            sah_say_day(world->run.start).text, sah_say_day(world->run.end).text,
            sah_say_count(run->days).text);
    put_agents(world);
    fprintf(stderr, "  %-10s %lld\n", "seed", (long long)world->run.seed);
    fprintf(stderr, "  %-10s %d, %s\n", "threads", omp_get_max_threads(),
            sah_isa_name(sah_isa_best()));
    if (log->days_before)
        fprintf(stderr, "  %-10s after %s; what is counted below is from then on\n",
                "goes on", sah_say_day(world->today).text);
    fputs("\n", stderr);
    if (log->is_terminal) return;
    fprintf(stderr, "%-10s %5s", "date", "done");
    for (size_t k = 0; k < run->nheadlines; k++)
        fprintf(stderr, " %12s", run->headline[k].what->name);
    fprintf(stderr, " %20s %9s\n", "agent-steps/s", "left");
}

/* A row for every tenth of the days. */
void sah_log_text_day(struct sah_run_log *log, const struct sah_run *run) {
    int32_t done = sah_log_days_done(run);
    int tenths = (int)((int64_t)done * 10 / run->days);
    if (tenths <= log->told_tenths) return;
    log->told_tenths = tenths;
    fprintf(stderr, "%-10s %3d %%", sah_say_day(run->world->today).text,
            (int)((int64_t)done * 100 / run->days));
    for (size_t k = 0; k < run->nheadlines; k++)
        fprintf(stderr, " %12s", sah_say_count(run->headline[k].value).text);
    fprintf(stderr, " %20s %9s\n", sah_say_large(sah_run_speed(run)).text,
            sah_say_seconds(sah_log_seconds_left(log, run)).text);
}

static void put_time(const char *name, double seconds, double all) {
    if (seconds < 0.005) return;
    fprintf(stderr, "  %-26s %8.2f s %4.0f %%\n", name, seconds, 100 * seconds / all);
}

void sah_log_text_finish(const struct sah_run_log *log, const struct sah_run *run) {
    double all = sah_run_seconds(run);
    char digest[33];
    sah_digest_text(sah_world_digest(run->world), digest);
    fputs("\n", stderr);
    for (size_t i = 0; i < sah_run_phase_count(run); i++) {
        struct sah_run_phase phase = sah_run_phase(run, i);
        put_time(phase.name, phase.seconds, all);
    }
    put_time("drawing maps", log->maps_seconds, all);
    put_time("in all", all, all);
    fputs("\n", stderr);
    fprintf(stderr, "  %-10s %s agent-steps per second\n", "speed",
            sah_say_large(sah_run_speed(run)).text);
    fprintf(stderr, "  %-10s %s at most, %s of processor time\n", "memory",
            sah_say_bytes((double)sah_peak_bytes()).text,
            sah_say_seconds(run->cost.processor).text);
    put("digest", digest);
    fprintf(stderr, "  %-10s %s, %s\n", "result", log->result,
            sah_say_bytes(sah_log_file_bytes(log->result)).text);
    if (log->maps) put("maps", log->maps);
}
