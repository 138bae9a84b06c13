/* The machine and the hot loops, without a model around them. */
#include "sim/cli/bench.h"

#include "models/sahel/bench.h"
#include "sim/kernel/pages.h"
#include "sim/kernel/rng.h"
#include "sim/study/cost.h"

#include <stdint.h>
#include <stdlib.h>

static const double least_seconds = 0.5;

/* ---- memory ---------------------------------------------------------------------- */

static void triad(double *a, const double *b, const double *c, int64_t n) {
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < n; i++) a[i] = b[i] + 3.0 * c[i];
}

static void fill(double *a, double *b, double *c, int64_t n) {
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < n; i++) {
        a[i] = 0;
        b[i] = 1;
        c[i] = 2;
    }
}

/* a = b + 3 c over arrays far larger than the caches (McCalpin's STREAM). */
int sah_bench_triad(struct sah_bench_row *row, struct sah_error *err) {
    int64_t n = (int64_t)row->size;
    double *a = malloc((size_t)n * 3 * sizeof *a);
    if (!a)
        return sah_error_add(err, SAH_MEMORY, "no memory for %.0f numbers", row->size);
    double *b = a + n, *c = b + n;
    sah_pages_advise(a, (size_t)n * 3 * sizeof *a);
    fill(a, b, c, n);
    triad(a, b, c, n);
    double begun = sah_wall_seconds();
    do {
        triad(a, b, c, n);
        row->steps++;
        row->seconds = sah_wall_seconds() - begun;
    } while (row->seconds < least_seconds);
    row->agents = row->size;
    row->agent_steps = row->agents * row->steps;
    row->bytes_per_agent = 3 * sizeof *a;
    row->bytes_moved = row->bytes_per_agent * row->agent_steps;
    SAH_BUG_IF(a[n / 2] != 7.0, "the triad is not b + 3 c");
    free(a);
    return SAH_OK;
}

/* ---- chance ---------------------------------------------------------------------- */

enum { BLOCK = 4096 };

/* Four numbers for each of BLOCK ids; returns a trace of them, lest they be left out.
 */
static uint32_t draw_block(uint64_t first, uint32_t tick) {
    uint64_t id[BLOCK];
    uint32_t number[4][BLOCK], *out[4] = {number[0], number[1], number[2], number[3]};
    for (uint64_t i = 0; i < BLOCK; i++) id[i] = first + i;
    sah_rng_bulk4(1, 1, tick, id, BLOCK, out);
    return number[0][0] ^ number[1][1] ^ number[2][2] ^ number[3][BLOCK - 1];
}

static uint32_t draw_all(int64_t blocks, uint32_t tick) {
    uint32_t trace = 0;
#pragma omp parallel for schedule(static) reduction(^ : trace)
    for (int64_t k = 0; k < blocks; k++) trace ^= draw_block((uint64_t)k * BLOCK, tick);
    return trace;
}

/* Keyed 32-bit numbers, four for each id. */
int sah_bench_rng(struct sah_bench_row *row, struct sah_error *err) {
    (void)err;
    int64_t blocks = (int64_t)(row->size / 4 / BLOCK);
    if (blocks < 1) blocks = 1;
    volatile uint32_t trace = draw_all(blocks, 0);
    double begun = sah_wall_seconds();
    do {
        trace = trace ^ draw_all(blocks, (uint32_t)row->steps++);
        row->seconds = sah_wall_seconds() - begun;
    } while (row->seconds < least_seconds);
    row->agents = (double)blocks * BLOCK * 4;
    row->agent_steps = row->agents * row->steps;
    return SAH_OK;
}

/* ---- communities ----------------------------------------------------------------- */

int sah_bench_community(struct sah_bench_row *row, struct sah_error *err) {
    struct sahel_bench bench = {.agents = (size_t)row->size,
                                .troubled = row->state[0] == 't',
                                .least_seconds = least_seconds};
    int status = sah_sahel_bench(&bench, err);
    if (status) return status;
    row->agents = row->size;
    row->steps = bench.days;
    row->seconds = bench.seconds;
    row->agent_steps = row->agents * row->steps;
    row->bytes_per_agent = bench.bytes_per_agent;
    row->bytes_moved = 46 * row->agent_steps; /* 6 read, 5 floats read and written */
    return SAH_OK;
}
