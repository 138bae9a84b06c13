/* The only state a signal touches. */
#include "sim/cli/stop.h"

#include <stddef.h>

static volatile sig_atomic_t heard;

static void hear(int number) {
    heard = number;
}

const volatile sig_atomic_t *sah_stop_listen(void) {
    struct sigaction action = {.sa_handler = hear, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &heard;
}

const char *sah_stop_name(int number) {
    return number == SIGTERM ? "SIGTERM" : "SIGINT";
}
