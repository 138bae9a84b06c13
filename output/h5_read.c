/* Attributes, members and datasets, whatever form of string they were written in. */
#include "output/h5_read.h"

#include <hdf5_hl.h>

#include <stdlib.h>
#include <string.h>

void *sah_h5_room(struct sah_h5 *h5, size_t n, size_t size) {
    if (h5->status) return NULL;
    void *room = calloc(n + 1, size);
    if (!room)
        h5->status =
            sah_error_add(h5->err, SAH_MEMORY, "%s: no memory to read it", h5->path);
    return room;
}

/* A question that cannot be answered is no "no". */
static bool is_yes(struct sah_h5 *h5, htri_t answer, const char *name) {
    if (answer < 0) sah_h5_fail(h5, "look for", name);
    return answer > 0;
}

bool sah_h5_has(struct sah_h5 *h5, hid_t at, const char *path) {
    return !h5->status && is_yes(h5, H5LTpath_valid(at, path, true), path);
}

bool sah_h5_has_attribute(struct sah_h5 *h5, hid_t object, const char *name) {
    return !h5->status && is_yes(h5, H5Aexists(object, name), name);
}

hid_t sah_h5_object(struct sah_h5 *h5, hid_t at, const char *path) {
    if (h5->status) return -1;
    hid_t object = H5Oopen(at, path, H5P_DEFAULT);
    if (object < 0) sah_h5_fail(h5, "read", path);
    return object;
}

size_t sah_h5_members(struct sah_h5 *h5, hid_t group) {
    H5G_info_t info = {0};
    if (!h5->status && H5Gget_info(group, &info) < 0)
        sah_h5_fail(h5, "list", "a group");
    return h5->status ? 0 : (size_t)info.nlinks;
}

char *sah_h5_member(struct sah_h5 *h5, hid_t group, size_t i) {
    H5_index_t by = H5_INDEX_CRT_ORDER;
    ssize_t length =
        H5Lget_name_by_idx(group, ".", by, H5_ITER_INC, i, NULL, 0, H5P_DEFAULT);
    if (length < 0) {
        by = H5_INDEX_NAME;
        length =
            H5Lget_name_by_idx(group, ".", by, H5_ITER_INC, i, NULL, 0, H5P_DEFAULT);
    }
    if (length < 0) sah_h5_fail(h5, "list", "a group");
    char *name = length < 0 ? NULL : sah_h5_room(h5, (size_t)length + 1, 1);
    if (!name || H5Lget_name_by_idx(group, ".", by, H5_ITER_INC, i, name,
                                    (size_t)length + 1, H5P_DEFAULT) >= 0)
        return name;
    sah_h5_fail(h5, "list", "a group");
    free(name);
    return NULL;
}

char *sah_h5_attribute(struct sah_h5 *h5, hid_t object, size_t i) {
    H5O_info_t info = {0};
    if (!h5->status && H5Oget_info2(object, &info, H5O_INFO_NUM_ATTRS) < 0)
        sah_h5_fail(h5, "list", "attributes");
    if (h5->status || i >= info.num_attrs) return NULL;
    H5_index_t by = H5_INDEX_CRT_ORDER;
    ssize_t length =
        H5Aget_name_by_idx(object, ".", by, H5_ITER_INC, i, NULL, 0, H5P_DEFAULT);
    if (length < 0) {
        by = H5_INDEX_NAME;
        length =
            H5Aget_name_by_idx(object, ".", by, H5_ITER_INC, i, NULL, 0, H5P_DEFAULT);
    }
    if (length < 0) sah_h5_fail(h5, "list", "attributes");
    char *name = length < 0 ? NULL : sah_h5_room(h5, (size_t)length + 1, 1);
    if (!name || H5Aget_name_by_idx(object, ".", by, H5_ITER_INC, i, name,
                                    (size_t)length + 1, H5P_DEFAULT) >= 0)
        return name;
    sah_h5_fail(h5, "list", "attributes");
    free(name);
    return NULL;
}

