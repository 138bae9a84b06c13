/* The state of an eve, and the runs that go on from it. */
#include "sim/study/branch.h"

#include "sim/kernel/calendar.h"
#include "sim/kernel/file.h"
#include "sim/study/again.h"
#include "sim/study/branch_check.h"
#include "sim/study/seed.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct sah_branch {
    struct sah_branch_request request;
    struct sah_result *result;
    const char *yaml;   /* the parent's scenario */
    struct sah_run run; /* of the past, while it is run */
    struct sah_snapshot state;
    struct sah_lineage lineage; /* but for the replicate */
    int64_t seed;               /* of replicate 0 */
    int32_t end;
};

int64_t sah_branch_seed(int64_t base, int64_t replicate) {
    return replicate ? sah_seed_of((uint64_t)base, (uint64_t)replicate - 1) : base;
}

static struct sah_again again(const struct sah_branch *branch,
                              const struct sah_run_watch *watch) {
    return (struct sah_again){.result = branch->result,
                              .families = branch->request.families,
                              .nfamilies = branch->request.nfamilies,
                              .watch = watch};
}

/* ---- opening --------------------------------------------------------------------- */

static int check_day(const struct sah_branch *branch, struct sah_error *err) {
    const struct sah_result_run *made = sah_result_run(branch->result);
    char day[11], first[11], last[11];
    if (branch->request.day >= made->start && branch->request.day <= made->end + 1)
        return SAH_OK;
    sah_day_text(branch->request.day, day);
    sah_day_text(made->start, first);
    sah_day_text(made->end + 1, last);
    return sah_error_add(err, SAH_INPUT,
                         "--at %s: must lie in %s..%s, from the first day of %s to the "
                         "morrow of its last",
                         day, first, last, made->path);
}

/* What a file opens with is checked once: where the scenario is sound before agents are
 * made, else when reading ends. */
struct visit {
    const struct sah_branch *branch;
    const struct sah_world *parent;
    bool done;
};

static int visit(const struct sah_world *world, void *host, struct sah_error *err) {
    struct visit *visit = host;
    if (visit->done) return SAH_OK;
    visit->done = true;
    return sah_branch_check(visit->parent, world, visit->branch->request.day, err);
}

static int admit(const struct sah_world *world, void *host, struct sah_error *err) {
    const struct visit *guest = host;
    const struct sah_branch_request *request = &guest->branch->request;
    int status = visit(world, host, err);
    if (status || !request->admit) return status;
    return request->admit(world, request->host, err);
}

static int open_overlaid(const struct sah_branch *branch, struct visit *guest,
                         const char *const *set, size_t nset, struct sah_run *run,
                         struct sah_error *err) {
    const struct sah_again parts = again(branch, NULL);
    struct sah_run_request request = {.yaml = branch->yaml,
                                      .overlay = branch->request.overlay,
                                      .set = set,
                                      .nset = nset,
                                      .admit = guest ? admit : NULL,
                                      .check = guest ? visit : NULL,
                                      .host = guest};
    return sah_again_open(&parts, request, run, err);
}

/* Builds the worlds of parent and branch on their first day and lays them side by side. */
static int check_overlay(struct sah_branch *branch, struct sah_error *err) {
    const struct sah_again parts = again(branch, NULL);
    struct sah_run parent = {0}, run = {0};
    struct sah_run_request request = {.yaml = branch->yaml,
                                      .admit = branch->request.admit,
                                      .host = branch->request.host};
    int status = sah_again_open(&parts, request, &parent, err);
    struct visit guest = {branch, parent.world, false};
    if (!status)
        status = open_overlaid(branch, &guest, branch->request.set,
                               branch->request.nset, &run, err);
    if (!status) {
        branch->seed = run.world->run.seed;
        branch->end = run.world->run.end;
    }
    sah_run_close(&run);
    sah_run_close(&parent);
    return status;
}

/* ---- where it comes from --------------------------------------------------------- */

/* The overlay as written, and the settings laid upon it; caller frees. */
static char *overlay_text(const struct sah_branch_request *request,
                          struct sah_error *err) {
    char *text = NULL, *all = NULL;
    size_t length = 0;
    if (request->overlay &&
        sah_file_read(request->overlay, SAH_SCENARIO_BYTES, &text, &length, err))
        return NULL;
    FILE *out = open_memstream(&all, &length);
    if (out) {
        fputs(text ? text : "", out);
        for (size_t i = 0; i < request->nset; i++)
            fprintf(out, "# --set %s\n", request->set[i]);
        if (fclose(out) == 0) return free(text), all;
        free(all);
    }
    free(text);
    sah_error_add(err, SAH_MEMORY, "no memory for the overlay");
    return NULL;
}

