/* Result files that HDF5 finds sound and that say something else than a result does.
 *
 * Bytes that are no HDF5 seldom come past HDF5's own checks (fuzz_result.c). Here an
 * input is a list of changes to a small good result, made through HDF5 itself: members
 * removed, linked elsewhere, replaced by other shapes and types, attributes rewritten,
 * values overwritten. Then the program's questions are asked; the first byte chooses. */
#include "output/disk.h"
#include "output/seal.h"
#include "tests/fuzz/ask.h"
#include "tests/fuzz/fuzz.h"
#include "tests/output/toy.h"

#include <hdf5.h>

#include <stdlib.h>
#include <string.h>

enum { MOST_NAMES = 512, MOST_CHANGES = 12, NAME = 128 };

static struct {
    void *bytes; /* of the good file */
    size_t length;
    size_t npaths, nattributes;
    char path[MOST_NAMES][NAME];         /* of members, "/" first */
    char attribute[MOST_NAMES][2][NAME]; /* object, name */
} good;

/* ---- the good file ----------------------------------------------------------------- */

static herr_t keep_attribute(hid_t object, const char *name, const H5A_info_t *info,
                             void *path) {
    (void)object, (void)info;
    if (good.nattributes == MOST_NAMES) return 0;
    snprintf(good.attribute[good.nattributes][0], NAME, "%s", (const char *)path);
    snprintf(good.attribute[good.nattributes++][1], NAME, "%s", name);
    return 0;
}

static herr_t keep_member(hid_t root, const char *name, const H5O_info_t *info,
                          void *unused) {
    (void)info, (void)unused;
    if (good.npaths == MOST_NAMES) return 0;
    char *path = good.path[good.npaths++];
    snprintf(path, NAME, "%s", name);
    hid_t object = H5Oopen(root, name, H5P_DEFAULT);
    H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, NULL, keep_attribute, path);
    H5Oclose(object);
    return 0;
}

static void make_good(void) {
    struct toy toy;
    struct sah_error err = {0};
    char path[256];
    snprintf(path, sizeof path, "%s/good.h5", fuzz_folder());
    int status = toy_create(&toy, "2016-01-15", "2016-03-10", "{}", &err);
    if (!status) toy_lay_land(&toy);
    if (!status) status = toy_run(&toy, path, true, &err);
    if (!status) status = sah_disk_load(path, &good.bytes, &good.length, &err);
    if (status) {
        fputs(err.text ? err.text : "no toy", stderr);
        exit(EXIT_FAILURE);
    }
    toy_free(&toy);
    hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    H5Ovisit(file, H5_INDEX_NAME, H5_ITER_INC, keep_member, NULL);
    H5Fclose(file);
}

/* ---- changes ----------------------------------------------------------------------- */

struct reader {
    const uint8_t *at, *end;
};

static unsigned next(struct reader *reader) {
    return reader->at < reader->end ? *reader->at++ : 0;
}

static unsigned next_two(struct reader *reader) {
    unsigned low = next(reader);
    return low | next(reader) << 8;
}

/* Bytes of the input, as many as are asked for: repeated where it ends. */
static void fill(struct reader *reader, unsigned char *to, size_t length) {
    unsigned first = next(reader);
    for (size_t i = 0; i < length; i++)
        to[i] = (unsigned char)(reader->at < reader->end ? *reader->at++ : first);
}

static hid_t text_type(size_t size) {
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, size);
    return type;
}

/* A compound of two numbers, an array, an enum: types that no result has. */
static hid_t strange_type(unsigned which) {
    hid_t type;
    switch (which % 4) {
    case 0:
        type = H5Tcreate(H5T_COMPOUND, 12);
        H5Tinsert(type, "a", 0, H5T_STD_I32LE);
        H5Tinsert(type, "b", 4, H5T_IEEE_F64LE);
        return type;
    case 1:
        return H5Tarray_create2(H5T_STD_I16LE, 1, &(const hsize_t){3});
    case 2:
        type = H5Tenum_create(H5T_STD_I8LE);
        H5Tenum_insert(type, "x", &(const int8_t){1});
        return type;
    default:
        return H5Tcreate(H5T_OPAQUE, 5);
    }
}

static hid_t some_type(struct reader *reader) {
    unsigned which = next(reader) % 16;
    const hid_t plain[] = {H5T_STD_U8LE,   H5T_STD_I8LE,   H5T_STD_I16LE,
                           H5T_STD_U16BE,  H5T_STD_I32LE,  H5T_STD_U32LE,
                           H5T_STD_I64LE,  H5T_STD_U64LE,  H5T_IEEE_F32LE,
                           H5T_IEEE_F64LE, H5T_IEEE_F64BE, H5T_STD_REF_OBJ};
    if (which < sizeof plain / sizeof *plain) return H5Tcopy(plain[which]);
    if (which == 12) return text_type(1 + next(reader));
    if (which == 13) return text_type(H5T_VARIABLE);
    return strange_type(next(reader));
}

/* Extents from nothing to what no memory holds; returns the number of values. */
static hsize_t some_extent(struct reader *reader, int *rank, hsize_t extent[5]) {
    static const hsize_t large[] = {
        1000, 100000, 1 << 24, UINT64_C(1) << 33, UINT64_C(1) << 40, UINT64_C(1) << 62};
    *rank = (int)(next(reader) % 6);
    hsize_t n = 1;
    for (int i = 0; i < *rank; i++) {
        unsigned word = next(reader);
        extent[i] = word < 240 ? word % 30 : large[word % 6];
        n = extent[i] && n > UINT64_MAX / extent[i] ? UINT64_MAX : n * extent[i];
    }
    return n;
}

