/* Opening, stepping, recording and closing one world. */
#include "sim/study/run.h"

#include "sim/kernel/schedule.h"
#include "sim/study/cost.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* ---- opening --------------------------------------------------------------------- */

static const struct sah_observable *find_series(const struct sah_world *world,
                                                const char *name) {
    const struct sah_observable *o = world->family->observables;
    for (; o && o->name; o++)
        if (o->place == SAH_SERIES && strcmp(o->name, name) == 0) return o;
    return NULL;
}

static int find_headlines(struct sah_run *run, struct sah_error *err) {
    size_t most = 1;
    for (size_t k = 0; k < SAH_HEADLINES && run->world->family->headline[k]; k++) {
        const struct sah_observable *series =
            find_series(run->world, run->world->family->headline[k]);
        if (!series) continue;
        size_t count = sah_observable_count(run->world, series);
        if (count > most) most = count;
        run->headline[run->nheadlines++] = (struct sah_headline){.what = series};
    }
    run->scratch = calloc(most, sizeof *run->scratch);
    if (run->scratch) return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory for %zu numbers", most);
}

static int build(const struct sah_run_request *request, struct sah_run *run,
                 struct sah_error *err) {
    struct sah_scenario *scenario = NULL;
    struct sah_section output[SAH_OUTPUT_SECTIONS];
    sah_output_sections(&run->output, output);
    struct sah_world_request wanted = {.families = request->families,
                                       .nfamilies = request->nfamilies,
                                       .sections = output,
                                       .nsections = SAH_OUTPUT_SECTIONS};
    int status = sah_scenario_read(request->scenario, request->set, request->nset,
                                   &scenario, err);
    if (!status) status = sah_world_create(scenario, &wanted, &run->world, err);
    if (!status) status = sah_output_check(run->world, &run->output, err);
    return status;
}

int sah_run_open(const struct sah_run_request *request, struct sah_run *run,
                 struct sah_error *err) {
    *run = (struct sah_run){.opened = sah_wall_seconds(),
                            .opened_processor = sah_cpu_seconds()};
    int status = build(request, run, err);
    if (!status) status = find_headlines(run, err);
    if (status) return status;
    run->days = run->world->run.end - run->world->today;
    run->cost.setup = sah_wall_seconds() - run->opened;
    return SAH_OK;
}

int sah_run_record(struct sah_run *run, const char *path, bool force,
                   struct sah_error *err) {
    SAH_BUG_IF(run->recorder, "a run is recorded once");
    return sah_recorder_create(run->world, &run->output, path, force, &run->recorder,
                               err);
}

void sah_run_close(struct sah_run *run) {
    sah_recorder_free(run->recorder);
    sah_world_free(run->world);
    free(run->scratch);
    *run = (struct sah_run){0};
}

/* ---- the days -------------------------------------------------------------------- */

static void take_headlines(struct sah_run *run) {
    for (size_t k = 0; k < run->nheadlines; k++) {
        struct sah_headline *headline = &run->headline[k];
        size_t n = sah_observable_count(run->world, headline->what);
        double sum = 0;
        headline->what->read(run->world, run->scratch);
        for (size_t i = 0; i < n; i++) sum += run->scratch[i];
        if (headline->what->nature == SAH_FLOW) sum += headline->value;
        headline->value = sum;
    }
}

static int do_day(struct sah_run *run, struct sah_error *err) {
    double begun = sah_wall_seconds();
    int status = sah_world_step(run->world, err);
    double stepped = sah_wall_seconds();
    run->cost.stepping += stepped - begun;
    if (status) return status;
    run->cost.agent_steps += sah_world_agents(run->world);
    take_headlines(run);
    if (run->recorder) status = sah_recorder_day(run->recorder, run->world, err);
    run->cost.recording += sah_wall_seconds() - stepped;
    return status;
}

/* A checkpoint of the world would be written here, after what it counts on. */
static int stop(struct sah_run *run, struct sah_error *err) {
    int status = SAH_OK;
    if (run->recorder) status = sah_recorder_sync(run->recorder, run->world, err);
    return status ? status : SAH_STOPPED;
}

int sah_run_days(struct sah_run *run, const struct sah_run_watch *watch,
                 struct sah_error *err) {
    static const struct sah_run_watch nobody;
    if (!watch) watch = &nobody;
    int status = SAH_OK;
    while (!status && !sah_world_done(run->world)) {
        status = do_day(run, err);
        if (!status && watch->day) watch->day(watch->user, run);
        bool asked = watch->stop && *watch->stop != 0;
        if (!status && asked && !sah_world_done(run->world)) status = stop(run, err);
    }
    run->cost.processor = sah_cpu_seconds() - run->opened_processor;
    return status;
}

/* ---- the end --------------------------------------------------------------------- */

static int pack(struct sah_run *run, const char *command, const char **phase,
                double *seconds, struct sah_error *err) {
    size_t n = sah_run_phase_count(run);
    for (size_t i = 0; i < n; i++) {
        struct sah_run_phase part = sah_run_phase(run, i);
        phase[i] = part.name;
        seconds[i] = part.seconds;
    }
    struct sah_provenance provenance = {.command = command,
                                        .threads = omp_get_max_threads(),
                                        .seconds = sah_run_seconds(run),
                                        .peak_bytes = sah_peak_bytes(),
                                        .agent_steps = run->cost.agent_steps,
                                        .phase = phase,
                                        .phase_seconds = seconds,
                                        .nphases = n - 1}; /* packing is not over */
    return sah_recorder_finish(run->recorder, run->world, &provenance, err);
}

int sah_run_finish(struct sah_run *run, const char *command, struct sah_error *err) {
    if (!run->recorder) return SAH_OK;
    double begun = sah_wall_seconds();
    size_t n = sah_run_phase_count(run);
    const char **phase = calloc(n, sizeof *phase);
    double *seconds = calloc(n, sizeof *seconds);
    int status = phase && seconds
                     ? pack(run, command, phase, seconds, err)
                     : sah_error_add(err, SAH_MEMORY, "no memory for %zu phases", n);
    free(phase);
    free(seconds);
    run->cost.packing = sah_wall_seconds() - begun;
    run->cost.processor = sah_cpu_seconds() - run->opened_processor;
    return status;
}

/* ---- questions ------------------------------------------------------------------- */

/* setup, the phases of the day, what lies between them, recording, packing */
size_t sah_run_phase_count(const struct sah_run *run) {
    return run->world->family->nphases + 4;
}

static double between_phases(const struct sah_run *run) {
    double rest = run->cost.stepping;
    for (size_t k = 1; k <= run->world->family->nphases; k++)
        rest -= sah_schedule_seconds(run->world->schedule, (int)k);
    return rest > 0 ? rest : 0;
}

struct sah_run_phase sah_run_phase(const struct sah_run *run, size_t i) {
    const struct sah_family *family = run->world->family;
    if (i == 0) return (struct sah_run_phase){"setting up", run->cost.setup};
    if (i <= family->nphases)
        return (struct sah_run_phase){
            family->phases[i - 1], sah_schedule_seconds(run->world->schedule, (int)i)};
    const struct sah_run_phase after[] = {
        {"sorting, timeline", between_phases(run)},
        {"recording", run->cost.recording},
        {"packing the result", run->cost.packing},
    };
    return after[i - family->nphases - 1];
}

double sah_run_seconds(const struct sah_run *run) {
    return sah_wall_seconds() - run->opened;
}

double sah_run_speed(const struct sah_run *run) {
    double seconds = run->cost.stepping + run->cost.recording;
    return seconds > 0 ? (double)run->cost.agent_steps / seconds : 0;
}
