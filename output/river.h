/* Armed groups as a river: one stream each, as wide as its fighters are many; streams
 * under one umbrella flow together. Geometry alone, nothing drawn.
 *
 * The middle of the river is level (a stacked graph with a symmetric base: Byron and
 * Wattenberg 2008, "Stacked graphs - geometry and aesthetics"); between streams that
 * are not under one umbrella there is a gap, which opens and closes over some months
 * around a pledge, so that mergers and splits are seen. */
#ifndef SAH_OUTPUT_RIVER_H
#define SAH_OUTPUT_RIVER_H
#include "output/result.h"

enum { SAH_RIVER_MOST = 64 }; /* streams */

struct sah_river_stream {
    int faction;        /* number on the axis */
    double *low, *high; /* [time], in fighters, upwards from the middle */
    double *strength;   /* [time] */
};

struct sah_river {
    size_t nstreams, ntimes;
    double *day;                     /* [time] */
    double lowest, highest;          /* of all */
    struct sah_river_stream *stream; /* from below upwards */
    int *umbrella; /* [stream][time] faction whose umbrella it is under, or its own */
    double *room;  /* of the arrays of all streams */
};

/* `gap` in fighters. Free in any case. */
int sah_river_read(struct sah_result *result, size_t ntimes, double gap,
                   struct sah_river *river, struct sah_error *err);
void sah_river_free(struct sah_river *river);

/* The stream of a faction, -1: none; the time nearest to a day. */
int sah_river_find(const struct sah_river *river, int faction);
size_t sah_river_time(const struct sah_river *river, double day);

#endif
