/* From the points of all waves to an emulator for every aim. */
#include "sim/study/calibrate/match.h"

#include <math.h>
#include <stdlib.h>

enum { LEAST_POINTS = 8 };

/* The points an emulator is made of, lined up. */
struct line {
    size_t n;
    double *x, *y, *noise;
    size_t *point;
};

static bool line_open(struct line *line, const struct sah_cloud *cloud) {
    *line = (struct line){0};
    line->x = malloc((cloud->n * cloud->d + 1) * sizeof *line->x);
    line->y = malloc((cloud->n + 1) * sizeof *line->y);
    line->noise = malloc((cloud->n + 1) * sizeof *line->noise);
    line->point = malloc((cloud->n + 1) * sizeof *line->point);
    return line->x && line->y && line->noise && line->point;
}

static void line_close(struct line *line) {
    free(line->x);
    free(line->y);
    free(line->noise);
    free(line->point);
}

static void line_add(struct line *line, const struct sah_cloud *cloud, size_t point,
                     double y, double noise) {
    for (size_t j = 0; j < cloud->d; j++)
        line->x[line->n * cloud->d + j] = cloud->at[point * cloud->d + j];
    line->y[line->n] = y;
    line->noise[line->n] = noise;
    line->point[line->n++] = point;
}

static int fit_line(struct sah_emulator *em, const struct line *line, size_t d,
                    struct sah_error *err) {
    return sah_emulator_fit(em, line->n, d, line->x, line->y, line->noise, err);
}

static bool is_still(const struct line *line) {
    for (size_t i = 1; i < line->n; i++)
        if (line->y[i] != line->y[0]) return false;
    return true;
}

/* ---- of values ------------------------------------------------------------------------- */

static int fit_value(struct sah_match *match, size_t i, struct line *line,
                     struct sah_error *err) {
    const struct sah_cloud *cloud = match->cloud;
    struct sah_match_aim *aim = &match->aim[i];
    double chance = sah_cloud_chance(cloud, i);
    aim->chance = isnan(chance) ? 0 : chance;
    for (size_t p = 0; p < cloud->n; p++) {
        size_t at = p * cloud->naims + i;
        if (cloud->known[at])
            line_add(line, cloud, p, cloud->off[at],
                     aim->chance / (double)cloud->known[at]);
    }
    if (line->n < LEAST_POINTS) aim->state = SAH_MATCH_UNKNOWN;
    if (aim->state == SAH_MATCH_USED && is_still(line)) aim->state = SAH_MATCH_STILL;
    if (aim->state != SAH_MATCH_USED) return SAH_OK;
    aim->point = line->point;
    line->point = NULL;
    return fit_line(&aim->value, line, cloud->d, err);
}

/* ---- of the share that is defined --------------------------------------------------------- */

/* The variance of a share that may be anything, with a run more that did and one that did
 * not, so that it is never 0. */
static double share_noise(double share, double n) {
    double at = (share * n + 1) / (n + 2);
    return at * (1 - at) / n;
}

static int fit_known(struct sah_match *match, size_t i, struct line *line,
                     struct sah_error *err) {
    const struct sah_cloud *cloud = match->cloud;
    double n = (double)cloud->replicates;
    bool all = true;
    for (size_t p = 0; p < cloud->n; p++) {
        double share = (double)cloud->known[p * cloud->naims + i] / n;
        line_add(line, cloud, p, share, share_noise(share, n));
        all = all && share >= 1;
    }
    if (all || match->aim[i].state != SAH_MATCH_USED) return SAH_OK;
    return fit_line(&match->aim[i].known, line, cloud->d, err);
}

static int fit_aim(struct sah_match *match, size_t i,
                   int (*fit)(struct sah_match *, size_t, struct line *,
                              struct sah_error *),
                   struct sah_error *err) {
    struct line line;
    int status = line_open(&line, match->cloud)
                     ? fit(match, i, &line, err)
                     : sah_error_add(err, SAH_MEMORY, "no memory for an emulator");
    line_close(&line);
    return status;
}

/* ---- correlation ----------------------------------------------------------------------- */

/* Schaefer and Strimmer (2005), Statistical Applications in Genetics and Molecular Biology
 * 4(1), eq. 10: the sum of the variances of all correlations over that of their squares;
 * the variance of one as (1 - r^2)^2 over its degrees of freedom. */
static double shrinkage(const struct sah_match *match) {
    const struct sah_cloud *cloud = match->cloud;
    double variance = 0, square = 0;
    for (size_t a = 0; a < match->nused; a++)
        for (size_t b = 0; b < a; b++) {
            size_t i = match->used[a], j = match->used[b];
            double r = sah_cloud_correlation(cloud, i, j);
            double n = (double)cloud->pairs[i * cloud->naims + j];
            if (n < 3) continue;
            variance += (1 - r * r) * (1 - r * r) / n;
            square += r * r;
        }
    return square > 0 ? fmin(variance / square, 1) : 1;
}

static int correlate(struct sah_match *match, struct sah_error *err) {
    size_t n = match->nused;
    match->correlation = malloc((n * n + 1) * sizeof *match->correlation);
    match->room = malloc((match->cloud->n + 2 * n + n * n + 1) * sizeof *match->room);
    if (!match->correlation || !match->room)
        return sah_error_add(err, SAH_MEMORY, "no memory for %zu aims", n);
    match->shrinkage = shrinkage(match);
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            double r =
                sah_cloud_correlation(match->cloud, match->used[a], match->used[b]);
            match->correlation[a * n + b] = a == b ? 1 : r * (1 - match->shrinkage);
        }
    return SAH_OK;
}

int sah_match_create(struct sah_match *match, const struct sah_fit *fit,
                     const struct sah_cloud *cloud, struct sah_error *err) {
    *match = (struct sah_match){.fit = fit, .cloud = cloud};
    match->aim = calloc(fit->naims + 1, sizeof *match->aim);
    match->used = calloc(fit->naims + 1, sizeof *match->used);
    if (!match->aim || !match->used)
        return sah_error_add(err, SAH_MEMORY, "no memory for %zu aims", fit->naims);
    int status = SAH_OK;
    for (size_t i = 0; !status && i < fit->naims; i++) {
        status = fit_aim(match, i, fit_value, err);
        if (!status) status = fit_aim(match, i, fit_known, err);
        if (match->aim[i].state == SAH_MATCH_USED) match->used[match->nused++] = i;
    }
    if (!status && !match->nused)
        status = sah_error_add(
            err, SAH_CHECK, "no aim can be emulated: all are constant or not defined");
    return status ? status : correlate(match, err);
}
