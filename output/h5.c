/* Files, groups and attributes; datasets stand in h5_dataset.c. */
#include "output/h5.h"

#include "output/disk.h"
#include "output/seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* HDF5 is opened once, keeps its messages to itself and is not torn down at exit: what
 * could not be written must not be tried again then. Where it does not come up it must
 * not be called again. */
static int quiet(struct sah_error *err) {
    static bool done, good;
    if (!done) {
        done = true;
        H5dont_atexit();
        good = H5open() >= 0;
        if (good) {
            H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
            H5Lunregister(H5L_TYPE_EXTERNAL); /* a result never leads to other files */
            H5PLset_loading_state(0);         /* nor to other programs */
        }
    }
    return good ? SAH_OK : sah_error_add(err, SAH_MEMORY, "no memory for HDF5");
}

struct reason {
    char text[160];
    bool memory; /* was wanting */
};

/* Keeps the deepest message, of a system error only its own words. */
static herr_t keep_first(unsigned n, const H5E_error2_t *entry, void *data) {
    struct reason *reason = data;
    if (entry->min_num == H5E_NOSPACE || entry->min_num == H5E_CANTALLOC)
        reason->memory = true;
    if (n > 0 || !entry->desc) return 0;
    const char *words = strstr(entry->desc, "error message = '");
    words = words ? words + strlen("error message = '") : entry->desc;
    snprintf(reason->text, sizeof reason->text, "%.*s", (int)strcspn(words, "'"),
             words);
    return 0;
}

static struct reason last_reason(void) {
    struct reason reason = {.text = "reason unknown"};
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &reason);
    return reason;
}

int sah_h5_fail(struct sah_h5 *h5, const char *what, const char *name) {
    if (h5->status) return h5->status;
    struct reason reason = last_reason();
    h5->status =
        sah_error_add(h5->err, reason.memory ? SAH_MEMORY : h5->blame,
                      "%s: cannot %s %s: %s", h5->path, what, name, reason.text);
    return h5->status;
}

/* Access by the format of HDF5 1.8, which every reader of today knows; `newest` where
 * something in the file needs more. */
static hid_t access_list(H5F_libver_t newest) {
    hid_t list = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_libver_bounds(list, H5F_LIBVER_V18, newest);
    H5Pset_fclose_degree(list, H5F_CLOSE_STRONG);
    return list;
}

/* Links and attributes in creation order, up to so many in the header of their object:
 * what HDF5 puts into heaps beyond its default of eight is larger, and 1.10 cannot
 * change an attribute there. */
enum { MOST_COMPACT = 60, LEAST_DENSE = 50 };

