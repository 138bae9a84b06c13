/* The points of all waves so far, with what their runs gave. */
#ifndef SAH_STUDY_CALIBRATE_CLOUD_H
#define SAH_STUDY_CALIBRATE_CLOUD_H
#include "sim/study/calibrate/fit.h"

struct sah_cloud {
    size_t d, naims, replicates;
    size_t n;      /* points */
    double *at;    /* [n][d] in the unit cube of the prior */
    size_t *wave;  /* [n], from 1 */
    double *off;   /* [n][naims], mean over the replicates that define it, or NAN */
    size_t *known; /* [n][naims], how many do */
    /* of single runs about the mean of their point */
    double *product; /* [naims][naims], sums */
    size_t *pairs;   /* [naims][naims], degrees of freedom */
};

/* A point is added for every one of `at`[n][d], from value[replicate * n + point][aim]. The
 * sizes of the cloud are set by the caller. Free in any case. */
int sah_cloud_add(struct sah_cloud *cloud, const struct sah_fit *fit, size_t wave,
                  size_t n, const double *at, const double *value,
                  struct sah_error *err);
void sah_cloud_free(struct sah_cloud *cloud);

/* Variance of one run about the mean of its point; NAN where no point tells. */
double sah_cloud_chance(const struct sah_cloud *cloud, size_t aim);
/* Correlation of two aims by chance; 0 where nothing is known. */
double sah_cloud_correlation(const struct sah_cloud *cloud, size_t a, size_t b);
/* Of the aims, how many the mean of replicates at a point hits. */
size_t sah_cloud_hits(const struct sah_cloud *cloud, size_t point);

#endif
