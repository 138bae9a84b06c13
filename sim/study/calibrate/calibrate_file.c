/* calibrate.h5: waves, aims, emulators, the posterior. docs/calibrate.md tells what stands
 * in it. */
#include "sim/study/calibrate/calibrate_impl.h"

#include "output/disk.h"
#include "output/pack.h"
#include "sah_version.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FORMAT = 1 };

struct sheet {
    const struct sah_calibration *all;
    struct sah_pack pack; /* for /provenance */
    struct sah_h5 *h5;
    hid_t root, parameter, aim, point, sample, quantile;
    double *number; /* scratch */
    const char **text;
};

/* ---- helpers --------------------------------------------------------------------------- */

static void put(struct sheet *s, const char *name, const char *doc, hid_t a, hid_t b,
                const double *values) {
    struct sah_h5_variable v = {.name = name,
                                .doc = doc,
                                .type = SAH_F64,
                                .rank = b < 0 ? 1 : 2,
                                .dim = {a, b},
                                .fill = true};
    hid_t dataset = sah_h5_variable(s->h5, s->root, &v);
    sah_h5_write(s->h5, dataset, SAH_F64, values);
    sah_h5_drop(dataset);
}

static void put_texts(struct sheet *s, const char *name, const char *doc, hid_t dim,
                      size_t n) {
    sah_h5_drop(sah_h5_strings(s->h5, s->root, name, doc, dim, s->text, n));
}

/* Over dimension `dim` of n entries, each as the expression of `i` tells. */
#define PUT_NUMBERS(s, name, doc, dim, n, of)                   \
    do {                                                        \
        for (size_t i = 0; i < (n); i++) (s)->number[i] = (of); \
        put((s), (name), (doc), (dim), -1, (s)->number);        \
    } while (0)
#define PUT_TEXTS(s, name, doc, dim, n, of)                   \
    do {                                                      \
        for (size_t i = 0; i < (n); i++) (s)->text[i] = (of); \
        put_texts((s), (name), (doc), (dim), (n));            \
    } while (0)

/* ---- parameters ------------------------------------------------------------------------ */

static double quantile_of(const struct sheet *s, size_t j, size_t k) {
    double at = s->all->posterior.quantile[j * SAH_POSTERIOR_QUANTILES + k];
    return sah_calibration_value(s->all, j, at);
}

static void put_parameters(struct sheet *s) {
    const struct sah_calibration *all = s->all;
    const struct sah_factor *factor = all->study->factor;
    size_t d = all->cloud.d;
    for (size_t j = 0; j < d; j++) s->text[j] = factor[j].name;
    s->parameter =
        sah_h5_names(s->h5, s->root, "parameter", "What was calibrated", s->text, d);
    PUT_TEXTS(s, "parameter_unit", "Unit of the parameter", s->parameter, d,
              factor[i].param->unit);
    PUT_TEXTS(s, "scale", "Axis on which the prior is even", s->parameter, d,
              factor[i].is_log ? "log" : "linear");
    PUT_NUMBERS(s, "prior_from", "One end of the prior", s->parameter, d,
                factor[i].from);
    PUT_NUMBERS(s, "prior_to", "The other end", s->parameter, d, factor[i].to);
    PUT_NUMBERS(s, "own", "Value in the scenario", s->parameter, d, factor[i].own);
    PUT_NUMBERS(s, "left",
                "Posterior 90 % interval over that of the prior, on the axis of the "
                "prior",
                s->parameter, d, all->posterior.left[i]);
    s->quantile = sah_h5_coordinate(s->h5, s->root, "quantile", "1",
                                    "Part of the posterior up to the value", SAH_F64,
                                    sah_posterior_quantiles, SAH_POSTERIOR_QUANTILES);
    for (size_t j = 0; j < d; j++)
        for (size_t k = 0; k < SAH_POSTERIOR_QUANTILES; k++)
            s->number[j * SAH_POSTERIOR_QUANTILES + k] = quantile_of(s, j, k);
    put(s, "posterior", "Quantiles of the posterior", s->parameter, s->quantile,
        s->number);
}

