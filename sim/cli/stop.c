/* The only state a signal touches; threads read it meanwhile. */
#include "sim/cli/stop.h"

#include <signal.h>
#include <stddef.h>

_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "a signal must not wait for a lock");

static atomic_int heard;

static void hear(int number) {
    heard = number;
}

const atomic_int *sah_stop_listen(void) {
    struct sigaction action = {.sa_handler = hear, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &heard;
}

const char *sah_stop_name(int number) {
    return number == SIGTERM ? "SIGTERM" : "SIGINT";
}
