/* Reading HDF5 objects into plain memory. As in h5.h, the first failure is remembered
 * and calls after it give nothing. */
#ifndef SAH_OUTPUT_H5_READ_H
#define SAH_OUTPUT_H5_READ_H
#include "output/h5.h"

/* Does the path exist below `at`? */
bool sah_h5_has(struct sah_h5 *h5, hid_t at, const char *path);
bool sah_h5_has_attribute(struct sah_h5 *h5, hid_t object, const char *name);
/* Opens a group or dataset that must be there. */
hid_t sah_h5_object(struct sah_h5 *h5, hid_t at, const char *path);

/* Members of a group in the order they were made (or by name); caller frees `name`. */
size_t sah_h5_members(struct sah_h5 *h5, hid_t group);
char *sah_h5_member(struct sah_h5 *h5, hid_t group, size_t i);

/* Name of attribute `i`, NULL after the last; caller frees. */
char *sah_h5_attribute(struct sah_h5 *h5, hid_t object, size_t i);

/* Attributes. A text that is not there is "" (caller frees), a number is `otherwise`.
 */
char *sah_h5_get_text(struct sah_h5 *h5, hid_t object, const char *name);
/* A text attribute that is a date, as a day number; 0 after a failure. */
int32_t sah_h5_get_day(struct sah_h5 *h5, hid_t object, const char *name);
double sah_h5_get_real(struct sah_h5 *h5, hid_t object, const char *name,
                       double otherwise);
int64_t sah_h5_get_whole(struct sah_h5 *h5, hid_t object, const char *name,
                         int64_t otherwise);

/* Datasets: rank and extents; the element type, false where we have none for it. */
int sah_h5_extent(struct sah_h5 *h5, hid_t dataset, hsize_t extent[SAH_H5_RANK]);
size_t sah_h5_length(struct sah_h5 *h5, hid_t dataset); /* number of values */
bool sah_h5_type_of(struct sah_h5 *h5, hid_t dataset, enum sah_type *type);
/* All values converted to `type`, and the block that begins at `start`. */
void sah_h5_read(struct sah_h5 *h5, hid_t dataset, enum sah_type type, void *values);
void sah_h5_read_block(struct sah_h5 *h5, hid_t dataset, enum sah_type type,
                       const hsize_t *start, const hsize_t *count, void *values);
/* All texts of a dataset; caller frees with sah_h5_free_texts. NULL on failure. */
char **sah_h5_read_texts(struct sah_h5 *h5, hid_t dataset, size_t *n);
void sah_h5_free_texts(char **texts, size_t n);
/* Those of the dataset at `path`, which must be `n`; another number is damage. */
char **sah_h5_take_texts(struct sah_h5 *h5, const char *path, size_t n);

/* Allocates zeroed memory, or remembers that there was none. */
void *sah_h5_room(struct sah_h5 *h5, size_t n, size_t size);

#endif
