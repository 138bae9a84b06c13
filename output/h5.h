/* Small helpers over HDF5: what a well-behaved netCDF-4 file needs, told in our words.
 *
 * A `struct sah_h5` remembers the first failure; calls after it do nothing and give -1,
 * so that a list of calls needs one check at its end. Ids are closed with
 * sah_h5_drop. HDF5's own messages are silenced. */
#ifndef SAH_OUTPUT_H5_H
#define SAH_OUTPUT_H5_H
#include "sim/kernel/error.h"
#include "sim/kernel/type.h"

#include <hdf5.h>

struct sah_h5 {
    hid_t file;
    const char *path; /* in messages */
    struct sah_error *err;
    int status;
    int blame; /* code of a failure: SAH_IO when writing, SAH_FORMAT when reading */
};

/* A new file, replacing one of that name; `shown` stands in messages for it. */
int sah_h5_create(struct sah_h5 *h5, const char *path, const char *shown,
                  struct sah_error *err);
/* The same, that may hold virtual datasets: only readers of HDF5 1.10 and newer know them. */
int sah_h5_create_virtual(struct sah_h5 *h5, const char *path, const char *shown,
                          struct sah_error *err);
/* An existing one to be read; told apart: missing, no HDF5 file, damaged (seal.h). `path` must
 * outlive it. */
int sah_h5_open(struct sah_h5 *h5, const char *path, struct sah_error *err);
/* Closes all that is still open in the file and seals one that was written; returns the
 * first failure. */
int sah_h5_close(struct sah_h5 *h5);
void sah_h5_drop(hid_t id); /* closes an id of any kind; -1 is nothing */

/* Remembers a failure of HDF5 while doing `what` with `name`. */
int sah_h5_fail(struct sah_h5 *h5, const char *what, const char *name);

/* For creation lists of objects: netCDF-4 numbers dimensions and variables by creation
 * order; equal runs must give equal files, so no time of creation. */
void sah_h5_keep_order(hid_t list);

hid_t sah_h5_group(struct sah_h5 *h5, hid_t parent, const char *name);
hid_t sah_h5_memory_type(enum sah_type type);
hid_t sah_h5_string_type(void); /* of variable length, UTF-8; caller drops */

/* Attributes of an object. */
void sah_h5_text(struct sah_h5 *h5, hid_t object, const char *name, const char *text);
void sah_h5_numbers(struct sah_h5 *h5, hid_t object, const char *name,
                    enum sah_type type, const void *values, size_t n);
void sah_h5_whole(struct sah_h5 *h5, hid_t object, const char *name, int64_t value);
void sah_h5_real(struct sah_h5 *h5, hid_t object, const char *name, double value);

enum { SAH_H5_RANK = 6 };

/* Rows of another file that stand for a block of the first dimensions. */
enum { SAH_H5_FILE = 64 };
struct sah_h5_source {
    char file[SAH_H5_FILE];     /* as seen from ours */
    hsize_t rows, row;          /* of the source: all, and the first that is meant */
    hsize_t start[2], count[2]; /* of the block; rows run through it in order */
};
struct sah_h5_sources {
    const char *dataset; /* its path in every file */
    int lead;            /* dimensions that the rows make: 1 or 2 */
    size_t n;
    const struct sah_h5_source *source;
};

/* A variable over dimensions; each is the id of a scale, which also gives its extent.
 */
struct sah_h5_variable {
    const char *name, *unit, *doc; /* unit and doc may be NULL */
    enum sah_type type;
    int rank;
    hid_t dim[SAH_H5_RANK];
    hsize_t chunk[SAH_H5_RANK];      /* all 0: whole, compressed when not tiny */
    bool fill;                       /* may be undefined somewhere */
    const struct sah_h5_sources *of; /* virtual: lies in other files; else NULL */
};
hid_t sah_h5_variable(struct sah_h5 *h5, hid_t group,
                      const struct sah_h5_variable *variable);
hid_t sah_h5_strings(struct sah_h5 *h5, hid_t group, const char *name, const char *doc,
                     hid_t dim, const char *const *texts, size_t n);
/* One text of any length, without dimension. */
void sah_h5_document(struct sah_h5 *h5, hid_t group, const char *name, const char *doc,
                     const char *text);

/* Dimensions: bare; with numbers as coordinates; with names as coordinates. */
hid_t sah_h5_dimension(struct sah_h5 *h5, hid_t group, const char *name, size_t n);
hid_t sah_h5_coordinate(struct sah_h5 *h5, hid_t group, const char *name,
                        const char *unit, const char *doc, enum sah_type type,
                        const void *values, size_t n);
hid_t sah_h5_names(struct sah_h5 *h5, hid_t group, const char *name, const char *doc,
                   const char *const *texts, size_t n);

/* All values, and the block that begins at `start`. */
void sah_h5_write(struct sah_h5 *h5, hid_t dataset, enum sah_type type,
                  const void *values);
void sah_h5_write_block(struct sah_h5 *h5, hid_t dataset, enum sah_type type,
                        const hsize_t *start, const hsize_t *count, const void *values);
/* A chunk that is packed already, of a dataset that has any (chunk.h). */
bool sah_h5_has_chunks(hid_t dataset);
void sah_h5_write_chunk(struct sah_h5 *h5, hid_t dataset, const hsize_t *start,
                        const void *packed, size_t bytes);

#endif
