/* sahel study slurm: the batch script that has a cluster do a study. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "sim/cli/say.h"
#include "sim/cli/study.h"
#include "sim/study/pilot.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TASKS = 1000, HOUR = 3600, GRACE_SECONDS = 300, MIB = 1 << 20 };

struct script {
    char program[PATH_MAX], study[PATH_MAX], folder[2 * PATH_MAX];
    long tasks, minutes, mib;
};

/* A folder need not exist yet. */
static bool find_paths(struct script *script, const struct sah_study *study,
                       const char *folder) {
    char here[PATH_MAX];
    bool is_absolute = folder[0] == '/';
    if (!realpath("/proc/self/exe", script->program)) return false;
    if (!realpath(study->path, script->study)) return false;
    if (!is_absolute && !realpath(".", here)) return false;
    snprintf(script->folder, sizeof script->folder, "%s%s%s", is_absolute ? "" : here,
             is_absolute ? "" : "/", folder);
    return true;
}

/* Tasks of about an hour; twice what a task should take, and twice the memory. */
static void size_up(struct script *script, const struct sah_study *study,
                    const struct sah_pilot *pilot, long parts) {
    double runs = (double)sah_study_runs(study), seconds = pilot->seconds * runs;
    double tasks = parts ? (double)parts : ceil(seconds / HOUR);
    script->tasks = (long)fmin(fmax(fmin(tasks, runs), 1), MOST_TASKS);
    double share = pilot->seconds * ceil(runs / (double)script->tasks);
    script->minutes = (long)ceil((2 * share + GRACE_SECONDS) / 60);
    script->mib = (long)ceil(2 * pilot->bytes / MIB) + 64;
}

static void put_quoted(const char *text) {
    putchar('\'');
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", stdout);
        else
            putchar(*text);
    putchar('\'');
}

static void print_head(const struct script *script) {
    printf("#!/bin/sh\n"
           "#SBATCH --job-name=sahel\n"
           "#SBATCH --array=1-%ld\n"
           "#SBATCH --ntasks=1\n"
           "#SBATCH --cpus-per-task=1\n"
           "#SBATCH --time=%ld:%02ld:00\n"
           "#SBATCH --mem=%ldM\n"
           "#SBATCH --requeue\n"
           "#SBATCH --open-mode=append\n"
           "#SBATCH --signal=B:TERM@60\n",
           script->tasks, script->minutes / 60, script->minutes % 60, script->mib);
}

/* A task that its time limit ends puts itself back into the queue, and goes on then. */
static void print_body(const struct script *script) {
    puts("\n# Each task does its part of the runs; one that is stopped, killed or put "
         "back\n"
         "# goes on with what is missing when it starts again.");
    put_quoted(script->program);
    fputs(" study run ", stdout);
    put_quoted(script->study);
    fputs(" -o ", stdout);
    put_quoted(script->folder);
    printf(" --jobs 1 --threads 1 --quiet \\\n"
           "    --shard \"$SLURM_ARRAY_TASK_ID/%ld\" &\n"
           "work=$!\n"
           "trap 'kill -TERM $work; stopped=1' TERM\n"
           "wait $work\n"
           "status=$?\n"
           "if [ -n \"${stopped:-}\" ]; then\n"
           "    wait $work\n"
           "    scontrol requeue \"$SLURM_JOB_ID\" 2>/dev/null\n"
           "fi\n"
           "exit $status\n",
           script->tasks);
}

int sah_study_slurm_verb(struct sah_study *study, const struct sah_study_call *call) {
    struct script script;
    struct sah_pilot pilot;
    struct sah_error err = {0};
    if (!find_paths(&script, study, call->folder)) {
        sah_error_add(&err, SAH_MISSING, "%s: %s", call->folder, strerror(errno));
        return sah_say_errors(&err, SAH_MISSING, NULL);
    }
    int status = sah_study_pilot(study, &pilot, &err);
    if (status) return sah_say_errors(&err, status, "the first run fails");
    size_up(&script, study, &pilot, call->parts);
    print_head(&script);
    print_body(&script);
    return 0;
}
