/* The log of events as plots read it; for plot_*.c alone. */
#ifndef SAH_OUTPUT_PLOT_EVENTS_H
#define SAH_OUTPUT_PLOT_EVENTS_H
#include "output/plot_impl.h"
#include "output/power_tail.h"

struct sah_plot_log {
    struct sah_result *result;
    struct sah_result_table table;
    /* NULL where the log has no such column */
    const struct sah_result_column *date, *deaths, *kind, *country;
    double *severity; /* deaths of each */
    struct sah_power_tail tail;
    bool fitted;
};

/* Free in any case. A model without events is an error. */
int sah_plot_log_read(struct sah_result *result, struct sah_plot_log *log,
                      struct sah_error *err);
void sah_plot_log_free(struct sah_plot_log *log);

/* Into the frame of the chart, whose scales they choose. */
int sah_plot_severity(const struct sah_chart *chart, const struct sah_plot_log *log,
                      struct sah_error *err);
int sah_plot_waiting(const struct sah_chart *chart, const struct sah_plot_log *log,
                     struct sah_error *err);

#endif
