/* Reading study.h5 again: tables of its measures. */
#ifndef SAH_STUDY_STUDY_RESULT_H
#define SAH_STUDY_STUDY_RESULT_H
#include "output/h5.h"
#include "sim/study/study_folder.h"

struct sah_study_result {
    struct sah_h5 h5;
    char *path;
    size_t nmeasures;
    char **measure, **unit;
};

/* SAH_MISSING where it is not made yet. Close in any case. */
int sah_study_result_open(const struct sah_study_folder *folder,
                          struct sah_study_result *result, struct sah_error *err);
void sah_study_result_close(struct sah_study_result *result);

/* Values of a dataset of the group `measures`, from `row` on its first dimension, `rows` of
 * them; `each` values a row. */
int sah_study_result_rows(struct sah_study_result *result, const char *name, size_t row,
                          size_t rows, size_t each, double *out);
bool sah_study_result_has(struct sah_study_result *result, const char *name);

#endif
