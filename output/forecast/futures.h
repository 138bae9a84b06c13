/* What the simulated futures of a window hold: deaths by cell and month, counted over all
 * of them. */
#ifndef SAH_OUTPUT_FORECAST_FUTURES_H
#define SAH_OUTPUT_FORECAST_FUTURES_H
#include "output/forecast/panel.h"

struct sah_futures {
    int first, months;
    size_t n;                       /* futures */
    float *deaths[SAH_PANEL_KINDS]; /* [cell][future * months] */
};

/* All runs of the study at `path`, a study.h5 whose events were kept. */
int sah_futures_read(const char *path, int first, int months,
                     struct sah_futures *futures, struct sah_error *err);
void sah_futures_free(struct sah_futures *futures);

#endif
