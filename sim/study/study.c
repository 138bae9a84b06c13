/* Opening a study, and its runs one by one. */
#include "sim/study/study.h"

#include "sim/kernel/scenario_tree.h"
#include "sim/study/seed.h"
#include "sim/study/study_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- opening ------------------------------------------------------------------------ */

/* Beside the study, or, where nothing is there, in the folder of data. */
static char *find_file(const struct sah_study *study, const char *key,
                       const char *name) {
    const struct sah_node *node = sah_node_find(sah_scenario_root(study->file), key);
    char *beside = node ? sah_path_beside(node->origin, name) : strdup(name);
    if (!beside || !study->data || *name == '/' || access(beside, F_OK) == 0)
        return beside;
    size_t size = strlen(study->data) + strlen(name) + 2;
    char *path = malloc(size);
    if (path) snprintf(path, size, "%s/%s", study->data, name);
    bool found = path && access(path, F_OK) == 0;
    free(found ? beside : path);
    return found ? path : beside;
}

/* The scenario with what the study says of all runs. */
static int read_scenario(struct sah_study *study, struct sah_scenario **scenario,
                         struct sah_error *err) {
    const struct sah_node *set = sah_node_find(sah_scenario_root(study->file), "set");
    int status =
        sah_scenario_read(study->scenario, study->data, NULL, 0, scenario, err);
    if (status) return status;
    if (set) status = sah_scenario_set(*scenario, set, err);
    int kept = sah_study_lay_keep(study, *scenario, err);
    if (!status) status = kept;
    if (status) sah_scenario_free(*scenario);
    return status;
}

struct visit {
    struct sah_study *study;
    bool done;
};

/* The design is read against what the scenario offers, also where that is wrong. */
static int visit(const struct sah_world *world, void *host, struct sah_error *err) {
    struct visit *visit = host;
    if (visit->done) return SAH_OK;
    visit->done = true;
    return sah_study_read_design(visit->study, world, err);
}

static int admit(const struct sah_world *world, void *host, struct sah_error *err) {
    const struct sah_study *study = ((const struct visit *)host)->study;
    int status = visit(world, host, err);
    if (status || !study->admit) return status;
    return study->admit(world, study->host, err);
}

static int open_base(struct sah_study *study, struct sah_error *err) {
    struct sah_scenario *tree = NULL;
    int status = read_scenario(study, &tree, err);
    if (status) return status;
    study->yaml = sah_scenario_yaml(tree, false);
    struct visit guest = {study, false};
    struct sah_run_request request = {.scenario = study->scenario,
                                      .tree = tree,
                                      .families = study->families,
                                      .nfamilies = study->nfamilies,
                                      .geography = study->geography,
                                      .admit = admit,
                                      .check = visit,
                                      .host = &guest};
    status = sah_run_open(&request, &study->base, err);
    if (!status && !study->yaml)
        status = sah_error_add(err, SAH_MEMORY, "no memory for the scenario");
    return status;
}

/* ---- measures ------------------------------------------------------------------------- */

/* The list named by the study, else that of the model; NULL where the model has none. */
static char *find_list(const struct sah_study *study, const char *named) {
    if (*named) return find_file(study, "measures", named);
    const char *folder = study->outcomes_folder ? study->outcomes_folder : ".";
    const char *model = study->base.world->family->name;
    size_t size = strlen(folder) + strlen(model) + 8;
    char *path = malloc(size);
    if (!path) return NULL;
    snprintf(path, size, "%s/%s.yaml", folder, model);
    if (access(path, F_OK) == 0) return path;
    free(path);
    return NULL;
}

/* Names that only a probe knows are tried on the world of day 0. */
static int try_measures(const struct sah_study *study, struct sah_error *err) {
    struct sah_probes *probes = sah_probes_create(study->base.world);
    int status = SAH_OK;
    for (size_t i = 0; i < study->outcomes.n; i++) {
        int fault = sah_probes_add(probes, &study->outcomes.row[i]->measure, err);
        if (fault && !status) status = fault;
    }
    sah_probes_free(probes);
    return status;
}

static int read_measures(struct sah_study *study, const char *named,
                         struct sah_error *err) {
    char *path = find_list(study, named);
    const struct sah_world *world = study->base.world;
    if (!path) return SAH_OK;
    int status = sah_outcomes_read(&study->outcomes, path, &world, 1, err);
    int tried = try_measures(study, err);
    free(path);
    return status ? status : tried;
}

