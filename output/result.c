/* Opening: is it ours, whole and of a known format; what was run, where, with what
 * axes. */
#include "output/result_impl.h"

#include "output/disk.h"
#include "sim/kernel/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sah_h5 *sah_result_begin(struct sah_result *result, struct sah_error *err) {
    result->h5.err = err;
    result->h5.status = SAH_OK;
    return &result->h5;
}

/* ---- is it ours ---------------------------------------------------------------- */

/* Other files of ours are shown by other words. */
static const char *what_else(struct sah_h5 *h5, hid_t root) {
    if (sah_h5_has_attribute(h5, root, "comparison_format"))
        return "no result of a run but a comparison; 'sahel plot' and 'sahel atlas' "
               "show it";
    if (sah_h5_has_attribute(h5, root, "study_format"))
        return "no result of a run but a study; 'sahel plot', 'sahel atlas' and 'sahel "
               "facts' show it";
    return "an HDF5 file, but no result of sahel";
}

static void check_format(struct sah_h5 *h5, hid_t root) {
    char *source = sah_h5_get_text(h5, root, "source");
    int64_t format = sah_h5_get_whole(h5, root, "format", -1);
    if (!h5->status && (strncmp(source, "sahel", 5) != 0 || format < 0))
        h5->status =
            sah_error_add(h5->err, SAH_FORMAT, "%s: %s", h5->path, what_else(h5, root));
    else if (!h5->status && format > SAH_RESULT_FORMAT)
        h5->status =
            sah_error_add(h5->err, SAH_FORMAT,
                          "%s: has format %lld, made by %s; this program reads "
                          "formats up to %d",
                          h5->path, (long long)format, source, SAH_RESULT_FORMAT);
    free(source);
}

/* ---- what was run -------------------------------------------------------------- */

static void read_run(struct sah_result *result, hid_t root) {
    struct sah_h5 *h5 = &result->h5;
    struct sah_result_run *run = &result->run;
    run->title = sah_h5_get_text(h5, root, "title");
    run->model = sah_h5_get_text(h5, root, "model");
    run->digest = sah_h5_get_text(h5, root, "digest");
    run->fields_every = sah_h5_get_text(h5, root, "fields_every");
    run->series_every = sah_h5_get_text(h5, root, "series_every");
    run->headline = sah_h5_get_text(h5, root, "headline");
    run->logs = sah_h5_get_text(h5, root, "logs");
    run->start = sah_h5_get_day(h5, root, "start");
    run->end = sah_h5_get_day(h5, root, "end");
    run->seed = sah_h5_get_whole(h5, root, "seed", 0);
    run->people_per_agent = sah_h5_get_real(h5, root, "people_per_agent", 0);
    hid_t software = sah_h5_object(h5, h5->file, "provenance/software");
    run->version = sah_h5_get_text(h5, software, "version");
    run->commit = sah_h5_get_text(h5, software, "commit");
    sah_h5_drop(software);
}

static int read_plain_grid(struct sah_result *result, hid_t root) {
    struct sah_h5 *h5 = &result->h5;
    int64_t columns = sah_h5_get_whole(h5, root, "columns", 0);
    int64_t rows = sah_h5_get_whole(h5, root, "rows", 0);
    return h5->status ? SAH_OK
                      : sah_grid_init_plain(&result->grid, columns, rows, NULL);
}

static int read_grid_on_land(struct sah_result *result, hid_t root) {
    struct sah_h5 *h5 = &result->h5;
    double west = sah_h5_get_real(h5, root, "geospatial_lon_min", 0);
    double east = sah_h5_get_real(h5, root, "geospatial_lon_max", 0);
    double south = sah_h5_get_real(h5, root, "geospatial_lat_min", 0);
    double north = sah_h5_get_real(h5, root, "geospatial_lat_max", 0);
    double cell = sah_h5_get_real(h5, root, "geospatial_lat_resolution", 0);
    if (h5->status || cell == 0) return SAH_OK;
    return sah_grid_init(&result->grid, west, south, east, north, cell, NULL);
}

static void read_grid(struct sah_result *result, hid_t root) {
    struct sah_h5 *h5 = &result->h5;
    bool plain = sah_h5_has_attribute(h5, root, "columns");
    int status =
        plain ? read_plain_grid(result, root) : read_grid_on_land(result, root);
    if (status && !h5->status)
        h5->status =
            sah_error_add(h5->err, SAH_FORMAT, "%s: has no sound grid", h5->path);
}

/* ---- axes ---------------------------------------------------------------------- */

/* Texts of a dataset of the axes; NULL where there is none. */
static const char *const *read_labels(struct sah_h5 *h5, hid_t group, const char *name,
                                      size_t *n) {
    *n = 0;
    if (!sah_h5_has(h5, group, name)) return NULL;
    hid_t dataset = sah_h5_object(h5, group, name);
    char **texts = sah_h5_read_texts(h5, dataset, n);
    sah_h5_drop(dataset);
    return (const char *const *)texts;
}