/* ---- aims and their emulators ----------------------------------------------------------- */

static double length_of(const struct sah_match_aim *aim, size_t j) {
    return aim->state == SAH_MATCH_USED ? aim->value.length[j] : NAN;
}

static void put_emulators(struct sheet *s) {
    const struct sah_calibration *all = s->all;
    const struct sah_match_aim *aim = all->match.aim;
    size_t m = all->fit->naims, d = all->cloud.d, n = all->cloud.n;
    PUT_TEXTS(s, "state", "Was it used", s->aim, m, sah_match_states[aim[i].state]);
    PUT_NUMBERS(s, "chance",
                "Standard deviation of one run, in half widths of the band", s->aim, m,
                sqrt(aim[i].chance));
    PUT_NUMBERS(s, "known", "Share of runs that define it", s->aim, m,
                (double)aim[i].value.n / (double)n);
    put(s, "effect",
        "What it gains from one end of the prior of a parameter to the other, in half "
        "widths of the band",
        s->aim, s->parameter, all->posterior.effect);
    PUT_NUMBERS(s, "off",
                "Emulated at the posterior medians: distance from the record in half "
                "widths of the band",
                s->aim, m, all->posterior.off[i]);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < d; j++) s->number[i * d + j] = length_of(&aim[i], j);
    put(s, "length", "Length of the emulator, in ranges of the prior", s->aim,
        s->parameter, s->number);
    for (size_t k = 0; k < n * m; k++) s->number[k] = NAN;
    for (size_t i = 0; i < m; i++)
        for (size_t k = 0; aim[i].point && k < aim[i].value.n; k++)
            s->number[aim[i].point[k] * m + i] = aim[i].value.loo[k];
    put(s, "left_out",
        "Left-one-out residual of the emulator over its standard deviation", s->point,
        s->aim, s->number);
}

static void put_aims(struct sheet *s) {
    const struct sah_fit *fit = s->all->fit;
    const struct sah_aim *aim = fit->aim;
    size_t m = fit->naims;
    for (size_t i = 0; i < m; i++) s->text[i] = aim[i].name;
    s->aim = sah_h5_names(s->h5, s->root, "aim", "What runs should meet", s->text, m);
    PUT_TEXTS(s, "aim_unit", "Unit of the values", s->aim, m, aim[i].unit);
    PUT_NUMBERS(s, "observed", "On record", s->aim, m, aim[i].value);
    PUT_NUMBERS(s, "observed_low", "Lower end of the band", s->aim, m, aim[i].low);
    PUT_NUMBERS(s, "observed_high", "Upper end of the band", s->aim, m, aim[i].high);
}

/* ---- points of the waves ----------------------------------------------------------------- */

static void put_points(struct sheet *s) {
    const struct sah_calibration *all = s->all;
    const struct sah_cloud *cloud = &all->cloud;
    size_t n = cloud->n, d = cloud->d;
    s->point = sah_h5_dimension(s->h5, s->root, "point", n);
    PUT_NUMBERS(s, "wave", "Wave of the point", s->point, n, (double)cloud->wave[i]);
    for (size_t p = 0; p < n * d; p++)
        s->number[p] = sah_calibration_value(all, p % d, cloud->at[p]);
    put(s, "tried", "Value of the parameter", s->point, s->parameter, s->number);
    put(s, "simulated",
        "Mean of replicates: distance from the record in half widths of the band",
        s->point, s->aim, cloud->off);
    PUT_NUMBERS(s, "hits", "Aims whose mean lies in the band", s->point, n,
                (double)sah_cloud_hits(cloud, i));
    PUT_NUMBERS(s, "implausibility", "Of the point, by the last emulators", s->point, n,
                all->posterior.out[i]);
}

