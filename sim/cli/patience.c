/* OMP_WAIT_POLICY is the only portable way: there is no call for it. */
#include "sim/cli/patience.h"

#include <stdlib.h>
#include <unistd.h>

void sah_wait_patiently(char **argv) {
    static const char *const said[] = {"OMP_WAIT_POLICY", "GOMP_SPINCOUNT",
                                       "KMP_BLOCKTIME"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (getenv(said[i])) return;
    if (setenv("OMP_WAIT_POLICY", "passive", 1) == 0) execv("/proc/self/exe", argv);
}
