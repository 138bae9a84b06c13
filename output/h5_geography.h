/* The tables of the geography that a file carries, byte by byte in /geography. */
#ifndef SAH_OUTPUT_H5_GEOGRAPHY_H
#define SAH_OUTPUT_H5_GEOGRAPHY_H
#include "output/h5_read.h"
#include "sim/kernel/geography.h"

/* For sah_geography_parse; NULL and 0 where there are none, or on failure. */
struct sah_geo_file *sah_h5_read_geography(struct sah_h5 *h5, size_t *nfiles);
void sah_h5_free_geography(struct sah_geo_file *file, size_t nfiles);

#endif
