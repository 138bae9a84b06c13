/* Means over replicates, and what chance does about them. */
#include "sim/study/calibrate/cloud.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool grow(struct sah_cloud *cloud, size_t n) {
    size_t all = cloud->n + n, m = cloud->naims;
    double *at = realloc(cloud->at, (all * cloud->d + 1) * sizeof *at);
    if (at) cloud->at = at;
    size_t *wave = realloc(cloud->wave, (all + 1) * sizeof *wave);
    if (wave) cloud->wave = wave;
    double *off = realloc(cloud->off, (all * m + 1) * sizeof *off);
    if (off) cloud->off = off;
    size_t *known = realloc(cloud->known, (all * m + 1) * sizeof *known);
    if (known) cloud->known = known;
    if (!cloud->product) cloud->product = calloc(m * m + 1, sizeof *cloud->product);
    if (!cloud->pairs) cloud->pairs = calloc(m * m + 1, sizeof *cloud->pairs);
    return at && wave && off && known && cloud->product && cloud->pairs;
}

/* The mean of an aim at a new point; its runs become what they are about that mean. */
static void take_aim(struct sah_cloud *cloud, size_t point, size_t aim, double *run) {
    size_t known = 0;
    double sum = 0;
    for (size_t r = 0; r < cloud->replicates; r++)
        if (!isnan(run[r * cloud->naims + aim])) {
            sum += run[r * cloud->naims + aim];
            known++;
        }
    double mean = known ? sum / (double)known : NAN;
    cloud->off[point * cloud->naims + aim] = mean;
    cloud->known[point * cloud->naims + aim] = known;
    for (size_t r = 0; r < cloud->replicates; r++) run[r * cloud->naims + aim] -= mean;
}

static void take_pair(struct sah_cloud *cloud, size_t a, size_t b, const double *run) {
    size_t both = 0, m = cloud->naims;
    double sum = 0;
    for (size_t r = 0; r < cloud->replicates; r++) {
        double product = run[r * m + a] * run[r * m + b];
        if (isnan(product)) continue;
        sum += product;
        both++;
    }
    if (both < 2) return;
    cloud->product[a * m + b] += sum;
    cloud->pairs[a * m + b] += both - 1;
}

static void take_point(struct sah_cloud *cloud, const struct sah_fit *fit, size_t point,
                       size_t n, size_t at, const double *value, double *run) {
    size_t m = cloud->naims;
    for (size_t r = 0; r < cloud->replicates; r++)
        for (size_t i = 0; i < m; i++)
            run[r * m + i] = sah_aim_off(&fit->aim[i], value[(r * n + at) * m + i]);
    for (size_t i = 0; i < m; i++) take_aim(cloud, point, i, run);
    for (size_t a = 0; a < m; a++)
        for (size_t b = 0; b < m; b++) take_pair(cloud, a, b, run);
}

int sah_cloud_add(struct sah_cloud *cloud, const struct sah_fit *fit, size_t wave,
                  size_t n, const double *at, const double *value,
                  struct sah_error *err) {
    double *run = malloc((cloud->replicates * cloud->naims + 1) * sizeof *run);
    if (!grow(cloud, n) || !run) {
        free(run);
        return sah_error_add(err, SAH_MEMORY, "no memory for the points of a wave");
    }
    memcpy(cloud->at + cloud->n * cloud->d, at, n * cloud->d * sizeof *at);
    for (size_t p = 0; p < n; p++) {
        cloud->wave[cloud->n + p] = wave;
        take_point(cloud, fit, cloud->n + p, n, p, value, run);
    }
    cloud->n += n;
    free(run);
    return SAH_OK;
}

void sah_cloud_free(struct sah_cloud *cloud) {
    free(cloud->at);
    free(cloud->wave);
    free(cloud->off);
    free(cloud->known);
    free(cloud->product);
    free(cloud->pairs);
    *cloud = (struct sah_cloud){0};
}

double sah_cloud_chance(const struct sah_cloud *cloud, size_t aim) {
    size_t at = aim * cloud->naims + aim;
    return cloud->pairs[at] ? cloud->product[at] / (double)cloud->pairs[at] : NAN;
}

double sah_cloud_correlation(const struct sah_cloud *cloud, size_t a, size_t b) {
    size_t at = a * cloud->naims + b;
    double size = sqrt(sah_cloud_chance(cloud, a) * sah_cloud_chance(cloud, b));
    if (a == b) return 1;
    if (cloud->pairs[at] < 3 || !(size > 0)) return 0;
    double r = cloud->product[at] / (double)cloud->pairs[at] / size;
    return fmin(fmax(r, -0.99), 0.99);
}

size_t sah_cloud_hits(const struct sah_cloud *cloud, size_t point) {
    size_t hits = 0;
    for (size_t i = 0; i < cloud->naims; i++) {
        size_t at = point * cloud->naims + i;
        hits += 2 * cloud->known[at] > cloud->replicates && fabs(cloud->off[at]) <= 1;
    }
    return hits;
}
