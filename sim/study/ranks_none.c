/* Without MPI there is one rank. */
#include "sim/study/ranks.h"

#include <stdlib.h>

bool sah_ranks_begin(struct sah_ranks *ranks) {
    const char *size = getenv("OMPI_COMM_WORLD_SIZE");
    *ranks = (struct sah_ranks){.rank = 0, .size = 1};
    return !size || strtol(size, NULL, 10) < 2;
}

int sah_ranks_agree(const struct sah_ranks *ranks, int said) {
    (void)ranks;
    return said;
}

int sah_ranks_work(const struct sah_ranks *ranks, struct sah_crew *crew,
                   struct sah_error *err) {
    (void)ranks;
    return sah_crew_work(crew, err);
}

void sah_ranks_end(const struct sah_ranks *ranks) {
    (void)ranks;
}
