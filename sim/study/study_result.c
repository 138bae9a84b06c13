/* Blocks of rows, by h5_read.h. */
#include "sim/study/study_result.h"

#include "output/h5_read.h"

#include <stdio.h>
#include <stdlib.h>

static char **read_names(struct sah_study_result *result, const char *name) {
    size_t n = 0;
    hid_t dataset = sah_h5_object(&result->h5, result->h5.file, name);
    char **texts =
        result->h5.status ? NULL : sah_h5_read_texts(&result->h5, dataset, &n);
    sah_h5_drop(dataset);
    if (texts && result->nmeasures && n != result->nmeasures) {
        sah_h5_free_texts(texts, n);
        texts = NULL;
    }
    result->nmeasures = texts ? n : result->nmeasures;
    return texts;
}

int sah_study_result_open(const struct sah_study_folder *folder,
                          struct sah_study_result *result, struct sah_error *err) {
    *result = (struct sah_study_result){.h5 = {.file = -1}};
    result->path = sah_study_folder_file(folder, "study.h5");
    if (!result->path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = sah_h5_open(&result->h5, result->path, err);
    if (status || !sah_h5_has(&result->h5, result->h5.file, "measures")) return status;
    result->measure = read_names(result, "measures/measure");
    result->unit = read_names(result, "measures/unit");
    if (!result->h5.status && (!result->measure || !result->unit))
        result->h5.status = sah_error_add(err, SAH_FORMAT,
                                          "%s: its measures are damaged", result->path);
    return result->h5.status;
}

void sah_study_result_close(struct sah_study_result *result) {
    sah_h5_free_texts(result->measure, result->measure ? result->nmeasures : 0);
    sah_h5_free_texts(result->unit, result->unit ? result->nmeasures : 0);
    sah_h5_close(&result->h5);
    free(result->path);
    *result = (struct sah_study_result){.h5 = {.file = -1}};
}

static void path_of(const char *name, char path[static 128]) {
    snprintf(path, 128, "measures/%.100s", name);
}

bool sah_study_result_has(struct sah_study_result *result, const char *name) {
    char path[128];
    path_of(name, path);
    return sah_h5_has(&result->h5, result->h5.file, path);
}

int sah_study_result_rows(struct sah_study_result *result, const char *name, size_t row,
                          size_t rows, size_t each, double *out) {
    struct sah_h5 *h5 = &result->h5;
    char path[128];
    path_of(name, path);
    hid_t dataset = sah_h5_object(h5, h5->file, path);
    hsize_t start[SAH_H5_RANK] = {row}, count[SAH_H5_RANK] = {0};
    int rank = h5->status ? 0 : sah_h5_extent(h5, dataset, count);
    hsize_t values = 1;
    for (int i = 1; i < rank; i++) values *= count[i];
    if (!h5->status && (rank < 1 || values != each || row + rows > count[0]))
        h5->status = sah_error_add(h5->err, SAH_FORMAT, "%s: %s has another shape",
                                   result->path, name);
    count[0] = rows;
    if (!h5->status) sah_h5_read_block(h5, dataset, SAH_F64, start, count, out);
    sah_h5_drop(dataset);
    return h5->status;
}
