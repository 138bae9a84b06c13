/* Prints the digests of a tiny world, every 50 days of 300 and for three seeds. Built by
 * each compiler, the program must print the same text (compilers.cmake). */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <stdio.h>

int main(void) {
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct sah_world *world = tiny_make_seed(seed, NULL);
        for (int part = 0; part < 6; part++) {
            char text[33];
            tiny_run(world, 50);
            sah_digest_text(sah_world_digest(world), text);
            printf("seed %d day %3u: %s\n", (int)seed, world->tick, text);
        }
        sah_world_free(world);
    }
    return 0;
}
