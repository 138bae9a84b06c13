/* Values of two datasets or attributes: numbers, texts, or bytes of anything else. */
#include "output/diff_impl.h"

#include "output/store.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 1 << 22, SHOWN = 48, INDEX_TEXT = 96 };

/* What has been found in one dataset. */
struct finding {
    size_t count, total;
    hsize_t first; /* number of the value, in storage order */
    char a[SHOWN], b[SHOWN];
    double largest; /* difference of numbers; NaN beside a number counts as none */
    bool numeric;
};

static void note(struct finding *found, hsize_t at, const char *a, const char *b,
                 double difference) {
    if (found->count++ == 0) {
        found->first = at;
        snprintf(found->a, SHOWN, "%.*s", SHOWN - 1, a);
        snprintf(found->b, SHOWN, "%.*s", SHOWN - 1, b);
    }
    if (difference > found->largest) found->largest = difference;
}

/* ---- numbers ------------------------------------------------------------------- */

static void show(enum sah_type type, const void *at, char text[static SHOWN]) {
    double value = sah_store_get(type, at, false);
    uint64_t wide;
    if (type == SAH_U64 || type == SAH_I64) {
        memcpy(&wide, at, sizeof wide);
        if (type == SAH_U64)
            snprintf(text, SHOWN, "%" PRIu64, wide);
        else
            snprintf(text, SHOWN, "%" PRId64, (int64_t)wide);
    } else {
        snprintf(text, SHOWN, "%.9g", value);
    }
}

/* Equal bits, equal values or both undefined. */
static bool same_number(enum sah_type type, const void *a, const void *b) {
    if (memcmp(a, b, sah_type_size(type)) == 0) return true;
    if (sah_type_is_whole(type)) return false;
    double x = sah_store_get(type, a, false), y = sah_store_get(type, b, false);
    return x == y || (isnan(x) && isnan(y));
}

static void compare_numbers(struct finding *found, enum sah_type type, hsize_t from,
                            size_t n, const char *a, const char *b) {
    size_t size = sah_type_size(type);
    for (size_t i = 0; i < n; i++, a += size, b += size) {
        if (same_number(type, a, b)) continue;
        char x[SHOWN], y[SHOWN];
        show(type, a, x);
        show(type, b, y);
        double gap =
            fabs(sah_store_get(type, a, false) - sah_store_get(type, b, false));
        note(found, from + i, x, y, isnan(gap) ? 0 : gap);
    }
}

/* Goes through both along the first dimension, a few megabytes at a time. */
static void numbers(struct sah_diff *diff, struct finding *found, enum sah_type type,
                    hid_t a, hid_t b) {
    hsize_t extent[SAH_H5_RANK] = {1}, start[SAH_H5_RANK] = {0};
    int rank = sah_h5_extent(&diff->a, a, extent);
    size_t row = 1, size = sah_type_size(type);
    for (int i = 1; i < rank; i++) row *= (size_t)extent[i];
    hsize_t rows = rank ? extent[0] : 1, most = BLOCK_BYTES / (row * size + 1) + 1;
    if (most > rows) most = rows;
    char *x = sah_h5_room(&diff->a, (size_t)most * row, size);
    char *y = sah_h5_room(&diff->b, (size_t)most * row, size);
    for (; x && y && row && start[0] < rows && !sah_diff_status(diff);
         start[0] += most) {
        extent[0] = rows - start[0] < most ? rows - start[0] : most;
        if (rank == 0)
            sah_h5_read(&diff->a, a, type, x);
        else
            sah_h5_read_block(&diff->a, a, type, start, extent, x);
        if (rank == 0)
            sah_h5_read(&diff->b, b, type, y);
        else
            sah_h5_read_block(&diff->b, b, type, start, extent, y);
        if (!sah_diff_status(diff))
            compare_numbers(found, type, start[0] * row, (size_t)extent[0] * row, x, y);
    }
    free(x);
    free(y);
}

/* ---- texts and all else -------------------------------------------------------- */

static void texts(struct sah_diff *diff, struct finding *found, hid_t a, hid_t b) {
    size_t n = 0, m = 0;
    char **x = sah_h5_read_texts(&diff->a, a, &n);
    char **y = sah_h5_read_texts(&diff->b, b, &m);
    for (size_t i = 0; x && y && i < n && i < m; i++) {
        if (strcmp(x[i], y[i]) == 0) continue;
        size_t at = 0; /* long texts are shown from where they part */
        while (x[i][at] && x[i][at] == y[i][at]) at++;
        at = strlen(x[i]) < SHOWN && strlen(y[i]) < SHOWN ? 0 : at;
        note(found, i, x[i] + at, y[i] + at, 0);
    }
    sah_h5_free_texts(x, n);
    sah_h5_free_texts(y, m);
}

/* Types we do not write ourselves: byte by byte. */
static void bytes(struct sah_diff *diff, struct finding *found, hid_t type, hid_t a,
                  hid_t b) {
    size_t n = sah_h5_length(&diff->a, a), size = H5Tget_size(type);
    char *x = sah_h5_room(&diff->a, n, size), *y = sah_h5_room(&diff->b, n, size);
    if (x && H5Dread(a, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, x) < 0)
        sah_h5_fail(&diff->a, "read", "a dataset");
    if (y && H5Dread(b, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, y) < 0)
        sah_h5_fail(&diff->b, "read", "a dataset");
    for (size_t i = 0; !sah_diff_status(diff) && x && y && i < n; i++)
        if (memcmp(x + i * size, y + i * size, size) != 0)
            note(found, i, "some bytes", "others", 0);
    free(x);
    free(y);
}

