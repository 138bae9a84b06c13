/* Measurements of `sahel bench`: each fills one row. */
#ifndef SAH_CLI_BENCH_H
#define SAH_CLI_BENCH_H
#include "sim/kernel/error.h"

#include <stdio.h>

enum { SAH_BENCH_PARTS = 64 };

/* Where the time of a run went; names belong to the family. */
struct sah_bench_parts {
    size_t n;
    struct sah_bench_part {
        const char *name;
        double seconds;
    } part[SAH_BENCH_PARTS];
};

struct sah_bench_row {
    const char *model, *state; /* state: "quiet", "tiled" ..., or "" */
    double size;               /* as asked for */
    int threads;
    /* measured */
    double agents, steps, seconds, bytes_per_agent, peak_bytes;
    double agent_steps; /* of all steps */
    double bytes_moved; /* to and from memory; 0 where not known */
    struct sah_bench_parts phases, mechanisms; /* of runs; else none */
};

/* Fills the measured part; the rest is the question. */
typedef int sah_bench_measure(struct sah_bench_row *row, struct sah_error *err);
sah_bench_measure sah_bench_triad, sah_bench_rng, sah_bench_community, sah_bench_sahel,
    sah_bench_epstein, sah_bench_bohorquez, sah_bench_bennett, sah_bench_lanchester;

/* The base run is read from here; the default is where this program's scenarios lie. */
void sah_bench_use_scenario(const char *path);

void sah_bench_print_head(FILE *out);
void sah_bench_print_row(FILE *out, const struct sah_bench_row *row);
/* Where the time of runs went, by phase and by mechanism, the slowest first: a block for
 * each model, a column for each of its rows. */
void sah_bench_print_parts(FILE *out, const struct sah_bench_row *rows, size_t n);
void sah_bench_print_json(FILE *out, const struct sah_bench_row *rows, size_t n);

#endif
