/* What the parts of a comparison share. */
#ifndef SAH_STUDY_COMPARE_IMPL_H
#define SAH_STUDY_COMPARE_IMPL_H
#include "sim/study/compare.h"

/* The list of measures becomes rows, checked against the arms. */
int sah_compare_read_rows(struct sah_compare *compare, struct sah_names *maps,
                          struct sah_error *err);

/* ---- maps: means over replicates by year, and how sure their difference is ---- */

enum sah_compare_layer {
    SAH_COMPARE_OF_A,
    SAH_COMPARE_OF_B,
    SAH_COMPARE_DIFFERENCE,
    SAH_COMPARE_ERROR, /* standard error of the difference */
    SAH_COMPARE_LAYERS
};

struct sah_compare_maps {
    const struct sah_compare *compare;
    size_t nfields, nyears, ncells;
    const struct sah_observable **field; /* [nfields] */
    int first_year;
    int32_t start, end;
    size_t added;     /* replicates so far, in their order */
    double **waiting; /* [replicate][arm]; NULL or values [field][year][cell] */
    double
        *layer[SAH_COMPARE_LAYERS]; /* sums while running, then what they are called */
};

/* Leaves compare->maps NULL where maps would not lie on each other. */
int sah_compare_maps_create(struct sah_compare *compare, const struct sah_names *names,
                            struct sah_error *err);
void sah_compare_maps_free(struct sah_compare_maps *maps);
struct sah_twins_eye sah_compare_maps_eye(struct sah_compare_maps *maps);
void sah_compare_maps_finish(struct sah_compare_maps *maps);
/* Values of one field and layer: [year][cell]. */
const double *sah_compare_maps_of(const struct sah_compare_maps *maps, size_t field,
                                  enum sah_compare_layer layer);

/* ---- series: quantiles over replicates by month, of both arms ---- */

enum { SAH_COMPARE_QUANTILES = 5 };
extern const double sah_compare_quantiles[SAH_COMPARE_QUANTILES];

struct sah_compare_series {
    const struct sah_compare *compare;
    size_t nseries, nmonths;
    const struct sah_observable **series; /* [nseries] */
    int32_t *first;                       /* [nmonths] first day */
    double *value;                        /* [arm][replicate][series][month] */
    double *quantile;                     /* [series][arm][quantile][month] */
};

/* Leaves compare->series NULL where the arms have other days, or there are none. */
int sah_compare_series_create(struct sah_compare *compare, struct sah_error *err);
void sah_compare_series_free(struct sah_compare_series *series);
struct sah_twins_eye sah_compare_series_eye(struct sah_compare_series *series);
int sah_compare_series_finish(struct sah_compare_series *series, struct sah_error *err);
/* [quantile][month] of one series and arm. */
double *sah_compare_series_of(const struct sah_compare_series *s, size_t series,
                              size_t side);

#endif
