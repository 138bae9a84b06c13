/* The folder, and the waves one by one. */
#include "sim/study/calibrate/calibrate_impl.h"

#include "output/disk.h"
#include "sim/study/calibrate/values.h"
#include "sim/study/mark.h"
#include "sim/study/seed.h"
#include "sim/study/study_folder.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char mark[] = "calibration.txt";
/* Seeds that are made of that of the study, far from those of its replicates. */
enum { SEED_WAVE = 1000000, SEED_SWARM = 2000000 };

static int no_memory(struct sah_error *err) {
    return sah_error_add(err, SAH_MEMORY, "no memory for a calibration");
}

/* ---- names ----------------------------------------------------------------------------- */

char *sah_calibration_file(const struct sah_calibration *all, const char *name) {
    return sah_disk_join(all->folder, name);
}

char *sah_calibration_wave(const struct sah_calibration *all, size_t wave) {
    char name[32];
    snprintf(name, sizeof name, "wave-%zu", wave);
    return sah_calibration_file(all, name);
}

char *sah_calibration_wave_file(const struct sah_calibration *all, size_t wave) {
    char name[32];
    snprintf(name, sizeof name, "wave-%zu.yaml", wave);
    return sah_calibration_file(all, name);
}

double sah_calibration_value(const struct sah_calibration *all, size_t parameter,
                             double at) {
    return sah_factor_sample(&all->study->factor[parameter], at).number;
}

/* ---- what it is ------------------------------------------------------------------------ */

static void put_fit(FILE *out, const struct sah_fit *fit) {
    for (size_t i = 0; i < fit->naims; i++) {
        const struct sah_aim *aim = &fit->aim[i];
        fprintf(out, "aim %s\t%.17g in %.17g .. %.17g%s\n", aim->name, aim->value,
                aim->low, aim->high, aim->is_log ? ", log" : "");
    }
    fprintf(out,
            "cutoff\t%.17g\nforgive\t%.17g\ndiscrepancy\t%.17g\npoints of later "
            "waves\t%lld\nlog of facts\t%s\n",
            fit->cutoff, fit->forgive, fit->discrepancy, (long long)fit->points,
            fit->log ? fit->log : "observed");
}

static char *identity_of(const struct sah_calibration *all) {
    char *study = sah_study_identity(all->study), *text = NULL;
    size_t length;
    FILE *out = study ? open_memstream(&text, &length) : NULL;
    if (!out) {
        free(study);
        return NULL;
    }
    fputs(study, out);
    put_fit(out, all->fit);
    free(study);
    bool whole = !ferror(out);
    if (fclose(out) == 0 && whole) return text;
    free(text);
    return NULL;
}

/* ---- the folder ------------------------------------------------------------------------ */

static int check_empty(const char *path, struct sah_error *err) {
    DIR *dir = opendir(path);
    int status = SAH_OK;
    if (!dir) return sah_disk_fail(err, path, "open");
    for (struct dirent *entry; !status && (entry = readdir(dir));)
        if (entry->d_name[0] != '.' &&
            strncmp(entry->d_name, mark, sizeof mark - 1) != 0)
            status = sah_error_add(
                err, SAH_EXISTS, "%s: holds %s and no calibration; give another folder",
                path, entry->d_name);
    closedir(dir);
    return status;
}

static int settle_mark(const struct sah_calibration *all, struct sah_error *err) {
    char *path = sah_calibration_file(all, mark), *text = identity_of(all);
    int status = path && text ? SAH_OK : no_memory(err);
    if (!status && access(path, F_OK) == 0)
        status = sah_mark_compare(path, all->folder, "calibration", text, err);
    else if (!status && !(status = check_empty(all->folder, err)))
        status = sah_disk_save_sealed(path, text, strlen(text), err);
    free(path);
    free(text);
    return status;
}

/* Where the file is there it stays. Takes `text`, which may be NULL for want of memory. */
static int save_once(const struct sah_calibration *all, const char *name, char *text,
                     struct sah_error *err) {
    char *path = sah_calibration_file(all, name);
    int status = path && text ? SAH_OK : no_memory(err);
    if (!status && access(path, F_OK) != 0)
        status = sah_disk_save(path, text, strlen(text), err);
    free(path);
    free(text);
    return status;
}

/* The design of the study as points of the unit cube is the first wave. */
static char *first_wave(const struct sah_calibration *all) {
    char title[256];
    const struct sah_study *study = all->study;
    snprintf(title, sizeof title, "%.200s, wave 1", study->title);
    return sah_wave_text(&(struct sah_wave_text){.study = study,
                                                 .title = title,
                                                 .seed = study->seed,
                                                 .n = study->design.npoints,
                                                 .at = study->design.at});
}

int sah_calibration_begin(struct sah_calibration *all, struct sah_error *err) {
    const struct sah_study *study = all->study;
    all->cloud = (struct sah_cloud){.d = study->nfactors,
                                    .naims = all->fit->naims,
                                    .replicates = study->nreplicates};
    int status = sah_disk_folder(all->folder, err);
    if (!status) status = settle_mark(all, err);
    if (!status) status = save_once(all, "scenario.yaml", strdup(study->yaml), err);
    if (!status && study->outcomes.list)
        status = save_once(all, "measures.yaml",
                           sah_scenario_yaml(study->outcomes.list, false), err);
    return status ? status : save_once(all, "wave-1.yaml", first_wave(all), err);
}

