/* A wall clock that nobody may trust, to be laid under a program by LD_PRELOAD: it leaps
 * years ahead or back at every look. The monotonic clock runs on, as that of Linux does. */
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long leap(void) {
    static unsigned looks; /* two that race make it only wilder */
    static const long years[] = {3, -7, 11, -1, -20};
    return 31557600L * years[looks++ % (sizeof years / sizeof *years)];
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int code = (int)syscall(SYS_clock_gettime, clock, now);
    if (code == 0 && clock == CLOCK_REALTIME) now->tv_sec += leap();
    return code;
}

time_t time(time_t *at) {
    struct timespec now = {0};
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    struct timespec now = {0};
    (void)zone;
    int code = clock_gettime(CLOCK_REALTIME, &now);
    *at = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
    return code;
}
