/* Arms, and their runs side by side. */
#include "sim/study/pair.h"

#include "sim/study/seed.h"

#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT_TEXT = 64 };

struct slot {
    const struct sah_measure *measure;
    char unit[UNIT_TEXT];
    double *value; /* [replicates] */
};

struct sah_arm {
    char *path, *yaml; /* resolved: what tells one arm from another */
    size_t replicates;
    struct sah_run run; /* its world of day 0; lends the land to all others */
    size_t nslots;
    struct slot *slot;
};

/* ---- arms -------------------------------------------------------------------------- */

static int read_tree(const struct sah_twins *twins, const char *path,
                     const struct sah_node *const *settings, size_t n,
                     struct sah_scenario **tree, struct sah_error *err) {
    int status = sah_scenario_read(path, twins->data, NULL, 0, tree, err);
    if (status) return status;
    for (size_t i = 0; i < n; i++) {
        int fault = settings[i] ? sah_scenario_set(*tree, settings[i], err) : SAH_OK;
        if (fault) status = fault;
    }
    if (!status) status = sah_scenario_lay(*tree, NULL, twins->set, twins->nset, err);
    if (status) sah_scenario_free(*tree);
    return status;
}

static size_t find_arm(const struct sah_twins *twins, const char *path,
                       const char *yaml) {
    size_t i = 0;
    for (; i < twins->narms; i++)
        if (!strcmp(twins->arm[i].path, path) && !strcmp(twins->arm[i].yaml, yaml))
            break;
    return i;
}

static struct sah_run_request request_of(const struct sah_twins *twins,
                                         const char *path) {
    return (struct sah_run_request){.scenario = path,
                                    .families = twins->families,
                                    .nfamilies = twins->nfamilies,
                                    .geography = twins->geography};
}

static void free_arm(struct sah_arm *arm) {
    for (size_t k = 0; k < arm->nslots; k++) free(arm->slot[k].value);
    free(arm->slot);
    sah_run_close(&arm->run);
    free(arm->path);
    free(arm->yaml);
}

/* Builds the world of day 0, which finds all mistakes. Uses tree and yaml up. */
static int add_arm(struct sah_twins *twins, const char *path, char *yaml,
                   struct sah_scenario *tree, struct sah_error *err) {
    struct sah_arm *grown =
        realloc(twins->arm, (twins->narms + 1) * sizeof *twins->arm);
    if (grown) twins->arm = grown;
    struct sah_arm arm = {.path = strdup(path)};
    arm.yaml = yaml;
    if (!grown || !arm.path) {
        free_arm(&arm);
        sah_scenario_free(tree);
        return sah_error_add(err, SAH_MEMORY, "no memory for an arm");
    }
    struct sah_run_request request = request_of(twins, path);
    request.tree = tree;
    request.admit = twins->admit;
    request.host = twins->host;
    int status = sah_run_open(&request, &arm.run, err);
    if (status)
        free_arm(&arm);
    else
        twins->arm[twins->narms++] = arm;
    return status;
}

int sah_twins_arm(struct sah_twins *twins, const char *scenario,
                  const struct sah_node *const *settings, size_t nsettings,
                  size_t replicates, size_t *arm, struct sah_error *err) {
    struct sah_scenario *tree = NULL;
    int status = read_tree(twins, scenario, settings, nsettings, &tree, err);
    if (status) return status;
    char *yaml = sah_scenario_yaml(tree, false);
    *arm = yaml ? find_arm(twins, scenario, yaml) : 0;
    if (!yaml) {
        status = sah_error_add(err, SAH_MEMORY, "no memory for an arm");
    } else if (*arm == twins->narms) {
        status = add_arm(twins, scenario, yaml, tree, err);
        tree = NULL;
        yaml = NULL;
    }
    free(yaml);
    sah_scenario_free(tree);
    if (!status && twins->arm[*arm].replicates < replicates)
        twins->arm[*arm].replicates = replicates;
    return status;
}

