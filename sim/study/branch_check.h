/* What an overlay may change where the past stays as it was. Shared by branch*.c only. */
#ifndef SAH_STUDY_BRANCH_CHECK_H
#define SAH_STUDY_BRANCH_CHECK_H
#include "sim/kernel/world.h"

/* Compares the scenario of a branch that begins on `day` with that of its parent; tells
 * every change that the state of that day does not bear. The worlds need only be bound. */
int sah_branch_check(const struct sah_world *parent, const struct sah_world *world,
                     int32_t day, struct sah_error *err);

#endif
