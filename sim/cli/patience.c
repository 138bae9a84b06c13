/* The environment is the only portable way: there is no call for it. */
#define _DEFAULT_SOURCE /* getloadavg */
#include "sim/cli/patience.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

/* Has the machine less to do than a third of what it could? */
static bool idle(void) {
    double load;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return getloadavg(&load, 1) == 1 && cores > 0 && load < (double)cores / 3;
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
