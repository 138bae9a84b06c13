/* Prints the digests of a tiny world every 20 days: of 200 days, past pledges and the first
 * of the rains, and of 60 under two more seeds. Built by each compiler, the program must
 * print the same text (compilers.cmake). */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <stdio.h>

int main(void) {
    enum { STEP = 20 };
    static const int days[] = {200, 60, 60};
    for (uint64_t seed = 1; seed <= sizeof days / sizeof *days; seed++) {
        struct sah_world *world = tiny_make_seed(seed, NULL);
        for (int day = 0; day < days[seed - 1]; day += STEP) {
            char text[33];
            tiny_run(world, STEP);
            sah_digest_text(sah_world_digest(world), text);
            printf("seed %d day %3u: %s\n", (int)seed, world->tick, text);
        }
        sah_world_free(world);
    }
    return 0;
}
