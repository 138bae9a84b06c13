/* Part of mechanism 2: fighters go over to rivals. */
#ifndef SAHEL_DEFECTION_H
#define SAHEL_DEFECTION_H
#include "models/sahel/world.h"

/* Each fighter of a band goes over at a rate of `rate` (1 - cohesion) times the share of
 * rivals among those felt in its cell, to the nearest band of one of them; `gone` is
 * a count [from][to] that is added to. */
void sah_sahel_defect(struct sah_world *world, size_t band, double rate, int32_t *gone);

#endif