/* Reads member `name` as an axis; takes the name over. */
static void read_axis(struct sah_result *result, hid_t group, char *name) {
    struct sah_h5 *h5 = &result->h5;
    struct sah_axis *axis = &result->axis[result->naxes++];
    hid_t dataset = sah_h5_object(h5, group, name);
    size_t n = 0, size = strlen(name) + sizeof "_title";
    char *title = sah_h5_room(h5, size, 1);
    if (title) snprintf(title, size, "%s_title", name);
    axis->name = name;
    axis->doc = sah_h5_get_text(h5, dataset, "long_name");
    axis->label = read_labels(h5, group, name, &axis->n);
    axis->title = title ? read_labels(h5, group, title, &n) : NULL;
    if (axis->title && n != axis->n) {
        sah_h5_free_texts((char **)(uintptr_t)axis->title, n);
        axis->title = NULL;
        h5->status = sah_error_add(h5->err, SAH_FORMAT, "%s: axis %s has %zu titles",
                                   h5->path, name, n);
    }
    free(title);
    sah_h5_drop(dataset);
}

/* Titles stand beside their axis under its name and "_title". */
static bool is_title(struct sah_h5 *h5, hid_t group, const char *name) {
    size_t length = strlen(name);
    if (length <= 6 || strcmp(name + length - 6, "_title") != 0) return false;
    char *axis = sah_h5_room(h5, length - 6, 1);
    if (axis) memcpy(axis, name, length - 6);
    bool found = axis && sah_h5_has(h5, group, axis);
    free(axis);
    return found;
}

static void read_axes(struct sah_result *result) {
    struct sah_h5 *h5 = &result->h5;
    if (!sah_h5_has(h5, h5->file, "axes")) return;
    hid_t group = sah_h5_object(h5, h5->file, "axes");
    size_t n = sah_h5_members(h5, group);
    result->axis = sah_h5_room(h5, n, sizeof *result->axis);
    for (size_t i = 0; result->axis && i < n && !h5->status; i++) {
        char *name = sah_h5_member(h5, group, i);
        if (name && !is_title(h5, group, name))
            read_axis(result, group, name);
        else
            free(name);
    }
    sah_h5_drop(group);
}

static void free_axes(struct sah_result *result) {
    for (size_t i = 0; i < result->naxes; i++) {
        struct sah_axis *axis = &result->axis[i];
        sah_h5_free_texts((char **)(uintptr_t)axis->label, axis->n);
        sah_h5_free_texts((char **)(uintptr_t)axis->title, axis->title ? axis->n : 0);
        free((char *)(uintptr_t)axis->name);
        free((char *)(uintptr_t)axis->doc);
    }
    free(result->axis);
}

/* ---- life ---------------------------------------------------------------------- */

static void read_all(struct sah_result *result) {
    struct sah_h5 *h5 = &result->h5;
    hid_t root = sah_h5_object(h5, h5->file, "/");
    check_format(h5, root);
    if (!h5->status) read_run(result, root);
    if (!h5->status) read_grid(result, root);
    sah_h5_drop(root);
    if (!h5->status) read_axes(result);
    if (!h5->status) sah_result_read_logs(result);
    if (!h5->status) sah_result_read_places(result);
}

int sah_result_open(const char *path, struct sah_result **out, struct sah_error *err) {
    struct sah_result *result = calloc(1, sizeof *result);
    char *name = sah_disk_concat(path, "");
    if (!result || !name) {
        free(result);
        free(name);
        return sah_error_add(err, SAH_MEMORY, "%s: no memory to open it", path);
    }
    result->run.path = name;
    int status = sah_h5_open(&result->h5, name, err);
    if (!status) {
        read_all(result);
        status = result->h5.status;
    }
    if (status) {
        sah_result_close(result);
        return status;
    }
    *out = result;
    return SAH_OK;
}

void sah_result_close(struct sah_result *result) {
    if (!result) return;
    sah_h5_close(&result->h5);
    sah_result_free_places(result);
    sah_result_free_tables(result);
    sah_result_free_texts(result);
    free_axes(result);
    struct sah_result_run *run = &result->run;
    char *texts[] = {run->path,     run->title,        run->model,        run->version,
                     run->commit,   run->fields_every, run->series_every, run->digest,
                     run->headline, run->logs};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) free(texts[i]);
    free(result);
}

/* ---- questions ----------------------------------------------------------------- */

const struct sah_result_run *sah_result_run(const struct sah_result *result) {
    return &result->run;
}

const struct sah_grid *sah_result_grid(const struct sah_result *result) {
    return &result->grid;
}

size_t sah_result_axis_count(const struct sah_result *result) {
    return result->naxes;
}

const struct sah_axis *sah_result_axis_at(const struct sah_result *result, size_t i) {
    return i < result->naxes ? &result->axis[i] : NULL;
}

const struct sah_axis *sah_result_axis(const struct sah_result *result,
                                       const char *name) {
    for (size_t i = 0; i < result->naxes; i++)
        if (strcmp(result->axis[i].name, name) == 0) return &result->axis[i];
    return NULL;
}

int sah_axis_item(const struct sah_axis *axis, const char *label) {
    for (size_t i = 0; i < axis->n; i++)
        if (strcmp(axis->label[i], label) == 0) return (int)i;
    return -1;
}
