/* sahel study run: what is missing is done, in processes side by side. */
#include "sim/cli/progress.h"
#include "sim/cli/say.h"
#include "sim/cli/stop.h"
#include "sim/cli/study.h"
#include "sim/study/cost.h"
#include "sim/study/crew.h"
#include "sim/study/gather.h"

#include <sys/resource.h>

static int tell_stopped(const struct sah_crew *crew, const char *folder) {
    int number = crew->stop ? (int)*crew->stop : 0;
    fprintf(stderr,
            "%s; %zu of %zu runs are in %s\nthe same command goes on with the others\n",
            number ? sah_stop_name(number) : "stopped: a run failed",
            crew->found + crew->made, crew->runs, folder);
    return number ? 128 + number : SAH_EXIT_FAILED;
}

/* The most memory that a worker held. */
static double worker_bytes(void) {
    struct rusage usage;
    return getrusage(RUSAGE_CHILDREN, &usage) == 0 ? 1024.0 * (double)usage.ru_maxrss
                                                   : 0;
}

static void tell_end(const struct sah_crew *crew, const struct sah_study_call *call,
                     double seconds) {
    if (call->common.quiet) return;
    fprintf(stderr, "%zu runs in %s: %zu made now in %s", crew->runs, call->folder,
            crew->made, sah_say_seconds(seconds).text);
    if (crew->made && worker_bytes() > 0)
        fprintf(stderr, ", %s of memory a worker", sah_say_bytes(worker_bytes()).text);
    if (crew->deaths) fprintf(stderr, ", %zu workers replaced", crew->deaths);
    fputc('\n', stderr);
}

static int tell_failed(const struct sah_crew *crew, const struct sah_study_call *call) {
    if (!crew->failed) return 0;
    fprintf(stderr,
            "%zu of %zu runs failed; 'sahel study status %s -o %s' tells why, --retry "
            "tries them again\n",
            crew->failed, crew->runs, call->common.argument[1], call->folder);
    return SAH_EXIT_FAILED;
}

/* Once no run is missing, whoever did the last. */
static int gather(const struct sah_study *study, struct sah_study_folder *folder,
                  const struct sah_study_call *call, const struct sah_crew *crew,
                  double seconds, struct sah_error *err) {
    bool whole = false;
    const struct sah_provenance provenance = {.command = call->command,
                                              .threads =
                                                  (int)crew->jobs * crew->threads,
                                              .seconds = seconds,
                                              .peak_bytes = sah_peak_bytes()};
    int status = sah_study_gather(study, folder, &provenance, &whole, err);
    if (status) return sah_say_errors(err, status, NULL);
    if (!call->common.quiet)
        fprintf(stderr,
                whole ? "%s/study.h5\n"
                      : "%s: study.h5 is made when no run is missing\n",
                call->folder);
    return 0;
}

static int work(const struct sah_study *study, struct sah_study_folder *folder,
                const struct sah_study_call *call, struct sah_error *err) {
    struct sah_progress progress = sah_progress_begin(call->common.quiet);
    struct sah_crew crew = {.study = study,
                            .folder = folder,
                            .jobs = sah_study_jobs(call),
                            .threads = sah_study_threads(call),
                            .shard = (size_t)call->shard.number - 1,
                            .shards = (size_t)call->shard.of,
                            .fail_fast = call->fail_fast,
                            .retry = call->retry,
                            .stop = sah_stop_listen(),
                            .done = sah_progress_tell,
                            .user = &progress};
    int status = call->ranks.size > 1 ? sah_ranks_work(&call->ranks, &crew, err)
                                      : sah_crew_work(&crew, err);
    if (call->ranks.rank > 0) return 0; /* the first tells what became of it */
    if (status == SAH_STOPPED) return tell_stopped(&crew, call->folder);
    if (status) {
        status = sah_say_errors(err, status, NULL);
        fprintf(stderr,
                "%zu of %zu runs are in %s; the same command goes on with the "
                "others\n",
                crew.found + crew.made, crew.runs, call->folder);
        return status;
    }
    double seconds = sah_wall_seconds() - progress.begun;
    tell_end(&crew, call, seconds);
    status = gather(study, folder, call, &crew, seconds, err);
    return status ? status : tell_failed(&crew, call);
}

/* The first rank makes the folder, then the others find it. */
static int open_folder(const struct sah_study *study, const struct sah_study_call *call,
                       struct sah_study_folder *folder, struct sah_error *err) {
    const struct sah_ranks *ranks = &call->ranks;
    int status = SAH_OK;
    *folder = (struct sah_study_folder){.claims = {.fd = -1}};
    if (ranks->rank == 0)
        status = sah_study_folder_open(study, call->folder, true, folder, err);
    if (sah_ranks_agree(ranks, status != SAH_OK)) return status ? status : SAH_STOPPED;
    if (ranks->rank > 0)
        status = sah_study_folder_open(study, call->folder, false, folder, err);
    if (!sah_ranks_agree(ranks, status != SAH_OK)) return SAH_OK;
    return status ? status
                  : sah_error_add(err, SAH_IO, "%s: not all ranks can open it",
                                  call->folder);
}

int sah_study_run_verb(struct sah_study *study, const struct sah_study_call *call) {
    struct sah_study_folder folder;
    struct sah_error err = {0};
    int status = open_folder(study, call, &folder, &err);
    if (!status)
        status = work(study, &folder, call, &err);
    else if (call->ranks.rank > 0 && !err.count) /* another rank tells why */
        status = SAH_EXIT_FAILED;
    else
        status = sah_say_errors(&err, status, "nothing was run");
    sah_study_folder_close(&folder);
    return status;
}
