/* Datasets with the attributes and dimension scales that netCDF-4 readers look for. */
#include "output/h5.h"

#include "output/chunk.h"
#include "output/store.h"

#include <hdf5_hl.h>
#include <stdio.h>
#include <string.h>

enum { TINY_BYTES = 4096, WHOLE_CHUNK_BYTES = 1 << 22 };

/* The name netCDF-4 gives to a dimension that has no coordinate variable. */
#define BARE_DIMENSION "This is a netCDF dimension but not a netCDF variable.%10zu"

static hsize_t extent_of(hid_t scale) {
    hsize_t extent = 0;
    hid_t space = H5Dget_space(scale);
    if (space >= 0) H5Sget_simple_extent_dims(space, &extent, NULL);
    sah_h5_drop(space);
    return extent;
}

static hid_t creation_list(void) {
    hid_t list = H5Pcreate(H5P_DATASET_CREATE);
    sah_h5_keep_order(list);
    return list;
}

static hid_t create_dataset(struct sah_h5 *h5, hid_t group, const char *name,
                            hid_t type, int rank, const hsize_t *extent, hid_t list) {
    if (h5->status) return -1;
    hid_t space = rank ? H5Screate_simple(rank, extent, NULL) : H5Screate(H5S_SCALAR);
    hid_t dataset =
        H5Dcreate2(group, name, type, space, H5P_DEFAULT, list, H5P_DEFAULT);
    if (dataset < 0) sah_h5_fail(h5, "create", name);
    sah_h5_drop(space);
    return dataset;
}

/* Chunked and compressed, unless so small that it would only grow. */
static void set_storage(hid_t list, const struct sah_h5_variable *v,
                        const hsize_t *extent) {
    hsize_t bytes = sah_type_size(v->type), chunk[SAH_H5_RANK],
            left = WHOLE_CHUNK_BYTES;
    for (int i = 0; i < v->rank; i++) bytes *= extent[i];
    if (bytes <= TINY_BYTES) return;
    for (int i = v->rank - 1; i >= 0; i--) {
        hsize_t most = left / sah_type_size(v->type);
        chunk[i] = v->chunk[i] ? v->chunk[i] : extent[i] < most ? extent[i] : most;
        if (chunk[i] > extent[i]) chunk[i] = extent[i];
        if (chunk[i] < 1) chunk[i] = 1;
        left /= chunk[i];
    }
    H5Pset_chunk(list, v->rank, chunk);
    if (sah_type_size(v->type) > 1) H5Pset_shuffle(list);
    H5Pset_deflate(list, SAH_DEFLATE_LEVEL);
}

/* One source: `rank` dimensions of ours, the leading ones its rows. */
static void set_source(struct sah_h5 *h5, hid_t list, const struct sah_h5_sources *of,
                       const struct sah_h5_source *source, int rank,
                       const hsize_t *extent) {
    int lead = of->lead;
    hsize_t start[SAH_H5_RANK] = {0}, count[SAH_H5_RANK], all[SAH_H5_RANK],
            from[SAH_H5_RANK] = {0}, some[SAH_H5_RANK];
    all[0] = source->rows;
    from[0] = source->row;
    some[0] = 1;
    for (int i = 0; i < rank; i++) {
        count[i] = i < lead ? source->count[i] : extent[i];
        if (i < lead) start[i] = source->start[i];
        if (i < lead) some[0] *= count[i];
        if (i >= lead) all[i - lead + 1] = some[i - lead + 1] = extent[i];
    }
    hid_t ours = H5Screate_simple(rank, extent, NULL);
    hid_t theirs = H5Screate_simple(rank - lead + 1, all, NULL);
    H5Sselect_hyperslab(ours, H5S_SELECT_SET, start, NULL, count, NULL);
    H5Sselect_hyperslab(theirs, H5S_SELECT_SET, from, NULL, some, NULL);
    if (H5Pset_virtual(list, ours, source->file, of->dataset, theirs) < 0)
        sah_h5_fail(h5, "point into", source->file);
    sah_h5_drop(ours);
    sah_h5_drop(theirs);
}

