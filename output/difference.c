/* Variables <field>_difference and <field>_difference_error over time, lat, lon. */
#include "output/difference.h"

#include "output/h5_geography.h"
#include "output/h5_read.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char SUFFIX[] = "_difference";

/* ---- which there are --------------------------------------------------------------------- */

static bool ends_with(const char *name, const char *suffix) {
    size_t n = strlen(name), m = strlen(suffix);
    return n > m && strcmp(name + n - m, suffix) == 0;
}

/* Their names with `between` between; caller frees. */
static char *list_fields(struct sah_h5 *h5, const char *between) {
    char *text = NULL;
    size_t size = 0, told = 0;
    FILE *out = open_memstream(&text, &size);
    hid_t root = sah_h5_object(h5, h5->file, "/");
    size_t n = out ? sah_h5_members(h5, root) : 0;
    for (size_t i = 0; i < n && !h5->status; i++) {
        char *name = sah_h5_member(h5, root, i);
        if (name && ends_with(name, SUFFIX))
            fprintf(out, "%s%.*s", told++ ? between : "",
                    (int)(strlen(name) - strlen(SUFFIX)), name);
        free(name);
    }
    sah_h5_drop(root);
    if (out && fclose(out) == 0 && !h5->status) return text;
    free(text);
    if (!h5->status) h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory");
    return NULL;
}

static int tell_fields(struct sah_h5 *h5, const char *field) {
    char *list = list_fields(h5, ", ");
    if (!list) return h5->status;
    int code =
        sah_error_add(h5->err, SAH_INPUT, "%s: has no map of differences of %s%s%s",
                      h5->path, field, *list ? "; there are " : "", list);
    free(list);
    return code;
}

char *sah_difference_fields(const char *path, struct sah_error *err) {
    struct sah_h5 h5;
    if (sah_h5_open(&h5, path, err)) return NULL;
    char *list = list_fields(&h5, " ");
    sah_h5_close(&h5);
    return list;
}

/* ---- grid ------------------------------------------------------------------------------ */

/* The outer ends of an axis from its bounds. */
static void read_ends(struct sah_h5 *h5, const char *name, double ends[2]) {
    hid_t dataset = sah_h5_object(h5, h5->file, name);
    size_t n = sah_h5_length(h5, dataset);
    double *bounds = sah_h5_room(h5, n, sizeof *bounds);
    if (bounds) sah_h5_read(h5, dataset, SAH_F64, bounds);
    if (bounds && !h5->status && n >= 2) ends[0] = bounds[0], ends[1] = bounds[n - 1];
    free(bounds);
    sah_h5_drop(dataset);
}

static void read_grid(struct sah_h5 *h5, const hsize_t extent[SAH_H5_RANK],
                      struct sah_grid *grid) {
    double lat[2] = {0, 0}, lon[2] = {0, 0};
    read_ends(h5, "lat_bnds", lat);
    read_ends(h5, "lon_bnds", lon);
    if (h5->status) return;
    double cell = (lat[1] - lat[0]) / (double)extent[1];
    bool sound = cell > 0 && sah_grid_init(grid, lon[0], lat[0], lon[1], lat[1], cell,
                                           NULL) == SAH_OK;
    if (!sound || (hsize_t)grid->nlon != extent[2] || (hsize_t)grid->nlat != extent[1])
        h5->status =
            sah_error_add(h5->err, SAH_FORMAT, "%s: has no sound grid", h5->path);
}

/* ---- values ---------------------------------------------------------------------------- */

static double *read_values(struct sah_h5 *h5, const char *name, int ranks,
                           hsize_t extent[SAH_H5_RANK]) {
    hid_t dataset = sah_h5_object(h5, h5->file, name);
    int rank = sah_h5_extent(h5, dataset, extent);
    size_t n = sah_h5_length(h5, dataset);
    double *value = NULL;
    if (!h5->status && rank != ranks)
        h5->status = sah_error_add(h5->err, SAH_FORMAT, "%s: %s is no field by year",
                                   h5->path, name);
    if (!h5->status) value = sah_h5_room(h5, n, sizeof *value);
    if (value) sah_h5_read(h5, dataset, SAH_F64, value);
    sah_h5_drop(dataset);
    return value;
}

