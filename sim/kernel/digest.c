/* The chain of digests, on libxxhash. */
#include "sim/kernel/digest.h"
#include "sim/kernel/population.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "values must be swapped on their way into a digest");

static struct sah_digest hash(const void *data, size_t bytes) {
    XXH128_hash_t h = XXH3_128bits(data, bytes);
    return (struct sah_digest){.high = h.high64, .low = h.low64};
}

void sah_digest_init(struct sah_digest_state *state) {
    *state = (struct sah_digest_state){{0, 0}};
}

void sah_digest_update(struct sah_digest_state *state, const char *name,
                       enum sah_type type, const void *data, size_t count) {
    struct sah_digest title = hash(name, strlen(name));
    struct sah_digest values = hash(count ? data : "", count * sah_type_size(type));
    uint64_t link[8] = {state->chain.high, state->chain.low, title.high,
                        title.low,         (uint64_t)type,   count,
                        values.high,       values.low};
    state->chain = hash(link, sizeof link);
}

void sah_digest_update_text(struct sah_digest_state *state, const char *name,
                            const char *text) {
    sah_digest_update(state, name, SAH_U8, text, strlen(text));
}

void sah_digest_population(struct sah_digest_state *state,
                           const struct sah_population *population) {
    uint64_t n = population->n;
    sah_digest_update(state, population->name, SAH_U64, &n, 1);
    for (size_t k = 0; k < population->ncolumns; k++)
        sah_digest_update(state, population->columns[k].name,
                          population->columns[k].type,
                          sah_population_column(population, k), population->n);
}

struct sah_digest sah_digest_final(const struct sah_digest_state *state) {
    return state->chain;
}

bool sah_digest_equal(struct sah_digest a, struct sah_digest b) {
    return a.high == b.high && a.low == b.low;
}

void sah_digest_text(struct sah_digest digest, char text[static 33]) {
    snprintf(text, 33, "%016" PRIx64 "%016" PRIx64, digest.high, digest.low);
}

/* The value of a hexadecimal digit, -1 for other characters. */
static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool sah_digest_parse(const char *text, struct sah_digest *digest) {
    uint64_t half[2] = {0, 0};
    for (int i = 0; i < 32; i++) {
        int value = hex_value(text[i]);
        if (value < 0) return false;
        half[i / 16] = half[i / 16] << 4 | (uint64_t)value;
    }
    if (text[32] != '\0') return false;
    *digest = (struct sah_digest){.high = half[0], .low = half[1]};
    return true;
}
