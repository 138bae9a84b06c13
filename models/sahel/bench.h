/* The community phase alone, on a made-up population, for `sahel bench`. */
#ifndef SAHEL_BENCH_H
#define SAHEL_BENCH_H
#include "sim/kernel/error.h"

#include <stdbool.h>

struct sahel_bench {
    size_t agents;
    bool troubled;        /* harm, fighters and flight in every cell, or in none */
    double least_seconds; /* goes on at least so long */
    /* measured */
    double seconds, bytes_per_agent;
    int days;
};

int sah_sahel_bench(struct sahel_bench *bench, struct sah_error *err);

#endif
