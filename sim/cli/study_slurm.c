/* sahel study slurm: a batch script in which every task of an array does a part. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "sim/cli/say.h"
#include "sim/cli/study.h"
#include "sim/study/pilot.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A task is planned for about so long; its limits leave room for slower machines. */
static const double PART_SECONDS = 1800, LEAST_SECONDS = 300, ROOM = 2,
                    ROOM_BYTES = 128e6;
enum { MOST_PARTS = 1000 };

static long parts_of(const struct sah_study *study, const struct sah_study_call *call,
                     const struct sah_pilot *pilot) {
    double runs = (double)sah_study_runs(study);
    double parts =
        call->parts ? (double)call->parts : ceil(runs * pilot->seconds / PART_SECONDS);
    return (long)fmin(fmin(fmax(parts, 1), runs), MOST_PARTS);
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

/* As seen from anywhere; the folder need not be there yet. */
static void put_path(const char *path) {
    char whole[PATH_MAX], here[PATH_MAX];
    if (realpath(path, whole)) {
        put_quoted(whole);
    } else if (*path == '/' || !getcwd(here, sizeof here)) {
        put_quoted(path);
    } else {
        char joined[2 * PATH_MAX];
        snprintf(joined, sizeof joined, "%s/%s", here, path);
        put_quoted(joined);
    }
}

static void put_limits(const struct sah_pilot *pilot, double runs, long threads) {
    double seconds = ROOM * pilot->seconds * runs + LEAST_SECONDS;
    long minutes = (long)ceil(seconds / 60);
    printf("#SBATCH --cpus-per-task=%ld\n", threads);
    printf("#SBATCH --time=%ld:%02ld:00\n", minutes / 60, minutes % 60);
    printf("#SBATCH --mem=%.0fM\n",
           ceil((ROOM * pilot->bytes * (double)threads + ROOM_BYTES) / 1e6));
}

static void put_script(const struct sah_study *study, const struct sah_study_call *call,
                       const struct sah_pilot *pilot) {
    long parts = parts_of(study, call, pilot), jobs = call->jobs ? call->jobs : 1;
    double runs = ceil((double)sah_study_runs(study) / (double)parts / (double)jobs);
    puts("#!/bin/sh\n"
         "# Submit with sbatch. Every task does a part of the runs that are missing; "
         "the\n"
         "# last one to end makes study.h5. Submitted again, it goes on.\n"
         "#SBATCH --job-name=sahel-study");
    printf("#SBATCH --array=1-%ld\n", parts);
    put_limits(pilot, runs, jobs);
    puts("#SBATCH --requeue\n#SBATCH --open-mode=append\nexport OMP_NUM_THREADS=1");
    fputs("exec ", stdout);
    put_path("/proc/self/exe");
    fputs(" study run ", stdout);
    put_path(study->path);
    fputs(" -o ", stdout);
    put_path(call->folder);
    printf(" --quiet --jobs %ld --threads 1 --shard \"$SLURM_ARRAY_TASK_ID/%ld\"\n",
           jobs, parts);
}

int sah_study_slurm_verb(struct sah_study *study, const struct sah_study_call *call) {
    struct sah_pilot pilot;
    struct sah_error err = {0};
    int status = sah_study_pilot(study, &pilot, &err);
    if (status) return sah_say_errors(&err, status, "the first run fails");
    put_script(study, call, &pilot);
    return 0;
}
