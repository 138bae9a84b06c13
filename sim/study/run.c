/* Opening, stepping, recording and closing one world. */
#include "sim/study/run.h"

#include "output/disk.h"
#include "sim/kernel/schedule.h"
#include "sim/study/cost.h"
#include "sim/study/keep.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { AUTO_SECONDS = 30 };

static const char checkpoint_name[] = "checkpoint";

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

struct checked {
    const struct sah_run_request *request;
    const struct sah_output_params *output;
};

/* The names of results, and what the caller looks at, told together with the other
 * mistakes of the scenario. */
static int check(const struct sah_world *world, void *user, struct sah_error *err) {
    const struct checked *checked = user;
    const struct sah_run_request *request = checked->request;
    int status = sah_output_check(world, checked->output, err);
    int more = request->check ? request->check(world, request->host, err) : SAH_OK;
    return status ? status : more;
}

static int read_scenario(const struct sah_run_request *request,
                         struct sah_scenario **scenario, struct sah_error *err) {
    *scenario = request->tree;
    if (request->tree) return SAH_OK;
    int status = request->yaml
                     ? sah_scenario_parse(request->scenario, request->yaml,
                                          request->length, NULL, 0, scenario, err)
                     : sah_scenario_read(request->scenario, request->data, NULL, 0,
                                         scenario, err);
    if (status) return status;
    status =
        sah_scenario_lay(*scenario, request->overlay, request->set, request->nset, err);
    if (status) sah_scenario_free(*scenario);
    return status;
}

static int build(const struct sah_run_request *request, struct sah_run *run,
                 struct sah_error *err) {
    struct sah_scenario *scenario = NULL;
    struct sah_section output[SAH_OUTPUT_SECTIONS];
    sah_output_sections(&run->output, output);
    struct checked checked = {request, &run->output};
    struct sah_world_request wanted = {.families = request->families,
                                       .nfamilies = request->nfamilies,
                                       .sections = output,
                                       .nsections = SAH_OUTPUT_SECTIONS,
                                       .check = check,
                                       .user = &checked,
                                       .admit = request->admit,
                                       .host = request->host,
                                       .geography = request->geography,
                                       .geo = request->geo,
                                       .geo_lent = request->geo_lent};
    int status = read_scenario(request, &scenario, err);
    if (status && !request->geo_lent) sah_geography_free(request->geo);
    return status ? status : sah_world_create(scenario, &wanted, &run->world, err);
}

int sah_run_open(const struct sah_run_request *request, struct sah_run *run,
                 struct sah_error *err) {
    *run = (struct sah_run){.opened = sah_wall_seconds(),
                            .opened_processor = sah_cpu_seconds(),
                            .opened_thread = sah_thread_seconds()};
    int status = build(request, run, err);
    if (!status) status = find_headlines(run, err);
    if (status) return status;
    run->days = run->world->run.end - run->world->today;
    run->cost.setup = sah_wall_seconds() - run->opened;
    return SAH_OK;
}

/* What was recorded reaches the disk before the checkpoint that counts on it. */
static int checkpoint(struct sah_run *run, struct sah_error *err) {
    int status = sah_recorder_sync(run->recorder, run->world, err);
    char *path = sah_recorder_path(run->recorder, checkpoint_name);
    if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    if (!status) status = sah_checkpoint_write(run->world, path, err);
    free(path);
    run->checkpoint_second = sah_wall_seconds();
    return status;
}

/* A branch keeps nothing to go on from: it is begun anew from its past. */
static bool is_branch(const struct sah_run *run) {
    return run->lineage.nstages > 0;
}

int sah_run_record(struct sah_run *run, const char *path, bool force,
                   int32_t checkpoint_day, struct sah_error *err) {
    SAH_BUG_IF(run->recorder, "a run is recorded once");
    run->checkpoint_day = checkpoint_day;
    int status =
        sah_recorder_create(run->world, &run->output, path, force, &run->recorder, err);
    /* The world of day 0 follows from the scenario: keeping that is its checkpoint. */
    if (!status && is_branch(run)) return SAH_OK;
    if (!status) status = sah_keep_save(run->recorder, run->world, force, err);
    if (!status) status = sah_recorder_sync(run->recorder, run->world, err);
    if (status) {
        sah_recorder_discard(run->recorder);
        run->recorder = NULL;
    }
    run->checkpoint_second = sah_wall_seconds();
    return status;
}

