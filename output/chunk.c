/* As H5Pset_shuffle and H5Pset_deflate do: byte b of value i goes to b * n + i of n
 * values, where values have more than one byte; then zlib. */
#include "output/chunk.h"

#include "output/store.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { CHUNK_BYTES = 1 << 16 };

size_t sah_chunk_periods(size_t bytes) {
    if (bytes == 0) return CHUNK_BYTES;
    return bytes < CHUNK_BYTES ? CHUNK_BYTES / bytes : 1;
}

struct sah_cut sah_cut_of(const struct sah_watched *field, size_t ncells) {
    size_t plane = ncells * sah_type_size(field->what->type);
    return (struct sah_cut){.field = field,
                            .items = ncells ? field->count / ncells : 0,
                            .periods = sah_chunk_periods(plane),
                            .plane = plane};
}

int sah_packer_init(struct sah_packer *packer, size_t most, struct sah_error *err) {
    *packer = (struct sah_packer){.raw = malloc(most + 1),
                                  .shuffled = malloc(most + 1),
                                  .stream = calloc(1, sizeof(z_stream))};
    if (packer->stream && deflateInit(packer->stream, SAH_DEFLATE_LEVEL) == Z_OK) {
        packer->room = deflateBound(packer->stream, (uLong)most);
        packer->packed = malloc(packer->room);
    }
    if (packer->raw && packer->shuffled && packer->packed) return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory to pack %zu bytes", most);
}

void sah_packer_free(struct sah_packer *packer) {
    if (packer->stream) deflateEnd(packer->stream);
    free(packer->stream);
    free(packer->packed);
    free(packer->shuffled);
    free(packer->raw);
    *packer = (struct sah_packer){0};
}

/* Sizes that are known let the compiler move many bytes at once. */
static inline void part_bytes(const unsigned char *restrict from, size_t n, size_t size,
                              unsigned char *restrict to) {
    for (size_t b = 0; b < size; b++)
        for (size_t i = 0; i < n; i++) to[b * n + i] = from[i * size + b];
}

static void shuffle(const unsigned char *from, size_t n, size_t size,
                    unsigned char *to) {
    switch (size) {
    case 1:
        memcpy(to, from, n);
        break;
    case 2:
        part_bytes(from, n, 2, to);
        break;
    case 4:
        part_bytes(from, n, 4, to);
        break;
    default:
        part_bytes(from, n, size, to);
    }
}

static void undefine(enum sah_type type, unsigned char *at, size_t bytes) {
    unsigned char fill[sizeof(uint64_t)];
    size_t size = sah_type_size(type);
    sah_store_fill(type, fill);
    for (size_t i = 0; i < bytes; i += size) memcpy(at + i, fill, size);
}

static int read_chunk(const struct sah_packer *packer, const struct sah_part *part,
                      const struct sah_cut *cut, size_t n, size_t k,
                      struct sah_error *err) {
    size_t from = k / cut->items * cut->periods, item = k % cut->items;
    size_t m = n - from < cut->periods ? n - from : cut->periods;
    int status = SAH_OK;
    for (size_t i = 0; !status && i < m; i++)
        status = sah_part_read(part, SAH_STREAM_FIELDS, from + i,
                               cut->field->offset + item * cut->plane, cut->plane,
                               packer->raw + i * cut->plane, err);
    undefine(cut->field->what->type, packer->raw + m * cut->plane,
             (cut->periods - m) * cut->plane);
    return status;
}

int sah_packer_pack(struct sah_packer *packer, const struct sah_part *part,
                    const struct sah_cut *cut, size_t n, size_t k,
                    struct sah_error *err) {
    int status = read_chunk(packer, part, cut, n, k, err);
    if (status) return status;
    size_t bytes = cut->periods * cut->plane;
    size_t size = sah_type_size(cut->field->what->type);
    shuffle(packer->raw, bytes / size, size, packer->shuffled);
    z_stream *z = packer->stream;
    deflateReset(z);
    z->next_in = packer->shuffled;
    z->avail_in = (uInt)bytes;
    z->next_out = packer->packed;
    z->avail_out = (uInt)packer->room;
    SAH_BUG_IF(deflate(z, Z_FINISH) != Z_STREAM_END, "a chunk beyond its bound");
    packer->bytes = z->total_out;
    return SAH_OK;
}