static hid_t some_space(struct reader *reader, hsize_t *n) {
    int rank;
    hsize_t extent[5];
    *n = some_extent(reader, &rank, extent);
    if (rank == 0) return H5Screate(next(reader) % 2 ? H5S_NULL : H5S_SCALAR);
    return H5Screate_simple(rank, extent, NULL);
}

/* Values for a write of `n` elements of a type; texts point at one text. */
static void *some_values(struct reader *reader, hid_t type, hsize_t n) {
    static char word[] = "hostile";
    size_t size = H5Tget_size(type);
    if (n > 10000 || size * n > 1000000) return NULL;
    void *values = calloc(n + 1, size);
    if (!values) exit(EXIT_FAILURE);
    if (H5Tis_variable_str(type) > 0)
        for (hsize_t i = 0; i < n; i++)
            ((char **)values)[i] = next(reader) % 8 ? word : NULL;
    else
        fill(reader, values, size * n);
    return values;
}

static void replace_dataset(struct reader *reader, hid_t file, const char *path) {
    hsize_t n;
    hid_t type = some_type(reader), space = some_space(reader, &n);
    hid_t list = H5Pcreate(H5P_DATASET_CREATE);
    int rank = H5Sget_simple_extent_ndims(space);
    if (n > 10000 && rank > 0) { /* what is not written takes no room */
        const hsize_t chunk[5] = {16, 16, 16, 16, 16};
        H5Pset_chunk(list, rank, chunk);
    }
    H5Ldelete(file, path, H5P_DEFAULT);
    hid_t dataset = H5Dcreate2(file, path, type, space, H5P_DEFAULT, list, H5P_DEFAULT);
    void *values = dataset < 0 ? NULL : some_values(reader, type, n);
    if (values) H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
    free(values);
    if (dataset >= 0) H5Dclose(dataset);
    H5Pclose(list);
    H5Sclose(space);
    H5Tclose(type);
}

static void overwrite_values(struct reader *reader, hid_t file, const char *path) {
    hid_t dataset = H5Dopen2(file, path, H5P_DEFAULT);
    if (dataset < 0) return;
    hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    hssize_t n = H5Sget_simple_extent_npoints(space);
    void *values = n > 0 ? some_values(reader, type, (hsize_t)n) : NULL;
    if (values) H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
    free(values);
    H5Sclose(space);
    H5Tclose(type);
    H5Dclose(dataset);
}

static void rewrite_attribute(struct reader *reader, hid_t file) {
    const char *const *which =
        (const char *const[]){good.attribute[next_two(reader) % good.nattributes][0],
                              good.attribute[next_two(reader) % good.nattributes][1]};
    unsigned how = next(reader);
    hid_t object = H5Oopen(file, which[0], H5P_DEFAULT);
    if (object < 0) return;
    H5Adelete(object, which[1]);
    if (how % 4) {
        hsize_t n = 1;
        hid_t type =
            how % 4 == 1 ? text_type(1 + next(reader) % 40) : some_type(reader);
        hid_t space = how % 4 == 3 ? some_space(reader, &n) : H5Screate(H5S_SCALAR);
        hid_t attribute = n > 10000 ? -1
                                    : H5Acreate2(object, which[1], type, space,
                                                 H5P_DEFAULT, H5P_DEFAULT);
        void *values = attribute < 0 ? NULL : some_values(reader, type, n);
        if (values) H5Awrite(attribute, type, values);
        free(values);
        if (attribute >= 0) H5Aclose(attribute);
        H5Sclose(space);
        H5Tclose(type);
    }
    H5Oclose(object);
}

static void link_elsewhere(struct reader *reader, hid_t file, const char *path) {
    const char *to = good.path[next(reader) % good.npaths];
    unsigned how = next(reader) % 4;
    H5Ldelete(file, path, H5P_DEFAULT);
    if (how == 0) H5Lcreate_soft(to, file, path, H5P_DEFAULT, H5P_DEFAULT);
    if (how == 1) H5Lcreate_soft("/nowhere", file, path, H5P_DEFAULT, H5P_DEFAULT);
    if (how == 2)
        H5Lcreate_external("/dev/null", "/", file, path, H5P_DEFAULT, H5P_DEFAULT);
    if (how == 3) H5Lcreate_hard(file, to, file, path, H5P_DEFAULT, H5P_DEFAULT);
}

/* A group that holds the root again. */
static void make_ring(hid_t file, const char *path) {
    hid_t group = H5Gcreate2(file, path, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    if (group < 0) return;
    H5Lcreate_hard(file, "/", group, "ring", H5P_DEFAULT, H5P_DEFAULT);
    H5Gclose(group);
}

static void change(struct reader *reader, hid_t file) {
    const char *path = good.path[1 + next_two(reader) % (good.npaths - 1)];
    switch (next(reader) % 8) {
    case 0:
        H5Ldelete(file, path, H5P_DEFAULT);
        break;
    case 1:
        link_elsewhere(reader, file, path);
        break;
    case 2:
    case 3:
        replace_dataset(reader, file, path);
        break;
    case 4:
        overwrite_values(reader, file, path);
        break;
    case 5:
        H5Ldelete(file, path, H5P_DEFAULT);
        make_ring(file, path);
        break;
    default:
        rewrite_attribute(reader, file);
        break;
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    make_good();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char path[256];
    snprintf(path, sizeof path, "%s", fuzz_file("layout.h5", good.bytes, good.length));
    struct reader reader = {data, data + size};
    unsigned which = next(&reader);
    hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    for (int i = 0; i < MOST_CHANGES && reader.at < reader.end; i++)
        change(&reader, file);
    H5Fclose(file);
    sah_seal_write(path, NULL);
    fuzz_ask(path, which);
    return 0;
}