int sah_twins_measure(struct sah_twins *twins, size_t number,
                      const struct sah_measure *measure, size_t *slot,
                      struct sah_error *err) {
    struct sah_arm *arm = &twins->arm[number];
    for (*slot = 0; *slot < arm->nslots; ++*slot)
        if (arm->slot[*slot].measure == measure) return SAH_OK;
    struct sah_probes *probes = sah_probes_create(arm->run.world);
    int status = sah_probes_add(probes, measure, err);
    struct slot *grown = realloc(arm->slot, (arm->nslots + 1) * sizeof *grown);
    if (grown) arm->slot = grown;
    if (!grown) status = sah_error_add(err, SAH_MEMORY, "no memory for a measure");
    if (!status) {
        arm->slot[arm->nslots] = (struct slot){.measure = measure};
        sah_probes_unit(probes, 0, arm->slot[arm->nslots++].unit);
    }
    sah_probes_free(probes);
    return status;
}

void sah_twins_free(struct sah_twins *twins) {
    for (size_t i = 0; i < twins->narms; i++) free_arm(&twins->arm[i]);
    free(twins->arm);
    twins->arm = NULL;
    twins->narms = 0;
}

/* ---- one run ----------------------------------------------------------------------- */

struct job {
    struct sah_arm *arm;
    size_t replicate;
    struct sah_probes *probes; /* of the slots */
    const struct sah_twins_eye *eye;
    void *seen; /* what the eye keeps */
    int status;
    struct sah_error err;
};

static void look(void *user, const struct sah_run *run) {
    struct job *job = user;
    if (!job->status) job->status = sah_probes_day(job->probes, &job->err);
    if (!job->status && job->seen)
        job->status = job->eye->day(job->seen, run->world, &job->err);
}

static void start(const struct sah_twins *twins, struct job *job,
                  const struct sah_run *run) {
    job->probes = sah_probes_create(run->world);
    if (!job->probes)
        job->status = sah_error_add(&job->err, SAH_MEMORY, "no memory for probes");
    for (size_t k = 0; !job->status && k < job->arm->nslots; k++)
        job->status = sah_probes_add(job->probes, job->arm->slot[k].measure, &job->err);
    if (!job->status && job->eye)
        job->status =
            job->eye->begin(job->eye->user, (size_t)(job->arm - twins->arm),
                            job->replicate, run->world, &job->seen, &job->err);
}

static void finish(struct job *job) {
    for (size_t k = 0; !job->status && k < job->arm->nslots; k++)
        job->arm->slot[k].value[job->replicate] = sah_probes_value(job->probes, k);
    sah_probes_free(job->probes);
}

static void run_job(const struct sah_twins *twins, struct job *job,
                    const atomic_int *stop) {
    char seed[48];
    const char *const sets[] = {seed};
    struct sah_run_request request = request_of(twins, job->arm->path);
    snprintf(seed, sizeof seed, "run.seed=%lld",
             (long long)sah_seed_of(twins->seed, job->replicate));
    request.yaml = job->arm->yaml;
    request.length = strlen(job->arm->yaml);
    request.set = sets;
    request.nset = 1;
    request.geo = job->arm->run.world->geo;
    request.geo_lent = true;
    struct sah_run run;
    job->status = sah_run_open(&request, &run, &job->err);
    if (!job->status) start(twins, job, &run);
    struct sah_run_watch watch = {.day = look, .user = job, .stop = stop};
    int stepped = job->status ? job->status : sah_run_days(&run, &watch, &job->err);
    if (!job->status) job->status = stepped;
    finish(job);
    sah_run_close(&run);
}

/* ---- all runs ---------------------------------------------------------------------- */

size_t sah_twins_runs(const struct sah_twins *twins) {
    size_t n = 0;
    for (size_t i = 0; i < twins->narms; i++) n += twins->arm[i].replicates;
    return n;
}

const struct sah_world *sah_twins_world(const struct sah_twins *twins, size_t arm) {
    return twins->arm[arm].run.world;
}

