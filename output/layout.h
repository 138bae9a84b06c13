/* What the part folder says of itself: what its records hold, in a text for people.
 *
 * It must be the same, byte for byte, for work to be taken up again. */
#ifndef SAH_OUTPUT_LAYOUT_H
#define SAH_OUTPUT_LAYOUT_H
#include "output/watch.h"

/* `watch` holds fields, series and ledger; `logs`: they are kept. Caller frees; NULL without memory. */
char *sah_layout_text(const struct sah_world *world, const struct sah_watch *watch,
                      bool logs);

#endif