/* The past grows by the parent's own scenario. */
static bool add_stage(struct sah_lineage *lineage, int32_t last, const char *yaml) {
    struct sah_stage *grown =
        realloc(lineage->stage, (lineage->nstages + 1) * sizeof *grown);
    if (!grown) return false;
    lineage->stage = grown;
    struct sah_stage *stage = &grown[lineage->nstages];
    stage->last = last;
    stage->yaml = strdup(yaml);
    lineage->nstages += stage->yaml != NULL;
    return stage->yaml != NULL;
}

static int set_lineage(struct sah_branch *branch, struct sah_error *err) {
    struct sah_lineage *lineage = &branch->lineage;
    const struct sah_result_run *made = sah_result_run(branch->result);
    int status = sah_result_lineage(branch->result, lineage, err);
    if (status) return status;
    free(lineage->parent);
    free(lineage->digest);
    free(lineage->overlay);
    lineage->day = branch->request.day;
    lineage->parent = strdup(made->path);
    lineage->digest = strdup(made->digest);
    lineage->overlay = overlay_text(&branch->request, err);
    if (!lineage->overlay) return err->code;
    if (lineage->parent && lineage->digest &&
        add_stage(lineage, lineage->day - 1, branch->yaml))
        return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory for the past");
}

int sah_branch_open(const struct sah_branch_request *request, struct sah_branch **out,
                    struct sah_error *err) {
    struct sah_branch *branch = calloc(1, sizeof *branch);
    if (!branch) return sah_error_add(err, SAH_MEMORY, "no memory for a branch");
    branch->request = *request;
    int status = sah_result_open(request->result, &branch->result, err);
    if (!status) status = sah_result_scenario(branch->result, &branch->yaml, err);
    if (!status) {
        int day = check_day(branch, err);
        status = check_overlay(branch, err);
        if (day) status = day;
    }
    if (!status) status = set_lineage(branch, err);
    if (!status)
        *out = branch;
    else
        sah_branch_close(branch);
    return status;
}

void sah_branch_close(struct sah_branch *branch) {
    if (!branch) return;
    sah_run_close(&branch->run);
    sah_snapshot_free(&branch->state);
    sah_lineage_free(&branch->lineage);
    sah_result_close(branch->result);
    free(branch);
}

/* ---- the past, and the futures --------------------------------------------------- */

int sah_branch_past(struct sah_branch *branch, const struct sah_run_watch *watch,
                    struct sah_error *err) {
    const struct sah_again parts = again(branch, watch);
    int status = sah_again_begin(&parts, &branch->run, err);
    if (!status)
        status = sah_again_until(&parts, &branch->run, branch->request.day - 1, err);
    if (!status) status = sah_snapshot_take(branch->run.world, &branch->state, err);
    sah_run_close(&branch->run);
    return status;
}

int sah_branch_begin(const struct sah_branch *branch, int64_t replicate,
                     struct sah_run *run, struct sah_error *err) {
    SAH_BUG_IF(!branch->state.data, "a branch begins after its past");
    const struct sah_branch_request *request = &branch->request;
    char seed[48];
    const char **set = calloc(request->nset + 1, sizeof *set);
    *run = (struct sah_run){0};
    if (!set) return sah_error_add(err, SAH_MEMORY, "no memory for settings");
    for (size_t i = 0; i < request->nset; i++) set[i] = request->set[i];
    snprintf(seed, sizeof seed, "run.seed=%lld",
             (long long)sah_branch_seed(branch->seed, replicate));
    set[request->nset] = seed;
    int status = open_overlaid(branch, NULL, set, request->nset + 1, run, err);
    free(set);
    struct sah_lineage lineage = branch->lineage;
    lineage.replicate = replicate;
    return status ? status : sah_run_take_up(run, &branch->state, &lineage, err);
}

/* ---- questions ------------------------------------------------------------------- */

static bool is_same(const struct sah_branch *branch, const struct sah_lineage *found,
                    int64_t replicate) {
    const struct sah_lineage *own = &branch->lineage;
    return found->nstages == own->nstages && found->day == own->day &&
           found->replicate == replicate && strcmp(found->digest, own->digest) == 0 &&
           strcmp(found->overlay, own->overlay) == 0;
}

int sah_branch_done(const struct sah_branch *branch, int64_t replicate,
                    const char *path, bool *done, struct sah_error *err) {
    struct stat info;
    struct sah_result *result = NULL;
    struct sah_lineage found = {0};
    struct sah_error unread = {0};
    *done = false;
    if (stat(path, &info) != 0 && errno == ENOENT) return SAH_OK;
    int status = sah_result_open(path, &result, &unread);
    if (!status) status = sah_result_lineage(result, &found, &unread);
    if (!status) *done = is_same(branch, &found, replicate);
    sah_lineage_free(&found);
    sah_result_close(result);
    sah_error_clear(&unread);
    if (*done) return SAH_OK;
    return sah_error_add(err, SAH_EXISTS,
                         "%s: exists and is not this branch; --force overwrites it",
                         path);
}

struct sah_branch_span sah_branch_span(const struct sah_branch *branch) {
    return (struct sah_branch_span){sah_result_run(branch->result)->start,
                                    branch->request.day, branch->end};
}