/* ---- datasets ------------------------------------------------------------------ */

struct shape {
    int rank;
    hsize_t extent[SAH_H5_RANK];
};

static void shape_text(const struct shape *shape, char text[static INDEX_TEXT]) {
    size_t length = 0;
    snprintf(text, INDEX_TEXT, "one value");
    for (int i = 0; i < shape->rank; i++)
        length +=
            (size_t)snprintf(text + length, INDEX_TEXT - length, "%s%llu",
                             i ? " x " : "", (unsigned long long)shape->extent[i]);
}

static void index_text(const struct shape *shape, hsize_t at,
                       char text[static INDEX_TEXT]) {
    hsize_t index[SAH_H5_RANK] = {0};
    size_t length = 0;
    text[0] = '\0';
    for (int i = shape->rank - 1; i >= 0; i--) {
        index[i] = at % shape->extent[i];
        at /= shape->extent[i];
    }
    for (int i = 0; i < shape->rank; i++)
        length += (size_t)snprintf(text + length, INDEX_TEXT - length, "%s%llu",
                                   i ? "," : "at [", (unsigned long long)index[i]);
    if (shape->rank) snprintf(text + length, INDEX_TEXT - length, "] ");
}

static void tell_finding(struct sah_diff *diff, const char *path,
                         const struct finding *found, const struct shape *shape) {
    if (found->count == 0) return;
    char where[INDEX_TEXT], largest[SHOWN] = "";
    index_text(shape, found->first, where);
    if (found->numeric)
        snprintf(largest, sizeof largest, "; largest difference %.6g", found->largest);
    sah_diff_tell(diff, path, "%zu of %zu values differ, first %s%s and %s%s",
                  found->count, found->total, where, found->a, found->b, largest);
}

static bool same_shape(struct sah_diff *diff, const char *path, hid_t a, hid_t b,
                       struct shape *shape) {
    struct shape other = {0};
    shape->rank = sah_h5_extent(&diff->a, a, shape->extent);
    other.rank = sah_h5_extent(&diff->b, b, other.extent);
    if (sah_diff_status(diff)) return false;
    size_t used = (size_t)shape->rank * sizeof *shape->extent;
    if (shape->rank == other.rank && memcmp(shape->extent, other.extent, used) == 0)
        return true;
    char x[INDEX_TEXT], y[INDEX_TEXT];
    shape_text(shape, x);
    shape_text(&other, y);
    sah_diff_tell(diff, path, "%s and %s", x, y);
    return false;
}

static void values(struct sah_diff *diff, const char *path, hid_t type, hid_t a,
                   hid_t b, const struct shape *shape) {
    struct finding found = {.total = sah_h5_length(&diff->a, a)};
    enum sah_type ours;
    found.numeric = sah_h5_type_of(&diff->a, a, &ours);
    if (found.numeric)
        numbers(diff, &found, ours, a, b);
    else if (H5Tget_class(type) == H5T_STRING)
        texts(diff, &found, a, b);
    else
        bytes(diff, &found, type, a, b);
    tell_finding(diff, path, &found, shape);
}

void sah_diff_dataset(struct sah_diff *diff, const char *path, hid_t a, hid_t b) {
    struct shape shape = {0};
    if (!same_shape(diff, path, a, b, &shape)) return;
    hid_t x = H5Dget_type(a), y = H5Dget_type(b);
    if (H5Tequal(x, y) > 0)
        values(diff, path, x, a, b, &shape);
    else
        sah_diff_tell(diff, path, "values of different types");
    sah_h5_drop(x);
    sah_h5_drop(y);
}

/* ---- attributes ---------------------------------------------------------------- */

/* A text, or the numbers of an attribute in brackets; caller frees. */
static char *attribute_text(struct sah_h5 *h5, hid_t object, const char *name) {
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    bool is_text = H5Tget_class(type) == H5T_STRING;
    hssize_t count = H5Sget_simple_extent_npoints(space);
    size_t n = count > 0 ? (size_t)count : 0, length = 0;
    double *number = is_text ? NULL : sah_h5_room(h5, n, sizeof *number);
    char *text = is_text ? NULL : sah_h5_room(h5, 26 * n + 1, 1);
    if (text && number && H5Aread(attribute, H5T_NATIVE_DOUBLE, number) < 0)
        snprintf(text, 26, "(not comparable)");
    else if (text && number)
        for (size_t i = 0; i < n; i++)
            length +=
                (size_t)snprintf(text + length, 26, "%s%.17g", i ? " " : "", number[i]);
    free(number);
    sah_h5_drop(space);
    sah_h5_drop(type);
    sah_h5_drop(attribute);
    return is_text ? sah_h5_get_text(h5, object, name) : text;
}

void sah_diff_attribute(struct sah_diff *diff, const char *path, const char *name,
                        hid_t a, hid_t b) {
    char *x = attribute_text(&diff->a, a, name), *y = attribute_text(&diff->b, b, name);
    if (x && y && strcmp(x, y) != 0) sah_diff_tell(diff, path, "%.60s and %.60s", x, y);
    free(x);
    free(y);
}