int sah_run_take_up(struct sah_run *run, const struct sah_snapshot *snapshot,
                    const struct sah_lineage *lineage, struct sah_error *err) {
    SAH_BUG_IF(run->recorder || run->world->tick, "a run takes up a state as it opens");
    int status = sah_snapshot_put(run->world, snapshot, err);
    if (status) return status;
    if (lineage) run->lineage = *lineage;
    run->days = run->world->run.end - run->world->today;
    /* What is kept as the parameters of the first day is what they are on it. */
    sah_timeline_apply(&run->world->timeline, run->world->today + 1);
    return SAH_OK;
}

/* Without a checkpoint the world stays at day 0. */
static int load_checkpoint(struct sah_run *run, const char *path,
                           struct sah_error *err) {
    char *folder = sah_disk_concat(path, ".part");
    char *file = folder ? sah_disk_join(folder, checkpoint_name) : NULL;
    int status = SAH_OK;
    if (!file)
        status = sah_error_add(err, SAH_MEMORY, "no memory for a path");
    else if (access(file, F_OK) == 0)
        status = sah_checkpoint_read(run->world, file, err);
    free(file);
    free(folder);
    return status;
}

int sah_run_resume(const struct sah_family *const *families, size_t nfamilies,
                   const char *path, bool force, int32_t checkpoint_day,
                   struct sah_run *run, struct sah_error *err) {
    *run = (struct sah_run){0};
    struct sah_keep keep;
    int status = sah_keep_load(path, &keep, err);
    if (!status) {
        struct sah_run_request request = {.scenario = keep.path,
                                          .yaml = keep.yaml,
                                          .length = keep.length,
                                          .geo = keep.geo,
                                          .families = families,
                                          .nfamilies = nfamilies};
        keep.geo = NULL;
        status = sah_run_open(&request, run, err);
    }
    if (!status) status = load_checkpoint(run, path, err);
    if (!status)
        status = sah_recorder_resume(run->world, &run->output, path,
                                     force || keep.force, &run->recorder, err);
    run->checkpoint_day = checkpoint_day;
    run->checkpoint_second = sah_wall_seconds();
    sah_keep_free(&keep);
    return status;
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

static bool has_checkpoints(const struct sah_run *run) {
    return run->recorder && !is_branch(run);
}

static int stop(struct sah_run *run, struct sah_error *err) {
    int status = has_checkpoints(run) ? checkpoint(run, err) : SAH_OK;
    return status ? status : SAH_STOPPED;
}

static bool is_due(const struct sah_run *run) {
    if (!has_checkpoints(run) || sah_world_done(run->world)) return false;
    if (run->checkpoint_day == SAH_CHECKPOINT_AUTO)
        return sah_wall_seconds() - run->checkpoint_second > AUTO_SECONDS;
    return run->checkpoint_day > 0 &&
           run->world->tick % (uint32_t)run->checkpoint_day == 0;
}

int sah_run_until(struct sah_run *run, int32_t day, const struct sah_run_watch *watch,
                  struct sah_error *err) {
    static const struct sah_run_watch nobody;
    if (!watch) watch = &nobody;
    int status = SAH_OK;
    while (!status && !sah_world_done(run->world) && run->world->today < day) {
        status = do_day(run, err);
        if (!status && watch->day) watch->day(watch->user, run);
        if (!status && is_due(run)) status = checkpoint(run, err);
        bool asked = watch->stop && *watch->stop != 0;
        if (!status && asked && !sah_world_done(run->world)) status = stop(run, err);
    }
    run->cost.processor = sah_cpu_seconds() - run->opened_processor;
    return status;
}

int sah_run_days(struct sah_run *run, const struct sah_run_watch *watch,
                 struct sah_error *err) {
    return sah_run_until(run, run->world->run.end, watch, err);
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
                                        .nphases = n - 1, /* packing is not over */
                                        .lineage =
                                            is_branch(run) ? &run->lineage : NULL};
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
