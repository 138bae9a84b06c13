/* A comparison's file while it is written; private to its two parts. */
#ifndef SAH_STUDY_COMPARE_SHEET_H
#define SAH_STUDY_COMPARE_SHEET_H
#include "output/pack.h"
#include "sim/study/compare_impl.h"

struct sah_compare_sheet {
    struct sah_h5 *h5;
    const struct sah_compare *compare;
    struct sah_pack pack; /* lends its writers of land and provenance */
    double *scratch;      /* room for a column of the table, or the values of a row */
};

/* The dimension `arm` of a group. */
hid_t sah_compare_put_arms(struct sah_compare_sheet *sheet, hid_t group);
/* A variable, all of it. */
void sah_compare_put(struct sah_compare_sheet *sheet, hid_t group,
                     const struct sah_h5_variable *v, const void *values);
/* The group of measures. */
void sah_compare_put_table(struct sah_compare_sheet *sheet);

#endif