void sah_h5_keep_order(hid_t list) {
    H5Pset_attr_creation_order(list, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_attr_phase_change(list, MOST_COMPACT, LEAST_DENSE);
    H5Pset_obj_track_times(list, false);
}

static hid_t group_list(hid_t kind) {
    hid_t list = H5Pcreate(kind);
    H5Pset_link_creation_order(list, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_link_phase_change(list, MOST_COMPACT, LEAST_DENSE);
    sah_h5_keep_order(list);
    return list;
}

/* Closing a dataset writes the blocks it still holds; one that failed is told when the
 * file is closed. One file is written at a time. */
static struct reason lost;

static int create(struct sah_h5 *h5, const char *path, const char *shown,
                  H5F_libver_t newest, struct sah_error *err) {
    *h5 = (struct sah_h5){.file = -1, .path = shown, .err = err, .blame = SAH_IO};
    lost = (struct reason){0};
    h5->status = quiet(err);
    if (h5->status) return h5->status;
    hid_t create = group_list(H5P_FILE_CREATE), access = access_list(newest);
    h5->file = H5Fcreate(path, H5F_ACC_TRUNC, create, access);
    if (h5->file < 0) sah_h5_fail(h5, "create", path);
    sah_h5_drop(create);
    sah_h5_drop(access);
    return h5->status;
}

int sah_h5_create(struct sah_h5 *h5, const char *path, const char *shown,
                  struct sah_error *err) {
    return create(h5, path, shown, H5F_LIBVER_V18, err);
}

int sah_h5_create_virtual(struct sah_h5 *h5, const char *path, const char *shown,
                          struct sah_error *err) {
    return create(h5, path, shown, H5F_LIBVER_V110, err);
}

static int cannot_open(const char *path, struct sah_error *err) {
    struct reason reason = last_reason();
    if (reason.memory)
        return sah_error_add(err, SAH_MEMORY, "%s: no memory to read it", path);
    return sah_error_add(err, SAH_FORMAT, "%s: is damaged or cut short: %s", path,
                         reason.text);
}

/* What is wrong before HDF5 looks at it. */
static int check_plain(const char *path, struct sah_error *err) {
    struct stat info;
    if (stat(path, &info) != 0) return sah_disk_fail(err, path, "open");
    if (!S_ISREG(info.st_mode))
        return sah_error_add(err, SAH_FORMAT, "%s: is not a regular file", path);
    if (access(path, R_OK) != 0) return sah_disk_fail(err, path, "open");
    htri_t ours = H5Fis_hdf5(path);
    if (ours > 0) return SAH_OK;
    if (ours < 0) return cannot_open(path, err);
    return sah_error_add(err, SAH_FORMAT, "%s: is no HDF5 file", path);
}

int sah_h5_open(struct sah_h5 *h5, const char *path, struct sah_error *err) {
    *h5 = (struct sah_h5){.file = -1, .path = path, .err = err, .blame = SAH_FORMAT};
    h5->status = quiet(err);
    if (!h5->status) h5->status = check_plain(path, err);
    if (!h5->status) h5->status = sah_seal_check(path, err);
    if (h5->status) return h5->status;
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    h5->file = H5Fopen(path, H5F_ACC_RDONLY, access);
    if (h5->file < 0) h5->status = cannot_open(path, err);
    sah_h5_drop(access);
    return h5->status;
}

/* Where the open file lies, which is not where it will be; caller frees. */
static char *name_of(struct sah_h5 *h5) {
    ssize_t length = H5Fget_name(h5->file, NULL, 0);
    char *name = length > 0 ? malloc((size_t)length + 1) : NULL;
    if (name) H5Fget_name(h5->file, name, (size_t)length + 1);
    if (!name && !h5->status)
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for a path");
    return name;
}

int sah_h5_close(struct sah_h5 *h5) {
    if (h5->file < 0) return h5->status;
    char *written = h5->blame == SAH_IO ? name_of(h5) : NULL;
    if (!h5->status && written && H5Fflush(h5->file, H5F_SCOPE_GLOBAL) < 0)
        sah_h5_fail(h5, "write", "the last blocks");
    if (!h5->status && h5->blame == SAH_IO && *lost.text)
        h5->status =
            sah_error_add(h5->err, lost.memory ? SAH_MEMORY : SAH_IO,
                          "%s: cannot write all blocks: %s", h5->path, lost.text);
    if (H5Fclose(h5->file) < 0) sah_h5_fail(h5, "close", "the file");
    h5->file = -1;
    if (!h5->status && written) h5->status = sah_seal_write(written, h5->err);
    free(written);
    return h5->status;
}

void sah_h5_drop(hid_t id) {
    if (id >= 0 && H5Idec_ref(id) < 0 && !*lost.text) lost = last_reason();
}

hid_t sah_h5_group(struct sah_h5 *h5, hid_t parent, const char *name) {
    if (h5->status) return -1;
    hid_t list = group_list(H5P_GROUP_CREATE);
    hid_t group = H5Gcreate2(parent, name, H5P_DEFAULT, list, H5P_DEFAULT);
    if (group < 0) sah_h5_fail(h5, "create the group", name);
    sah_h5_drop(list);
    return group;
}

/* Writes an attribute of a made-up type and space; closes both. */
static void put_attribute(struct sah_h5 *h5, hid_t object, const char *name, hid_t type,
                          hid_t memory, hid_t space, const void *value) {
    hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute < 0 || H5Awrite(attribute, memory, value) < 0)
        sah_h5_fail(h5, "write the attribute", name);
    sah_h5_drop(attribute);
    sah_h5_drop(space);
}

void sah_h5_text(struct sah_h5 *h5, hid_t object, const char *name, const char *text) {
    if (h5->status || !text) return;
    size_t length = strlen(text);
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, length ? length : 1);
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    H5Tset_cset(type, H5T_CSET_UTF8);
    put_attribute(h5, object, name, type, type, H5Screate(H5S_SCALAR), text);
    sah_h5_drop(type);
}

void sah_h5_numbers(struct sah_h5 *h5, hid_t object, const char *name,
                    enum sah_type type, const void *values, size_t n) {
    if (h5->status) return;
    hid_t memory = sah_h5_memory_type(type);
    put_attribute(h5, object, name, memory, memory,
                  H5Screate_simple(1, &(hsize_t){n}, NULL), values);
}

void sah_h5_whole(struct sah_h5 *h5, hid_t object, const char *name, int64_t value) {
    sah_h5_numbers(h5, object, name, SAH_I64, &value, 1);
}

void sah_h5_real(struct sah_h5 *h5, hid_t object, const char *name, double value) {
    sah_h5_numbers(h5, object, name, SAH_F64, &value, 1);
}

hid_t sah_h5_memory_type(enum sah_type type) {
    switch (type) {
    case SAH_U8:
        return H5T_NATIVE_UINT8;
    case SAH_I8:
        return H5T_NATIVE_INT8;
    case SAH_I16:
        return H5T_NATIVE_INT16;
    case SAH_U16:
        return H5T_NATIVE_UINT16;
    case SAH_I32:
        return H5T_NATIVE_INT32;
    case SAH_U32:
        return H5T_NATIVE_UINT32;
    case SAH_I64:
        return H5T_NATIVE_INT64;
    case SAH_U64:
        return H5T_NATIVE_UINT64;
    case SAH_F32:
        return H5T_NATIVE_FLOAT;
    case SAH_F64:
        return H5T_NATIVE_DOUBLE;
    }
    return -1;
}

hid_t sah_h5_string_type(void) {
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}
