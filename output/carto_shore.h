/* Which side of the coast is land.
 *
 * Coasts come as lines: loose pieces whose ends nearly meet, islands, a mainland that
 * leaves the frame of the data. Pieces are joined end to end, nearest first; what
 * remains open is closed along the frame. The faces between the rings are land and sea
 * in turn (even-odd rule), and cells wholly on one side tell which is which. */
#ifndef SAH_OUTPUT_CARTO_SHORE_H
#define SAH_OUTPUT_CARTO_SHORE_H
#include "output/label.h"
#include "sim/kernel/geography.h"

struct sah_ring {
    size_t n;
    double *lon, *lat; /* one block, owned by lon */
};

struct sah_shore {
    struct sah_ring *ring;
    size_t n;
    struct sah_box frame; /* holds all rings; degrees: x0 west, y0 south ... */
    bool known;           /* false: no coast, or one that contradicts the cells */
    bool odd_is_land;
};

int sah_shore_init(struct sah_shore *shore, const struct sah_geography *geo,
                   struct sah_error *err);
void sah_shore_free(struct sah_shore *shore);
bool sah_shore_land(const struct sah_shore *shore, double lon, double lat);

#endif
