/* A fan: a median over time, a band that holds the middle half of the runs, and one that
 * holds nine in ten. */
#ifndef SAH_OUTPUT_FAN_H
#define SAH_OUTPUT_FAN_H
#include "output/chart.h"
#include "output/result.h"

enum { SAH_FAN_QUANTILES = 5 }; /* 5, 25, 50, 75, 95 % */

struct sah_fan {
    const char *title, *note;
    size_t ntimes;
    const double *first,
        *after;             /* [ntimes] day a period begins with; the day after it */
    const double *quantile; /* [quantile][time] */
    bool flow;              /* stands in the middle of its period; else at its end */
};

/* A scale from 0 that holds it. */
struct sah_scale sah_fan_scale(const struct sah_fan *fan);
/* The bands and the median alone; where nothing is told false. */
bool sah_fan_bands(const struct sah_chart *chart, const struct sah_fan *fan,
                   struct sah_colour colour);
/* Into the frame of a chart, with axes and title. With `room` above 0 the median is named at
 * the right, with its last value. */
void sah_fan_draw(const struct sah_chart *chart, const struct sah_fan *fan,
                  double room);

/* What a fan of a run or a study shows without a wish. */
struct sah_fan_usual {
    enum sah_place place;
    const char *name, *title;
    double scale;     /* of the values */
    const char *unit; /* NULL: that of the file */
};
extern const struct sah_fan_usual sah_fan_usual[]; /* ends without name */

#endif