static size_t most_replicates(const struct sah_twins *twins) {
    size_t most = 0;
    for (size_t i = 0; i < twins->narms; i++)
        if (twins->arm[i].replicates > most) most = twins->arm[i].replicates;
    return most;
}

/* A fixed order, so that the first failure is a fixed one; twins lie side by side. */
static struct job *list_jobs(const struct sah_twins *twins,
                             const struct sah_twins_eye *eye) {
    struct job *jobs = calloc(sah_twins_runs(twins) + 1, sizeof *jobs), *job = jobs;
    size_t most = most_replicates(twins);
    for (size_t r = 0; jobs && r < most; r++)
        for (size_t i = 0; i < twins->narms; i++)
            if (r < twins->arm[i].replicates)
                *job++ =
                    (struct job){.arm = &twins->arm[i], .replicate = r, .eye = eye};
    return jobs;
}

/* The eye takes over what it saw, whatever became of the run. */
static void hand_over(struct job *job) {
    if (!job->seen) return;
    struct sah_error err = {0};
    int status = job->eye->end(job->eye->user, job->seen, !job->status, &err);
    if (status && !job->status) {
        job->status = status;
        job->err = err;
        err = (struct sah_error){0};
    }
    sah_error_clear(&err);
}

static bool make_room(struct sah_twins *twins) {
    for (size_t i = 0; i < twins->narms; i++)
        for (size_t k = 0; k < twins->arm[i].nslots; k++) {
            struct sah_arm *arm = &twins->arm[i];
            free(arm->slot[k].value);
            arm->slot[k].value = calloc(arm->replicates + 1, sizeof(double));
            if (!arm->slot[k].value) return false;
        }
    return true;
}

static int tell_first(const struct sah_twins *twins, struct job *jobs, size_t n,
                      struct sah_error *err) {
    int status = SAH_OK;
    for (size_t j = 0; j < n; j++) {
        if (jobs[j].status && !status) {
            status = jobs[j].status;
            if (jobs[j].err.text)
                sah_error_add(err, status, "%s, seed %lld: %.*s", jobs[j].arm->path,
                              (long long)sah_seed_of(twins->seed, jobs[j].replicate),
                              (int)strcspn(jobs[j].err.text, "\n"), jobs[j].err.text);
        }
        sah_error_clear(&jobs[j].err);
    }
    return status;
}

int sah_twins_run(struct sah_twins *twins, const struct sah_twins_watch *watch,
                  struct sah_error *err) {
    static const struct sah_twins_watch nobody;
    if (!watch) watch = &nobody;
    size_t n = sah_twins_runs(twins), done = 0;
    struct job *jobs = list_jobs(twins, watch->eye);
    if (!jobs || !make_room(twins)) {
        free(jobs);
        return sah_error_add(err, SAH_MEMORY, "no memory for %zu runs", n);
    }
    bool failed = false;
    omp_set_max_active_levels(1); /* a world has one thread for itself */
#pragma omp parallel for schedule(dynamic, 1)
    for (size_t j = 0; j < n; j++) {
        bool skip;
#pragma omp atomic read
        skip = failed;
        if (skip) continue;
        run_job(twins, &jobs[j], watch->stop);
#pragma omp critical(sah_twins)
        {
            hand_over(&jobs[j]);
            if (jobs[j].status) {
#pragma omp atomic write
                failed = true;
            }
            if (watch->done) watch->done(watch->user, ++done, n);
        }
    }
    int status = tell_first(twins, jobs, n, err);
    free(jobs);
    return status;
}

/* ---- answers ----------------------------------------------------------------------- */

double sah_twins_value(const struct sah_twins *twins, size_t arm, size_t slot,
                       size_t replicate) {
    return twins->arm[arm].slot[slot].value[replicate];
}

void sah_twins_unit(const struct sah_twins *twins, size_t arm, size_t slot,
                    char unit[static 64]) {
    snprintf(unit, UNIT_TEXT, "%s", twins->arm[arm].slot[slot].unit);
}
