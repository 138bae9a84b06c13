/* Clocks of POSIX, memory as Linux counts it. */
#include "sim/study/cost.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

static double seconds_of(clockid_t clock) {
    struct timespec now;
    if (clock_gettime(clock, &now) != 0) return 0;
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

double sah_wall_seconds(void) {
    return seconds_of(CLOCK_MONOTONIC);
}

double sah_cpu_seconds(void) {
    return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

double sah_thread_seconds(void) {
    return seconds_of(CLOCK_THREAD_CPUTIME_ID);
}

size_t sah_peak_bytes(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
    return (size_t)usage.ru_maxrss * 1024;
}

void sah_peak_reset(void) {
    FILE *file = fopen("/proc/self/clear_refs", "w");
    if (!file) return;
    fputs("5", file); /* the mark of the highest water */
    fclose(file);
}