/* ---- texts --------------------------------------------------------------------- */

void sah_h5_free_texts(char **texts, size_t n) {
    for (size_t i = 0; texts && i < n; i++) free(texts[i]);
    free(texts);
}

static char *copy_text(struct sah_h5 *h5, const char *text, size_t most) {
    size_t length = text ? strnlen(text, most) : 0;
    char *copy = sah_h5_room(h5, length + 1, 1);
    if (copy && length) memcpy(copy, text, length);
    return copy;
}

/* Splits what HDF5 filled in, fixed or variable, into texts of our own. */
static char **own_texts(struct sah_h5 *h5, const void *raw, bool variable, size_t size,
                        size_t n) {
    char **texts = sah_h5_room(h5, n, sizeof *texts);
    for (size_t i = 0; texts && i < n; i++)
        texts[i] = variable ? copy_text(h5, ((char *const *)raw)[i], SIZE_MAX)
                            : copy_text(h5, (const char *)raw + i * size, size);
    if (!h5->status) return texts;
    sah_h5_free_texts(texts, n);
    return NULL;
}

struct text_source {
    hid_t type, space;        /* as stored; closed by read_texts */
    hid_t attribute, dataset; /* one of them */
};

static herr_t fetch(const struct text_source *from, void *raw) {
    if (from->attribute >= 0) return H5Aread(from->attribute, from->type, raw);
    return H5Dread(from->dataset, from->type, H5S_ALL, H5S_ALL, H5P_DEFAULT, raw);
}

static char **read_texts(struct sah_h5 *h5, const struct text_source *from, size_t *n) {
    hssize_t count = H5Sget_simple_extent_npoints(from->space);
    bool is_text = H5Tget_class(from->type) == H5T_STRING;
    bool variable = is_text && H5Tis_variable_str(from->type) > 0;
    size_t size = H5Tget_size(from->type);
    *n = count > 0 ? (size_t)count : 0;
    if (!is_text) sah_h5_fail(h5, "read", "a number as text");
    char **texts = NULL;
    void *raw = sah_h5_room(h5, *n, size);
    if (raw && *n && fetch(from, raw) < 0) sah_h5_fail(h5, "read", "a text");
    if (!h5->status) texts = own_texts(h5, raw, variable, size, *n);
    if (raw && variable) H5Dvlen_reclaim(from->type, from->space, H5P_DEFAULT, raw);
    free(raw);
    sah_h5_drop(from->type);
    sah_h5_drop(from->space);
    return texts;
}

char **sah_h5_read_texts(struct sah_h5 *h5, hid_t dataset, size_t *n) {
    *n = 0;
    if (h5->status) return NULL;
    return read_texts(h5,
                      &(struct text_source){.type = H5Dget_type(dataset),
                                            .space = H5Dget_space(dataset),
                                            .attribute = -1,
                                            .dataset = dataset},
                      n);
}

char *sah_h5_get_text(struct sah_h5 *h5, hid_t object, const char *name) {
    bool there = sah_h5_has_attribute(h5, object, name);
    if (h5->status) return NULL;
    if (!there) return copy_text(h5, NULL, 0);
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    size_t n = 0;
    char **texts = read_texts(h5,
                              &(struct text_source){.type = H5Aget_type(attribute),
                                                    .space = H5Aget_space(attribute),
                                                    .attribute = attribute,
                                                    .dataset = -1},
                              &n);
    sah_h5_drop(attribute);
    char *text = texts && n ? texts[0] : NULL;
    if (texts && n) texts[0] = NULL;
    sah_h5_free_texts(texts, n);
    return text || h5->status ? text : copy_text(h5, NULL, 0);
}

/* ---- numbers ------------------------------------------------------------------- */

