/* The page over HTTP, for this computer alone: 127.0.0.1, a random token in the address,
 * Host and Origin checked, bodies bounded, one run at a time. */
#ifndef SAH_EXPLORE_SERVE_H
#define SAH_EXPLORE_SERVE_H
#include "sim/explore/job.h"
#include "sim/kernel/world.h"

#include <stdint.h>

struct MHD_Daemon;

struct sah_server {
    const struct sah_world *world;
    struct sah_job job;
    uint16_t port;      /* 0: any that is free, filled in */
    char token[33];     /* hexadecimal digits, 128 bits of chance */
    char origin[2][40]; /* "http://127.0.0.1:PORT", and by name */
    struct MHD_Daemon *daemon;
};

int sah_server_open(struct sah_server *server, struct sah_error *err);
/* Waits for requests at most that long, answers them, and looks after the run. */
int sah_server_turn(struct sah_server *server, int milliseconds);
void sah_server_close(struct sah_server *server);

#endif
