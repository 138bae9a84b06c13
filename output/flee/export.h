/* A result of the Sahel model as inputs of Flee.
 *
 * Each cell belongs to the nearest town of its land. A town is a conflict zone on the days
 * of the periods in which people died in its cells; those who live there are its people.
 * Where displaced people stayed there is a camp beside the town, whose list is their number
 * at the end of each period and whose room the highest of these. Towns are joined each to
 * its nearest ones, by great circles, so that all are reached. */
#ifndef SAH_OUTPUT_FLEE_EXPORT_H
#define SAH_OUTPUT_FLEE_EXPORT_H
#include "output/result.h"

#include <stdio.h>

struct sah_flee_export {
    const char *folder; /* is made */
    double least;       /* fewer displaced people make no camp */
    /* told */
    size_t nplaces, ncamps, nzones;
    double displaced, in_camps; /* at their highest, town by town */
};

int sah_flee_export(struct sah_result *result, struct sah_flee_export *to,
                    struct sah_error *err);

#endif
