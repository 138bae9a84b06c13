/* All that a model sees. */
#ifndef SAH_H
#define SAH_H
#include "sim/kernel/calendar.h"
#include "sim/kernel/elementary.h"
#include "sim/kernel/error.h"
#include "sim/kernel/geography.h"
#include "sim/kernel/grid.h"
#include "sim/kernel/isa.h"
#include "sim/kernel/law.h"
#include "sim/kernel/log.h"
#include "sim/kernel/model.h"
#include "sim/kernel/outbox.h"
#include "sim/kernel/param.h"
#include "sim/kernel/population.h"
#include "sim/kernel/rng.h"
#include "sim/kernel/sphere.h"
#include "sim/kernel/trig.h"
#include "sim/kernel/world.h"
#endif