static void put_sample(struct sheet *s) {
    const struct sah_calibration *all = s->all;
    const struct sah_posterior *posterior = &all->posterior;
    size_t n = posterior->n, d = posterior->d;
    s->sample = sah_h5_dimension(s->h5, s->root, "sample", n);
    for (size_t p = 0; p < n * d; p++)
        s->number[p] = sah_calibration_value(all, p % d, posterior->at[p]);
    put(s, "value", "Sample of the posterior", s->sample, s->parameter, s->number);
    PUT_NUMBERS(s, "weight", "Weight of the point in the sample", s->sample, n,
                1 / (double)n);
    put(s, "log_likelihood", "Log of the likelihood, but for a constant", s->sample, -1,
        posterior->likelihood);
}

/* ---- the file -------------------------------------------------------------------------- */

static void put_all(struct sheet *s) {
    const struct sah_calibration *all = s->all;
    s->root = H5Gopen2(s->h5->file, "/", H5P_DEFAULT);
    if (s->root < 0) sah_h5_fail(s->h5, "open", "/");
    sah_h5_text(s->h5, s->root, "Conventions", "CF-1.10");
    sah_h5_text(s->h5, s->root, "title", all->study->title);
    sah_h5_text(s->h5, s->root, "source", "sahel " SAH_VERSION);
    sah_h5_whole(s->h5, s->root, "calibration_format", FORMAT);
    sah_h5_real(s->h5, s->root, "share_left", all->posterior.share);
    sah_h5_real(s->h5, s->root, "implausibility_reached", all->posterior.reached);
    sah_h5_real(s->h5, s->root, "cutoff", all->fit->cutoff);
    sah_h5_real(s->h5, s->root, "forgive", all->fit->forgive);
    sah_h5_real(s->h5, s->root, "discrepancy", all->fit->discrepancy);
    sah_h5_real(s->h5, s->root, "shrinkage", all->match.shrinkage);
    sah_h5_whole(s->h5, s->root, "replicates", (int64_t)all->cloud.replicates);
    put_parameters(s);
    put_aims(s);
    put_points(s);
    put_emulators(s);
    put_sample(s);
    sah_pack_provenance(&s->pack);
    sah_h5_drop(s->quantile);
    sah_h5_drop(s->parameter);
    sah_h5_drop(s->aim);
    sah_h5_drop(s->point);
    sah_h5_drop(s->sample);
    sah_h5_drop(s->root);
}

static int write_to(struct sheet *s, const char *temporary, const char *target,
                    struct sah_error *err) {
    struct sah_h5 h5;
    s->h5 = s->pack.h5 = &h5;
    if (!sah_h5_create(&h5, temporary, target, err)) put_all(s);
    int status = sah_h5_close(&h5);
    s->h5 = s->pack.h5 = NULL;
    if (!status) status = sah_disk_settle(temporary, target, err);
    if (status) unlink(temporary);
    return status;
}

static size_t most(size_t a, size_t b) {
    return a > b ? a : b;
}

int sah_calibration_write(const struct sah_calibration *all,
                          const struct sah_provenance *provenance, const char *path,
                          struct sah_error *err) {
    size_t m = all->fit->naims, d = all->cloud.d, n = all->cloud.n;
    size_t room = most(most(n, m), most(all->posterior.n, SAH_POSTERIOR_QUANTILES)) *
                  most(most(m, d), 1);
    struct sheet s = {.all = all,
                      .pack = {.world = all->study->base.world,
                               .provenance = provenance,
                               .target = path,
                               .started = time(NULL) - (int64_t)provenance->seconds},
                      .number = malloc((room + 1) * sizeof(double)),
                      .text = malloc((most(m, d) + 1) * sizeof(char *))};
    char *temporary = sah_disk_concat(path, ".new");
    int status = s.number && s.text && temporary
                     ? write_to(&s, temporary, path, err)
                     : sah_error_add(err, SAH_MEMORY, "no memory for a file");
    free(temporary);
    free(s.number);
    free(s.text);
    return status;
}
