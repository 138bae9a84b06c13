/* How often deaths came where a forecast gave them a chance: reliability diagrams. */
#ifndef SAH_OUTPUT_FORECAST_RELIABILITY_H
#define SAH_OUTPUT_FORECAST_RELIABILITY_H
#include "output/canvas.h"
#include "output/forecast/draws.h"

enum { SAH_RELIABILITY_CLASSES = 9 };

struct sah_reliability {
    char kind[16], model[48];
    struct sah_reliability_class {
        size_t n, came;  /* cells and months; those with deaths */
        double forecast; /* sum of chances */
    } of[SAH_RELIABILITY_CLASSES];
};

/* Classes of the chance of any death: edges 0.1, 0.3, 1, 3, 10, 20, 40, 60 %. */
int sah_reliability_class_of(double chance);
void sah_reliability_count(const struct sah_draws *draws, const struct sah_panel *came,
                           enum sah_panel_kind kind, const char *model,
                           struct sah_reliability *reliability);

/* A row of `columns` diagrams for each of `rows` kinds, on logarithmic axes: chance given
 * across, share that came upwards with its 90 % interval (Wilson), the diagonal between. */
int sah_reliability_draw(const struct sah_reliability *reliability, size_t rows,
                         size_t columns, const char *title,
                         const struct sah_picture *picture, struct sah_error *err);

#endif
