/* The log for programs: one JSON object a line. */
#include "sim/cli/log.h"
#include "sim/cli/say.h"
#include "sim/kernel/calendar.h"
#include "sim/kernel/isa.h"
#include "sim/study/cost.h"

#include "sah_version.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

static void text(const char *key, const char *value) {
    fprintf(stderr, ", \"%s\": ", key);
    sah_put_json(stderr, value);
}

static void number(const char *key, double value) {
    fprintf(stderr, ", \"%s\": %.15g", key, value);
}

static void open_object(const char *type) {
    fprintf(stderr, "{\"type\": \"%s\"", type);
}

static void close_object(void) {
    fputs("}\n", stderr);
    fflush(stderr);
}

void sah_log_json_start(const struct sah_run_log *log, const struct sah_run *run) {
    const struct sah_world *world = run->world;
    open_object("start");
    text("version", SAH_VERSION);
    text("commit", SAH_COMMIT);
    text("scenario", sah_scenario_path(world->scenario));
    text("title", world->run.title);
    text("model", world->family->name);
    number("seed", (double)world->run.seed);
    text("start", sah_say_day(world->run.start).text);
    text("end", sah_say_day(world->run.end).text);
    number("days", run->days);
    number("days_before", log->days_before);
    number("agents", (double)sah_world_agents(world));
    number("cells", world->grid.ncells);
    number("people_per_agent", world->run.people_per_agent);
    number("threads", omp_get_max_threads());
    text("instructions", sah_isa_name(sah_isa_best()));
    text("result", log->result);
    close_object();
}

static void put_series(const struct sah_run *run) {
    fputs(", \"series\": {", stderr);
    for (size_t k = 0; k < run->nheadlines; k++)
        fprintf(stderr, "%s\"%s\": %.15g", k ? ", " : "", run->headline[k].what->name,
                run->headline[k].value);
    fputs("}", stderr);
}

void sah_log_json_day(struct sah_run_log *log, const struct sah_run *run) {
    int32_t done = sah_log_days_done(run);
    if (!sah_day_ends_month(run->world->today) && done != run->days) return;
    open_object("progress");
    text("date", sah_say_day(run->world->today).text);
    number("done", (double)done / run->days);
    put_series(run);
    number("agents", (double)sah_world_agents(run->world));
    number("agent_steps_per_second", sah_run_speed(run));
    number("seconds", sah_wall_seconds() - log->begun);
    number("seconds_left", sah_log_seconds_left(log, run));
    close_object();
}

void sah_log_json_errors(const struct sah_error *err, int code) {
    const char *line = err->text ? err->text : sah_code_text(code);
    while (*line) {
        size_t length = strcspn(line, "\n");
        char *copy = strndup(line, length);
        open_object("error");
        text("message", copy ? copy : "out of memory");
        close_object();
        free(copy);
        line += length + (line[length] == '\n');
    }
}

static void put_phases(const struct sah_run_log *log, const struct sah_run *run) {
    fputs(", \"phases\": [", stderr);
    for (size_t i = 0; i < sah_run_phase_count(run); i++) {
        struct sah_run_phase phase = sah_run_phase(run, i);
        fprintf(stderr, "{\"name\": \"%s\", \"seconds\": %.6f}, ", phase.name,
                phase.seconds);
    }
    fprintf(stderr, "{\"name\": \"drawing maps\", \"seconds\": %.6f}]",
            log->maps_seconds);
}

void sah_log_json_finish(const struct sah_run_log *log, const struct sah_run *run,
                         const struct sah_log_end *end) {
    char digest[33];
    sah_digest_text(sah_world_digest(run->world), digest);
    open_object("end");
    text("outcome", end->word);
    number("status", end->status);
    text("date", sah_say_day(run->world->today).text);
    put_series(run);
    text("digest", digest);
    text("result", log->result);
    number("bytes", sah_log_file_bytes(log->result));
    if (log->maps) text("maps", log->maps);
    number("agent_steps", (double)run->cost.agent_steps);
    number("agent_steps_per_second", sah_run_speed(run));
    number("peak_bytes", (double)sah_peak_bytes());
    number("seconds", sah_run_seconds(run));
    number("processor_seconds", run->cost.processor);
    put_phases(log, run);
    close_object();
}