static void set_sources(struct sah_h5 *h5, hid_t list, const struct sah_h5_variable *v,
                        const hsize_t *extent) {
    H5Pset_layout(list, H5D_VIRTUAL);
    for (size_t i = 0; i < v->of->n && !h5->status; i++)
        set_source(h5, list, v->of, &v->of->source[i], v->rank, extent);
}

static void put_fill(struct sah_h5 *h5, hid_t dataset, enum sah_type type) {
    uint64_t fill;
    sah_store_fill(type, &fill);
    sah_h5_numbers(h5, dataset, "_FillValue", type, &fill, 1);
}

static void attach(struct sah_h5 *h5, hid_t dataset, const hid_t *dim, int rank,
                   const char *name) {
    for (int i = 0; i < rank && !h5->status; i++)
        if (H5DSattach_scale(dataset, dim[i], (unsigned)i) < 0)
            sah_h5_fail(h5, "give dimensions to", name);
}

hid_t sah_h5_variable(struct sah_h5 *h5, hid_t group, const struct sah_h5_variable *v) {
    if (h5->status) return -1;
    hsize_t extent[SAH_H5_RANK] = {0};
    for (int i = 0; i < v->rank; i++) extent[i] = extent_of(v->dim[i]);
    hid_t list = creation_list(), type = sah_h5_memory_type(v->type);
    if (v->of)
        set_sources(h5, list, v, extent);
    else
        set_storage(list, v, extent);
    if (v->fill) {
        uint64_t fill;
        sah_store_fill(v->type, &fill);
        H5Pset_fill_value(list, type, &fill);
    }
    hid_t dataset = create_dataset(h5, group, v->name, type, v->rank, extent, list);
    sah_h5_drop(list);
    if (v->fill) put_fill(h5, dataset, v->type);
    sah_h5_text(h5, dataset, "long_name", v->doc);
    sah_h5_text(h5, dataset, "units", v->unit);
    attach(h5, dataset, v->dim, v->rank, v->name);
    return dataset;
}

/* For so many texts at once: HDF5 would clear two buffers of a megabyte for any. */
static hid_t few_texts(void) {
    hid_t list = H5Pcreate(H5P_DATASET_XFER);
    H5Pset_buffer(list, (size_t)16 << 10, NULL, NULL);
    return list;
}

static hid_t create_strings(struct sah_h5 *h5, hid_t group, const char *name, int rank,
                            size_t n, const char *const *texts) {
    if (h5->status) return -1;
    hid_t list = creation_list(), type = sah_h5_string_type(), how = few_texts();
    hid_t dataset = create_dataset(h5, group, name, type, rank, &(hsize_t){n}, list);
    if (!h5->status && n > 0 &&
        H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, how, texts) < 0)
        sah_h5_fail(h5, "write", name);
    sah_h5_drop(how);
    sah_h5_drop(type);
    sah_h5_drop(list);
    return dataset;
}

hid_t sah_h5_strings(struct sah_h5 *h5, hid_t group, const char *name, const char *doc,
                     hid_t dim, const char *const *texts, size_t n) {
    hid_t dataset = create_strings(h5, group, name, 1, n, texts);
    sah_h5_text(h5, dataset, "long_name", doc);
    attach(h5, dataset, &dim, 1, name);
    return dataset;
}

void sah_h5_document(struct sah_h5 *h5, hid_t group, const char *name, const char *doc,
                     const char *text) {
    hid_t dataset = create_strings(h5, group, name, 0, 1, &text);
    sah_h5_text(h5, dataset, "long_name", doc);
    sah_h5_drop(dataset);
}