/* Two arms of the shape of their difference. */
static void read_arms(struct sah_h5 *h5, const char *field,
                      const hsize_t extent[SAH_H5_RANK], struct sah_difference *d) {
    hsize_t own[SAH_H5_RANK] = {0};
    d->arm = read_values(h5, field, 4, own);
    if (!h5->status && (own[0] != 2 || memcmp(own + 1, extent, 3 * sizeof *own) != 0))
        h5->status = sah_error_add(h5->err, SAH_FORMAT, "%s: %s has another shape",
                                   h5->path, field);
    if (h5->status) return;
    hid_t dataset = sah_h5_object(h5, h5->file, field);
    char *methods = sah_h5_get_text(h5, dataset, "cell_methods");
    d->flow = methods && strstr(methods, "time: sum");
    free(methods);
    sah_h5_drop(dataset);
}

static void read_words(struct sah_h5 *h5, const char *name, struct sah_difference *d) {
    hid_t dataset = sah_h5_object(h5, h5->file, name);
    d->unit = sah_h5_get_text(h5, dataset, "units");
    d->doc = sah_h5_get_text(h5, dataset, "long_name");
    sah_h5_drop(dataset);
}

static void read_years(struct sah_h5 *h5, struct sah_difference *d) {
    hid_t dataset = sah_h5_object(h5, h5->file, "time");
    if (!h5->status && sah_h5_length(h5, dataset) != d->nyears)
        h5->status =
            sah_error_add(h5->err, SAH_FORMAT, "%s: time has another length", h5->path);
    d->day = sah_h5_room(h5, d->nyears, sizeof *d->day);
    if (d->day) sah_h5_read(h5, dataset, SAH_I32, d->day);
    sah_h5_drop(dataset);
}

static void read_geography(struct sah_h5 *h5, struct sah_difference *d) {
    size_t n;
    struct sah_geo_file *file = sah_h5_read_geography(h5, &n);
    if (!h5->status && n) h5->status = sah_geography_parse(file, n, &d->geo, h5->err);
    sah_h5_free_geography(file, n);
}

static void read_all(struct sah_h5 *h5, const char *field, struct sah_difference *d) {
    hsize_t extent[SAH_H5_RANK] = {0}, other[SAH_H5_RANK] = {0};
    char name[128], error[160];
    snprintf(name, sizeof name, "%.100s%s", field, SUFFIX);
    snprintf(error, sizeof error, "%s_error", name);
    if (!sah_h5_has(h5, h5->file, name)) {
        h5->status = tell_fields(h5, field);
        return;
    }
    d->value = read_values(h5, name, 3, extent);
    d->error = read_values(h5, error, 3, other);
    d->nyears = (size_t)extent[0];
    if (!h5->status && memcmp(extent, other, sizeof extent) != 0)
        h5->status = sah_error_add(h5->err, SAH_FORMAT, "%s: %s has another shape",
                                   h5->path, error);
    if (!h5->status) read_arms(h5, field, extent, d);
    if (!h5->status) read_grid(h5, extent, &d->grid);
    if (!h5->status) read_words(h5, name, d);
    if (!h5->status) read_years(h5, d);
    if (!h5->status) read_geography(h5, d);
}

int sah_difference_read(const char *path, const char *field, struct sah_difference *d,
                        struct sah_error *err) {
    struct sah_h5 h5;
    *d = (struct sah_difference){0};
    int code = sah_h5_open(&h5, path, err);
    if (code) return code;
    read_all(&h5, field, d);
    code = h5.status;
    sah_h5_close(&h5);
    return code;
}

void sah_difference_free(struct sah_difference *d) {
    sah_geography_free(d->geo);
    free(d->day), free(d->value), free(d->error), free(d->arm);
    free(d->unit), free(d->doc);
    *d = (struct sah_difference){0};
}