/* ---- waves ----------------------------------------------------------------------------- */

static char *later_wave(const struct sah_calibration *all, size_t wave, double share,
                        double reached, const double *at) {
    char title[256], note[160];
    const struct sah_study *study = all->study;
    snprintf(title, sizeof title, "%.200s, wave %zu", study->title, wave);
    snprintf(note, sizeof note,
             "%.3g of the prior is not ruled out at an implausibility of %.3g", share,
             reached);
    return sah_wave_text(&(struct sah_wave_text){
        .study = study,
        .title = title,
        .note = note,
        .seed = (uint64_t)sah_seed_of(study->seed, SEED_WAVE + wave),
        .n = (size_t)all->fit->points,
        .at = at});
}

static int train(struct sah_calibration *all, struct sah_error *err) {
    if (all->match.aim) sah_match_free(&all->match);
    return sah_match_create(&all->match, all->fit, &all->cloud, err);
}

static uint64_t swarm_seed(const struct sah_calibration *all, size_t wave) {
    return (uint64_t)sah_seed_of(all->study->seed, SEED_SWARM + wave);
}

int sah_calibration_plan(struct sah_calibration *all, size_t wave, double *share,
                         double *reached, struct sah_error *err) {
    size_t n = (size_t)all->fit->points;
    char *path = sah_calibration_wave_file(all, wave);
    double *at = malloc((n * all->cloud.d + 1) * sizeof *at);
    int status = path && at ? SAH_OK : no_memory(err);
    *share = *reached = NAN;
    if (!status && access(path, F_OK) != 0) {
        char name[32];
        snprintf(name, sizeof name, "wave-%zu.yaml", wave);
        status = train(all, err);
        if (!status)
            status = sah_posterior_wave(&all->match, swarm_seed(all, wave), n, at,
                                        share, reached, err);
        if (!status)
            status =
                save_once(all, name, later_wave(all, wave, *share, *reached, at), err);
    }
    free(at);
    free(path);
    return status;
}

int sah_calibration_take(struct sah_calibration *all, size_t wave,
                         const struct sah_study *study, struct sah_error *err) {
    size_t n = study->design.npoints;
    char *folder = sah_calibration_wave(all, wave);
    double *at = malloc((n * all->cloud.d + 1) * sizeof *at);
    double *value =
        malloc((sah_study_runs(study) * all->fit->naims + 1) * sizeof *value);
    int status = folder && at && value ? SAH_OK : no_memory(err);
    if (!status && study->nreplicates != all->cloud.replicates)
        status = sah_error_add(err, SAH_INPUT, "%s: has other replicates", study->path);
    if (!status && all->cloud.n + n > SAH_EMULATOR_MOST)
        status = sah_error_add(err, SAH_LIMIT,
                               "emulators are made of at most %d points; ask for fewer "
                               "points or waves",
                               SAH_EMULATOR_MOST);
    if (!status) status = sah_wave_points(all->study, study, at, err);
    if (!status) status = sah_fit_values(all->fit, study, folder, value, err);
    if (!status) status = sah_cloud_add(&all->cloud, all->fit, wave, n, at, value, err);
    free(value);
    free(at);
    free(folder);
    return status;
}

/* ---- the end --------------------------------------------------------------------------- */

/* The medians, then points of the sample, evenly. */
static double *chosen(const struct sah_calibration *all, size_t n) {
    const struct sah_posterior *posterior = &all->posterior;
    size_t d = posterior->d;
    double *at = malloc(((n + 1) * d + 1) * sizeof *at);
    if (!at) return NULL;
    for (size_t j = 0; j < d; j++)
        at[j] = posterior->quantile[j * SAH_POSTERIOR_QUANTILES + SAH_POSTERIOR_P50];
    for (size_t i = 0; i < n; i++)
        memcpy(at + (i + 1) * d, posterior->at + i * posterior->n / n * d,
               d * sizeof *at);
    return at;
}

static int save_posterior(const struct sah_calibration *all, struct sah_error *err) {
    const struct sah_study *study = all->study;
    size_t n = (size_t)all->fit->sample;
    char title[256], *path = sah_calibration_file(all, "posterior.yaml");
    double *at = chosen(all, n);
    snprintf(title, sizeof title, "%.200s, posterior", study->title);
    char *text =
        at ? sah_wave_text(&(struct sah_wave_text){
                 .study = study,
                 .title = title,
                 .note = "The posterior medians, then a sample of the posterior",
                 .seed = study->seed,
                 .n = n + 1,
                 .at = at,
                 .first = "median"})
           : NULL;
    int status =
        path && text ? sah_disk_save(path, text, strlen(text), err) : no_memory(err);
    free(text);
    free(at);
    free(path);
    return status;
}

int sah_calibration_end(struct sah_calibration *all,
                        const struct sah_provenance *provenance,
                        struct sah_error *err) {
    char *path = sah_calibration_file(all, "calibrate.h5");
    int status = path ? train(all, err) : no_memory(err);
    if (!status)
        status =
            sah_posterior_create(&all->posterior, &all->match, swarm_seed(all, 0), err);
    if (!status) status = save_posterior(all, err);
    if (!status) status = sah_calibration_write(all, provenance, path, err);
    free(path);
    return status;
}

void sah_calibration_free(struct sah_calibration *all) {
    sah_posterior_free(&all->posterior);
    if (all->match.fit) sah_match_free(&all->match);
    sah_cloud_free(&all->cloud);
}
