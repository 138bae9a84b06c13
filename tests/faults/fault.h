/* What the two preloaded libraries share: settings from the environment, a counter, and
 * a report of what was made to fail. Neither allocates. */
#ifndef SAH_TESTS_FAULT_H
#define SAH_TESTS_FAULT_H
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct fault {
    long at;    /* number of the first call that fails; 0: none, only count */
    bool on;    /* also all that follow */
    bool ready; /* the environment has been read */
    atomic_long calls;
};

static inline void fault_read(struct fault *fault) {
    const char *at = getenv("FAULT_AT"), *mode = getenv("FAULT_MODE");
    fault->at = at ? atol(at) : 0;
    fault->on = mode && strcmp(mode, "on") == 0;
    fault->ready = true;
}

static inline bool fault_due(struct fault *fault) {
    if (!fault->ready) return false;
    long call = atomic_fetch_add(&fault->calls, 1) + 1;
    return fault->at && (fault->on ? call >= fault->at : call == fault->at);
}

/* Appends a line to the file FAULT_REPORT; by system calls, which cannot fail on
 * purpose. */
static inline void fault_report(const char *line) {
    const char *path = getenv("FAULT_REPORT");
    long fd =
        path ? syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT, 0666)
             : -1;
    if (fd < 0) return;
    if (syscall(SYS_write, fd, line, strlen(line)) < 0) _exit(99);
    syscall(SYS_close, fd);
}

static inline void fault_report_count(struct fault *fault) {
    char line[48];
    snprintf(line, sizeof line, "calls %ld\n", (long)fault->calls);
    fault_report(line);
}

#endif
