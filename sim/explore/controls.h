/* What a page may turn: every mechanism with its switch, and its parameters with unit,
 * range, default, value and sentence, as JSON made from the parameter tables. */
#ifndef SAH_EXPLORE_CONTROLS_H
#define SAH_EXPLORE_CONTROLS_H
#include "sim/kernel/world.h"

#include <stdio.h>

void sah_controls_write(FILE *out, const struct sah_world *world);

#endif
