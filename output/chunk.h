/* The chunks of a field: some periods of one item of its axis, over the whole grid.
 *
 * They are packed here and handed to HDF5 as they are, so that another thread can do it
 * while the run goes on (ahead.h): HDF5 itself must stay on one. What comes out is what
 * its filters would make of them, byte by byte. */
#ifndef SAH_OUTPUT_CHUNK_H
#define SAH_OUTPUT_CHUNK_H
#include "output/part.h"
#include "output/watch.h"

enum { SAH_DEFLATE_LEVEL = 1 };

/* Periods that make a chunk, of which one has so many bytes. */
size_t sah_chunk_periods(size_t bytes);

/* How a field is cut. Chunk `k` holds item k % items of the periods from
 * k / items * periods. */
struct sah_cut {
    const struct sah_watched *field;
    size_t items, periods;
    size_t plane; /* bytes of one item in one period */
};
struct sah_cut sah_cut_of(const struct sah_watched *field, size_t ncells);

struct z_stream_s;
struct sah_packer {
    unsigned char *raw, *shuffled; /* one chunk each */
    unsigned char *packed;         /* the latest chunk */
    size_t bytes, room;            /* of `packed` */
    struct z_stream_s *stream;
};
/* For chunks of up to `most` bytes; all memory it will ever need. To be freed even where
 * that fails. */
int sah_packer_init(struct sah_packer *packer, size_t most, struct sah_error *err);
void sah_packer_free(struct sah_packer *packer);
/* Packs chunk `k` out of the first `n` records; periods beyond are undefined values. */
int sah_packer_pack(struct sah_packer *packer, const struct sah_part *part,
                    const struct sah_cut *cut, size_t n, size_t k,
                    struct sah_error *err);

#endif
