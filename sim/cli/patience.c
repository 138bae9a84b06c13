/* The environment is the only portable way: there is no call for it. */
#define _DEFAULT_SOURCE /* getloadavg */
#include "sim/cli/patience.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What else wants to run, in processors: now as Linux tells it (proc(5), loadavg), else
 * the load of the last minute, in which runs before this one count. */
static double load_beside_us(void) {
    double load = INFINITY;
    int running = 0;
    FILE *file = fopen("/proc/loadavg", "r");
    bool told = file && fscanf(file, "%*s %*s %*s %d/", &running) == 1;
    if (file) fclose(file);
    if (told) return running - 1;
    return getloadavg(&load, 1) == 1 ? load : INFINITY;
}

/* Has the machine less to do than a third of what it could? */
static bool idle(void) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return load_beside_us() < (double)cores / 3;
}

void sah_wait_patiently(char **argv) {
    /* Who preloads something, as valgrind does, watches this process and no other. */
    static const char *const said[] = {"OMP_WAIT_POLICY", "GOMP_SPINCOUNT",
                                       "KMP_BLOCKTIME", "LD_PRELOAD"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (getenv(said[i])) return;
    bool set = idle() ? setenv("GOMP_SPINCOUNT", "50000", 1) == 0 &&
                            setenv("KMP_BLOCKTIME", "1", 1) == 0
                      : setenv("OMP_WAIT_POLICY", "passive", 1) == 0;
    if (set) execv("/proc/self/exe", argv);
}