int sah_study_open(struct sah_study *study, struct sah_error *err) {
    struct sah_study_head head = {0};
    int status = sah_scenario_read_plain(study->path, &study->file, err);
    if (status) return status;
    status = sah_study_read_head(study, &head, err);
    if (head.scenario && *head.scenario) {
        study->title = head.title;
        study->seed = (uint64_t)head.seed;
        study->nreplicates = (size_t)head.replicates;
        study->scenario = find_file(study, "scenario", head.scenario);
        int opened = study->scenario
                         ? open_base(study, err)
                         : sah_error_add(err, SAH_MEMORY, "no memory for a path");
        if (!status) status = opened;
    }
    return status ? status : read_measures(study, head.measures, err);
}

void sah_study_close(struct sah_study *study) {
    sah_outcomes_free(&study->outcomes);
    sah_run_close(&study->base);
    sah_design_free(&study->design);
    for (size_t k = 0; k < study->nfactors; k++) sah_factor_free(&study->factor[k]);
    free(study->factor);
    free(study->point_name);
    free(study->scenario);
    free(study->yaml);
    sah_binding_free(&study->binding, NULL, 0);
    sah_scenario_free(study->file);
    study->factor = NULL;
    study->point_name = NULL;
    study->scenario = study->yaml = NULL;
    study->file = NULL;
    study->nfactors = 0;
}

/* ---- questions ----------------------------------------------------------------------- */

size_t sah_study_runs(const struct sah_study *study) {
    return study->design.npoints * study->nreplicates;
}

size_t sah_study_point(const struct sah_study *study, size_t run) {
    return run % study->design.npoints;
}

size_t sah_study_replicate(const struct sah_study *study, size_t run) {
    return run / study->design.npoints;
}

int64_t sah_study_seed(const struct sah_study *study, size_t run) {
    return sah_seed_of(study->seed, sah_study_replicate(study, run));
}

struct sah_factor_value sah_study_value(const struct sah_study *study, size_t point,
                                        size_t factor) {
    double at = study->design.at[point * study->nfactors + factor];
    return sah_design_has_levels(study->design.kind)
               ? sah_factor_level(&study->factor[factor], at)
               : sah_factor_sample(&study->factor[factor], at);
}

/* ---- one run ------------------------------------------------------------------------- */

static int lay_value(const struct sah_factor *factor,
                     const struct sah_factor_value *value, struct sah_scenario *tree,
                     struct sah_error *err) {
    char set[SAH_TRAIL_TEXT + SAH_FACTOR_TEXT];
    const char *const sets[] = {set};
    if (!*value->text) return SAH_OK;
    if (factor->target != SAH_FACTOR_SETTING)
        return sah_factor_put(factor, value, tree, err);
    snprintf(set, sizeof set, "%s=%s", factor->name, value->text);
    return sah_scenario_lay(tree, NULL, sets, 1, err);
}

/* The date of an entry goes last: by the others it is found. */
static int lay_point(const struct sah_study *study, size_t point,
                     struct sah_scenario *tree, struct sah_error *err) {
    int status = SAH_OK;
    for (int last = 0; last < 2; last++)
        for (size_t k = 0; !status && k < study->nfactors; k++) {
            const struct sah_factor *factor = &study->factor[k];
            if ((factor->target == SAH_FACTOR_DATE) != last) continue;
            struct sah_factor_value value = sah_study_value(study, point, k);
            status = lay_value(factor, &value, tree, err);
        }
    return status;
}

int sah_study_begin(const struct sah_study *study, size_t number, struct sah_run *run,
                    struct sah_error *err) {
    char seed[48];
    const char *const sets[] = {seed};
    struct sah_scenario *tree = NULL;
    *run = (struct sah_run){0};
    snprintf(seed, sizeof seed, "run.seed=%lld",
             (long long)sah_study_seed(study, number));
    int status = sah_scenario_parse(study->scenario, study->yaml, strlen(study->yaml),
                                    sets, 1, &tree, err);
    if (status) return status;
    status = lay_point(study, sah_study_point(study, number), tree, err);
    if (status) {
        sah_scenario_free(tree);
        return status;
    }
    struct sah_run_request request = {.scenario = study->scenario,
                                      .tree = tree,
                                      .families = study->families,
                                      .nfamilies = study->nfamilies,
                                      .geo = study->base.world->geo,
                                      .geo_lent = study->base.world->geo != NULL};
    status = sah_run_open(&request, run, err);
    if (!status && study->npasts)
        status = sah_run_take_up(
            run, &study->past[sah_study_replicate(study, number) % study->npasts], NULL,
            err);
    return status;
}