static bool get_number(struct sah_h5 *h5, hid_t object, const char *name, hid_t memory,
                       void *value) {
    if (!sah_h5_has_attribute(h5, object, name)) return false;
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    hid_t space = attribute < 0 ? -1 : H5Aget_space(attribute);
    bool single = space >= 0 && H5Sget_simple_extent_npoints(space) == 1;
    if (!single || H5Aread(attribute, memory, value) < 0)
        sah_h5_fail(h5, "read the attribute", name);
    sah_h5_drop(space);
    sah_h5_drop(attribute);
    return !h5->status;
}

double sah_h5_get_real(struct sah_h5 *h5, hid_t object, const char *name,
                       double otherwise) {
    double value;
    return get_number(h5, object, name, H5T_NATIVE_DOUBLE, &value) ? value : otherwise;
}

int64_t sah_h5_get_whole(struct sah_h5 *h5, hid_t object, const char *name,
                         int64_t otherwise) {
    int64_t value;
    return get_number(h5, object, name, H5T_NATIVE_INT64, &value) ? value : otherwise;
}

int sah_h5_extent(struct sah_h5 *h5, hid_t dataset, hsize_t extent[SAH_H5_RANK]) {
    if (h5->status) return 0;
    hid_t space = H5Dget_space(dataset);
    int rank = space < 0 ? -1 : H5Sget_simple_extent_ndims(space);
    if (rank < 0 || rank > SAH_H5_RANK) {
        sah_h5_fail(h5, "read", "the shape of a dataset");
        rank = 0;
    }
    if (rank > 0) H5Sget_simple_extent_dims(space, extent, NULL);
    sah_h5_drop(space);
    return rank;
}

size_t sah_h5_length(struct sah_h5 *h5, hid_t dataset) {
    hsize_t extent[SAH_H5_RANK];
    int rank = sah_h5_extent(h5, dataset, extent);
    size_t n = h5->status ? 0 : 1;
    for (int i = 0; i < rank; i++)
        if (__builtin_mul_overflow(n, extent[i], &n)) sah_h5_fail(h5, "use", "a shape");
    return h5->status ? 0 : n;
}

static bool same_class(hid_t type, enum sah_type ours) {
    hid_t memory = sah_h5_memory_type(ours);
    H5T_class_t class = H5Tget_class(type);
    if (class != H5Tget_class(memory) || H5Tget_size(type) != H5Tget_size(memory))
        return false;
    return class != H5T_INTEGER || H5Tget_sign(type) == H5Tget_sign(memory);
}

bool sah_h5_type_of(struct sah_h5 *h5, hid_t dataset, enum sah_type *type) {
    if (h5->status) return false;
    hid_t stored = H5Dget_type(dataset);
    bool found = false;
    if (stored < 0) sah_h5_fail(h5, "read", "the type of a dataset");
    for (int t = SAH_U8; !found && t <= SAH_F64; t++) {
        found = stored >= 0 && same_class(stored, (enum sah_type)t);
        if (found) *type = (enum sah_type)t;
    }
    sah_h5_drop(stored);
    return found;
}

void sah_h5_read(struct sah_h5 *h5, hid_t dataset, enum sah_type type, void *values) {
    if (h5->status || sah_h5_length(h5, dataset) == 0) return;
    if (H5Dread(dataset, sah_h5_memory_type(type), H5S_ALL, H5S_ALL, H5P_DEFAULT,
                values) < 0)
        sah_h5_fail(h5, "read", "a dataset");
}

void sah_h5_read_block(struct sah_h5 *h5, hid_t dataset, enum sah_type type,
                       const hsize_t *start, const hsize_t *count, void *values) {
    if (h5->status) return;
    hid_t space = H5Dget_space(dataset);
    hid_t memory = H5Screate_simple(H5Sget_simple_extent_ndims(space), count, NULL);
    H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, count, NULL);
    if (H5Dread(dataset, sah_h5_memory_type(type), memory, space, H5P_DEFAULT, values) <
        0)
        sah_h5_fail(h5, "read", "a dataset");
    sah_h5_drop(memory);
    sah_h5_drop(space);
}
