/* Attributes, members and datasets, whatever form of string they were written in. */
#include "output/h5_read.h"

#include "sim/kernel/calendar.h"

#include <hdf5_hl.h>

#include <stdlib.h>
#include <string.h>

void *sah_h5_room(struct sah_h5 *h5, size_t n, size_t size) {
    if (h5->status) return NULL;
    void *room = n < SIZE_MAX ? calloc(n + 1, size) : NULL;
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

/* ---- bounds -------------------------------------------------------------------- */

/* What a file says of its size is not believed beyond what its bytes can hold: deflate
 * shrinks zeros to 1/1032. Bare dimensions have a size and no bytes. */
enum { MOST_SHRUNK = 1032, SMALL_BYTES = 1 << 16 };
static const double most_at_once = 4294967296.0; /* values of one dataset */

/* All of a dataset or of one of its chunks, as doubles: they cannot overflow. */
static double claimed_bytes(hid_t dataset, hid_t list) {
    hsize_t chunk[H5S_MAX_RANK];
    hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    hsize_t extent[H5S_MAX_RANK];
    int rank = H5Sget_simple_extent_dims(space, extent, NULL);
    double size = (double)H5Tget_size(type), all = size, one = size;
    for (int i = 0; i < rank; i++) all *= (double)extent[i];
    if (H5Pget_layout(list) == H5D_CHUNKED)
        rank = H5Pget_chunk(list, H5S_MAX_RANK, chunk);
    else
        rank = 0;
    for (int i = 0; i < rank; i++) one *= (double)chunk[i];
    sah_h5_drop(space);
    sah_h5_drop(type);
    return one > all ? one : all;
}

static double file_bytes(const struct sah_h5 *h5) {
    hsize_t size = 0;
    return H5Fget_filesize(h5->file, &size) < 0 ? 0 : (double)size;
}

/* Is all of a dataset in this file, and no more than can be? */
static void check_bounds(struct sah_h5 *h5, hid_t dataset, const char *name) {
    hid_t list = H5Dget_create_plist(dataset);
    double stored = (double)H5Dget_storage_size(dataset), whole = file_bytes(h5);
    bool trusted = stored > 0 && stored < whole;
    double most = MOST_SHRUNK * (trusted ? stored : whole) + SMALL_BYTES;
    const char *wrong = NULL;
    if (list < 0 || H5Pget_layout(list) == H5D_VIRTUAL || H5Pget_external_count(list))
        wrong = "lies in another file";
    else if (claimed_bytes(dataset, list) > most)
        wrong = "claims more values than the file can hold";
    if (wrong)
        h5->status =
            sah_error_add(h5->err, SAH_FORMAT, "%s: %s %s", h5->path, name, wrong);
    sah_h5_drop(list);
}

hid_t sah_h5_object(struct sah_h5 *h5, hid_t at, const char *path) {
    if (h5->status) return -1;
    hid_t object = H5Oopen(at, path, H5P_DEFAULT);
    if (object < 0)
        sah_h5_fail(h5, "read", path);
    else if (H5Iget_type(object) == H5I_DATASET)
        check_bounds(h5, object, path);
    if (!h5->status) return object;
    sah_h5_drop(object);
    return -1;
}

size_t sah_h5_members(struct sah_h5 *h5, hid_t group) {
    H5G_info_t info = {0};
    if (!h5->status && H5Gget_info(group, &info) < 0)
        sah_h5_fail(h5, "list", "a group");
    return h5->status ? 0 : (size_t)info.nlinks;
}

/* Members and attributes come in the order they were made, where the file keeps it. It is
 * asked for: that one cannot be read is no reason to number it by another order. */
static H5_index_t order_of(struct sah_h5 *h5, hid_t made,
                           herr_t (*ask)(hid_t, unsigned *), const char *what) {
    unsigned kept = 0;
    if (made < 0 || ask(made, &kept) < 0) sah_h5_fail(h5, "list", what);
    sah_h5_drop(made);
    return (kept & H5P_CRT_ORDER_TRACKED) ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
}

static hid_t made_as(hid_t object) {
    H5I_type_t kind = H5Iget_type(object);
    return kind == H5I_GROUP     ? H5Gget_create_plist(object)
           : kind == H5I_DATASET ? H5Dget_create_plist(object)
                                 : H5Tget_create_plist(object);
}

char *sah_h5_member(struct sah_h5 *h5, hid_t group, size_t i) {
    H5_index_t by = order_of(h5, made_as(group), H5Pget_link_creation_order, "a group");
    if (h5->status) return NULL;
    ssize_t length =
        H5Lget_name_by_idx(group, ".", by, H5_ITER_INC, i, NULL, 0, H5P_DEFAULT);
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
    H5_index_t by =
        order_of(h5, made_as(object), H5Pget_attr_creation_order, "attributes");
    if (h5->status) return NULL;
    ssize_t length =
        H5Aget_name_by_idx(object, ".", by, H5_ITER_INC, i, NULL, 0, H5P_DEFAULT);
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

/* Texts of variable length lie in the file as they are: all together cannot be longer
 * than it, unless many places lead to one text. */
struct purse {
    size_t left;
    bool empty; /* no memory */
};

static void *take_text(size_t size, void *from) {
    struct purse *purse = from;
    if (size > purse->left) return NULL;
    purse->left -= size;
    void *text = malloc(size);
    if (!text) purse->empty = true;
    return text;
}

static void drop_text(void *text, void *from) {
    (void)from;
    free(text);
}

static void fetch(struct sah_h5 *h5, const struct text_source *from, void *raw) {
    struct purse purse = {.left = (size_t)file_bytes(h5) + SMALL_BYTES};
    hid_t list = H5Pcreate(H5P_DATASET_XFER);
    H5Pset_vlen_mem_manager(list, take_text, &purse, drop_text, NULL);
    herr_t read = from->attribute >= 0
                      ? H5Aread(from->attribute, from->type, raw)
                      : H5Dread(from->dataset, from->type, H5S_ALL, H5S_ALL, list, raw);
    if (read < 0 && purse.empty)
        h5->status =
            sah_error_add(h5->err, SAH_MEMORY, "%s: no memory to read it", h5->path);
    else if (read < 0)
        sah_h5_fail(h5, "read", "a text");
    sah_h5_drop(list);
}

static char **read_texts(struct sah_h5 *h5, const struct text_source *from, size_t *n) {
    hssize_t count = H5Sget_simple_extent_npoints(from->space);
    bool is_text = H5Tget_class(from->type) == H5T_STRING;
    bool variable = is_text && H5Tis_variable_str(from->type) > 0;
    size_t size = H5Tget_size(from->type);
    *n = count > 0 ? (size_t)count : 0;
    if (!is_text) sah_h5_fail(h5, "read", "a number as text");
    if (variable && from->attribute >= 0 && *n > 1) sah_h5_fail(h5, "read", "texts");
    char **texts = NULL;
    void *raw = sah_h5_room(h5, *n, size);
    if (raw && *n) fetch(h5, from, raw);
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

char **sah_h5_take_texts(struct sah_h5 *h5, const char *path, size_t n) {
    size_t found = 0;
    hid_t dataset = sah_h5_object(h5, h5->file, path);
    char **texts = sah_h5_read_texts(h5, dataset, &found);
    sah_h5_drop(dataset);
    if (!h5->status && found != n)
        h5->status = sah_error_add(h5->err, SAH_FORMAT, "%s: %s has %zu rows, not %zu",
                                   h5->path, path, found, n);
    if (!h5->status) return texts;
    sah_h5_free_texts(texts, found);
    return NULL;
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

int32_t sah_h5_get_day(struct sah_h5 *h5, hid_t object, const char *name) {
    int32_t day = 0;
    char *text = sah_h5_get_text(h5, object, name);
    if (!h5->status && !sah_day_parse(text, &day))
        h5->status = sah_error_add(h5->err, SAH_FORMAT, "%s: attribute %s is no date",
                                   h5->path, name);
    free(text);
    return day;
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
    double value = otherwise;
    return get_number(h5, object, name, H5T_NATIVE_DOUBLE, &value) ? value : otherwise;
}

int64_t sah_h5_get_whole(struct sah_h5 *h5, hid_t object, const char *name,
                         int64_t otherwise) {
    int64_t value = otherwise;
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
    double all = h5->status ? 0 : 1;
    for (int i = 0; i < rank; i++) all *= (double)extent[i];
    if (all > most_at_once) sah_h5_fail(h5, "read at once", "so large a dataset");
    return h5->status ? 0 : (size_t)all;
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
