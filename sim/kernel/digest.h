/* 128-bit digests of state: two runs are the same when their digests are.
 *
 * A chain over named arrays: chain' = H(chain, H(name), type, count, H(values)) with H
 * = XXH3_128 (Collet, xxHash), values in little-endian order. Not cryptographic. */
#ifndef SAH_DIGEST_H
#define SAH_DIGEST_H
#include "sim/kernel/type.h"

struct sah_population;

struct sah_digest {
    uint64_t high, low;
};

/* A digest in the making: a plain value, may be copied and kept. */
struct sah_digest_state {
    struct sah_digest chain;
};

void sah_digest_init(struct sah_digest_state *state);
void sah_digest_update(struct sah_digest_state *state, const char *name,
                       enum sah_type type, const void *data, size_t count);
void sah_digest_update_text(struct sah_digest_state *state, const char *name,
                            const char *text);
/* Name, number of agents and all columns, in their present order. */
void sah_digest_population(struct sah_digest_state *state,
                           const struct sah_population *population);
/* May be asked at any time; more updates may follow. */
struct sah_digest sah_digest_final(const struct sah_digest_state *state);

bool sah_digest_equal(struct sah_digest a, struct sah_digest b);
/* 32 hexadecimal digits, the high half first, as the program xxhsum writes them. */
void sah_digest_text(struct sah_digest digest, char text[static 33]);
bool sah_digest_parse(const char *text, struct sah_digest *digest);

#endif