static void make_scale(struct sah_h5 *h5, hid_t dataset, const char *name) {
    if (!h5->status && H5DSset_scale(dataset, name) < 0)
        sah_h5_fail(h5, "make a dimension of", name);
}

hid_t sah_h5_dimension(struct sah_h5 *h5, hid_t group, const char *name, size_t n) {
    char text[96];
    snprintf(text, sizeof text, BARE_DIMENSION, n);
    hid_t list = creation_list();
    hid_t dataset =
        create_dataset(h5, group, name, H5T_IEEE_F32BE, 1, &(hsize_t){n}, list);
    sah_h5_drop(list);
    make_scale(h5, dataset, text);
    return dataset;
}

hid_t sah_h5_coordinate(struct sah_h5 *h5, hid_t group, const char *name,
                        const char *unit, const char *doc, enum sah_type type,
                        const void *values, size_t n) {
    if (h5->status) return -1;
    hid_t list = creation_list();
    hid_t dataset = create_dataset(h5, group, name, sah_h5_memory_type(type), 1,
                                   &(hsize_t){n}, list);
    sah_h5_drop(list);
    make_scale(h5, dataset, name);
    sah_h5_text(h5, dataset, "long_name", doc);
    sah_h5_text(h5, dataset, "units", unit);
    sah_h5_write(h5, dataset, type, values);
    return dataset;
}

hid_t sah_h5_names(struct sah_h5 *h5, hid_t group, const char *name, const char *doc,
                   const char *const *texts, size_t n) {
    hid_t dataset = create_strings(h5, group, name, 1, n, texts);
    make_scale(h5, dataset, name);
    sah_h5_text(h5, dataset, "long_name", doc);
    return dataset;
}

static void dataset_name(hid_t dataset, char *name, size_t size) {
    if (H5Iget_name(dataset, name, size) <= 0) snprintf(name, size, "a dataset");
}

static void fail_to_write(struct sah_h5 *h5, hid_t dataset) {
    char name[128];
    dataset_name(dataset, name, sizeof name);
    sah_h5_fail(h5, "write", name);
}

static bool is_empty(hid_t dataset) {
    hid_t space = H5Dget_space(dataset);
    bool empty = H5Sget_simple_extent_npoints(space) == 0;
    sah_h5_drop(space);
    return empty;
}

void sah_h5_write(struct sah_h5 *h5, hid_t dataset, enum sah_type type,
                  const void *values) {
    if (h5->status || is_empty(dataset)) return;
    if (H5Dwrite(dataset, sah_h5_memory_type(type), H5S_ALL, H5S_ALL, H5P_DEFAULT,
                 values) < 0)
        fail_to_write(h5, dataset);
}

void sah_h5_write_block(struct sah_h5 *h5, hid_t dataset, enum sah_type type,
                        const hsize_t *start, const hsize_t *count,
                        const void *values) {
    if (h5->status) return;
    hid_t space = H5Dget_space(dataset);
    int rank = H5Sget_simple_extent_ndims(space);
    hid_t memory = H5Screate_simple(rank, count, NULL);
    H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, count, NULL);
    herr_t written =
        H5Dwrite(dataset, sah_h5_memory_type(type), memory, space, H5P_DEFAULT, values);
    if (written < 0) fail_to_write(h5, dataset);
    sah_h5_drop(memory);
    sah_h5_drop(space);
}

bool sah_h5_has_chunks(hid_t dataset) {
    hid_t list = H5Dget_create_plist(dataset);
    bool chunked = H5Pget_layout(list) == H5D_CHUNKED;
    sah_h5_drop(list);
    return chunked;
}

void sah_h5_write_chunk(struct sah_h5 *h5, hid_t dataset, const hsize_t *start,
                        const void *packed, size_t bytes) {
    if (h5->status) return;
    /* NOLINTNEXTLINE(readability-suspicious-call-argument): data_set is no data_size */
    if (H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, start, bytes, packed) < 0)
        fail_to_write(h5, dataset);
}
